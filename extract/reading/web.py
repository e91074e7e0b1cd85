"""Saved web pages: a committee system's meeting or item page, or any other page. One page of text an agenda item."""

from __future__ import annotations

import re
from dataclasses import replace

from lxml.html import HtmlElement

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import markup
from minutebook.extract.reading.repair import mend

# The committee system fills the council's own page; everything that matters is inside this element.
CONTENT = ".//*[@id='modgov']"
ITEM_TABLE = (
    ".//table[@id='mgItemTable'] | .//table[contains(concat(' ', normalize-space(@class), ' '), ' mgItemTable ')]"
)
# The link that stands where a long decision is cut short.
CUT_SHORT = re.compile(r"\s*(?:\.\.\.|…)\s*view the full decision text for item .*$")
NUMBER_CELL = "mgItemNumberCell"
# CMIS: labels and values in nested boxes, of whose classes only the label's can be trusted; tabs, lists of papers.
CMIS_TITLE = ".//h1[normalize-space()='Meeting Details']"
CMIS_LABEL = ".//*[contains(concat(' ', normalize-space(@class), ' '), ' DNNLabel ')]"
CMIS_CLUTTER = (
    ".//a[contains(@href, 'SelectedTab')]"
    " | .//*[contains(concat(' ', normalize-space(@class), ' '), ' CmisDocumentList ')]"
)
FALLBACKS = (".//main", ".//*[@id='content']", ".//article", ".//body")


def read_html(data: bytes) -> tuple[list[SourcePage], str]:
    """Pages, and the form: `meeting_page`, `item_page`, `web_page` or `document`. Raises `UnreadableDocument`."""
    root = markup.parse(data)
    content = root.find(CONTENT)
    if content is None and root.xpath(CMIS_TITLE) and root.xpath(CMIS_LABEL):
        return [SourcePage(markup.pieces(_cmis(root)), "lxml", "CMIS page of a meeting")], "document"
    if content is None:
        return [
            SourcePage(markup.pieces(_main(root)), "lxml", "a page that is not of a known committee system")
        ], "web_page"
    tables = content.xpath(ITEM_TABLE)
    if not tables:
        return [SourcePage(markup.pieces(content), "lxml", "page of one item")], "item_page"
    return _meeting(content, tables[0]), "meeting_page"


def _cmis(root: HtmlElement) -> HtmlElement:
    """The least element with the title and all labels; each label in one line with its value, the committee below."""
    title, labels = root.xpath(CMIS_TITLE)[0], root.xpath(CMIS_LABEL)
    for clutter in root.xpath(CMIS_CLUTTER):
        clutter.drop_tree()
    for label in labels:
        value = label.getnext()
        if value is not None:
            label.tag, label.tail = "span", " "
            value.tag = "h2" if label.text_content().strip().startswith("Committee") else "span"
    return next((holder for holder in title.iterancestors() if len(holder.xpath(CMIS_LABEL)) == len(labels)), root)


def _main(root: HtmlElement) -> HtmlElement:
    for path in FALLBACKS:
        found = root.find(path)
        if found is not None and mend(found.text_content()):
            return found
    raise UnreadableDocument("no_text", "The page holds no text. Fetch it again.")


def _meeting(content: HtmlElement, table: HtmlElement) -> list[SourcePage]:
    """One page an item; what stands above the items goes with the first."""
    rows = [row for row in table.iter("tr") if not row.findall("th") and _owner(row) is table]
    table.drop_tree()
    header = markup.pieces(content)
    items = [SourcePage(_item(row), "lxml", "agenda item of a meeting page") for row in rows]
    items = [item for item in items if item.pieces] or [SourcePage([], "lxml", "meeting page without items")]
    items[0].pieces[:0] = header
    return items


def _owner(row: HtmlElement) -> HtmlElement | None:
    return next(row.iterancestors("table"), None)


def _item(row: HtmlElement) -> list[Piece]:
    """The title line (number and title), then what the item says."""
    cells = row.findall("td")
    number = next(
        (cell for cell in cells if NUMBER_CELL in (cell.get("class") or "")), cells[0] if len(cells) > 1 else None
    )
    label = mend(number.text_content()) if number is not None else ""
    found = [piece for cell in cells if cell is not number for piece in markup.pieces(cell)]
    said = [replace(piece, text=CUT_SHORT.sub("", piece.text)) for piece in found]
    if not said:
        return [Piece(label, "heading", True)] if label else []
    title = f"{label} {said[0].text}".strip()
    return [replace(said[0], text=title, kind="heading", bold=True), *said[1:]]
