"""Sentences of a paragraph, each word for word."""

import re

_BOUNDARY = re.compile(r"""(?<=[.!?…])["'”’»)\]]*\s+(?=["'“‘«(\[¿¡]*[^\W\d_a-zß-ÿ]|["'“‘«(]*\d)""")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Col|Lt|Maj|Capt|Sgt|Adm|Rev|Hon|St|Jr|Sr|vs|etc|No|Nos|Inc|Corp|Co|Ltd|Bros|Dept|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|approx|al|Art|Fig|p|pp|Mt|Ft)|\b[^\W\d_]|\b(?:[^\W\d_]\.)+[^\W\d_])\.$"
)


def split_sentences(text: str) -> tuple[str, ...]:
    """The sentences in their order; abbreviations and initials end none.

    >>> split_sentences("Mr. Roe met J. R. Doe. “It is done.” All left!")
    ('Mr. Roe met J. R. Doe.', '“It is done.”', 'All left!')
    """
    found: list[str] = []
    start = 0
    for boundary in _BOUNDARY.finditer(text):
        if not _ABBREVIATION.search(text[max(start, boundary.start() - 12) : boundary.start()]):
            found.append(text[start : boundary.end()].strip())
            start = boundary.end()
    rest = text[start:].strip()
    return (*found, rest) if rest else tuple(found)
