"""The documents this work began with, and their invented twins: each must yield exactly what is expected of it."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest

from minutebook.extract.facts import Facts
from minutebook.extract.matching import fold
from minutebook.tests.seed_acceptance import KINDS, span, violations

ROOT = Path(__file__).resolve().parents[1]
TWINS = ROOT / "fixtures" / "seeds"
SHARED = ROOT.parent / "shared"
SHARED_SEEDS, SHARED_EXPECTED = SHARED / "seeds", SHARED / "reference" / "seed-expectations.json"
EVIDENCE = [{"page": 1, "start": 0, "end": 1, "quote": "x"}]


def expectations(file: Path) -> dict[str, Any]:
    return json.loads(file.read_text(encoding="utf-8"))["seeds"] if file.exists() else {}


TWIN_CASES = [
    pytest.param(TWINS / name, rows, id=name) for name, rows in expectations(TWINS / "expectations.json").items()
]
SEED_CASES = [
    pytest.param(SHARED_SEEDS / name, rows, id=name) for name, rows in expectations(SHARED_EXPECTED).items()
] or [pytest.param(None, None, marks=pytest.mark.skip(reason=f"no {SHARED_EXPECTED}"), id="shared seeds")]


def facts_of(path: Path) -> Facts:
    from minutebook.extract import extract_file

    return extract_file(path)


def expected_facts(expected: dict[str, Any], source: str) -> dict[str, Any]:
    """Facts, as a dictionary, that are exactly what is expected."""
    fact = {"evidence": EVIDENCE}
    sure = {**fact, "confidence": 1}
    people, decisions, actions = expected["attendees"], expected["decisions"], expected["actions"]
    fields = ("ref", "outcome", "vote", "mover", "seconder", "addressed_to", "procedural", "kind")
    clauses = [{name: row[name] for name in fields} | {"text": span(row, source), **sure} for row in decisions]
    person = ("name", "title", "role", "organisation", "party", "status")
    return {
        **{"source": "x", "sha256": "x", "media_type": "text/plain", "pages": 1, "extractor": "0"},
        "kind": KINDS.get(expected["doc_kind"], expected["doc_kind"]),
        **{"committee": expected["body"], "meeting_date": expected["meeting_date"], "title": expected["title"]},
        "attendees": [{name: row[name] for name in person} | {"as_written": row["name"], **sure} for row in people],
        "speakers": [
            {"name": row["name"], "office": row["role"] if row["name"] is None else None, **fact}
            for row in expected["speakers"]
        ],
        "resolutions": [without_kind(row) for row in clauses if row["kind"] == "resolution"],
        "recommendations": [without_kind(row) for row in clauses if row["kind"] == "recommendation"],
        "actions": [
            {"text": span(row, source), **{name: row[name] for name in ("owner", "due", "tier")}, **sure}
            for row in actions
        ],
    }


def without_kind(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name != "kind"}


@pytest.mark.parametrize(("path", "expected"), TWIN_CASES)
def test_twin_yields_what_is_expected(path: Path, expected: dict[str, Any]) -> None:
    """Every invented twin yields each required row, nothing that must not be, and nothing besides."""
    assert violations(expected, facts_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("path", "expected"), SEED_CASES)
def test_seed_yields_what_is_expected(path: Path, expected: dict[str, Any]) -> None:
    """Every seed yields each required row, nothing that must not be, and nothing besides."""
    assert violations(expected, facts_of(path), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(("path", "expected"), [*TWIN_CASES, *SEED_CASES])
def test_expectations_can_be_met(path: Path, expected: dict[str, Any]) -> None:
    """Facts made from the expectations themselves show no violation."""
    source = path.read_text(encoding="utf-8")
    assert violations(expected, Facts.model_validate(expected_facts(expected, source)), source) == []


@pytest.mark.parametrize(("path", "expected"), TWIN_CASES)
def test_expectations_fit_their_document(path: Path, expected: dict[str, Any]) -> None:
    """Every line number, fragment and length in the expectations is that of the document."""
    lines = ["", *map(fold, path.read_text(encoding="utf-8").split("\n"))]
    source = path.read_text(encoding="utf-8")
    for row in expected["attendees"]:
        assert row["surname"] in lines[row["line"]]
    for row in [*expected["tolerated"], *expected["must_not"]]:
        assert fold(row["fragment"]).lower() in lines[row["line"]].lower()
    for row in [*expected["decisions"], *expected["actions"]]:
        assert row["first_words"] in lines[row["line"]]
        assert row["words"] == len(span(row, source).split())
        assert lines[row.get("label_line", row.get("heading_line"))] == row.get("label", row.get("heading"))


@pytest.mark.parametrize(("path", "expected"), TWIN_CASES)
def test_expectation_counts_add_up(path: Path, expected: dict[str, Any]) -> None:
    """The counts at the head of each entry are those of its rows."""
    counts = expected["counts"]
    for field in ("attendees", "speakers", "decisions", "actions"):
        assert counts[field] == len(expected[field])
    assert counts["resolutions"] == sum(row["kind"] == "resolution" for row in expected["decisions"])
    assert counts["speakers_named"] == sum(row["name"] is not None for row in expected["speakers"])
    assert counts["actions_with_due"] == sum(row["due"] is not None for row in expected["actions"])


WITNESSES, RESOLVED, PROPOSALS = "4-witnesses.txt", "5-resolved.txt", "2-proposals.txt"


def found_in(name: str, change: Any) -> list[str]:
    """The violations of one twin when its perfect facts are changed."""
    expected = expectations(TWINS / "expectations.json")[name]
    source = (TWINS / name).read_text(encoding="utf-8")
    facts = copy.deepcopy(expected_facts(expected, source))
    change(facts)
    return violations(expected, Facts.model_validate(facts), source)


def test_checker_catches_a_wrong_owner() -> None:
    """An action given to the speaker of the next bullet is wrong, and named as what must not be."""
    found = found_in(WITNESSES, lambda facts: facts["actions"][1].update(owner="Cllr Rosalind Tay"))
    assert len(found) == 2
    assert "owner is 'Cllr Rosalind Tay', expected 'HC'" in found[0]
    assert "must not be owned by Cllr Rosalind Tay" in found[1]


@pytest.mark.parametrize("owner", ["Cllr Lund", "Petra Lund", "lund"])
def test_checker_accepts_other_prints_of_an_owner(owner: str) -> None:
    """An owner may be written in any way that the expectations list, title or not."""
    assert found_in(WITNESSES, lambda facts: facts["actions"][0].update(owner=owner)) == []


@pytest.mark.parametrize(
    ("field", "message"),
    [
        ("attendees", "missing attendee Imran Peake"),
        ("speakers", "missing speaker Helen Marwick"),
        ("recommendations", "missing in decisions: That any study made in the county of ..."),
    ],
)
def test_checker_catches_a_missing_row(field: str, message: str) -> None:
    """A required row that is not there is reported by name or first words."""
    assert [message] == found_in(WITNESSES, lambda facts: facts[field].pop(2))


def test_checker_catches_an_extra_row() -> None:
    """A row that nobody asked for is reported, once."""

    def change(facts: dict[str, Any]) -> None:
        facts["actions"].append({**facts["actions"][0], "text": "Helen Marwick reported that Fellside got by."})

    assert found_in(WITNESSES, change) == ["extra in actions: Helen Marwick reported that Fellside got by."]


def test_checker_catches_a_second_row_for_one_clause() -> None:
    """The same decision twice is one too many."""
    found = found_in(RESOLVED, lambda facts: facts["resolutions"].append(facts["resolutions"][0]))
    assert found == ["extra in decisions: That the plan be noted"]


def test_checker_catches_what_must_not_be() -> None:
    """A row made from a trap is reported with the reason why it is one."""

    def change(facts: dict[str, Any]) -> None:
        facts["resolutions"] = [
            {**facts["recommendations"][0], "text": "Members noted that the 2012-13 Coast Delivery Plan set an action"}
        ]
        facts["attendees"].append({**facts["attendees"][0], "name": "The Deputy HC"})

    found = found_in(WITNESSES, change)
    assert found[:2] == [
        "extra attendee The Deputy HC",
        "must not be among the attendees: The Deputy HC (mentioned only)",
    ]
    assert "must not be among the decisions: Members noted that the 2012-13" in found[3]


def test_checker_catches_a_heading_only_when_it_is_bare() -> None:
    """A scoped fragment forbids the bare heading, not the sentence that contains it."""

    def change(facts: dict[str, Any]) -> None:
        rows = facts["recommendations"]
        rows.append({**rows[0], "text": "River Wardens"})
        rows.append({**rows[0], "text": "That the FDP appoints River Wardens."})

    found = found_in(PROPOSALS, change)
    assert found == [
        "extra in decisions: River Wardens",
        "must not be among the decisions: River Wardens (proposal heading)",
    ]


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("title", "Ms", "title is 'Ms', expected 'Mrs'"),
        ("role", None, "role is None"),
        ("organisation", "Northmere County Council", "organisation is 'Northmere County Council', expected None"),
        ("status", "inferred", "status is 'inferred', expected 'in_attendance'"),
        ("name", "H L Corriden OBE CC", "missing attendee H L Corriden"),
        ("name", "Mrs H L Corriden", "missing attendee H L Corriden"),
        ("party", "Ind", "party is 'Ind', expected None"),
    ],
)
def test_checker_catches_a_wrong_field(field: str, value: str | None, message: str) -> None:
    """Each field of a person must be as expected, and null where the document does not say."""
    found = found_in(RESOLVED, lambda facts: facts["attendees"][0].update({field: value}))
    assert message in found[0]


def test_checker_catches_a_title_before_a_bare_surname() -> None:
    """A title is no part of the name, even where no given name stands against it."""
    found = found_in(WITNESSES, lambda facts: facts["attendees"][4].update(name="Cllr MacIlroy"))
    assert found == ["attendee MacIlroy: a title stands in the name 'Cllr MacIlroy'"]


@pytest.mark.parametrize(
    ("field", "value"),
    [("kind", "report"), ("committee", "Northmere Coast Panel"), ("meeting_date", "2014-09-10"), ("title", "Flood")],
)
def test_checker_catches_a_wrong_header(field: str, value: str) -> None:
    """Kind, body, date and title of the document are checked, a title that is not printed included."""
    found = found_in(WITNESSES, lambda facts: facts.update({field: value}))
    assert len(found) == 1
    assert repr(value) in found[0]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("ref", "a)"),
        ("outcome", "carried"),
        ("procedural", True),
        ("mover", "A Pellow"),
        ("addressed_to", "Cabinet"),
        ("vote", {"for": 3, "against": None, "abstain": None, "manner": None}),
    ],
)
def test_checker_catches_a_wrong_field_of_a_decision(field: str, value: Any) -> None:
    """Each field of a decision is checked, those that the document leaves open included."""
    found = found_in(RESOLVED, lambda facts: facts["resolutions"][0].update({field: value}))
    assert len(found) == 1
    assert f": {field} is " in found[0]


def test_checker_catches_a_resolution_among_the_recommendations() -> None:
    """A decision of the wrong kind is found, and wrong."""

    def change(facts: dict[str, Any]) -> None:
        facts["recommendations"].append(facts["resolutions"].pop())

    found = found_in(RESOLVED, change)
    assert len(found) == 1
    assert "kind is 'recommendation', expected 'resolution'" in found[0]


def test_checker_tolerates_what_may_be() -> None:
    """A tolerated row costs nothing, and one that stands in for a required action replaces it."""

    def change(facts: dict[str, Any]) -> None:
        facts["actions"][0]["text"] = "she would ring the Mayor about it."
        facts["actions"].append(
            {**facts["actions"][1], "text": "That a paper be given on the siren tests", "owner": None}
        )

    assert found_in(WITNESSES, change) == []


def test_checker_holds_a_stand_in_to_the_fields() -> None:
    """A row in the place of a required action must have its owner."""
    change = {"text": "she would ring the Mayor about it.", "owner": "the Mayor"}
    found = found_in(WITNESSES, lambda facts: facts["actions"][0].update(change))
    assert len(found) == 2
    assert "must not be owned by the Mayor" in found[1]


def test_checker_refuses_a_text_that_runs_on() -> None:
    """A clause with half as many words again, and more, is another text."""
    found = found_in(
        RESOLVED,
        lambda facts: facts["resolutions"][0].update(text="That the plan be noted and that members be thanked"),
    )
    assert found[:1] == ["missing in decisions: That the plan be noted ..."]
