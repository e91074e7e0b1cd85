"""The published site, as Datasette serves it: every page, every download, and a swap while it is being read."""

import asyncio
import csv
import io
import socket
import sqlite3
import subprocess
import threading
import time
from contextlib import closing, contextmanager
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import quote

import httpx
import pytest
from datasette.app import Datasette

import minutebook
from minutebook.extract.confidence import measured
from minutebook.models.errors import StoreError
from minutebook.models.load import load_facts, load_meeting
from minutebook.models.publish import publish
from minutebook.models.site import prepare_site, site_command, site_config, trust, undescribed
from minutebook.models.tables import TABLES

QUERIES = list(site_config()["databases"]["minutebook"]["queries"])
NAMES = [table.name for table in TABLES]


@pytest.fixture
def site(stored, tmp_path):
    """A published site."""
    publish(stored, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def get(site):
    """Ask a Datasette that is set up exactly as the served one."""
    datasette = Datasette([], config_dir=site)

    def get(path):
        return asyncio.run(datasette.client.get(path))

    return get


def csv_rows(response):
    """The rows of a CSV answer."""
    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; charset=utf-8")
    return list(csv.DictReader(io.StringIO(response.text)))


def test_every_table_and_column_is_described(site):
    """No published table or column without a description, and none described that is not there."""
    columns = {table.name: [column.key for column in table.rows.selected_columns] for table in TABLES}
    assert undescribed(columns) == []
    assert ["people.age"] == undescribed(columns | {"people": [*columns["people"], "age"]})
    assert ["pets", "pets.id"] == undescribed(columns | {"pets": ["id"]})


@pytest.mark.parametrize("path", ["/", "/minutebook", *[f"/minutebook/{name}" for name in [*NAMES, *QUERIES]]])
def test_every_page_answers(get, path):
    """Home, database, tables and ready questions are pages, with titles in plain words."""
    response = get(path)
    assert 200 == response.status_code
    assert "<h1" in response.text


@pytest.mark.parametrize("name", NAMES)
def test_every_table_can_be_downloaded(get, site, name):
    """The streamed CSV of each table has all its rows and columns."""
    download = get(f"/minutebook/{name}.csv?_size=max&_stream=on")
    counted = get(f"/minutebook.json?sql=select+count(*)+from+{name}&_shape=arrays").json()["rows"]
    assert counted == [[len(csv_rows(download))]]
    headings = set(download.text.splitlines()[0].split(","))
    assert set(site_config()["databases"]["minutebook"]["tables"][name]["columns"]) == headings


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("decisions_mentioning?words=cafe", ["That permission be granted for the café at 2 Mill Lane."]),
        ("decisions_mentioning?words=%22unbalanced", []),
        ("decisions_mentioning?since=2026-02-13", []),
        ("actions_by_owner?owner=orr", ["Kit Orr to price the fence by May."]),
        ("interests_of_a_person?name=rowe", ["Cllr Rowe declared a personal interest in item 4."]),
        ("recommendations_to?addressed_to=planning", ["That the Committee notes progress."]),
        ("new_since?day=2099-01-01", []),
    ],
)
def test_ready_questions_answer(get, query, expected):
    """Each finds what it says, as CSV too, with the words' address in every row."""
    name, arguments = query.split("?")
    rows = csv_rows(get(f"/minutebook/{name}.csv?{arguments}"))
    assert expected == [row["text"] for row in rows]
    assert all(row["source_url"].startswith("https://") and row["evidence_id"] for row in rows)


def test_ready_questions_left_open_answer_with_everything(get):
    """An empty form is an answer, not an error."""
    found = {name: len(csv_rows(get(f"/minutebook/{name}.csv"))) for name in QUERIES}
    assert {
        "decisions_mentioning": 2,
        "actions_by_owner": 1,
        "attendance_of_a_person": 3,
        "recommendations_to": 1,
        "interests_of_a_person": 1,
        "new_since": 5,
        "votes_compared": 1,
        "on_a_reference": 0,
        "refused_and_lost": 0,
        "largest_sums": 0,
        "not_unanimous": 0,
        "recommendations_to_executive": 0,
        "overdue_actions": 0,
        "apologies_and_absences": 1,
    } == found


def test_search_really_searches(get):
    """A nonsense word finds nothing in any table that can be searched."""
    searched = [table.name for table in TABLES if table.search]
    found = {name: get(f"/minutebook/{name}.json?_search=zzzqqq&_shape=array").json() for name in searched}
    assert {name: [] for name in searched} == found


