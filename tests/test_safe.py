"""The site in public: what it says to browsers, what it refuses, what is in its file, and nginx before it."""

import asyncio
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing, contextmanager
from pathlib import Path

import httpx
import pytest
from datasette.app import Datasette

from minutebook.models.publish import publish
from minutebook.models.site import editions, site_command
from minutebook.models.tables import TABLES

ROOT = Path(__file__).parent.parent
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
WHERE = "meeting_date committee authority evidence_id source_url"
LAST = "quote confidence found_on year position meeting_id authority_id"
DECISION = f"""id text outcome addressed_to {WHERE} item item_title ref mover seconder votes_for votes_against
    votes_abstain vote_manner named_votes procedural exempt amount {LAST}"""
# All that is public. A column that is added to the site is added here, after a thought about whom it concerns.
PUBLIC = {
    "authorities": "id name code system url meetings",
    "committees": "id name authority category expired url meetings authority_id",
    "meetings": "id title meeting_date year committee authority time venue status status_as_written resolutions "
    "has_minutes "
    "source_url committee_id authority_id",
    "agenda_items": "id number minute_number title meeting_date committee authority restricted year position "
    "meeting_id authority_id",
    "documents": "id title kind meeting_date year committee authority source_url media_type sha256 fetched_at "
    "meeting_id authority_id",
    "people": "id name authority meetings authority_id",
    "attendances": f"id name status {WHERE} title role organisation party ward substitute_for papers_status "
    f"website_status website_as_written as_written person_id {LAST}",
    "resolutions": DECISION,
    "recommendations": DECISION,
    "actions": f"id text owner due {WHERE} due_date state tier owner_as_written item item_title {LAST}",
    "interests": f"id name matter kind left_room took_part {WHERE} text item item_title title kind_as_written {LAST}",
    "recorded_votes": "id title outcome votes_for votes_against votes_abstain meeting_date committee authority "
    "source_url item votes year position meeting_id authority_id",
    "delegated_decisions": "id title text maker decided authority source_url status key call_in published effective "
    "lead_officer purpose reasons alternatives year authority_id",
    "completeness": "id authority year meetings cancelled with_agenda with_minutes minutes_read facts authority_id",
    "troubles": "id message authority committee code since authority_id",
    "gaps": "id title meeting_date committee authority reason pages source_url document_id authority_id",
    "runs": "id stage state started_at finished_at errors counts",  # numbers, no message that could hold a path
    "tallies": "id authority year kind value number kept_back authority_id",
    "pages": "id sha256 page text width height",
    "evidence": "id quote document page source_url start end boxes sha256 fetched_at extractor resolution_id "
    "recommendation_id action_id interest_id attendance_id document_id page_id",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory, make):
    """A published site."""
    from minutebook.models.load import load_authority, load_facts, load_meeting
    from minutebook.models.store import open_store

    folder = tmp_path_factory.mktemp("safe")
    with open_store(f"sqlite:///{folder}/store.db") as session:
        load_authority(session, make.AUTHORITY)
        load_meeting(session, make.meeting(documents=[make.document("m")]))
        decisions = [make.resolution(f"That {number} be done.") for number in range(300)]
        load_facts(session, make.sha("m"), make.facts("m", resolutions=decisions))
    publish(f"sqlite:///{folder}/store.db", folder / "data" / "site")
    return folder / "data" / "site"


@pytest.fixture(scope="module")
def get(site):
    """Ask a Datasette that is set up exactly as the served one."""
    datasette = Datasette([], config_dir=site)

    def get(path, method="GET", **how):
        return asyncio.run(datasette.client.request(method, path, **how))

    return get


# --- the file -----------------------------------------------------------------------------------------------------


def test_nothing_but_what_is_listed_is_public(site):
    """Every table and column of the published file stands in the list above, and its search indexes beside them."""
    with closing(sqlite3.connect(site / "minutebook.db")) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        ]
        found = {name: [row[1] for row in connection.execute(f"PRAGMA table_info({name})")] for name in tables}
    shadows = {
        f"{table.name}_fts{end}"
        for table in TABLES
        if table.search
        for end in ("", "_data", "_idx", "_docsize", "_config")
    }
    known = {
        name: columns for name, columns in found.items() if name not in shadows and not name.startswith("sqlite_stat")
    }
    assert {name: columns.split() for name, columns in PUBLIC.items()} == known
    searched = {column for table in TABLES for column in table.search}
    assert {column for table in TABLES if table.search for column in found[f"{table.name}_fts"]} <= searched


