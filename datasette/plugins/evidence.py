"""The evidence page, `/evidence/ID`: the words a row came from, marked where they stand, and the council's own copy."""

import json
from sqlite3 import Row
from typing import Any
from urllib.parse import urlsplit

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from markupsafe import Markup

from minutebook.extract.showing.link import live_link
from minutebook.models.site import DATABASE

AROUND = 1_000  # characters shown before and after the words, and the word at which that would break
PDF = "application/pdf"
WEB = "text/html"

EVIDENCE = """
select evidence.*, pages.text as page_text, pages.width, pages.height, documents.meeting_date, documents.committee,
    documents.authority, documents.media_type,
    (select count(*) from pages as every where every.sha256 = evidence.sha256) as pages
from evidence join documents on documents.id = evidence.document_id left join pages on pages.id = evidence.page_id
where evidence.id = :id
"""
# What a row is called, by the column that refers to it.
FACTS = {
    "resolution": "decision",
    "recommendation": "recommendation",
    "action": "action",
    "interest": "declaration of interest",
    "attendance": "attendance",
}
ALSO = """
select evidence.id, document, page, start, end, boxes, page_id, document_id, media_type
from evidence join documents on documents.id = evidence.document_id
where {fact}_id = :fact_id order by document, document_id, page, start limit 100
"""  # `fact` is one of FACTS

Stretch = tuple[int, int]


def in_context(text: str | None, start: int, end: int, quote: str, stretches: list[Stretch]) -> list[tuple[str, bool]]:
    """The page around a quote, in parts, each with whether it is to be marked, as all of `stretches` are.

    Only the words, if the page is not held or was cut.
    """
    if not text or text[start:end] != quote:
        return [(quote, True)]
    at = text.find(" ", start - AROUND, start) + 1 if start > AROUND else 0
    last = max(end, text.rfind(" ", end, end + AROUND)) if end + AROUND < len(text) else len(text)
    parts = [("… ", False)] if at else []
    for first, after in sorted(stretches):
        first, after = max(first, at), min(after, last)
        if first < after:
            parts += [(text[at:first], False), (text[first:after], True)]
            at = after
    return [part for part in [*parts, (text[at:last], False), (" …" if last < len(text) else "", False)] if part[0]]


def rectangles(boxes: list[str | None], width: int | None, height: int | None) -> list[dict[str, float]]:
    """Where to lay the marks over a picture of so many pixels."""
    if not width or not height:
        return []
    sides = [json.loads(found) for found in boxes if found]
    return [
        {
            "x": round(left * width, 1),
            "y": round(top * height, 1),
            "width": round((right - left) * width, 1),
            "height": round((bottom - top) * height, 1),
        }
        for left, top, right, bottom in (box for found in sides for box in found)
    ]


def web_address(url: str | None) -> str | None:
    """The address if it is one of the web, for nothing else may become a link."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def live_address(row: Row) -> str | None:
    """The council's own copy, opened at the words: a PDF at its page, a web page at the first place of the words."""
    url = web_address(row["source_url"])
    if not url or row["media_type"] != WEB:
        return url
    text, start, end = row["page_text"] or "", row["start"], row["end"]
    once = text.count(row["quote"]) < 2
    before, after = ("", "") if once else (text[max(0, start - AROUND) : start], text[end : end + AROUND])
    return live_link(url, *(part.replace("\t", "\n") for part in (row["quote"], before, after)))


def place(media_type: str | None, page: int) -> str:
    """What a page is called; a web page and its like have items of business or blocks."""
    return f"page {page}" if media_type == PDF else f"part {page}"


async def evidence_page(datasette: Datasette, request: Request) -> Response:
    """Show one piece of evidence."""
    database = datasette.get_database(DATABASE)
    evidence_id = int(request.url_vars["id"])
    row = (await database.execute(EVIDENCE, {"id": evidence_id})).first()
    if row is None:
        raise NotFound(f"There is no evidence {evidence_id}")
    fact = next(fact for fact in FACTS if row[f"{fact}_id"])
    found = [dict(one) for one in await database.execute(ALSO.format(fact=fact), {"fact_id": row[f"{fact}_id"]})]
    for other in found:
        other |= {"path": evidence_path(datasette, other["id"]), "place": place(other["media_type"], other["page"])}
        other["goes_on"] = other["page"] == row["page"] + 1 and other["start"] == 0
        other["begins"] = other["page"] == row["page"] - 1 and row["start"] == 0
    here = [other for other in found if other["page_id"] == row["page_id"]] or [row]
    elsewhere = [other for other in found if other not in here]
    shown = {
        "evidence": dict(row),
        "place": place(row["media_type"], row["page"]),
        "is_pdf": row["media_type"] == PDF,
        "parts": in_context(
            row["page_text"], row["start"], row["end"], row["quote"], [(each["start"], each["end"]) for each in here]
        ),
        "marks": rectangles([each["boxes"] for each in here], row["width"], row["height"]),
        "address": live_address(row),
        "fact": FACTS[fact],
        "row_path": datasette.urls.row(DATABASE, f"{fact}s", str(row[f"{fact}_id"])),
        "same_paper": [other for other in elsewhere if other["document_id"] == row["document_id"]],
        "also": [other for other in elsewhere if other["document_id"] != row["document_id"]],
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
