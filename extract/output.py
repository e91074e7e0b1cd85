"""From what the extractors found to the contract's object, every fact with its words."""

from __future__ import annotations

from minutebook import __version__
from minutebook.extract.confidence import confidence
from minutebook.extract.document import Document
from minutebook.extract.facts import (
    Action,
    Attendee,
    Decision,
    Evidence,
    Facts,
    Interest,
    Item,
    Notice,
    PageReader,
    Record,
    Speaker,
    Vote,
)
from minutebook.extract.paper import Decision as FoundDecision
from minutebook.extract.paper import Interest as FoundInterest
from minutebook.extract.paper import Paper, Person, Span, Task

# What is left of the confidence in a fact whose words were read by OCR, which errs in figures, names and labels.
OCR_CONFIDENCE = 0.8


def facts_of(paper: Paper, *, with_text: bool = False) -> Facts:
    """The facts of a paper. `with_text` adds the text of its pages, in which the evidence counts, and who read each."""
    document = paper.document
    facts = Facts(
        source=document.source,
        sha256=document.sha256,
        media_type=document.media_type,
        pages=len(document.pages),
        extractor=__version__,
        kind=paper.kind,
        **{**paper.header, **dict(record_of(paper))},
        quorate=paper.quorate,
        parts=paper.parts,
        warnings=[Notice(code=note.code, page=note.page, message=note.message) for note in document.notices],
        page_texts=[page.text for page in document.pages] if with_text else None,
        page_readers=[PageReader(page=page.number, reader=page.reader, reason=page.reason) for page in document.pages]
        if with_text
        else None,
    )
    for record in (facts, *(part.minutes for part in facts.parts if part.minutes)):
        _doubt(record, {page.number for page in document.pages if page.reader == "tesseract"})
    return facts


def record_of(paper: Paper) -> Record:
    """What a paper records, every fact with its words."""
    document = paper.document
    resolutions = [found for found in paper.decisions if found.kind == "resolution"]
    recommendations = [found for found in paper.decisions if found.kind == "recommendation"]
    return Record(
        draft=paper.draft,
        attendees=[_attendee(document, person) for person in paper.people],
        speakers=[
            Speaker(name=voice.name, office=voice.office, evidence=evidence(document, voice.spans[:1]))
            for voice in sorted(paper.voices, key=lambda voice: voice.spans[0])
        ],
        resolutions=[_decision(document, found) for found in resolutions],
        recommendations=[_decision(document, found) for found in recommendations],
        actions=[_action(document, task) for task in paper.tasks],
        interests=[_interest(document, found) for found in paper.interests],
        items=[
            Item(number=item.number, title=item.title, exempt=item.exempt, evidence=evidence(document, item.spans))
            for item in paper.business
        ],
    )


def _doubt(facts: Record, pages: set[int]) -> None:
    """Lower, in place, the confidence in the facts that stand on these pages."""
    found: list[Attendee | Decision | Action | Interest] = [*facts.attendees, *facts.resolutions]
    for fact in (*found, *facts.recommendations, *facts.actions, *facts.interests):
        if any(piece.page in pages for piece in fact.evidence):
            fact.confidence = round(OCR_CONFIDENCE * fact.confidence, 3)


def evidence(document: Document, spans: list[Span]) -> list[Evidence]:
    """Where the words of a fact stand, page by page."""
    return [
        Evidence(page=page, start=start, end=end, quote=document.pages[page - 1].text[start:end])
        for span in spans
        for page, start, end in document.places(*span)
    ]


def _attendee(document: Document, person: Person) -> Attendee:
    return Attendee(
        name=person.name,
        title=person.title,
        role=person.role,
        organisation=person.organisation,
        party=person.party,
        ward=person.ward,
        status=person.status,  # type: ignore[arg-type]
        substitute_for=person.substitute_for,
        as_written=person.as_written,
        confidence=confidence("attendees", person.how),
        how=person.how,
        evidence=evidence(document, person.spans[:1]),
    )


def _decision(document: Document, found: FoundDecision) -> Decision:
    return Decision(
        ref=found.ref,
        text=found.text,
        outcome=found.outcome,  # type: ignore[arg-type]
        procedural=found.procedural,
        item=found.item,
        mover=found.mover,
        seconder=found.seconder,
        vote=Vote.model_validate(found.vote) if found.vote else None,
        addressed_to=found.addressed_to,
        exempt=found.exempt,
        confidence=confidence("decisions", found.how),
        how=found.how,
        evidence=evidence(document, found.spans),
    )


def _action(document: Document, task: Task) -> Action:
    return Action(
        text=task.text,
        owner=task.owner,
        owner_as_written=task.owner_as_written,
        due=task.due,
        due_date=task.due_date,
        tier=task.tier,  # type: ignore[arg-type]
        state=task.state,
        item=task.item,
        confidence=confidence("actions", task.how),
        how=task.how,
        evidence=evidence(document, task.spans),
    )


def _interest(document: Document, found: FoundInterest) -> Interest:
    return Interest(
        name=found.name,
        title=found.title,
        text=found.text,
        item=found.item,
        matter=found.matter,
        kind=found.kind,  # type: ignore[arg-type]
        kind_as_written=found.kind_as_written,
        left_room=found.left_room,
        took_part=found.took_part,
        confidence=confidence("interests", found.how),
        how=found.how,
        evidence=evidence(document, found.spans),
    )
