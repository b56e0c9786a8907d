"""Text of another generator as Markdown of this one: links and pictures find what they showed, and what is foreign is told."""

import os
import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from briefgen.files import is_hidden
from briefgen.importing.moving.old import Leftovers, OldSite, Post
from briefgen.model import Place, ReviewNote
from briefgen.text import fold, one_line

_FENCED = re.compile(r"^(?P<fence>`{3,}|~{3,})[^\n]*\n(?:.*\n)*?(?P=fence)[ \t]*$|`[^`\n]+`", re.MULTILINE)
_TARGET = re.compile(r"(?<=\]\()(?P<opening>[ \t]*<?)(?P<target>[^)\s>]+)")
_REFERENCE = re.compile(r"^(?P<opening> {0,3}\[[^\]\n]+\]:[ \t]+<?)(?P<target>[^\s>]+)", re.MULTILINE)
_SOURCE = re.compile(r"(?P<opening>\b(?:src|href)=[\"'])(?P<target>[^\"'\s]+)")
_HTML = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>\n]*)?/?>", re.IGNORECASE)
_UNSEEN = re.compile(r"^[ \t]*<!--\s*(?:more|excerpt|PELICAN_END_SUMMARY)\s*-->[ \t]*\n?", re.MULTILINE)
_LONGEST_NOTE = 200


@dataclass(slots=True)
class Ways:
    """Where what a text points to stands now; `copies` gathers the files that texts show: new path → old file."""

    site: OldSite
    paths: Mapping[str, str]
    by_name: dict[str, str] = field(init=False)
    by_url: dict[str, str] = field(init=False)
    copies: dict[str, Path] = field(default_factory=dict)

    def __post_init__(self) -> None:
        moved = [(post, self.paths[post.origin]) for post in self.site.posts if post.origin in self.paths]
        self.by_name = {fold(name): path for post, path in reversed(moved) for name in post.names}
        self.by_url = {post.url.strip("/"): path for post, path in reversed(moved) if post.url is not None}

    def from_here(self, post: Post, target: str) -> str | None:
        """The way from a post to another one that it links to by name; None where there is none of that name."""
        name, sharp, anchor = target.partition("#")
        own = posixpath.dirname(post.origin)
        for written in (name.lstrip("/"), posixpath.normpath(posixpath.join(own, name))):
            if path := self.by_name.get(fold(written)):
                return posixpath.relpath(path, posixpath.dirname(self.paths[post.origin])) + sharp + anchor
        return None

    def target(self, post: Post, target: str) -> str:
        """Where a link or a picture leads now; as it was, where it leads elsewhere or nowhere."""
        if re.match(r"[a-z][a-z0-9+.-]*:|//|#", target, re.IGNORECASE):
            return target
        path, sharp, anchor = target.partition("#")
        plain = unquote(path.partition("?")[0])
        if beside := self._beside(post, plain):
            return beside
        if plain.endswith((".md", ".markdown")) and (by_name := self.from_here(post, target)):
            return by_name
        rooted = self.site.prefix and f"{plain}/".startswith(f"/{self.site.prefix}/")
        from_root = plain.removeprefix(f"/{self.site.prefix}") if rooted else plain
        where = posixpath.normpath(posixpath.join("/" + (post.url or ""), from_root)).lstrip("/")
        if moved := self.by_url.get(where):
            return posixpath.relpath(moved, posixpath.dirname(self.paths[post.origin])) + sharp + anchor
        for folder in self.site.statics:
            if where and _holds(folder, where):
                self.copies[f"static/{where}"] = folder / where
                return f"/{where}"
        return target

    def _beside(self, post: Post, target: str) -> str:
        """The new place, seen from the post, of a file that belongs to it; empty where there is none."""
        if post.bundle is None or target.startswith("/"):
            return ""
        if target.endswith(".md") or not _holds(post.bundle, target):
            return ""
        path = self.paths[post.origin].removesuffix(".md") + "/" + posixpath.normpath(target)
        self.copies[path] = post.bundle / target
        return posixpath.relpath(path, posixpath.dirname(self.paths[post.origin]))


def _holds(folder: Path, name: str) -> bool:
    """Whether a file of the folder has that name, and neither it nor a folder above it is hidden, as `.git` is."""
    file = folder / name
    # unlike Path.is_file, it bears a name that is too long
    if not os.path.isfile(file) or any(is_hidden(part) for part in posixpath.normpath(name).split("/")):
        return False
    return file.resolve().is_relative_to(folder.resolve())


def plan_body(post: Post, ways: Ways, left: Leftovers) -> tuple[str, tuple[ReviewNote, ...]]:
    """The text as it stands here, and notes about what in it means nothing here; code stays as it is."""

    def moved(found: re.Match[str]) -> str:
        return found["opening"] + ways.target(post, found["target"])

    text = ways.site.plain(post.body, lambda name: ways.from_here(post, name))
    parts: list[str] = []
    for part, is_code in _parts(text):
        if not is_code:
            seen = _UNSEEN.sub("", part)
            for pattern in (_TARGET, _REFERENCE, _SOURCE):
                seen = pattern.sub(moved, seen)
            parts.append(seen)
        else:
            parts.append(part)
    foreign = [found[0] for part, is_code in _parts(post.body) if not is_code for found in ways.site.foreign.finditer(part)]
    foreign = [mark for mark in foreign if any(mark in part for part in parts)]
    for mark in dict.fromkeys(foreign):
        said = re.search(r"[\w.:-]+", mark)
        name = said[0] if said else mark
        place = Place(post.origin, post.above + post.body[: post.body.index(mark)].count("\n") + 1)
        left.add(place, f"`{name}` is understood by the old generator only, and stands in the text", "write what it showed in Markdown")
    if any(_HTML.search(part) for part, is_code in _parts("".join(parts)) if not is_code):
        cure = "write it in Markdown, or set `raw_html: true` under `markdown:` in briefgen.yaml"
        left.add(Place(post.origin), "HTML in the text is shown as text", cure)
    reason = "stands in the text, and was understood by the old generator only"
    return "".join(parts), tuple(ReviewNote("body", reason, one_line(mark)[:_LONGEST_NOTE]) for mark in dict.fromkeys(foreign))


def _parts(text: str) -> Iterator[tuple[str, bool]]:
    """The text in pieces, each with whether it is code."""
    at = 0
    for found in _FENCED.finditer(text):
        yield text[at : found.start()], False
        yield found[0], True
        at = found.end()
    yield text[at:], False
