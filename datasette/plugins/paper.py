"""The papers themselves: `/paper/SHA/PAGE` to read on, the pictures of pages, and the original file as a download.

Addresses hold digits and hexadecimal only, and a file is named by them alone. Nothing of a stranger's file is ever
rendered on our origin: pictures are of our making, and the original is handed over as an attachment.
"""

from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import AsgiFileDownload, Request

from minutebook.crawlers.archive import Archive
from minutebook.models.site import DATABASE, picture_path

# Of a hash and a number there is one picture and one file, for ever.
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; sandbox",
    "cross-origin-resource-policy": "same-origin",
}
# The ending of a download; what is none of these is sent without.
ENDINGS = {
    "application/pdf": "pdf",
    "text/html": "html",
    "text/xml": "xml",
    "application/xml": "xml",
    "text/plain": "txt",
    "application/msword": "doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
}
SHA256 = "(?P<sha256>[0-9a-f]{64})"
PAGE = "(?P<page>[1-9][0-9]{0,4})"

PAPER = """
select pages.*, (select count(*) from pages as all_pages where all_pages.sha256 = :sha256) as pages,
    evidence.document, evidence.source_url, documents.authority, documents.committee, documents.meeting_date,
    documents.media_type, documents.source_url as address
from pages join evidence on evidence.id = (
    select min(evidence.id) from pages as own join evidence on evidence.page_id = own.id where own.sha256 = :sha256)
join documents on documents.id = evidence.document_id
where pages.sha256 = :sha256 and pages.page = :page
"""
QUOTED = "select id, quote from evidence where page_id = :page_id order by start, id limit 200"


async def paper_page(datasette: Datasette, request: Request) -> Response:
    """One page of a paper, with its picture if there is one, and the words that rows were read from."""
    database = datasette.get_database(DATABASE)
    wanted = {"sha256": request.url_vars["sha256"], "page": int(request.url_vars["page"])}
    row = (await database.execute(PAPER, wanted)).first()
    if row is None:
        raise NotFound("There is no such page of a paper here")
    quoted = (await database.execute(QUOTED, {"page_id": row["id"]})).rows
    is_pdf = row["media_type"] == "application/pdf"
    shown = {"paper": dict(row), "quoted": [dict(one) for one in quoted], "is_pdf": is_pdf}
    return Response.html(await datasette.render_template("paper.html", shown, request=request))


async def picture(datasette: Datasette, request: Request) -> Response:
    """The picture of a page, which the publishing has made."""
    sha256, page = request.url_vars["sha256"], int(request.url_vars["page"])
    path = picture_path(Path(datasette.config_dir), sha256, page)
    return Response(_existing(path).read_bytes(), content_type="image/png", headers=dict(HEADERS))


async def original(datasette: Datasette, request: Request) -> AsgiFileDownload:
    """The file as it was fetched, if some page of it is published."""
    sha256 = request.url_vars["sha256"]
    sql = """select media_type from pages join evidence on evidence.page_id = pages.id
        join documents on documents.id = evidence.document_id where pages.sha256 = ? limit 1"""
    row = (await datasette.get_database(DATABASE).execute(sql, [sha256])).first()
    if row is None:
        raise NotFound("There is no such file here")
    ending = ENDINGS.get(row["media_type"])
    name = f"{sha256[:16]}.{ending}" if ending else sha256[:16]
    media_type = row["media_type"] if ending == "pdf" else "application/octet-stream"
    path = Archive(Path(datasette.config_dir).parent / "archive").path(sha256)
    return AsgiFileDownload(_existing(path), name, media_type, headers=dict(HEADERS))


def _existing(path: Path) -> Path:
    if not path.is_file():
        raise NotFound("There is no such file here")
    return path


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the three."""
    return [
        (rf"^/paper/{SHA256}/{PAGE}$", paper_page),
        (rf"^/page-image/{SHA256}/{PAGE}\.png$", picture),
        (rf"^/original/{SHA256}$", original),
    ]
