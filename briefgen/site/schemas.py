"""Schemas of the tables that a site gives to analysts, as a Frictionless data package: what each column holds, for programs and people."""

import json

_FIELDS = (
    ("date", "date", "The day of the briefing; empty for one without a date"),
    ("briefing", "string", "The identity of the briefing: its path below content/briefings, or its `id`"),
    ("title", "string", "The headline of the briefing"),
    ("url", "string", "The page of the briefing; from the root of the site where it has no base URL"),
    ("kind", "string", "What is named: topic, person, story or source"),
    ("role", "string", "As what: about, named, quoted, part, publisher or agency"),
    ("record", "string", "The identity of what is named; stays when its name changes"),
    ("name", "string", "Its name"),
    ("record_url", "string", "Its page"),
    ("weight", "integer", "The weight that the briefing gives a person; 0 where it gives none"),
    ("source", "string", "On whose word, where that is one source alone"),
)
_CHOICES = {"kind": ["topic", "person", "story", "source"], "role": ["about", "named", "quoted", "part", "publisher", "agency"]}


def describe_mentions(title: str) -> str:
    """The data package of the table of mentions: two files with the same rows, and their columns."""
    schema = {"fields": [_field(*row) for row in _FIELDS], "missingValues": [""]}
    resources = [
        {
            "name": "mentions",
            "path": "mentions.csv",
            "format": "csv",
            "encoding": "utf-8",
            "profile": "tabular-data-resource",
            "schema": schema,
        },
        {"name": "mentions-jsonl", "path": "mentions.jsonl", "format": "jsonl", "encoding": "utf-8", "schema": schema},
    ]
    whole = {"profile": "data-package", "name": "mentions", "title": f"{title}: mentions", "resources": resources}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def _field(name: str, kind: str, about: str) -> dict[str, object]:
    field: dict[str, object] = {"name": name, "type": kind, "description": about}
    return {**field, "constraints": {"enum": _CHOICES[name]}} if name in _CHOICES else field
