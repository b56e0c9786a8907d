"""`briefgen serve`: load, listen, and load again whenever the sources change."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from briefgen.config import FILE, load_config
from briefgen.preview.live import Live, Preview, next_preview
from briefgen.preview.loading import Attempt, Loader, Wishes
from briefgen.preview.server import listen
from briefgen.preview.sources import Sources
from briefgen.preview.watch import Watch
from briefgen.problems import Problem, Problems
from briefgen.site.site import Site


@dataclass(frozen=True, slots=True)
class Stage:
    """Where the preview is seen: the address, and whether the browser goes to the page that was just saved."""

    host: str = "127.0.0.1"
    port: int = 8000
    poll: bool = False
    follow: bool = False


@dataclass(frozen=True, slots=True)
class Voice:
    """How serve speaks: a line about what it did, the problems that were found, the URL once it can be opened."""

    say: Callable[[str], None]
    report: Callable[[Iterable[Problem]], None]
    opened: Callable[[str], None]


def serve(wishes: Wishes, stage: Stage, voice: Voice) -> None:
    """Show the site in a browser until the process is interrupted; the output folder is never written.

    Raises BriefgenError when there is no site at `wishes.root` (BG301) or the address cannot be listened on (BG702).
    """
    if not (wishes.config or wishes.root / FILE).is_file():
        load_config(wishes.root, Problems(), wishes.config)
    watch = Watch(wishes.root, lambda problem: voice.report([problem]), poll=stage.poll)
    sources, loader, live = Sources(wishes.root, wishes.config), Loader(wishes), Live()
    attempt = loader.start()
    live.swap(next_preview(Preview(0), attempt))
    voice.report(attempt.found)
    listening = listen(stage.host, stage.port, live)
    try:
        voice.opened(listening.url)
        _keep_up(watch, sources, loader, live, stage, voice, attempt)
    finally:
        listening.close()
        watch.close()
