"""Every code a message can carry: what it is about and how severe it is. docs/errors.md explains each by an example."""

from typing import Literal, NamedTuple

Severity = Literal["error", "warning"]


class Rule(NamedTuple):
    """How severe a finding is, and what it is about."""

    severity: Severity
    about: str


RULES: dict[str, Rule] = {
    # 1xx: the front matter
    "BG101": Rule("error", "the front matter is not readable YAML"),
    "BG102": Rule("error", "a file does not start with front matter"),
    "BG103": Rule("warning", "an unknown key"),
    "BG104": Rule("error", "a key that must be there is missing or empty"),
    "BG105": Rule("error", "a value has the wrong form"),
    "BG106": Rule("error", "a key is given twice"),
    "BG107": Rule("error", "YAML tags, anchors and aliases are not allowed"),
    "BG108": Rule("error", "a date is not in an accepted form"),
    "BG109": Rule("error", "the file is not UTF-8 text"),
    "BG110": Rule("error", "the file is too large or nested too deeply"),
    "BG111": Rule("warning", "a briefing has no date"),
    "BG112": Rule("warning", "a briefing has open review notes"),
    "BG113": Rule("warning", "a briefing is never shown"),
    # 2xx: names, links and text
    "BG201": Rule("error", "one alias belongs to two records"),
    "BG202": Rule("error", "two pages want one URL"),
    "BG203": Rule("warning", "a link leads nowhere"),
    "BG204": Rule("warning", "a link leads to a heading that is not there"),
    "BG205": Rule("error", "the Markdown expands or nests beyond the limits"),
    "BG206": Rule("warning", "an image has no alternative text"),
    "BG207": Rule("error", "two files have one identity"),
    "BG208": Rule("error", "a slug, permalink or alias leaves the site"),
    "BG209": Rule("warning", "a file is not used"),
    "BG210": Rule("warning", "two names look like one person or topic"),
    "BG211": Rule("error", "a topic is its own ancestor"),
    "BG212": Rule("warning", "a footnote is not shown"),
    "BG213": Rule("error", "two names cannot be merged"),
    # 3xx: the configuration
    "BG301": Rule("error", "there is no briefgen.yaml"),
    "BG302": Rule("error", "a configuration value has the wrong form"),
    "BG303": Rule("warning", "there is no base_url"),
    "BG304": Rule("error", "a navigation entry leads nowhere"),
    "BG305": Rule("error", "a stylesheet is not there"),
    "BG306": Rule("warning", "a feed asks for what is not there"),
    # 4xx: themes and templates
    "BG401": Rule("error", "there is no such theme"),
    "BG402": Rule("error", "a template has a syntax error"),
    "BG403": Rule("error", "a template fails while it renders a page"),
    "BG404": Rule("error", "a template or a block is missing"),
    "BG405": Rule("error", "a theme's theme.yaml or its words are not right"),
    "BG406": Rule("warning", "an edition is longer than mail programs show"),
    # 5xx: the output
    "BG501": Rule("error", "the output folder is not safe to write to"),
    "BG502": Rule("error", "a file that is not briefgen's stands where a page must go"),
    "BG503": Rule("warning", "a page was edited in the output folder"),
    "BG504": Rule("error", "writing failed"),
    "BG505": Rule("error", "another build holds the output folder"),
    "BG506": Rule("warning", "the cache could not be used"),
    # 6xx: import
    "BG601": Rule("error", "a raw article cannot be read"),
    "BG602": Rule("warning", "an article is already there"),
    "BG603": Rule("error", "a raw article is too large"),
    "BG604": Rule("error", "a raw article holds no text"),
    "BG605": Rule("warning", "an article looks like one that is already there"),
    "BG606": Rule("warning", "the encoding of an article was guessed"),
    "BG607": Rule("error", "an optional part that this needs is not installed"),
    "BG608": Rule("error", "the engine for import failed"),
    "BG609": Rule("warning", "a part of a raw file was passed over"),
    "BG610": Rule("warning", "something of an old site was not brought along"),
    # 7xx: the surroundings
    "BG701": Rule("error", "a path is not there or not readable"),
    "BG702": Rule("error", "the port is taken"),
    "BG703": Rule("error", "a folder is not empty"),
    "BG704": Rule("error", "a file is already there"),
    "BG705": Rule("warning", "the system gives no file events"),
}
SURROUNDINGS = frozenset({"BG504", "BG505", "BG607", "BG701", "BG702", "BG703", "BG704"})
"""Errors at which no briefing is at fault but a port, a permission, a path, a part that is missing: exit code 3."""
