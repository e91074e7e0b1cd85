"""The spaCy pipeline: the document is a `Doc`, each extractor a registered component that writes a span group.

    outline          doc.spans["items"]            kind, sections, items and header of the paper
    attendance       doc.spans["attendees"]        lists, apologies, welcomes, attendance columns
    speaking         doc.spans["speakers"]         who speaks; those in no list become inferred attendees
    decisions        doc.spans["resolutions"]      RESOLVED and its kin
    notices          doc.spans["resolutions"]      what a notice of decisions says was decided
    reports          doc.spans["recommendations"]  minuted recommendations, and those of a report or an agenda
    tasks            doc.spans["actions"]          labelled, inline and implicit actions
    interests        doc.spans["interests"]        declarations of interest
    sitting                                        quorum; what was taken with the public shut out

The pipeline is rules alone and needs no statistical model. A component can be listed, disabled or replaced as any other
of spaCy's: `minutebook.extract.language.pipeline().pipe_names`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from typing import Any

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example
from spacy.util import registry
from spacy.vocab import Vocab

from minutebook.extract.components.attendance import attendees
from minutebook.extract.components.decisions import decisions
from minutebook.extract.components.interests import interests
from minutebook.extract.components.notices import notices
from minutebook.extract.components.outline import outline
from minutebook.extract.components.reports import recommendations
from minutebook.extract.components.sitting import sitting
from minutebook.extract.components.speaking import speakers
from minutebook.extract.components.tasks import actions
from minutebook.extract.document import Document
from minutebook.extract.paper import Paper, Span
from minutebook.extract.reading.limits import MAX_CHARACTERS
from minutebook.extract.rules import Rule

Scoring = Callable[[Iterable[Example], list[str]], dict[str, Any]]

# Every place where a word, a mark or white space begins or ends is a token's edge, so that any quote is a span.
TOKEN = re.compile(r"(\w+|[^\w\s])( ?)|(\s+)")

Doc.set_extension("paper", default=None)


class Tokenizer:
    """Words, marks and stretches of white space; the text is kept to the letter."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The tokens of a text; a single space belongs to the word before it."""
        found = TOKEN.findall(text)
        words = [word or white for word, _, white in found]
        return Doc(self.vocab, words=words, spaces=[bool(space) for _, space, _ in found])


class Extractor:
    """A component: runs one extractor over the paper and writes what it found as span groups.

    `patterns` are the modules of `extract/rules` that it looks with; `scorer` compares its groups with a reference's.
    """

    def __init__(
        self,
        name: str,
        extract: Callable[[Paper], None],
        groups: dict[str, Callable[[Paper], list[Span]]],
        patterns: list[str],
        scorer: Scoring,
    ):
        self.name, self.extract, self.groups, self.patterns, self.scorer = name, extract, groups, patterns, scorer

    def __call__(self, doc: Doc) -> Doc:
        """Add what this extractor finds to `doc._.paper` and `doc.spans`."""
        paper: Paper = doc._.paper
        self.extract(paper)
        for group, spans in self.groups.items():
            found = [doc.char_span(start, end, label=group, alignment_mode="expand") for start, end in spans(paper)]
            doc.spans[group] = [span for span in found if span is not None]
        return doc

    @property
    def rules(self) -> list[Rule]:
        """The rules of its patterns, each with the examples that taught it."""
        return [rule for name in self.patterns for rule in import_module(f"minutebook.extract.rules.{name}").RULES]

    def score(self, examples: Iterable[Example]) -> dict[str, Any]:
        """Precision, recall and F of its span groups, as spaCy scores them."""
        return self.scorer(examples, list(self.groups))


@registry.scorers("minutebook.spans.v1")  # type: ignore[untyped-decorator]
def make_scorer() -> Scoring:
    """The scorer of every extractor: spans must be the same to the letter. `minutebook evaluate` is more lenient."""
    return score_groups


def score_groups(examples: Iterable[Example], groups: list[str]) -> dict[str, Any]:
    """The scores of some span groups."""
    pairs = list(examples)
    scores: dict[str, Any] = {}
    for group in groups:
        scores |= Scorer.score_spans(pairs, group, getter=_group, has_annotation=lambda _: True, allow_overlap=True)
    return scores


def _group(doc: Doc, group: str) -> list[Any]:
    return list(doc.spans.get(group, []))


def _decided(kind: str) -> Callable[[Paper], list[Span]]:
    return lambda paper: [span for found in paper.decisions if found.kind == kind for span in found.spans]


DECIDED = {"resolutions": _decided("resolution"), "recommendations": _decided("recommendation")}
EXTRACTORS: dict[str, tuple[Callable[[Paper], None], dict[str, Callable[[Paper], list[Span]]]]] = {
    "outline": (outline, {"items": lambda paper: [span for item in paper.business for span in item.spans]}),
    "attendance": (attendees, {"attendees": lambda paper: [person.spans[0] for person in paper.people]}),
    "speaking": (
        speakers,
        {
            "speakers": lambda paper: [voice.spans[0] for voice in paper.voices],
            "attendees": lambda paper: [person.spans[0] for person in paper.people],
        },
    ),
    "decisions": (decisions, DECIDED),
    "notices": (notices, DECIDED),
    "reports": (recommendations, DECIDED),
    "tasks": (actions, {"actions": lambda paper: [span for task in paper.tasks for span in task.spans]}),
    "interests": (interests, {"interests": lambda paper: [span for found in paper.interests for span in found.spans]}),
    "sitting": (sitting, {}),
}


# The modules of rules that each looks with.
PATTERNS = {
    "outline": ["layout"],
    "attendance": ["attendance", "people"],
    "speaking": ["speaking", "people"],
    "decisions": ["decisions", "motions"],
    "tasks": ["actions", "dues"],
    "notices": ["notices"],
    "reports": ["reports"],
    "interests": ["interests"],
    "sitting": ["sitting"],
}


def _register(name: str) -> None:
    extract, groups = EXTRACTORS[name]
    config = {"patterns": PATTERNS[name], "scorer": {"@scorers": "minutebook.spans.v1"}}

    @Language.factory(f"minutebook_{name}", default_config=config)
    def make(nlp: Language, name: str, patterns: list[str], scorer: Scoring) -> Extractor:
        return Extractor(name, extract, groups, patterns, scorer)


for _name in EXTRACTORS:
    _register(_name)


@cache
def pipeline() -> Language:
    """The pipeline, built once a process."""
    nlp = Language(max_length=MAX_CHARACTERS)
    nlp.tokenizer = Tokenizer(nlp.vocab)
    for name in EXTRACTORS:
        nlp.add_pipe(f"minutebook_{name}", name=name)
    return nlp


def read_paper(document: Document) -> Paper:
    """Run the pipeline over a document that has been read."""
    nlp = pipeline()
    doc = nlp.make_doc(document.text)
    doc._.paper = Paper(document)
    for _, component in nlp.pipeline:
        doc = component(doc)
    paper: Paper = doc._.paper
    return paper
