"""Home, search, health, the pages of an authority and a committee, charts and the ready questions, on a published site."""

import asyncio
import csv
import io
import re
import sqlite3
from contextlib import closing
from datetime import date, timedelta

import pytest
from datasette.app import Datasette
from lxml import html

from minutebook.extract.confidence import measured
from minutebook.extract.sums import largest_sum
from minutebook.models.derived import numbers
from minutebook.models.figures import figures
from minutebook.models.load import load_authority, load_facts, load_meeting, set_aside
from minutebook.models.publish import publish
from minutebook.models.runs import finish_run, start_run
from minutebook.models.site import site_config
from minutebook.models.store import open_store

KESTERBY = {
    "code": "kesterby",
    "name": "Kesterby Town Council",
    "system": "jadu",
    "base_url": "https://kesterby.example/",
}
PRIVATE = "/srv/secret/papers/g1.pdf"
MARKUP = "That the <img src=x onerror=alert(1)> kiosk be moved."
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


def decisions(make):
    """What the planning committee decided in January 2026; each question is to find some of it, and no more."""
    vote = {"for": 7, "against": 2, "abstain": 0}
    return [
        make.resolution("That application 24/00123/FUL be refused.", "refused"),
        make.resolution("That the amendment on 24/00123 be put.", "lost", vote=vote),
        make.resolution("That £1.2m be moved to the pier, of which £300,000 this year.", vote=vote | {"against": 0}),
        make.resolution("That up to £750,000 be borrowed for the baths.", vote=vote | {"against": 0, "abstain": 1}),
        make.resolution(MARKUP, "noted"),
        make.resolution("That \x02<b>bold planting\x02 be kept.", "noted"),
        make.resolution("That the doubtful kiosk be sold.", confidence=0.2),
    ]


def tasks(make):
    """Actions: one overdue, one done, one to come, one without a day."""
    return [
        make.action("Price the fence.", "Kit Orr", due="by 1 February", due_date="2026-02-01"),
        make.action("Paint the fence.", "Kit Orr", due="by 1 February", due_date="2026-02-01", state="Complete"),
        make.action("Mend the fence.", "Jo Vale", due="by 2099", due_date="2099-01-01"),
        make.action("Admire the fence.", "Jo Vale"),
    ]


@pytest.fixture(scope="module")
def site(make, tmp_path_factory):
    """A published site with two authorities, six meetings and one paper that could not be read."""
    folder = tmp_path_factory.mktemp("front")
    store = f"sqlite:///{folder}/store.db"
    with open_store(store) as session:
        load_authority(session, make.AUTHORITY)
        load_authority(session, KESTERBY)
        papers = [make.document("g1", role="minutes"), make.document("s1", role="report"), make.document("locked")]
        named = [{"name": "Councillor Ida Rowe", "vote": "Against", "member_id": "7"}]
        recorded = {"title": "Motion on the pier", "item": "Pier", "outcome": "Carried", "votes": named}
        none = recorded | {"title": "Motion on the baths", "votes": [named[0] | {"vote": "For"}]}
        load_meeting(session, make.meeting("1", "2026-01-14", documents=papers, recorded_votes=[recorded, none]))
        load_meeting(session, make.meeting("2", "2025-06-10", documents=[make.document("g2", role="minutes")]))
        load_meeting(session, make.meeting("3", "2025-09-01"))
        load_meeting(session, make.meeting("4", "2025-10-01", status="cancelled"))
        load_meeting(session, make.meeting("5", "2099-01-01", committee="Parks Panel"))
        load_meeting(session, make.meeting("6", YESTERDAY, committee="Parks Panel"))
        absent = [make.attendee("Bo Finn", "apologies"), make.attendee("Ida Rowe")]
        stated = {"meeting_date": "2026-01-14", "committee": "Planning Committee"}
        read = make.facts(
            "g1",
            **stated,
            attendees=[*absent, make.attendee("Cy Dunn", "absent")],
            resolutions=decisions(make),
            actions=tasks(make),
            interests=[make.interest("Ida Rowe", "Cllr Rowe declared an interest in the kiosk.")],
            recommendations=[make.resolution("That the kiosk be listed.", "recommended", addressed_to="the Cabinet")],
        )
        load_facts(session, make.sha("g1"), read)
        proposed = [
            make.resolution("That the cabinet room be let.", "proposed", addressed_to="Planning Committee"),
            make.resolution("That CCTV be renewed.", "proposed", addressed_to="Executive Mayor"),
        ]
        load_facts(session, make.sha("s1"), make.facts("s1", "report", recommendations=proposed))
        former = make.facts("g2", attendees=absent, resolutions=[make.resolution("That the old kiosk be painted.")])
        load_facts(session, make.sha("g2"), former | {"meeting_date": "2025-06-10", "committee": "Planning Committee"})
        set_aside(session, make.sha("locked"), "0.1.0", "encrypted", f"{PRIVATE} is locked")
        error = {"code": "fetch_failed", "message": f"{PRIVATE} failed", "location": PRIVATE}
        night = start_run(session, "nightly")
        finish_run(session, start_run(session, "crawl"), "failed", {"documents_fetched": 1200, "requests": 7}, [error])
        new = {"northmere": {"meetings": 6, "resolutions": 6}}
        finish_run(session, night, "failed", {"new": new, "failed": [error], "well": False})
    publish(store, folder / "site")
    return folder / "site"


