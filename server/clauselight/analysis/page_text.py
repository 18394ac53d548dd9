"""The text that a reader can see in an HTML page, with the starts of its blocks.

What is collapsed (`details`, `hidden=until-found`) counts as text, since a reader can open it; scripts,
styles, form fields and templates do not. It is the server's counterpart of the overlay's walk through
the live page, so that a quote found here is found there.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree, html

SKIPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "meta",
        "link",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "input",
        "textarea",
        "select",
        "option",
        "datalist",
    ]
)
"""Elements whose text no reader reads as part of the document."""

INLINE = frozenset(
    [
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
        "s",
        "samp",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "time",
        "tt",
        "u",
        "var",
        "wbr",
    ]
)
"""Elements that do not end a block."""


@dataclass(frozen=True, slots=True)
class PageText:
    """Text with blocks separated by one line break; `blocks` are their start offsets in code points."""

    text: str
    blocks: tuple[int, ...]


class UnreadablePage(ValueError):
    """The bytes are no HTML page with text."""


def page_text(body: bytes, encoding: str | None = "utf-8") -> PageText:
    """Read the visible text of an HTML page. Raises UnreadablePage when there is none."""
    parser = html.HTMLParser(encoding=encoding, remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(body, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadablePage(f"not a readable HTML page: {error}") from error
    blocks: list[str] = []
    open_block: list[str] = []

    def close() -> None:
        text = " ".join("".join(open_block).split())
        open_block.clear()
        if text:
            blocks.append(text)

    # An explicit stack, since a hostile page may nest a million elements.
    stack: list[tuple[html.HtmlElement, bool]] = [(tree, False)]
    while stack:
        element, leaving = stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        block = tag not in INLINE
        if leaving:
            if block:
                close()
            open_block.append(element.tail or "")
            continue
        if block:
            close()
        if tag in SKIPPED or not tag or _hidden(element):
            open_block.append(element.tail or "")
            continue
        open_block.append(element.text or "")
        stack.append((element, True))
        stack.extend((child, False) for child in reversed(element))
    close()
    if not blocks:
        raise UnreadablePage("the page holds no text")
    starts, at = [], 0
    for text in blocks:
        starts.append(at)
        at += len(text) + 1
    return PageText("\n".join(blocks), tuple(starts))


def _hidden(element: html.HtmlElement) -> bool:
    """Hidden for good: `hidden` without `until-found`. What style sheets hide cannot be known here."""
    hidden = element.get("hidden")
    return hidden is not None and hidden.strip().lower() != "until-found"
