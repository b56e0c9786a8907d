"""The Content-Security-Policy of the site's pages: what a browser may load and run there, whatever a text brought in."""

from briefgen.config import Config

_POLICY = (
    "default-src 'none'; script-src 'self'{wasm}; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'"
)
NONE = "none"


def policy_of(config: Config) -> str:
    """The policy for every page: the site's own, or one under which a page loads nothing but the site's files; empty for none.

    Pages opened from a disk have none: a browser takes each file there for an origin of its own.
    """
    if config.content_security_policy:
        return "" if config.content_security_policy == NONE else config.content_security_policy
    if config.links == "file":
        return ""
    # Pagefind looks through the text with WebAssembly
    return _POLICY.format(wasm=" 'wasm-unsafe-eval'" if config.search == "full" else "")