@pytest.fixture(scope="module")
def get(site):
    """The text of a page that must be there."""
    datasette = Datasette([], config_dir=site)

    def get(path):
        response = asyncio.run(datasette.client.get(path))
        assert 200 == response.status_code
        return response.text

    return get


@pytest.fixture(scope="module")
def rows(site):
    """The rows of a query on the published file."""

    def rows(sql):
        with closing(sqlite3.connect(site / "minutebook.db")) as connection:
            return connection.execute(sql).fetchall()

    return rows


def words(page):
    """The text of a page as people see it, spaces made one."""
    return " ".join(" ".join(html.fromstring(page).itertext()).split())


def links(page):
    """The addresses that a page leads to, those in drawings too."""
    tree = html.fromstring(page)
    return [str(address) for address in tree.xpath("//a/@href | //a/@*[name() = 'xlink:href']")]


REFERENCE = ["That application 24/00123/FUL be refused."]
MOVED, BORROWED = (
    "That £1.2m be moved to the pier, of which £300,000 this year.",
    "That up to £750,000 be borrowed for the baths.",
)
LOST = "That the amendment on 24/00123 be put."


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("decisions_mentioning?words=kiosks", [MARKUP, "That the old kiosk be painted."]),
        ("decisions_mentioning?words=kiosk&since=2026-01-01", [MARKUP]),
        ("decisions_mentioning?words=kiosk&authority=kesterby", []),
        ("decisions_mentioning?words=kiosk+painted", ["That the old kiosk be painted."]),
        ("on_a_reference?reference=24/00123/FUL", [*REFERENCE, "Paper g1, page 1"]),
        ("on_a_reference?reference=24/00123", [*REFERENCE, LOST, "Paper g1, page 1"]),
        ("on_a_reference?reference=00123/24", []),
        ("on_a_reference?reference=%22kiosk+be+listed", ["That the kiosk be listed.", "Paper g1, page 1"]),
        ("refused_and_lost", [*REFERENCE, LOST]),
        ("refused_and_lost?words=amendment", [LOST]),
        ("refused_and_lost?since=2026-01-15", []),
        ("largest_sums", [MOVED, BORROWED]),
        ("largest_sums?words=baths", [BORROWED]),
        ("not_unanimous", [LOST, BORROWED, "Motion on the pier"]),
        ("not_unanimous?since=2026-02-01", []),
        ("recommendations_to_executive", ["That the kiosk be listed.", "That CCTV be renewed."]),
        ("recommendations_to_executive?words=cctv", ["That CCTV be renewed."]),
        ("actions_by_owner?owner=orr", ["Price the fence.", "Paint the fence."]),
        ("overdue_actions", ["Price the fence."]),
        ("overdue_actions?on_day=2026-02-01", []),
        ("overdue_actions?on_day=2099-01-02", ["Price the fence.", "Mend the fence."]),
        ("overdue_actions?owner=vale", []),
        ("new_since?day=2026-02-21", []),
    ],
)
def test_a_ready_question_finds_what_it_says(get, question, expected):
    """No more and no less than that, whatever else there is."""
    name, _, arguments = question.partition("?")
    found = csv.DictReader(io.StringIO(get(f"/minutebook/{name}.csv?{arguments}")))
    texts = [row["text"] for row in found if row.get("kind") != "page of a paper" or row["text"].startswith("Paper")]
    order = name in ("largest_sums", "overdue_actions")
    assert expected == texts if order else sorted(expected) == sorted(texts)


