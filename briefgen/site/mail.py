"""An edition as e-mail: one message that needs nothing from elsewhere, its plain-text twin, and both as a file that mail programs open."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefgen.config import Config
from briefgen.digest import digest_bytes
from briefgen.model import Briefing, Place
from briefgen.problems import Problem
from briefgen.site.environment import Templates
from briefgen.site.feeds import instant
from briefgen.site.fileshows import EmailPage
from briefgen.site.page import Page
from briefgen.site.parts import Edition, Head
from briefgen.site.site import Site

MOST_BYTES = 102_000
"""Gmail shows no more of a message, and cuts where it stands."""
LEVELS = ("whole", "without key points", "titles alone")
"""How much a message holds: the first of these that fits."""


@dataclass(frozen=True, slots=True)
class Mail:
    """An edition as HTML, as text, and as both in one message (RFC 5322); `level` is one of `LEVELS`."""

    subject: str
    html: str
    text: str
    level: str

    @property
    def size(self) -> int:
        """The bytes of the HTML, which mail programs count."""
        return len(self.html.encode())

    @property
    def fits(self) -> bool:
        """Whether mail programs show all of it."""
        return self.size <= MOST_BYTES


def edition_mail(site: Site, edition: Edition) -> Mail:
    """The edition as a message that holds as much as mail programs show; raises BriefgenError where a template is at fault."""
    templates = Templates(site.theme, site.view)
    briefings = tuple(site.archive.briefings[card.id].make() for card in edition.cards)
    mails = (_mail(templates, site.config, edition, briefings, level) for level in range(len(LEVELS)))
    for mail in mails:
        if mail.fits or mail.level == LEVELS[-1]:
            return mail
    raise AssertionError("there is a last level")


def _mail(templates: Templates, config: Config, edition: Edition, briefings: tuple[Briefing, ...], level: int) -> Mail:
    shows = EmailPage(Head(config.title), edition, briefings, level)
    html, text = (templates.render(Page(name, name, shows)) for name in ("email.html", "email.txt"))
    return Mail(text.partition("\n")[0], html, text, LEVELS[level])


def render_message(mail: Mail, edition: Edition, config: Config, sender: str = "", recipient: str = "") -> bytes:
    """The message as an .eml file, the same bytes each time: a draft, which a mail program opens to be sent.

    Its day is that of the edition; a mail program puts the moment of sending in its place.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = mail.subject
    message["Date"] = dt.datetime.fromisoformat(instant(edition.cards[0].date, ZoneInfo("UTC"))) if edition.cards[0].date else None
    for name, value in (("From", sender), ("To", recipient)):
        if value:
            message[name] = value
    host = urlsplit(config.base_url).hostname or "localhost"
    mark = digest_bytes((mail.html + mail.text).encode())
    message["Message-ID"] = f"<edition-{edition.day.isoformat()}.{mark}@{host}>"
    message["X-Unsent"] = "1"
    message.set_content(mail.text, cte="quoted-printable")
    message.add_alternative(mail.html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"edition-{mark}")
    return message.as_bytes()


def long_mails(site: Site) -> Iterator[Problem]:
    """Where the newest edition has more than mail programs show, even by its titles alone (BG406)."""
    if not site.config.base_url or not site.archive.days:
        return
    edition = site.archive.days[0]
    mail = edition_mail(site, edition)
    if not mail.fits:
        message = f"the e-mail of {edition.day.isoformat()} has {mail.size:,} bytes; mail programs show {MOST_BYTES:,} and cut the rest"
        yield Problem("BG406", Place(_template(site)), message, "take something out of email.html, or send fewer briefings a day")


def _template(site: Site) -> str:
    return site.theme.templates["email.html"][0].path
