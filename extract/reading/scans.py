"""The pages of a PDF without a usable text layer: read by OCR where Tesseract is installed, else named in a notice."""

from __future__ import annotations

import pypdfium2 as pdfium

from minutebook.extract.document import Notice
from minutebook.extract.reading import legible, ocr
from minutebook.extract.reading.geometry import Word
from minutebook.extract.reading.limits import MAX_OCR_PAGES

WITHOUT = {
    "scan": ("no_text_layer", "is a scan without a text layer"),
    "nonsense text layer": ("broken_text_layer", "has a text layer whose characters are nonsense"),
}


class Scans:
    """What becomes of one document's pages: `read` holds, by page number, why a page was read by OCR."""

    def __init__(self) -> None:
        self.read: dict[int, str] = {}
        self.tried = 0
        self.notices: list[Notice] = []

    def words(self, page: pdfium.PdfPage, number: int, found: list[Word]) -> list[Word]:
        """The words of a page: those found in its text layer, or those of OCR; a nonsense text layer counts as none."""
        fault = legible.fault(page, [word.text for word in found])
        if fault is None:
            return found
        code, what = WITHOUT[fault]
        usable = found if fault == "scan" else []
        if not ocr.available():
            return self._noted(usable, number, code, f"{what}. Install Tesseract and read the document again.")
        if self.tried == MAX_OCR_PAGES:
            return self._noted(usable, number, "ocr_limit", f"{what}; only {MAX_OCR_PAGES} pages are read by OCR.")
        self.tried += 1
        try:
            seen = ocr.words(page)
        except RuntimeError as error:
            return self._noted(usable, number, "ocr_failed", f"{what}, and OCR failed ({error}). Look at the page.")
        if not seen or legible.is_nonsense(word.text for word in seen):
            return self._noted(usable, number, "ocr_empty", f"{what}, and OCR found no words. Look at the page.")
        self.read[number] = fault
        return self._noted(seen, number, "ocr", f"{what} and was read by OCR. Check the words against the picture.")

    def _noted(self, words: list[Word], number: int, code: str, what: str) -> list[Word]:
        self.notices.append(Notice(code, f"Page {number} {what}", number))
        return words
