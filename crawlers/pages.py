"""A web page of any system: parsed safely, its text and its links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import cast
from urllib.parse import urljoin, urlsplit

import lxml.html
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement
from w3lib.encoding import html_to_unicode
from w3lib.url import safe_url_string

from minutebook.crawlers.errors import SourceError

_HEADING = "preceding::*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6][1]"
_NOT_IN_SLUGS = re.compile(r"[^\w]+")


def parse(body: bytes, url: str) -> HtmlElement:
    """The root of a page; nothing is fetched for it, and `<base>` counts. Raises `SourceError` if there is no page."""
    _, text = html_to_unicode(None, body, auto_detect_fun=_legacy_encoding)
    parser = lxml.html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False)
    try:
        root = cast(HtmlElement, lxml.html.document_fromstring(text.encode(), parser=parser, base_url=url))
    except etree.ParserError as error:
        raise SourceError("empty", f"{url} answered with an empty page; the next run tries again") from error
    root.resolve_base_href(handle_failures="ignore")
    return root


def select(element: HtmlElement, css: str) -> list[HtmlElement]:
    """The elements within that a selector names, ours or an entry's; lxml alone would translate it each time."""
    return cast(list[HtmlElement], _selector(css)(element))


@cache
def _selector(css: str) -> CSSSelector:
    return CSSSelector(css, translator="html")


def _legacy_encoding(body: bytes) -> str:
    """Very old pages name no encoding and are not UTF-8."""
    try:
        body.decode()
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def text_of(element: HtmlElement) -> str:
    """The text of an element, its white space squashed."""
    return " ".join(str(element.text_content()).split())


def heading_above(element: HtmlElement) -> str:
    """The text of the nearest heading that an element stands under; empty if there is none."""
    above = element.xpath(_HEADING)
    return text_of(above[0]) if above else ""


def slug_of(name: str) -> str:
    """A name in small letters and hyphens, for what a site has not numbered.

    >>> slug_of("Parks & Open Spaces")
    'parks-open-spaces'
    """
    return _NOT_IN_SLUGS.sub("-", name.lower()).strip("-")


def links(element: HtmlElement, page_url: str) -> Iterator[tuple[HtmlElement, str]]:
    """Each link to a web address below an element, with that address."""
    for link in element.iter("a"):
        try:
            yield link, resolve(page_url, link.get("href") or "#")
        except ValueError:
            continue


def resolve(page_url: str, href: str) -> str:
    """Absolute, percent-encoded address of a link; a link to the page's own host takes the page's scheme.

    Raises `ValueError` if the link is no web address.
    """
    link, page = urlsplit(safe_url_string(urljoin(page_url, href.strip()))), urlsplit(page_url)
    if link.scheme not in ("http", "https"):
        raise ValueError(f"not a web address: {href!r}")
    scheme = page.scheme if link.netloc.lower() == page.netloc.lower() else link.scheme
    return link._replace(scheme=scheme, fragment="").geturl()
