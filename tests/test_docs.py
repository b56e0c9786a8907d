"""The docs say what the program says."""

from tests.tools.errors_doc import PAGE, errors_page


def test_the_page_of_messages_is_made_from_the_bad_worlds() -> None:
    assert PAGE.read_text() == errors_page(), "run `python -m tests.tools.errors_doc`"
