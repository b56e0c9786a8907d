"""Writes what is said of refused front matter into tests/cases/frontmatter/said.txt: run `python -m tests.tools.said`, then read it."""

from briefgen.config import MarkdownSettings
from briefgen.library.document import parse_document
from briefgen.problems import show
from briefgen.schema import UTC
from tests.test_frontmatter import CASES, FAULTY

HEAD = "What is said of the front matter in refused.txt and refused-people.txt, case by case.\n"


def said() -> str:
    """The text of said.txt."""
    written = [HEAD]
    for path, title, _, text in FAULTY:
        found = parse_document(path, text.encode(), MarkdownSettings(), UTC)[1]
        written += [f"%%%% {title}\n", *(f"{show(problem)}\n" for problem in found if problem.severity == "error")]
    return "".join(written)


if __name__ == "__main__":
    (CASES / "said.txt").write_text(said(), encoding="utf-8")
