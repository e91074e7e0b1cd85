"""Scoring against hand-made facts: what each kind of error costs, and what may be forgiven."""

import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

import minutebook
from minutebook import MinutebookError
from minutebook.extract import extract_file
from minutebook.extract.accuracy import accuracy_page, letter
from minutebook.extract.changes import compare, load, save
from minutebook.extract.confidence import confidence, measured
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.evaluate import LINES, Evaluation, evaluate
from minutebook.extract.facts import Facts
from minutebook.extract.gold import fact_rows
from minutebook.extract.matching import (
    bare_name,
    fold,
    labels_agree,
    name_words,
    names_match,
    people_agree,
    texts_match,
    token_f1,
    words,
)
from minutebook.pipeline import main

Change = Callable[[dict[str, Any]], object]


def person(name: str, status: str = "present", **fields: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("title", "role", "organisation", "party"))
    return {"name": name, "status": status, **blank, "page": 1, **fields}


def clause(text: str, kind: str = "resolution", **fields: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("ref", "vote", "mover", "seconder", "addressed_to"))
    return {"text": text, "kind": kind, "outcome": "carried", "procedural": False, **blank, "page": 1, **fields}


def task(text: str, **fields: Any) -> dict[str, Any]:
    return {"text": text, "owner": None, "due": None, "tier": "explicit", "page": 1, **fields}


def gold(**fields: Any) -> dict[str, Any]:
    """The facts of one invented meeting, by hand."""
    vote = {"for": 5, "against": 2, "abstain": None, "manner": None}
    return {
        **{"file": "minutes.txt", "kind": "minutes", "body": "Northmere District Council", "notes": None},
        "attendees": [
            person("Ann Corriden", title="Cllr", role="Chair"),
            person("P Thirlwell", title="Cllr Mrs"),
            person("Hugh Ridsdale", "apologies", title="Cllr"),
            person("Moira Tansley", "in_attendance", role="Head of Parks", organisation="Saltby Borough Council"),
        ],
        "decisions": [
            clause("That the minutes of the last meeting be signed as a correct record.", procedural=True),
            clause(
                "That the lease of the boathouse be granted.",
                ref="(a)",
                mover="A Corriden",
                seconder="Ridsdale",
                vote=vote,
            ),
            clause("That the tree survey be noted.", ref="(b)", outcome="noted"),
            clause("fund a second ranger", "recommendation", ref="1.", outcome="recommended", addressed_to="Cabinet"),
        ],
        "actions": [
            task("The Clerk would ask the water company for a map by Friday.", owner="Clerk", due="by Friday"),
            task("Mr Ashgill was asked to oil the sluice.", owner="Mr Ashgill", tier="inline"),
            task("Members asked for the figures on paddling.", tier="implicit"),
        ],
        **{"tolerated": [], "must_not": []},
        **fields,
    }


def found(hand_made: dict[str, Any]) -> dict[str, Any]:
    """An extractor's facts, as a dictionary, that say just what the hand-made ones say."""

    def fact(row: dict[str, Any], *left_out: str, **more: Any) -> dict[str, Any]:
        evidence = [{"page": row["page"], "start": 0, "end": 1, "quote": "x"}]
        kept = {name: value for name, value in row.items() if name not in ("page", *left_out)}
        return {**kept, "confidence": 1, "evidence": evidence, **more}

    decisions = {
        f"{kind}s": [fact(row, "kind") for row in hand_made["decisions"] if row["kind"] == kind]
        for kind in ("resolution", "recommendation")
    }
    return {
        **{"source": hand_made["file"], "sha256": "x", "media_type": "text/plain", "pages": 1, "extractor": "0"},
        "kind": "minutes",
        "attendees": [fact(row, as_written=row["name"]) for row in hand_made["attendees"]],
        **decisions,
        "actions": [fact(row) for row in hand_made["actions"]],
    }


def gold_folder(folder: Path, *hand_made: dict[str, Any]) -> Path:
    for part in ("documents", "facts"):
        (folder / part).mkdir(exist_ok=True)
    for facts in hand_made:
        (folder / "documents" / facts["file"]).write_text("Minutes", encoding="utf-8")
        (folder / "facts" / facts["file"]).with_suffix(".json").write_text(json.dumps(facts), encoding="utf-8")
    return folder


def score(folder: Path, hand_made: dict[str, Any], change: Change = lambda facts: None) -> Evaluation:
    """The evaluation of one document whose facts are right but for a change."""
    facts = found(hand_made)
    change(facts)
    return evaluate(gold_folder(folder, hand_made), lambda path: Facts.model_validate(facts))


def counts(evaluation: Evaluation, line: str) -> tuple[float, float, float]:
    total = evaluation.score(line)
    return total.hits, total.false, total.missed


