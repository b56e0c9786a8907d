"""The layout of every kind of page is what it was: what a screen reader is told, and which box stands where at three widths."""

import pytest

from tests.browsing import KINDS
from tests.chromium import CHROMIUM
from tests.tools.layouts import FOLDER, layouts

pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.browser, pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed (set CHROMIUM to its path)")]


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return dict(layouts(tmp_path_factory.mktemp("layout")))


@pytest.mark.parametrize("kind", [kind.replace(" ", "-") for kind in KINDS])
def test_a_page_is_told_and_laid_out_as_before(found: dict[str, str], kind: str) -> None:
    expected = (FOLDER / f"{kind}.txt").read_text()
    assert found[kind].splitlines() == expected.splitlines(), "if it is meant: python -m tests.tools.layouts, and read the difference"


def test_no_kind_that_is_gone_is_kept() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == {kind.replace(" ", "-") for kind in KINDS}
