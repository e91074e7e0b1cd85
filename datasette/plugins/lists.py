"""A list in words: what it shows, the form that narrows it down, its orders, and files of exactly what is shown."""

from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.facets import ColumnFacet
from datasette.utils import escape_sqlite
from datasette.utils.asgi import Request

from minutebook.models.site import DATABASE, table_config

Pairs = list[tuple[str, str]]
App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

COUNTED = 5_000  # rows; more take too long to be counted by value on every page, so only when a reader asks

# One and several of the rows of each table.
NOUNS = {
    "resolutions": ("decision", "decisions"),
    "recommendations": ("recommendation", "recommendations"),
    "actions": ("action", "actions"),
    "attendances": ("attendance", "attendances"),
    "interests": ("declaration of interest", "declarations of interest"),
    "meetings": ("meeting", "meetings"),
    "people": ("person", "people"),
    "authorities": ("authority", "authorities"),
    "committees": ("committee", "committees"),
    "agenda_items": ("item of business", "items of business"),
    "documents": ("paper", "papers"),
    "recorded_votes": ("recorded vote", "recorded votes"),
    "delegated_decisions": ("delegated decision", "delegated decisions"),
    "completeness": ("authority's year", "authorities' years"),
    "troubles": ("source that looks broken", "sources that look broken"),
    "gaps": ("paper that could not be read", "papers that could not be read"),
    "runs": ("run", "runs"),
    "tallies": ("figure", "figures"),
    "pages": ("page", "pages"),
    "evidence": ("piece of evidence", "pieces of evidence"),
}
# What the form asks of each table, as parameters of Datasette, besides words and authority.
WHEN = ("committee__contains", "meeting_date__gte", "meeting_date__lte")
ASKED = {
    "resolutions": (*WHEN, "outcome", "mover__contains"),
    "recommendations": (*WHEN, "outcome", "addressed_to__contains"),
    "actions": (*WHEN, "owner__contains", "tier"),
    "attendances": (*WHEN, "name__contains", "status"),
    "interests": (*WHEN, "name__contains", "kind"),
    "meetings": (*WHEN, "status"),
    "documents": (*WHEN, "kind"),
    "people": ("name__contains",),
}
CHOSEN = {"authority", "outcome", "status", "kind", "tier"}  # from a list of the values there are
LABELS = {
    "_search": "Words",
    "committee__contains": "Committee",
    "meeting_date__gte": "From",
    "meeting_date__lte": "To",
    "mover__contains": "Moved by",
    "addressed_to__contains": "To whom",
    "owner__contains": "Who is to do it",
    "name__contains": "Name",
}
# How each condition reads in the heading.
CLAUSES = {
    "_search": "about “{}”",
    "authority": "of {}",
    "committee": "of the {}",
    "committee__contains": "of committees called “{}”",
    "meeting_date": "on {}",
    "meeting_date__gte": "from {}",
    "meeting_date__lte": "to {}",
    "year": "in {}",
    "mover__contains": "moved by “{}”",
    "addressed_to__contains": "to “{}”",
    "owner": "for {}",
    "owner__contains": "for “{}”",
    "name__contains": "of “{}”",
    "outcome": "with the outcome “{}”",
    "status": "with the status “{}”",
    "kind": "of the kind “{}”",
    "_where": "by a condition of your own",
}
LOOKUPS = {
    "exact": "is",
    "not": "is not",
    "gte": "from",
    "gt": "above",
    "lte": "up to",
    "lt": "below",
    "notlike": "is not like",
}
# Columns to sort by, with words for descending and ascending.
SORTS = {
    "meeting_date": ("newest first", "oldest first"),
    "name": (None, "by name"),
    "meetings": ("most meetings first", None),
    "votes_against": ("most votes against first", None),
    "due_date": (None, "earliest due first"),
    "found_on": ("newly found first", None),
}
SHOWN_ONLY = {"_next", "_size", "_nofacet", "_nocount"}  # parameters of the page, not of what it selects

# Every value of an indexed column, a seek for each instead of a look at every row.
VALUES = """
with recursive found(value) as (
    select min({column}) from {table}
    union all select (select min({column}) from {table} where {column} > value) from found where value is not null
) select value from found where value is not null
"""


def is_condition(parameter: str) -> bool:
    """Whether a parameter narrows a list down, as Datasette has it."""
    return parameter in ("_search", "_where") or not parameter.startswith("_") or "__" in parameter


def clause(parameter: str, value: str, words: dict[str, Any]) -> str:
    """A condition as it reads in the heading; `words` are our filters."""
    column, _, lookup = parameter.partition("__")
    said = words["uk_date"](value) if column.endswith("_date") or column == "found_on" else words["plain"](value)
    if parameter in CLAUSES:
        return CLAUSES[parameter].format(value if parameter == "_search" else said)
    if column.endswith("_id") and not lookup:
        return f"of one {words['plain'](column[:-3])}"
    return f"where {words['heading'](column).lower()} {LOOKUPS.get(lookup or 'exact', words['plain'](lookup))} “{said}”"


