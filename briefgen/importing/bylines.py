"""Who wrote an article: bylines at the top, sign-offs at the end, and the agency they name."""

import re
from dataclasses import dataclass, replace

from briefgen.importing.phrases import agencies
from briefgen.importing.shapes import is_name, is_upper
from briefgen.model import Source
from briefgen.text import fold, one_line

_BY = re.compile(
    r"(?:(?:words|text|story|written|reported|report|reporting|article|posted|published)\s+)?by:?\s+(?P<rest>\S.*)", re.IGNORECASE
)
_DASHED = re.compile(r"[-–—]{1,2}\s*(?P<rest>[^\W\d_].*)")
_BRACKETED = re.compile(r"[(\[](?P<rest>[^()\[\]]{2,300})[)\]]\.?$")
_EDITS = ("editing", "edited", "photo", "graphic", "translat")
_CREDIT = re.compile(
    r"(?P<task>(?:additional |further )?(?:reporting|writing|written|reported|editing|edited|compiled|translated|translation"
    r"|photographs?|photos?|graphics?)) by:?\s+(?P<rest>[^;]+)",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*(?:,|;|\||/|&|\s[-–—]\s|\band\b|\bwith\b)\s*")
_ROLE = re.compile(
    r"\b(?:correspondents?|editors?|reporters?|writers?|staff|analyst|columnist|bureau|chief|desk|journalist|contributor|agencies|agency|team)\b",
    re.IGNORECASE,
)
_DESK_ROLE = r"(?:correspondents?|reporters?|writers?|staff|desk|team|bureau|newsroom|agencies|wires?)"
_DESKS = (
    rf"(?:by|from)(?: (?:an?|the|our))?(?: own)?(?: [\w-]+){{0,3}} {_DESK_ROLE}",
    r"(?:by )?(?:our|an?)(?: own)?(?: [\w-]+){0,2} (?:correspondents?|reporters?)",
    r"(?:by |from )?(?:(?:news|web|online|digital|foreign|world|national|sports?|business|city|metro|night) )?(?:desk|staff|agencies)",
    r"newsroom|wires|staff (?:reporter|writer|correspondent)s?|special correspondent|special to (?:the |our )?(?-i:[A-Z])[\w ]{2,30}",
)
_DESK = re.compile(
    rf"(?:{'|'.join(_DESKS)})(?:,? (?:and|with|&) (?:news |other )?{_DESK_ROLE})?(?:(?:,| in|/| at) ?(?-i:[A-Z])[\w'’ -]{{2,30}})?\.?",
    re.IGNORECASE,
)
_OF_OUTLET = re.compile(
    r" (?:(?:staff|special|political|foreign) )*(?:staff|reporters?|correspondents?|writers?|desk|newsroom|bureau)$", re.IGNORECASE
)
_OUTLET = re.compile(
    r"\b(?:News|Times|Post|Press|Herald|Journal|Radio|TV|Television|Tribune|Gazette|Guardian|Telegraph|Mail|Chronicle|Courier|Wire"
    r"|Observer|Magazine|Today|Daily|Weekly|Media|Online|Network|Broadcasting)\b|\.(?:com|org|net|co\.\w\w)$"
)
_LONGEST_DESK = 80
_WIRE = re.compile(r"\b(?:Wire|Agency|Agence|Agentur|Agencia|Presse|Newswire)\b")
_PLACE = re.compile(r"\s+(?:in|at|from)\s+[^\W\d_a-z].*$|\s+\([^)]*\)$|\s+\S+@\S+$")
_GLUED = re.compile(
    r"""(?<=[.!?"”’)])\s+[-–—/]*\s*\(?(?P<agency>REUTERS?|Reuters?|AFP|AP|UPI|dpa|PTI|ANI|IANS|AAP|EFE|TASS|ANSA)\)?[.]?$"""
)


@dataclass(frozen=True, slots=True)
class Byline:
    """What a byline says: people who wrote, the agency, the outlet."""

    authors: tuple[str, ...] = ()
    agency: str = ""
    outlet: str = ""


def parse_byline(text: str) -> Byline | None:
    """The byline that a whole line is, None where it is anything else; one without a name says only that a desk wrote.

    >>> parse_byline("By Jane Roe and John Doe, Reuters")
    Byline(authors=('Jane Roe', 'John Doe'), agency='Reuters', outlet='')
    >>> parse_byline("-Danny Boyle Jr, Ola Berg, Agence France-Presse").agency
    'Agence France-Presse'
    >>> parse_byline("(Reporting by Jane Roe; Editing by John Doe)").authors
    ('Jane Roe',)
    >>> parse_byline("By contrast, the euro fell"), parse_byline("- Reuters").agency
    (None, 'Reuters')
    >>> parse_byline("By Our Shipping Correspondent")
    Byline(authors=(), agency='', outlet='')
    """
    line = one_line(text).rstrip(".") if len(text) <= 300 else ""
    if not line:
        return None
    inner = _BRACKETED.match(line)
    if credited := _credits(inner["rest"] if inner else line):
        return credited
    for pattern in (_BY, _DASHED, _BRACKETED):
        found = pattern.match(line)
        if found and (byline := _parts(found["rest"], named=pattern is _BY)):
            return byline
    if is_desk(line):
        return Byline()
    return _parts(line, named=False) if any(fold(part) in agencies() for part in _SPLIT.split(line)) else None


def with_byline(source: Source, byline: Byline) -> Source:
    """The source with what a byline adds to it; what was declared stays."""
    agency = byline.agency or (byline.outlet if _WIRE.search(byline.outlet) else "")
    name = "" if agency == byline.outlet else byline.outlet
    return replace(source, authors=source.authors or byline.authors, agency=source.agency or agency, name=source.name or name)


def is_outlet(text: str) -> bool:
    """Whether a line could be the name of a newspaper, broadcaster or agency.

    >>> is_outlet("The Kaveripura Herald"), is_outlet("Meridian Wire"), is_outlet("He left the Herald.")
    (True, True, False)
    """
    parts = text.split()
    capitals = all(part[:1].isupper() or part in ("of", "the", "and", "&") for part in parts)
    return 0 < len(parts) <= 5 and capitals and bool(_OUTLET.search(text) or fold(text) in agencies())


def is_desk(text: str) -> bool:
    """Whether a line says no more of the author than that it is one of the newspaper's own, or its agencies.

    >>> [is_desk(line) for line in ("Staff and agencies", "From our own correspondent in Kabul", "Airport staff", "By the sea")]
    [True, True, False, False]
    """
    return len(text) <= _LONGEST_DESK and bool(_DESK.fullmatch(text.strip()))


def split_sign_off(text: str) -> tuple[str, str, str]:
    """A paragraph without the agency's mark behind its last sentence, the mark, and the agency.

    >>> split_sign_off("The board will meet. REUTER")
    ('The board will meet.', 'REUTER', 'Reuters')
    >>> split_sign_off("He wrote for the AP.")
    ('He wrote for the AP.', '', '')
    """
    found = _GLUED.search(text)
    if not found:
        return text, "", ""
    return text[: found.start()], text[found.start() :].strip(), agencies()[fold(found["agency"])]


def _credits(line: str) -> Byline | None:
    """`Reporting by A and B in Oslo; Editing by C`: who reported and wrote, not who edited."""
    found = list(_CREDIT.finditer(line))
    if not found or found[0].start() > 0:
        return None
    authors: list[str] = []
    for credit in found:
        byline = _parts(credit["rest"], named=True)
        if byline is None:
            return None
        if not credit["task"].casefold().startswith(_EDITS):
            authors += byline.authors
    return Byline(tuple(dict.fromkeys(authors)))


def _parts(rest: str, *, named: bool) -> Byline | None:
    """Names, roles, agencies and outlets; None as soon as one part is none of these."""
    authors: list[str] = []
    agency = outlet = ""
    for part in filter(None, _SPLIT.split(rest.strip(" .-–—"))):
        name = _PLACE.sub("", part)
        if fold(part) in agencies():
            agency = agency or agencies()[fold(part)]
        elif is_outlet(part):
            outlet = outlet or _OF_OUTLET.sub("", part)
        elif _ROLE.search(part) and len(part.split()) <= 6:
            continue
        elif is_name(name) or (is_upper(name) and is_name(name.title())):
            authors.append(name.title() if is_upper(name) else name)
        elif not (named and authors and _is_place(part)):
            return None
    if not (authors or agency or (named and outlet)):
        return None
    return Byline(tuple(authors), agency, outlet)


def _is_place(part: str) -> bool:
    # "By Jane Roe, Oslo": one or two capitalised words behind a name
    return len(part.split()) <= 2 and all(word[:1].isupper() for word in part.split())
