"""`minutebook show`: some words of a file, as a picture of their page or as their place in a web page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from minutebook import MinutebookError
from minutebook.extract import sniff
from minutebook.extract.document import Document
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading import read
from minutebook.extract.showing.letters import letters_of
from minutebook.extract.showing.link import page_link

Place = tuple[int, int, int]


def show_words(data: bytes, name: str, wanted: str | Place, url: str | None, picture: Path | None) -> Iterator[str]:
    """Lines for people that say where words of a file are; for a PDF, the picture of the page is written.

    `wanted` is the words, or a page, start and end in its canonical text. `url` is the address of the file. `picture`
    is the file to write; without, it is named after `name` and the page.
    Raises `UnreadableDocument`, or `MinutebookError` with code `not_found` or `not_written`.
    """
    document = read(data, name)
    if isinstance(wanted, str):
        found = occurrences(document, wanted)
        places = document.places(*found[0])
        if len(found) > 1:
            yield f"The words occur {len(found)} times; this is the first. Give more of them to see another."
        if len(places) > 1:
            yield f"They go on on page {places[1][0]}; this is their beginning."
    else:
        places = [_checked(document, wanted)]
    if document.media_type == sniff.PDF:
        yield from _on_page(data, document, places[0], picture or Path(f"{Path(name).stem}-page-{places[0][0]}.png"))
        yield from [f"Link: {page_link(url, places[0][0])}"] if url else []
    elif document.media_type == sniff.HTML:
        yield from _in_web_page(data, places[0], url)
    else:
        raise MinutebookError("no_picture", f"{name} has no pages to draw: it is neither a PDF nor a web page.")


def occurrences(document: Document, words: str) -> list[tuple[int, int]]:
    """Where the words stand in the text, from whole word to whole word. Raises `MinutebookError`."""
    text, sought = letters_of(document.text), letters_of(words).text.lower()
    hits = [hit.span() for hit in re.finditer(re.escape(sought), text.text.lower())] if sought else []
    whole = [(start, end) for start, end in hits if text.starts[start] and text.starts[end]]
    if not whole:
        raise MinutebookError("not_found", f"The words are not in {document.source}. Copy them from it, whole words.")
    return [(text.origins[start], text.origins[end - 1] + 1) for start, end in whole]


def _checked(document: Document, place: Place) -> Place:
    """The place, if the document has it."""
    number, start, end = place
    pages = document.pages
    if not 1 <= number <= len(pages):
        raise UnreadableDocument("no_such_page", f"There is no page {number}: {document.source} has {len(pages)}.")
    if not 0 <= start < end <= len(pages[number - 1].text):
        length = len(pages[number - 1].text)
        raise MinutebookError("not_found", f"Page {number} has {length} characters: {start} to {end} are none of them.")
    return place


def _on_page(data: bytes, document: Document, place: Place, picture: Path) -> Iterator[str]:
    from minutebook.extract.reading import ocr
    from minutebook.extract.showing.boxes import quote_boxes  # PDFium and Pillow are loaded only when there is a PDF
    from minutebook.extract.showing.picture import page_picture

    number, start, end = place
    scan = ocr.words if document.pages[number - 1].reader == "tesseract" else None
    placement = quote_boxes(data, number, document.pages[number - 1].text, start, end, scan)
    drawn = page_picture(data, number, placement.boxes)
    try:
        picture.write_bytes(drawn)
    except OSError as error:
        raise MinutebookError("not_written", f"{picture} cannot be written: {error.strerror}.") from None
    yield f"Page {number}, marked in {picture}{_hedge(placement.share)}."


def _in_web_page(data: bytes, place: Place, url: str | None) -> Iterator[str]:
    from minutebook.extract.showing.web import web_place

    found = web_place(data, *place)
    yield f"Part {place[0]}, in the element {found.path}{_hedge(found.share)}."
    yield from [f"Link: {found.link(url)}"] if url else []


def _hedge(share: float) -> str:
    return "" if share == 1 else f" (approximately: {share:.0%} of the words' letters were found there)"
