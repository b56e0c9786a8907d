"""What was said in an article, word for word, and by whom where the text leaves no doubt."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from briefgen.importing.article import Article, Block
from briefgen.importing.attribution import Talk
from briefgen.importing.marks import MARK, quotations
from briefgen.importing.passages import Passage, Person, passage
from briefgen.importing.people import PersonMention
from briefgen.importing.shapes import ends_sentence
from briefgen.importing.subjects import NOBODY
from briefgen.model import Quote

_SPOKEN = frozenset(("paragraph", "item", "quote"))
_PARAGRAPHS_BEFORE = 3
_FEWEST_WORDS = 4
_SHORT = 3
_LONGEST_SIGNATURE = 15
_DASH = re.compile(r"[-–—]{1,2} ?(?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+")


def find_quotes(article: Article, people: Sequence[PersonMention]) -> tuple[Quote, ...]:
    """The quotations of an article in reading order; a speaker only where the text makes it plain.

    Text stands as it does between the marks. `speaker` is the canonical name of one of `people`; an office, an
    organisation or somebody unnamed is `attributed_to`, as worded in the article. Titles, terms and irony – a few words
    in quotation marks that nobody is said to have spoken – are left out.
    """
    named: dict[int, list[Person]] = defaultdict(list)
    for person in people:
        for span in person.spans:
            named[span.block].append(Person(span.start, span.end, person.name))
    talk = Talk(people)
    found: list[Quote] = []
    near = _near_marks(article.blocks)
    for index, block in enumerate(article.blocks):
        if index in near and block.kind in _SPOKEN:
            following = article.blocks[index + 1] if index + 1 < len(article.blocks) else None
            goes_on = following is not None and MARK.match(following.text.lstrip()) is not None
            here = _signed(block, following, named[index], named[index + 1]) if following and _signs(following, block) else None
            found += _quotes_of(here or _passage(block.text, named[index]), talk, goes_on=goes_on)
        else:
            talk.turn()
    return tuple(found)


def _near_marks(blocks: Sequence[Block]) -> set[int]:
    """The blocks with quotation marks and those before them, which may say who speaks."""
    marked = [index for index, block in enumerate(blocks) if MARK.search(block.text)]
    return {near for index in marked for near in range(index - _PARAGRAPHS_BEFORE, index + 1)}


def _passage(text: str, persons: Iterable[Person]) -> Passage:
    return passage(text, tuple(sorted(persons, key=lambda person: person.start)))


def _signs(line: Block, block: Block) -> bool:
    """Whether a line signs the speech that is all of the paragraph above it: `– X, mayor`; in a block quotation a dash is not needed."""
    quoted = [*quotations(block.text)]
    if not quoted or quoted[0].start or quoted[-1].end < len(block.text) or ends_sentence(line.text) or MARK.search(line.text):
        return False
    signed = _DASH.match(line.text) is not None or (block.kind, line.kind) == ("quote", "quote")
    return signed and len(line.text.split()) <= _LONGEST_SIGNATURE


def _signed(block: Block, line: Block, persons: Iterable[Person], below: Iterable[Person]) -> Passage:
    """The paragraph with its signature behind it, as others write the two in one line."""
    dash = _DASH.match(line.text)
    start = dash.end() if dash else 0
    text = f"{block.text} – "
    shift = len(text) - start
    return _passage(text + line.text[start:], [*persons, *(Person(one.start + shift, one.end + shift, one.name) for one in below)])


def _quotes_of(here: Passage, talk: Talk, *, goes_on: bool) -> list[Quote]:
    """The quotations of a paragraph; one that nothing closes counts where the next paragraph `goes_on` with it."""
    found = []
    talk.open(here)
    for quoted in here.quotes:
        # the comma before `she said` belongs to the sentence around the quotation
        text = here.text[quoted.first : quoted.last].removesuffix(",")
        title = _is_title(text)
        speaker = talk.speaker(here, quoted, title=title)
        if (quoted.open and not goes_on) or not any(map(str.isalnum, text)):
            continue
        if speaker != NOBODY or (len(text.split()) >= _FEWEST_WORDS and not title):
            found.append(Quote(text, speaker.person, speaker.attributed_to))
    talk.close(here)
    return found


def _is_title(text: str) -> bool:
    """Whether the words are written as the name of a work: `Of Mice and Men`."""
    words = _WORD.findall(text)
    return (
        bool(words)
        and all(word[0].isupper() or len(word) <= _SHORT for word in words)
        and words[-1][0].isupper()
        and text[-1] not in ".!?…"
    )
