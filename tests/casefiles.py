"""Case files: YAML lists of small texts and what should come of them."""

from pathlib import Path
from typing import Any

import yaml

Case = dict[str, Any]


def read_cases(folder: Path) -> list[Case]:
    """Every case of every file in a folder, in the order of the files' names."""
    return [case for path in sorted(folder.glob("*.yaml")) for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
