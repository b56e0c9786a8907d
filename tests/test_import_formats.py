"""Formats and encodings: what a raw file declares is taken, what it does to its reader is refused."""

import json
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest

from tests.worlds import World, tree

PAGE = """\
<!doctype html><html lang="en"><head><title>Ferry back on Monday | Point Press</title>
<meta property="og:site_name" content="Point Press">
<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry back on Monday",
"datePublished": "2031-05-04T10:00:00+02:00", "author": [{"@type": "Person", "name": "Ann Lindholm"}]}</script></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry back on Monday</h1>
<p>The ferry to Vessel Point will run again on Monday, after eleven days in the dock, the company said on Sunday.</p>
<p>“She has two new bearings and an old temper,” said the engineer, Étienne Lefèvre, who had them sent from Marseille.</p>
<p>Tickets that were bought for the days without a ferry can be used until the end of June, or given back at the pier.</p></article>
<footer><p>© 2031 Point Press</p></footer></body></html>
"""


def imported(world: World, name: str, content: str | bytes) -> str:
    ran = world.put({f"in/{name}": content}).run("import", f"in/{name}")
    assert ran.code == 0, ran.err
    return "\n".join(path.read_text() for path in sorted((world.root / "content/briefings").rglob("*.md")))


def refused(world: World, name: str, content: str | bytes) -> str:
    before = tree((world.put({f"in/{name}": content})).root)
    ran = world.run("import", f"in/{name}")
    assert ran.code == 1
    assert "Traceback" not in ran.err
    assert tree(world.root) == before
    return ran.err


def test_a_page_gives_what_it_declares_and_only_its_article(world: World) -> None:
    text = imported(world, "ferry.html", PAGE)
    assert "title: Ferry back on Monday\ndate: '2031-05-04'\n" in text
    assert "- name: Point Press\n  authors:\n  - Ann Lindholm\n" in text
    assert "published: '2031-05-04T10:00:00+02:00'" in text
    assert "two new bearings" in text
    assert "Home" not in text
    assert "©" not in text


def test_active_content_of_a_page_is_nowhere(world: World) -> None:
    hostile = PAGE.replace("<p>Tickets", '<script>steal()</script><p onclick="steal()"><img src=x onerror=steal()>Tickets')
    assert "steal" not in imported(world, "ferry.html", hostile)


def test_every_entry_of_a_feed_is_a_briefing_and_is_imported_once(world: World) -> None:
    entry = "<item><title>{0}</title><link>https://p.example/{0}</link><pubDate>Mon, 05 May 2031 06:00:00 GMT</pubDate>"
    entry += "<description>{1}</description></item>"
    items = [
        entry.format("One", "The first boat is back."),
        entry.format("Two", ""),
        entry.format("Three", "The third is not, &lt;b&gt;yet&lt;/b&gt;."),
    ]
    feed = f"<rss><channel><title>Point Press</title>{''.join(items)}</channel></rss>"
    ran = world.put({"in/feed.xml": feed}).run("import", "in/feed.xml")
    assert (ran.code, ran.out.count("\n")) == (0, 2)
    assert "an entry without text was passed over: Two" in ran.err
    again = world.put({"in/feed.xml": feed.replace(items[0], entry.format("Four", "A fourth has sunk.") + items[0])}).run(
        "import", "in/feed.xml"
    )
    assert again.out == "content/briefings/2031/05/05-four.md\n"


@pytest.mark.parametrize(
    "content",
    [
        '<!DOCTYPE r [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><rss><channel><item><title>&b;</title></item></channel></rss>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><channel><item><title>&a;</title></item></channel></rss>',
        "<rss>" + "<a>" * 500 + "</a>" * 500 + "</rss>",
        "<rss><channel><item>",
        "<svg/>",
    ],
    ids=["bomb", "file", "deep", "cut", "other"],
)
def test_xml_that_does_something_to_its_reader_is_refused_with_its_place(world: World, content: str) -> None:
    assert "error[BG601]" in refused(world, "feed.xml", content)


def test_ninjs_with_nothing_in_it_is_refused(world: World) -> None:
    for content in ("{", "[" * 9000, json.dumps({"uri": "x"}), "[1, 2]"):
        assert "error[BG601]" in refused(world, "item.json", content)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_text_is_decoded_and_a_guess_is_named(world: World, encoding: str) -> None:
    text = "Café at the pier reopens\n\nThe owner, Étienne Lefèvre, was “glad”, he said, to see the old guests again on Monday.\n"
    ran = world.put({"in/a.txt": text.encode(encoding)}).run("import", "in/a.txt")
    [path] = (world.root / "content/briefings").rglob("*.md")
    assert "Étienne Lefèvre, was “glad”" in path.read_text()
    assert ("warning[BG606]" in ran.err) == (encoding in ("utf-16-le", "cp1252"))