def test_a_row_leads_to_its_words_in_one_click(get):
    """The link in a row opens the page that marks its words, names the paper and links the council's copy."""
    (row,) = get("/minutebook/actions.json?_shape=array").json()
    link = f"/evidence/{row['evidence_id']}"
    for path in ("/minutebook/actions", f"/minutebook/actions/{row['id']}", "/minutebook/evidence"):
        assert f'href="{link}"' in get(path).text
    shown = get(link).text
    assert "<mark>Kit Orr to price the fence by May.</mark>" in shown
    assert '<a href="https://democracy.northmere.example/documents/g4101.pdf#page=1"' in shown
    (evidence,) = get(f"/minutebook/evidence.json?id={row['evidence_id']}&_shape=array").json()
    assert evidence["sha256"] in shown
    assert evidence["fetched_at"] in shown


def test_evidence_that_is_not_there(get):
    """An unknown number is a page that says so; what is no number is no evidence page."""
    assert [404, 404, 404] == [
        get(path).status_code for path in ("/evidence/12", "/evidence/x", "/evidence/9" + "9" * 20)
    ]


def test_markup_in_a_paper_stays_text(get):
    """A tag in the words of a paper is shown, never run."""
    (row,) = [row for row in get("/minutebook/attendances.json?_shape=array").json() if "Orr" in row["name"]]
    for path in ("/minutebook/attendances", f"/minutebook/attendances/{row['id']}", f"/evidence/{row['evidence_id']}"):
        shown = get(path).text
        assert "<b>Orr" not in shown
        assert "&lt;b&gt;Orr" in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "JavaScript:alert(1)", "//x.example", "data:text/html,x"])
def test_an_address_that_is_not_of_the_web_is_no_link(get, site, address):
    """Should one ever get into the published file, the evidence page shows no link for it."""
    with closing(sqlite3.connect(site / "minutebook.db")) as connection, connection:
        connection.execute("UPDATE evidence SET source_url = ?", [address])
    (row,) = get("/minutebook/actions.json?_shape=array").json()
    shown = get(f"/evidence/{row['evidence_id']}").text
    assert "no web address is known" in shown
    assert address not in shown


def test_one_query_cannot_take_the_memory(get):
    """A string of a gigabyte is refused."""
    refused = get("/minutebook?sql=select+length(hex(zeroblob(450000000)))")
    assert 400 == refused.status_code
    assert "not authorized to use function: zeroblob" in refused.text


@pytest.fixture
def many(session, stored, tmp_path, make):
    """A site with 900 resolutions on three days, with few different outcomes and votes, and half of them without."""
    for month in ("04", "05", "06"):
        source = f"many-{month}"
        load_meeting(session, make.meeting(source, f"2026-{month}-01", documents=[make.document(source)]))
        decisions = [
            make.resolution(f"That {number} be done.", ("carried", "noted", "lost")[number % 3])
            | ({"vote": {"for": number % 4}} if number % 2 else {})
            for number in range(300)
        ]
        load_facts(session, make.sha(source), make.facts(source, resolutions=decisions))
    publish(stored, tmp_path / "site")
    return Datasette([], config_dir=tmp_path / "site")


@pytest.mark.parametrize(
    "arguments", ["", "_sort=outcome", "_sort_desc=outcome", "_sort=votes_for", "_sort_desc=votes_for&outcome=noted"]
)
def test_paging_loses_no_row(many, arguments):
    """Page by page every row comes once, however many are tied, and the streamed CSV has them all."""

    async def walk():
        seen, after = [], ""
        while after is not None:
            url = f"/minutebook/resolutions.json?_size=70&_shape=objects&_nofacet=1&{arguments}&_next={quote(after)}"
            page = (await many.client.get(url)).json()
            seen += [row["id"] for row in page["rows"]]
            after = page["next"]
        stream = await many.client.get(f"/minutebook/resolutions.csv?_size=70&_stream=on&{arguments}")
        return seen, page["filtered_table_rows_count"], stream

    seen, count, stream = asyncio.run(walk())
    assert count == len(seen) == len(set(seen)) > 250
    assert sorted(seen) == sorted(int(row["id"]) for row in csv_rows(stream))


def test_preparing_again_changes_only_what_differs(site):
    """Files that are the same are not touched, ours that are no more in the program go, others stay."""
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    (site / "plugins" / "gone.py").write_text("raise SystemExit")
    (site / "notes.txt").write_text("kept")
    prepare_site(site)
    after = {path: path.stat().st_mtime_ns for path in site.rglob("*") if path.is_file()}
    assert before == {path: time for path, time in after.items() if path.name != "notes.txt"}
    assert (site / "notes.txt").exists()


def test_serving_before_publishing(tmp_path):
    """There is nothing to serve, and the error says what to run."""
    with pytest.raises(StoreError, match="Run `minutebook publish` first"):
        site_command(tmp_path, 8001)