def test_perfect_facts_score_one_everywhere(tmp_path: Path) -> None:
    """Facts that say what the hand-made ones say score 1.0 on every line, and no row costs anything."""
    figures = score(tmp_path, gold()).as_dict()
    ones = {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    by_body = figures["bodies"]["Northmere District Council"]
    for line in LINES.keys() - {"recommendations_all"}:
        for scores in (
            figures["micro"],
            figures["macro"],
            figures["sighted"],
            by_body,
            figures["documents"][0]["scores"],
        ):
            assert ones == {rate: scores[line][rate] for rate in ones}
    assert all(field["f1"] in (1.0, None) for field in figures["fields"].values())
    assert (figures["must_not"], figures["unreadable"]) == (0, {})
    assert list(score(tmp_path, gold()).rows()) == []


def test_headline_leaves_out_procedural_and_implicit_rows(tmp_path: Path) -> None:
    """Procedural decisions and implicit actions count on their own lines, not in the headline."""
    evaluation = score(tmp_path, gold())
    hits = {line: evaluation.score(line).hits for line in LINES}
    expected = {"attendees": 4, "resolutions": 2, "resolutions_all": 3, "recommendations": 1, "recommendations_all": 1}
    assert {**expected, "actions": 2, "actions_implicit": 1, "actions_all": 3} == hits


def set_field(rows: str, index: int, **fields: Any) -> Change:
    return lambda facts: facts[rows][index].update(fields)


def drop(rows: str, index: int) -> Change:
    return lambda facts: facts[rows].pop(index)


def add(rows: str, index: int, **fields: Any) -> Change:
    return lambda facts: facts[rows].append({**facts[rows][index], **fields})


def misfile(facts: dict[str, Any]) -> None:
    facts["recommendations"].append(facts["resolutions"].pop(1))


ROW_ERRORS = {
    "a person missed": (drop("attendees", 1), {"attendees": (3, 0, 1)}),
    "a person too many": (add("attendees", 0, name="Sadie Quill"), {"attendees": (4, 1, 0)}),
    "a person twice": (add("attendees", 0), {"attendees": (4, 1, 0)}),
    "another given name": (set_field("attendees", 0, name="Bo Corriden"), {"attendees": (3, 1, 1)}),
    "a wrong status": (set_field("attendees", 2, status="present"), {"attendees": (3, 1, 1)}),
    "the half-right status": (set_field("attendees", 3, status="inferred"), {"attendees": (3.5, 0.5, 0.5)}),
    "a resolution missed": (drop("resolutions", 1), {"resolutions": (1, 0, 1), "resolutions_all": (2, 0, 1)}),
    "a procedural one missed": (drop("resolutions", 0), {"resolutions": (2, 0, 0), "resolutions_all": (2, 0, 1)}),
    "a wrong label": (set_field("resolutions", 1, ref="(i)"), {"resolutions": (1, 1, 1)}),
    "no label": (set_field("resolutions", 1, ref=None), {"resolutions": (1, 1, 1)}),
    "the wrong kind": (misfile, {"resolutions": (1, 0, 1), "recommendations": (1, 1, 0)}),
    "half the text": (set_field("resolutions", 1, text="That the lease"), {"resolutions": (1, 1, 1)}),
    "a task missed": (drop("actions", 0), {"actions": (1, 0, 1), "actions_implicit": (1, 0, 0)}),
    "an implicit task missed": (drop("actions", 2), {"actions": (2, 0, 0), "actions_implicit": (0, 0, 1)}),
    "an implicit task too many": (
        add("actions", 2, text="It was hoped that the swans would return."),
        {"actions": (2, 0, 0), "actions_implicit": (1, 1, 0)},
    ),
    "a wrong tier": (set_field("actions", 1, tier="implicit"), {"actions": (2, 0, 0), "actions_implicit": (1, 0, 0)}),
}


@pytest.mark.parametrize(("change", "expected"), ROW_ERRORS.values(), ids=ROW_ERRORS)
def test_each_error_costs_what_it_should(
    tmp_path: Path, change: Change, expected: dict[str, tuple[float, float, float]]
) -> None:
    """An error gives just these hits, false rows and misses, and touches no other line."""
    untouched = {"attendees": (4, 0, 0), "resolutions": (2, 0, 0), "recommendations": (1, 0, 0), "actions": (2, 0, 0)}
    evaluation = score(tmp_path, gold(), change)
    lines = {**untouched, **expected}
    assert lines == {line: counts(evaluation, line) for line in lines}
    assert list(evaluation.rows()) != []


FIELD_ERRORS = {
    "attendees.title": set_field("attendees", 0, title="Mr"),
    "attendees.role": set_field("attendees", 3, role="Ranger"),
    "attendees.organisation": set_field("attendees", 3, organisation="Fellside Trust"),
    "decisions.outcome": set_field("resolutions", 2, outcome="carried"),
    "decisions.procedural": set_field("resolutions", 2, procedural=True),
    "decisions.mover": set_field("resolutions", 1, mover="B Corriden"),
    "decisions.seconder": set_field("resolutions", 1, seconder="Tansley"),
    "decisions.vote": set_field("resolutions", 1, vote={"for": 5, "against": 3}),
    "decisions.addressed_to": set_field("recommendations", 0, addressed_to="Council"),
    "actions.owner": set_field("actions", 0, owner="Ranger"),
    "actions.due": set_field("actions", 0, due="next meeting"),
    "actions.tier": set_field("actions", 1, tier="explicit"),
}


@pytest.mark.parametrize(("name", "change"), FIELD_ERRORS.items(), ids=FIELD_ERRORS)
def test_wrong_field_costs_the_field_alone(tmp_path: Path, name: str, change: Change) -> None:
    """A wrong value is one false and one missed value of that field; the row itself stays found."""
    right, wrong = score(tmp_path, gold()), score(tmp_path, gold(), change)
    one_less = right.fields()[name].hits - 1
    assert (one_less, 1, 1) == tuple(wrong.fields()[name].as_dict()[count] for count in ("hits", "false", "missed"))
    assert [name.split(".")[1]] == [row.why.split(":")[0] for row in wrong.rows()]
    assert [row.verdict for row in wrong.rows()] == ["wrong"]
    assert all(right.score(line).hits == wrong.score(line).hits for line in LINES if not line.startswith("resolutions"))
    assert right.score("resolutions_all").hits == wrong.score("resolutions_all").hits


def test_value_for_null_is_false_and_null_for_value_is_missed(tmp_path: Path) -> None:
    """A filled field that the document leaves open is false; an empty one that it fills is missed."""

    def change(facts: dict[str, Any]) -> None:
        facts["resolutions"][2]["mover"] = "A Corriden"
        facts["resolutions"][1]["seconder"] = None

    fields = score(tmp_path, gold(), change).fields()
    assert (fields["decisions.mover"].hits, fields["decisions.mover"].false, fields["decisions.mover"].missed) == (
        1,
        1,
        0,
    )
    assert (fields["decisions.seconder"].false, fields["decisions.seconder"].missed) == (0, 1)


def test_a_vote_without_any_figure_is_no_vote(tmp_path: Path) -> None:
    """An empty vote object counts as null."""
    evaluation = score(tmp_path, gold(), set_field("resolutions", 2, vote={}))
    assert evaluation.fields()["decisions.vote"].false == 0


def test_sighted_counts_rows_by_name_or_text_alone(tmp_path: Path) -> None:
    """A wrong status or label costs the strict score, not the sighted one."""

    def change(facts: dict[str, Any]) -> None:
        facts["attendees"][0]["status"] = "absent"
        facts["resolutions"][1]["ref"] = None

    evaluation = score(tmp_path, gold(), change)
    assert (evaluation.score("attendees").f1, evaluation.score("attendees", sighted=True).f1) == (0.75, 1.0)
    assert (evaluation.score("resolutions").f1, evaluation.score("resolutions", sighted=True).f1) == (0.5, 1.0)


def test_namesakes_are_matched_one_to_one_by_what_else_agrees(tmp_path: Path) -> None:
    """Of two people with one surname each finds its own row, by given name, title or status."""
    couple = [
        person("Corriden", title="Mr"),
        person("Corriden", title="Mrs"),
        person("Al Ridsdale"),
        person("Ridsdale", "apologies"),
    ]
    evaluation = score(tmp_path, gold(attendees=couple), lambda facts: facts["attendees"].reverse())
    assert counts(evaluation, "attendees") == (4, 0, 0)
    assert list(evaluation.rows()) == []


def test_equal_clauses_are_matched_by_page(tmp_path: Path) -> None:
    """Of clauses with the same words each finds the one on its own page."""
    noted = [clause("That the report be noted.", page=page) for page in (1, 2, 3)]
    evaluation = score(tmp_path, gold(decisions=noted), drop("resolutions", 1))
    assert [(row.page, row.verdict) for row in evaluation.rows()] == [(2, "missed")]


TOLERATED = {"field": "decisions", "text": "No objection to the porch at the toll house.", "why": "no verb of decision"}


def test_tolerated_row_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    """A tolerated row changes no count, however often it is found."""

    def change(facts: dict[str, Any]) -> None:
        facts["resolutions"] += [{**facts["resolutions"][2], "text": TOLERATED["text"]}] * 2

    evaluation = score(tmp_path, gold(tolerated=[TOLERATED]), change)
    assert counts(evaluation, "resolutions") == (2, 0, 0)
    assert list(evaluation.rows()) == []


def test_tolerated_row_of_another_field_is_false(tmp_path: Path) -> None:
    """What is tolerated as a decision is not tolerated as an action."""
    evaluation = score(tmp_path, gold(tolerated=[TOLERATED]), add("actions", 0, text=TOLERATED["text"]))
    assert counts(evaluation, "actions") == (2, 1, 0)


def test_tolerated_noted_covers_the_item_it_stands_beside(tmp_path: Path) -> None:
    """Where a margin "Noted" is tolerated, so is the item with it; a row that ends otherwise is false."""
    noted = [{"field": "decisions", "text": "Noted", "why": "margin entry"}]
    beside = score(
        tmp_path, gold(tolerated=noted), add("resolutions", 2, text="Newsletter of the Rowing Trust. Noted.")
    )
    other = score(tmp_path, gold(tolerated=noted), add("resolutions", 2, text="Newsletter of the Rowing Trust. Read."))
    assert (counts(beside, "resolutions"), counts(other, "resolutions")) == ((2, 0, 0), (2, 1, 0))


STAND_IN = {"field": "actions", "text": "oil the sluice", "why": "clause only; stands in for the required row"}


def test_stand_in_counts_as_finding_the_required_row(tmp_path: Path) -> None:
    """A tolerated row that stands in for a required one earns it, and is held to its fields."""
    change = set_field("actions", 1, text="oil the sluice.", owner=None)
    evaluation = score(tmp_path, gold(tolerated=[STAND_IN]), change)
    assert counts(evaluation, "actions") == (2, 0, 0)
    assert [row.why for row in evaluation.rows()] == ["owner: found nothing, wanted Mr Ashgill"]


def test_stand_in_beside_the_required_row_earns_nothing(tmp_path: Path) -> None:
    """A stand-in for a row that was found as well is merely tolerated."""
    evaluation = score(tmp_path, gold(tolerated=[STAND_IN]), add("actions", 1, text="oil the sluice."))
    assert counts(evaluation, "actions") == (2, 0, 0)
    assert list(evaluation.rows()) == []


def test_stand_in_for_two_rows_finds_both(tmp_path: Path) -> None:
    """One row that holds the words of two required ones finds both."""
    both = "Officers to count the swans on the mere each morning and to paint the long fence by the north gate"
    tasks = [task("to count the swans on the mere each morning"), task("to paint the long fence by the north gate")]
    mark = {"field": "actions", "text": both, "why": "both as one row; stands in for the two required rows"}

    def change(facts: dict[str, Any]) -> None:
        facts["actions"] = [{**facts["actions"][0], "text": both}]

    assert counts(score(tmp_path, gold(actions=tasks, tolerated=[mark]), change), "actions") == (2, 0, 0)


MUST_NOT = [
    {"field": "decisions", "text": "The Planning Committee refused", "why": "decision of another body"},
    {"field": "attendees", "text": "Mr T. Pellow", "why": "payee"},
]


def test_must_not_hit_is_a_false_row_that_is_listed(tmp_path: Path) -> None:
    """A row that starts as it must not, or a person so named, is false, counted and listed with its reason."""

    def change(facts: dict[str, Any]) -> None:
        text = "the Planning Committee refused the porch at the second attempt."
        facts["resolutions"].append({**facts["resolutions"][2], "text": text})
        facts["attendees"].append({**facts["attendees"][0], "name": "Tobias Pellow"})

    evaluation = score(tmp_path, gold(must_not=MUST_NOT), change)
    listed = [(row.kind, row.verdict, row.why) for row in evaluation.rows()]
    expected = [("attendees", "must_not", "payee"), ("resolutions", "must_not", "decision of another body")]
    assert expected == listed
    assert (evaluation.must_not, evaluation.documents[0].must_not, evaluation.as_dict()["must_not"]) == (2, 2, 2)
    assert (counts(evaluation, "attendees"), counts(evaluation, "resolutions")) == ((4, 1, 0), (2, 1, 0))


def test_fragment_in_the_middle_of_a_row_is_merely_false(tmp_path: Path) -> None:
    """A must-not fragment counts where the text starts, not further on."""
    change = add("resolutions", 2, text="It was said that the Planning Committee refused the porch.")
    evaluation = score(tmp_path, gold(must_not=MUST_NOT), change)
    assert [row.verdict for row in evaluation.rows()] == ["false"]


def test_tolerated_row_is_no_must_not_hit(tmp_path: Path) -> None:
    """A row that is both tolerated and forbidden is tolerated."""
    forbidden = {"field": "decisions", "text": "No objection", "why": "no verb"}
    change = add("resolutions", 2, text=TOLERATED["text"])
    assert score(tmp_path, gold(tolerated=[TOLERATED], must_not=[forbidden]), change).must_not == 0


def test_unreadable_document_counts_as_all_missed(tmp_path: Path) -> None:
    """A document that cannot be read is named with the reason, its rows are missed, and the others are still scored."""
    folder = gold_folder(tmp_path, gold(), gold(file="torn.pdf"))

    def extract(path: Path) -> Facts:
        if path.name == "torn.pdf":
            raise UnreadableDocument("damaged", "torn.pdf ends too soon. Fetch it again.")
        return Facts.model_validate(found(gold()))

    evaluation = evaluate(folder, extract)
    assert evaluation.unreadable == {"torn.pdf": "damaged: torn.pdf ends too soon. Fetch it again."}
    assert counts(evaluation, "attendees") == (4, 0, 4)
    assert {row.verdict for row in evaluation.rows()} == {"missed"}
    assert sum(row.document == "torn.pdf" for row in evaluation.rows()) == 11


def test_document_that_is_not_there_counts_as_all_missed(tmp_path: Path) -> None:
    """A facts file without its document is reported, and a name that leads elsewhere is never opened."""
    folder = gold_folder(tmp_path, gold())
    (folder / "facts" / "other.json").write_text(json.dumps(gold(file="../facts/minutes.json")), encoding="utf-8")
    evaluation = evaluate(folder, lambda path: Facts.model_validate(found(gold())))
    assert list(evaluation.unreadable) == ["../facts/minutes.json"]
    assert counts(evaluation, "actions") == (2, 0, 2)


def test_folder_without_facts_is_refused(tmp_path: Path) -> None:
    """A folder that holds no facts files gives a message that says what to give instead."""
    with pytest.raises(MinutebookError, match=r"no facts/\*\.json") as caught:
        evaluate(tmp_path, lambda path: Facts.model_validate(found(gold())))
    assert caught.value.code == "no_gold"


@pytest.mark.parametrize(
    ("text", "where"),
    [("{", "the whole file"), ('{"file": "x"}', "body"), (json.dumps(gold(tolerated=[{}])), "tolerated.0")],
)
def test_bad_facts_file_is_named(tmp_path: Path, text: str, where: str) -> None:
    """A facts file that is not what it should be is named, with the place in it."""
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "bad.json").write_text(text, encoding="utf-8")
    with pytest.raises(MinutebookError, match=rf"bad\.json: {where}") as caught:
        evaluate(tmp_path, lambda path: Facts.model_validate(found(gold())))
    assert caught.value.code == "bad_gold"