def test_what_is_new(get):
    """All kinds of rows first found on the day the papers were fetched, and none of those too doubtful."""
    found = list(csv.DictReader(io.StringIO(get("/minutebook/new_since.csv?day=2026-02-20"))))
    counted = {kind: [row["kind"] for row in found].count(kind) for kind in {row["kind"] for row in found}}
    assert {"decision": 7, "recommendation": 3, "action": 4, "interest": 1} == counted


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("", [("Bo Finn", "2", "0", "0"), ("Cy Dunn", "0", "1", "0")]),
        ("name=dunn", [("Cy Dunn", "0", "1", "0")]),
        ("since=2026-01-01&name=Finn", [("Bo Finn", "1", "0", "0")]),
        ("authority=kesterby", []),
    ],
)
def test_apologies_and_absences(get, arguments, expected):
    """Each person once, the most often away first; those who were always there are not named."""
    found = csv.DictReader(io.StringIO(get(f"/minutebook/apologies_and_absences.csv?{arguments}")))
    assert expected == [(row["name"], row["apologies"], row["absent"], row["attended"]) for row in found]


def test_a_question_reads_like_one(get):
    """Its fields and headings are words, days are days, sums are sums, and the CSV has what is shown."""
    page = get("/minutebook/largest_sums?words=&authority=&since=2026-01-01")
    tree = html.fromstring(page)
    assert "The largest sums" == tree.xpath("string(//h1)")
    assert {"Words", "Authority, or a part of its name", "Since"} == set(tree.xpath("//main//form//label/text()"))
    assert ["£1,200,000", "14 January 2026"] == tree.xpath("(//tbody/tr)[1]/td[position()=1 or position()=4]/text()")
    assert not {"meeting_date", "evidence_id", "source_url"} & set(tree.xpath("//th/text()"))
    plain, for_excel = (link for link in links(page) if ".csv" in link)
    assert 2 == len(list(csv.DictReader(io.StringIO(get(plain)))))
    assert "_excel" not in plain
    assert "_excel=on" in for_excel
    assert all(query["group"] for query in site_config()["databases"]["minutebook"]["queries"].values())


def test_home_tells_what_there_is(get):
    """Totals, the night's run, completeness, questions, the latest decisions, and the figures measured."""
    page = get("/")
    seen = words(page)
    for told in (
        "7 decisions 3 recommendations 4 actions 1 declared interest 5 attendances 6 meetings 2 authorities",
        "Of the 5 that were not cancelled, those to come included, 2 have minutes, and 2 of those were read.",
        "came to its end, but some source or paper failed.",
        "No website looks broken.",
        "1 row was too doubtful to be shown.",
    ):
        assert told in seen
    for name, query in site_config()["databases"]["minutebook"]["queries"].items():
        assert f"/minutebook/{name}" in links(page)
        assert query["title"] in seen
    assert '<form class="front-form front-search" action="/search" method="get"' in page
    assert "That the doubtful kiosk" not in seen
    assert f"of {measured()['bodies']} bodies" in seen


def test_search_groups_counts_and_marks(get, rows):
    """A word finds rows of every kind that has it, each with the word marked, its place, its day and its evidence."""
    page = get("/search?q=kiosk")
    tree = html.fromstring(page)
    titles = tree.xpath("//section/h2/text()")
    assert ["Decisions", "Recommendations", "Interests", "Words in the papers"] == titles
    hits = tree.xpath("//section[h2[@id='resolutions']]//li")
    assert ["14 January 2026", "10 June 2025"] == [re.search(r"\d+ \w+ \d{4}", hit.text_content())[0] for hit in hits]
    assert ["kiosk", "kiosk"] == [hit.xpath("string(.//mark)") for hit in hits]
    ids = [
        str(row[0]) for row in rows("SELECT id FROM resolutions WHERE text LIKE '%kiosk%' ORDER BY meeting_date DESC")
    ]
    assert [f"/minutebook/resolutions/{key}" for key in ids] == [hit.xpath(".//a/@href")[0] for hit in hits]
    assert all(hit.xpath(".//a/@href")[1].startswith("/evidence/") for hit in hits)
    assert "Northmere District Council" in hits[0].text_content()


def test_search_finds_people_meetings_and_papers(get):
    """A name finds the person, a committee its meetings, a title the paper."""
    assert ["People"] == html.fromstring(get("/search?q=Cy+Dunn")).xpath("//section/h2/text()")[:1]
    assert "Parks Panel" in words(get("/search?q=parks"))
    assert "Papers, by title" in words(get("/search?q=paper+g1"))


@pytest.mark.parametrize(
    ("filters", "days"),
    [
        ("since=2026-01-01", ["14 January 2026"]),
        ("until=2025-12-31", ["10 June 2025"]),
        ("authority=Northmere+District+Council", ["14 January 2026", "10 June 2025"]),
        ("authority=Kesterby+Town+Council", []),
        ("since=nonsense", ["14 January 2026", "10 June 2025"]),
    ],
)
def test_search_filters(get, filters, days):
    """By authority and by days, both included; a day that is none is left out."""
    hits = html.fromstring(get(f"/search?q=kiosk&{filters}")).xpath("//section[h2[@id='resolutions']]//li")
    assert days == [re.search(r"\d+ \w+ \d{4}", hit.text_content())[0] for hit in hits]