def free_port():
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(site, cwd):
    """A real Datasette on loopback; gives its address."""
    port = free_port()
    with subprocess.Popen(
        site_command(site, port), cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            address = f"http://127.0.0.1:{port}"
            wait_for(f"{address}/minutebook.json", server)
            yield address
        finally:
            server.terminate()


def wait_for(url, server):
    """Return once the server answers; fail if it dies or takes a minute."""
    for _ in range(600):
        try:
            return fetch(url)
        except httpx.TransportError:
            assert server.poll() is None
            time.sleep(0.1)
    raise AssertionError(f"{url} never answered")


def fetch(url):
    """Status and text of an answer."""
    response = httpx.get(url, timeout=30)
    return response.status_code, response.text


def test_a_slow_answer_is_remembered_for_a_day_and_an_edition(stored, site, monkeypatch):
    """Asked again it costs nothing; tomorrow, or when the site was published again, it is found anew."""
    slow = "with recursive n(i) as (select 1 union all select i + 1 from n where i < 400000) select count(*) from n"

    async def ask():
        datasette = Datasette([], config_dir=site)
        await datasette.invoke_startup()
        database = datasette.get_database("minutebook")
        names = type(database).execute.__globals__

        async def found():
            with database.bound():
                return await database.execute(slow)

        first = await found()
        assert first is await found()
        with monkeypatch.context() as patch:
            patch.setitem(names, "date", SimpleNamespace(today=lambda: date.today() + timedelta(days=1)))
            assert first is not await found()
        publish(stored, site)
        assert first is not await found()

    asyncio.run(ask())


def test_a_swap_while_the_site_is_read(session, stored, site, make):
    """Eight readers see no failed answer through five publishes, and each new row is there at once."""
    answers, stop = [], threading.Event()

    def read(address, paths):
        while not stop.is_set():
            for path in paths:
                answers.append((path, fetch(address + path)[0]))

    paths = [
        "/minutebook/resolutions",
        "/minutebook/resolutions.csv?_stream=on",
        "/",
        "/downloads",
        "/minutebook/new_since?day=2026",
    ]
    with serving(site, Path(minutebook.__file__).parent) as address:
        readers = [threading.Thread(target=read, args=(address, paths[turn:] + paths[:turn])) for turn in range(8)]
        for reader in readers:
            reader.start()
        for number in range(5):
            name = f"new-{number}"
            load_meeting(session, make.meeting(name, f"2026-05-0{number + 1}", documents=[make.document(name)]))
            load_facts(session, make.sha(name), make.facts(name, resolutions=[make.resolution(f"That {name} be.")]))
            publish(stored, site)
            status, text = fetch(f"{address}/minutebook/resolutions.json?_shape=array")
            assert (200, True) == (status, f"That {name} be." in text)
        stop.set()
        for reader in readers:
            reader.join()
        handles = open_site_files(site)
    assert [answer for answer in answers if answer[1] != 200] == []
    assert len(answers) > 20
    assert handles == {str(site / "minutebook.db")}


def test_a_table_says_how_far_to_trust_it(site):
    """The pages of the four tables of facts, as they are served, tell what was measured of them."""
    found = measured()
    with serving(site, Path(minutebook.__file__).parent) as address:
        for name, score in found["tables"].items():
            right, given = int(100 * score["precision"] + 1e-6), int(100 * score["recall"] + 1e-6)
            status, text = fetch(f"{address}/minutebook/{name}")
            sentence = f"Of 100 rows given, {right} are right; of 100 there are, {given} are found."
            assert (200, True) == (status, f"{sentence} Measured on {found['documents']} documents of" in text)
        assert "Of 100 rows given" not in fetch(f"{address}/minutebook/meetings")[1]


def test_what_was_not_measured_is_not_told():
    """A table without figures is described as it was; bodies held out are told apart."""
    score = {"precision": 0.999, "recall": 0.5}
    taught = {"documents": 3, "bodies": 2, "extractor": "9", "tables": {"actions": score, "resolutions": {}}}
    found = taught | {"held_out": {"tables": {"actions": score}}}
    words = "Of 100 rows given, 99 are right; of 100 there are, 50 are found."
    told = f" {words} Measured on 3 documents of 2 bodies, extractor 9. Of the bodies that taught it nothing: {words}"
    assert (told, "", "") == (trust("actions", found), trust("resolutions", found), trust("meetings", found))


def open_site_files(site):
    """The published files, those deleted included, that any process of ours has open (Linux); the live one elsewhere."""
    links = Path("/proc").glob("[0-9]*/fd/*")
    found = set()
    for link in links:
        try:
            target = str(link.readlink())
        except OSError:
            continue
        if target.startswith(str(site / "minutebook.db")):
            found.add(target)
    return found or {str(site / "minutebook.db")}