def test_macro_weighs_bodies_alike_and_micro_rows(tmp_path: Path) -> None:
    """One poor document of a small body pulls the macro average down further than the micro one."""
    small = gold(file="small.txt", body="Saltby Borough Council", attendees=[person("Imran Peake")], decisions=[])
    folder = gold_folder(tmp_path, gold(), gold(file="more.txt"), small)
    evaluation = evaluate(folder, lambda path: Facts.model_validate(found(gold())))
    assert evaluation.bodies == ["Northmere District Council", "Saltby Borough Council"]
    assert evaluation.score("attendees", "Saltby Borough Council").recall == 0
    assert evaluation.score("attendees").recall == 8 / 9
    assert evaluation.macro("attendees")["recall"] == 0.5
    assert evaluation.macro("resolutions")["recall"] == 1.0


def test_nothing_to_count_is_null(tmp_path: Path) -> None:
    """A line without rows on either side has no rate, in JSON null."""
    figures = json.loads(json.dumps(score(tmp_path, gold(actions=[])).as_dict()))
    expected = {"hits": 0, "false": 0, "missed": 0, "precision": None, "recall": None, "f1": None}
    assert expected == figures["micro"]["actions"]
    assert figures["macro"]["actions"] == {"precision": None, "recall": None, "f1": None}


