"""Who was there, by invented papers in the forms that councils print: lists, marks, substitutes, visitors (minutes-grammar 2)."""

from pathlib import Path

import pytest

from minutebook.extract.language import read_paper
from minutebook.extract.reading import read

HEAD = "ORME PARISH COUNCIL\n\nMinutes of the meeting of Orme Parish Council held on 4 March 2019\n\n"
TAIL = "\n\n1. Minutes\n\nIt was RESOLVED that the minutes be approved.\n"
# Parts of papers and the people in them: name | title | role | organisation | status, and whom a substitute replaced.
PARTS = (Path(__file__).parent / "attendance.txt").read_text(encoding="utf-8").split("\n=====\n")


@pytest.mark.parametrize("part", PARTS, ids=[part.split("\n")[0][:60] for part in PARTS])
def test_people_of_a_paper(part: str) -> None:
    """Each person is found once, with the title, post, body and status that the paper prints."""
    printed, wanted = part.split("\n--\n")
    people = read_paper(read((HEAD + printed + TAIL).encode(), "minutes.txt")).people
    found = [(p.name, p.title, p.role, p.organisation, p.status, p.substitute_for) for p in people]
    assert sorted(wanted.strip().splitlines()) == sorted(
        "|".join(field or "" for field in row).rstrip("|") for row in found
    )


TABLE = """<!DOCTYPE html><html><body><h1>Orme Schools Forum</h1><p>Minutes of the meeting held on 4 March 2019</p>
<table><tr><th>Forum members present</th><th>Representing</th></tr>
<tr><td>Jo Pike (JP) – Chair</td><td>Maintained Primary Heads</td></tr><tr><td>Al Lowe (AL)</td><td>Early Years</td></tr>
<tr><td>Di Vale</td><td>Hale Cluster</td></tr></table>
<p>1. Minutes</p><p>It was RESOLVED that the minutes be approved.</p></body></html>"""


def test_column_of_bodies() -> None:
    """Under "Representing" stands a body, whatever its words are: no post and nobody's name."""
    people = read_paper(read(TABLE.encode(), "minutes.html")).people
    assert [(p.name, p.role, p.organisation, p.status) for p in people] == [
        ("Jo Pike", "Chair", "Maintained Primary Heads", "present"),
        ("Al Lowe", None, "Early Years", "present"),
        ("Di Vale", None, "Hale Cluster", "present"),
    ]


LABELS = """<!DOCTYPE html><html><body><h1>Orme Council</h1><p>Minutes of the meeting held on 4 March 2019</p>
<table><tr><td>Committee</td><td>Cllr A Pike (Chairman)</td><td>Cllr Mrs B Lowe (Vice-</td></tr>
<tr><td>Members</td><td>Cllr C Penn</td><td>Chairman)</td></tr>
<tr><td>Present:</td><td>Cllr D Orme</td><td>Cllr E Vale</td></tr>
<tr><td>Members also</td><td>Cllr F Rae – Member for</td></tr><tr><td>attending:</td><td>Upper Hale</td></tr>
<tr><td>Officers in</td><td>Planning Manager (PM)</td></tr><tr><td>Attendance:</td><td>Jo Day (Solicitor)</td></tr></table>
<p>1. Minutes</p><p>It was RESOLVED that the minutes be approved.</p></body></html>"""


def test_labels_over_several_lines() -> None:
    """A label may run down its column beside the names, and the last cell of a row into that of the next."""
    people = read_paper(read(LABELS.encode(), "minutes.html")).people
    assert [(p.name, p.role, p.status) for p in people] == [
        ("A Pike", "Chairman", "present"),
        ("B Lowe", "Vice-Chairman", "present"),
        ("C Penn", None, "present"),
        ("D Orme", None, "present"),
        ("E Vale", None, "present"),
        ("F Rae", "Member for", "in_attendance"),
        ("Jo Day", "Solicitor", "in_attendance"),
    ]


GRID = """<!DOCTYPE html><html><body><h1>Orme Schools Forum</h1><p>Minutes of the meeting held on 4 March 2019</p>
<table><tr><th>Name</th><th>Representing</th><th>Attendance</th></tr></table><h3>School members</h3>
<table><tr><td>Jo Pike (Chair)</td><td>Primary academy – Hale School</td><td>P</td></tr>
<tr><td>Al Lowe</td><td>Governors – primary</td><td>A</td></tr></table><h3>Officers</h3>
<table><tr><td>Di Vale</td><td>Head of Finance</td><td>P</td></tr></table>
<p>1. Minutes</p><p>It was RESOLVED that the minutes be approved.</p></body></html>"""


def test_grid_of_bodies_and_marks() -> None:
    """Of a kind and its body the body is kept; an officer who is marked as present is in attendance."""
    people = read_paper(read(GRID.encode(), "minutes.html")).people
    assert [(p.name, p.role, p.organisation, p.status) for p in people] == [
        ("Jo Pike", "Chair", "Hale School", "present"),
        ("Al Lowe", None, "Governors – primary", "apologies"),
        ("Di Vale", "Head of Finance", None, "in_attendance"),
    ]
