"""What was said in an article, word for word, and by whom where the text leaves no doubt."""

import re
from collections import defaultdict
from collections.abc import Sequence

from briefgen.importing.article import Article, Block
from briefgen.importing.attribution import Talk
from briefgen.importing.marks import MARK
from briefgen.importing.passages import Passage, Person, passage
from briefgen.importing.people import PersonMention
from briefgen.importing.subjects import NOBODY
from briefgen.model import Quote

_SPOKEN = frozenset(("paragraph", "item", "quote"))
_PARAGRAPHS_BEFORE = 3
_FEWEST_WORDS = 4
_SHORT = 3
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
            persons = tuple(sorted(named[index], key=lambda person: person.start))
            goes_on = index + 1 < len(article.blocks) and MARK.match(article.blocks[index + 1].text.lstrip()) is not None
            found += _quotes_of(passage(block.text, persons), talk, goes_on=goes_on)
        else:
            talk.turn()
    return tuple(found)


def _near_marks(blocks: Sequence[Block]) -> set[int]:
    """The blocks with quotation marks and those before them, which may say who speaks."""
    marked = [index for index, block in enumerate(blocks) if MARK.search(block.text)]
    return {near for index in marked for near in range(index - _PARAGRAPHS_BEFORE, index + 1)}


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
