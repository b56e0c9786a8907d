"""Authors as pages and feeds declare them, without everything that is no person."""

import re
from collections.abc import Iterable

from briefgen.importing.bylines import is_outlet, parse_byline
from briefgen.importing.phrases import agencies
from briefgen.importing.shapes import is_name
from briefgen.text import fold, one_line

_NOBODY = re.compile(
    r"https?:|@|\b(?:staff|admin|administrator|editors?|editorial|desk|newsroom|team|reporters?|correspondents?|agencies|wire|bureau"
    r"|contributors?|bio|consultant|specialist|coach|director|manager|founder|ceo|officer|strategist|dietitian|certified|experts?"
    r"|minutes?|news|press|media|unknown|anonymous|guest|web|online|authors?"
    r"|login|log in|sign in|account|profile|members?|redazione|redaction|redaktion|company|inc|llc|ltd)\b",
    re.IGNORECASE,
)
_MONTHS = (
    "jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|january|february|march|april|june|july|august|september|october|november|december"
)
_TAIL = re.compile(
    r"\s*(?:[|(/•·]|\s[-–—]\s?|-$|\bfor\s|\bin\s|\bof\s|\bat\s|\bupdated\b|\bpublished\b|\bfollow\b|\d"
    rf"|(?<=\s)(?:{_MONTHS})\b\.?|\bUSA\b"
    r"|\s(?:the )?associated press\b|\sthe (?=\w+ (?:press|times|post|news|herald)\b)"
    r"|\b(?:senior|staff|chief|associate|contributing|deputy|assistant|editor|reporter|writer|correspondent|contributor|author|columnist|dr\.?$)\b).*$",
    re.IGNORECASE,
)

_CREDENTIALS = re.compile(r"(?:,?\s(?:RN|MD|M\.D\.|PhD|Ph\.D\.|DO|MS|MA|MPH|RD|RDN|LD|CPA|JD|Esq\.?|MBA|CFP))+$")
_TASKS = "written|posted|story|words|reported|analysis|review|opinion|article"
_LEAD = re.compile(rf"^(?:(?:(?:{_TASKS}) )?by:?(?:\s+|(?=[A-Z]))|(?:author|von|par|por|di):?\s+)", re.IGNORECASE)


def clean_authors(declared: Iterable[str], publisher: str = "", *, shown: bool = False) -> tuple[str, ...]:
    """The people among what was declared, each once, in order; with `shown` only what is plainly a byline.

    >>> clean_authors(["By Jane Roe and John Doe", "Example News", "https://a.example/jane"], "Example News")
    ('Jane Roe', 'John Doe')
    >>> clean_authors(["newsroom staff"])
    ()
    """
    found: dict[str, str] = {}
    for text in declared:
        for name in _names(one_line(text), shown=shown):
            if fold(name) != fold(publisher) and fold(name) not in agencies():
                found.setdefault(fold(name), name)
    return tuple(found.values())


def _names(text: str, *, shown: bool) -> Iterable[str]:
    if not text or len(text) > 250:
        return
    if byline := parse_byline(text):
        yield from (name for author in byline.authors if not _NOBODY.search(name := _CREDENTIALS.sub("", author)))
        return
    named = bool(_LEAD.match(text))
    for part in re.split(r"\s*(?:,|;|&|\||\band\b|\bund\b|\bet\b)\s*", _LEAD.sub("", text)):
        name = _TAIL.sub("", part).strip(" .")
        if name.isupper() and " " in name:
            name = name.title()
        name = _CREDENTIALS.sub("", name)
        if " " not in name and (_NOBODY.search(part) or " " in part):
            continue
        if not name or _NOBODY.search(name) or is_outlet(name):
            continue
        if is_name(name) or (not shown and _is_single(name)) or (named and is_name(name.title())):
            yield name


def _is_single(name: str) -> bool:
    # one word, or a form that only a page which declares an author may use: "bell hooks", "Sadhguru"
    if re.fullmatch(r"[a-z]+(?:[-_.][a-z]+)+|[a-z]+[A-Z]\w*", name):
        return False  # the name of an account, such as `jane-roe`
    return bool(re.fullmatch(r"[^\W\d_][\w.'’-]+(?: [^\W\d_][\w.'’-]*\.?){0,4}", name)) and len(name) >= 3
