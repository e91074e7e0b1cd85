"""Sorted pages and streamed CSV without lost rows: ties are broken by the key on the first page as on the later ones.

Datasette 0.65 orders the first page by the sort column alone and the next pages by that column and the key, so rows
tied at a page boundary vanish or come twice. The method is 500 lines long and has no hook there: one line is added to
its source. If that source is not what we know, Datasette does not start.
"""

import inspect
import textwrap
from typing import Any

from datasette.views.table import TableView

KNOWN = """
        if order_by:
            order_by = f"order by {order_by}"
"""
ADDED = """
        if (sort or sort_desc) and not is_view and not _next:
            order_by = f"{order_by}, {order_by_pks}"
"""


def break_ties() -> None:
    """Replace `TableView._data_traced`, once in a process."""
    original = TableView._data_traced
    if hasattr(original, "breaks_ties"):
        return
    source = inspect.getsource(original)
    if source.count(KNOWN) != 1:
        raise RuntimeError(
            "Datasette has changed: check whether its sorted pages still lose rows, then mend tiebreak.py"
        )
    names: dict[str, Any] = {}
    code = compile(textwrap.dedent(source.replace(KNOWN, ADDED + KNOWN)), inspect.getfile(TableView), "exec")
    exec(code, original.__globals__, names)  # noqa: S102 the library's own source
    TableView._data_traced = names["_data_traced"]
    TableView._data_traced.breaks_ties = True


break_ties()
