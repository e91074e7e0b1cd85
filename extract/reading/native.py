"""PDFium's functions, declared with plain addresses: to convert arguments costs as much as the calls themselves.

Names are PDFium's without the prefix; `fpdf_text.h`, `fpdfview.h` and `fpdf_edit.h` say what they do.
"""

from __future__ import annotations

import ctypes
from typing import Any

import pypdfium2.raw as raw


def address_of(handle: Any) -> int:
    """The address of a page or text page, as the functions here take it."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def _function(name: str, *arguments: Any, result: Any = ctypes.c_int) -> Any:
    return ctypes.PYFUNCTYPE(result, *arguments)(address_of(getattr(raw, name)))


_P, _I = ctypes.c_void_p, ctypes.c_int
get_text = _function("FPDFText_GetText", _P, _I, _I, _P)
get_unicode = _function("FPDFText_GetUnicode", _P, _I, result=ctypes.c_uint)
get_box = _function("FPDFText_GetCharBox", _P, _I, _P, _P, _P, _P)
get_text_object = _function("FPDFText_GetTextObject", _P, _I, result=_P)
get_font = _function("FPDFTextObj_GetFont", _P, result=_P)
get_size = _function("FPDFText_GetFontSize", _P, _I, result=ctypes.c_double)
get_matrix = _function("FPDFText_GetMatrix", _P, _I, _P)
get_weight = _function("FPDFText_GetFontWeight", _P, _I)
get_font_info = _function("FPDFText_GetFontInfo", _P, _I, _P, ctypes.c_ulong, _P, result=ctypes.c_ulong)
has_map_error = _function("FPDFText_HasUnicodeMapError", _P, _I)
count_objects = _function("FPDFPage_CountObjects", _P)
get_object = _function("FPDFPage_GetObject", _P, _I, result=_P)
count_form_objects = _function("FPDFFormObj_CountObjects", _P)
get_form_object = _function("FPDFFormObj_GetObject", _P, ctypes.c_ulong, result=_P)
get_type = _function("FPDFPageObj_GetType", _P)
get_bounds = _function("FPDFPageObj_GetBounds", _P, _P, _P, _P, _P)
get_object_matrix = _function("FPDFPageObj_GetMatrix", _P, _P)
count_segments = _function("FPDFPath_CountSegments", _P)
get_segment = _function("FPDFPath_GetPathSegment", _P, _I, result=_P)
get_point = _function("FPDFPathSegment_GetPoint", _P, _P, _P)
get_segment_type = _function("FPDFPathSegment_GetType", _P)
