"""A site of another generator becomes files of this one; only new files are created, and nothing of the old site is changed."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path

from briefgen.config import Config
from briefgen.files import create, read, writing
from briefgen.forms import read_moment
from briefgen.importing.moving.bodies import Ways, plan_body
from briefgen.importing.moving.fields import day_of, moment_of, render_fields
from briefgen.importing.moving.old import Leftovers, OldSite, Post, plain
from briefgen.importing.report import Imported, ImportReport
from briefgen.library.frontmatter import render_content
from briefgen.library.headers import BriefingHeader
from briefgen.library.keys import is_old_url
from briefgen.library.urls import briefing_url, page_url
from briefgen.model import Moment, Place
from briefgen.problems import BriefgenError, Problem
from briefgen.text import fold, slug

MOVERS = {"hugo": "hugo:read_hugo", "jekyll": "jekyll:read_jekyll", "pelican": "pelican:read_pelican"}
"""Where the reader of each generator is: `module:function`, from its folder to an `OldSite`."""
_LONGEST_NAME = 120
HOME = "content/index.md"
"""Where the text of the home page stands."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What a move did: its posts and problems, and how many files that they show came along."""

    report: ImportReport
    files: int


def move_site(generator: str, folder: Path, root: Path, config: Config, *, dry_run: bool = False) -> Moved:
    """Bring the posts and pages of the site in `folder` into the site at `root`, with the files that they show.

    Raises BriefgenError where `folder` is none, or holds no post of that generator. A post whose file is there already is left alone.
    """
    left = Leftovers()
    if not os.path.isdir(folder):
        raise BriefgenError(Problem("BG701", Place(str(folder)), "there is no such folder", "name the folder of the old site"))
    site = _reader(generator)(folder, left)
    if not site.posts and not left.errors:
        cure = f"name the top folder of a {generator.capitalize()} site"
        raise BriefgenError(Problem("BG604", Place(str(folder)), "no post in this folder", cure))
    paths = dict(_planned(site))
    ways = Ways(site, paths)
    aliases = _aliases(site, paths, config, left)
    done = tuple(_moved(post, ways, aliases[post.origin], root, left, dry_run=dry_run) for post in site.posts)
    files = 0 if dry_run else sum(_copied(root, path, file, left) for path, file in sorted(ways.copies.items()))
    return Moved(ImportReport(done, tuple(_in(folder, problem) for problem in left.problems())), files)


def _reader(generator: str) -> Callable[[Path, Leftovers], OldSite]:
    module, _, function = MOVERS[generator].partition(":")
    reader: Callable[[Path, Leftovers], OldSite] = getattr(import_module(f"briefgen.importing.moving.{module}"), function)
    return reader


def _planned(site: OldSite) -> Iterator[tuple[str, str]]:
    """For each post the path that it gets, with a number behind it where the name is taken."""
    taken: set[str] = set()
    for post in site.posts:
        name, number = _path(post, ""), 1
        while fold(name) in taken:
            number += 1
            name = _path(post, f"-{number}")
        taken.add(fold(name))
        yield post.origin, name


def _path(post: Post, behind: str) -> str:
    name = slug(post.slug, _LONGEST_NAME) + behind
    if post.part == "pages":
        *folders, last = (post.slug if post.url is None else post.url).strip("/").removeprefix("pages/").removesuffix(".html").split("/")
        return "/".join(["content/pages", *map(slug, folders), slug(last, _LONGEST_NAME) + behind]) + ".md" if last else HOME
    day = day_of(post)
    return f"content/briefings/{day[:4]}/{day[5:7]}/{day[8:]}-{name}.md" if day else f"content/briefings/undated/{name}.md"


def _aliases(site: OldSite, paths: dict[str, str], config: Config, left: Leftovers) -> dict[str, tuple[str, ...]]:
    """For each post the old addresses that lead to it: its own, where it is another one now, and those that led to it before."""
    taken = {_new_url(post, paths[post.origin], config) for post in site.posts}
    found: dict[str, tuple[str, ...]] = {}
    for post in site.posts:
        if post.url is None and not post.draft:
            left.add(Place(post.origin, 1), "where it stood cannot be told: no alias", "write its old address under `aliases`")
        kept: list[str] = []
        for url in (post.url or "", *post.aliases):
            alias = url.strip("/")
            if not alias or f"{alias}/" in taken:
                continue
            if not is_old_url(alias):
                left.add(Place(post.origin, 1), f"`/{alias}` can be no alias", "let the server lead it to the new address")
                continue
            taken.add(f"{alias}/")
            kept.append(alias + "/" * (url.endswith("/")))
        found[post.origin] = tuple(kept)
    return found


def _new_url(post: Post, path: str, config: Config) -> str:
    if path == HOME:
        return ""
    name = path.removeprefix(f"content/{post.part}/").removesuffix(".md")
    if post.part == "pages":
        return page_url(name, "")
    given = moment_of(plain(post.fields.get("date"))) or post.day
    date: Moment | None = read_moment(given, config.timezone) if given else None
    return briefing_url(name, replace(_NO_HEADER, date=date), config)


_NO_HEADER = BriefingHeader(title="")


def _moved(post: Post, ways: Ways, aliases: tuple[str, ...], root: Path, left: Leftovers, *, dry_run: bool) -> Imported:
    path = ways.paths[post.origin]
    body, notes = plan_body(post, ways, left)
    header = render_fields(post, aliases, notes, left)
    text = render_content(header, body)
    title = plain(post.fields.get("title")) or post.slug
    if dry_run:
        return Imported(post.origin, "planned", path, title, text, review=notes)
    try:
        with writing(path):
            create(root / path, text.encode())
    except FileExistsError:
        if read(root / path) != text.encode():
            left.add(Place(post.origin), f"there is a file {path} already, and it was left alone", "compare the two, or delete that file")
        return Imported(post.origin, "known", path, title)
    return Imported(post.origin, "written", path, title, review=notes)


def _copied(root: Path, path: str, file: Path, left: Leftovers) -> bool:
    """Whether a file that a post shows was put in place; one that is there already stays as it is."""
    try:
        with writing(path):
            create(root / path, read(file, most=1_000_000_000))
    except FileExistsError:
        return False
    except BriefgenError as error:
        left.errors.extend(error.problems)
        return False
    return True


def _in(folder: Path, problem: Problem) -> Problem:
    """A problem with its place named from where the command was given."""
    place = problem.place
    here = place.path if Path(place.path).is_absolute() else (folder / place.path.removeprefix(f"{folder}/")).as_posix()
    return replace(problem, place=replace(place, path=here))
