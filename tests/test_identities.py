"""Wikidata and IPTC: records are links on their pages, and known to machines wherever a briefing names them."""

import json
import re
from typing import Any

from tests.worlds import World, record_of

WIKIDATA, IPTC = "https://www.wikidata.org/wiki/Q7747", "http://cv.iptc.org/newscodes/mediatopic/20000209"


def structured(world: World, url: str) -> Any:
    data = json.loads(re.findall(r'<script type="application/ld\+json">(.*?)</script>', world.page(url), re.DOTALL)[0])
    return data["@graph"][0] if "@graph" in data else data


def test_machines_know_what_a_briefing_is_about(world: World) -> None:
    world.put(
        {
            "content/people/ann-lee.md": record_of("Ann Lee", same_as=f"['{WIKIDATA}', 'https://lee.example/']"),
            "content/topics/energy.md": record_of("Energy", iptc="medtop:20000209"),
        }
    )
    world.briefing("a", topics="[Energy, Trade]", people="[{name: Ann Lee, role: Minister}, Bo Ek]").build()
    told = structured(world, "2025/03/18/a/")
    address = "https://desk.example/"
    assert told["about"] == [
        {"@type": "Thing", "name": "Energy", "url": f"{address}topics/energy/", "sameAs": [IPTC]},
        {"@type": "Thing", "name": "Trade", "url": f"{address}topics/trade/"},
    ]
    assert told["mentions"] == [
        {
            "@type": "Person",
            "name": "Ann Lee",
            "url": f"{address}people/ann-lee/",
            "sameAs": [WIKIDATA, "https://lee.example/"],
            "jobTitle": "Minister",
        },
        {"@type": "Person", "name": "Bo Ek", "url": f"{address}people/bo-ek/"},
    ]
    assert structured(world, "topics/energy/")["sameAs"] == [IPTC]
    assert f'href="{IPTC}">IPTC 20000209</a>' in world.page("topics/energy/")
    assert f'href="{WIKIDATA}">Wikidata Q7747</a>' in world.page("people/ann-lee/")


def test_a_further_address_renders_the_briefings_that_name_the_record(world: World) -> None:
    world.put({"content/topics/energy.md": record_of("Energy")})
    world.briefing("a", topics="[Energy]").briefing("b", "Another", "2025-03-17", topics="[Trade]").build()
    world.put({"content/topics/energy.md": record_of("Energy", same_as=f"['{WIKIDATA}']")})
    assert {path for path, _ in world.build().rebuilt} == {"topics/energy/index.html", "2025/03/18/a/index.html"}
