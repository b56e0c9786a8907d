"""The Content-Security-Policy of the site's pages: what a browser may load and run there, whatever a text brought in."""

from briefgen.config import Config

_POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
NONE = "none"


def policy_of(config: Config) -> str:
    """What every page says: the site's own, or one under which a page loads nothing but the site's files; empty for none.

    Pages opened from a disk have none: a browser takes each file there for an origin of its own.
    """
    return _policy(config, "")


def widest_policy_of(config: Config) -> str:
    """What the page to search on says, and a host may say of every address: a page's own narrows it there."""
    # Pagefind looks through the text with WebAssembly
    return _policy(config, " 'wasm-unsafe-eval'" if config.search == "full" else "")


def _policy(config: Config, wasm: str) -> str:
    if config.content_security_policy:
        return "" if config.content_security_policy == NONE else config.content_security_policy
    return "" if config.links == "file" else _POLICY.format(wasm=wasm)
