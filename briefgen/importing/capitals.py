"""Runs of capitalised words in a text, cut where a name cannot go on: the raw material of the people recogniser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from briefgen.importing.names import alternatives, is_given, is_organisation, is_place, is_word, key, lists, vocabulary

UPPER = "A-ZÀ-ÖØ-Þ" + "".join(
    char for start, end in ((0x100, 0x250), (0x370, 0x530), (0x1E00, 0x1F00)) for char in map(chr, range(start, end)) if char.isupper()
)
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
INITIALS_WITHOUT_DOTS = 2
_HONOURED = 2
_FUNCTION_WORDS = vocabulary("function words")
_NO_NAMES = vocabulary("calendar")
_BEFORE_CLAUSES = vocabulary("before clauses")
"""Function words that stand before a subject and its verb: `As Stokke said`, where `Per Stokke said` is nothing but a name."""
_PARTICLES = vocabulary("particles")
_PARTICIPLES = vocabulary("participles")
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Rev|St|Ste|Jr|Sr|Maj|Brig|Adm|Cmdr|Hon|Fr|Supt|Insp|Det|Messrs)\."
_INITIALS = rf"(?:[{UPPER}]\.-?)+"
_ARTICLE = r"(?:(?:[aA]l|[eE]l|[aA]sh|[aA]s|[aA]d|[aA]n|[aA]r|[uU]l|d|l)[-'’])?"
_WORD = rf"{_ARTICLE}[{UPPER}](?:[^\W\d_]|['’ʻʼ-](?=[^\W\d_]))*"
_TOKEN = rf"(?:{_ABBREVIATION}|{_INITIALS}|{_WORD})"
_BLANK = "[ \u00a0]+"
_PARTICLE = f"(?:{alternatives('particles')})"
_NICKNAME = r"[\"“][^\"“”\n.,!?]{2,20}[\"”]"
_NEXT = rf"(?:{_BLANK}(?:{_NICKNAME}{_BLANK}|(?:{_PARTICLE}{_BLANK}){{0,3}})|(?<=\.)(?=[{UPPER}])){_TOKEN}"
_HEAD = rf"(?<![\w’'-])(?=[{UPPER}]|[adelrsu]{{1,2}}[-'’])"
_RUN = re.compile(rf"{_HEAD}{_TOKEN}(?:{_NEXT})*(?:, [JS]r\b\.?)?")
_SURNAME = re.compile(rf"{_BLANK}([{UPPER}][a-zß-ÿ'’-]+)(?![\w’'])")
_TOLD_OF = re.compile(rf" (?:{alternatives('acts of persons')})\b|, \d\d?,")
_PIECE = re.compile(rf"{_NICKNAME}|{_TOKEN}|{_PARTICLE}(?={_BLANK})")
_ONLY_INITIALS = re.compile(_INITIALS)
_CONTRACTION = re.compile(r"(?:i|you|he|she|it|we|they|that|there|who|what)'(?:ll|ve|re|d|m)|[a-z]+n't|let's")
_CAMEL = re.compile(r"(?!(?:Mac|Mc|Fitz|Van|Von|San|St|De|Di|Da|Du|La|Le|Lo|El|Al|Ah|Ja|Jo|Ke|Ma|Ra|Ta|O)[A-Z][a-z])[A-Z][a-z]+[A-Z]")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.!?:;•*]['\"”’»)\]]*\s+|^\W+|[“\"«‘'(\[]|\s[-–—]+\s?|\n)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a run: as written, as compared, and from where to where it stands in its block."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_initials(self) -> bool:
        """Initials with full stops: `J.`, `R.K.`."""
        return self.text.endswith(".") and _ONLY_INITIALS.fullmatch(self.text) is not None

    @property
    def is_caps(self) -> bool:
        """All in capitals, without full stops."""
        return len(self.text) > 1 and self.text.isupper() and not self.text.endswith(".")

    @property
    def is_camel(self) -> bool:
        """A capital inside, as brands have it and few names: `YouTube`, but not `McNeil`."""
        return _CAMEL.match(self.text) is not None

    @property
    def is_particle(self) -> bool:
        """A lower-case part of a name: `van`, `bin`."""
        return self.text in _PARTICLES


@dataclass(frozen=True, slots=True)
class Segment:
    """Capitalised words that may hold one name; `opens` says that they stand first in their sentence."""

    tokens: tuple[Token, ...]
    opens: bool

    @property
    def start(self) -> int:
        """Where the first word begins in its block."""
        return self.tokens[0].start


def segments(text: str) -> Iterator[Segment]:
    """Every stretch of capitalised words that may hold a name, in order; a possessive ends one.

    >>> found = segments("The aide met Russia’s Vladimir Putin and Ursula von der Leyen.")
    >>> [" ".join(token.text for token in segment.tokens) for segment in found]
    ['Russia', 'Vladimir Putin', 'Ursula von der Leyen']
    """
    for run in _RUN.finditer(text):
        if run[0] in _openings():
            continue
        opens = _opens_sentence(text, run.start())
        tokens: list[Token] = []
        for piece in _PIECE.finditer(run[0]):
            if piece[0][0] in '"“':
                continue
            token, owns = _token(piece, run.start())
            if _stops(token) and not _is_given(token, tokens, text, opens=opens):
                yield from _segment([] if "-" in token.text else tokens, opens=opens)
                tokens, opens = [], False
                continue
            tokens.append(token)
            if owns:
                yield from _segment(tokens, opens=opens)
                tokens, opens = [], False
        yield from _segment(tokens, opens=opens)


@cache
def _openings() -> frozenset[str]:
    """Function words with a capital: half of all capitalised words, and no names."""
    return frozenset(word.capitalize() for word in _FUNCTION_WORDS if not is_given(word))


def _opens_sentence(text: str, start: int) -> bool:
    return start == 0 or _OPENING.search(text[max(0, start - 8) : start]) is not None


def _token(piece: re.Match[str], offset: int) -> tuple[Token, bool]:
    word = piece[0]
    bare = _POSSESSIVE.sub("", word)
    start = offset + piece.start()
    return Token(bare, key(bare).rstrip("."), start, start + len(bare)), bare != word


def _stops(token: Token) -> bool:
    if token.key in _FUNCTION_WORDS:
        return not (token.is_particle or token.is_initials or (token.is_caps and len(token.text) == INITIALS_WITHOUT_DOTS))
    if _CONTRACTION.fullmatch(token.key):
        return True
    head, hyphen, tail = token.text.rpartition("-")
    return bool(hyphen) and tail in _PARTICIPLES and head[:1].isupper()


def _is_given(token: Token, before: list[Token], text: str, *, opens: bool) -> bool:
    """Whether a function word is a given name here: `Per Stokke`, `Captain Said Amrani`; first in a sentence what follows must tell."""
    titled = bool(before) and before[-1].key in lists().roles
    surname = _SURNAME.match(text, token.end)
    if token.key in _NO_NAMES or not is_given(token.key) or token.is_caps or surname is None or (before and not titled):
        return False
    word = key(surname[1])
    if is_word(word) or is_place(word) or is_organisation(word):
        return False
    return titled or not opens or (token.key not in _BEFORE_CLAUSES and _TOLD_OF.match(text, surname.end()) is not None)


def _segment(tokens: list[Token], *, opens: bool) -> Iterator[Segment]:
    start, end = 0, len(tokens)
    while start < end and tokens[start].is_particle:
        start += 1
    while start < end and tokens[end - 1].is_particle:
        end -= 1
    if end - start > _HONOURED and tokens[start].text == "U":
        start += 1  # the Burmese honorific; of a name of one word it is a part: U Nu, U Thant
    if start < end:
        yield Segment(tuple(tokens[start:end]), opens)
