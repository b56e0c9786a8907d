"""Engines: programs of the site's own that read a draft as JSON and write it back with more or other fields.

    {"title": …, "date": …, "lang": …, "text": ["paragraph", …], "people": [{"name": …, "role": …}], "topics": […],
     "key_points": […], "summary": …, "quotes": [{"text": …, "speaker": …, "attributed_to": …}]}

What comes back under `people`, `topics`, `key_points`, `summary` and `quotes` takes the place of what import had found;
a field that does not come back stays.
"""

import json
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefgen.config import Engine
from briefgen.importing.draft import Draft
from briefgen.importing.report import UnreadableError
from briefgen.model import Name, Quote, ReviewNote
from briefgen.text import clean, one_line

SECONDS = 60


def consult(engine: Engine, draft: Draft, root: Path) -> Draft:
    """The draft as the engine, started in the site's folder, sees it.

    Raises UnreadableError where the program fails or answers with something else.
    """
    try:
        ended = subprocess.run(engine.command, input=_question(draft), cwd=root, capture_output=True, timeout=SECONDS, check=False)
    except OSError as error:
        raise _failed(engine, f"cannot be started: {error.strerror or error}") from None
    except subprocess.TimeoutExpired:
        raise _failed(engine, f"has not answered within {SECONDS} seconds") from None
    if ended.returncode:
        said = one_line(ended.stderr.decode(errors="replace"))[-200:]
        raise _failed(engine, f"ended with {ended.returncode}" + (f": {said}" if said else ""))
    try:
        answer = json.loads(ended.stdout)
    except (ValueError, RecursionError):
        raise _failed(engine, "did not answer with JSON") from None
    if not isinstance(answer, dict):
        raise _failed(engine, "did not answer with a JSON object")
    return _with_answer(draft, answer, engine)


def _question(draft: Draft) -> bytes:
    return json.dumps(
        {
            "title": draft.title,
            "date": draft.date,
            "lang": draft.lang,
            "text": [block.text for block in draft.blocks],
            "people": [{"name": person.name, "role": person.role} for person in draft.people],
            "topics": draft.topics,
            "key_points": draft.key_points,
            "summary": draft.summary,
            "quotes": [{"text": quote.text, "speaker": quote.speaker, "attributed_to": quote.attributed_to} for quote in draft.quotes],
        },
        ensure_ascii=False,
    ).encode()


def _with_answer(draft: Draft, answer: Mapping[str, Any], engine: Engine) -> Draft:
    """The draft with the fields of the answer; notes about a field that was answered are the engine's business now."""
    changed: dict[str, Any] = {}
    for field, take in _FIELDS.items():
        if field in answer:
            try:
                changed[field] = take(answer[field])
            except (TypeError, AttributeError, KeyError):
                raise _failed(engine, f"answered with something else than {field}") from None
    review = tuple(note for note in draft.review if note.field not in changed)
    if not changed:
        return draft
    note = ReviewNote("people" if "people" in changed else next(iter(changed)), f"found by the engine {engine.name}")
    return replace(draft, **changed, review=(*review, note))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(text for part in value if (text := _text(part))))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return one_line(clean(value))


def _people(value: Any) -> tuple[Name, ...]:
    return tuple(Name(_text(part)) if isinstance(part, str) else Name(_text(part["name"]), _text(part.get("role") or "")) for part in value)


def _quotes(value: Any) -> tuple[Quote, ...]:
    return tuple(Quote(_text(part["text"]), _text(part.get("speaker") or ""), _text(part.get("attributed_to") or "")) for part in value)


_FIELDS: dict[str, Callable[[Any], Any]] = {"people": _people, "topics": _texts, "key_points": _texts, "summary": _text, "quotes": _quotes}


def _failed(engine: Engine, what: str) -> UnreadableError:
    return UnreadableError(
        f"the engine `{engine.name}` {what}", code="BG608", help="put it right, or take it out of `import: engines:` in briefgen.yaml"
    )
