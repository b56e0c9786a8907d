"""Themes: which template, string and static file a site uses, found in layers of folders, the site's own first."""

import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefgen import files
from briefgen.digest import digest
from briefgen.model import Place
from briefgen.problems import BriefgenError, Problem, nearest
from briefgen.site.locales import words_of
from briefgen.site.program import shipped
from briefgen.site.strings import WORDS, Strings, read_strings, unused_words
from briefgen.site.themefile import read_parent

DEFAULT = "dossier"
ASSETS = "assets"
IN_CONFIG = Place("briefgen.yaml", key=("theme",))

_NAME = re.compile(r"\w[\w-]*\Z")


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """The text of one template; `layer` counts from the top."""

    name: str
    path: str
    source: str
    layer: int


@dataclass(frozen=True, slots=True)
class StaticFile:
    """A file that the theme publishes as it is, under a name that changes with its content."""

    path: Path
    output: str


@dataclass(frozen=True, slots=True)
class Theme:
    """What a site looks like. `templates` holds every layer's file of a name, the one that is used first.

    `strings` holds one whole table a language; `digest` stands for all of it. `unused` are the words of the site that it does without.
    `layers` says whose each layer is, from the top.
    """

    name: str
    templates: Mapping[str, tuple[TemplateFile, ...]]
    strings: Mapping[str, Strings]
    static: Mapping[str, StaticFile]
    digest: str
    layers: tuple[str, ...]
    unused: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layer:
    """One folder of templates; nothing outside `within` is read through it."""

    folder: Path
    within: Path

    @property
    def whose(self) -> str:
        """For people."""
        if self.folder == self.within:
            return "this site"
        return f"the theme {self.folder.name}{', which ships with briefgen' if self.within == shipped() else ''}"


def load_theme(site_root: Path, name: str, asked: Place = IN_CONFIG, lang: str = "en") -> Theme:
    """The theme of that name as this site sees it, layer over layer; `asked` is where it is named, `lang` the site's language.

    First come the site's `templates/` and `strings.yaml`, then its `themes/NAME` or the shipped theme of that name, then the
    parents of that theme, and at last the default theme that ships with briefgen.
    Raises BriefgenError with every fault of the theme: BG401, BG402, BG405.
    """
    problems: list[Problem] = []
    themes = tuple(_chain(site_root, name, asked))
    layers = (_Layer(site_root, site_root), *themes)
    templates = _templates(layers, site_root, problems)
    static = _static(themes)
    known = _strings(themes, site_root, problems)
    own = _own_strings(site_root, problems)
    if problems:
        raise BriefgenError(*problems)
    if lang.partition("-")[0] not in known and lang not in known:
        known[lang] = words_of(lang)
    strings = {spoken: {**known["en"], **table, **own} for spoken, table in known.items()}
    sources = (file.source for chain in templates.values() for file in chain)
    unused = tuple(unused_words(site_root, {key for table in known.values() for key in table}, sources)) if own else ()
    shapes = (
        tuple((key, tuple(file.source for file in chain)) for key, chain in sorted(templates.items())),
        tuple((key, file.output) for key, file in sorted(static.items())),
        tuple((lang, tuple(sorted(table.items()))) for lang, table in sorted(strings.items())),
    )
    return Theme(name, templates, strings, static, digest(shapes), tuple(layer.whose for layer in layers), unused)


# -- layers -------------------------------------------------------------------------------------------------------


def _chain(site_root: Path, name: str, place: Place) -> Iterator[_Layer]:
    seen = set[Path]()
    while True:
        layer = _find(site_root, name, seen)
        if layer is None:
            raise BriefgenError(_no_such_theme(site_root, name, place, back=bool(seen)))
        seen.add(layer.folder.resolve())
        parent = read_parent(layer.folder, site_root)
        yield layer
        if layer.folder.resolve() == (shipped() / DEFAULT).resolve():
            return
        name, place = parent or DEFAULT, Place(files.shown(layer.folder / "theme.yaml", site_root), key=("parent",))


def _find(site_root: Path, name: str, seen: set[Path]) -> _Layer | None:
    if not _NAME.match(name):
        return None
    for within, folder in ((site_root, site_root / "themes" / name), (shipped(), shipped() / name)):
        whole = folder.resolve()
        if os.path.isdir(whole) and whole not in seen and whole.is_relative_to(within.resolve()):
            return _Layer(folder, within)
    return None


def _no_such_theme(site_root: Path, name: str, place: Place, *, back: bool) -> Problem:
    if back and _find(site_root, name, set()):
        return Problem("BG405", place, f"the parents of this theme lead back to `{name}`", help="name another parent, or none")
    known = sorted({folder.parent.name for root in (site_root / "themes", shipped()) for folder in root.glob("*/theme.yaml")})
    meant = nearest(name, known)
    hint = f"did you mean `{meant}`?" if meant else f"there is {', '.join(f'`{other}`' for other in known)}"
    return Problem("BG401", place, f"there is no theme `{name}` in themes/ or among those that ship with briefgen", help=hint)


# -- what the layers hold -----------------------------------------------------------------------------------------


def _templates(layers: Iterable[_Layer], site_root: Path, problems: list[Problem]) -> dict[str, tuple[TemplateFile, ...]]:
    found: dict[str, tuple[TemplateFile, ...]] = {}
    for number, layer in enumerate(layers):
        for name, path in _files(layer, "templates"):
            content, shown = files.read(path), files.shown(path, site_root)
            try:
                source = content.decode("utf-8-sig")
            except UnicodeDecodeError as error:
                line = content.count(b"\n", 0, error.start) + 1
                problems.append(
                    Problem(
                        "BG402", Place(shown, line), f"not UTF-8 text: byte 0x{content[error.start]:02x}", help="save the template as UTF-8"
                    )
                )
                continue
            found[name] = (*found.get(name, ()), TemplateFile(name, shown, source, number))
    return found


def _static(themes: Iterable[_Layer]) -> dict[str, StaticFile]:
    found: dict[str, StaticFile] = {}
    for layer in themes:
        for name, path in _files(layer, "static"):
            if name not in found:
                content = files.read(path)
                mark = hashlib.blake2b(content, digest_size=4).hexdigest()
                pure = PurePosixPath(ASSETS, name)
                found[name] = StaticFile(path, str(pure.with_name(f"{pure.stem}.{mark}{pure.suffix}")))
    return found


def _strings(themes: Iterable[_Layer], site_root: Path, problems: list[Problem]) -> dict[str, Strings]:
    """A table a language: the theme's words over its parents'."""
    by_lang: dict[str, dict[str, str | tuple[str, ...]]] = {"en": {}}
    for layer in themes:
        for name, path in _files(layer, "strings"):
            table = by_lang.setdefault(PurePosixPath(name).stem, {})
            for key, value in read_strings(path, files.shown(path, site_root), problems).items():
                table.setdefault(key, value)
    return dict(by_lang)


def _own_strings(site_root: Path, problems: list[Problem]) -> Strings:
    path = site_root / WORDS
    is_own = path.is_file() and path.resolve().is_relative_to(site_root.resolve())
    return read_strings(path, path.name, problems) if is_own else {}


def _files(layer: _Layer, kind: str) -> Iterator[tuple[str, Path]]:
    """Every file of one kind with its name; what a symlink brings in from outside the site is passed over."""
    folder = layer.folder / kind
    if folder.resolve().is_relative_to(layer.within.resolve()):
        for path in files.walk(folder, layer.within):
            yield path.relative_to(folder).as_posix(), path
