"""Search, `/search?q=`: one search over all that is published, grouped by kind, each hit with its words marked."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils import escape_fts
from datasette.utils.asgi import Request
from jinja2 import Environment
from markupsafe import Markup, escape

from minutebook.models.site import DATABASE

LONGEST = 200  # characters of a search
SHOWN = 5  # hits of each kind
SORTED = 2_000  # matches that are counted and sorted; if there are more, days are walked back until enough are found
COUNTED = 20_000  # matches that are gathered first; if there are more, each row on the way is asked whether it matches
PAGES_SORTED = 500
PATIENCE = 700  # milliseconds for each kind
BEGIN, END = "\x02", "\x03"  # round a match: characters that no paper has, and no browser takes for markup
MARKED = re.compile(f"{BEGIN}([^{BEGIN}{END}]*){END}")
CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


@dataclass(frozen=True)
class Kind:
    """What is searched: a table, its name for people, its column of days, and what is shown of it beside the match."""

    table: str
    title: str
    day: str | None = "meeting_date"
    also: tuple[str, ...] = ("committee", "authority")
    listed: bool = True  # there is a list of it that can be searched too


FACT = ("committee", "authority", "evidence_id", "item_title")
KINDS = (
    Kind("resolutions", "Decisions", also=(*FACT, "outcome")),
    Kind("recommendations", "Recommendations", also=(*FACT, "outcome")),
    Kind("actions", "Actions", also=(*FACT, "owner")),
    Kind("delegated_decisions", "Decisions of officers and cabinet members", "decided", ("authority",)),
    Kind("interests", "Interests", also=(*FACT, "kind")),
    Kind("meetings", "Meetings"),
    Kind("people", "People", None, ("authority",)),
    Kind("documents", "Papers, by title"),
)

PAPERS = Kind("pages", "Words in the papers", listed=False)

MATCHES = "select count(*) from (select 1 from {table}_fts where {table}_fts match :words limit :most)"
FEW = """
select found.id, count(*) over () as number
from (select rowid from {table}_fts where {table}_fts match :words) as matched
cross join {table} as found on found.id = matched.rowid
where {wanted} order by {order} limit :shown
"""
SOME = """
select found.id from {table} as found
where +found.id in (select rowid from {table}_fts where {table}_fts match :words) and {wanted}
order by {order} limit :shown
"""  # the plus keeps SQLite from taking the matches one by one and sorting them
MANY = """
select found.id from {table} as found cross join {table}_fts on {table}_fts.rowid = found.id
where {table}_fts match :words and {wanted} order by {order} limit :shown
"""
HITS = """
select found.id, {columns}, snippet({table}_fts, -1, char(2), char(3), '…', 32) as words
from {table}_fts join {table} as found on found.id = {table}_fts.rowid
where {table}_fts match :words and {table}_fts.rowid in ({ids})
"""
PAGES = """
with found as (
    select evidence.id as evidence_id, evidence.document as item_title, evidence.page, evidence.page_id,
        found.meeting_date as day, found.committee, found.authority
    from (select rowid from pages_fts where pages_fts match :words limit :most) as matched
    cross join evidence on evidence.id = (select min(id) from evidence where page_id = matched.rowid)
    join documents as found on found.id = evidence.document_id
    where {wanted} order by day desc limit :shown
)
select found.*, snippet(pages_fts, 0, char(2), char(3), '…', 32) as words
from found cross join pages_fts on pages_fts.rowid = found.page_id where pages_fts match :words order by day desc
"""


def marked(text: str | None) -> Markup:
    """A snippet with its matches in `mark`, all else escaped."""
    shown = MARKED.sub(r"<mark>\1</mark>", str(escape(text or "")))
    return Markup(CONTROL.sub(" ", shown))  # noqa: S704 escaped above


def asked(request: Request) -> dict[str, str]:
    """The search and its filters, cleaned; a day that is none is left out."""
    given = {name: CONTROL.sub(" ", request.args.get(name) or "").strip() for name in ("q", "authority")}
    days = {name: (request.args.get(name) or "").strip() for name in ("since", "until")}
    return {name: value[:LONGEST] for name, value in given.items()} | {name: _day(day) for name, day in days.items()}


def _day(text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


async def find(database: Database, kind: Kind, wanted: Mapping[str, str]) -> dict[str, Any] | None:
    """The newest hits of a kind, and how many there are: null if they were not counted. Null if there is none."""
    conditions, values = _conditions(kind, wanted)
    order = f"found.{kind.day} desc, found.id" if kind.day else "found.name, found.id"
    names = {"table": kind.table, "wanted": conditions, "order": order}
    values |= {"words": escape_fts(wanted["q"]), "shown": SHOWN, "most": COUNTED + 1}

    async def rows(sql: str, **more: str) -> list[Any]:
        found = await database.execute(sql.format(**names, **more), values, custom_time_limit=PATIENCE)
        return list(found.rows)

    try:
        matches = (await rows(MATCHES))[0][0]
        if not matches:
            return None
        few = matches <= SORTED
        newest = await rows(FEW if few else SOME if matches <= COUNTED else MANY)
        if not newest:
            return None
        shown = [f"found.{column}" for column in kind.also]
        columns = ", ".join([f"found.{kind.day} as day" if kind.day else "null as day", *shown])
        ids = [row["id"] for row in newest]
        hits = {row["id"]: dict(row) for row in await rows(HITS, columns=columns, ids=", ".join(map(str, ids)))}
    except QueryInterrupted:
        return {"kind": kind, "hits": []}
    found = {"kind": kind, "hits": [hits[id_] for id_ in ids]}
    if few:
        return found | {"number": newest[0]["number"]}
    if wanted["authority"] or wanted["since"] or wanted["until"]:
        return found
    return found | ({"number": matches} if matches <= COUNTED else {"more_than": COUNTED})


async def find_pages(database: Database, wanted: Mapping[str, str]) -> dict[str, Any] | None:
    """The newest pages of papers with the words, of the first `PAGES_SORTED` that match."""
    conditions, values = _conditions(PAPERS, wanted)
    values |= {"words": escape_fts(wanted["q"]), "shown": SHOWN, "most": PAGES_SORTED}
    try:
        found = await database.execute(PAGES.format(wanted=conditions), values, custom_time_limit=PATIENCE)
    except QueryInterrupted:
        return {"kind": PAPERS, "hits": []}
    return {"kind": PAPERS, "hits": [dict(row) for row in found.rows]} if found.rows else None


def _conditions(kind: Kind, wanted: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The filters as SQL. What has no day is not in any span of days."""
    tests = {"authority": "found.authority = :authority"}
    tests |= {"since": f"found.{kind.day} >= :since", "until": f"found.{kind.day} <= :until"} if kind.day else {}
    if not kind.day and (wanted["since"] or wanted["until"]):
        return "0", {}
    chosen = {name: wanted[name] for name in tests if wanted[name]}
    return " and ".join([tests[name] for name in chosen]) or "1", dict(chosen)


