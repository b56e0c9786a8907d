"""Runs of capitalised words in a text, cut where a name cannot go on: the raw material of the people recogniser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import dropwhile

from briefgen.importing.names import key

UPPER = "A-ZÀ-ÖØ-Þ" + "".join(
    char for start, end in ((0x100, 0x250), (0x370, 0x530), (0x1E00, 0x1F00)) for char in map(chr, range(start, end)) if char.isupper()
)
PARTICLES = frozenset(
    "van von der den de del della di da do dos das du la le el al bin ibn bint ben ter ten zu zur af av und dalla delle degli lo ul ud abu ould op het y e".split()
)
SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv"))
FUNCTION_WORDS = frozenset(
    "a an the this that these those he she it they we you i his her its their our my your who what which when where why how and but or nor so yet if"
    " in on at by to from for with of as after before since until while although though because during among amid under over about against between"
    " into through without within despite unlike like than then there here not no yes is are was were be been being has have had do does did will"
    " would should could may might must can meanwhile however also only both all some many most more much several few one two three four five six"
    " seven eight nine ten first second third last next other another each every any such even just still already now today yesterday tomorrow"
    " earlier later asked according said says told see let once thus hence moreover nevertheless instead else whether per via upon toward towards"
    " monday tuesday wednesday thursday friday saturday sunday january february july september october november december outside inside near behind below above beyond across along around down up off out back again".split()
) - {"will", "may"}
INITIALS_WITHOUT_DOTS = 2
_PARTICIPLES = frozenset(
    "born based listed speaking backed led run owned controlled held occupied trained educated funded sponsored brokered made built style era wide only"
    " like bound ranked seeded aligned educated registered dominated friendly related inspired designate elect turned area winning".split()
)
_ABBREVIATION = r"(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Sgt|Capt|Sen|Rep|Gov|Rev|St|Ste|Jr|Sr|Maj|Brig|Adm|Cmdr|Hon|Fr|Supt|Insp|Det|Messrs)\."
_INITIALS = rf"(?:[{UPPER}]\.-?)+"
_ONLY_INITIALS = re.compile(_INITIALS)
_WORD = rf"(?:(?:[aA]l|[eE]l|[aA]sh|[aA]s|[aA]d|[aA]n|[aA]r|[uU]l|d|l)[-'’])?[{UPPER}](?:[^\W\d_]|['’-](?=[^\W\d_]))*"
_TOKEN = rf"(?:{_ABBREVIATION}|{_INITIALS}|{_WORD})"
_PARTICLE = "(?:" + "|".join(sorted(PARTICLES, key=len, reverse=True)) + ")"
_NICKNAME = r"(?:[\"“][^\"“”\n.,!?]{2,20}[\"”])"
_RUN = re.compile(
    rf"(?<![\w’'-]){_TOKEN}(?:(?:[  ]+(?:{_NICKNAME}[  ]+|(?:{_PARTICLE}[  ]+){{0,3}})|(?<=\.)(?=[{UPPER}])){_TOKEN})*(?:, [JS]r\b\.?)?"
)
_PIECE = re.compile(rf"{_NICKNAME}|{_TOKEN}|{_PARTICLE}(?= )")
_POSSESSIVE = re.compile(r"['’]s$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"(?:^|[.!?:;•*]['\"”’»)\]]*\s+|^\W+|[“\"«‘'(\[]|\s[-–—]+\s?|\n)$")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a run: as written, as compared, and from where to where it stands in its block."""

    text: str
    key: str
    start: int
    end: int

    @property
    def is_initials(self) -> bool:
        return (
            self.text.endswith(".")
            and "." not in self.key.rstrip(".")[1:].replace(".", "", 9)
            and self.text.replace(".", "").replace("-", "").isupper()
        )

    @property
    def is_caps(self) -> bool:
        return len(self.text) > 1 and self.text.isupper() and not self.text.endswith(".")

    @property
    def is_particle(self) -> bool:
        return self.text in PARTICLES


@dataclass(frozen=True, slots=True)
class Segment:
    """Capitalised words that may hold one name; `opens` says that it stands first in its sentence."""

    tokens: tuple[Token, ...]
    opens: bool
    owned: bool

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def segments(text: str) -> Iterator[Segment]:
    """Every stretch of capitalised words that may hold a name, in order; `owned` marks one that ends in a possessive.

    >>> [" ".join(token.text for token in found.tokens) for found in segments("The aide met Russia’s Vladimir Putin and Ursula von der Leyen.")]
    ['Russia', 'Vladimir Putin', 'Ursula von der Leyen']
    """
    for run in _RUN.finditer(text):
        opens = _opens_sentence(text, run.start())
        tokens: list[Token] = []
        for piece in _PIECE.finditer(run[0]):
            if piece[0][0] in '"“(':
                continue
            token, owned = _token(piece, run.start())
            if _stops(token):
                if token.key in FUNCTION_WORDS:
                    yield from _segment(tokens, opens, owned=False)
                tokens, opens = [], False
                continue
            tokens.append(token)
            if owned:
                yield from _segment(tokens, opens, owned=True)
                tokens, opens = [], False
        yield from _segment(tokens, opens, owned=text[run.end() : run.end() + 1] in {"'", "’"} and run[0].endswith("s"))


def _stops(token: Token) -> bool:
    if token.key in FUNCTION_WORDS:
        return not (token.is_particle or token.is_initials or (token.is_caps and len(token.text) == INITIALS_WITHOUT_DOTS))
    head, hyphen, tail = token.text.rpartition("-")
    return bool(hyphen) and tail in _PARTICIPLES and head[:1].isupper()


def _opens_sentence(text: str, start: int) -> bool:
    return _SENTENCE_END.search(text[max(0, start - 8) : start]) is not None if start else True


def _token(piece: re.Match[str], offset: int) -> tuple[Token, bool]:
    word = piece[0]
    bare = _POSSESSIVE.sub("", word)
    return Token(bare, key(bare).rstrip("."), offset + piece.start(), offset + piece.start() + len(bare)), bare != word


def _segment(tokens: list[Token], opens: bool, owned: bool) -> Iterator[Segment]:
    tokens = list(dropwhile(lambda token: token.is_particle, tokens))
    while tokens and tokens[-1].is_particle:
        tokens.pop()
    if tokens:
        yield Segment(tuple(tokens), opens, owned)
