"""Actions in running text: what a named doer undertakes, is asked or is charged to do, and what is promised to nobody
in particular (minutes-grammar 5.3 to 5.5).
"""

from __future__ import annotations

from collections.abc import Iterator

from minutebook.extract.components.clauses import clause_sentences
from minutebook.extract.components.owners import may_own, parts_of
from minutebook.extract.document import Block
from minutebook.extract.paper import Decision, Paper, Span, Task, overlaps, task_of
from minutebook.extract.patterns import Match
from minutebook.extract.people import read_list, read_person
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import decisions, first

# A decision under a lead word; its text holds no undertakings but those it charges somebody with.
SURELY_DECIDED = ("lead", "section", "notice")
# What was not carried charges nobody.
UNDONE = ("lost", "withdrawn", "lapsed")


def undertaken(paper: Paper, block: Block, decided: list[Decision]) -> Iterator[Task]:
    """Undertakings and requests in running text; `decided` are the decisions that touch the block."""
    if paper.zones[block.index] not in ("minutes", "decision") or block.kind == "margin" or block.index in paper.listed:
        return
    standing = [found for found in decided if found.outcome not in UNDONE]
    yield from (task for found in standing if found.block == block.index for task in _charged(paper, found))
    spoken = [
        span for found in decided if found.how in SURELY_DECIDED or found.outcome in UNDONE for span in found.spans
    ]
    before = ""
    for start, end in task_sentences(paper, block.text):
        sentence = block.text[start:end]
        span = (block.start + start, block.start + end)
        if not overlaps(span, spoken) and not sentence.endswith("?") and not first(decisions.LEADS, sentence):
            yield from _in_sentence(paper, block, span, sentence, before)
        if not rules.OF_THE_SAME.match(sentence):
            before = sentence


def task_sentences(paper: Paper, text: str) -> Iterator[Span]:
    """The sentences of a paragraph, one that gives several doers a task each in as many pieces (ruling 9)."""
    for start, end in clause_sentences(text):
        cuts = list(_cuts(paper, text[start:end]))
        for low, high in zip([0, *cuts], [*cuts, end - start], strict=True):
            joint = rules.JOINT_AT_END.search(text, start + low, start + high)
            yield start + low, joint.start() if joint else start + high


def _cuts(paper: Paper, sentence: str) -> Iterator[int]:
    """Where another doer takes over: joined to one before him, or in initials of the key where a full stop is lost."""
    doing = False
    for match in rules.DOER.finditer(sentence):
        at = match.start("owner")
        if rules.GOVERNS.search(sentence[: match.start("joint") if match.group("joint") else at]):
            continue
        sure = rules.NEW_SUBJECT.match(sentence, at) is not None or _in_key(paper, match)
        run_on = not match.group("joint") and sure
        if at and (run_on or (doing and match.group("joint"))):
            yield at
        doing = True


def _in_key(paper: Paper, match: Match) -> bool:
    key = {person.initials for person in paper.people}
    return all(part in key for part in parts_of(match.group("owner")))


def _in_sentence(paper: Paper, block: Block, span: Span, sentence: str, before: str) -> Iterator[Task]:
    undertaking = _undertaking(paper, sentence)
    if undertaking:
        yield task_of(paper, block.index, span, "inline", _with_partners(paper, sentence, undertaking))
    elif rules.PRONOUN_DOER.search(sentence) and (subject := _spoken_of(paper, before)):
        yield task_of(paper, block.index, span, "inline", subject)
    elif _promised(sentence):
        yield task_of(paper, block.index, span, "implicit", None)


def _charged(paper: Paper, decision: Decision) -> Iterator[Task]:
    """A clause that charges a named person or post with a task makes an action beside the decision (5.3)."""
    found = first(rules.CHARGED, decision.text) or first(rules.CHARGED_ABOVE, decision.lead)
    if found and not rules.BODIES.search(found[1].group("owner")):
        start, end = decision.spans[0]
        note = rules.AND_TO_NOTE.search(paper.document.text, start, end)
        yield task_of(paper, decision.block, (start, note.start() if note else end), "inline", found[1].group("owner"))


def _undertaking(paper: Paper, sentence: str) -> Match | None:
    """The first undertaking of somebody who can owe a task, not a wish, a question or a grant of power before it."""
    for rule in rules.UNDERTAKINGS:
        match = rule.search(sentence)
        if not match or rules.NOT_TASKS.search(sentence[: match.end()]):
            continue
        if rule.name == "to" and _applies(paper, sentence, match):
            continue
        if _is_doer(paper, rule.name, match.group("owner")) and not rules.EMPOWERED.search(sentence[: match.start()]):
            return match
    return None


def _applies(paper: Paper, sentence: str, match: Match) -> bool:
    """Whether somebody whom the paper does not list is to build or hold something, as applicants ask to."""
    applicant = read_person(match.group("owner"))
    stranger = applicant is not None and paper.person_named(applicant.name) is None
    return stranger and rules.APPLIES.match(sentence, match.end("owner")) is not None


def _is_doer(paper: Paper, rule: str, printed: str) -> bool:
    """Whether the doer that a rule found can owe a task."""
    if rule == "given name":
        return paper.given_name_of_one(printed)
    if rule == "body asked" and not rules.BODY.search(printed) and not printed.startswith(("The ", "the ")):
        return may_own(paper, printed) or read_person(printed) is not None
    return rule in rules.SURELY_SOMEBODY or may_own(paper, printed)


def doer_of(paper: Paper, sentence: str) -> str | None:
    """Who undertakes something in a sentence: its doer, else its subject."""
    match = _undertaking(paper, sentence)
    return _with_partners(paper, sentence, match) if match else _subject(paper, sentence)


def _subject(paper: Paper, sentence: str) -> str | None:
    """The person or post that a sentence begins with."""
    match = rules.SENTENCE_DOER.match(sentence)
    given = rules.GIVEN_SUBJECT.match(sentence)
    if given and paper.given_name_of_one(given.group("owner")):
        return str(given.group("owner"))
    return match.group("owner") if match and may_own(paper, match.group("owner")) else None


def _spoken_of(paper: Paper, before: str) -> str | None:
    """Whom "he" or "she" means: the subject of the sentence before, or the one person with a title in it."""
    titled = [mention for mention in read_list(before) if mention.title]
    return _subject(paper, before) or (f"{titled[0].title} {titled[0].name}" if len(titled) == 1 else None)


def _with_partners(paper: Paper, sentence: str, match: Match) -> str:
    """The doer of a task and those who are named with him: "KC and HL would look at it"; who he is, if that is told."""
    start = match.start("owner")
    aside = rules.NAMED_ASIDE.match(sentence, match.end("owner"))
    if aside and paper.person_named(aside.group("name")) and not read_person(match.group("owner")):
        return str(aside.group("name"))
    before = rules.PARTNER
    while (partner := before.search(sentence, max(0, start - 60), start)) is not None:
        start, before = partner.start(), rules.LISTED_PARTNER
    return sentence[start : match.end("owner")]


def _promised(sentence: str) -> bool:
    """Whether a task is promised, or asked for, with nobody named to do it."""
    found = first(rules.IMPLICIT, sentence)
    if not found or rules.FILMED.search(sentence) or rules.NOT_TASKS.search(sentence[: found[1].end()]):
        return False
    rule, match = found
    return rule.name != "agreed to follow up" or bool(decisions.TO_FOLLOW_UP.match(match.group("task")))
