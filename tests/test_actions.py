"""Actions of minutes: whose they are, how they are told, and when they are due."""

import pytest

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Facts

HEAD = """MINUTES of a meeting of the Northmere Harbour Forum held on 4 May 2026 at 7.00 pm

PRESENT: Councillors Ida Rowe (IR) and Bo Finn (BF)

Officers: Parks Manager (PM) and Jo Penn, Treasurer
"""


def read(*paragraphs: str) -> Facts:
    """The facts of minutes of these paragraphs."""
    return extract_bytes("\n\n".join((HEAD, "1. PARKS", *paragraphs)).encode(), "minutes.txt")


def told(facts: Facts) -> list[tuple[str, str | None, str | None, str]]:
    """(words, owner, due, tier) of each action."""
    return [(action.text, action.owner, action.due, action.tier) for action in facts.actions]


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        ("The PM undertook to email the list to Members from the next report onwards.",
         [("The PM undertook to email the list to Members from the next report onwards.", "Parks Manager", "from the next report onwards", "inline")]),
        ("In reply, the Section 151 Officer, Jo Penn, agreed to send the table before half term.",
         [("In reply, the Section 151 Officer, Jo Penn, agreed to send the table before half term.", "Jo Penn", "before half term", "inline")]),
        ("It was resolved that a reply be drafted by IR and BF for approval in June.",
         [("It was resolved that a reply be drafted by IR and BF for approval in June.", "Ida Rowe; Bo Finn", "in June", "inline")]),
        ("It was agreed that visits be arranged in October, and that the Clerk would circulate dates by the end of July.",
         [("It was agreed that visits be arranged in October, and that the Clerk would circulate dates by the end of July.", "Clerk", "by the end of July", "inline")]),
        ("Action: IR to send the plan with the June agenda. Action: BF to put up a notice. This week.",
         [("IR to send the plan with the June agenda.", "Ida Rowe", "with the June agenda", "explicit"),
          ("BF to put up a notice. This week.", "Bo Finn", "This week", "explicit")]),
        ("Members were told that the figures would be broken down by ward and circulated to them.",
         [("Members were told that the figures would be broken down by ward and circulated to them.", None, None, "implicit")]),
        ("The sign should be replaced (IR to action).",
         [("The sign should be replaced (IR to action).", "Ida Rowe", None, "inline")]),
        ("The Clerk was tasked with obtaining three prices.",
         [("The Clerk was tasked with obtaining three prices.", "Clerk", None, "inline")]),
        ("Cllrs Rowe and Finn to meet the firm on site.",
         [("Cllrs Rowe and Finn to meet the firm on site.", "Ida Rowe; Bo Finn", None, "inline")]),
        ("Cllr Rowe, Cllr Finn and the Clerk agreed to form a group.",
         [("Cllr Rowe, Cllr Finn and the Clerk agreed to form a group.", "Ida Rowe; Bo Finn; Clerk", None, "inline")]),
        ("It was decided that Cllr Finn take this forward.",
         [("It was decided that Cllr Finn take this forward.", "Bo Finn", None, "inline")]),
        ("ACTIONS: IR – draft a letter; BF – ring the depot",
         [("draft a letter", "Ida Rowe", None, "explicit"), ("ring the depot", "Bo Finn", None, "explicit")]),
        ("ACTION: CLERK TO WRITE TO THE OWNER", [("CLERK TO WRITE TO THE OWNER", "CLERK", None, "explicit")]),
        ("Members requested an update at the next meeting. Action: Director of Place",
         [("Members requested an update at the next meeting.", "Director of Place", "at the next meeting", "explicit")]),
        ("Action: That the Director of Place provide a table of costs.",
         [("That the Director of Place provide a table of costs.", "Director of Place", None, "explicit")]),
        ("The Chairman will sign the minutes.", []),
        ("4 Mill Lane: Mr Dunn to replace the windows.", []),
        ("The application (Mr Dunn to build a porch) was discussed.", []),
        ("Lamp 4: Cllr Rowe to replace the bulb.", [("Lamp 4: Cllr Rowe to replace the bulb.", "Ida Rowe", None, "inline")]),
        ("The Chair said that the meeting was being live streamed and would be made available on the website.", []),
        ("Harbour Trust: Councillor Rowe to replace Councillor Finn", []),
        ("The lamp is out. Clerk to ask the county. Clerk to action. Mrs Orr spoke of drones.",
         [("Clerk to ask the county.", "Clerk", None, "explicit")]),
        ("The lamp is out. Clerk to action.", [("The lamp is out. Clerk to action.", "Clerk", None, "explicit")]),
        ("All to note.", []),
        ("Members are asked to declare any interests in the business.", []),
        ("Action (Clerk): write to the school. Action IR: ring the depot.",
         [("write to the school.", "Clerk", None, "explicit"), ("ring the depot.", "Ida Rowe", None, "explicit")]),
        ("Action 26/03: Send out the plan. Owner: Clerk. Due: June meeting.",
         [("Send out the plan.", "Clerk", "June meeting", "explicit")]),
        ("The Forum was sorry that it was so slow and asked the Clerk to say so.",
         [("The Forum was sorry that it was so slow and asked the Clerk to say so.", "Clerk", None, "inline")]),
        ("It was agreed to ask the Clerk to obtain quotes.",
         [("It was agreed to ask the Clerk to obtain quotes.", "Clerk", None, "inline")]),
        ("Clerk asked to obtain quotes.", [("Clerk asked to obtain quotes.", "Clerk", None, "inline")]),
        ("Cllr Rowe said that the appeal was lost. She thought it unfair. She will email the Clerk the notice.",
         [("She will email the Clerk the notice.", "Ida Rowe", None, "inline")]),
        ("IR will find out the cost and BF is to speak to the crew before the fair on 6 June.",
         [("IR will find out the cost", "Ida Rowe", None, "inline"),
          ("BF is to speak to the crew before the fair on 6 June.", "Bo Finn", "before the fair on 6 June", "inline")]),
        ("The Chair asked Una Orr to prepare a note.", [("The Chair asked Una Orr to prepare a note.", "Una Orr", None, "inline")]),
    ],
)  # fmt: skip
def test_who_is_to_do_what_by_when(paragraph: str, wanted: list[tuple[str, str | None, str | None, str]]) -> None:
    """A doer by initials of a name or a post, by name behind a post, or as the agent of a deed."""
    assert wanted == told(read(paragraph))


