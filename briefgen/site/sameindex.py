"""One form for Pagefind's index: it writes the values of its filters in another order each time; here they are sorted.

Such a file is CBOR (RFC 8949) behind a mark; its values are whole numbers, texts and lists.
Pagefind reads it compressed or, as a server would have unpacked it, as it is: the second needs no compressor.
"""

import gzip
import json
from pathlib import Path

from briefgen.digest import digest_bytes
from briefgen.text import fold

Value = int | str | list["Value"]

_MARK = b"pagefind_dcd"
_PROGRAM = ("pagefind.js", "pagefind-entry.json")


def unify(folder: Path) -> set[str]:
    """Give the filters in an index their order, and all that names them their new names; return the files that the index needs.

    Whatever else lies there is of an earlier index or for pages of other makers. Raises ValueError or TypeError where it is no such index.
    """
    entry = json.loads((folder / "pagefind-entry.json").read_bytes())
    kept = {*_PROGRAM, "wasm.unknown.pagefind"}
    for language in entry["languages"].values():
        meta = _read(folder / f"pagefind.{language['hash']}.pf_meta")
        if not isinstance(meta, list) or len(meta) < 4:
            raise ValueError("the table of the index has another form")
        _, pages, chunks, filters, *rest = meta
        named = sorted((name, _unify_filter(folder / "filter" / f"{file}.pf_filter")) for name, file in _rows(filters))
        content = _encoded([*meta[:3], [[name, file] for name, file in named], *rest])
        language["hash"] = f"{language['hash'].partition('_')[0]}_{digest_bytes(content)[:10]}"
        (folder / f"pagefind.{language['hash']}.pf_meta").write_bytes(_MARK + content)
        kept |= {f"pagefind.{language['hash']}.pf_meta", f"wasm.{language['wasm'] or 'unknown'}.pagefind"}
        kept |= {f"fragment/{row[0]}.pf_fragment" for row in _rows(pages)} | {f"index/{row[-1]}.pf_index" for row in _rows(chunks)}
        kept |= {f"filter/{file}.pf_filter" for _, file in named}
    (folder / "pagefind-entry.json").write_text(json.dumps(entry, ensure_ascii=False, separators=(",", ":"), sort_keys=True))
    return kept


def _rows(table: Value) -> list[list[str]]:
    """The rows of a table, each part of them as text."""
    if not isinstance(table, list):
        raise TypeError("the table of the index has another form")
    return [[str(part) for part in row] for row in table if isinstance(row, list)]


def _unify_filter(path: Path) -> str:
    """Sort the values of one filter; its new name."""
    whole = _read(path)
    if not isinstance(whole, list) or len(whole) != 2 or not isinstance(whole[1], list):
        raise ValueError(f"{path.name} is no filter")
    name, values = whole[0], whole[1]
    content = _encoded([name, sorted(values, key=_value_order)])
    renamed = f"{path.stem.partition('_')[0]}_{digest_bytes(content)[:10]}"
    path.with_stem(renamed).write_bytes(_MARK + content)
    return renamed


def _value_order(value: Value) -> tuple[str, str]:
    text = str(value[0]) if isinstance(value, list) and value else str(value)
    return fold(text), text


def _read(path: Path) -> Value:
    import cbor2  # installed with `briefgen[search]` alone

    content = path.read_bytes()
    plain = gzip.decompress(content) if content[:2] == b"\x1f\x8b" else content
    if not plain.startswith(_MARK):
        raise ValueError(f"{path.name} is not of Pagefind")
    try:
        value: Value = cbor2.loads(plain.removeprefix(_MARK))
    except cbor2.CBORDecodeError as error:
        raise ValueError(f"{path.name} is not whole") from error
    return value


def _encoded(value: Value) -> bytes:
    import cbor2

    content: bytes = cbor2.dumps(value)
    return content
