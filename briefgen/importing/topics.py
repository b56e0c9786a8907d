"""Topics of an article: the site's own by name, alias and keyword; else noun phrases of its title and key points."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, pairwise

from briefgen.importing.article import Article
from briefgen.importing.known import KnownTopic
from briefgen.importing.learned import SURE, Judge
from briefgen.importing.phrases import is_section, words_of
from briefgen.importing.shapes import is_upper, words
from briefgen.model import ReviewNote
from briefgen.text import fold

MOST = 5
_REMEMBERED = 50_000
_BEFORE_NOUNS = frozenset(
    ["the", "a", "an", "of", "its", "their", "this", "his", "her", "our", "for", "on", "into", "no", "any", "more", "new"]
)
_NOUN = re.compile(r"(?:[ts]ions?|ments?|ness|it(?:y|ies)|ships?|isms?|[ae]nces?|olog(?:y|ies))$", re.IGNORECASE)
_ADJECTIVE = re.compile(
    r"(?:[^\W\d_]{2}(?:ian|ean|ish|ese|ous|ful|ical|ern)|wide|ahead|away|later|ago)$|^(?:european|american|german)s?$", re.IGNORECASE
)


def find_topics(
    article: Article, known: tuple[KnownTopic, ...], judge: Judge, people: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], ReviewNote | None]:
    """At most five topics, the site's own first; the note says when they are unsure or only the article's words.

    `people` are names and their short forms, which are no topics.
    """
    learned, doubt = _learned_topics(article, judge)
    # with a judge, a name that is only a word of past briefings says less than the words around it
    own = _own_topics(article, tuple(topic for topic in known if topic.name not in judge.topics and (topic.id or not judge.topics)))
    found = tuple(dict.fromkeys((*learned, *own)))[:MOST]
    if found or doubt:
        return found, doubt
    why = "none of the site's topics fits" if known or judge.topics else "the site has no topics yet"
    if article.topics:
        return article.topics[:MOST], ReviewNote("topics", f"{why}; taken from the source")
    phrases = _phrases(article, people)
    if not phrases:
        return (), ReviewNote("topics", f"{why}, and none was found in the text")
    return phrases, ReviewNote("topics", f"{why}; taken from the words of title and key points")


def _learned_topics(article: Article, judge: Judge) -> tuple[tuple[str, ...], ReviewNote | None]:
    """What the site's briefings with such words carry; where none is near, the nearest is taken and noted."""
    scores = judge.scores(article.title, "\n".join(block.text for block in article.blocks)) if judge.topics else []
    sure = tuple(topic for score, topic in scores if score > SURE)
    if sure or not scores:
        return sure, None
    nearest = tuple(topic for _, topic in scores[:3])
    return nearest[:1], ReviewNote("topics", "no briefing of the site is very like it; the nearest topic was taken", candidates=nearest)


def _own_topics(article: Article, known: tuple[KnownTopic, ...]) -> tuple[str, ...]:
    if not known:
        return ()
    declared = {fold(topic) for topic in article.topics}
    head = _searchable(chain([article.title], article.key_points, (block.text for block in article.blocks if block.kind == "heading")))
    body = _searchable(block.text for block in article.blocks)
    weighed: list[tuple[float, str]] = []
    for topic in known:
        names = {fold(name) for name in (topic.name, *topic.aliases)}
        forms = names | {fold(keyword) for keyword in topic.keywords}
        weight = sum(3.0 * head.count(f" {form} ") + body.count(f" {form} ") for form in forms if form)
        if names & declared:
            weight += 100
        if weight >= 2:
            weighed.append((-weight, topic.name))
    return tuple(name for _, name in sorted(weighed))


def _searchable(texts: Iterator[str] | chain[str]) -> str:
    return " " + " ".join(" ".join(words(fold(text.replace("’", "'").replace("'s ", " ")))) for text in texts) + " "


