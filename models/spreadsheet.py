"""What a spreadsheet must not be given as it is: what it takes for a formula, characters and lengths it cannot hold.

Only exports made for spreadsheets go through here; plain CSV and JSON stay exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from minutebook.models.errors import StoreError

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it Excel does not take a CSV for UTF-8
LONGEST = 32_700  # characters; a cell holds 32,767
MOST_ROWS = 1_048_575  # below the headings
CUT = " … [cut: a spreadsheet cell holds no more]"
# https://owasp.org/www-community/attacks/CSV_Injection, and the wide forms that East Asian versions take for the same
FORMULA = tuple("=+-@\t\r\n＝＋－＠")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")
_ROUNDED = re.compile(r"\d{12,}")  # a number so long is shown as 1.23E+11, and from 16 digits on, as ids have, rounded
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """A text without control characters and halves of characters, which no spreadsheet and no XML may hold.

    >>> fit("a\\x00b")
    'ab'
    """
    return _UNFIT.sub("", text)


def harmless(value: Any) -> Any:
    """A cell that a spreadsheet shows as it is: an apostrophe stands before what it would take for a formula or round.

    >>> harmless("=1+1"), harmless("-5"), harmless("- noted"), harmless(-5), harmless(9007199254740991)
    ("'=1+1", '-5', "'- noted", -5, "'9007199254740991")
    """
    if value is None or isinstance(value, float):
        return value
    text = _held(str(value))
    odd = text.startswith(FORMULA) and not _NUMBER.fullmatch(text)
    return f"'{text}" if odd or _ROUNDED.fullmatch(text) else value if isinstance(value, int) else text


def _held(text: str) -> str:
    text = fit(text)
    return text[:LONGEST] + CUT if len(text) > LONGEST else text


def write_workbook(
    rows: Iterable[Sequence[Any]], columns: Mapping[str, str], name: str, description: str, out: BinaryIO
) -> int:
    """Write a workbook of two sheets, the rows and what `columns` (name to description) mean; returns the rows.

    Text is written as text, whatever it looks like. Raises `StoreError` if there are more rows than a sheet holds.
    """
    with Workbook(out, {"constant_memory": True}) as book:
        sheet, meanings = (book.add_worksheet(title) for title in (name[:31], "What the columns mean"))
        for each in (sheet, meanings):
            each.add_write_handler(str, _as_text)
            each.add_write_handler(int, _as_number)
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns, book.add_format({"bold": True}))
        count = 0
        for count, row in enumerate(rows, 1):
            if count > MOST_ROWS:
                raise StoreError("too_many_rows", f"A sheet holds {MOST_ROWS:,} rows. Take fewer days, or CSV.")
            sheet.write_row(count, 0, row)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        meanings.write(0, 0, description)
        for line, meaning in enumerate(columns.items(), 2):
            meanings.write_row(line, 0, meaning)
    return count


def _as_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> Any:
    return sheet.write_string(row, column, _held(text), style)


def _as_number(sheet: Worksheet, row: int, column: int, number: int, style: Format | None = None) -> Any:
    if _ROUNDED.fullmatch(str(number)):
        return sheet.write_string(row, column, str(number), style)
    return sheet.write_number(row, column, number, style)