def two_bodies(folder: Path) -> Path:
    """A gold folder with the papers of two bodies, Saltby's wanting a person that nobody finds."""
    people = [person("Imran Peake")]
    return gold_folder(folder, gold(), gold(file="saltby.txt", body="Saltby Borough Council", attendees=people))


def test_bodies_held_out_are_told_apart(tmp_path: Path) -> None:
    """Figures of a body held out stand beside those of the others, and its rows are not listed."""
    folder = two_bodies(tmp_path)
    evaluation = evaluate(folder, lambda path: Facts.model_validate(found(gold())), ["Saltby Borough Council"])
    groups = evaluation.as_dict()["groups"]
    assert (1.0, 0.0) == tuple(groups[name]["micro"]["attendees"]["recall"] for name in ("tuned", "held_out"))
    assert {"minutes.txt": [], "saltby.txt": []} == {
        document.file: [row for row in evaluation.rows() if row.document == document.file]
        for document in evaluation.documents
    }
    assert evaluation.score("attendees").missed == 1
    assert evaluate(folder, lambda path: Facts.model_validate(found(gold()))).groups == {}


def test_body_without_papers_cannot_be_held_out(tmp_path: Path) -> None:
    """A misspelt body is an error that names those there are."""
    with pytest.raises(MinutebookError, match=r"no paper of Salty\. Choose from Northmere District") as caught:
        evaluate(two_bodies(tmp_path), lambda path: Facts.model_validate(found(gold())), ["Salty"])
    assert caught.value.code == "unknown_body"


