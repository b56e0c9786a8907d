"""How a briefing is cited: as BibTeX, RIS and CSL-JSON, for reference managers and word processors."""

import datetime as dt
import json
import re
from dataclasses import dataclass

from briefgen.digest import digest_bytes
from briefgen.text import one_line

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SPECIAL = re.compile(r"[\\{}#$%&_^~]")
_SPELLED = {"\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "^": r"\textasciicircum{}", "~": r"\textasciitilde{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: a briefing of a site. `authors` may be empty, then `publisher` stands for them; `day` is None without a date."""

    id: str
    title: str
    authors: tuple[str, ...]
    publisher: str
    site: str
    day: dt.date | None
    url: str
    summary: str
    topics: tuple[str, ...]
    lang: str


def citation_key(identity: str) -> str:
    """A key of letters, digits and hyphens, which every version of BibTeX takes.

    >>> citation_key("2025/03/18-the-call"), citation_key("2025/03/18-裁判所")
    ('2025-03-18-the-call', '2025-03-18-rR2Dtf')
    """
    plain = re.sub(r"[^A-Za-z0-9]+", "-", identity).strip("-")
    if re.fullmatch(r"[A-Za-z0-9/-]+", identity):
        return plain
    mark = re.sub(r"[^A-Za-z0-9]", "", digest_bytes(identity.encode()))[:6]
    return f"{plain}-{mark}" if plain else mark


def render_bibtex(citation: Citation) -> str:
    """One `@misc` entry in UTF-8; BibLaTeX reads it as `@online` would be read."""
    # a name in braces is one name, as an organisation's is; a person's is split by BibTeX itself
    authors = " and ".join(map(_tex, citation.authors)) or f"{{{_tex(citation.publisher)}}}"
    fields = [("author", authors), ("title", f"{{{_tex(citation.title)}}}"), ("howpublished", _tex(citation.site))]
    if citation.publisher != citation.site:
        fields.append(("publisher", _tex(citation.publisher)))
    if citation.day:
        fields += [("year", f"{citation.day.year:04}"), ("month", _MONTHS[citation.day.month - 1]), ("day", str(citation.day.day))]
    fields += [("url", citation.url), ("abstract", _tex(citation.summary)), ("keywords", _tex(", ".join(citation.topics)))]
    fields.append(("langid", citation.lang))
    # the name of a month is a word that BibTeX knows, and stands without braces
    lines = [f"  {name} = {value if name == 'month' else f'{{{value}}}'}" for name, value in fields if value]
    return f"@misc{{{citation_key(citation.id)},\n" + ",\n".join(lines) + "\n}\n"


def _tex(text: str) -> str:
    return _SPECIAL.sub(lambda sign: _SPELLED.get(sign[0], f"\\{sign[0]}"), one_line(text))


def render_ris(citation: Citation) -> str:
    """One record of a web page, each line as a tag, two spaces, a hyphen and a value."""
    rows = [("TY", "ELEC"), ("ID", citation_key(citation.id)), ("TI", citation.title)]
    rows += [("AU", author) for author in citation.authors or (citation.publisher,)]
    rows += [("T2", citation.site), ("PB", citation.publisher)]
    if citation.day:
        rows += [("PY", f"{citation.day.year:04}"), ("DA", citation.day.isoformat().replace("-", "/") + "/")]
    rows += [("UR", citation.url), ("AB", citation.summary), *(("KW", topic) for topic in citation.topics), ("LA", citation.lang)]
    return "".join(f"{tag}  - {one_line(value)}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def render_csl(citation: Citation) -> str:
    """A list of one item in CSL-JSON; names are `literal`, because only a person can say which part of a name is which."""
    day = citation.day
    item = {
        "id": citation_key(citation.id),
        "type": "webpage",
        "title": citation.title,
        "author": [{"literal": name} for name in citation.authors or (citation.publisher,)],
        "container-title": citation.site,
        "publisher": citation.publisher,
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "URL": citation.url,
        "abstract": citation.summary,
        "keyword": ", ".join(citation.topics),
        "language": citation.lang,
    }
    return json.dumps([{key: value for key, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"