def test_front_matter_in_a_plain_text_is_text(world: World) -> None:
    text = imported(world, "a.txt", "---\ntitle: Stolen\nslug: ../../x\n---\n\nThe pier was painted green on Friday.\n")
    assert text.count("\n---\n") == 1
    assert "\\---\n" in text
    assert "title: The pier was painted green on Friday" in text


def test_a_page_that_takes_too_long_is_refused_and_the_next_one_is_read(world: World) -> None:
    rows = "<p>Some words of a paragraph, said Jane Roe.</p>" * 200_000
    world.put({"in/a.html": f"<title>T</title>{rows}"[:9_000_000], "in/b.html": PAGE})
    ran = world.run("import", "in")
    assert "a.html" in ran.err
    assert "error[BG603]" in ran.err
    assert ran.out == "content/briefings/2031/05/04-ferry-back-on-monday.md\n"


WORDS = "<p>The pier was painted green on Friday, said Jane Roe, and it will be painted again.</p>\n"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("deep.html", "<body>" + WORDS + "<div>" * 300 + WORDS + "</div>" * 300 + WORDS),
        ("deep.eml", "Subject: x\nContent-Type: text/html\n\n" + "<b>" * 400 + WORDS),
        ("deep.json", json.dumps({"uri": "x", "headline": "x", "body_html": "<i>" * 400 + "words"})),
    ],
)
def test_a_page_that_cannot_be_read_whole_is_refused(world: World, name: str, content: str) -> None:
    assert "error[BG603]" in refused(world, name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("attribute.html", f"<title>T</title><body><p class='{'a ' * 100_000}'>" + WORDS * 3),
        ("json-ld.html", "<title>T</title><script type='application/ld+json'>" + "[" * 50_000 + "</script><body>" + WORDS * 3),
        ("marks.html", "<title>T</title><body>" + WORDS * 3 + "<" * 100_000),
        ("sections.html", "<title>T</title><body>" + "<![CDATA[" * 50_000 + WORDS * 3),
        ("breaks.html", "<title>T</title><body>" + WORDS * 3 + "<p>" + "<br>" * 20_000 + "end"),
        ("nul.html", "<title>T</title><body>" + (WORDS * 3).replace("pier", "pi\0er")),
        ("utf-7.html", "<meta charset=utf-7><title>+ADw-script+AD4-</title><body>" + WORDS * 3),
        ("utf-16.html", "<meta charset=utf-16><title>T</title><body>" + WORDS * 3),
        ("utf-16-even.html", "<meta charset=utf-16><title>Té</title><body>" + WORDS * 3 + " " * 3),
        ("utf-16-odd.html", "<meta charset=utf-16><title>Té</title><body>" + WORDS * 3 + " " * 2),
        ("dashes.eml", "From: a@b\nSubject: x\n\n" + WORDS + "-" * 100_000 + "\nFrom: x\n"),
        ("metadata.md", "Title: x\n" + "K: v\n" * 5_000 + "\n" + WORDS),
        ("braces.md", "---\ntitle: x\n---\n" + WORDS + "{{<" * 20_000 + "==" * 20_000),
    ],
)
def test_what_is_there_in_masses_costs_no_word_of_the_text(world: World, name: str, content: str) -> None:
    assert "painted green on Friday" in imported(world, name, content)


def test_a_paragraph_that_a_page_repeats_is_read_once_and_listed(world: World) -> None:
    words = "The owls moved into the tower in March and stay there until May, the keeper said."
    others = [f"They were counted by the school on hill {hill}, which found eleven of them on Monday." for hill in range(4)]
    body = "".join(f"<p>{line}</p>" for line in (words, *others, words))
    page = f"<body><nav><p>Owls</p></nav><article><h1>Owls in the tower</h1>{body}</article></body>"
    said = world.put({"in/owls.html": page}).run("import", "in/owls.html", "-v").err
    text = "".join(path.read_text() for path in world.root.glob("content/briefings/**/*.md"))
    assert text.partition("\n---\n")[2].count(words) == 1
    assert f"dropped (duplicate): {words}\n" in said
    # it is a word of the text, too, but not the same line
    assert "dropped (outside): Owls\n" in said


def test_lines_of_markdown_are_counted_from_the_top_of_the_file(world: World) -> None:
    text = "---\ntitle: Owls\ntags: [a]\n---\n\nThe owls moved in.\n\n<!-- more -->\n\nThey stay until May.\n\nAdvertisement\n"
    said = world.put({"in/owls.md": text}).run("import", "in/owls.md", "-v").err
    assert "dropped (mark, line 8): <!-- more -->\n" in said
    assert "dropped (promotion, line 12): Advertisement\n" in said


