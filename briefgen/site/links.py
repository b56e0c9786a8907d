"""Links: where each link, wikilink and image of a body leads, checked in every build."""

import posixpath
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from briefgen.digest import digest
from briefgen.library.document import Document
from briefgen.library.urls import ANCHOR_LENGTH, ANCHOR_PREFIX
from briefgen.model import Body, Link, Place, Prose, Target
from briefgen.problems import Problem, Problems, nearest
from briefgen.site.directory import Directory, Stand
from briefgen.site.pictures import PORTRAIT, WIDTHS, Gallery, Smaller
from briefgen.text import fold, slug

MOST_LOOKS = 300_000
"""How many names all broken links together are compared with, to say which was meant; a second or two."""
LOST = frozenset(("BG203", "BG204"))
"""The findings about links that lead nowhere; what else there is decides what each says."""


@dataclass(slots=True)
class Atlas:
    """Everything a link can lead to: the pages in the `directory`, and files.

    `gallery` knows the files of `static/` and looks into pictures, `beside` are the files that stand between those of the
    content. While bodies are resolved it gathers `copies`: output path → content path of the files that bodies show, and
    `smaller`: output path → what smaller pictures are made of; `looks` is how many names it may still compare.
    """

    directory: Directory
    gallery: Gallery
    beside: frozenset[str]
    problems: Problems
    copies: dict[str, str] = field(default_factory=dict)
    smaller: dict[str, Smaller] = field(default_factory=dict)
    backlinks: dict[str, dict[str, None]] = field(default_factory=dict)
    looks: int = MOST_LOOKS

    def afresh(self) -> "Atlas":
        """The same with nothing reported and nothing gathered yet."""
        return replace(self, problems=Problems(), copies={}, smaller={}, backlinks={}, looks=MOST_LOOKS)

    def resolve(self, document: Document) -> Prose:
        """The body of a document with its links resolved; one that leads nowhere is reported."""
        return prose_of(document.body, tuple(self._target(link, document) for link in document.body.links))

    def image(self, src: str, document: Document) -> Target:
        """The picture that front matter names; its URL is empty when it is not there."""
        return self._target(Link("image", src, 0), document)

    def _target(self, link: Link, document: Document) -> Target:
        if link.kind == "wiki":
            return self._wiki(link, document)
        path, sharp, anchor = link.target.partition("#")
        path, question, query = path.partition("?")
        own = self.directory.stands[document.path]
        if not path:
            stand: Stand | None = own
        elif path.startswith("/"):
            return self._from_root(link, document)
        else:
            file = _joined(document.path, path)
            stand = self.directory.stands.get(file) or self.directory.taken_in(file)
        if stand is None:
            return self._file(path, link, document)
        if link.kind == "image":
            return self._no_image(link, document)
        self._note(stand.card, own.card)
        fragment = f"#{self._anchor(stand, anchor, link, document)}" if sharp else ""
        return Target(stand.url + question + query + fragment)

    def _wiki(self, link: Link, document: Document) -> Target:
        name, sharp, anchor = link.target.partition("#")
        found = self.directory.wiki.get(fold(name))
        if found is None:
            near = self._nearest(fold(name), self.directory.wiki)
            meant = f"did you mean `[[{self.directory.wiki[near][0].title}]]`?" if near else ""
            self._nowhere(f"`[[{link.target}]]` leads nowhere", link, document, meant)
            return Target("", name)
        target, card = found
        self._note(card, self.directory.stands[document.path].card)
        stand = self.directory.by_url.get(target.url) or Stand(target.url, target.title, frozenset())
        return Target(f"{target.url}#{self._anchor(stand, anchor, link, document)}" if sharp else target.url, target.title)

    def _from_root(self, link: Link, document: Document) -> Target:
        path, sharp, anchor = link.target[1:].partition("#")
        plain, question, query = path.partition("?")
        if plain in self.gallery.statics:
            # with its slash, or a file `at:12.png` would read as an address with a scheme
            return self._shown(link.target, self.gallery.statics[plain], link, document)
        url = plain if plain in self.directory.urls else f"{plain}/"
        if url not in self.directory.urls:
            near = self._nearest(plain, self.directory.urls | self.gallery.statics.keys())
            self._nowhere(f"`{link.target}` leads nowhere", link, document, f"did you mean `/{near}`?" if near else "")
            return Target("")
        if link.kind == "image":
            return self._no_image(link, document)
        stand = self.directory.by_url.get(url)
        if stand is None:
            return Target(url + question + query + sharp + anchor)
        self._note(stand.card, self.directory.stands[document.path].card)
        fragment = f"#{self._anchor(stand, anchor, link, document)}" if sharp else ""
        return Target(url + question + query + fragment)

    def _file(self, path: str, link: Link, document: Document) -> Target:
        file = _joined(document.path, path)
        if file in self.directory.hidden:
            state = {"draft": "a draft", "future": "not published yet", "expired": "expired"}[self.directory.hidden[file]]
            self._nowhere(f"`{path}` is {state} and has no page", link, document, "publish it, or take the link out until then")
            return Target("")
        if file not in self.beside:
            kind = "image" if link.kind == "image" else "file"
            folder = posixpath.dirname(document.path)
            pages = () if link.kind == "image" else (other for other in self.directory.stands if other != document.path)
            # what all files of a folder have in common says nothing of which was meant
            others = {other.removeprefix(f"{folder}/"): other for other in (*pages, *self.beside)}
            near = self._nearest(file.removeprefix(f"{folder}/"), others)
            meant = f"did you mean `{posixpath.relpath(others[near], folder)}`?" if near else ""
            self._nowhere(f"there is no {kind} `{path}` beside this one", link, document, meant)
            return Target("")
        url = self.directory.stands[document.path].url + PurePosixPath(file).name
        other = self.copies.setdefault(url, file)
        if other != file:
            message = f"`{path}` and {other} have one name"
            self.problems.add(Problem("BG202", _place(link, document), message, "rename one of the two files", word=link.target))
        behind = "" if link.kind == "image" else link.target.removeprefix(path)
        return self._shown(url + behind, self.gallery.root / file, link, document)

    def _no_image(self, link: Link, document: Document) -> Target:
        self._nowhere(f"`{link.target}` is a page and no image", link, document, "write the path of a picture, or a link without `!`")
        return Target("")

    def _shown(self, url: str, file: Path, link: Link, document: Document) -> Target:
        if link.kind != "image":
            return Target(url)
        is_portrait = not link.line and document.path.startswith("content/people/")
        return Target(url, picture=self.gallery.picture(file, url, (PORTRAIT,) if is_portrait else WIDTHS, self.smaller))

    def _anchor(self, stand: Stand, anchor: str, link: Link, document: Document) -> str:
        for name in (anchor, ANCHOR_PREFIX + anchor, ANCHOR_PREFIX + slug(anchor, ANCHOR_LENGTH)):
            if name in stand.anchors:
                return name
        near = self._nearest(anchor, [name.removeprefix(ANCHOR_PREFIX) for name in stand.anchors])
        cure = f"did you mean `#{near}`?" if near else "the heading may have been renamed"
        message = f"there is no heading `#{anchor}` in {stand.title!r}"
        self.problems.add(Problem("BG204", _place(link, document), message, cure, word=link.target))
        return anchor

    def _note(self, to: str, by: str) -> None:
        if to and by and to != by:
            self.backlinks.setdefault(to, {})[by] = None

    def _nearest(self, name: str, known: Collection[str]) -> str | None:
        """What was probably meant; in a large archive only the first of many broken links are told."""
        if self.looks <= 0:
            return None
        self.looks -= len(known)
        return nearest(name, known)

    def _nowhere(self, message: str, link: Link, document: Document, cure: str) -> None:
        cure = cure or "write the path of a file from here, a URL from the root with `/`, or `[[a name]]`"
        self.problems.add(Problem("BG203", _place(link, document), message, cure, word=link.target))


def prose_of(body: Body, targets: tuple[Target, ...]) -> Prose:
    """A body whose links lead to these targets, one each."""
    return Prose(body.html, targets, digest((body.digest, targets)) if targets else body.digest)


def _place(link: Link, document: Document) -> Place:
    """Where the link stands; one without a line is the picture of the front matter."""
    return Place(document.path, link.line) if link.line else document.at("image", "src")


def _joined(source: str, path: str) -> str:
    """The content path that a relative path means; outside of the site it is one that no file has.

    >>> _joined("content/briefings/a.md", "../people/b.md"), _joined("content/index.md", "../../x")
    ('content/people/b.md', '')
    """
    parts: list[str] = list(PurePosixPath(source).parent.parts)
    for part in path.split("/"):
        if part == "..":
            if not parts:
                return ""
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
