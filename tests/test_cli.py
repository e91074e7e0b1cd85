"""The command line as people and scripts use it: real processes, real files, exit codes and messages."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from filelock import FileLock

from minutebook.fixtures import AUTHORITY
from minutebook.fixtures.server import CountyServer
from minutebook.pipeline import main

ROOT = Path(__file__).parent.parent
PAPERS = ROOT / "fixtures" / "papers" / "documents"
BAD = ROOT / "fixtures" / "bad"
MINUTEBOOK = [sys.executable, "-m", "minutebook.pipeline"]
COMMANDS = sorted(main.commands)


def run(*words: object, cwd: Path | None = None, **kwargs: object) -> subprocess.CompletedProcess[str]:
    """A real process of the command line."""
    command = [*MINUTEBOOK, *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=cwd, check=False, **kwargs)


def configure(folder: Path, county: CountyServer) -> None:
    """A settings file that names the invented council."""
    entry = "\n".join(f'{key} = "{value}"' for key, value in ({**AUTHORITY, "base_url": county.base_url}).items())
    (folder / "minutebook.toml").write_text(f"[[authorities]]\n{entry}\n[crawl]\ndelay = 0\nsweep_days = 0\n")


def rows_of(site: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of the published facts."""
    with sqlite3.connect(site / "minutebook.db") as connection:
        tables = (
            "attendances",
            "resolutions",
            "recommendations",
            "actions",
            "interests",
            "evidence",
            "meetings",
            "people",
        )
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in tables}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command: str) -> None:
    """Each command has help of more than a line, and each of its options says what it is for."""
    result = CliRunner().invoke(main, [command, "--help"])
    options = [param for param in main.commands[command].params if isinstance(param, click.Option)]
    assert 0 == result.exit_code
    assert [] == [option.name for option in options if not option.help]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_is_in_the_readme(command: str) -> None:
    """The README names each command."""
    assert f"minutebook {command}" in (ROOT / "README.md").read_text("utf-8")


def test_extract_prints_one_object_a_document_in_input_order() -> None:
    """Two workers give the same lines as one, in the order of the files."""
    files = sorted(PAPERS.iterdir())[:4]
    one, two = run("extract", *files), run("extract", "--workers", 2, *files)
    assert (0, 0) == (one.returncode, two.returncode)
    assert [str(file) for file in files] == [json.loads(line)["source"] for line in one.stdout.splitlines()]
    assert one.stdout == two.stdout


def test_extract_reads_standard_input() -> None:
    """A dash is standard input."""
    data = (ROOT / "fixtures" / "seeds" / "5-resolved.txt").read_bytes()
    result = subprocess.run([*MINUTEBOOK, "extract", "-"], input=data, capture_output=True, timeout=120, check=False)
    facts = json.loads(result.stdout)
    assert "-" == facts["source"]
    assert 2 == len(facts["resolutions"])


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("missing.pdf", "missing", "There is no file"),
        ("empty.pdf", "empty", "The file is empty"),
        ("truncated.pdf", "damaged", "cannot be opened"),
        ("encrypted.pdf", "encrypted", "without a password"),
        ("html-as.pdf", "not_a_pdf", "web page under the name of a PDF"),
        ("entity-bomb.xml", "unsafe", "carries a DTD"),
        ("external-entity.xml", "unsafe", "carries a DTD"),
    ],
)
def test_bad_input_is_set_aside_with_its_reason(name: str, code: str, words: str) -> None:
    """A bad file gives an error object and exit code 1, and the good one after it is still read."""
    good = PAPERS / "scrutiny-2026-01-15-printed.pdf"
    result = run("extract", BAD / name, good)
    first, second = map(json.loads, result.stdout.splitlines())
    assert (1, code) == (result.returncode, first["error"]["code"])
    assert words in first["error"]["message"]
    assert words in result.stderr
    assert second["resolutions"]


@pytest.mark.parametrize(
    ("name", "code"), [("image-only.pdf", "scanned"), ("page-without-modgov.html", "unknown_page")]
)
def test_doubtful_input_carries_a_warning(name: str, code: str) -> None:
    """What can be opened but hardly read yields no row, and says why."""
    facts = json.loads(run("extract", BAD / name).stdout)
    assert code in [warning["code"] for warning in facts["warnings"]]
    assert [] == facts["resolutions"] + facts["recommendations"] + facts["actions"] + facts["attendees"]


def test_schema_describes_what_extract_prints() -> None:
    """The schema knows every field of a printed object, and no other."""
    schema = json.loads(run("schema").stdout)
    facts = json.loads(run("extract", PAPERS / "panel-2026-02-06-page.html").stdout)
    assert set(facts) | {"page_texts", "page_readers"} == set(schema["properties"])