def test_share_of_rows_right_counts_null_for_null(tmp_path: Path) -> None:
    """Of four rows found, one with a wrong owner or mover leaves three right, whether the others give one or not."""
    fields = score(tmp_path, gold(), set_field("resolutions", 1, mover="B Corriden")).as_dict()["fields"]
    assert fields["decisions.mover"]["agreed"] == 0.75
    assert (fields["decisions.mover"]["f1"], fields["decisions.seconder"]["agreed"]) == (0.0, 1.0)


def saved(folder: Path, hand_made: dict[str, Any], change: Change = lambda facts: None) -> Path:
    save(score(folder, hand_made, change), folder / "saved.json")
    return folder / "saved.json"


def test_comparing_with_the_same_run_changes_nothing(tmp_path: Path) -> None:
    """A run compared with itself, saved and loaded, has no figure and no row that differs."""
    change = set_field("actions", 0, owner="Ranger")
    now = score(tmp_path, gold(), change)
    changes = compare(load(saved(tmp_path, gold(), change)), now).as_dict()
    assert {
        "documents": {"both": 1, "only_before": [], "only_now": []},
        "kinds": {},
        "fields": {},
        "rows": [],
    } == changes


OTHER = "Somebody else would do something quite different."
CHANGES = {
    "found and lost": (drop("attendees", 1), drop("attendees", 2), [("found", "P Thirlwell"), ("missed", "Hugh Ridsdale")]),
    "false and no more": (
        add("attendees", 0, name="Sadie Quill"),
        add("actions", 0, text=OTHER),
        [("dropped", "Sadie Quill"), ("false", OTHER)],
    ),
    "mended and spoilt": (
        set_field("attendees", 0, title="Mr"),
        set_field("attendees", 3, role="Ranger"),
        [("mended", "Ann Corriden"), ("wrong", "Moira Tansley")],
    ),
    "another wrong value": (set_field("attendees", 0, title="Mr"), set_field("attendees", 0, title="Ms"), []),
    "wrong before, missed now": (
        set_field("attendees", 0, title="Mr"),
        drop("attendees", 0),
        [("missed", "Ann Corriden")],
    ),
    "one of two alike": (
        lambda facts: facts["attendees"].extend([{**facts["attendees"][0], "name": "Sadie Quill"}] * 2),
        add("attendees", 0, name="Sadie Quill"),
        [("dropped", "Sadie Quill")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "now", "expected"), CHANGES.values(), ids=CHANGES)
def test_comparing_names_each_row_that_changed(
    tmp_path: Path, before: Change, now: Change, expected: list[tuple[str, str]]
) -> None:
    """What was missed, wrong or false and is so no more, then what is so now."""
    changes = compare(load(saved(tmp_path, gold(), before)), score(tmp_path, gold(), now))
    assert expected == [(change, row.text) for change, row in changes.rows()]


def test_comparing_gives_figures_before_and_now(tmp_path: Path) -> None:
    """Only the kinds and fields whose counts differ are told, with both sides, in the table too."""
    before = saved(tmp_path, gold(), drop("attendees", 3))
    changes = compare(load(before), score(tmp_path, gold(), set_field("actions", 0, owner="Ranger")))
    figures = changes.as_dict()
    assert ["attendees"] == list(figures["kinds"])
    assert (0.75, 1.0) == tuple(figures["kinds"]["attendees"][side]["recall"] for side in ("before", "now"))
    assert {"attendees.title", "attendees.role", "attendees.organisation", "attendees.status", "actions.owner"} >= set(
        figures["fields"]
    )
    console = Console(width=100, record=True, file=StringIO())
    console.print(changes.table())
    text = console.export_text()
    assert all(name in text for name in ("actions.owner", "attendees.status", "1 documents compared."))


def test_documents_that_one_run_lacks_are_named_and_not_compared(tmp_path: Path) -> None:
    """Only what both have counts; without anything in common the error says so."""
    before = saved(tmp_path, gold())
    folder = gold_folder(tmp_path, gold(file="more.txt"))
    now = evaluate(folder, lambda path: Facts.model_validate(found(gold())))
    changes = compare(load(before), now)
    assert ([], ["more.txt"], {}) == (changes.only_before, changes.only_now, changes.kinds())
    other = Evaluation([document for document in now.documents if document.file == "more.txt"])
    assert (["minutes.txt"], []) == (compare(now, other).only_before, compare(now, other).only_now)
    with pytest.raises(MinutebookError, match="no document in common"):
        compare(load(before), other)


@pytest.mark.parametrize("text", ["", "{", "[{}]", '{"micro": {}}', "\x00"])
def test_damaged_saved_run_is_explained(tmp_path: Path, text: str) -> None:
    """A file that is no saved run is named, with how to make one."""
    (tmp_path / "saved.json").write_text(text)
    with pytest.raises(MinutebookError, match=r"saved\.json is no saved evaluation: .*Make one with --save") as caught:
        load(tmp_path / "saved.json")
    assert caught.value.code == "bad_saved"


def test_command_saves_and_compares(tmp_path: Path) -> None:
    """The command line keeps a run, tells what changed since as JSON, and refuses to write where it cannot."""
    papers, kept = Path(minutebook.__file__).parent / "fixtures" / "papers", tmp_path / "saved.json"
    held_out = sorted(json.loads(file.read_text("utf-8"))["body"] for file in (papers / "facts").glob("*.json"))[0]
    run = CliRunner().invoke(main, ["evaluate", str(papers), "--save", str(kept), "--held-out", held_out])
    assert (0, True) == (run.exit_code, "bodies held out" in run.output)
    again = CliRunner().invoke(main, ["evaluate", str(papers), "--compare", str(kept), "--json"])
    figures = json.loads(again.output)
    assert ({}, [], {}) == (figures["changes"]["kinds"], figures["changes"]["rows"], figures["groups"])
    page = CliRunner().invoke(main, ["evaluate", str(papers), "--markdown"]).output
    assert page.startswith("# How well it reads\n")
    assert {"documents", "tables", "rules"} <= json.loads(
        CliRunner().invoke(main, ["evaluate", str(papers), "--measured"]).output
    ).keys()
    refused = CliRunner().invoke(main, ["evaluate", str(papers), "--save", str(tmp_path / "none" / "saved.json")])
    assert (1, True) == (refused.exit_code, "cannot be written" in refused.output)


def certainties(facts: dict[str, Any]) -> None:
    """Confidence and way of finding for each row, one person and one task being false, one person half right."""
    for rows, how, sure in (
        ("attendees", "list", 0.9),
        ("resolutions", "lead", 0.75),
        ("recommendations", "lead", 0.6),
        ("actions", "inline", 0.599),
    ):
        for row in facts[rows]:
            row.update(how=how, confidence=sure)
    facts["attendees"].append({**facts["attendees"][0], "name": "Sadie Quill"})
    facts["attendees"][3]["status"] = "inferred"
    facts["actions"][1].update(text=OTHER, how="margin")


def bins(evaluation: Evaluation, table: str) -> dict[float, tuple[int, float]]:
    """Rows given and right by the lower edge of their bin, empty ones left out."""
    held = evaluation.as_dict()["reliability"][table]
    return {found["low"]: (found["rows"], found["right"]) for found in held if found["rows"]}


def test_rows_are_binned_by_their_confidence(tmp_path: Path) -> None:
    """Each bin, its lower edge included, has the rows given and how many are right, a row half right being half."""
    evaluation = score(tmp_path, gold(), certainties)
    tables = ("attendees", "resolutions", "recommendations", "actions")
    assert [{0.9: (5, 3.5)}, {0.7: (3, 3)}, {0.6: (1, 1)}, {0: (3, 2)}] == [bins(evaluation, table) for table in tables]
    assert {0: (3, 2), 0.6: (1, 1), 0.7: (3, 3), 0.9: (5, 3.5)} == bins(evaluation, "all")
    last = evaluation.as_dict()["reliability"]["attendees"][-1]
    assert (1.0, 0.7, 0.9) == (last["high"], last["share"], last["confidence"])
    assert evaluation.as_dict()["reliability"]["actions"][1]["share"] is None


def test_tolerated_rows_are_in_no_bin_and_forbidden_ones_are_wrong(tmp_path: Path) -> None:
    """What is neither right nor wrong is left out; a row that must not be is wrong; a stand-in counts once."""

    def change(facts: dict[str, Any]) -> None:
        facts["resolutions"].append({**facts["resolutions"][2], "text": TOLERATED["text"]})
        facts["attendees"].append({**facts["attendees"][0], "name": "Tobias Pellow"})
        facts["actions"][1]["text"] = "oil the sluice"

    evaluation = score(tmp_path, gold(tolerated=[TOLERATED, STAND_IN], must_not=MUST_NOT), change)
    assert [{0.9: (3, 3)}, {0.9: (5, 4)}, {0.9: (3, 3)}] == [
        bins(evaluation, table) for table in ("resolutions", "attendees", "actions")
    ]


def test_rules_are_counted_on_the_bodies_that_are_not_held_out(tmp_path: Path) -> None:
    """Rows right and given, by family and way of finding; both kinds of decision are found in the same ways."""
    counted = score(tmp_path, gold(), certainties).measured()
    rules = {"attendees": {"list": [3.5, 5]}, "decisions": {"lead": [4, 4]}}
    assert rules | {"actions": {"inline": [2, 2], "margin": [0, 1]}} == counted["rules"]
    assert (1, 1) == (counted["documents"], counted["bodies"])
    assert {"attendances": 3.5, "resolutions": 3, "recommendations": 1, "actions": 2} == {
        table: found["hits"] for table, found in counted["tables"].items()
    }
    evaluation = evaluate(
        two_bodies(tmp_path), lambda path: Facts.model_validate(found(gold())), ["Saltby Borough Council"]
    )
    assert [4, 4] == evaluation.measured()["rules"]["attendees"][""]
    assert 0 == evaluation.measured()["held_out"]["tables"]["attendances"]["recall"]


def test_confidence_is_what_was_counted() -> None:
    """Each way of finding is as sure as it was right, one right and one wrong row added; an unknown one is even."""
    for family, ways in measured()["rules"].items():
        for how, (right, rows) in ways.items():
            assert round((right + 1) / (rows + 2), 3) == confidence(family, how)
    assert 0.5 == confidence("attendees", "no such way") == confidence("no such family", "list")


def test_how_a_row_was_found_is_known_within_and_never_printed() -> None:
    """Every fact of the county says how it was found, to the scorer alone."""
    for paper in (Path(minutebook.__file__).parent / "fixtures" / "papers" / "documents").iterdir():
        facts = extract_file(paper)
        assert all(row.how for row in fact_rows(facts))
        assert '"how"' not in facts.model_dump_json()
    assert "how" not in Facts.model_json_schema()["$defs"]["Action"]["properties"]


def test_accuracy_page_has_the_figures_and_no_names(tmp_path: Path) -> None:
    """The page shows kinds, groups, bodies by letter, fields and bins, and neither body nor document by name."""
    folder = two_bodies(tmp_path)

    def page(*held_out: str) -> str:
        return accuracy_page(evaluate(folder, lambda path: Facts.model_validate(found(gold())), held_out))

    text = page("Saltby Borough Council")
    for line in (
        "2 documents of 2 bodies",
        "| attendees | 5 | 8 | 0.50 | 0.80 | 0.62 | 0.50 |",
        "| actions, implicit | 1.00 / 1.00 / 1.00 | 1.00 / 1.00 / 1.00 |",
        "| A | 1 | 1.00 | 1.00 | 1.00 | 1.00 |",
        "| B, held out | 1 | 0.00 | 1.00 | 1.00 | 1.00 |",
        "| decisions.mover | 1.00 | 1.00 |",
        "| 0.9 to 1 | 0.82 of 22 | 0.50 of 8 | 1.00 of 6 | 1.00 of 2 | 1.00 of 6 |",
        "| 0.9 to 1 | 0.64 of 11 | 0.00 of 4 |",
        "## Limits",
    ):
        assert line in text
    assert "&" not in text
    assert [] == [name for name in ("Northmere", "Saltby", "minutes.txt", "saltby.txt") if name in text]
    assert "held out" not in page()
    assert "papers of other bodies will be read less well" in page()


def test_bodies_beyond_z_have_two_letters() -> None:
    """Every body has a letter of its own."""
    assert ["A", "Z", "AA", "AZ", "BA"] == [letter(number) for number in (0, 25, 26, 51, 52)]


def test_accuracy_page_is_of_the_figures_that_are_shipped() -> None:
    """docs/accuracy.md and measured.json were made by one run, and the page's words are those of its template."""
    shipped, package = measured(), Path(minutebook.__file__).parent
    page = (package / "docs" / "accuracy.md").read_text("utf-8")
    words = (package / "extract" / "accuracy.md.jinja").read_text("utf-8").split("## Limits")[1]
    score = shipped["tables"]["resolutions"]
    assert page.endswith(words)
    assert f"Extractor {shipped['extractor']}, measured on\n{shipped['documents']} documents of" in page
    assert f"| resolutions, all | {score['hits'] + score['missed']:g} | {score['hits'] + score['false']:g} |" in page


def test_rows_say_where_and_what(tmp_path: Path) -> None:
    """A miss and a false row are listed with document, page, kind and text."""

    def change(facts: dict[str, Any]) -> None:
        facts["actions"][0]["text"] = "Somebody else would do something quite different."
        facts["actions"][0]["evidence"][0]["page"] = 7

    rows = [(row.document, row.page, row.kind, row.verdict, row.text) for row in score(tmp_path, gold(), change).rows()]
    false = ("minutes.txt", 7, "actions", "false", "Somebody else would do something quite different.")
    missed = ("minutes.txt", 1, "actions", "missed", "The Clerk would ask the water company for a map by Friday.")
    assert [false, missed] == rows


def test_table_shows_every_body_and_document_as_it_is_named(tmp_path: Path) -> None:
    """The table for people names every line, body and document, and takes no markup from a name."""
    evaluation = score(tmp_path, gold(body="[bold]Northmere[/bold] Council"))
    console = Console(width=120, record=True, file=StringIO())
    console.print(evaluation.table())
    text = console.export_text()
    for expected in (*LINES, "minutes.txt", "[bold]Northmere[/bold] Council", "1 documents, 0 rows that must not be."):
        assert expected in text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("J. T. Orrell", "JT Orrell"),
        ("Jane Orrell", "J T Orrell"),
        ("O’Dowd", "Mary O Dowd"),
        ("Harbin-Crowe", "Jo Harbin Crowe"),
        ("Wilma van den Hoek", "van den Hoek"),
        ("Ó Briain", "O'BRIAIN"),
        ("Theodora (Teddy) Lisle", "T Lisle"),
        ("Mc Nulty", "A McNulty"),
    ],
)
def test_names_that_may_be_one_person(one: str, other: str) -> None:
    """Surnames are equal after folding, and given names or initials do not conflict."""
    assert names_match(one, other)
    assert names_match(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quentin Marwick", "Helen Marwick"),
        ("J T Orrell", "T Orrell"),
        ("Al Crow", "Al Crowe"),
        ("Crowe", "Jo Harbin-Crowe"),
    ],
)
def test_names_that_cannot_be_one_person(one: str, other: str) -> None:
    """Another surname, another given name or another first initial is another person."""
    assert not names_match(one, other)
    assert not names_match(other, one)


