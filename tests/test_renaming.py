"""Names changed in front matter's entries, wherever they may stand, and values added to lists."""

from typing import Any

import pytest

from briefgen.library.merging import PATHS
from briefgen.library.renaming import Renaming, added, listed, renamed

WAR = Renaming("War", lambda name: name in ("war", "battle"), lambda name: name.casefold() == "war" and name != "war")


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("topic", {"topics": ["war", "Peace"]}, {"topics": ["War", "Peace"]}),
        ("topic", {"topics": ["war", "Peace", "battle"]}, {"topics": ["War", "Peace"]}),
        ("topic", {"topics": ["war", "War"]}, {"topics": ["War"]}),
        ("topic", {"topics": ["War", "war"]}, {"topics": ["War"]}),
        ("topic", {"topics": ["war", "War", "Peace"]}, {"topics": ["War", "Peace"]}),
        ("topic", {"topics": ["War", "War"]}, {"topics": ["War", "War"]}),
        ("topic", {"topics": "war", "story": "war"}, {"topics": "War", "story": "war"}),
        ("topic", {"topics": [["war"]]}, {"topics": [["war"]]}),
        ("person", {"people": [{"name": "war", "role": "war"}, "x"]}, {"people": [{"name": "War", "role": "war"}, "x"]}),
        ("person", {"people": ["war", {"name": "War"}]}, {"people": [{"name": "War"}]}),
        ("person", {"people": ["war", {"role": "War"}]}, {"people": ["War", {"role": "War"}]}),
        ("person", {"people": ["war", {"name": ["War"]}]}, {"people": ["War", {"name": ["War"]}]}),
        ("person", {"people": {"name": "war"}}, {"people": {"name": "War"}}),
        ("person", {"quotes": [{"text": "war", "speaker": "war"}, "war"]}, {"quotes": [{"text": "war", "speaker": "War"}, "war"]}),
        ("source", {"source": "war", "sources": []}, {"source": "War", "sources": []}),
        ("source", {"source": {"name": "x", "agency": "war", "url": "war"}}, {"source": {"name": "x", "agency": "War", "url": "war"}}),
        ("source", {"sources": ["war", {"name": "battle"}]}, {"sources": ["War", {"name": "War"}]}),
        ("story", {"story": "war", "title": "war"}, {"story": "War", "title": "war"}),
    ],
)
def test_a_name_is_changed_where_its_kind_stands(kind: Any, before: dict[str, Any], after: dict[str, Any]) -> None:
    kept = {**before}
    assert renamed(before, PATHS[kind], WAR) == after
    assert before == kept


def test_a_name_is_changed_however_deep_it_stands() -> None:
    assert renamed({"a": [{"b": {"c": "war", "d": "war"}}]}, [("a", "*", "b", "c")], WAR) == {"a": [{"b": {"c": "War", "d": "war"}}]}


def test_values_are_added_behind_what_is_there() -> None:
    assert added({"a": ["x"], "b": "y"}, "a", ["z"]) == {"a": ["x", "z"], "b": "y"}
    assert added({"a": "x"}, "a", ["z"]) == {"a": ["x", "z"]}
    assert added({"a": {"n": "x"}}, "a", [{"n": "z"}]) == {"a": [{"n": "x"}, {"n": "z"}]}
    assert added({"a": ""}, "a", ["z"]) == {"a": ["z"]}
    assert list(added({"a": "", "b": "y"}, "a", ["z"])) == ["a", "b"]
    assert list(added({"b": "y"}, "a", ["z"]).items()) == [("b", "y"), ("a", ["z"])]
    assert added({"b": "y"}, "a", []) == {"b": "y"}


def test_one_value_is_a_list_of_one() -> None:
    assert [listed(value) for value in ("", "x", {}, {"a": "x"}, [], ["x"])] == [[], ["x"], [], [{"a": "x"}], [], ["x"]]
