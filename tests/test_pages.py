"""The pages of lists, meetings, people, facts and questions, on a real published file."""

import asyncio
import csv
import io
import re
import sqlite3
from contextlib import closing
from urllib.parse import parse_qsl, urlsplit

import pytest
from datasette.app import Datasette
from lxml import html

from minutebook.models.load import load_facts, load_meeting
from minutebook.models.publish import publish
from minutebook.models.site import site_config
from minutebook.models.tables import TABLES

NAMES = [table.name for table in TABLES]
QUERIES = list(site_config()["databases"]["minutebook"]["queries"])
LATER = "that the Cabinet widen the towpath at Mill Lane before the next winter"


@pytest.fixture
def site(session, stored, tmp_path, make):
    """A published site; a second meeting answers what a report proposed to the first, and counts and names votes."""
    proposals = [
        make.resolution(text, "proposed") for text in (f"To ask {LATER}.", "That the Committee notes progress.")
    ]
    load_facts(session, make.sha("s301"), make.facts("s301", "report", recommendations=proposals))
    load_meeting(session, make.meeting("4103", "2026-04-09", documents=[make.document("g4103")]))
    votes = {"for": 2, "against": 1, "names": {"for": ["Ida Rowe", "Bo Finn"], "against": ["Una Vale"], "abstain": []}}
    answer = make.resolution(f"RESOLVED {LATER}.", "carried", mover="Ida Rowe", seconder="Bo Finn", vote=votes)
    load_facts(session, make.sha("g4103"), make.facts("g4103", meeting_date="2026-04-09", resolutions=[answer]))
    publish(stored, tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def ask(site):
    """Ask a Datasette that is set up exactly as the served one; follows the way to a tidy address."""
    datasette = Datasette([], config_dir=site)
    return lambda path: asyncio.run(datasette.client.get(path, follow_redirects=True))


@pytest.fixture
def page(ask):
    """A page as a tree."""

    def page(path):
        response = ask(path)
        assert 200 == response.status_code
        return html.fromstring(response.text)

    return page


@pytest.fixture
def select(site):
    """The rows of a query on the published file."""

    def select(sql, *values):
        with closing(sqlite3.connect(site / "minutebook.db")) as connection:
            return connection.execute(sql, values).fetchall()

    return select


def said(tree, path="//main"):
    """The text of the first element, with single spaces."""
    return re.sub(r"\s+", " ", tree.xpath(path)[0].text_content()).strip()


def test_every_page_has_a_frame_and_nothing_inline(page):
    """A language, landmarks, one heading, a way past the menu, labels, no inline code or style, no column's raw name."""
    for path in ["/minutebook", *[f"/minutebook/{name}" for name in [*NAMES, *QUERIES]]]:
        tree = page(path)
        assert "en-GB" == tree.get("lang")
        assert [1, 1, 1, 1] == [len(tree.xpath(f"//{name}")) for name in ("main", "h1", "header", "body/footer")]
        assert "#content" == tree.xpath("//body/a/@href")[0]
        labelled = set(tree.xpath("//label/@for"))
        fields = tree.xpath("//input[not(@type='hidden')] | //select | //textarea")
        assert [] == [field.get("name") for field in fields if field.get("id") not in labelled]
        assert [] == tree.xpath("//@style | //style | //script[not(@src)] | //@*[starts-with(name(), 'on')]")
        assert [] == [link for link in tree.xpath("//link[@rel='stylesheet']/@href") if not link.startswith("/")]
        worded = tree.xpath("//h1 | //h2 | //th | //label | //option | //a")
        assert [] == [text for text in (element.text_content() for element in worded) if "_" in text]


COUNTED = (
    ("resolutions", "3 decisions"),
    ("resolutions?_search=cafe", "1 decision about “cafe”"),
    ("resolutions?_search=zzzqqq", "No decisions about “zzzqqq”"),
    ("resolutions?outcome=noted&meeting_date__gte=2026-02-01", "1 decision from 1 February 2026 with the outcome “noted”"),
    ("resolutions?meeting_date__gte=2026-04-01&meeting_date__lte=2026-04-30", "1 decision from 1 April 2026 to 30 April 2026"),
    ("resolutions?mover__contains=rowe", "1 decision moved by “rowe”"),
    ("resolutions?committee__contains=planning&authority=Northmere+District+Council", "3 decisions of Northmere District Council of committees called “planning”"),
    ("resolutions?votes_for__gt=1", "1 decision where for above “1”"),
    ("actions?owner__contains=orr", "1 action for “orr”"),
    ("attendances?name__contains=finn&status=apologies", "1 attendance of “finn” with the status “apologies”"),
    ("interests?name__contains=rowe", "1 declaration of interest of “rowe”"),
    ("meetings?meeting_date__lte=2026-03-31", "2 meetings to 31 March 2026"),
    ("people?name__contains=finn", "1 person of “finn”"),
)  # fmt: skip


def test_a_list_counts_in_words_what_it_shows(page, ask):
    """The heading says how many rows of what, the rows are as many, and so are those of the CSV, with the same ids."""
    for address, heading in COUNTED:
        tree = page(f"/minutebook/{address}")
        assert heading == said(tree, "//h1")
        table = urlsplit(address).path
        links = (re.fullmatch(rf"/minutebook/{table}/(\d+)", link) for link in tree.xpath("//main//a/@href"))
        shown = {int(link[1]) for link in links if link}
        assert (0 if heading.startswith("No") else int(heading.split()[0])) == len(shown)
        csvs = [ask(link).text for link in tree.xpath("//a[starts-with(text(), 'CSV of')]/@href")]
        assert ([shown] if shown else []) == [
            {int(row["id"]) for row in csv.DictReader(io.StringIO(text))} for text in csvs
        ]


def test_fields_left_empty_do_not_narrow_a_list(page, ask):
    """An empty form shows everything, at an address without the empty fields; what was filled in stays."""
    empty = "_search=&authority=&committee__contains=&meeting_date__gte=&meeting_date__lte=+&outcome="
    assert "3 decisions" == said(page(f"/minutebook/resolutions?{empty}"), "//h1")
    filled = ask(f"/minutebook/resolutions?{empty}noted")
    assert [("outcome", "noted")] == parse_qsl(filled.url.query.decode())
    assert ["noted"] == html.fromstring(filled.text).xpath("//option[@selected]/@value")


def test_a_condition_can_be_taken_away(page):
    """Each condition has a link to the list without it, and a condition that has no field is kept by the form."""
    tree = page("/minutebook/resolutions?_search=granted&year=2026&_sort=meeting_date")
    left = [dict(parse_qsl(link[1:])) for link in tree.xpath("//ul[@class='clauses']//a/@href")]
    assert [{"year": "2026", "_sort": "meeting_date"}, {"_search": "granted", "_sort": "meeting_date"}] == left
    hidden = tree.xpath("//form[@class='filters']/input[@type='hidden']")
    assert {"year": "2026", "_sort": "meeting_date"} == {field.get("name"): field.value for field in hidden}
    assert ["oldest first"] == tree.xpath("//p[@class='sorts']/strong/text()")


def test_a_csv_of_a_sorted_page_is_complete(session, stored, site, ask, page, make):
    """From the first page of many rows the CSV link has them all, in the order shown; so has one from a later page."""
    load_meeting(session, make.meeting("many", "2026-05-01", documents=[make.document("many")]))
    many = [make.resolution(f"That number {number} be done.") for number in range(120)]
    load_facts(session, make.sha("many"), make.facts("many", resolutions=many))
    publish(stored, site)
    tree = page("/minutebook/resolutions?_search=done&_sort_desc=meeting_date&authority=")
    (following,) = tree.xpath("//a[@rel='next']/@href")
    later = page(following.replace("http://localhost", ""))
    for shown in (tree, later):
        (link,) = shown.xpath("//a[starts-with(text(), 'CSV of')]/@href")
        assert 120 == len({row["id"] for row in csv.DictReader(io.StringIO(ask(link).text))})
    assert "120 decisions about “done”" == said(later, "//h1")
    assert ["First page", "Next page"] == later.xpath("//nav[@class='paging']/a/text()")


def test_a_decision_tells_all_that_is_known(page, select):
    """Outcome, votes by name, movers, the words in context, a line to cite, the evidence, the meeting, JSON."""
    ((row_id, evidence_id, meeting_id, confidence),) = select(
        "select id, evidence_id, meeting_id, confidence from resolutions where mover is not null"
    )
    tree = page(f"/minutebook/resolutions/{row_id}")
    text = said(tree)
    values = [said(value, ".") for value in tree.xpath("//dl[@class='values']/*")]
    told = dict(zip(values[::2], values[1::2], strict=True))
    assert ["carried", "Ida Rowe", "Bo Finn", "2 for, 1 against"] == [
        told[name] for name in ("Outcome", "Moved by", "Seconded by", "Votes")
    ]
    assert ["Ida Rowe, Bo Finn", "Una Vale"] == [told[name] for name in ("Voted for", "Voted against")]
    assert f"about {int(100 * confidence)} are right" in told["How sure the reading is"]
    assert [f"RESOLVED {LATER}."] == tree.xpath("//mark/text()")
    cited = f"Northmere District Council, Planning Committee, 9 April 2026: ‘RESOLVED {LATER}.’"
    assert f"{cited} <http://localhost/minutebook/resolutions/{row_id}>, read" in text
    links = set(tree.xpath("//main//a/@href"))
    assert {f"/evidence/{evidence_id}", f"/minutebook/meetings/{meeting_id}"} <= links
    assert f"/minutebook/resolutions/{row_id}.json?_shape=objects" in links


def test_a_recommendation_tells_what_became_of_it(page, select):
    """A later decision in the same words is shown with its outcome; where there is none, that is said."""
    answered, open_one = (
        page(f"/minutebook/recommendations/{row_id}")
        for (row_id,) in select("select id from recommendations order by text like 'To ask%' desc")
    )
    ((answer,),) = select("select id from resolutions where text like 'RESOLVED%'")
    assert [f"/minutebook/resolutions/{answer}"] == answered.xpath("//article//p[@class='card-words']/a/@href")
    assert "No later decision" not in said(answered)
    assert "No later decision or recommendation of Northmere District Council is held" in said(open_one)


def test_a_meeting_reads_like_a_minute(page, select):
    """Who was there, the business with what was decided under it, interests, votes by name, papers, the council's page."""
    ((meeting_id, address),) = select("select id, source_url from meetings where meeting_date = '2026-02-12'")
    tree = page(f"/minutebook/meetings/{meeting_id}")
    assert "Planning Committee, 12 February 2026" == said(tree, "//h1")
    (there,) = tree.xpath("//dl[contains(@class, 'attendance')]")
    assert ["Present (1)", "Apologies (1)", "In attendance (1)"] == [said(part, ".") for part in there.xpath("dt")]
    business = tree.xpath("//section[@class='business']")
    assert ["47. Mill Lane", "Under no item that is known"] == [said(part, "h3") for part in business]
    assert "Resolvedcarried That permission be granted" in said(business[0], ".").replace("Resolved ", "Resolved")
    assert "Cllr Rowe declared a personal interest in item 4." in said(tree)
    assert ["Councillor Ida Rowe: For"] == tree.xpath("//ul[@class='names']/li/text()")
    links = tree.xpath("//main//a/@href")
    assert address in links
    documents = select("select source_url from documents where meeting_id = ?", meeting_id)
    assert {url for (url,) in documents} <= set(links)
    evidence = select("select evidence_id from resolutions where meeting_id = ?", meeting_id)
    assert {f"/evidence/{number}" for (number,) in evidence} <= set(links)


def test_a_meeting_without_papers_says_so(page, select):
    """The page of a meeting of which nothing is known is whole."""
    ((meeting_id,),) = select("select id from meetings where meeting_date = '2026-03-12'")
    assert "Planning Committee, 12 March 2026" in said(page(f"/minutebook/meetings/{meeting_id}"))


def test_a_person_has_their_meetings(page, select):
    """Each meeting once, with the status, the evidence and what they declared."""
    ((person_id,),) = select("select id from people where name = 'Ida Rowe'")
    tree = page(f"/minutebook/people/{person_id}")
    assert "listed at 1 meeting (present 1)" in said(tree)
    assert ["12 February 2026"] == tree.xpath("//td[@data-label='Day']/a/text()")
    assert "declared a personal interest" in said(tree)
    (link,) = tree.xpath("//a[text()='CSV']/@href")
    assert link.startswith(f"/minutebook/attendances.csv?person_id={person_id}&")


def test_every_row_has_a_page_and_a_wrong_number_has_none(ask, select):
    """The page of each row answers; a number that is no row's is not found."""
    for name in NAMES:
        found = [ask(f"/minutebook/{name}/{row_id}") for (row_id,) in select(f"select id from {name} limit 3")]
        assert {200} >= {shown.status_code for shown in found}
        assert [404, 404, 404] == [ask(f"/minutebook/{name}/{wrong}").status_code for wrong in (12, "x", "9" * 30)]


def test_markup_in_a_paper_stays_text_everywhere(session, stored, site, ask, select, make):
    """Tags in words, names, titles and outcomes are shown on lists, meetings, people and facts, and never made."""
    bad = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    item = {"source_id": "1", "position": 1, "title": bad, "number": "1.", "minute_number": None, "restricted": False}
    papers = [make.document("bad", title=bad)]
    load_meeting(session, make.meeting("bad", "2026-06-01", documents=papers, agenda_items=[item]))
    facts = make.facts(
        "bad",
        attendees=[make.attendee(f"Zed {bad}", role=bad)],
        resolutions=[make.resolution(f"That {bad} be.", item="1.", mover=bad)],
        recommendations=[make.resolution(f"To {bad}.", "recommended", addressed_to=bad)],
        actions=[make.action(f"Zed to {bad}.", bad)],
        interests=[make.interest(f"Zed {bad}", f"Zed {bad} declared.")],
    )
    load_facts(session, make.sha("bad"), facts)
    publish(stored, site)
    ((meeting_id,),) = select("select id from meetings where meeting_date = '2026-06-01'")
    paths = [f"/minutebook/meetings/{meeting_id}", "/minutebook/new_since?day=2020-01-01"]
    for name in ("attendances", "resolutions", "recommendations", "actions", "interests"):
        ((row_id,),) = select(f"select id from {name} where meeting_id = ? limit 1", meeting_id)
        paths += [f"/minutebook/{name}", f"/minutebook/{name}/{row_id}", f"/minutebook/{name}?_search=alert"]
        paths += [f"/minutebook/{name}?_search=%3Cscript%3E"]
    paths += [f"/minutebook/people/{row_id}" for (row_id,) in select("select id from people where name like 'Zed%'")]
    for path in paths:
        tree = html.fromstring(ask(path).text)
        assert [] == tree.xpath("//main//script | //main//img | //@onerror")
        assert "<script>" in tree.text_content()


def test_a_question_asks_in_words(page):
    """Labelled fields with what was asked, a button that asks, the number of rows and their CSV; the SQL folded away."""
    tree = page("/minutebook/decisions_mentioning?words=cafe&since=2026-01-01")
    assert "Decisions that mention something" == said(tree, "//h1")
    assert ["Words", "Authority, or a part of its name", "Since"] == [
        said(label, ".") for label in tree.xpath("//main//label")
    ]
    assert ["cafe", "", "2026-01-01"] == tree.xpath("//main//input/@value")
    assert ["Ask"] == tree.xpath("//main//button/text()")
    assert "1 row" == said(tree, "//main//h2")
    tree.xpath("//main//details")[0].drop_tree()
    assert "select" not in said(tree)


def test_pages_of_rows_are_found_by_an_index(site):
    """No query of the page of a row, and no list of values for a form, looks at every row of a table."""
    with closing(sqlite3.connect(site / "minutebook.db")) as connection, connection:
        connection.execute("DELETE FROM sqlite_stat1")  # or so few rows would rather be looked at than be found
    datasette, statements = Datasette([], config_dir=site), {}

    async def plans():
        await datasette.invoke_startup()
        database = datasette.get_database("minutebook")
        execute = database.execute

        async def noted(sql, params=None, **options):
            statements[sql] = params
            return await execute(sql, params, **options)

        database.execute = noted
        for name in ("meetings", "people", "attendances", "resolutions", "recommendations", "actions", "interests"):
            row_id = (await execute(f"select id from {name} order by id desc limit 1")).first()["id"]
            for path in (f"/minutebook/{name}/{row_id}", f"/minutebook/{name}"):
                assert 200 == (await datasette.client.get(path)).status_code
        ours = {sql: params for sql, params in statements.items() if " group by " not in sql or " status" in sql}
        return [
            (sql, row["detail"])
            for sql, params in ours.items()
            if " from " in sql.replace("\n", " ") and "sqlite_master" not in sql and "count(*) from" not in sql
            for row in (await execute(f"explain query plan {sql}", params)).rows
        ]

    found = asyncio.run(plans())
    assert len(found) > 50
    scans = [(sql, plan) for sql, plan in found if plan.startswith("SCAN") and " INDEX" not in plan]
    assert [] == [(sql, plan) for sql, plan in scans if plan.split()[1] in NAMES]
