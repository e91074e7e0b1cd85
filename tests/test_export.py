"""Rows out without a web server: formats, filters, and what goes wrong."""

import csv
import io
import json
from datetime import date

import pytest

from minutebook.models.errors import StoreError
from minutebook.models.export import export
from minutebook.models.load import load_authority, load_meeting
from minutebook.models.publish import publish
from minutebook.models.tables import TABLES

GRANTED = "That permission be granted for the café at 2 Mill Lane."


def day(text):
    """A day, or none."""
    return date.fromisoformat(text) if text else None


@pytest.fixture
def rows(session, stored, tmp_path, make):
    """Export a table of a site with two authorities and read it back."""
    load_authority(session, make.AUTHORITY | {"code": "panel", "name": "Northmere Police and Crime Panel"})
    load_meeting(session, make.meeting("1", "2025-01-10") | {"authority": "panel"})
    publish(stored, tmp_path / "site")

    def rows(table, fmt="csv", authority=None, since=None, until=None):
        out = io.StringIO(newline="")
        count = export(tmp_path / "site", table, fmt, authority, day(since), day(until), out)
        out.seek(0)
        found = list(csv.DictReader(out)) if fmt == "csv" else [json.loads(line) for line in out]
        assert count == len(found)
        return found

    return rows


@pytest.mark.parametrize("table", [table.name for table in TABLES])
def test_both_formats_have_every_row_and_column(rows, table):
    """CSV and JSON Lines of each table say the same, null as an empty cell."""
    as_text = [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in rows(table, "jsonl")
    ]
    assert as_text == rows(table, "csv")
    assert as_text


def test_a_row_carries_its_words_and_their_address(rows):
    """The quote and the council's copy stand in the exported row."""
    row = next(row for row in rows("resolutions") if row["text"] == GRANTED)
    assert (GRANTED, "https://democracy.northmere.example/m") == (row["quote"], row["source_url"])


@pytest.mark.parametrize(
    ("table", "filters", "expected"),
    [
        ("meetings", {}, ["2025-01-10", "2026-02-12", "2026-03-12"]),
        ("meetings", {"authority": "panel"}, ["2025-01-10"]),
        ("meetings", {"authority": "Northmere District Council", "until": "2026-02-12"}, ["2026-02-12"]),
        ("meetings", {"since": "2026-03-12"}, ["2026-03-12"]),
        ("resolutions", {"authority": "panel"}, []),
        ("resolutions", {"since": "2026-02-12", "until": "2026-02-12"}, ["2026-02-12"] * 2),
    ],
)
def test_filters(rows, table, filters, expected):
    """By code or name of the authority, and by days of the meeting, both included."""
    assert expected == sorted(row["meeting_date"] for row in rows(table, **filters))


def test_evidence_is_filtered_by_its_paper(rows):
    """The words follow the authority and the day of the paper they stand in."""
    counts = [len(rows("evidence", authority=code)) for code in ("northmere", "panel")]
    assert counts == [8, 0]
    assert rows("evidence", since="2026-02-13") == []


@pytest.mark.parametrize(
    ("table", "filters", "message"),
    [
        ("resolution", {}, "There is no table 'resolution'. Choose one of authorities, committees"),
        ("resolutions; DROP TABLE people", {}, "There is no table"),
        ("committees", {"since": "2026-01-01"}, "committees cannot be filtered so"),
        ("meetings", {"authority": "narnia"}, "There is no authority 'narnia'. Choose one of northmere, panel"),
    ],
)
def test_what_cannot_be_exported(rows, table, filters, message):
    """The error names what there is instead."""
    with pytest.raises(StoreError, match=message):
        rows(table, **filters)


def test_a_site_that_is_not_there_or_broken(tmp_path):
    """The error says what to run, and makes no empty file."""
    path = tmp_path / "minutebook.db"
    with pytest.raises(StoreError, match="Run `minutebook publish` first"):
        export(tmp_path, "meetings", "csv", None, None, None, io.StringIO())
    assert not path.exists()
    path.write_bytes(b"not a database, but long enough to be taken for one" * 30)
    with pytest.raises(StoreError, match="Run `minutebook publish` again"):
        export(tmp_path, "meetings", "csv", None, None, None, io.StringIO())
