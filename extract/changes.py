"""What changed since an evaluation that was saved: figures up or down, rows newly right, missed or false."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError
from rich.console import Group
from rich.text import Text

from minutebook import MinutebookError
from minutebook.extract.evaluate import LINES, Evaluation, rate, table_of
from minutebook.extract.scoring import DocumentScore, Finding, Score

SAVED = TypeAdapter(list[DocumentScore])
BETTER = {"missed": "found", "wrong": "mended", "false": "dropped", "must_not": "dropped"}
Figures = dict[str, tuple[Score, Score]]


def save(evaluation: Evaluation, file: Path) -> None:
    """Write what a later comparison needs: scores and rows of each document. Raises MinutebookError `not_saved`."""
    left_out = {"__all__": {"sighted", "agreed", "judged"}}
    try:
        file.write_bytes(SAVED.dump_json(evaluation.documents, indent=1, exclude=left_out))
    except OSError as error:
        raise MinutebookError("not_saved", f"{file} cannot be written: {error.strerror}.") from None


def load(file: Path) -> Evaluation:
    """A saved evaluation. Raises MinutebookError `bad_saved` when the file is not one."""
    try:
        return Evaluation(SAVED.validate_json(file.read_bytes()))
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the whole file"
        what = f"{file} is no saved evaluation: {where}: {first['msg']}. Make one with --save."
        raise MinutebookError("bad_saved", what) from None
    except OSError as error:
        raise MinutebookError("bad_saved", f"{file} cannot be read: {error.strerror}.") from None


@dataclass(frozen=True)
class Changes:
    """Two evaluations of the same documents, and the names of the documents that only one of them had."""

    before: Evaluation
    now: Evaluation
    only_before: list[str]
    only_now: list[str]

    def kinds(self) -> Figures:
        """The scores that differ, before and now, by line of the report."""
        return _differing({line: (self.before.score(line), self.now.score(line)) for line in LINES})

    def fields(self) -> Figures:
        """The scores that differ, before and now, by field."""
        before, now = self.before.fields(), self.now.fields()
        return _differing({name: (before[name], now[name]) for name in now})

    def rows(self) -> Iterator[tuple[str, Finding]]:
        """Each row that changed, after what became of it.

        `found` was missed, `mended` had a wrong field, `dropped` was false; `missed`, `wrong`, `false` and `must_not`
        were not so before. A row with a wrong field that is now missed is merely missed.
        """
        before, now = _keyed(self.before), _keyed(self.now)
        missed = {_place(row) for row in now.values() if row.verdict == "missed"}
        for key, row in before.items():
            if key not in now and (row.verdict != "wrong" or _place(row) not in missed):
                yield BETTER[row.verdict], row
        for key, row in now.items():
            if key not in before:
                yield row.verdict, row

    def as_dict(self) -> dict[str, Any]:
        """All that changed, ready for JSON."""
        return {
            "documents": {"both": len(self.now.documents), "only_before": self.only_before, "only_now": self.only_now},
            "kinds": _plain(self.kinds()),
            "fields": _plain(self.fields()),
            "rows": [{"change": change} | asdict(row) for change, row in self.rows()],
        }

    def table(self) -> Group:
        """The figures that changed, for people, to be printed by a rich console."""
        heads = ["kind or field", "hits", "", "false", "", "missed", "", "F1", ""]
        figures = [[name, *_side_by_side(*pair)] for name, pair in (self.kinds() | self.fields()).items()]
        return Group(table_of("Changed since the saved run: before, now", heads, figures), Text(self._outcome()))

    def _outcome(self) -> str:
        apart = (("saved", self.only_before), ("present", self.only_now))
        lines = [f"Only in the {run} run, so not compared: {', '.join(files)}." for run, files in apart if files]
        return "\n".join([f"{len(self.now.documents)} documents compared.", *lines])


def compare(before: Evaluation, now: Evaluation) -> Changes:
    """What changed in the documents that both have. Raises MinutebookError `nothing_in_common` when there is none."""
    files, others = ({document.file for document in run.documents} for run in (before, now))
    if not files & others:
        what = "The saved run and this one have no document in common. Compare runs of the same GOLD_DIR."
        raise MinutebookError("nothing_in_common", what)

    def shared(run: Evaluation) -> Evaluation:
        return Evaluation([document for document in run.documents if document.file in files & others], now.held_out)

    return Changes(shared(before), shared(now), sorted(files - others), sorted(others - files))


def _keyed(evaluation: Evaluation) -> dict[tuple[object, ...], Finding]:
    """The rows by what they are, the wrong ones also by their field; of two alike the second has another number."""
    seen: Counter[tuple[object, ...]] = Counter()
    rows: dict[tuple[object, ...], Finding] = {}
    for row in evaluation.rows():
        key = (*_place(row), row.verdict, row.verdict == "wrong" and row.why.partition(":")[0])
        rows[*key, seen[key]] = row
        seen[key] += 1
    return rows


def _place(row: Finding) -> tuple[object, ...]:
    return row.document, row.page, row.kind, row.text


def _differing(figures: Figures) -> Figures:
    return {name: (before, now) for name, (before, now) in figures.items() if before != now}


def _plain(figures: Figures) -> dict[str, Any]:
    return {name: {"before": before.as_dict(), "now": now.as_dict()} for name, (before, now) in figures.items()}


def _side_by_side(before: Score, now: Score) -> list[str]:
    counts = ((before.hits, now.hits), (before.false, now.false), (before.missed, now.missed))
    return [f"{count:g}" for pair in counts for count in pair] + [rate(before.f1), rate(now.f1)]