def test_all_hits_are_one_click_away(site, get, make, tmp_path):
    """More than are shown are counted, and the link leads to the list with the same words and filters."""
    with closing(sqlite3.connect(site / "minutebook.db")) as connection:
        copy = sqlite3.connect(tmp_path / "minutebook.db")
        connection.backup(copy)
    with closing(copy), copy:
        columns = "outcome, meeting_date, committee, authority, procedural, authority_id"
        copy.execute(
            f"INSERT INTO resolutions (id, text, {columns}) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
            f" WHERE i < 30000) SELECT i, iif(i <= 20, 'rare', iif(i <= 5020, 'frequent', 'common')) || ' thing', {columns} FROM n, resolutions"
            " WHERE text LIKE '%old kiosk%'"
        )
        copy.execute("INSERT INTO resolutions_fts(resolutions_fts) VALUES ('rebuild')")
    for folder in ("plugins", "templates", "static"):
        (tmp_path / folder).symlink_to(site / folder)
    (tmp_path / "metadata.json").symlink_to(site / "metadata.json")
    datasette = Datasette([], config_dir=tmp_path)
    page = asyncio.run(
        datasette.client.get("/search?q=rare&authority=Northmere+District+Council&until=2025-12-31")
    ).text
    (address,) = [link for link in links(page) if link.startswith("/minutebook/resolutions?")]
    assert "All 20 with these words" in words(page)
    listed = asyncio.run(datasette.client.get(address.replace("resolutions?", "resolutions.json?"))).json()
    assert 20 == listed["filtered_table_rows_count"]
    page = asyncio.run(datasette.client.get("/search?q=frequent")).text
    assert "All 5,000 with these words" in words(page)
    page = asyncio.run(datasette.client.get("/search?q=common")).text
    assert "All, more than 20,000, with these words" in words(page)
    assert 5 == len(html.fromstring(page).xpath("//section[h2[@id='resolutions']]//li"))
    filtered = asyncio.run(datasette.client.get("/search?q=common&since=2025-06-11")).text
    assert "Nothing was found" in words(filtered)


HOSTILE = [
    "%22",
    "%22unbalanced",
    "AND",
    "NEAR(",
    "a%00b",
    "*",
    "(((",
    "text:x",
    "%EF%BF%BF",
    "x" * 5000,
    "-",
    "'; drop table runs",
]


@pytest.mark.parametrize("query", HOSTILE)
def test_no_search_breaks_it(get, query):
    """Whatever is written is looked for as words."""
    assert "<h1>Search" in get(f"/search?q={query}")


def test_nothing_found_says_what_to_try(get):
    """A search that finds nothing offers a wider one."""
    page = get("/search?q=zzzqqq&since=2020-01-01")
    assert "Nothing was found" in words(page)
    assert "/search?q=zzzqqq" in links(page)


def test_markup_in_the_papers_stays_text(get):
    """On home, in search, and in the answers to questions."""
    for path in (
        "/",
        "/search?q=onerror",
        "/minutebook/decisions_mentioning?words=kiosk",
        "/search?q=%3Cimg%20src%3Dx%3E",
    ):
        page = get(path)
        assert not html.fromstring(page).xpath("//img")
        assert "&lt;img" in page


def test_a_mark_that_a_paper_brings_is_no_markup(get):
    """The characters put round a match do nothing when the paper has them, paired or not."""
    page = get("/search?q=bold")
    assert ["bold"] == html.fromstring(page).xpath("//section[h2[@id='resolutions']]//mark/text()")
    assert "&lt;b&gt;" in page
    assert not set("\x02\x03") & set(page)


def test_an_authority(get, rows):
    """Meetings past and to come, years, committees, and charts whose bars lead to rows that are there."""
    ((key,),) = rows("SELECT id FROM authorities WHERE code = 'northmere'")
    page = get(f"/minutebook/authorities/{key}")
    tree = html.fromstring(page)
    coming = tree.xpath("//section[h2[@id='coming']]//li")
    assert ["1 January 2099, Parks Panel"] == [meeting.xpath("string(a)") for meeting in coming]
    assert 5 == len(tree.xpath("//section[h2[@id='recent']]//li"))
    (subscription,) = (link for link in links(page) if "calendar.ics" in link)
    assert "SUMMARY:Parks Panel (" in get(subscription)
    seen = words(page)
    assert "2025 3 1 1 1" in seen  # meetings, cancelled, with minutes, read
    assert "Parks Panel 2 meetings" in seen
    years = tree.xpath("//section[h2[@id='decided']]//tbody/tr")
    assert [["2026", "2", "2", "1", "1"], ["2025", "1", "0", "0", "0"]] == [row.xpath("./*//text()") for row in years]
    for address in {link for link in links(page) if "outcome=" in link or "status=" in link}:
        assert "<h1" in get(address)


