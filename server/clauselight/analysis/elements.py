"""What the reading of a page does with each kind of element; the server's twin of the overlay's table."""

from __future__ import annotations

SKIPPED = frozenset(
    (
        "audio", "canvas", "datalist", "embed", "head", "iframe", "img", "input", "link", "map", "math",
        "meta", "meter", "noscript", "object", "option", "picture", "progress", "rp", "script", "select",
        "source", "style", "svg", "template", "textarea", "title", "track", "video",
    )
)  # fmt: skip
"""Elements whose text no reader reads as part of the document. They do not end a block either."""

INLINE = frozenset(
    (
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rt", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    )
)  # fmt: skip
"""Elements that do not end a block. Elements with made-up names do: what they look like is unknown, and
two words glued together are worse than a line too many."""

UNSEEN = frozenset(
    (
        "a11y-hidden", "assistive-text", "element-invisible", "screen-reader", "screen-reader-only",
        "screen-reader-text", "screenreader", "screenreader-only", "screenreader-text", "sr-only",
        "u-visually-hidden", "u-visuallyhidden", "visually-hidden", "visuallyhidden",
    )
)  # fmt: skip
"""Classes of text for screen readers only, such as "(opens in a new window)" within a sentence: in the page,
but neither seen nor part of the document's words."""

BOLD = frozenset(("b", "strong"))
"""Elements whose text stands out like a heading's."""

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
"""Heading elements and their levels."""

CELLS = frozenset(("td", "th"))