def test_the_folder_holds_nothing_else(site):
    """Beside the file there is only what the site is made of: no store, no original, no settings of the machine."""
    assert {"bulk", "metadata.json", "minutebook.db", "plugins", "settings.json", "static", "templates"} == {
        path.name for path in site.iterdir()
    }


# --- what browsers are told ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    ["/", "/minutebook/resolutions", "/minutebook/resolutions.json", "/minutebook/resolutions.csv?_stream=on", "/evidence/1",
     "/downloads", "/static/minutebook.css", "/-/static/app.css", "/-/metadata", "/robots.txt", "/none", "/calendar.ics"],
)  # fmt: skip
def test_every_answer_is_guarded(get, path):
    """Pages, data, files and errors alike forbid foreign and inline scripts, framing, guessing of types and referring."""
    headers = get(path).headers
    policy = dict(part.strip().split(" ", 1) for part in headers["content-security-policy"].split(";"))
    assert "'none'" == policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"]
    assert {"'self'"} == {policy[name] for name in ("script-src", "style-src", "img-src", "form-action")}
    assert ("nosniff", "no-referrer") == (headers["x-content-type-options"], headers["referrer-policy"])
    assert "geolocation=()" in headers["permissions-policy"]


def test_how_long_answers_may_be_kept(get):
    """Pages for minutes, styles for a day, errors not at all, whatever the visitor says."""
    kept = {
        path: get(path).headers.get("cache-control")
        for path in ("/minutebook/resolutions?_ttl=99999999", "/static/minutebook.css", "/none")
    }
    assert ["public, max-age=300", "public, max-age=86400", None] == [*kept.values()]


def test_crawlers_are_kept_to_the_pages(get):
    """robots.txt names facets, sorts and files."""
    rules = get("/robots.txt").text
    assert all(f"Disallow: {rule}\n" in rules for rule in ("/*?*_facet", "/*?*_sort", "/*.csv", "/*.json", "/-/"))


# --- what is refused ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/-/metadata.json", 404), ("/-/databases.json", 404), ("/-/settings", 404), ("/-/threads", 404), ("/-/plugins.json", 404),
        ("/-/auth-token?token=x", 404), ("/-/", 404), ("/-/static/app.css", 200), ("/-/static/../metadata.json", 404),
        ("/minutebook.db", 403), ("/minutebook/resolutions?_size=999999", 400), ("/minutebook/resolutions?_next=999,x,1", 400),
        ("/minutebook/resolutions?" + "_facet=year&" * 9, 400), ("/minutebook?sql=" + "select 1;" * 4000, 400),
        ("/minutebook?sql=delete+from+people", 400), ("/minutebook?sql=attach+'/etc/passwd'+as+x", 400),
        ("/minutebook?sql=select+load_extension('x')", 400), ("/minutebook?sql=select+*+from+pragma_database_list", 400),
        ("/static/..%2fminutebook.db", 404), ("/static/%2e%2e/minutebook.db", 404),
    ],
)  # fmt: skip
def test_what_is_refused(get, path, status):
    """Datasette's own pages, the file itself, too much at once, SQL that is no question, paths that climb."""
    answer = get(path)
    assert status == answer.status_code
    assert b"SQLite format" not in answer.content


