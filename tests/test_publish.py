"""Publishing: what is public, how it is built and checked, and that nothing can take the old site down."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
from click.testing import CliRunner

from minutebook.models.errors import StoreError
from minutebook.models.load import load_facts, load_meeting
from minutebook.models.publish import IN_PART, LONGEST_CELL, publish
from minutebook.models.site import table_config
from minutebook.models.status import status
from minutebook.models.tables import TABLES
from minutebook.pipeline import main


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
        wanted |= {column for column in IN_PART if "meeting_date" in wanted and column in config["columns"]}
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


DOUBTFUL = {
    "attendees": [("Ann Doubt", 0.3)],
    "resolutions": [("That the doubtful be.", 0.49), ("That the even be.", 0.5)],
    "recommendations": [("That the doubtful be asked.", 0.2)],
    "actions": [("Kit Orr to doubt it.", 0.1)],
}


@pytest.fixture
def doubtful(session, stored, make):
    """The store with a paper in which one fact of each kind is doubtful, and one resolution as likely right as wrong."""
    makers = {"attendees": make.attendee, "actions": make.action}
    facts = {
        kind: [makers.get(kind, make.resolution)(text, confidence=sure) for text, sure in rows]
        for kind, rows in DOUBTFUL.items()
    }
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=[make.document("doubt")]))
    load_facts(session, make.sha("doubt"), make.facts("doubt", **facts, meeting_date="2026-04-09"))
    return stored


def test_what_is_doubtful_is_stored_but_not_published(session, doubtful, site):
    """Facts below the setting are in the store and the report, and nowhere in the file: no evidence, no person."""
    report = publish(doubtful, site)
    assert {
        "attendances": 1,
        "resolutions": 1,
        "recommendations": 1,
        "actions": 1,
        "interests": 0,
    } == dict(report.kept_back)
    assert report.kept_back == status(session)["kept_back"]
    shown = str({name: found for name, found in contents(report.path).items() if name != "pages"})
    assert [] == [text for facts in DOUBTFUL.values() for text, sure in facts if sure < 0.5 and text in shown]
    assert "That the even be." in shown
    assert rows(report.path, "SELECT resolutions FROM meetings WHERE meeting_date = '2026-04-09'") == [(1,)]
    everything = publish(doubtful, site, 0)
    assert {0} == set(everything.kept_back.values())
    assert report.rows["evidence"] + 4 == everything.rows["evidence"]
    assert report.rows["people"] + 1 == everything.rows["people"]


def test_the_least_confidence_is_a_setting(doubtful, tmp_path, monkeypatch):
    """The option, the variable and the settings file each say what is published, and both commands tell what is not."""
    monkeypatch.chdir(tmp_path)

    def told(*words, **variables):
        command = ["--data", str(tmp_path), "--store", doubtful, *words]
        return " ".join(CliRunner().invoke(main, command, env=variables).output.split())

    kept = "Kept back, being less sure than --min-confidence: 1 attendances, {} resolutions, 1 recommendations, 1 act"
    assert kept.format(1) in told("publish")
    assert kept.format(2) in told("publish", "--min-confidence", "0.6")
    assert "Kept back" not in told("publish", MINUTEBOOK_MIN_CONFIDENCE="0.1")
    (tmp_path / "minutebook.toml").write_text("[publish]\nmin_confidence = 0.7\n")
    assert kept.format(2) in told("publish")
    assert {"resolutions": 2, "actions": 1}.items() <= json.loads(told("status", "--json"))["kept_back"].items()
    assert "less sure than 0.7" in told("status")
    assert "default: 0.7" in told("nightly", "--help")
    assert "0<=x<=1" in told("publish", "--min-confidence", "2")


def test_a_page_with_doubtful_facts_alone_is_not_published(doubtful, site):
    """The text of a page stands in the file for its evidence, and goes with it."""
    assert rows(publish(doubtful, site, 0.5).path, "SELECT count(*) FROM pages WHERE text LIKE '%even%'") == [(1,)]
    assert rows(publish(doubtful, site, 0.6).path, "SELECT count(*) FROM pages WHERE text LIKE '%even%'") == [(0,)]


def test_a_person_on_the_websites_list_is_sure(session, stored, site, make):
    """Whom the website lists is published, however doubtful the paper, under a name that some sure row has."""
    listed = [make.line("Councillor Ann Doubt", "Present")]
    for number, attendances in (("4103", listed), ("4104", [])):
        papers = [make.document(f"doubt-{number}")]
        load_meeting(session, make.meeting(number, f"2026-04-0{number[-1]}", documents=papers, attendances=attendances))
        name = "Ann Doubt" if attendances else "Ánn Doubt"
        facts = make.facts(f"doubt-{number}", attendees=[make.attendee(name, confidence=0.3)])
        load_facts(session, make.sha(f"doubt-{number}"), facts | {"meeting_date": f"2026-04-0{number[-1]}"})
    path = publish(stored, site).path
    assert rows(path, "SELECT name, meeting_date FROM attendances WHERE name LIKE '%Doubt'") == [
        ("Ann Doubt", "2026-04-03")
    ]
    assert rows(path, "SELECT name, meetings FROM people WHERE name LIKE '%Doubt'") == [("Ann Doubt", 1)]


def test_a_fact_is_as_sure_as_its_surest_paper(session, stored, site, make):
    """What a scan states doubtfully and another paper surely is one row, and sure."""
    papers = [make.document("page", media_type="text/html"), make.document("scan")]
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=papers))
    for name, sure in (("page", 0.2), ("scan", 0.9)):
        facts = make.facts(name, resolutions=[make.resolution("That the pier be mended.", confidence=sure)])
        load_facts(session, make.sha(name), facts | {"meeting_date": "2026-04-09"})
    found = rows(publish(stored, site).path, "SELECT confidence FROM resolutions WHERE text LIKE '%pier%'")
    assert found == [(0.9,)]


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
