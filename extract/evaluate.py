"""How good the extractor is: its facts against hand-made ones, added up by kind, by body and by document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Group
from rich.table import Table
from rich.text import Text

from minutebook import MinutebookError, __version__
from minutebook.extract.calibration import EDGES, reliability, rule_counts
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.facts import Facts
from minutebook.extract.gold import Gold, fact_rows, gold_rows, read_gold
from minutebook.extract.scoring import FIELDS, DocumentScore, Finding, Judged, Score

Extractor = Callable[[Path], Facts]

# A line of the report, and the classes of rows it adds up.
LINES = {
    "attendees": ("attendees",),
    "resolutions": ("resolutions",),
    "resolutions_all": ("resolutions", "resolutions_procedural"),
    "recommendations": ("recommendations",),
    "recommendations_all": ("recommendations", "recommendations_procedural"),
    "actions": ("actions",),
    "actions_implicit": ("actions_implicit",),
    "actions_all": ("actions", "actions_implicit"),
}
# Non-procedural decisions, explicit and inline actions (guide 8.7).
HEADLINE = ("attendees", "resolutions", "recommendations", "actions")
# A published table, and the line that counts its rows.
TABLES = {
    "attendances": "attendees",
    "resolutions": "resolutions_all",
    "recommendations": "recommendations_all",
    "actions": "actions_all",
}
GROUPS = {"tuned": "that rules were taught with", "held_out": "held out"}
LONGEST_NAME = 22  # characters in which a name is not folded
FIELD_NAMES = [f"{family}.{name}" for family, fields in FIELDS.items() for name in fields]


def evaluate(gold_dir: Path, extract: Extractor, held_out: Collection[str] = ()) -> Evaluation:
    """Compare what `extract` finds in GOLD_DIR/documents with GOLD_DIR/facts.

    `held_out` names the bodies whose papers nobody looked at when the rules were taught. A document for which `extract`
    raises UnreadableDocument counts as all missed. Raises MinutebookError: `no_gold` when there are no facts files,
    `bad_gold` when one of them is not what it should be, `unknown_body` when no document is of a body held out.
    """
    files = sorted((gold_dir / "facts").glob("*.json"))
    if not files:
        raise MinutebookError("no_gold", f"{gold_dir}: no facts/*.json. Give a folder with documents/ and facts/.")
    golds = [read_gold(file) for file in files]
    bodies = {gold.body for gold in golds}
    if unknown := sorted({*held_out} - bodies):
        known = ", ".join(sorted(bodies))
        raise MinutebookError("unknown_body", f"{gold_dir}: no paper of {', '.join(unknown)}. Choose from {known}.")
    documents = {path.name: path for path in (gold_dir / "documents").glob("*")}
    return Evaluation([_score(gold, documents, extract) for gold in golds], frozenset(held_out))


def _score(gold: Gold, documents: dict[str, Path], extract: Extractor) -> DocumentScore:
    score = DocumentScore(gold.file, gold.body)
    found = []
    try:
        if gold.file not in documents:
            raise UnreadableDocument("missing", f"{gold.file} is not in documents/.")
        found = list(fact_rows(extract(documents[gold.file])))
    except UnreadableDocument as error:
        score.error = f"{error.code}: {error.message}"
    wanted = list(gold_rows(gold))
    for family in FIELDS:
        ours, theirs = ([row for row in rows if row.family == family] for rows in (found, wanted))
        score.compare(theirs, ours, gold)
    return score


@dataclass
class Evaluation:
    """The scores of every document, added up (micro) or averaged over the bodies (macro)."""

    documents: list[DocumentScore]
    held_out: Collection[str] = ()

    @property
    def groups(self) -> dict[str, Evaluation]:
        """The bodies that rules were taught with, and those held out; nothing if none is held out."""
        if not self.held_out:
            return {}
        apart: dict[str, list[DocumentScore]] = {"tuned": [], "held_out": []}
        for document in self.documents:
            apart["held_out" if document.body in self.held_out else "tuned"].append(document)
        return {name: Evaluation(documents) for name, documents in apart.items()}

    @property
    def bodies(self) -> list[str]:
        """The bodies, in order of first appearance."""
        return list(dict.fromkeys(document.body for document in self.documents))

    @property
    def must_not(self) -> int:
        """How many rows were found that must not be."""
        return sum(document.must_not for document in self.documents)

    @property
    def unreadable(self) -> dict[str, str]:
        """File and reason of every document that could not be read."""
        return {document.file: document.error for document in self.documents if document.error}

    def score(self, line: str, body: str | None = None, *, sighted: bool = False) -> Score:
        """One of LINES over all documents or those of a body; `sighted` asks for name or text alone."""
        chosen = [document for document in self.documents if body in (None, document.body)]
        return sum((_line(document, line, sighted=sighted) for document in chosen), Score())

    def macro(self, line: str) -> dict[str, float | None]:
        """Mean precision, recall and F1 over the bodies that have something to count."""
        scores = [self.score(line, body) for body in self.bodies]
        return {rate: _mean(getattr(score, rate) for score in scores) for rate in ("precision", "recall", "f1")}

    def fields(self) -> dict[str, Score]:
        """Scores of the fields of the found rows, by family and field; what is null on both sides is not counted."""
        return {name: sum((document.fields[name] for document in self.documents), Score()) for name in FIELD_NAMES}

    def agreed(self, field: str) -> float | None:
        """Share of all found rows in which a field is right, null for null included."""
        return sum((document.agreed[field] for document in self.documents), Score()).recall

    def rows(self) -> Iterator[Finding]:
        """Every miss, false row, row that must not be and wrong field, document by document.

        Those of bodies that are held out are not shown: who has seen them teaches by them.
        """
        for document in self.documents:
            if document.body not in self.held_out:
                yield from document.findings

    def judged(self) -> list[Judged]:
        """Every row given that is right or false; tolerated ones are neither."""
        return [row for document in self.documents for row in document.judged]

    def figures(self) -> dict[str, Any]:
        """The figures of these documents together, ready for JSON; a rate with nothing to count is null."""
        return {
            "micro": {line: self.score(line).as_dict() for line in LINES},
            "macro": {line: self.macro(line) for line in LINES},
            "sighted": {line: self.score(line, sighted=True).as_dict() for line in LINES},
            "fields": {name: score.as_dict() | {"agreed": self.agreed(name)} for name, score in self.fields().items()},
            "reliability": reliability(self.judged()),
        }

    def measured(self) -> dict[str, Any]:
        """What the program itself keeps of its accuracy; confidence is not counted on bodies that are held out."""
        counted = self.groups.get("tuned", self)
        return {"extractor": __version__, **self._tables(), "rules": rule_counts(counted.judged())} | {
            name: group._tables() for name, group in self.groups.items() if name == "held_out"
        }

    def _tables(self) -> dict[str, Any]:
        scores = {table: self.score(line).as_dict() for table, line in TABLES.items()}
        return {"documents": len(self.documents), "bodies": len(self.bodies), "tables": scores}

    def as_dict(self) -> dict[str, Any]:
        """All figures: together, by group of bodies, by body and by document."""
        return self.figures() | {
            "groups": {name: group.figures() for name, group in self.groups.items()},
            "bodies": {body: {line: self.score(line, body).as_dict() for line in LINES} for body in self.bodies},
            "documents": [_document_dict(document) for document in self.documents],
            "must_not": self.must_not,
            "unreadable": self.unreadable,
        }

    def table(self) -> Group:
        """The figures for people, to be printed by a rich console."""
        groups = [group._by_kind(f"By kind, bodies {GROUPS[name]}") for name, group in self.groups.items()]
        tables = (self._by_kind("By kind"), *groups, self._by_field(), self._by_body(), self._by_document())
        return Group(*tables, self._reliability(), self._outcome())

    def _by_kind(self, title: str) -> Table:
        rows = []
        for line in LINES:
            score = self.score(line)
            rates = (score.precision, score.recall, score.f1, self.macro(line)["f1"])
            sighted = self.score(line, sighted=True).f1
            rows.append([line, *_counts(score), *map(rate, rates), rate(sighted)])
        heads = ["kind", "hits", "false", "missed", "precision", "recall", "F1", "macro\nF1", "sighted\nF1"]
        return table_of(title, heads, rows)

    def _by_field(self) -> Table:
        rows = [
            [name, *_counts(score), rate(score.f1), rate(self.agreed(name))] for name, score in self.fields().items()
        ]
        heads = ["field", "right", "false", "missed", "F1", "rows\nright"]
        return table_of("Fields of the rows that were found", heads, rows)

    def _by_body(self) -> Table:
        rows = [[body, *(rate(self.score(line, body).f1) for line in HEADLINE)] for body in self.bodies]
        return table_of("F1 by body", ["body", *HEADLINE], rows)

    def _by_document(self) -> Table:
        rows = [
            [document.file, *(rate(_line(document, line).f1) for line in HEADLINE), str(document.must_not)]
            for document in self.documents
        ]
        return table_of("F1 by document", ["document", *HEADLINE, "must\nnot"], rows)

    def _reliability(self) -> Table:
        bins = reliability(self.judged())
        rows = [[table, *(f"{rate(held['share'])} ({held['rows']})" for held in bins[table])] for table in bins]
        heads = ["confidence", *(f"{low:g} to {high:g}" for low, high in pairwise(EDGES))]
        return table_of("Share of rows right (of how many), by the confidence they were given", heads, rows)

    def _outcome(self) -> Text:
        unread = "".join(f"\n{file} was not read. {reason}" for file, reason in self.unreadable.items())
        return Text(f"{len(self.documents)} documents, {self.must_not} rows that must not be.{unread}")


def _line(document: DocumentScore, line: str, *, sighted: bool = False) -> Score:
    classes = document.sighted if sighted else document.strict
    return sum((classes[kind] for kind in LINES[line]), Score())


def _document_dict(document: DocumentScore) -> dict[str, Any]:
    scores = {line: _line(document, line).as_dict() for line in LINES}
    about = {"file": document.file, "body": document.body, "error": document.error, "must_not": document.must_not}
    return {**about, "scores": scores}


def _mean(rates: Iterable[float | None]) -> float | None:
    known = [rate for rate in rates if rate is not None]
    return mean(known) if known else None


def _counts(score: Score) -> list[str]:
    return [f"{count:g}" for count in (score.hits, score.false, score.missed)]


def rate(share: float | None) -> str:
    """A share of 1 as people read it; a dash where there is nothing to count."""
    return "–" if share is None else f"{share:.2f}"


def table_of(title: str, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Table:
    """A table of figures for people, narrow enough for 80 columns; nothing in its cells is taken for markup."""
    table = Table(title=title, title_justify="left", box=SIMPLE_HEAD, collapse_padding=True)
    names = max((len(row[0]) for row in rows), default=0)
    table.add_column(heads[0], min_width=min(names, LONGEST_NAME), overflow="fold")
    for head in heads[1:]:
        table.add_column(head, justify="right")
    for row in rows:
        table.add_row(*map(Text, row))
    return table