def test_ends_of_a_long_clause_make_a_match_up_to_half_as_long_again() -> None:
    """A text with the first eight and last five words is the clause, unless it is more than 1.5 times as long."""
    first, last = "one two three four five six seven eight", "sixteen seventeen eighteen nineteen twenty"
    wanted = f"{first} nine ten eleven twelve thirteen fourteen fifteen {last}"
    middle = " ".join("abcdefghijklmno")
    assert texts_match(f"{first} {middle} {last}", wanted)
    assert not texts_match(f"{first} {middle} and {middle} {last}", wanted)
    assert not texts_match(f"{last} {middle} {first}", wanted)


def test_overlap_of_seven_tenths_is_enough() -> None:
    """Token F1 of exactly 0.7 matches, less does not."""
    wanted = "a b c d e f g h i j"
    assert texts_match("z y x a b c d e f g", wanted)
    assert not texts_match("w z y x a b c d e f", wanted)


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        ("Councillor", "Cllr.", True),
        ("Head of Parks", "Head of the Parks", True),
        ("Ranger", "Head of Parks", False),
        ("head of parks", "Head of Parks", True),
    ],
)
def test_labels_agree_at_three_fifths(ours: str, theirs: str, agree: bool) -> None:
    """Titles, roles and organisations agree when most of their words do."""
    assert agree == labels_agree(ours, theirs)