def hit_address(datasette: Datasette, kind: Kind, hit: Mapping[str, Any]) -> str:
    """The row of a hit; of a page of a paper, the page as the evidence shows it."""
    if kind.listed:
        return datasette.urls.row(DATABASE, kind.table, str(hit["id"]))
    return datasette.urls.path(f"/evidence/{hit['evidence_id']}")


def list_address(datasette: Datasette, kind: Kind, wanted: Mapping[str, str]) -> str:
    """The list of all hits of a kind, with the same words and filters."""
    filters = {"authority": "authority", "since": f"{kind.day}__gte", "until": f"{kind.day}__lte"}
    chosen = {column: wanted[name] for name, column in filters.items() if wanted[name]}
    return datasette.urls.table(DATABASE, kind.table) + "?" + urlencode({"_search": wanted["q"], **chosen})


async def search_page(datasette: Datasette, request: Request) -> Response:
    """The page of hits; without words, the form alone."""
    database = datasette.get_database(DATABASE)
    wanted = asked(request)
    looking = []
    if escape_fts(wanted["q"]):  # empty for a search of nothing but quotation marks
        looking = [*(find(database, kind, wanted) for kind in KINDS), find_pages(database, wanted)]
    groups = [group for group in await asyncio.gather(*looking) if group]
    for group in groups:
        for hit in group["hits"]:
            hit["address"] = hit_address(datasette, group["kind"], hit)
        if group["kind"].listed:
            group["address"] = list_address(datasette, group["kind"], wanted)
    names = await database.execute("select name from authorities order by name limit 2000")
    shown = {"wanted": wanted, "groups": groups, "authorities": [row["name"] for row in names.rows]}
    return Response.html(await datasette.render_template("search.html", shown, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the page."""
    return [(r"^/search$", search_page)]


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add the marking of words as a filter."""
    env.filters["marked"] = marked
