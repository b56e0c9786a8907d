"""Hygiene, names and slugs: the one place that decides what text may reach a page, a path or a terminal."""

import re
import unicodedata
from functools import lru_cache

SLUG_BYTES = 200
ROOT_MARK = "\x01"
"""Stands for the way back to the site's root in rendered text; `clean` keeps it out of everything people write."""

_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f"  # C0 and C1 controls; tab, newline, VT and FF have rules of their own
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides and isolates: they make text read as what it is not
    "\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff"  # noncharacters, byte-order mark, interlinear marks
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)
_UNSUSPECTED = re.compile("[\n\t -~\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufff8\ufffc\ufffd]*+")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACED = re.compile("[\v\f\u0085\u2028\u2029]")
_APOSTROPHE = re.compile(r"(?<=\w)['’ʼ](?=\w)")
_WORDS = re.compile(r"[0-9a-z]+")
_UNSPACED = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_PLAIN_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_SIGNS = re.compile(r"(?<=\w)[+#]+(?!\w)")
_ADDRESS = re.compile(r"https?://[^\s\x00-\x20]+", re.IGNORECASE)
_NOT_IN_ADDRESS = re.compile(r'["<>\\]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])$")


def clean(text: str) -> str:
    r"""The text without what no reader sees: controls, bidi overrides, noncharacters; line ends become `\n`.

    Lines stay where they are, so that line numbers in messages hold.

    >>> clean("one\r\ntwo\x00\x1b[31m\u2028three")
    'one\ntwo[31m three'
    """
    if text.isprintable() or _UNSUSPECTED.fullmatch(text):
        # nearly every text is; looking each character up in the sets above would be a tenth of a build
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _SPACED.sub(" ", text)
    return _SURROGATE.sub("\ufffd", _UNWANTED.sub("", text))


def one_line(text: str) -> str:
    r"""The text on one line, with single spaces.

    >>> one_line("  a\n b\t c ")
    'a b c'
    """
    return " ".join(text.split())


def fold(name: str) -> str:
    r"""The form in which names are compared: NFC, case folded, spaces collapsed.

    >>> fold(" Émile  ZOLA "), fold("C++\tand  C#")
    ('émile zola', 'c++ and c#')
    """
    return caseless(" ".join(name.split()))


def caseless(text: str) -> str:
    r"""The form in which texts and paths are compared whatever their case and Unicode form: NFC, case folded, NFC again.

    >>> caseless("É") == caseless("é"), caseless("A.md") == caseless("a.md")
    (True, True)
    """
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).casefold())


@lru_cache(4_096)
def slug(name: str, limit: int = SLUG_BYTES) -> str:
    """A path segment for a name: letters and digits of every script, joined by `-`; never empty, never a path.

    At most `limit` bytes of UTF-8, cut between words where that keeps more than half.

    >>> slug("Budget: the House votes"), slug("../../etc/passwd"), slug("C++"), slug("C#"), slug("北京")
    ('budget-the-house-votes', 'etc-passwd', 'c-plus-plus', 'c-sharp', '北京')
    >>> slug("Russia’s war"), slug("Item # 4"), slug("CON"), slug("🚀"), slug("")
    ('russias-war', 'item-4', 'con-', 'u1f680', 'untitled')
    """
    if _PLAIN_SLUG.fullmatch(name) and len(name) <= limit and not _RESERVED.match(name):
        return name
    text = unicodedata.normalize("NFKC", clean(name))
    spelled = _SIGNS.sub(_spelled, _APOSTROPHE.sub("", text))
    words = _kept(unicodedata.normalize("NFC", spelled.lower()))
    if not words:
        words = "-".join(f"u{ord(char):x}" for char in text if not char.isspace()) or "untitled"
    words = _cut(words, limit)
    return f"{words}-" if _RESERVED.match(words) else words


def _spelled(signs: re.Match[str]) -> str:
    return signs[0].replace("+", "-plus").replace("#", "-sharp")


def _kept(text: str) -> str:
    if text.isascii():
        return "-".join(_WORDS.findall(text))
    # \w takes letters and digits but not the combining marks that Indic and other scripts write vowels with
    kept = "".join(char if char.isalnum() or unicodedata.category(char)[0] == "M" else " " for char in _VARIANTS.sub("", text))
    # marks that stand on no letter, as emoji have them, name nothing
    return "-".join(word for word in kept.split() if any(map(str.isalnum, word)))


def _cut(words: str, limit: int) -> str:
    if len(words.encode()) <= limit:
        return words
    short = words.encode()[:limit].decode(errors="ignore")
    at_word = short.rpartition("-")[0]
    return at_word if 2 * len(at_word) > len(short) else short


def printable(text: str) -> str:
    r"""The text as a terminal may show it: what would move the cursor or change colours is spelled out.

    >>> printable("red \x1b[31m and \u202e turned")
    'red \\x1b[31m and \\u202e turned'
    >>> printable("\x1b[2J"), printable("Émile\n\tand\u00adZola\x9b")
    ('\\x1b[2J', 'Émile\n\tand\xadZola\\x9b')
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(char if _is_harmless(char) else char.encode("unicode_escape").decode() for char in text)


def _is_harmless(char: str) -> bool:
    return unicodedata.category(char)[0] != "C" or char in "\n\t\u200c\u200d\u00ad"


def web_address(text: str) -> str:
    r"""The address of a page that a text is, with what an address cannot hold spelled as browsers do; empty for any other text.

    >>> web_address(" https://a.example/Hobson's_choice?q=<x>"), web_address("javascript:alert(1)"), web_address("https://a b")
    ("https://a.example/Hobson's_choice?q=%3Cx%3E", '', '')
    """
    text = text.strip()
    return _NOT_IN_ADDRESS.sub(lambda found: f"%{ord(found[0]):02X}", text) if _ADDRESS.fullmatch(text) else ""


def words(text: str) -> int:
    """How many words a reader meets; a character of a script without spaces counts as half a word.

    >>> words("Ministers agree"), words("Émile Zola"), words("北京 見聞錄")
    (2, 2, 4)
    """
    count = len(text.split())
    return count if text.isascii() else count + len(_UNSPACED.findall(text)) // 2


def minutes(count: int) -> int:
    """Reading time of that many words in whole minutes, at least one, at 230 words a minute.

    >>> minutes(0), minutes(230), minutes(345), minutes(600)
    (1, 1, 2, 3)
    """
    return max(1, round(count / 230))