def _phrases(article: Article, people: tuple[str, ...]) -> tuple[str, ...]:
    """The runs of content words in title, key points and headings whose words the article uses most."""
    names = {_stem(part) for name in people for part in words(name)}
    uses: Counter[str] = Counter()
    for word, times in Counter(chain.from_iterable(words(block.text) for block in article.blocks)).items():
        uses[_stem(word)] += times
    things = _things(article)
    headings = (block.text for block in article.blocks if block.kind == "heading" and not is_section(block.text))
    heads = [article.title, *article.key_points, *headings]
    weighed: dict[str, tuple[float, str]] = {}
    for place, text in enumerate(heads[:8]):
        for run in _runs(text.lower() if is_upper(text) else text, names):
            phrase = run[-2:] if len(run) > 2 else run
            if not _names_thing(phrase, uses, things):
                continue
            weight = sum(uses[_stem(word)] for word in phrase) / len(phrase) ** 0.5 * (1.5 if place == 0 else 1.0)
            key = " ".join(_stem(word) for word in phrase)
            if weight > weighed.get(key, (0.0, ""))[0]:
                weighed[key] = weight, " ".join(phrase)
    return _distinct(sorted(weighed.values(), key=lambda entry: (-entry[0], entry[1])))


def _things(article: Article) -> set[str]:
    """The stems of words that the article uses as nouns: behind an article, a possessive or a preposition."""
    found: set[str] = set()
    for block in article.blocks:
        parts = words(block.text)
        found.update(_stem(word) for before, word in pairwise(parts) if before.casefold() in _BEFORE_NOUNS)
    return found


def _names_thing(phrase: list[str], uses: Counter[str], things: set[str]) -> bool:
    """Whether a phrase could name a topic: it ends in a noun, and a single word comes back often."""
    last = phrase[-1]
    if _ADJECTIVE.search(last) or any(word.casefold() in words_of("generic_nouns") for word in phrase):
        return False
    if len(phrase) > 1:
        return True
    return uses[_stem(last)] >= 3 and (last[0].isupper() or bool(_NOUN.search(last)) or _stem(last) in things)


def _runs(text: str, names: set[str]) -> Iterator[list[str]]:
    """Content words that stand side by side, the last of them a noun as far as its form tells."""
    for part in re.split(r"[^\w\s'’-]+|\s[-–—]\s", text):
        run: list[str] = []
        for word in [*words(part), "the"]:
            plain = re.sub(r"['’]s?$", "", word)
            if _is_content(plain, names):
                run.append(plain)
                if plain != word:
                    yield from _trimmed(run)
                    run = []
            else:
                yield from _trimmed(run)
                run = []


def _trimmed(run: list[str]) -> Iterator[list[str]]:
    while run and (run[-1].casefold() in words_of("generic_nouns") or run[-1].casefold().endswith(("ly", "ed"))):
        run = run[:-1]
    if run and any(len(word) > 2 for word in run):
        yield run


def _is_content(word: str, names: set[str]) -> bool:
    folded = word.casefold()
    if (
        not word
        or folded in words_of("function_words")
        or folded in words_of("verbs")
        or _stem(word) in names
        or any(char.isdigit() for char in word)
    ):
        return False
    return not (folded.endswith("ing") and folded not in words_of("nouns_in_ing"))


@lru_cache(maxsize=_REMEMBERED)
def _stem(word: str) -> str:
    folded = re.sub(r"['’]s?$", "", word.casefold())
    for ending, instead in (("ies", "y"), ("sses", "ss"), ("s", "")):
        if folded.endswith(ending) and len(folded) > len(ending) + 2 and not folded.endswith("ss"):
            folded = folded[: -len(ending)] + instead
            break
    return folded[:7]


def _distinct(weighed: list[tuple[float, str]]) -> tuple[str, ...]:
    chosen: list[str] = []
    seen: set[str] = set()
    for weight, phrase in weighed:
        stems = {_stem(word) for word in phrase.split()}
        if weight < 2 or stems <= seen or len(chosen) == MOST:
            continue
        if len(stems) == 1 and any(stems & {_stem(word) for word in other.split()} for other in chosen):
            continue
        chosen.append(phrase[0].upper() + phrase[1:])
        seen |= stems
    return tuple(chosen)
