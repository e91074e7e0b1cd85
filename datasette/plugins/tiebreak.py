"""Sorted pages and streamed CSV without lost rows: ties are broken by the key on the first page as on the later ones.

Datasette orders the first page by the sort column alone and the next pages by that column and the key, so rows tied at
a page boundary vanish or come twice. The function is 500 lines long and has no hook there: one line is added to its
source, which is a method in 0.65 and stands by itself in 1.0. If that source is not what we know, Datasette does not
start.
"""

import inspect
import textwrap
from typing import Any

from datasette.views import table

KNOWN = """
    if order_by:
        order_by = f"order by {order_by}"
"""
ADDED = """
    if (sort or sort_desc) and not is_view and not _next:
        order_by = f"{order_by}, {order_by_pks}"
"""


def break_ties(owner: Any, name: str) -> None:
    """Replace the function of that name, once in a process."""
    original = getattr(owner, name)
    if hasattr(original, "breaks_ties"):
        return
    source = textwrap.dedent(inspect.getsource(original))
    if source.count(KNOWN) != 1:
        raise RuntimeError(
            "Datasette has changed: check whether its sorted pages still lose rows, then mend tiebreak.py"
        )
    names: dict[str, Any] = {}
    code = compile(source.replace(KNOWN, ADDED + KNOWN), inspect.getfile(original), "exec")
    exec(code, original.__globals__, names)  # noqa: S102 the library's own source
    names[name].breaks_ties = True
    setattr(owner, name, names[name])


break_ties(*((table.TableView, "_data_traced") if hasattr(table, "TableView") else (table, "table_view_data")))