@pytest.mark.parametrize(
    ("row", "wanted"),
    [
        ("1.1 | Vacancies. BF to recirculate the list as two had not received it. | BF",
         [("BF to recirculate the list as two had not received it.", "Bo Finn", None, "explicit")]),
        ("1.2 | The Forum asked for a breakdown of berths at the next meeting. | IR",
         [("The Forum asked for a breakdown of berths at the next meeting.", "Ida Rowe", "at the next meeting", "explicit")]),
        ("1.3 | IR agreed to look at the form. The link should be sent out with the next bulletin. | IR / BF",
         [("IR agreed to look at the form.", "Ida Rowe", None, "explicit"),
          ("The link should be sent out with the next bulletin.", "Bo Finn", "with the next bulletin", "explicit")]),
        ("1.4 | The county had agreed to replace the two missing signs. | BF", []),
        ("1.5 | The minutes of 6 April were agreed as a true record. | BF", []),
        ("1.6 | Budget. A briefing was to be held in June. | All to note", []),
        ("1.7 | The Chair asked for a timetable. IR to prepare one with the county. | IR / BF",
         [("IR to prepare one with the county.", "Ida Rowe; Bo Finn", None, "explicit")]),
        ("1.8 | BF undertook to add a map of the berths. | BF – 11 June",
         [("BF undertook to add a map of the berths.", "Bo Finn", "11 June", "explicit")]),
    ],
)  # fmt: skip
def test_tasks_beside_their_owners(row: str, wanted: list[tuple[str, str | None, str | None, str]]) -> None:
    """Each owner in the last cell has a task of the row; what another body had agreed to do is a state."""
    assert wanted == told(read(row))


def test_tasks_of_minutes_that_are_a_table() -> None:
    """Each row may have a task beside what was said; what the page end tore out of the table is none."""
    facts = read(
        "No | Item and discussion | Action | By",
        "1 | Berths. The crews had asked for lamps. | Price two lamps | IR, 7 June",
        "Mrs Orr said that the lamps were late.",
        "2 | Fees. The report was heard. | Noted | ",
        "3 | Slides. Bo Finn spoke of the quay. | Circulate slides | BF",
        "Next meeting: 1 June 2026",
    )
    assert told(facts) == [
        ("Price two lamps", "Ida Rowe", "7 June", "explicit"),
        ("Circulate slides", "Bo Finn", None, "explicit"),
    ]


def test_what_became_of_earlier_tasks_is_no_task() -> None:
    """A log that minutes review, and rows of any table that are done."""
    log = ("Ref | Action | Lead | Update", "1 | Circulate the plan | IR | Sent", "2 | Map the berths | BF | Ongoing")
    assert told(read("The action log was reviewed:", *log)) == []
    rows = ("1 | Circulate the plan | IR | On the plan. Close", "2 | Map the berths | BF | Ongoing")
    assert [action.text for action in read("Actions", log[0], *rows).actions] == ["Map the berths"]


def test_a_log_with_a_tracker_of_recommendations() -> None:
    """An action log by its name, whatever it asks of the body; the progress of a recommendation is no task in it."""
    facts = extract_bytes(
        "\n\n".join(
            (
                "Northmere Harbour Forum",
                "Action Log and Recommendation Tracker, 4 May 2026",
                "Date | Action agreed | Owner | By | Update | Status",
                "04/03/26 | Arrange a visit to the quay | Jo Penn, Director of Parks | May 2026 | Done. | Complete",
                "Part 2",
                "Ref | Meeting | Recommendation | Made to | Response | Progress",
                "R1 | 04/03/26 | That the fees be reviewed. | Harbour Board | Accepted | The terms will be revised.",
                "Recommendation: Members are asked to note the log.",
            )
        ).encode(),
        "log.txt",
    )
    assert facts.kind == "action_log"
    assert told(facts) == [("Arrange a visit to the quay", "Jo Penn", "May 2026", "explicit")]
    assert facts.actions[0].state == "complete"
