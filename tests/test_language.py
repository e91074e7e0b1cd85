"""The extractors as components of spaCy: each has its patterns, its config and its scorer."""

from spacy.tokens import Doc
from spacy.training import Example

from minutebook.extract.document import Block, Document
from minutebook.extract.language import EXTRACTORS, pipeline
from minutebook.extract.paper import Paper

TEXT = "RESOLVED: That the bridge be mended."


def read() -> Doc:
    """One decision, through every component."""
    nlp = pipeline()
    document = Document("minutes.txt", "", "text/plain", TEXT)
    document.blocks = [Block(0, 0, len(TEXT), TEXT, "paragraph", False, 0.0, 1)]
    doc = nlp.make_doc(TEXT)
    doc._.paper = Paper(document)
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def test_every_extractor_is_a_registered_component_with_rules() -> None:
    """The pipeline consists of the extractors, and each knows the rules it looks with."""
    nlp = pipeline()
    assert list(EXTRACTORS) == nlp.pipe_names
    assert [] == [name for name in nlp.pipe_names if not nlp.get_pipe(name).rules]  # type: ignore[attr-defined]
    assert {"@scorers": "minutebook.spans.v1"} == nlp.get_pipe_config("decisions")["scorer"]


def test_a_component_scores_its_spans() -> None:
    """The reference's own spans score 1; a reference without the decision finds it false."""
    doc, bare = read(), pipeline().make_doc(TEXT)
    decisions = pipeline().get_pipe("decisions")
    assert 1.0 == decisions.score([Example(doc, doc)])["resolutions_f"]  # type: ignore[attr-defined]
    assert 0.0 == decisions.score([Example(doc, bare)])["resolutions_p"]  # type: ignore[attr-defined]
