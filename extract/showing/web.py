"""Where a quote stands in a saved web page: the element, an anchor nearby, and the words as the browser has them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from operator import itemgetter

from lxml.etree import iterwalk
from lxml.html import HtmlElement

from minutebook.extract import sniff
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import markup, read
from minutebook.extract.reading.repair import WHITE
from minutebook.extract.showing.alignment import align
from minutebook.extract.showing.letters import is_mark, letters_of
from minutebook.extract.showing.link import ends, live_link, words_after, words_before

# How many characters beside a quote hold the words that tell it from others.
BESIDE = 200


@dataclass(frozen=True)
class WebPlace:
    """The element that holds a quote.

    `path` is its XPath in the page as it was stored; `anchor` the id or name nearest above, empty where there is none.
    `quote` is the page's own text, a line end between paragraphs and cells; `before` and `after` are what stands beside
    it, empty where its words occur nowhere else; `known` says whether all these tell it from every other place.
    `share` is the share of its letters (0 to 1) that were found.
    """

    path: str
    anchor: str
    quote: str
    before: str
    after: str
    known: bool
    share: float

    def link(self, url: str) -> str:
        """The live page, opened at the quote; at the anchor, where a browser would mark the same words elsewhere."""
        return live_link(url, self.quote if self.known else "", self.before, self.after, self.anchor)


def web_place(data: bytes, page: int, start: int, end: int) -> WebPlace:
    """Where the characters `start` to `end` of a page (agenda item, counted from 1) of a saved web page stand.

    Raises `UnreadableDocument` with code `no_text`, `not_a_web_page`, `no_such_page` or `not_placed`.
    """
    document = read(data)
    if document.media_type != sniff.HTML:
        raise UnreadableDocument("not_a_web_page", "The file is not a web page, so its words have no place in one.")
    if not 1 <= page <= len(document.pages):
        raise UnreadableDocument("no_such_page", f"There is no page {page}: the file has {len(document.pages)}.")
    offset = document.pages[page - 1].start
    text, shown = letters_of(document.text), _Shown(markup.parse(data))
    letters = letters_of(shown.text)
    placed = align(text, letters, lambda _: 0.0)  # the whole page, so that every phrase is known by those around it
    wanted = [placed[at] for at in text.between(offset + start, offset + end)]
    found = sorted(letters.origins[letter] for letter in wanted if letter is not None)
    if not found:
        raise UnreadableDocument("not_placed", "The words were not found in the web page.")
    return _place(shown, letters.text.casefold(), found, len(found) / len(wanted))


class _Shown:
    """The text of a page as a browser shows it, and which element each character stands in."""

    def __init__(self, root: HtmlElement) -> None:
        self.parts: list[str] = []
        self.owners: list[HtmlElement] = []
        self.anchors: list[tuple[int, str]] = [(0, "")]
        walker = iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, element in walker:
            unseen = event == "start" and (element.tag in markup.SKIPPED or markup.is_hidden(element))
            if unseen:
                walker.skip_subtree()
            if unseen or element.tag in markup.BREAKING:
                self.parts.append("\n")
                self.owners.append(element)
            if event == "start" and not unseen:
                self._name(element)
                self._add(element.text, element)
            elif event != "start" and element is not root:
                self._add(element.tail, element.getparent())
        self.text = "".join(self.parts)

    def anchor(self, at: int) -> str:
        """The last place before a character that an address can name; empty where there is none."""
        return self.anchors[bisect_right(self.anchors, at, key=itemgetter(0)) - 1][1]

    def with_marks(self, start: int, end: int) -> tuple[int, int]:
        """A stretch with the brackets and stops that stand at its ends."""
        while start and is_mark(self.text[start - 1]):
            start -= 1
        while end < len(self.text) and is_mark(self.text[end]):
            end += 1
        return start, end

    def _name(self, element: HtmlElement) -> None:
        name = element.get("id") or (element.tag == "a" and element.get("name"))
        if name:
            self.anchors.append((len(self.owners), name))

    def _add(self, text: str | None, owner: HtmlElement) -> None:
        if text:
            self.parts.append(WHITE.sub(" ", text))
            self.owners += [owner] * len(self.parts[-1])


def _place(shown: _Shown, letters: str, found: list[int], share: float) -> WebPlace:
    first, end = shown.with_marks(found[0], found[-1] + 1)
    quote = shown.text[first:end]
    head, tail = ends(quote)
    before, after = shown.text[max(0, first - BESIDE) : first], shown.text[end : end + BESIDE]
    before = before if _count(head, letters) > 1 else ""
    after = after if _count(tail or head, letters) > 1 else ""
    sought = words_before(before) + head + ([] if tail else words_after(after))
    element = _common({shown.owners[at] for at in found})
    path, anchor = element.getroottree().getpath(element), shown.anchor(first)
    return WebPlace(path, anchor, quote, before, after, _count(sought, letters) == 1, share)


def _common(elements: Iterable[HtmlElement]) -> HtmlElement:
    """The innermost element that holds them all."""
    chains = [[*reversed(list(element.iterancestors())), element] for element in elements]
    shared = reduce(lambda one, other: [a for a, b in zip(one, other, strict=False) if a is b], chains)
    return shared[-1]


def _count(words: list[str], letters: str) -> int:
    """How often the words stand in the letters of the page."""
    return letters.count(letters_of(" ".join(words)).text.casefold())
