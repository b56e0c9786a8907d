"""From bytes to text: as declared, else UTF-8, else a guess that is named."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# the WHATWG Encoding Standard reads these labels as windows-1252, because the pages that carry them are
_MEANS_CP1252 = {"ascii", "iso8859-1"}
_SAMPLE = 200_000
_LEAST_TO_DETECT = 64


def decode(content: bytes, declared: str = "") -> tuple[str, str]:
    r"""The text as it stands, not cleaned, and why its encoding was guessed ("" where it was declared or is UTF-8).

    >>> decode("café".encode())
    ('café', '')
    >>> decode("café".encode("cp1252"))
    ('café', 'not UTF-8 at byte 3; read as cp1252')
    >>> decode(b"a", "x-klingon")
    ('a', 'declared as `x-klingon`, which is unknown; read as UTF-8')
    """
    for mark, name in _MARKS:
        if content.startswith(mark):
            return content.decode(name, errors="replace"), _if_replaced(content, name)
    doubt = ""
    if declared:
        codec = _codec(declared)
        text = _strictly(content, codec) if codec else None
        if text is not None:
            return text, ""
        doubt = f"declared as `{declared[:40]}`, which is {'not what the bytes are' if codec else 'unknown'}"
    return _undeclared(content, doubt)


def _undeclared(content: bytes, doubt: str) -> tuple[str, str]:
    if wide := _wide(content):
        return content.decode(wide, errors="replace"), f"{doubt or 'no byte-order mark'}; read as {wide}"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        codec = _detected(content)
        reason = f"{doubt or 'not UTF-8'} at byte {error.start}; read as {codec}"
        return content.decode(codec, errors="replace"), reason
    return text, f"{doubt}; read as UTF-8" if doubt else ""


def declared_in_markup(content: bytes) -> str:
    """The encoding that an XML declaration or an HTML `meta` names in the first 4 kB.

    >>> declared_in_markup(b"<meta charset=windows-1252>"), declared_in_markup(b"<p>")
    ('windows-1252', '')
    """
    found = re.search(
        rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)|<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]+)""",
        content[:4096],
        re.IGNORECASE,
    )
    name = (found[1] or found[2]).decode("ascii") if found else ""
    # who can read the declaration byte by byte does not read UTF-16 (as the HTML standard has it)
    return "utf-8" if re.match(r"utf-?(?:16|32)", name, re.IGNORECASE) else name


def _codec(declared: str) -> str:
    try:
        found = codecs.lookup(declared.strip())
    except (LookupError, ValueError):
        return ""
    if not found._is_text_encoding or found.name in ("idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"):  # noqa: SLF001 -- the only mark of codecs such as rot13 and zip
        return ""
    return "cp1252" if found.name in _MEANS_CP1252 else found.name


def _strictly(content: bytes, codec: str) -> str | None:
    # a page that says windows-1252 and is valid UTF-8 beyond ASCII was saved by a browser and kept its old label
    if codec == "cp1252" and not content.isascii():
        try:
            content.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return None
    try:
        return content.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return None


def _wide(content: bytes) -> str:
    # UTF-16 without a mark: every other byte of Latin text is zero
    sample = content[:2000]
    if len(sample) < 8 or sample.count(0) < len(sample) * 0.3:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""


def _detected(content: bytes) -> str:
    if len(content) >= _LEAST_TO_DETECT:
        try:
            from charset_normalizer import from_bytes
        except ImportError:
            return "cp1252"
        best = from_bytes(content[:_SAMPLE]).best()
        if best is not None and best.encoding != "utf_8":
            return best.encoding.replace("_", "-")
    return "cp1252"


def _if_replaced(content: bytes, name: str) -> str:
    try:
        content.decode(name)
    except UnicodeDecodeError as error:
        return f"not {name} at byte {error.start}; what could not be read is shown as \N{REPLACEMENT CHARACTER}"
    return ""
