"""What ModernGov's pages have in common: the part that the system wrote, its text, its labels and its tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlsplit

import lxml.html
from lxml import etree
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.moderngov.urls import resolve

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
    _, text = html_to_unicode(None, body, auto_detect_fun=_legacy_encoding)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        content: HtmlElement = lxml.html.document_fromstring(text.encode(), parser=parser).cssselect("#modgov")[0]
    except (etree.ParserError, IndexError) as error:
        message = f'{url} has no id="modgov": a block page, or not ModernGov any more; see it in a browser'
        raise SourceError("not_moderngov", message) from error
    for hidden in content.cssselect(_HIDDEN):
        hidden.drop_tree()
    return content


def _legacy_encoding(body: bytes) -> str:
    """Very old pages name no encoding and are not UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


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


def links(content: HtmlElement, page_url: str) -> Iterator[tuple[HtmlElement, str]]:
    """Each link to a web address, with that address."""
    for link in content.iter("a"):
        if url := address(page_url, link.get("href", "")):
            yield link, url


def labelled(content: HtmlElement) -> Iterator[tuple[str, HtmlElement, str]]:
    """Each row such as "Venue: Council Chamber": its label in lower case, its element, and its value."""
    for label in content.cssselect("span.mgLabel"):
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
