"""A page of a PDF as the site shows it: a small grey picture, untouched, and beside it where the quotes of it stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import pypdfium2 as pdfium
from PIL import Image

from minutebook.extract.reading import ocr
from minutebook.extract.showing.boxes import Placement, loaded_page, page_boxes
from minutebook.extract.showing.picture import scale_of

# Pixels: type of ten points can be read on a page of A4, and is sharp on a phone.
WIDTH = 1200
# Bits of grey a pixel: fewer are for photographs and stained scans, whose file would be larger than this, in bytes.
BITS = (4, 2)
LARGE = 150_000


@dataclass(frozen=True)
class Illustration:
    """A PNG with its size in pixels; `boxes` has an entry a stretch: rectangles as left, top, right and bottom.

    They are shares (0 to 1) of the width and the height of the page; a stretch that was not found has none.
    """

    png: bytes
    width: int
    height: int
    boxes: list[list[list[float]]]


def illustrate(
    data: bytes, source: str, *, page: int, page_text: str, stretches: Sequence[tuple[int, int]]
) -> Illustration:
    """Draw a page (counted from 1) and find stretches of its canonical text. Raises as `loaded_page` does."""
    with loaded_page(data, page) as opened:
        placements = _placements(opened, page_text, stretches)
        width, height = opened.get_size()
        scale = scale_of(width, height, WIDTH)
        image = opened.render(scale=scale, grayscale=True, limit_image_cache=True).to_pil().convert("L")
    sides = (width, height, width, height)
    boxes = [
        [[round(min(max(edge / side, 0), 1), 5) for edge, side in zip(box, sides, strict=True)] for box in found.boxes]
        for found in placements
    ]
    return Illustration(_png(image), image.width, image.height, boxes)


def _placements(opened: pdfium.PdfPage, page_text: str, stretches: Sequence[tuple[int, int]]) -> list[Placement]:
    """Where they stand; nowhere on a scan that Tesseract gives up."""
    try:
        return page_boxes(opened, page_text, stretches, ocr.words if ocr.available() else None)
    except RuntimeError:
        return [Placement([], 0.0) for _ in stretches]


def _png(image: Image.Image) -> bytes:
    """The picture in so few greys that its file is small, if that can be."""
    for bits in BITS:
        step = 255 / (2**bits - 1)
        few = image.point([round(light / step) for light in range(256)])
        few.putpalette([round(shade * step) for shade in range(2**bits) for _ in "rgb"])
        out = BytesIO()
        few.save(out, "PNG", bits=bits)
        if out.tell() <= LARGE:
            break
    return out.getvalue()
