"""Atom feeds of lists and ready questions: `.atom` in place of `.csv`, newest found first.

An entry's id stays the same: the row's permanent address, for ready questions that of the words it came from. https://www.rfc-editor.org/rfc/rfc4287
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils import path_with_added_args
from datasette.utils.asgi import Request
from lxml import etree
from lxml.builder import ElementMaker

from minutebook.models.site import DATABASE, DATED, NEWEST, site_config
from minutebook.models.spreadsheet import fit

NAMESPACE = "http://www.w3.org/2005/Atom"
ATOM = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
ROWS = 200
TITLES = ("text", "title", "name", "matter", "message", "quote")
LONGEST_TITLE, LONGEST_TEXT = 120, 5_000  # characters
SAID = {
    "name": "Name",
    "outcome": "Outcome",
    "status": "Status",
    "addressed_to": "To",
    "owner": "Owner",
    "due": "By",
    "matter": "About",
    "committee": "Committee",
    "authority": "Authority",
}


def can_render(columns: Sequence[str], table: str | None, query_name: str | None) -> bool:
    """Whether the rows have a day; free SQL has no feed."""
    return bool((table or query_name) and {*DATED} & {*columns})


def render(
    datasette: Datasette,
    request: Request,
    columns: Sequence[str],
    rows: Sequence[Any],
    table: str | None,
    query_name: str | None,
) -> Response:
    """The rows as a feed; a table that is not sorted otherwise is asked for anew, newest found first."""
    if not can_render(columns, table, query_name):
        raise NotFound("These rows have no day, so there is no feed of them.")
    dated = next(name for name in DATED if name in columns)
    if table and dated in NEWEST and not (request.args.get("_sort") or request.args.get("_sort_desc")):
        newest_first = {"_sort_desc": dated} | ({} if request.args.get("_size") else {"_size": str(ROWS)})
        return Response.redirect(path_with_added_args(request, newest_first))
    found = [{name: _plain(value) for name, value in zip(columns, row, strict=True)} for row in rows]
    here = datasette.absolute_url(request, request.full_path)
    feed = ATOM.feed(
        ATOM.id(here),
        ATOM.title(fit(_title(request, table, query_name))),
        ATOM.author(ATOM.name(site_config()["title"])),
        ATOM.updated(max((_moment(row[dated]) for row in found), default=_moment(None)).isoformat()),
        ATOM.link(href=here, rel="self", type="application/atom+xml"),
        ATOM.link(href=here.replace(".atom", "", 1), rel="alternate", type="text/html"),
        *(_entry(row, dated, _address(row, datasette, request, table)) for row in found),
    )
    body = etree.tostring(feed, xml_declaration=True, encoding="UTF-8", pretty_print=True)
    return Response(body, content_type="application/atom+xml; charset=utf-8")


def _entry(row: dict[str, Any], dated: str, address: str | None) -> Any:
    text = str(next((row[name] for name in TITLES if row.get(name)), "Row"))
    title = text if len(text) <= LONGEST_TITLE else text[:LONGEST_TITLE].rsplit(" ", 1)[0] + " …"
    said = [f"{words}: {row[name]}" for name, words in SAID.items() if row.get(name) and row[name] != text]
    met = _moment(row.get("meeting_date"))
    said += [f"Meeting: {met.day} {met:%B %Y}"] if row.get("meeting_date") else []
    links = [ATOM.link(href=address, rel="alternate")] if address else []
    if urlsplit(row.get("source_url") or "").scheme in ("http", "https"):
        links.append(ATOM.link(href=fit(row["source_url"]), rel="via"))
    return ATOM.entry(
        ATOM.id(address or "urn:sha256:" + hashlib.sha256(repr(row).encode("utf-8", "replace")).hexdigest()),
        ATOM.title(fit(title)),
        ATOM.updated(_moment(row[dated]).isoformat()),
        *links,
        ATOM.content(fit("\n".join([text[:LONGEST_TEXT], "", *said])), type="text"),
    )


def _title(request: Request, table: str | None, query_name: str | None) -> str:
    """The title of the list or question with what was asked of it."""
    known = site_config()["databases"][DATABASE]
    name = query_name or table or ""
    title = (known["queries"] if query_name else known["tables"]).get(name, {}).get("title", name)
    asked = [value for key, value in parse_qsl(request.query_string) if key[0] != "_" or key.startswith("_search")]
    return ": ".join([title, ", ".join(asked)]) if asked else title


def _address(row: dict[str, Any], datasette: Datasette, request: Request, table: str | None) -> str | None:
    """The permanent address of a row, or of the words it came from."""
    if table and row.get("id"):
        return str(datasette.absolute_url(request, datasette.urls.row(DATABASE, table, str(row["id"]))))
    if row.get("evidence_id"):
        return str(datasette.absolute_url(request, datasette.urls.path(f"/evidence/{row['evidence_id']}")))
    return None


def _plain(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) else value


def _moment(value: Any) -> datetime:
    """A day or moment as stored; the beginning of the epoch where there is none."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        moment = datetime.combine(date(1970, 1, 1), datetime.min.time())
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@hookimpl
def register_output_renderer() -> dict[str, Any]:
    """Add the form."""
    return {"extension": "atom", "render": render, "can_render": can_render}
