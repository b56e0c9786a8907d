"""`briefgen serve`: load, listen, and load again whenever the sources change."""

import gc
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from briefgen.config import missing_config
from briefgen.preview.live import Live, Preview, next_preview
from briefgen.preview.loading import Attempt, Loader, Options
from briefgen.preview.server import listen
from briefgen.preview.sources import Changes, Sources
from briefgen.preview.watch import Hints, Watch
from briefgen.problems import Problem, Problems
from briefgen.site.site import Site


@dataclass(frozen=True, slots=True)
class Console:
    """How serve speaks: a line about what it did, the problems that were found, the URL once it can be opened."""

    say: Callable[[str], None]
    report: Callable[[Iterable[Problem]], None]
    opened: Callable[[str], None]


def serve(options: Options, console: Console) -> None:
    """Show the site in a browser until the process is interrupted; the output folder is never written.

    Raises BriefgenError when there is no site at the root (BG301) or the address cannot be listened on (BG702).
    """
    root, live = options.root, Live()
    missing = missing_config(root, options.config)
    if missing:
        raise missing
    sources, loader = Sources(root, options.config), Loader(options)
    attempt = loader.start()  # it forks, which is safe only as long as there are no threads
    watch = Watch(root, lambda problem: console.report([problem]), poll=options.poll)
    live.swap(next_preview(Preview(0), attempt, root))
    console.report(attempt.found)
    listening = listen(options.host, options.port, live)
    try:
        console.opened(listening.url)
        _keep_up(watch, sources, loader, live, console, attempt, follow=options.follow)
    finally:
        listening.close()
        watch.close()


def _keep_up(watch: Watch, sources: Sources, loader: Loader, live: Live, console: Console, shown: Attempt, *, follow: bool) -> None:
    tidy = False
    while True:
        hints = watch.wait(sources.cost)
        if sources.misses(hints):
            hints = watch.wait_for_more(hints)
        started = time.perf_counter()
        changes = sources.look(hints)
        with _no_collection():
            attempt = loader.load(changes) if changes.paths else None
            if attempt:
                saved = _page_of(changes, attempt.good.site) if follow and attempt.good else ""
                live.swap(next_preview(live.now, attempt, loader.root, saved))
        if attempt is None:
            tidy = tidy or _tidy(hints)
            continue
        known = frozenset(shown.found)
        console.report(problem for problem in attempt.found if problem not in known)
        console.say(_summary(changes, attempt, shown, time.perf_counter() - started))
        shown, tidy = attempt, False


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the garbage collector from a site while it is made and after: it would go through all of it, again and again, for nothing."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _tidy(hints: Hints) -> bool:
    """Collect garbage while nothing happens."""
    if hints is not None:
        return False
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    return True


def _summary(changes: Changes, attempt: Attempt, before: Attempt, seconds: float) -> str:
    paths = sorted(changes.paths)
    what = paths[0] if len(paths) == 1 else f"{len(paths):,} files"
    errors = Problems(list(attempt.found)).errors
    if errors:
        return f"{what}: {errors} error{'' if errors == 1 else 's'}; the last good version is still shown"
    return f"{what}: {'mended' if before.failed else 'shown'} after {seconds * 1000:.0f} ms"


def _page_of(changes: Changes, site: Site) -> str:
    """The URL of the page whose text was saved, empty when it was more than one."""
    texts = [path for path in changes.paths if path.startswith("content/") and path.endswith(".md")]
    if len(texts) != 1:
        return ""
    page = next((page.path for page in site.pages if page.origin == texts[0]), None)
    return "" if page is None else "/" + quote(page.removesuffix("index.html"))