@pytest.mark.parametrize("path", ["/\\evil.example/", "//evil.example/", "/\\\\evil.example/x/"])
def test_no_redirect_to_another_host(site, path):
    """A raw request for such a path gets no Location."""
    with serving(site) as port:
        answer = raw(port, f"GET {path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    assert answer.startswith("HTTP/1.1 404")
    assert "location:" not in answer.lower()


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_the_site_is_only_read(get, method):
    """Everything but GET and HEAD is refused."""
    assert 405 == get("/minutebook/resolutions", method).status_code


def test_private_pages_can_be_opened_by_whoever_runs_it(site, monkeypatch):
    """The setting is an environment variable."""
    monkeypatch.setenv("MINUTEBOOK_PRIVATE_PAGES", "1")
    datasette = Datasette([], config_dir=site)
    assert 200 == asyncio.run(datasette.client.get("/-/settings.json")).status_code


LONG = "replace(replace(hex(hex(hex(hex('0123456789')))),'3','{0}'),'3','{0}')".format("3" * 40)
COUNT = "with recursive c(x) as (select 1 union all select x+1 from c limit 1000000000) "
ATTACKS = {
    "endless": COUNT + "select count(*) from c",
    "endless set": "with recursive c(x) as (select 1 union select x+1 from c) select count(*) from c",
    "big cells": COUNT + f"select {LONG} || x from c",
    "one big cell": COUNT + "select group_concat(x) from c",
    "big sort": COUNT + f"select x, {LONG} as b from c order by b",
    "from nothing": "select zeroblob(7000000)",
    "by chance": "select randomblob(7000000)",
    "a width": "select printf('%*d', 100000000, 1)",
    "growth": f"select replace({LONG}, '3', hex({LONG}))",
    "cross": "select count(*) from resolutions a, resolutions b, resolutions c, resolutions d",
    "long pattern": "select text like '" + "%a" * 100 + "' from resolutions",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_refused(get, attack):
    """Each is answered with an error, and the next page is served."""
    answer = get("/minutebook.json", params={"sql": ATTACKS[attack], "_shape": "array"})
    assert 400 == answer.status_code
    assert 200 == get("/minutebook/resolutions").status_code


def test_text_functions_answer_as_before(get):
    """`instr` and `replace`, which are our own, agree with SQLite's."""
    sql = "select instr('abc','c'), instr('abc','x'), instr(null,'a'), instr(123,3), replace('abca','a','xx'), replace('a',null,'b'), replace('a','','b')"
    with closing(sqlite3.connect(":memory:")) as plain:
        expected = [*plain.execute(sql).fetchone()]
    assert [expected] == get("/minutebook.json", params={"sql": sql, "_shape": "arrays"}).json()["rows"]


@pytest.mark.skipif(sys.platform != "linux", reason="memory is read from /proc")
def test_a_hostile_visitor_cannot_take_the_site_down(site):
    """Sixteen attacks and eight whole tables at once: memory stays bounded, some exports are put off, pages go on."""
    statuses = []

    def ask(address, **how):
        statuses.append(httpx.get(address, timeout=120, **how).status_code)

    with serving(site) as port:
        base = f"http://127.0.0.1:{port}/minutebook"
        asked = [(f"{base}.json", {"params": {"sql": sql}}) for sql in [ATTACKS["big cells"], ATTACKS["big sort"]] * 8]
        asked += [(f"{base}/resolutions.csv?_stream=on", {})] * 8
        threads = [threading.Thread(target=ask, args=(address,), kwargs=how) for address, how in asked]
        for thread in threads:
            thread.start()
        assert 200 == httpx.get(f"{base}/resolutions", timeout=120).status_code
        for thread in threads:
            thread.join()
        (listening,) = [path for path in Path("/proc").glob("[0-9]*/cmdline") if f"\0{port}\0" in read(path)]
        peak = int(re.search(r"VmHWM:\s+(\d+) kB", read(listening.parent / "status"))[1])
    assert {200, 400, 503} >= {*statuses}
    assert 16 == statuses.count(400)
    assert peak < 900_000


def read(path):
    """A file of /proc; empty if its process has gone."""
    try:
        return path.read_text(errors="replace")
    except OSError:
        return ""


# --- served -------------------------------------------------------------------------------------------------------


def free_port():
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextmanager
def serving(site, port=None):
    """A real Datasette on loopback; gives its port."""
    port = port or free_port()
    command = site_command(site, port)
    with subprocess.Popen(command, cwd=site.parent, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            wait_for(port, server)
            yield port
        finally:
            server.terminate()


def wait_for(port, server):
    """Return once somebody listens; fail if the server dies or takes a minute."""
    for _ in range(600):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        assert server.poll() is None
        time.sleep(0.1)
    raise AssertionError("it never listened")


def raw(port, request):
    """The answer to the very bytes of a request."""
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.sendall(request.encode())
        return b"".join(iter(lambda: connection.recv(65536), b"")).decode("utf-8", "replace")


@pytest.fixture(scope="module")
def proxy(site, tmp_path_factory):
    """The example of deploy/nginx.conf, its ports and folders changed, before a real site; gives its port."""
    if not NGINX:
        pytest.skip("nginx is not installed")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with serving(site) as upstream:
        config = (ROOT / "deploy" / "nginx.conf").read_text()
        for ours, theirs in (
            ("listen 80;", f"listen 127.0.0.1:{port};"),
            ("127.0.0.1:8001", f"127.0.0.1:{upstream}"),
            ("/var/cache/nginx/", f"{folder}/"),
            ("/var/lib/minutebook/data", str(site.parent)),
        ):
            assert ours in config
            config = config.replace(ours, theirs)
        (folder / "site.conf").write_text(config)
        temp = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root;" if os.geteuid() == 0 else ""  # its workers read what this test wrote
        (folder / "nginx.conf").write_text(
            f"daemon off; {user} pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
            f"http {{ include /etc/nginx/mime.types; access_log off; {temp} include {folder}/site.conf; }}"
        )
        with subprocess.Popen([NGINX, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]) as server:
            wait_for(port, server)
            yield port
            server.terminate()


def ask(port, path, **headers):
    """An answer of nginx; the limits by visitor leave room for a test's few requests."""
    for _ in range(60):
        answer = httpx.get(
            f"http://127.0.0.1:{port}{path}", headers={"Host": "minutebook.example"} | headers, timeout=60
        )
        if answer.status_code != 429:
            return answer
        time.sleep(1)
    return answer


def test_nginx_keeps_and_compresses_pages(proxy):
    """The second answer comes from the cache, compressed, guarded, and says no word of cookies."""
    first, second = (ask(proxy, "/minutebook/resolutions", Cookie=f"a={number}") for number in range(2))
    assert ("MISS", "HIT") == (first.headers["x-cache"], second.headers["x-cache"])
    assert first.text == second.text
    assert "gzip" == second.headers["content-encoding"]
    assert "default-src 'none'" in second.headers["content-security-policy"]
    assert "max-age" in second.headers["strict-transport-security"]


def test_nginx_prints_the_name_of_the_site(proxy):
    """A feed's addresses are ours, whatever host the visitor names."""
    feed = ask(proxy, "/minutebook/resolutions.atom?_sort_desc=found_on", Host="evil.example").text
    assert "http://minutebook.example/minutebook/resolutions/" in feed
    assert "evil" not in feed


@pytest.mark.parametrize(
    "path", ["/-/metadata.json", "/-/", "/\\evil.example/", "//evil.example/", "/downloads/2x/../../minutebook.db"]
)
def test_nginx_refuses(proxy, path):
    """Private pages, and paths that lead elsewhere."""
    answer = raw(proxy, f"GET {path} HTTP/1.1\r\nHost: minutebook.example\r\nConnection: close\r\n\r\n")
    assert answer.startswith(("HTTP/1.1 404", "HTTP/1.1 400"))
    assert "\nLocation:" not in answer


def test_nginx_refuses_other_requests(proxy):
    """Only reading, no body, no endless address."""
    post = httpx.post(f"http://127.0.0.1:{proxy}/", headers={"Host": "minutebook.example"}, content=b"x", timeout=60)
    assert 403 == post.status_code
    assert ask(proxy, "/minutebook?sql=" + "x" * 20_000).status_code == 414


def test_nginx_gives_bulk_files_in_parts(proxy, site):
    """From the disk, so that a download that broke off can be resumed."""
    edition = editions(site)[-1]
    path = f"/downloads/{edition.name}/resolutions.csv.gz"
    part = ask(proxy, path, Range="bytes=10-19")
    assert (206, (edition / "resolutions.csv.gz").read_bytes()[10:20]) == (part.status_code, part.content)
    assert "immutable" in ask(proxy, path).headers["cache-control"]
    assert 200 == ask(proxy, "/static/minutebook.css").status_code


def test_nginx_limits_questions(proxy):
    """Forty queries at once from one visitor: the first are answered, the rest told to wait; pages go on."""
    statuses = [
        httpx.get(
            f"http://127.0.0.1:{proxy}/minutebook.json?sql=select+{number}",
            headers={"Host": "minutebook.example"},
            timeout=60,
        ).status_code
        for number in range(40)
    ]
    assert {200, 429} == {*statuses}
    assert 200 == ask(proxy, "/").status_code
