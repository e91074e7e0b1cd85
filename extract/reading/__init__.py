"""Bytes in, a document of canonical text out: one reader for each form that papers come in.

A PDF goes through these, page by page or over all pages where repetition tells:

| module | what it does |
|---|---|
| `typeset`, `drawing` | PDFium's words and rules, with their boxes, as the page is shown (`native`: its functions) |
| `scans` | pages without a text layer, or with a nonsense one (`legible`), go to Tesseract (`ocr`) |
| `strikes` | marks words that a rule is drawn through |
| `geometry` | words to lines |
| `starts`, `bookmarks` | where the papers of a pack begin |
| `furniture` | running headers, footers, page numbers and stamps are left out |
| `tables` | pdfplumber's table finder takes the pages whose rules make cells |
| `columns` | two columns of text, one after the other |
| `paragraphs` | lines to paragraphs, aligned rows and margin notes |

`markup`, `web` and `service` read web pages and a committee system's XML, `word`, `numbering` and `old_word` Word,
`text` plain text. `repair` mends characters and broken words for all; `limits` bounds them.
"""

from __future__ import annotations

import hashlib

from minutebook.extract import sniff
from minutebook.extract.document import Document, Notice, assemble
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.headers import with_headers
from minutebook.extract.reading.limits import MAX_BYTES, refuse_long

UNKNOWN_PAGE = [Notice("unknown_page", "The page is not of a known committee system, so parts of it may be misread.")]


def read(data: bytes, source: str = "") -> Document:
    """Read a document of any known form.

    `source` is the name it is reported under; the form is told by the bytes. Raises `UnreadableDocument`.
    """
    if len(data) > MAX_BYTES:
        raise UnreadableDocument("too_large", f"The file has {len(data):,} bytes; the limit is {MAX_BYTES:,}.")
    media = sniff.media_type(data)
    if media == sniff.HTML and source.lower().endswith(".pdf"):
        message = "It is a web page under the name of a PDF, as a site sends when it refuses one. Fetch it again."
        raise UnreadableDocument("not_a_pdf", message)
    document = Document(source, hashlib.sha256(data).hexdigest(), media)
    if media == sniff.PDF:
        from minutebook.extract.reading.pdf import read_pdf  # PDFium is loaded only when there is a PDF

        pages, document.notices, document.starts = read_pdf(data)
    elif media == sniff.HTML:
        from minutebook.extract.reading.web import read_html

        pages, document.form = read_html(data)
        document.notices = UNKNOWN_PAGE if document.form == "web_page" else []
    elif media == sniff.XML:
        from minutebook.extract.reading.service import read_xml

        pages, document.form = read_xml(data), "meeting_page"
    elif media == sniff.DOCX:
        from minutebook.extract.reading.word import read_docx

        pages = read_docx(data)
    elif media == sniff.DOC:
        from minutebook.extract.reading.old_word import read_doc

        pages = read_doc(data)
    else:
        from minutebook.extract.reading.text import read_text

        pages = read_text(data)
    assemble(document, pages)
    document.blocks = with_headers(document.blocks)
    refuse_long(len(document.pages), len(document.text))
    return document
