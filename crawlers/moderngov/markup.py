"""What ModernGov's pages have in common: the part that the system wrote, its text, its labels and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.pages import parse, resolve, select

# Spans for screen readers (`ref: 13567`) and file sizes, which pollute the text they stand in
_HIDDEN = "span.mgHide, span.mgFileSize"


def check_final_url(url: str) -> None:
    """Raise `SourceError` if the address that answered is ModernGov's error page, whatever its status."""
    if urlsplit(url).path.lower().endswith("/mgerror.aspx"):
        message = f"the site led us to its error page {url}: open the address in a browser to see if it was withdrawn"
        raise SourceError("error_page", message)


def modgov(body: bytes, url: str) -> HtmlElement:
    """The part of a page that ModernGov wrote, hidden text gone; the rest is the council's own frame.

    Raises `SourceError` if that is the error page, or no ModernGov page.
    """
    check_final_url(url)
    found = select(parse(body, url), "#modgov")
    if not found:
        message = f'{url} has no id="modgov": a block page, or not ModernGov any more; see it in a browser'
        raise SourceError("not_moderngov", message)
    content: HtmlElement = found[0]
    for hidden in select(content, _HIDDEN):
        hidden.drop_tree()
    return content


def squash(text: str) -> str:
    """Text with its white space as single spaces."""
    return " ".join(text.split())


def text_of(element: HtmlElement) -> str:
    """An element's text, squashed; entities are sometimes encoded twice."""
    return squash(unescape(element.text_content()))


def address(page_url: str, href: str) -> str | None:
    """The absolute address of a link, or None if it is not a web address."""
    try:
        return resolve(page_url, href)
    except ValueError:
        return None


def labelled(content: HtmlElement) -> Iterator[tuple[str, HtmlElement, str]]:
    """Each row such as "Venue: Council Chamber": its label in lower case, its element, and its value."""
    for label in select(content, "span.mgLabel"):
        row = label.getparent()
        if row is not None:
            yield text_of(label).rstrip(" :").lower(), row, text_of(row).removeprefix(text_of(label)).lstrip(" :")


def own_rows(table: HtmlElement) -> list[HtmlElement]:
    """The rows of a table without those of tables within it: minutes pasted from Word hold tables of their own."""
    rows: list[HtmlElement] = table.xpath("./tr | ./tbody/tr | ./thead/tr")
    return rows


def cells(row: HtmlElement) -> list[HtmlElement]:
    """The cells of a row."""
    found: list[HtmlElement] = row.xpath("./td | ./th")
    return found
