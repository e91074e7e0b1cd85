"""A picture of a PDF page with a quote marked as if by a highlighter."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from math import sqrt

from PIL import Image, ImageChops, ImageDraw

from minutebook.extract.showing.boxes import Box, loaded_page

YELLOW = (255, 236, 92)
# Pixels of the largest picture: a page of A3 at 200 dots an inch. Pages of a mile are shown smaller.
MOST_PIXELS = 8_000_000
# Text in black, the marks and the odd crest need no more, and the file has half the size.
COLOURS = 64


def page_picture(data: bytes, page: int, boxes: Iterable[Box], width: int = 1000) -> bytes:
    """A PNG of a page (counted from 1), so many pixels wide, with the boxes in yellow and their text left black.

    A page so large or so long that the picture would pass `MOST_PIXELS` is shown smaller.
    Raises `UnreadableDocument`, as `loaded_page` does.
    """
    with loaded_page(data, page) as opened:
        scale = scale_of(opened.get_width(), opened.get_height(), width)
        image = opened.render(scale=scale, limit_image_cache=True).to_pil().convert("RGB")
    marks = Image.new("RGB", image.size, "white")
    draw = ImageDraw.Draw(marks)
    for box in boxes:
        draw.rectangle([edge * scale for edge in box], fill=YELLOW)
    out = BytesIO()
    ImageChops.multiply(image, marks).quantize(COLOURS).save(out, "PNG", optimize=True)
    return out.getvalue()


def scale_of(page_width: float, page_height: float, width: int) -> float:
    """Pixels a point, of a picture so many pixels wide or, where that would be too large, smaller."""
    return min(width / page_width, sqrt(MOST_PIXELS / (page_width * page_height)))
