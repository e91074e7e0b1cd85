"""Pictures of the pages that evidence stands on, made ahead of the site that shows them, and kept in its folder.

Each page has two files, `pictures/ab/abcd...-3.png` and `.json`: the picture, and where the quotes stand on it, or why
it could not be made. A page is drawn once; what is there already is left alone, so a run may be killed at any moment.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from itertools import groupby
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlite_utils import Database

from minutebook.extract import sniff
from minutebook.extract.pool import extract_all
from minutebook.extract.reading.limits import Limits
from minutebook.extract.showing.illustration import Illustration, illustrate
from minutebook.extract.worker import Failure, Job
from minutebook.models.documents import DocumentVersion
from minutebook.models.errors import StoreError
from minutebook.models.evidence import Evidence
from minutebook.models.readings import Page, Reading
from minutebook.models.site import PICTURES, picture_path
from minutebook.models.store import open_store
from minutebook.models.tables import STATES

SECONDS = 60.0  # a page that takes longer is given up

Load = Callable[[str], bytes]
Bar = Callable[[int, int, str], None]


@dataclass
class Wanted:
    """A page of a PDF that evidence stands on, and the stretches of its text that are quoted."""

    sha256: str
    page: int
    page_id: int
    extractor: str
    stretches: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class Drawn:
    """How many pages were drawn, which could not be, and how many are left for the next time."""

    pages: int = 0
    failures: list[Failure] = field(default_factory=list)
    left: int = 0


def draw_pictures(
    store_url: str, site_dir: Path, load: Load, least: float, workers: int, limits: Limits, minutes: float, bar: Bar
) -> Drawn:
    """Draw what is missing, the newest papers first, until so many minutes are over.

    `load` gives the bytes of a sha256. Facts of a confidence below `least` need no picture.

    Raises `StoreError` if a picture cannot be written.
    """
    drawn, end = Drawn(), monotonic() + 60 * minutes
    with open_store(store_url, readonly=True) as session:
        missing = [page for page in _wanted(session, least) if not _is_made(site_dir, page)]
        jobs = (_job(session, page, load) for page in missing if monotonic() < end)
        limits = Limits(min(limits.seconds, SECONDS), limits.megabytes)
        outcomes = extract_all(jobs, workers, limits)
        for page, outcome in zip(missing, outcomes, strict=False):
            try:
                _keep(site_dir, page, outcome)
            except OSError as error:
                message = f"The picture of {page.sha256}, page {page.page}, could not be kept: {error}. "
                raise StoreError("draw_failed", message + "Make room on the disk, or mend the cause.") from error
            if isinstance(outcome, Failure):
                drawn.failures.append(outcome)
            drawn.pages += 1
            bar(drawn.pages, len(missing), outcome.source if isinstance(outcome, Failure) else page.sha256)
    drawn.left = len(missing) - drawn.pages
    drawn.pages -= len(drawn.failures)
    return drawn


def place_boxes(site: Database, site_dir: Path) -> None:
    """Write into a new site's file which pages have a picture, and where on it the evidence stands."""
    sizes, boxes = [], []
    sql = "SELECT sha256, page, extractor, page_id, start, end, id FROM evidence ORDER BY sha256, page"
    for (sha256, page), rows in groupby(site.query(sql), key=lambda row: (row["sha256"], row["page"])):
        path = picture_path(site_dir, sha256, page)
        made = _record(path.with_suffix(".json"))
        if "boxes" not in made or not path.exists():
            continue
        for row in rows:
            sizes.append((*made["size"], row["page_id"]))
            found = made["boxes"].get(f"{row['start']}-{row['end']}")
            if found and made["extractor"] == row["extractor"]:
                boxes.append((json.dumps(found), row["id"]))
    with site.conn:
        site.conn.executemany("UPDATE pages SET width = ?, height = ? WHERE id = ?", sizes)
        site.conn.executemany("UPDATE evidence SET boxes = ? WHERE id = ?", boxes)


def prune_pictures(site: Database, site_dir: Path) -> None:
    """Remove the pictures of pages that no published evidence stands on, and what killed runs left."""
    sql = "SELECT DISTINCT sha256, page FROM evidence"
    needed = {f"{row['sha256']}-{row['page']}" for row in site.query(sql)}
    for path in (site_dir / PICTURES).glob("*/*"):
        if path.stem not in needed or path.suffix not in (".png", ".json"):
            path.unlink()


def _wanted(session: Session, least: float) -> list[Wanted]:
    """The pages of PDFs that evidence stands on, those of the newest papers first."""
    found = session.execute(
        select(
            Reading.sha256,
            Page.number,
            Page.id,
            Reading.extractor,
            Evidence.start,
            Evidence.end,
        )
        .join(Reading, Reading.id == Evidence.reading_id)
        .join(Page, (Page.reading_id == Reading.id) & (Page.number == Evidence.page))
        .join(
            DocumentVersion,
            (DocumentVersion.document_id == Evidence.document_id) & (DocumentVersion.sha256 == Reading.sha256),
        )
        .where(STATES, DocumentVersion.media_type == sniff.PDF)
        .order_by(DocumentVersion.first_seen.desc(), Reading.sha256, Page.number, Evidence.start),
        {"least": least},
    )
    pages: dict[int, Wanted] = {}
    for sha256, number, page_id, extractor, start, end in found:
        pages.setdefault(page_id, Wanted(sha256, number, page_id, extractor)).stretches.add((start, end))
    return list(pages.values())


def _is_made(site_dir: Path, page: Wanted) -> bool:
    """Whether it was drawn with all its quotes, or could not be by this version of the program."""
    path = picture_path(site_dir, page.sha256, page.page)
    made = _record(path.with_suffix(".json"))
    if made.get("extractor") != page.extractor:
        return False
    places = {f"{start}-{end}" for start, end in page.stretches}
    return "failed" in made or (places <= made["boxes"].keys() and path.exists())


def _record(path: Path) -> dict[str, Any]:
    """What is noted of a page; empty if nothing is."""
    try:
        noted: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, json.JSONDecodeError):
        return {}
    return noted


def _job(session: Session, page: Wanted, load: Load) -> Job[Illustration]:
    text = session.scalars(select(Page.text).where(Page.id == page.page_id)).one()
    make = partial(illustrate, page=page.page, page_text=text, stretches=sorted(page.stretches))
    return Job(f"{page.sha256}, page {page.page}", partial(load, page.sha256), make)


def _keep(site_dir: Path, page: Wanted, outcome: Illustration | Failure) -> None:
    """Write the picture first: what is noted of it says that it is there."""
    path = picture_path(site_dir, page.sha256, page.page)
    noted: dict[str, Any] = {"extractor": page.extractor}
    if isinstance(outcome, Failure):
        if not outcome.lasting:
            return
        noted["failed"] = outcome.message
    else:
        places = [f"{start}-{end}" for start, end in sorted(page.stretches)]
        noted |= {"size": [outcome.width, outcome.height], "boxes": dict(zip(places, outcome.boxes, strict=True))}
        _put(path, outcome.png)
    _put(path.with_suffix(".json"), json.dumps(noted).encode())


def _put(path: Path, data: bytes) -> None:
    """Write a file in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(data)
    os.replace(fresh, path)