def sorts(table: str, pairs: Pairs) -> list[dict[str, Any]]:
    """The orders a reader can choose, each with its address and whether it holds."""
    config = table_config(table)
    rest = [(key, value) for key, value in pairs if key not in {"_sort", "_sort_desc", *SHOWN_ONLY}]
    now = [pair for pair in pairs if pair[0] in ("_sort", "_sort_desc")]
    now = now or [(f"_{key}", config[key]) for key in ("sort", "sort_desc") if key in config]
    found = []
    for column, both in SORTS.items():
        for key, words in zip(("_sort_desc", "_sort"), both, strict=True):
            if words and column in config.get("sortable_columns", ()):
                address = "?" + urlencode([*rest, (key, column)])
                found.append({"words": words, "address": address, "holds": now == [(key, column)]})
    return found


async def fields(database: Database, table: str, pairs: Pairs) -> list[dict[str, Any]]:
    """The fields of the form, with what was asked."""
    config = table_config(table)
    asked = ["_search"] * ("fts_table" in config) + ["authority"] * ("authority" in config["columns"])
    found: list[dict[str, Any]] = []
    for name in [*asked, *ASKED.get(table, ())]:
        field = {"name": name, "label": LABELS.get(name), "value": dict(pairs).get(name, ""), "type": "text"}
        if name in CHOSEN:
            sql = VALUES.format(column=escape_sqlite(name), table=escape_sqlite(table))
            field["choices"] = [row["value"] for row in await database.execute(sql)]
        elif name.startswith("meeting_date"):
            field["type"] = "date"
        found.append(field)
    return found


async def describe(datasette: Datasette, request: Request, table: str) -> dict[str, Any]:
    """All that the page of a list says besides its rows."""
    renamed = hasattr(datasette, "get_jinja_environment")  # in 1.0
    words = (datasette.get_jinja_environment(request) if renamed else datasette.jinja_env).filters
    pairs = [(key, value) for key, value in parse_qsl(request.query_string) if key not in SHOWN_ONLY]
    order = [*CLAUSES]
    conditions = sorted(
        (pair for pair in pairs if is_condition(pair[0])),
        key=lambda pair: order.index(pair[0]) if pair[0] in order else len(order),
    )
    selected = [(key, value) for key, value in pairs if not key.startswith("_facet")]
    form = await fields(datasette.get_database(DATABASE), table, pairs)
    asked = {field["name"] for field in form}
    one, several = NOUNS[table]
    return {
        "one": one,
        "several": several,
        "clauses": [
            {
                "words": clause(key, value, words),
                "without": "?" + urlencode([pair for pair in pairs if pair != (key, value)]),
            }
            for key, value in conditions
        ],
        "fields": form,
        "kept": [pair for pair in selected if pair[0] not in asked],
        "sorts": sorts(table, pairs),
        "first": urlencode(pairs),
        "csv": _address(datasette, table, "csv", [*selected, ("_stream", "on"), ("_size", "max"), ("_dl", "on")]),
        "json": _address(datasette, table, "json", [*selected, ("_shape", "objects")]),
        "countable": [
            {"column": column, "address": "?" + urlencode([*selected, ("_facet", column)]) + "#narrow"}
            for column in table_config(table).get("facets", ())
        ],
    }


def _address(datasette: Datasette, table: str, extension: str, pairs: Pairs) -> str:
    return f"{datasette.urls.table(DATABASE, table)}.{extension}?{urlencode(pairs)}"


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None, database: str | None, table: str | None, view_name: str
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`listing`, on the page of a table only."""

    async def listing() -> dict[str, Any]:
        if view_name != "table" or database != DATABASE or table not in NOUNS or request is None:
            return {}
        return {"listing": await describe(datasette, request, table)}

    return listing


def count_only_what_is_quick() -> None:
    """Have Datasette count the rows by value only where there are few, or where the address asks; once in a process."""
    original = ColumnFacet.get_configs
    if hasattr(original, "counts_only_what_is_quick"):
        return

    def get_configs(self: ColumnFacet) -> list[dict[str, Any]]:
        few = self.row_count is not None and self.row_count <= COUNTED
        return [config for config in original(self) if few or config["source"] == "request"]

    get_configs.counts_only_what_is_quick = True  # type: ignore[attr-defined]
    ColumnFacet.get_configs = get_configs


count_only_what_is_quick()


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Take fields that were left empty out of an address: to Datasette they are conditions that no row meets."""
    lists = {datasette.urls.table(DATABASE, table) for table in NOUNS}

    def wrap(app: App) -> App:
        async def without_blanks(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["path"] in lists:
                pairs = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
                if any(not value.strip() for _, value in pairs):
                    query = urlencode([pair for pair in pairs if pair[1].strip()])
                    await Response.redirect(f"{scope['path']}?{query}" if query else scope["path"]).asgi_send(send)
                    return
            await app(scope, receive, send)

        return without_blanks

    return wrap
