"""The layout of a page in words: what a screen reader is told of it, and which box stands where.

No pixels are compared: fonts and their rendering differ from machine to machine, and what matters does not.
"""

from collections.abc import Iterator
from typing import Any

WIDTHS = (320, 768, 1280)
_LONGEST_NAME = 60
_TOLD = frozenset(
    [
        "article",
        "banner",
        "blockquote",
        "button",
        "caption",
        "cell",
        "checkbox",
        "code",
        "columnheader",
        "combobox",
        "complementary",
        "contentinfo",
        "figure",
        "form",
        "group",
        "heading",
        "image",
        "link",
        "list",
        "listitem",
        "main",
        "navigation",
        "note",
        "option",
        "region",
        "row",
        "rowheader",
        "search",
        "searchbox",
        "separator",
        "status",
        "table",
        "textbox",
    ]
)
"""Roles that structure a page; what stands below any other is told without it."""
_BOXES = {
    "header": ".top",
    "way": ".way",
    "lead": ".lead",
    "margin": ".margin",
    "text": ".text",
    "footer": ".foot",
}
_MEASURE = """
(boxes) => {
  const sheet = document.querySelector('main > *').getBoundingClientRect();
  const probe = document.createElement('span');
  probe.textContent = '0'; document.querySelector('main').append(probe);
  const ch = probe.getBoundingClientRect().width; probe.remove();
  const found = Object.entries(boxes).map(([name, selector]) => {
    const { left, right, top, bottom, width } = document.querySelector(selector)?.getBoundingClientRect() ?? {};
    return width ? { name, left: left - sheet.left, right: sheet.right - right, top, bottom, width } : null;
  }).filter(Boolean);
  return { ch, found };
}
"""


def told(page: Any) -> str:
    """What assistive technology finds: roles and names, a line each, indented as they stand in each other."""
    session = page.context.new_cdp_session(page)
    nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}
    session.detach()
    root = next(node for node in nodes.values() if "parentId" not in node)
    return "\n".join(_lines(root, nodes, 0))


def _lines(node: dict[str, Any], nodes: dict[str, dict[str, Any]], depth: int) -> Iterator[str]:
    role = node.get("role", {}).get("value", "none")
    if not node["ignored"] and role in _TOLD:
        levels = (one["value"]["value"] for one in node.get("properties", ()) if one["name"] == "level")
        level = f" {next(levels, '')}" if role == "heading" else ""
        name = " ".join(str(node.get("name", {}).get("value", "")).split())
        yield "  " * depth + role + level + (f' "{name[:_LONGEST_NAME]}"' if name else "")
        depth += 1
    for child in node.get("childIds", ()):
        if child in nodes:
            yield from _lines(nodes[child], nodes, depth)


def placed(page: Any, width: int) -> str:
    """Which of the large boxes stands where at this width: beside, below, how wide."""
    page.set_viewport_size({"width": width, "height": 800})
    seen = page.evaluate(_MEASURE, _BOXES)
    boxes = {box["name"]: box for box in seen["found"]}
    lines = [f"{width}:", *(_place(box, seen["ch"] if width == WIDTHS[-1] else 0) for box in boxes.values())]
    below = [f"  {lower['name']} below {upper['name']}" for upper, lower in _neighbours(boxes) if lower["top"] >= upper["bottom"] - 1]
    beside = [f"  {one['name']} beside {other['name']}" for other, one in _neighbours(boxes) if one["top"] < other["bottom"] - 1]
    return "\n".join((*lines, *below, *beside))


def _place(box: dict[str, Any], ch: float) -> str:
    sides = " and ".join(side for side in ("left", "right") if abs(box[side]) < 2) or "neither side"
    wide = f", {round(box['width'] / ch)} characters wide" if ch and box["name"] == "text" else ""
    return f"  {box['name']} touches {sides}{wide}"


def _neighbours(boxes: dict[str, dict[str, Any]]) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for upper, lower in (("lead", "text"), ("lead", "margin"), ("margin", "text"), ("way", "lead"), ("header", "lead"), ("text", "footer")):
        if upper in boxes and lower in boxes:
            yield boxes[upper], boxes[lower]


def layout(page: Any) -> str:
    """Everything that is compared of a page."""
    # measured before the tree is asked for: Chromium now and then loses a page that changes its width while it keeps one
    where = [placed(page, width) for width in WIDTHS]
    return "\n".join((told(page), "", *where)) + "\n"
