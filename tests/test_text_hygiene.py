"""Text hygiene holds for every character that there is."""

import sys

from briefgen.text import clean

SPACES = "\v\f\x85\u2028\u2029"
DROPPED = {
    *range(0x09),
    *range(0x0E, 0x20),
    *range(0x7F, 0xA0),
    *range(0x202A, 0x202F),
    *range(0x2066, 0x206A),
    *range(0xFDD0, 0xFDF0),
    0xFEFF,
    *range(0xFFF9, 0xFFFC),
    *(plane + last for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)),
}


def expected(char: str) -> str:
    if char == "\r":
        return "\n"
    if char in SPACES:
        return " "
    if "\ud800" <= char <= "\udfff":
        return "\ufffd"
    return "" if ord(char) in DROPPED else char


def test_each_character_is_kept_replaced_or_dropped_and_its_neighbours_stay() -> None:
    wrong = [char for char in map(chr, range(sys.maxunicode + 1)) if clean(f"a{char}b") != f"a{expected(char)}b"]
    assert wrong == []
