"""Publishing: what is public, how it is built and checked, and that nothing can take the old site down."""

import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from minutebook.models.errors import StoreError
from minutebook.models.load import load_facts, load_meeting
from minutebook.models.publish import LONGEST_CELL, publish
from minutebook.models.site import table_config
from minutebook.models.tables import TABLES


def rows(path, sql, *arguments):
    """The rows of a query on a published file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, arguments).fetchall()


def contents(path):
    """Every row of every table of a published file."""
    return {table.name: rows(path, f"SELECT * FROM {table.name} ORDER BY id") for table in TABLES}


@pytest.fixture
def site(tmp_path):
    """The folder of the site."""
    return tmp_path / "site"


def test_publishing_twice_gives_the_same_rows(stored, site):
    """Without a change in the store every row and id of the site stays, and the report counts them."""
    first = publish(stored, site)
    before = contents(first.path)
    report = publish(stored, site)
    assert before == contents(report.path)
    assert {name: len(found) for name, found in before.items()} == dict(report.rows)
    assert report.size == report.path.stat().st_size
    assert [path.name for path in site.glob(".*")] == []


def test_the_file_is_sound_compact_and_quick(stored, site):
    """References hold, statistics are there, and all that is faceted, sorted or referred to has an index."""
    path = publish(stored, site).path
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert rows(path, "PRAGMA integrity_check") == [("ok",)]
    assert rows(path, "PRAGMA freelist_count") == [(0,)]
    assert rows(path, "SELECT count(*) > 0 FROM sqlite_stat1") == [(1,)]
    for table in TABLES:
        indexed = rows(
            path,
            "SELECT i.name FROM pragma_index_list(?) AS l JOIN pragma_index_info(l.name) AS i",
            table.name,
        )
        config = table_config(table.name)
        wanted = {*config.get("facets", ()), *config["sortable_columns"], *table.references} - {"id"}
        assert wanted == {name for (name,) in indexed}


@pytest.mark.parametrize(("word", "found"), [("cafe", 1), ("permissions", 1), ("zzzqqq", 0)])
def test_search_ignores_accents_and_endings(stored, site, word, found):
    """A reader who types `cafe` or `permissions` finds the café's permission; a nonsense word finds nothing."""
    path = publish(stored, site).path
    matches = rows(path, "SELECT rowid FROM resolutions_fts WHERE resolutions_fts MATCH ?", word)
    assert found == len(matches)


def test_every_fact_leads_to_its_words(stored, site):
    """The quote of each row is the page's text at the evidence's offsets, and the address opens the PDF at its page."""
    path = publish(stored, site).path
    for table in ("attendances", "resolutions", "recommendations", "actions", "interests"):
        stated = rows(
            path,
            "SELECT f.quote, substr(p.text, e.start + 1, e.end - e.start)"
            f" FROM {table} f JOIN evidence e ON e.id = f.evidence_id JOIN pages p ON p.id = e.page_id",
        )
        assert stated
        assert all(quote == text for quote, text in stated)
    assert ("https://democracy.northmere.example/documents/g4101.pdf#page=1",) in rows(
        path, "SELECT source_url FROM actions"
    )
    (listed,) = rows(path, "SELECT source_url, evidence_id FROM attendances WHERE name = 'Bo Finn'")
    assert listed == ("https://democracy.northmere.example/ieListDocuments.aspx?MId=4101", None)


def test_only_web_addresses_and_public_papers_are_published(session, stored, site, make):
    """An address of another kind is left out, and so is a restricted paper with all that was read in it."""
    hostile = make.document("hostile", url="javascript:alert(1)")
    closed = make.document("closed", restricted=True)
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=[hostile, closed]))
    for name in ("hostile", "closed"):
        load_facts(session, make.sha(name), make.facts(name, resolutions=[make.resolution(f"That the {name} be.")]))
    path = publish(stored, site).path
    page = "https://democracy.northmere.example/ieListDocuments.aspx?MId=4103"
    assert rows(path, "SELECT text, source_url FROM resolutions WHERE text LIKE '%be.'") == [
        ("That the hostile be.", page)
    ]
    assert rows(path, "SELECT source_url FROM documents WHERE title LIKE '%hostile'") == [(None,)]
    assert rows(path, "SELECT title FROM documents WHERE title LIKE '%closed'") == []


def test_a_fact_without_a_meeting_is_published_with_what_its_paper_states(session, stored, site, make):
    """Its date and committee are those the paper prints."""
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=[make.document("old")]))
    stated = {"meeting_date": "2020-01-02", "committee": "Planning Committee"}
    load_facts(session, make.sha("old"), make.facts("old", resolutions=[make.resolution("That it be.")], **stated))
    path = publish(stored, site).path
    (row,) = rows(path, "SELECT meeting_date, year, committee, meeting_id FROM resolutions WHERE text = 'That it be.'")
    assert row == ("2020-01-02", 2020, "Planning Committee", None)


def test_a_cell_too_long_to_be_served_is_cut(session, stored, site, make):
    """One hostile paper cannot make the pages of everybody else fail."""
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=[make.document("long")]))
    endless = make.resolution("That " + "a" * LONGEST_CELL)
    load_facts(session, make.sha("long"), make.facts("long", resolutions=[endless]))
    path = publish(stored, site).path
    assert rows(path, "SELECT max(length(text)) FROM resolutions") == [(LONGEST_CELL,)]


def test_nothing_to_publish(tmp_path, site):
    """Without a store the error says what to run first, and no site is begun."""
    with pytest.raises(StoreError, match="Run `minutebook crawl` first"):
        publish(f"sqlite:///{tmp_path}/none.db", site)
    assert not (site / "minutebook.db").exists()


PUBLISHER = """
import resource, sys
from pathlib import Path
from minutebook.models.errors import StoreError
from minutebook.models.publish import publish
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    publish(sys.argv[1], Path(sys.argv[2]))
except StoreError as error:
    sys.exit(f"{error.code}: {error.message}")
"""


@pytest.mark.parametrize("room", [50_000, 300_000])
def test_a_full_disk_leaves_the_old_site_standing(session, stored, site, make, room):
    """When the file cannot be written to its end, the old one is untouched and the half-built one is gone."""
    path = publish(stored, site).path
    before = path.read_bytes()
    load_meeting(session, make.meeting("4103", "2026-04-09"))
    command = [sys.executable, "-c", PUBLISHER, stored, str(site), str(room)]
    failed = subprocess.run(command, capture_output=True, text=True, check=False)
    assert failed.returncode == 1
    assert "publish_failed: " in failed.stderr
    assert "The one before still stands. Make room on the disk" in failed.stderr
    assert before == path.read_bytes()
    assert [left.name for left in site.iterdir() if "new" in left.name] == []


def test_what_a_killed_publish_left_is_cleared_by_the_next(stored, site):
    """A half-built file from a kill -9 is neither taken for the site nor left on the disk."""
    site.mkdir()
    (site / ".minutebook.db.new").write_bytes(b"half a file")
    assert 2 == publish(stored, site).rows["resolutions"]
    assert not (site / ".minutebook.db.new").exists()


def test_a_site_folder_that_cannot_be_written(stored, tmp_path):
    """The error names the folder and what to do."""
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match=r"file/site could not be published.*run again"):
        publish(stored, tmp_path / "file" / "site")
