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
    ],
)  # fmt: skip
def test_tasks_beside_their_owners(row: str, wanted: list[tuple[str, str | None, str | None, str]]) -> None:
    """Each owner in the last cell has a task of the row; what another body had agreed to do is a state."""
    assert wanted == told(read(row))
