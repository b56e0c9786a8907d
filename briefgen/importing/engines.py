"""Engines: programs of the site's own that read a draft as JSON and write it back with more or other fields.

    {"title": …, "date": …, "lang": …, "text": ["paragraph", …], "people": [{"name": …, "role": …}], "topics": […],
     "key_points": […], "summary": …, "quotes": [{"text": …, "speaker": …, "attributed_to": …}]}

What comes back under `people`, `topics`, `key_points`, `summary` and `quotes` takes the place of what import had found;
a field that does not come back stays, and any other is passed over.
"""

import json
import os
import selectors
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import IO, Any

from briefgen.config import Engine
from briefgen.importing.draft import Draft
from briefgen.importing.report import UnreadableError
from briefgen.model import Name, Place, Quote, ReviewNote
from briefgen.problems import BriefgenError, Problem
from briefgen.text import clean, one_line

SECONDS = 60
MOST_BYTES = 10_000_000
_HINT = "put it right, or take it out of `import: engines:` in briefgen.yaml"


def refuse_missing(engines: Iterable[Engine], root: Path) -> None:
    """Raise BriefgenError for an engine whose program is not there: no article could be imported."""
    for engine in engines:
        program = engine.command[0]
        # it is started in the site's folder
        if not shutil.which(str(root / program) if os.sep in program else program):
            message = f"the engine `{engine.name}` cannot be started: there is no program `{program}`"
            raise BriefgenError(Problem("BG608", Place("briefgen.yaml"), message, f"install it, {_HINT}"), exit_code=3)


def consult(engine: Engine, draft: Draft, root: Path) -> Draft:
    """The draft as the engine, started in the site's folder, sees it.

    Raises UnreadableError where the program fails or answers with something else.
    """
    try:
        answer = json.loads(_answered(engine, _question(draft), root))
    except OSError as error:
        raise _failed(engine, f"cannot be started: {error.strerror or error}") from None
    except (ValueError, RecursionError):
        raise _failed(engine, "did not answer with JSON") from None
    if not isinstance(answer, dict):
        raise _failed(engine, "did not answer with a JSON object")
    return _with_answer(draft, answer, engine)


def _answered(engine: Engine, question: bytes, root: Path) -> bytes:
    """What the program writes; it and all that it started are gone then."""
    with (
        tempfile.TemporaryFile() as said,
        subprocess.Popen(
            engine.command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=said, start_new_session=True
        ) as process,
    ):
        assert process.stdin is not None  # noqa: S101 -- opened above
        assert process.stdout is not None  # noqa: S101
        threading.Thread(target=_tell, args=(process.stdin, question), daemon=True).start()
        try:
            answer = _read(engine, process.stdout, time.monotonic() + SECONDS)
            code = process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise _failed(engine, f"has not ended within {SECONDS} seconds") from None
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
        if code:
            raise _failed(engine, f"ended with {code}" + _last_words(said))
        return answer


def _tell(pipe: IO[bytes], question: bytes) -> None:
    with suppress(OSError):  # a program need not read what it does not want to know
        pipe.write(question)
    with suppress(OSError):
        pipe.close()


def _read(engine: Engine, pipe: IO[bytes], until: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    with selectors.DefaultSelector() as ready:
        ready.register(pipe, selectors.EVENT_READ)
        while ready.select(max(0.0, until - time.monotonic())):
            part = os.read(pipe.fileno(), 1 << 20)
            if not part:
                return b"".join(parts)
            parts.append(part)
            size += len(part)
            if size > MOST_BYTES:
                raise _failed(engine, f"answered with more than {MOST_BYTES // 1_000_000} MB")
    raise _failed(engine, f"has not answered within {SECONDS} seconds")


def _last_words(said: IO[bytes]) -> str:
    said.seek(max(0, said.seek(0, os.SEEK_END) - 2000))
    words = one_line(clean(said.read().decode(errors="replace")))[-200:]
    return f": {words}" if words else ""


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
    """The draft with what the answer says otherwise; notes about such a field are the engine's business now."""
    changed: dict[str, Any] = {}
    for field, (take, form) in _FIELDS.items():
        if field in answer:
            try:
                value = take(answer[field])
            except (TypeError, AttributeError, KeyError):
                raise _failed(engine, f"answered with `{field}` in another form than {form}") from None
            if value != getattr(draft, field):
                changed[field] = value
    notes = (ReviewNote(field, f"found by the engine {engine.name}") for field in changed)
    return replace(draft, **changed, review=(*(note for note in draft.review if note.field not in changed), *notes))


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError
    return tuple(dict.fromkeys(text for part in value if (text := _text(part))))


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return one_line(clean(value))


def _people(value: Any) -> tuple[Name, ...]:
    if not isinstance(value, list):
        raise TypeError
    named = (Name(_text(part)) if isinstance(part, str) else Name(_text(part["name"]), _text(part.get("role") or "")) for part in value)
    return tuple({person.name: person for person in named if person.name}.values())


def _quotes(value: Any) -> tuple[Quote, ...]:
    if not isinstance(value, list):
        raise TypeError
    said = (Quote(_text(part["text"]), _text(part.get("speaker") or ""), _text(part.get("attributed_to") or "")) for part in value)
    return tuple(quote for quote in said if quote.text)


_FIELDS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "people": (_people, "a list of names or of {name, role}"),
    "topics": (_texts, "a list of texts"),
    "key_points": (_texts, "a list of texts"),
    "summary": (_text, "a text"),
    "quotes": (_quotes, "a list of {text, speaker, attributed_to}"),
}


def _failed(engine: Engine, what: str) -> UnreadableError:
    return UnreadableError(f"the engine `{engine.name}` {what}", code="BG608", help=_HINT)
