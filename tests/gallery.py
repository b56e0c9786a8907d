"""A site that has every kind of page, in friendly and in hostile content; all of it is invented."""

from tests.worlds import World, record_of

GRID = "2025/03/18/the-grid-bill/"
"""The page of the briefing that has everything."""

LONG = " ".join(["A title that a committee wrote and could not agree to cut"] * 4)
PAYLOAD = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)> ]]> --> &amp; {{ 7*191 }}"

_GRID_KEYS = {
    "summary": "The regulator may order a line where operators cannot agree.",
    "why": "The first lines could carry power two winters earlier.",
    "key_points": "[The regulator may order a line., A third comes from the climate fund.]",
    "topics": "[Energy, Power grid]",
    "people": "[{name: Maria Keller, role: Minister for energy}, Jonas Weber, {name: Astrid Lind}]",
    "story": "The grid",
    "sources": "[{name: Harbour Courier, agency: Northwire, authors: [Ines Alvarez], title: Cabinet backs lines, "
    "url: 'https://courier.example.org/grid?a=1&b=2', published: '2025-03-18'}]",
    "quotes": "[{text: We have talked about this line for nine winters., speaker: Maria Keller}, {text: Two owners mean no line., "
    "attributed_to: a senior official}]",
    "corrections": "[{date: 2025-03-19, text: The loop is 22 km long.}]",
    "related": "[{title: How the grid came to be, url: 'https://courier.example.org/archive'}]",
    "review": "[{field: people, reason: the surname alone, text: Astrid Lind}]",
    "authors": "[Desk North]",
}
_GRID_BODY = """## The News

It goes to parliament [next week](https://parliament.example.org/). See [[2025/03/17-doubts]] and [[Energy|the energy file]].

> A line that nobody owns is a line that nobody builds.[^1]

## Signals

- Both operators bought land.
- [ ] read the draft

> [!NOTE]
> The accounts are due on Friday.

| Line | Kilometres |
|------|-----------:|
| Alder | 84 |

    a long line of code: 84 km + 131 km + 22 km = 237 km of new line, which would not fit a small screen

[^1]: Heard at the hearing.
"""


def gallery(world: World) -> World:
    """Write the gallery into a world; it builds without an error."""
    people = ", ".join(f"Person {chr(65 + number // 26)}{chr(97 + number % 26)}son" for number in range(40))
    world.put(
        {
            "briefgen.yaml": "title: The North Desk\ndescription: What happened in the north.\nbase_url: https://desk.example/north/\n"
            "publisher: North Desk Co-operative\nnav: [topics, people, dates, stories, sources, about]\n",
            "content/people/maria-keller.md": record_of(
                "Maria Keller",
                "She ran the port of Selby.",
                aliases="[M. Keller]",
                summary="Minister for energy since 2023.",
                roles="[{title: Director, org: Port, from: 2017-01-01, to: 2023-05-01}, {title: Minister for energy, from: 2023-05-02}]",
                same_as="['https://www.wikidata.org/wiki/Q1']",
            ),
            "content/topics/energy.md": record_of("Energy", "Who makes it, who moves it, who pays."),
            "content/topics/power-grid.md": record_of("Power grid", parent="Energy"),
            "content/pages/about.md": "---\ntitle: About this desk\naliases: [old-about]\n---\n\nWe read so that you need not.\n",
        }
    )
    world.briefing("2025/03/18-the-grid-bill", "Ministers agree a draft grid bill", "2025-03-18", _GRID_BODY, **_GRID_KEYS)
    world.briefing(
        "2025/03/17-doubts",
        "Regulator doubts the Alder line",
        "2025-03-17",
        "Words.",
        topics="[Energy]",
        story="The grid",
        people="[Jonas Weber]",
    )
    world.briefing(
        "2024/11/02-market", "City buys the ferry terminal", "2024-11-02", "Words.", topics="[City hall]", source="Alder Gazette"
    )
    world.briefing("2025/03/18-long", LONG, "2025-03-18", "Words.", people=f"[{people}]")
    world.briefing(
        "2025/03/18-court", "裁判所、河川データの公開を市に命じる", "2025-03-18", "地方裁判所は命じた。", people="[佐藤 健]", lang="ja"
    )
    world.briefing(
        "2025/03/18-river", "محكمة المدينة تأمر بنشر بيانات النهر", "2025-03-18", "قال القاضي ذلك.", people="[ليلى حداد]", lang="ar"
    )
    world.briefing(
        "2025/03/16-payload", yaml_text(PAYLOAD), "2025-03-16", PAYLOAD, summary=yaml_text(PAYLOAD), topics=f"[{yaml_text(PAYLOAD)}]"
    )
    quotes = ", ".join(f"{{text: Answer {number} of thirteen., speaker: Maria Keller}}" for number in range(1, 14))
    world.briefing("2023/05/02-hearing", "Thirteen answers at the hearing", "2023-05-02", "Words.", topics="[Energy]", quotes=f"[{quotes}]")
    return world.briefing("undated/short-note", "Short note", "", "Nothing more is known.", topics="[City hall]")


def yaml_text(text: str) -> str:
    """The text as one YAML scalar."""
    return "'" + text.replace("'", "''") + "'"
