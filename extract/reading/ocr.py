"""Pages that are pictures, read by Tesseract: words with their boxes, as a text layer would give them."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from functools import cache

import pypdfium2 as pdfium
from lxml import etree

from minutebook.extract.reading.geometry import Word
from minutebook.extract.reading.limits import MAX_OCR_PIXELS, OCR_SECONDS
from minutebook.extract.reading.repair import characters

DPI = 300
# Tesseract's own certainty, in per cent: strokes and stains that it takes for words stay below.
LEAST_CERTAIN = 30.0
LANGUAGES = ("eng", "cym")
RULES = re.compile(r"^[|¦_~]+$")
PROPERTY = re.compile(r"(\w+) ([^;]+)")


def available() -> bool:
    """Whether Tesseract is installed here."""
    return shutil.which("tesseract") is not None


def words(page: pdfium.PdfPage) -> list[Word]:
    """The words of a page's picture, in points from the top left.

    Raises `RuntimeError` if Tesseract fails or takes longer than `OCR_SECONDS`.
    """
    import pytesseract  # loads Pillow: only for scans

    os.environ.setdefault("OMP_THREAD_LIMIT", "1")  # with documents side by side, threads only slow each other
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_OCR_PIXELS / (width * height)) ** 0.5)
    found = pytesseract.image_to_pdf_or_hocr(
        page.render(scale=scale, grayscale=True).to_pil(),
        lang=_languages(),
        config=f"--dpi {max(70, round(72 * scale))}",
        extension="hocr",
        timeout=OCR_SECONDS,
    )
    return list(_words(found, scale))


@cache
def _languages() -> str:
    import pytesseract

    installed = pytesseract.get_languages()
    return "+".join(language for language in LANGUAGES if language in installed) or LANGUAGES[0]


def _words(hocr: bytes, scale: float) -> Iterator[Word]:
    """Words from hOCR, whose lengths are in pixels. All words of a line stand where it starts, though it lay askew."""
    root = etree.fromstring(hocr, etree.XMLParser(resolve_entities=False, no_network=True))
    for element in root.iterfind(".//{*}span[{*}span]"):
        line = _properties(element)
        if "baseline" not in line:
            continue  # a line that runs up or down the page
        base, size = line["bbox"][3] + line["baseline"][1], line["x_size"][0]
        for word in element:
            own, text = _properties(word), characters("".join(map(str, word.itertext())))
            if text.strip() and own["x_wconf"][0] >= LEAST_CERTAIN and not RULES.match(text):
                x0, _, x1, _ = own["bbox"]
                yield Word(text, x0 / scale, x1 / scale, base / scale, size / scale)


def _properties(element: etree._Element) -> dict[str, list[float]]:
    """The numbers of an hOCR title: `bbox 10 20 30 40; baseline 0.01 -8; x_size 35`."""
    found = PROPERTY.findall(element.get("title") or "")
    return {name: [float(number) for number in numbers.split()] for name, numbers in found}