def test_wrong_usage_exits_2(tmp_path: Path) -> None:
    """An unknown option, and a crawl of nobody, are wrong usage."""
    assert 2 == run("extract", "--no-such-option").returncode
    result = run("crawl", cwd=tmp_path)
    assert 2 == result.returncode
    assert "[[authorities]]" in result.stderr


def test_the_same_night_twice_changes_nothing(tmp_path: Path) -> None:
    """A second night finds nothing new: same rows, same ids, no file fetched anew."""
    with CountyServer() as county:
        configure(tmp_path, county)
        first = run("nightly", cwd=tmp_path)
        before = rows_of(tmp_path / "data" / "site")
        files = sorted(path.name for path in (tmp_path / "data" / "archive").rglob("*") if path.is_file())
        second = run("nightly", cwd=tmp_path)
    assert (0, 0) == (first.returncode, second.returncode), first.stderr + second.stderr
    assert all(before.values())
    assert before == rows_of(tmp_path / "data" / "site")
    assert files == sorted(path.name for path in (tmp_path / "data" / "archive").rglob("*") if path.is_file())
    assert "Read 0 of 0 documents" in second.stderr


def test_the_night_reads_with_the_settings_of_extract(tmp_path: Path) -> None:
    """What the settings file says of reading holds for the night too, unless it says otherwise there."""
    (tmp_path / "minutebook.toml").write_text("[extract]\nworkers = 3\ntime_limit = 77\n[nightly]\nworkers = 5\n")
    words = " ".join(run("nightly", "--help", cwd=tmp_path).stdout.split())
    assert "default: 77" in words
    assert "default: 5" in words


def test_a_second_run_meanwhile_exits_75(tmp_path: Path) -> None:
    """Who finds the lock held ends at once and says so."""
    with CountyServer() as county:
        configure(tmp_path, county)
        (tmp_path / "data").mkdir()
        with FileLock(tmp_path / "data" / "lock"):
            result = run("nightly", cwd=tmp_path)
    assert 75 == result.returncode
    assert "holds the lock" in result.stderr


@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGINT], ids=["kill", "ctrl-c"])
def test_a_night_cut_short_is_completed_by_the_next(tmp_path: Path, signum: int) -> None:
    """Killed in the middle of the crawl, the next run ends with the rows of a night that was left in peace."""
    with CountyServer(delay=0.05) as county:
        configure(tmp_path, county)
        process = subprocess.Popen(
            [*MINUTEBOOK, "nightly"], cwd=tmp_path, stderr=subprocess.DEVNULL, start_new_session=True
        )
        while len(county.requests) < 12:
            time.sleep(0.05)
        if signum == signal.SIGINT:
            os.killpg(process.pid, signum)
        else:
            process.kill()
        assert 0 != process.wait(timeout=60)
        again = run("nightly", cwd=tmp_path)
        whole = tmp_path / "whole"
        whole.mkdir()
        configure(whole, county)
        assert 0 == run("nightly", cwd=whole).returncode
    assert 0 == again.returncode, again.stderr
    ours, theirs = rows_of(tmp_path / "data" / "site"), rows_of(whole / "data" / "site")
    assert {table: len(rows) for table, rows in theirs.items()} == {table: len(rows) for table, rows in ours.items()}


def test_a_broken_source_is_told_and_stops_nothing(tmp_path: Path) -> None:
    """One meeting's service answers 500: exit code 1, its address is named, the other meetings are published."""
    with CountyServer() as county:
        configure(tmp_path, county)
        county.fail(r"GetMeeting\?.*4101", status=500)
        result = run("nightly", cwd=tmp_path)
    assert 1 == result.returncode
    assert re.search(r"GetMeeting\S*4101", result.stderr)
    assert rows_of(tmp_path / "data" / "site")["resolutions"]


def test_demo_from_an_empty_folder(tmp_path: Path) -> None:
    """The demo needs nothing, prints what it found, and leaves a site."""
    result = run("demo", "--no-serve", cwd=tmp_path)
    assert 0 == result.returncode, result.stderr
    assert re.search(r"resolutions\s*│\s*\d\d", result.stdout)
    assert (tmp_path / "data" / "site" / "minutebook.db").exists()


def test_export_writes_what_is_published(tmp_path: Path) -> None:
    """An exported row carries its words and the address they stand at."""
    assert 0 == run("demo", "--no-serve", cwd=tmp_path).returncode
    result = run("export", "resolutions", "--format", "jsonl", cwd=tmp_path)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert rows
    assert [] == [row for row in rows if not row["quote"] or not row["source_url"].startswith("http")]
    missing = run("export", "no_such_table", cwd=tmp_path)
    assert 1 == missing.returncode
    assert "Traceback" not in missing.stderr


