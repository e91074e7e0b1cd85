"""What several tests build on: an invented council's meetings, papers and facts as plain dictionaries."""

import hashlib
from datetime import date
from types import SimpleNamespace

import pytest

from minutebook.models.blocks import note_block
from minutebook.models.delegated import DelegatedDecision, load_decision
from minutebook.models.load import load_authority, load_facts, load_meeting
from minutebook.models.runs import finish_run, start_run
from minutebook.models.store import open_store
from minutebook.models.troubles import note_troubles

AUTHORITY = {
    "code": "northmere",
    "name": "Northmere District Council",
    "system": "moderngov",
    "base_url": "https://democracy.northmere.example/",
}
# Files whose tests take long, whole nights mostly: begun first, or one of them would go on alone at the end.
SLOW = ("operating", "workers", "cli", "browser", "forms", "pictures", "systems", "visits", "site", "fuzz", "wheel")
FETCHED = "2026-02-20T03:00:00+00:00"


def pytest_collection_modifyitems(items):
    """Slow files first."""
    items.sort(key=lambda item: item.path.stem.removeprefix("test_") not in SLOW)


def sha(name):
    """The sha256 of an invented document."""
    return hashlib.sha256(name.encode()).hexdigest()


def document(source_id, content=None, **changes):
    """A document as a crawl hands it over; `content` names its bytes."""
    fetched = {
        "sha256": sha(content or source_id),
        "media_type": "application/pdf",
        "size": 1000,
        "fetched_at": FETCHED,
    }
    url = f"https://democracy.northmere.example/documents/{source_id}.pdf"
    stated = {"source_id": source_id, "title": f"Paper {source_id}", "url": url, "role": "other", "agenda_item": None}
    return stated | {"restricted": False, "error": None} | fetched | changes


def meeting(source_id="4101", day="2026-02-12", committee="Planning Committee", **changes):
    """A meeting as a crawl hands it over."""
    body = {"authority": "northmere", "source_id": committee, "name": committee, "category": None, "url": None}
    return {
        "authority": "northmere",
        "committee": body | {"expired": False},
        "source_id": source_id,
        "url": f"https://democracy.northmere.example/ieListDocuments.aspx?MId={source_id}",
        "date": date.fromisoformat(day),
        "time": "6.30 pm",
        "venue": "Council Chamber",
        "status": "confirmed",
        "status_raw": "Confirmed",
        "attendances": [],
        "agenda_items": [],
        "documents": [],
    } | changes


def line(name, attendance, **changes):
    """A line of the website's own attendance list."""
    empty = dict.fromkeys(("role", "party", "ward", "representing", "member_id"))
    return {"name": name, "attendance": attendance} | empty | changes


def facts(content, kind="minutes", **stated):
    """What was read in a document: every fact is a line of its one page, quoted whole."""
    kinds = ("attendees", "resolutions", "recommendations", "actions", "interests", "items")
    lists = {name: stated.pop(name, []) for name in kinds}
    text = ""
    for fact in (fact for rows in lists.values() for fact in rows):
        quote = fact.get("text") or fact.get("as_written") or fact["title"]
        fact["evidence"] = [{"page": 1, "start": len(text), "end": len(text) + len(quote), "quote": quote}]
        text += quote + "\n"
    read = {"source": f"{content}.pdf", "sha256": sha(content), "media_type": "application/pdf", "pages": 1}
    return read | {"extractor": "0.1.0", "kind": kind, "page_texts": [text]} | lists | stated


def attendee(name, status="present", **changes):
    """A person as a document lists it."""
    return {"name": name, "status": status, "as_written": name, "confidence": 0.97} | changes


def resolution(text, outcome="carried", **changes):
    """A resolution or recommendation as a document states it."""
    return {"text": text, "outcome": outcome, "confidence": 0.99} | changes


def action(text, owner=None, **changes):
    """An action as a document states it."""
    return {"text": text, "owner": owner, "tier": "explicit", "confidence": 0.9} | changes


def interest(name, text, **changes):
    """A declaration of interest as a document states it."""
    return {"name": name, "text": text, "confidence": 0.9} | changes


@pytest.fixture(scope="session")
def make():
    """The builders above, under one name."""
    return SimpleNamespace(
        AUTHORITY=AUTHORITY, sha=sha, document=document, meeting=meeting, line=line, facts=facts,
        attendee=attendee, resolution=resolution, action=action, interest=interest,
    )  # fmt: skip


@pytest.fixture
def store_url(tmp_path):
    """Where a store can be made."""
    return f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def session(store_url):
    """A session on a store that knows the authority and nothing else."""
    with open_store(store_url) as session:
        load_authority(session, AUTHORITY)
        yield session


@pytest.fixture
def stored(session, store_url):
    """The URL of a store with two meetings, minutes as page and PDF, a report with recommendations, and a block."""
    papers = [
        document("page-4101", role="meeting_page", media_type="text/html", url="https://democracy.northmere.example/m"),
        document("g4101", role="minutes", title="Printed minutes"),
        document("s301", role="report", title="Mill Lane report"),
    ]
    load_meeting(
        session,
        meeting(
            documents=papers,
            attendances=[
                line("Councillor Ida Rowe (Chair)", "Present", party="Ind"),
                line("Councillor Bo Finn", "Apologies"),
            ],
            agenda_items=[
                {"source_id": "901", "position": 1, "title": "Mill Lane", "number": "4.", "minute_number": "47."}
                | {"restricted": False}
            ],
            recorded_votes=[
                {"title": "Motion", "item": "Mill Lane", "outcome": "Carried"}
                | {"votes": [{"name": "Councillor Ida Rowe", "vote": "For", "member_id": "7"}]}
            ],
        ),
    )
    load_meeting(session, meeting("4102", "2026-03-12"))
    load_decision(
        session,
        dict.fromkeys(DelegatedDecision.__table__.columns.keys())
        | {
            "authority": "northmere",
            "source_id": "d1",
            "title": "Lease",
            "url": "https://democracy.northmere.example/d",
        },
    )
    granted = "That permission be granted for the café at 2 Mill Lane."
    load_facts(
        session,
        sha("page-4101"),
        facts("page-4101", "meeting_page", media_type="text/html", resolutions=[resolution(granted, item="47.")]),
    )
    load_facts(
        session,
        sha("g4101"),
        facts(
            "g4101",
            meeting_date="2026-02-12",
            committee="Planning Committee",
            warnings=[{"code": "no_text_layer", "page": 2, "message": "Page 2 has no text."}],
            attendees=[
                attendee("Ida Rowe", title="Cllr", as_written="Cllr Ida Rowe"),
                attendee("Kit <b>Orr</b>", "in_attendance"),
            ],
            resolutions=[resolution(granted, item="47."), resolution("That the survey be noted.", "noted")],
            actions=[action("Kit Orr to price the fence by May.", "Kit Orr", due="by May")],
            interests=[
                interest("Ida Rowe", "Cllr Rowe declared a personal interest in item 4.", item="4", left_room=True)
            ],
        ),
    )
    proposed = resolution("That the Committee notes progress.", "proposed", addressed_to="Planning Committee")
    load_facts(session, sha("s301"), facts("s301", "report", recommendations=[proposed]))
    finish_run(session, start_run(session, "crawl"), "finished", {"documents_fetched": 3})
    note_block(session, "northmere", "democracy.northmere.example answered with 3 refusals in a row")
    note_troubles(session)
    return store_url
