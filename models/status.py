"""What is stored, how the last runs went, and what looks broken."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from minutebook.extract.confidence import LEAST_CONFIDENCE
from minutebook.models.actions import Action
from minutebook.models.authorities import Authority
from minutebook.models.base import Base
from minutebook.models.committees import Committee
from minutebook.models.completeness import completeness
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.documents import Document, DocumentVersion
from minutebook.models.interests import Interest
from minutebook.models.meetings import Meeting
from minutebook.models.people import Attendance, Person
from minutebook.models.readings import ReadingWarning, SetAside
from minutebook.models.runs import Run, RunError
from minutebook.models.sureness import kept_back
from minutebook.models.troubles import troubles
from minutebook.models.visits import Visit
from minutebook.models.writing import Row, transaction

COUNTED = (Authority, Committee, Meeting, Document, Person, Attendance, Resolution, Recommendation, Action, Interest)
LAST_RUNS = 10
# The warnings of pages whose text is not, or not all, in the store.
UNREAD_PAGES = ("no_text_layer", "broken_text_layer", "ocr_limit", "ocr_failed", "ocr_empty", "damaged_page")


def status(session: Session, least: float = LEAST_CONFIDENCE) -> dict[str, Any]:
    """The state of the store as plain values.

    `counts` by table; `kept_back`, the facts by table that are less sure than `least` and so not published; `runs`, the
    last ten, newest first; `set_aside`, the documents that could not be read, and why; `unread_pages`, the documents of
    which some pages could not, with their numbers and the reason of the first; `unplaced`, the documents that record a
    meeting which is not in the store; `authorities_with_errors`, by code, the errors of the latest run of each stage;
    `visits`, by committee, what the latest visit to each authority gave; `completeness`, by authority and year;
    `broken`, the sources that look so.
    """
    with transaction(session):
        return {
            "counts": {model.__tablename__: _count(session, model) for model in COUNTED},
            "kept_back": kept_back(session, least),
            "runs": [_plain(run) for run in session.scalars(select(Run).order_by(Run.id.desc()).limit(LAST_RUNS))],
            "set_aside": _set_aside(session),
            "unread_pages": _unread_pages(session),
            "unplaced": _unplaced(session),
            "authorities_with_errors": _errors(session),
            "visits": _visits(session),
            "completeness": _completeness(session, least),
            "broken": troubles(session),
        }


def _count(session: Session, model: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(model)) or 0


def _plain(row: Base) -> Row:
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}


def _set_aside(session: Session) -> list[Row]:
    """The present documents that could not be read, with reason and address."""
    found = _present(SetAside).add_columns(SetAside.extractor, SetAside.code, SetAside.message)
    return [dict(row) for row in session.execute(found).mappings()]


def _unread_pages(session: Session) -> list[Row]:
    """The present documents with pages that could not be read, one row for each kind of reason."""
    pages = (
        _present(ReadingWarning)
        .add_columns(ReadingWarning.code, ReadingWarning.page, ReadingWarning.message)
        .where(ReadingWarning.code.in_(UNREAD_PAGES))
        .order_by(ReadingWarning.code, ReadingWarning.page)
    )
    rows: dict[tuple[str, str], Row] = {}
    for page in session.execute(pages).mappings():
        noted = {name: value for name, value in page.items() if name != "page"}
        rows.setdefault((page["url"], page["code"]), {**noted, "pages": []})["pages"].append(page["page"])
    return list(rows.values())


def _present(noted: type[SetAside] | type[ReadingWarning]) -> Select[str, str, str, str]:
    """What the present versions of documents are noted for: whose they are, title and address."""
    return (
        select(Authority.code.label("authority"), Document.title, Document.url, noted.sha256)
        .join(DocumentVersion, DocumentVersion.sha256 == noted.sha256)
        .join(Document, Document.id == DocumentVersion.document_id)
        .join(Authority, Authority.id == Document.authority_id)
        .where(DocumentVersion.replaced_at.is_(None))
        .order_by(Authority.code, Document.url)
    )


def _unplaced(session: Session) -> list[Row]:
    """Documents that state a meeting which is not in the store: an earlier crawl would bring it."""
    found = (
        select(Authority.code.label("authority"), Document.title, Document.url)
        .add_columns(Document.stated_committee, Document.stated_date)
        .join(Authority, Authority.id == Document.authority_id)
        .where(Document.meeting_id.is_(None))
        .order_by(Authority.code, Document.stated_date, Document.url)
    )
    return [dict(row) for row in session.execute(found).mappings()]


def _visits(session: Session) -> list[Row]:
    latest = select(func.max(Visit.run_id)).group_by(Visit.authority)
    found = select(Visit).where(Visit.run_id.in_(latest), Visit.authority != "").order_by(Visit.authority, Visit.id)
    return [_plain(visit) for visit in session.scalars(found)]


def _completeness(session: Session, least: float) -> list[Row]:
    rows = completeness().order_by(Authority.name, "year")
    return [dict(row) for row in session.execute(rows, {"least": least}).mappings()]


def _errors(session: Session) -> dict[str, list[Row]]:
    latest = select(func.max(Run.id)).group_by(Run.stage)
    found = session.scalars(
        select(RunError).where(RunError.run_id.in_(latest), RunError.authority.is_not(None)).order_by(RunError.id)
    )
    errors: dict[str, list[Row]] = {}
    for error in found:
        row = {"location": error.location, "code": error.code, "message": error.message}
        errors.setdefault(error.authority or "", []).append(row)
    return errors
