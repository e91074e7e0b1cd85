"""What a document yields against an expectations file: every difference as a sentence. Shared by the seed tests."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from minutebook.extract.facts import Facts
from minutebook.extract.matching import (
    TEXT_F1,
    bare_name,
    fold,
    holds_ends,
    label_words,
    labels_agree,
    names_match,
    token_f1,
    words,
)

KINDS = {"minutes-item": "agenda_item", "minutes-meeting": "meeting_page", "minutes-document": "minutes"}
TALLIES = ("for", "against", "abstain", "manner")
Expected = dict[str, Any]


class Assigned(NamedTuple):
    """Wanted and found rows, one to one, and what is left of both."""

    pairs: list[tuple[Expected, Expected]]
    missing: list[Expected]
    extra: list[Expected]


def violations(expected: Expected, facts: Facts, source: str) -> list[str]:
    """Every way in which the facts differ from what is expected of the document with this text; none is a pass."""
    found = facts.model_dump(by_alias=True)
    found["decisions"] = [
        {**row, "kind": kind} for kind in ("resolution", "recommendation") for row in found[f"{kind}s"]
    ]
    return [
        *_header(expected, found),
        *_attendees(expected, found),
        *_speakers(expected, found),
        *_clauses("decisions", expected, found, source),
        *_clauses("actions", expected, found, source),
    ]


def _accepted(row: Expected, name: str) -> list[Any]:
    return [row.get(name), *row.get(f"{name}_also", [])]


def _plain(value: Any) -> Any:
    """A value without differences of case, outer punctuation, titles and a leading "the"."""
    return " ".join(words(bare_name(value).casefold())) if isinstance(value, str) else value


def _field(what: str, name: str, wanted: Expected, found: Any, same: Callable[[Any, Any], bool]) -> Iterator[str]:
    accepted = _accepted(wanted, name)
    if not any(found is value is None or (None not in (found, value) and same(found, value)) for value in accepted):
        yield f"{what}: {name} is {found!r}, expected {' or '.join(map(repr, accepted))}"


def _alike(found: Any, wanted: Any) -> bool:
    return bool(_plain(found) == _plain(wanted))


def _printed(found: Any, wanted: Any) -> bool:
    return fold(found) == fold(wanted) if isinstance(found, str) else bool(found == wanted)


def _header(expected: Expected, found: Expected) -> Iterator[str]:
    kinds = [KINDS.get(kind, kind) for kind in _accepted(expected, "doc_kind")]
    if found["kind"] not in kinds:
        yield f"header: kind is {found['kind']!r}, expected {' or '.join(map(repr, kinds))}"
    names = [name for name in (found["committee"], found["authority"]) if name is not None]
    body = next((name for name in names if any(_alike(name, value) for value in _accepted(expected, "body"))), None)
    yield from _field("header", "body", expected, body or next(iter(names), None), _alike)
    yield from _field("header", "meeting_date", expected, found["meeting_date"], _printed)
    yield from _field("header", "title", expected, found["title"], _alike)


def _assign(
    wanted: Sequence[Expected], found: Sequence[Expected], match: Callable[[Expected, Expected], bool]
) -> Assigned:
    extra, pairs, missing = list(found), [], []
    for row in wanted:
        hit = next((candidate for candidate in extra if match(row, candidate)), None)
        if hit is None:
            missing.append(row)
        else:
            pairs.append((row, hit))
            extra = [candidate for candidate in extra if candidate is not hit]
    return Assigned(pairs, missing, extra)


def _same_title(found: str, wanted: str) -> bool:
    return label_words(found) == label_words(wanted)


def _attendees(expected: Expected, found: Expected) -> Iterator[str]:
    people = found["attendees"]
    assigned = _assign(expected["attendees"], people, lambda row, person: names_match(row["name"], person["name"]))
    for row, person in assigned.pairs:
        what = f"attendee {row['name']}"
        if fold(person["name"]) != bare_name(person["name"]):
            yield f"{what}: a title stands in the name {person['name']!r}"
        yield from _field(what, "title", row, person["title"], _same_title)
        yield from _field(what, "role", row, person["role"], labels_agree)
        yield from _field(what, "organisation", row, person["organisation"], labels_agree)
        yield from _field(what, "party", row, person["party"], _printed)
        yield from _field(what, "status", row, person["status"], _printed)
    yield from (f"missing attendee {row['name']}" for row in assigned.missing)
    yield from (f"extra attendee {person['name']}" for person in assigned.extra)
    yield from _named("attendees", expected, [person["name"] for person in people])


def _named(field: str, expected: Expected, names: Sequence[str]) -> Iterator[str]:
    """Names that must not be there; a scope means as any part of a name."""
    for mark in (mark for mark in expected["must_not"] if field in mark["fields"]):
        fragment = _plain(mark["fragment"])
        for name in names:
            if fragment in _plain(name) if "scope" in mark else fragment == _plain(name):
                yield f"must not be among the {field}: {name} ({mark['why']})"


def _speakers(expected: Expected, found: Expected) -> Iterator[str]:
    assigned = _assign(expected["speakers"], found["speakers"], _same_speaker)
    yield from (f"missing speaker {row['name'] or row['role']}" for row in assigned.missing)
    yield from (f"extra speaker {row['name'] or row['office']}" for row in assigned.extra)
    yield from _named("speakers", expected, [row["name"] or row["office"] or "" for row in found["speakers"]])


def _same_speaker(wanted: Expected, found: Expected) -> bool:
    if wanted["name"] is None or found["name"] is None:
        return wanted["name"] is found["name"] and any(
            _alike(found["office"], role) for role in _accepted(wanted, "role")
        )
    return names_match(wanted["name"], found["name"])


def _clauses(field: str, expected: Expected, found: Expected, source: str) -> Iterator[str]:
    assigned = _assign(expected[field], found[field], lambda row, clause: _same_text(row, clause["text"], source))
    marks = [mark for mark in expected["tolerated"] if mark["field"] == field]
    extra = []
    for clause in assigned.extra:
        mark = next((mark for mark in marks if fold(mark["fragment"]) in fold(clause["text"])), None)
        if mark is None:
            extra.append(clause)
        elif (row := _stood_for(mark, expected)) in assigned.missing:
            assigned.missing.remove(row)
            assigned.pairs.append((row, clause))
    for row, clause in assigned.pairs:
        yield from _decision(row, clause) if field == "decisions" else _action(row, clause, expected)
    yield from (f"missing in {field}: {row['first_words']} ..." for row in assigned.missing)
    for clause in extra:
        yield from _unwanted(field, clause, expected)


def _stood_for(mark: Expected, expected: Expected) -> Expected | None:
    return expected["actions"][mark["matches_action"] - 1] if "matches_action" in mark else None


def _same_text(row: Expected, text: str, source: str) -> bool:
    if holds_ends(text, row["first_words"], row["last_words"], row["words"]):
        return True
    return token_f1(words(text), words(span(row, source))) >= TEXT_F1


def span(row: Expected, source: str) -> str:
    """The text from the expected first words to the last ones, as the document has it, folded."""
    text = fold(source)
    start = text.find(row["first_words"])
    end = text.find(row["last_words"], start)
    return text[start : end + len(row["last_words"])] if start >= 0 and end >= 0 else ""


def _decision(row: Expected, clause: Expected) -> Iterator[str]:
    what = f"decision {row['first_words']!r}"
    for name in ("ref", "kind", "outcome", "procedural"):
        yield from _field(what, name, row, clause[name], _printed)
    for name in ("mover", "seconder", "addressed_to"):
        yield from _field(what, name, row, clause[name], _alike)
    tallies = {tally: (clause["vote"] or {}).get(tally) for tally in TALLIES}
    if tallies != {tally: (row["vote"] or {}).get(tally) for tally in TALLIES}:
        yield f"{what}: vote is {tallies}, expected {row['vote']}"


def _action(row: Expected, clause: Expected, expected: Expected) -> Iterator[str]:
    what = f"action {row['first_words']!r}"
    yield from _field(what, "owner", row, clause["owner"], _alike)
    yield from _field(what, "due", row, clause["due"], _alike)
    yield from _field(what, "tier", row, clause["tier"], _printed)
    forbidden = [mark for mark in expected["must_not"] if "owner" in mark["fields"]]
    for mark in (mark for mark in forbidden if mark["label_line"] == row["label_line"]):
        if _alike(clause["owner"], mark["fragment"]):
            yield f"{what}: must not be owned by {clause['owner']} ({mark['why']})"


def _unwanted(field: str, clause: Expected, expected: Expected) -> Iterator[str]:
    """A row that is neither required nor tolerated; a scope means that the row is the bare fragment."""
    text = fold(clause["text"])
    yield f"extra in {field}: {text}"
    for mark in (mark for mark in expected["must_not"] if field in mark["fields"]):
        fragment = fold(mark["fragment"])
        if text == fragment if "scope" in mark else fragment in text:
            yield f"must not be among the {field}: {text} ({mark['why']})"
