"""Links that open the live page at a quote: page numbers of PDFs, text fragments of web pages.

Text fragments: https://wicg.github.io/scroll-to-text-fragment/. A browser that does not know them goes to the anchor.
"""

from __future__ import annotations

from urllib.parse import quote as percent_encoded
from urllib.parse import urldefrag

# A quote of more words is told by so many of its first and last ones.
WHOLE = 12
ENDS = 5
# So many words beside a quote tell it from others that begin alike.
CONTEXT = 6


def page_link(url: str, page: int) -> str:
    """The address of a PDF, at a page counted from 1."""
    return f"{urldefrag(url).url}#page={page}"


def live_link(url: str, quote: str, before: str = "", after: str = "", anchor: str = "") -> str:
    """The address of a web page, at a quote, which the browser scrolls to and marks.

    A line end in a text parts what stands in different paragraphs or cells. `before` and `after` are what stands beside
    the quote: give them where its words occur more than once. `anchor` is the id or name of a place nearby, which is
    where a browser goes that does not find the quote; without a quote, the link goes there.

    >>> live_link("https://northmere.example/m?a=1", "RESOLVED: That the well-dressing be funded.", anchor="AI7")
    'https://northmere.example/m?a=1#AI7:~:text=RESOLVED%3A%20That%20the%20well%2Ddressing%20be%20funded.'
    """
    bare, own_anchor = urldefrag(url)
    place = percent_encoded(anchor, safe="") or own_anchor
    first, last = ends(quote)
    if not first:
        return f"{bare}#{place}" if place else bare
    prefix, suffix = words_before(before), words_after(after)
    parts = [f"{_encoded(prefix)}-"] if prefix else []
    parts += [_encoded(words) for words in (first, last) if words]
    parts += [f"-{_encoded(suffix)}"] if suffix else []
    return f"{bare}#{place}:~:text={','.join(parts)}"


def ends(quote: str) -> tuple[list[str], list[str]]:
    """The words to look for: all of a short quote, else its first and last words; none across a line end."""
    lines = _lines(quote)
    if len(lines) == 1 and len(lines[0]) <= WHOLE:
        return lines[0], []
    return (lines[0][:ENDS], lines[-1][-ENDS:]) if lines else ([], [])


def words_before(text: str) -> list[str]:
    """The last words of a text, none across a line end."""
    return _lines(text)[-1][-CONTEXT:] if text.strip() else []


def words_after(text: str) -> list[str]:
    """The first words of a text, none across a line end."""
    return _lines(text)[0][:CONTEXT] if text.strip() else []


def _lines(text: str) -> list[list[str]]:
    return [line.split() for line in text.splitlines() if line.strip()]


def _encoded(words: list[str]) -> str:
    """Percent-encoded, the hyphen too, which parts the directive like the comma and the ampersand."""
    return percent_encoded(" ".join(words), safe="").replace("-", "%2D")