def test_a_bar_leads_to_as_many_rows_as_it_counts(get, rows):
    """For every cell of the tables beside the charts, of a committee and of an authority."""
    keys = rows("SELECT 'committees', id FROM committees UNION SELECT 'authorities', id FROM authorities")
    checked = 0
    for table, key in keys:
        page = get(f"/minutebook/{table}/{key}")
        for cell in html.fromstring(page).xpath("//figure//td/a"):
            address = cell.get("href").replace("?", ".json?", 1)
            assert f'"filtered_table_rows_count": {cell.text},' in get(address)
            assert page.count(cell.get("href").replace("&", "&amp;")) == 2  # the bar and the cell
            checked += 1
    assert checked > 15


def test_a_chart_is_allowed_by_a_strict_policy(get, rows):
    """No script, no style and no handler in any drawing, and no stop for the keyboard."""
    ((key,),) = rows("SELECT id FROM authorities WHERE code = 'northmere'")
    for path in ("/", f"/minutebook/authorities/{key}"):
        drawings = re.findall(r"<svg xmlns.*?</svg>", get(path), re.DOTALL)
        assert drawings
        for drawing in drawings:
            assert not re.search(r"<script|<style|\sstyle=|\son\w+=|\sid=", drawing)
            assert drawing.count("<a ") == drawing.count('tabindex="-1"')
            assert len(drawing) < 60_000


def test_health(get):
    """Runs in words, missing minutes, completeness, papers not read and why, what was kept back; no private path."""
    page = get("/health")
    seen = words(page)
    for told in (
        "Fetching It came to its end, but some source or paper failed 1,200 papers fetched 1",
        "A night It came to its end, but some source or paper failed 6 meetings, 6 decisions 0",
        "Northmere District Council 1 1 September 2025 1 September 2025",
        "The file is locked with a password. 1 paper",
        "1 of 2",
        "Decisions 7 1",
    ):
        assert told in seen
    assert "1 October 2025" not in seen  # cancelled
    (address,) = [link for link in links(page) if "has_minutes=0" in link]
    assert '"filtered_table_rows_count": 1,' in get(address.replace("?", ".json?", 1))


def test_nothing_private_is_published(site):
    """Neither the path in an error nor that in the reason of a paper set aside is in the file."""
    assert PRIVATE.encode() not in (site / "minutebook.db").read_bytes()


@pytest.mark.parametrize(
    ("text", "pounds"),
    [
        ("£1.2m", 1_200_000),
        ("£ 250k and £30,000.50", 250_000),
        ("£10-15 million", 15_000_000),
        ("between £5 and £7", 7),
        ("£2 to 300 people", 2),
        ("£1,234,567.", 1_234_567),
        ("£25 000", None),
        ("£30 metres", 30),
        ("1.2m", None),
        ("£" + "9" * 400, None),
        ("", None),
        (None, None),
    ],
)
def test_the_largest_sum(text, pounds):
    """Sizes are multiplied out, a range counts by its end, and what may be two figures is none."""
    assert pounds == largest_sum(text)


def test_the_numbers_of_a_run():
    """Only numbers come out, however a report is nested."""
    night = {"new": {"A": {"meetings": 2}, "B": {"meetings": 1}}, "well": True, "failed": [{"location": PRIVATE}]}
    assert {"meetings": 3} == numbers(night)
    assert {"documents": 3} == numbers({"documents": 3, "stopped": []})


def test_rare_values_are_counted_together():
    """A chart tells five values apart; the others lead to all of their year."""
    counted = [(2026, name, 10 - place) for place, name in enumerate("abcdefg")] + [(None, "a", 5), (2025, "a", 1)]
    found = figures(counted, lambda chosen: ",".join(map(str, chosen.values())), "outcome")
    assert ["A", "B", "C", "D", "E", "Others"] == [series["name"] for series in found["series"]]
    assert [None, {"number": 9, "href": "2026"}] == found["series"][-1]["cells"]
    assert ([2025, 2026], {"number": 1, "href": "a,2025"}) == (found["years"], found["series"][0]["cells"][0])