CUT = """\
From: Ann Lindholm <ann@point.example>
Subject: Owls
Date: Tue, 4 Mar 2031 06:12:00 +0000
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: text/plain

{}
--b
Content-Type: image/png
Content-Disposition: inline; filename=owl.png

x
--b
Content-Type: text/plain; format=flowed

The owls moved into the tower of Vessel \nPoint.
--b
Content-Type: text/plain
Content-Disposition: attachment; filename=notes.txt

Not for print.
--b--
"""


@pytest.mark.parametrize("first", ["", "They came in May."])
def test_a_mail_that_pictures_cut_into_parts_is_read_whole(world: World, first: str) -> None:
    text = imported(world, "owls.eml", CUT.format(first))
    assert text.endswith(f"---\n\n{first}\n\nThe owls moved into the tower of Vessel Point.\n".replace("\n\n\n\n", "\n\n"))
    assert "reason: attachments were not read\n  text: notes.txt\n" in text


INTRO = "The board of the harbour met on Monday and agreed the plan for a new mole, " + "which its members had read before. " * 6
MOLE = "<p>The mole will be built anew in spring, the ministry said on Tuesday.</p>"
OTHER = "<p>Ferries sail from Birk until then.</p>"
HINT = "Your program shows no HTML: ask Jane Roe for the text."


@pytest.mark.parametrize(
    ("kind", "parts", "read", "dropped"),
    [
        ("mixed", [("plain", INTRO), ("html", MOLE)], ["harbour met on Monday", "new in spring"], []),
        ("mixed", [("html", MOLE), ("html", OTHER)], ["new in spring", "sail from Birk"], []),
        ("mixed", [("html", MOLE), ("plain", "harbour mailing list")], ["new in spring"], ["harbour mailing list"]),
        ("alternative", [("plain", HINT), ("html", MOLE * 3)], ["new in spring"], [HINT]),
        ("alternative", [("plain", INTRO), ("html", f"<p>{INTRO}</p>{MOLE}")], ["harbour met on Monday"], [MOLE[3:-4]]),
        ("alternative", [("plain", INTRO), ("html", f"<p>{INTRO}</p>")], ["harbour met on Monday"], []),
    ],
)
def test_of_a_mail_in_parts_all_is_read_or_listed(
    world: World, kind: str, parts: list[tuple[str, str]], read: list[str], dropped: list[str]
) -> None:
    mail = MIMEMultipart(kind, boundary="b")
    mail["Subject"], mail["From"] = "Mole", "desk@a.example"
    for subtype, text in parts:
        mail.attach(MIMEText(text, subtype))
    said = world.put({"in/mole.eml": bytes(mail)}).run("import", "in/mole.eml", "-v").err
    text = "".join(path.read_text() for path in world.root.glob("content/briefings/**/*.md"))
    assert [words for words in read if words not in text] == []
    assert [
        line.partition(": ")[2] for line in said.splitlines() if line.startswith(("  dropped (outside", "  dropped (header"))
    ] == dropped


def test_a_mail_within_a_mail_is_read(world: World) -> None:
    inner = MIMEText("The mole will be built anew in spring, the ministry said.")
    outer = MIMEMultipart("mixed", boundary="b")
    outer["Subject"] = "Mole"
    outer.attach(MIMEText("See below what came today."))
    outer.attach(MIMEMessage(inner))
    assert "anew in spring" in imported(world, "mole.eml", outer.as_string())


FEED = """\
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Ferries</title>
<description>{}</description><content:encoded>{}</content:encoded></item></channel></rss>
"""
SHUT = "The harbour is shut, its master said on Tuesday, and ferries wait outside."


@pytest.mark.parametrize(
    ("name", "content", "dropped"),
    [
        (
            "a.xml",
            FEED.format("A teaser.", SHUT),
            ["A teaser."],
        ),
        (
            "b.xml",
            FEED.format("Ferries wait.", SHUT),
            [],
        ),
        (
            "a.json",
            json.dumps({"headline": "A", "body_xhtml": f"<p>{SHUT}</p>", "body_text": f"{SHUT}\n\nUntil Friday."}),
            ["Until Friday."],
        ),
        ("b.json", json.dumps({"headline": "A", "body_xhtml": f"<p>{SHUT}</p>", "body_html": "<p>Until Friday.</p>"}), [SHUT]),
        ("c.json", json.dumps({"headline": "A", "bodies": [{"value": SHUT}, {"value": "Until Friday."}]}), ["Until Friday."]),
    ],
)
def test_what_only_another_version_of_a_text_says_is_listed(world: World, name: str, content: str, dropped: list[str]) -> None:
    said = world.put({f"in/{name}": content}).run("import", f"in/{name}", "-v").err
    assert [line.partition(": ")[2] for line in said.splitlines() if line.startswith("  dropped")] == dropped
