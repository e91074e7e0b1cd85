"""Names as they are printed become people, with what the list says of each (minutes-grammar 2.3 to 2.5)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minutebook.extract.people import read_list, same_person, surname

LISTS = [
    ("Councillors Ada Rae (Chair), Ben Voss and C. Orme", ["Cllr Ada Rae", "Cllr Ben Voss", "Cllr C Orme"]),
    ("Messrs A B Penn CC, Dr C D Ode CC and E F Pym CC", ["Mr A B Penn", "Dr C D Ode", "Mr E F Pym"]),
    ("Councillors George and Judith Hale", ["Cllr George Hale", "Cllr Judith Hale"]),
    ("Mr & Mrs Oddy (Trust)", ["Mr Oddy", "Mrs Oddy"]),
    ("Councillors D Rae (Chair) R Voss, M Penn and P Orme Clerk J Conn", ["Cllr D Rae", "Cllr R Voss", "Cllr M Penn", "Cllr P Orme", "J Conn"]),
    ("Cllrs P. Marle, Mrs J. Ode, T ab Ifor and the Clerk, S. Penn", ["Cllr P Marle", "Cllr Mrs J Ode", "Cllr T ab Ifor", "S Penn"]),
    ("Mr P M Hull, OBE, Anna van der Hale, Siân O’Dea and Al-Amri Oba", ["Mr P M Hull", "Anna van der Hale", "Siân O’Dea", "Al-Amri Oba"]),
    ("Rob Bell\tRB\tKen Comb\tKC", ["Rob Bell", "Ken Comb"]),
    ("None", []),
    ("Harbour Ward", []),
]  # fmt: skip


@pytest.mark.parametrize(("printed", "expected"), LISTS)
def test_list_of_names(printed: str, expected: list[str]) -> None:
    """A list gives one person an entry, each with the title that holds for that name."""
    assert expected == [f"{person.title or ''} {person.name}".strip() for person in read_list(printed)]


def test_post_and_body_without_commas() -> None:
    """Name, post and council printed in one run are told apart (trap 94)."""
    person = read_list("Bo Hurst Licensing Manager Saltby Borough Council")[0]
    assert ("Bo Hurst", "Licensing Manager", "Saltby Borough Council") == (
        person.name,
        person.role,
        person.organisation,
    )


def test_brackets_are_told_apart() -> None:
    """A bracket may hold a party, initials, a post or whom a substitute stands for."""
    people = read_list(
        "Cllr A Rae (Lab), Ben Voss (BV), Cy Orme (Head of Parks), Cllr D Pym (substitute for Cllr E Fox)"
    )
    assert ["Lab", None, None, None] == [person.party for person in people]
    assert [None, "BV", None, None] == [person.initials for person in people]
    assert [None, None, "Head of Parks", None] == [person.role for person in people]
    assert [None, None, None, "E Fox"] == [person.substitute_for for person in people]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Ada Rae", "A Rae", True),
        ("Ada Rae", "Rae", True),
        ("Ada Rae", "Ben Rae", False),
        ("Robert Rae", "Rob Rae", True),
        ("J O'Dea", "Jo O’Dea", True),
        ("Ada Rae", "Ada Rea", False),
    ],
)
def test_same_person(one: str, other: str, expected: bool) -> None:
    """Two names are one person's if surnames agree and given names do not conflict (guide 8.7)."""
    assert expected == same_person(one, other)
    assert expected == same_person(other, one)


def test_surname_keeps_its_particles() -> None:
    """A surname begins with its particles (trap 65)."""
    assert "van der Hale" == surname("Anna van der Hale")


@given(st.text(max_size=200))
def test_any_text_is_survived(text: str) -> None:
    """No list, however garbled, breaks the reader, and every mention lies inside it."""
    for person in read_list(text):
        assert 0 <= person.start < person.end <= len(text)
