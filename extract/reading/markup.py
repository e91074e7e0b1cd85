"""Word-exported HTML as pieces: one a paragraph, list item or table row, with inline text joined as it stands."""

from __future__ import annotations

import lxml.html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from minutebook.extract.document import Piece, marked
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.pieces import run_on
from minutebook.extract.reading.repair import mend

# Elements that begin a new line of text; all others are inline, and are joined with nothing between.
BREAKING = frozenset(
    "address article aside blockquote body br center dd div dl dt fieldset figure footer form h1 h2 h3 h4 h5 "
    "h6 header hr li main nav ol p pre section table tbody td tfoot th thead tr ul".split()
)
HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
BOLD = frozenset(("b", "strong", *HEADINGS))
STRUCK = frozenset(["s", "strike", "del"])
SKIPPED = frozenset("script style noscript template head title button select option svg iframe object".split())
# Text that a reader of the page does not see, or that is not part of the paper (file sizes beside links).
HIDDEN_CLASSES = frozenset(("mghide", "mgfilesize", "sr-only", "visually-hidden"))


def parse(data: bytes | str) -> HtmlElement:
    """The root element. Raises `UnreadableDocument` with code `no_text`, or `too_deep` where the parser gave up."""
    parser = lxml.html.HTMLParser(encoding="utf-8" if isinstance(data, bytes) and _is_utf8(data) else None)
    try:
        root = lxml.html.document_fromstring(data, parser=parser)
    except (ParserError, ValueError) as error:
        raise UnreadableDocument("no_text", f"The page holds no text ({error}). Fetch it again.") from None
    if parser.error_log.filter_from_fatals():  # what follows is missing from the tree
        raise UnreadableDocument("too_deep", "The page nests more than 256 elements, or has a text of 10 MB.")
    return root


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def pieces(element: HtmlElement, struck: bool = False) -> list[Piece]:
    """The pieces of an element in document order; labels that stand alone are joined to their text."""
    gathered = _Gatherer()
    gathered.walk(element, bold=False, struck=struck)
    gathered.close()
    return run_on(gathered.pieces)


class _Gatherer:
    """Collects inline text until an element breaks the line."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.text: list[tuple[str, bool, bool]] = []
        self.list_depth = 0
        self.heading = False

    def walk(self, element: HtmlElement, bold: bool, struck: bool) -> None:
        """Add an element and what is in it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if not tag or tag in SKIPPED or is_hidden(element):
            return
        if tag == "tr" and len(_cells(element)) > 1 and not _holds_blocks(element):
            self._row(element, struck or _is_struck(element))
            return
        bold, struck = bold or tag in BOLD, struck or _is_struck(element)
        if tag in BREAKING:
            self.close()
        self.heading = self.heading or tag in HEADINGS
        self.list_depth += tag in ("ul", "ol")
        self._add(element.text, bold, struck)
        for child in element:
            self.walk(child, bold, struck)
            self._add(child.tail, bold, struck)
        self.list_depth -= tag in ("ul", "ol")
        if tag in BREAKING:
            self.close()

    def close(self) -> None:
        """End the line that is being collected."""
        text = mend(marked((part, struck) for part, _, struck in self.text))
        if text:
            bold = all(strong for part, strong, _ in self.text if part.strip())
            kind = "heading" if self.heading or (bold and len(text) < 160) else "paragraph"
            self.pieces.append(Piece(text, kind, bold, float(self.list_depth)))  # type: ignore[arg-type]
        self.text, self.heading = [], False

    def _add(self, text: str | None, bold: bool, struck: bool) -> None:
        if text:
            self.text.append((text, bold, struck))

    def _row(self, row: HtmlElement, struck: bool) -> None:
        self.close()
        cells = [" ".join(piece.text for piece in pieces(cell, struck)) for cell in _cells(row)]
        if any(cells):
            self.pieces.append(Piece("\t".join(cells), "row"))


def _cells(row: HtmlElement) -> list[HtmlElement]:
    return [child for child in row if child.tag in ("td", "th")]


def _holds_blocks(row: HtmlElement) -> bool:
    """A row used for layout: a cell with more than one paragraph, or a table within."""
    return any(len(cell.findall(".//p")) > 1 or cell.find(".//table") is not None for cell in _cells(row))


def _is_struck(element: HtmlElement) -> bool:
    return element.tag in STRUCK or "line-through" in (element.get("style") or "").lower()


def is_hidden(element: HtmlElement) -> bool:
    """Whether a reader of the page does not see the element, or it is no part of the paper."""
    classes = {name.lower() for name in (element.get("class") or "").split()}
    style = (element.get("style") or "").replace(" ", "").lower()
    return bool(classes & HIDDEN_CLASSES) or "display:none" in style
