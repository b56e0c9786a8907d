"""What a hostile file costs: itself. The child that reads it is over a limit, and the files beside it are imported."""

import sys
from pathlib import Path

import pytest

import briefgen.importing as room
from briefgen.importing.apart import Apart
from briefgen.importing.readers import Reader
from briefgen.importing.report import UnreadableError
from tests.worlds import REPOSITORY

MARKDOWN = Reader("read_markdown:read_markdown", apart=True)
READERS = {
    "time": ("while True: pass", "reading it takes more than 2 seconds"),
    "memory": ("return [bytearray(1 << 20) for _ in range(1000)]", "reading it takes more than 480 MB of memory"),
    "fault": ("raise KeyError(content)", "reading it failed, by a fault of briefgen"),
    "depth": ("return read(content)", "nested too deeply"),
}


@pytest.mark.parametrize("name", READERS)
def test_a_reader_over_a_limit_ends_alone_and_says_why(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    body, said = READERS[name]
    (tmp_path / "hostile.py").write_text(f"def read(content):\n    {body}\n")
    # readers are looked for in the package alone: here it finds one more
    monkeypatch.setattr(room, "__path__", [*room.__path__, str(tmp_path)])
    monkeypatch.setattr("briefgen.importing.apart.SECONDS", 2.0)
    monkeypatch.setattr("briefgen.importing.limits.SECONDS", 2.0)
    with Apart() as apart:
        [before] = apart.read(MARKDOWN, b"# Before\n\nWords.\n")
        with pytest.raises(UnreadableError, match=said):
            apart.read(Reader("hostile:read", apart=True), b"")
        [after] = apart.read(MARKDOWN, b"# Before\n\nWords.\n")
    assert before == after


def test_a_child_that_nobody_waits_for_ends_by_itself() -> None:
    import resource
    import subprocess

    code = "from briefgen.importing.limits import set_limit; set_limit('RLIMIT_CPU', 1)\nwhile True: pass"
    ended = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, timeout=60, check=False)
    assert ended.returncode == -24
    assert resource.getrlimit(resource.RLIMIT_CPU)[0] == resource.RLIM_INFINITY
