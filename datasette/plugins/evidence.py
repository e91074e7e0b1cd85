"""The evidence page, `/evidence/ID`: the words a row came from, marked where they stand, and the council's own copy."""

from sqlite3 import Row
from typing import Any
from urllib.parse import urlsplit

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup

DATABASE = "minutebook"
AROUND = 1_500  # characters shown before and after the words

EVIDENCE = """
select evidence.*, pages.text as page_text, documents.meeting_date, documents.committee, documents.authority
from evidence join documents on documents.id = evidence.document_id left join pages on pages.id = evidence.page_id
where evidence.id = :id
"""
FACTS = ("resolution", "recommendation", "action", "interest", "attendance")
ALSO = """
select id, document, page from evidence
where {fact}_id = :fact_id and id <> :id order by document, page, start limit 100
"""  # `fact` is one of FACTS


def in_context(text: str | None, start: int, end: int, quote: str) -> tuple[str, str, str]:
    """The words with what stands before and after; only the words, if the page is not held or was cut."""
    if not text or text[start:end] != quote:
        return "", quote, ""
    return text[max(0, start - AROUND) : start], quote, text[end : end + AROUND]


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, for nothing else may become a link."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


async def evidence_page(datasette: Datasette, request: Request) -> Response:
    """Show one piece of evidence."""
    database = datasette.get_database(DATABASE)
    evidence_id = int(request.url_vars["id"])
    row = (await database.execute(EVIDENCE, {"id": evidence_id})).first()
    if row is None:
        raise NotFound(f"There is no evidence {evidence_id}")
    fact = next(fact for fact in FACTS if row[f"{fact}_id"])
    also = await database.execute(ALSO.format(fact=fact), {"fact_id": row[f"{fact}_id"], "id": evidence_id})
    before, quote, after = in_context(row["page_text"], row["start"], row["end"], row["quote"])
    shown = {
        "evidence": dict(row),
        "before": before,
        "quote": quote,
        "after": after,
        "address": web_address(row["source_url"]),
        "fact": fact,
        "row_path": datasette.urls.row(DATABASE, f"{fact}s", str(row[f"{fact}_id"])),
        "also": [dict(other) | {"path": evidence_path(datasette, other["id"])} for other in also.rows],
    }
    return Response.html(await datasette.render_template("evidence.html", shown, request=request))


def evidence_path(datasette: Datasette, evidence_id: int) -> str:
    """Where a piece of evidence is shown."""
    return datasette.urls.path(f"/evidence/{evidence_id}")


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the page."""
    return [(r"^/evidence/(?P<id>[0-9]{1,16})$", evidence_page)]


@hookimpl
def render_cell(
    row: Row, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | None:
    """Lead from a row to its words in one click."""
    if database != DATABASE or not value:
        return None
    if column == "evidence_id":
        return _link(evidence_path(datasette, value), "see the words")
    if (table, column) == ("evidence", "page"):
        return _link(evidence_path(datasette, row["id"]), f"page {value}")
    if column == "source_url" and web_address(value):
        return _link(value, "council's copy")
    return None


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}" rel="noopener noreferrer">{}</a>').format(address, text)