def test_cron_hears_no_progress_bar(tmp_path: Path) -> None:
    """Without a terminal no bar is drawn: standard error holds whole lines without control characters."""
    result = run("extract", PAPERS / "panel-2026-02-06-page.html")
    assert "" == result.stderr


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("[[authorities]]\ncode = 'X'\n", "has no name"),
        ("authorities = 'X'\n", "has no code"),
        ("= nonsense", "not valid TOML"),
    ],
)
def test_a_bad_settings_file_is_explained(tmp_path: Path, written: str, words: str) -> None:
    """A mistake in the settings is one line that says what to mend."""
    (tmp_path / "minutebook.toml").write_text(written)
    result = run("crawl", cwd=tmp_path)
    assert 1 == result.returncode
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "data", [b"<!---->" * 200 + b"x", b"Minutes of a meeting\nAction: " + b"KC and HL / RB, CT & " * 200 + b"mending"]
)
def test_hostile_text_ends(tmp_path: Path, data: bytes) -> None:
    """Text made to be tried in every way is read like any other."""
    (tmp_path / "hostile.txt").write_bytes(data)
    assert 0 == run("extract", tmp_path / "hostile.txt").returncode


def test_an_empty_clause_costs_nothing_else(tmp_path: Path) -> None:
    """A report with an empty clause still gives its other recommendations."""
    (tmp_path / "report.txt").write_text(
        "Report of the Clerk\nRECOMMENDATIONS\nThat the Panel:\n(a) and\n(b) That the plan be approved.\n"
    )
    facts = json.loads(run("extract", tmp_path / "report.txt").stdout)
    assert ["That the plan be approved."] == [row["text"] for row in facts["recommendations"]]


def test_a_meeting_that_is_taken_back_is_published_no_more(tmp_path: Path) -> None:
    """A council that withholds a meeting takes its facts, papers and words off our site with the next night."""
    with CountyServer() as county:
        configure(tmp_path, county)
        assert 0 == run("nightly", cwd=tmp_path).returncode
        held = "SELECT count(*) FROM resolutions WHERE meeting_date = '2026-06-19'"
        with sqlite3.connect(tmp_path / "data" / "site" / "minutebook.db") as site:
            assert site.execute(held).fetchone()[0]
        xml = b"<meeting><meetingid>4202</meetingid><meetingdate>19/06/2026</meetingdate><isdisplayallowed>False</isdisplayallowed></meeting>"
        county.fail(r"GetMeeting\?.*4202", status=200, body=xml)
        assert 0 == run("nightly", cwd=tmp_path).returncode
    with sqlite3.connect(tmp_path / "data" / "site" / "minutebook.db") as site:
        assert 0 == site.execute(held).fetchone()[0]
        assert 0 == site.execute("SELECT count(*) FROM documents WHERE source_url LIKE '%g4202%'").fetchone()[0]
        assert 0 == site.execute("SELECT count(*) FROM pages WHERE text LIKE '%custody visitors%'").fetchone()[0]


def test_group_lines_between_clauses_are_no_clauses(tmp_path: Path) -> None:
    """A report's list goes on over the lines that group it."""
    lines = [
        "Report of the Clerk", "RECOMMENDATIONS", "The Town Council, having read the advice of the auditor (item 5), is asked to agree the following:",
        "Capital programme", "(a) The sea wall of £4m.", "(b) The new slipway.", "Council tax", "(c) To raise the charge by two per cent.", "Background", "(d) Not this.",
    ]  # fmt: skip
    (tmp_path / "report.txt").write_text("\n".join(lines))
    facts = json.loads(run("extract", tmp_path / "report.txt").stdout)
    assert ["(a)", "(b)", "(c)"] == [row["ref"] for row in facts["recommendations"]]
    assert {"Town Council"} == {row["addressed_to"] for row in facts["recommendations"]}


def test_a_site_that_refuses_is_left_alone_for_days(tmp_path: Path) -> None:
    """After a challenge nothing is asked of the site in the next nights; once it lets us in, all is as ever."""
    with CountyServer() as county:
        configure(tmp_path, county)
        county.fail("GetMeetings", status=403, headers={"cf-mitigated": "challenge"})
        assert 1 == run("crawl", cwd=tmp_path).returncode
        county.heal()
        county.requests.clear()
        left = run("crawl", cwd=tmp_path)
        assert (1, []) == (left.returncode, county.requests)
        assert re.search(r"NMR: blocked since \d{4}-.* left alone until \d{4}-", left.stderr)
        assert 0 == run("crawl", "--blocked-days", 0, cwd=tmp_path).returncode
        assert 0 == run("crawl", cwd=tmp_path).returncode
