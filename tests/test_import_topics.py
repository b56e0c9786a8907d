"""Topics of an imported article, learned from what the site's own briefings with such words carry."""

from pathlib import Path

from briefgen.yamltext import Listing, Scalar, parse
from tests.worlds import World, record_of, text_of

SAID = {
    "Ports": ("Crane operators unloaded", "containers at the quay while pilots waited for the tide"),
    "Schools": ("Teachers marked", "exams in the classroom while pupils waited for their grades"),
    "Farming": ("Growers harvested", "fields of barley while the millers waited for the crop"),
}


def test_an_article_gets_the_topic_of_briefings_with_such_words(world: World) -> None:
    raw = "Pilots strike again\n\nContainers stood on the quay all night because the pilots would not board with the tide.\n"
    assert topics_of(world.put(archive()), raw) == ["Ports"]


def test_the_name_of_a_topic_speaks_for_it_after_one_briefing(world: World) -> None:
    world.put(archive()).put({"content/briefings/rare.md": text_of("A first case", body="Vets were called at dawn.", topics="[Foot rot]")})
    raw = "Foot rot spreads in the hills\n\nFoot rot has been found on four more holdings, the inspector said.\n"
    assert topics_of(world, raw)[:1] == ["Foot rot"]


def test_the_keywords_of_a_topic_speak_for_it_like_its_name(world: World) -> None:
    world.put(archive()).put({"content/topics/ports.md": record_of("Ports", keywords="[lighterage, stevedore]")})
    raw = "Stevedore wins lighterage case\n\nThe stevedore had sued for two years over lighterage, her union said.\n"
    assert topics_of(world, raw) == ["Ports"]


def archive() -> dict[str, str]:
    """Sixty finished briefings, twenty a topic."""
    return {
        f"content/briefings/{topic.lower()}-{number}.md": text_of(
            f"{topic} report {number}", body=f"{does} {number} {what}.", topics=f"[{topic}]"
        )
        for topic, (does, what) in SAID.items()
        for number in range(20)
    }


def test_topics_that_differ_in_punctuation_are_spelled_in_one_way(world: World) -> None:
    world.put({"content/briefings/old.md": text_of("Old", topics="[Sea-level rise]")})
    for number, tags in enumerate(("[Covid-19, sea level rise]", "[covid 19]")):
        world.put(
            {f"in/{number}.md": f"---\ntitle: Ward {number} opens\ndate: 2026-11-1{number}\ntags: {tags}\n---\n\nWard {number} is open.\n"}
        )
    assert world.run("import", "in").code == 0
    made = sorted((world.root / "content/briefings/2026/11").glob("*.md"))
    assert [_texts(path) for path in made] == [["Covid-19", "Sea-level rise"], ["Covid-19"]]
    world.build()


def topics_of(world: World, raw: str) -> list[str]:
    ran = world.put({"in/new.txt": raw}).run("import", "in/new.txt")
    assert ran.code == 0, ran.err
    [path] = [path for path in (world.root / "content/briefings").rglob("*.md") if "origin: new.txt" in path.read_text()]
    return _texts(path)


def _texts(path: Path) -> list[str]:
    header, _ = path.read_text().removeprefix("---\n").split("\n---\n", 1)
    [found] = [value for name, value in parse(header).entries if name.text == "topics"]
    assert isinstance(found, Listing)
    return [piece.text for piece in found.items if isinstance(piece, Scalar)]
