"""What the configuration lets every page see."""

from dataclasses import dataclass

from briefgen.site.parts import Crumb


@dataclass(frozen=True, slots=True)
class SiteView:
    """What every page may show of the configuration; `base_url` ends with a slash or is empty.

    `search` is `titles`, `full`, or empty where there is no search. `outputs` names what there is for programs beside the feeds.
    `policy` is the Content-Security-Policy of every page but the one to search on, or empty;
    `widest_policy` allows what that one needs, too.
    With `file_links` every link to a folder names its index.html, so that the site works from a disk.
    """

    title: str
    description: str
    base_url: str
    lang: str
    publisher: str
    nav: tuple[Crumb, ...]
    stylesheets: tuple[str, ...]
    head: str
    search: str
    outputs: tuple[str, ...]
    policy: str
    widest_policy: str
    file_links: bool
    extra: tuple[tuple[str, str | tuple[str, ...]], ...]
