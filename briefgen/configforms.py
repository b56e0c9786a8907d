"""Forms that only the configuration has: a base URL, a time zone, a URL pattern, folders and their kind."""

import re
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from briefgen.forms import WHOLE
from briefgen.schema import Form, Sheet
from briefgen.yamltext import Scalar, Tree

_LIKE_THIS = "a base URL looks like https://example.org/ or https://example.org/briefings/"


def parse_base_url(text: str) -> str:
    """A base URL with its slash at the end; raises ValueError with the reason for what is none."""
    if not re.fullmatch(r"https?://[^\s/?#@\\\"'<>]+(/[^\s?#\\\"'<>]*)?", text):
        raise ValueError(_LIKE_THIS)
    try:
        urlsplit(text).port  # noqa: B018 – whether it can be read is the question
    except ValueError:
        raise ValueError(_LIKE_THIS) from None
    return text if text.endswith("/") else f"{text}/"


def _read_base_url(tree: Tree, sheet: Sheet, name: str) -> str | None:
    try:
        return parse_base_url(tree.text.strip() if isinstance(tree, Scalar) else "")
    except ValueError as error:
        sheet.fault("BG302", tree, f"`{name}` is not a web address", str(error))
        return None


def _read_zone(tree: Tree, sheet: Sheet, name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(tree.text if isinstance(tree, Scalar) else "")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        meant = _zone_of_city(tree.text) if isinstance(tree, Scalar) else ""
        cure = f"did you mean `{meant}`?" if meant else "write a name such as Europe/Berlin or UTC"
        sheet.fault("BG302", tree, f"`{name}` is not a time zone", cure)
        return None


def _zone_of_city(city: str) -> str:
    """The zone whose name ends with a city or a country; empty where there is none."""
    name = "/" + city.strip().replace(" ", "_").casefold()
    return next((zone for zone in sorted(available_timezones()) if f"/{zone}".casefold().endswith(name)), "")


_PLACEHOLDERS = {"year", "month", "day", "slug"}


def _read_permalink(tree: Tree, sheet: Sheet, name: str) -> str | None:
    text = tree.text.strip("/") if isinstance(tree, Scalar) else ""
    fields = set(re.findall(r"\{(\w*)\}", text))
    rest = re.sub(r"\{\w*\}", "", text)
    if "slug" not in fields or fields - _PLACEHOLDERS or not re.fullmatch(r"[\w/-]*", rest) or "//" in text:
        sheet.fault(
            "BG302", tree, f"`{name}` is not a URL pattern", "write {year}/{month}/{day}/{slug}/ or parts of it; {slug} must be there"
        )
        return None
    return f"{text}/"


def _read_page_size(tree: Tree, sheet: Sheet, name: str) -> int | None:
    size = WHOLE.read(tree, sheet, name)
    if size is not None and not 1 <= size <= 1000:
        sheet.fault("BG302", tree, f"`{name}` must be from 1 to 1000")
        return None
    return size


def _read_folder(tree: Tree, sheet: Sheet, name: str) -> str | None:
    text = tree.text.strip() if isinstance(tree, Scalar) else ""
    if not text or "\0" in text:
        sheet.fault("BG302", tree, f"`{name}` must name a folder", "write a path such as public")
    elif text.startswith("~"):
        sheet.fault("BG302", tree, f"`{name}` begins with `~`, which means a home folder to a shell only", "write the whole path")
    else:
        return text
    return None


def _read_theme(tree: Tree, sheet: Sheet, name: str) -> str | None:
    if isinstance(tree, Scalar) and re.fullmatch(r"[\w-]+", tree.text):
        return tree.text
    sheet.fault("BG302", tree, f"`{name}` must be the name of a folder under themes/", "write its name alone, without a path")
    return None


BASE_URL: Form[str] = Form("a web address", _read_base_url, {"type": "string", "format": "uri"})
ZONE: Form[ZoneInfo] = Form("a time zone", _read_zone, {"type": "string"})
PERMALINK: Form[str] = Form("a URL pattern", _read_permalink, {"type": "string"})
PAGE_SIZE: Form[int] = Form("a whole number", _read_page_size, {"type": "integer", "minimum": 1, "maximum": 1000})
FOLDER: Form[str] = Form("a folder", _read_folder, {"type": "string"})
THEME: Form[str] = Form("the name of a theme", _read_theme, {"type": "string"})