@pytest.mark.parametrize(
    ("ours", "theirs", "agree"),
    [
        ("Cllr Petra Lund", "P Lund", True),
        ("the Clerk", "Clerk", True),
        ("Clerk; Cllr A Ridsdale", "A Ridsdale; Clerk", True),
        ("Clerk", "A Ridsdale; Clerk", False),
        ("Petra Lund", "Hugh Lund", False),
    ],
)
def test_owners_agree_titles_apart(ours: str, theirs: str, agree: bool) -> None:
    """Owners are compared one by one, without titles, in any order."""
    assert agree == people_agree(ours, theirs)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    """Folded text is left alone, and titles are dropped at once."""
    assert fold(text) == fold(fold(text))
    assert bare_name(text) == bare_name(bare_name(text))


@given(st.lists(st.sampled_from("abcd")), st.lists(st.sampled_from("abcd")))
def test_overlap_is_symmetric_and_between_0_and_1(left: list[str], right: list[str]) -> None:
    """Token F1 lies between 0 and 1, is 1 for the same words in any order, and has no direction."""
    assert 0 <= token_f1(left, right) <= 1
    assert token_f1(left, right) == token_f1(right, left)
    assert (sorted(left) == sorted(right)) == (token_f1(left, right) == 1)


@given(st.text())
def test_a_text_matches_itself_however_it_is_printed(text: str) -> None:
    """Identical texts match, and so do their folded forms."""
    assert texts_match(text, text)
    assert texts_match(fold(text), text)
    assert words(fold(text)) == words(text)


@given(st.text(min_size=1), st.text(min_size=1))
def test_name_matching_has_no_direction(one: str, other: str) -> None:
    """Two names match both ways or neither, and every name matches itself."""
    assert names_match(one, other) == names_match(other, one)
    assert names_match(one, one) == bool(name_words(one))
