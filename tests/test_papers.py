"""Papers that are not minutes: reports, rubrics, reviews, responses, notices of decisions, logs of actions."""

import pytest

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Facts

NOTICE = """Record of Decision

Decision Taken By: EXECUTIVE

Season tickets

The Executive resolved that:
The recommendations of the Parking Advisory Board be approved as follows:
(1) the prices in Annex 2 be brought in from January;
(2) the take-up of evening tickets be noted.

Reasons: (1) As given in the report.

Signed Leader: T Penn
"""
SCRUTINISED = """Decision details

Cycle lanes

At its meeting on 3 May, the Roads Scrutiny Committee recommended that:
(1) the lane on Mill Street be dropped.

The Cabinet then:-
(1) Noted the comments of the Roads Scrutiny Committee.
(2) Approved the plan without change.

Moved by Councillor Rae, seconded by Councillor Voss.
"""
FORM = """Delegated Decision Notification

SUBJECT ii : Bandstand DECISION The Director of Parks has: DETAILS iii : Noted that £9k was given. Approved the use of the £9k at: • Hollin Park • Cross Fields TYPE OF Key Decision (Executive) DECISION: Is it open to call-in? Yes No
"""
REGISTER = """Lease of the old pump house

Date of decision: 9 May 2026

What decision was taken?
Lease of the pump house to the allotment society for seven years. Delegated Authority: - Scheme 2.07

Reason(s) for decision:
To bring an empty building back into use.
"""
TABLED = """Record of Decisions

Item 4 - Mill Lane

Resolved |

that cabinet |

1. |

Agreed to pay for the footbridge; and |

2. |

Noted the risks. |
"""
ISSUE = """Issue - decisions

Library fines

1. That Cabinet Member for Libraries and Culture:
a) Ends all fines from 1 May;
b) Notes the loss of income.
2. That the fines of last year be written off.
"""
REPORT = """Report of the Head of Parks to Leisure Panel

Recommendations: That the Panel resolves to:

Confirm that the group will sit again

Choose its next subject from: shops, bathing and meals

Appendix 1

Background

1. The Panel agreed a plan in May.
"""
GROUPED = """Report of the Clerk

2. Recommendations

The Committee (having read the views of the Allotment Society and the note of 3 May) is asked to:

(a) agree the rents in Annex A;

Waiting list

(b) the closing of the list from June.

3. Detail

3.1 The rents have been the same for years.
"""
SOUGHT = """Report of the Director of Place

Tracking

Recommendation

The views of the Committee on the list are sought and its agreement that what is done be removed.

Reason for the Recommendation

To keep track.
"""
AGENDA = """AGENDA

Northmere Leisure Panel

1. Declarations
Members are asked to declare any interests.
2. Pool
Report of the Head of Parks. The Panel is RECOMMENDED to note the report.
3. Works
The Panel is recommended to:
(a) agree the programme; and
(b) fund it.
4. Trees
Report of the Tree Officer. It is recommended that the Order be confirmed.
5. Fees
The Panel is RECOMMENDED:
(1) to hear the trade; and
(2) to set the fees.
6. Exclusion
It is recommended that the public be excluded.
7. Date of next meeting
"""
PROPOSED = """Report of the Director of Place

Proposed decisions: (1) That the lease be granted; (2) that the Director sign it.

Background

There was one.
"""
REVIEW = """Scrutiny review of libraries

Recommendation 1
That the Cabinet Member for Culture publish a plan by June.

Twelve users gave evidence.

Recommendation 2: The Council should keep every branch open.

Summary
Recommendation 1: That the Cabinet Member for Culture publish a plan by June.
"""
RESPONSE = """Set out below are the Council's responses.

1. We recommend that every street has a bin.

The Council accepts this recommendation.

2. We recommend that the fine is spent in the ward.

Accepted in part. Some of it will be.

4. The Council should word its notices anew.

The Council does not accept this recommendation.
"""
TABLE = """Cabinet response to the scrutiny review of parks

No | Recommendation | Response | Lead officer
1 | That a plan be published | Accepted. Work has begun. | Head of Parks
2 | That volunteers be paid | Not accepted. | -
"""


TITLED = """NORTHMERE FIRE AUTHORITY

MEETING | Estates Committee
DATE OF MEETING | 4 May 2026

ACTION

Decision

RECOMMENDATIONS

It is recommended that the Committee:

(a) approves Option 2; and

(b) asks the Head of Parks to report back in June.

1. BACKGROUND

1.1 In March the Committee resolved that a survey be undertaken.

2. NEXT STEPS

2.1 If the recommendations are approved:

the Head of Parks will issue tenders by 31 May 2026; and station officers will brief their crews in June.

The survey will be published. Tenders will be considered by the Committee in July.

BACKGROUND PAPERS
"""
PROMISES = """Cabinet response to the scrutiny review of parks

No | Recommendation | Response | Action to be taken | Lead officer | Timescale
1 | That a plan be published | Accepted | Draft plan to go to three groups. | J Penn | May 2026
2 | That volunteers be paid | Rejected | There is no money for it. | – | –
No | Recommendation | Response | Action to be taken | Lead officer | Timescale
3 | That gates be mended and bins moved | Partially accepted | (i) Mend the gates. (ii) Ask the wards about bins. | J Penn A Orme | June 2026 July 2026
"""
SHEET = """NORTHMERE CITY COUNCIL

EXECUTIVE – DECISION SHEET

Meeting held on 4 May 2026

Item | Subject | Decision
1 | Interests | Councillor Rae declared an interest in item 4.
2 | Minutes | Approved as a correct record.
3 | Questions | The Leader replied that no decision had been taken to close them.
4 | Air plan | RESOLVED: (1) That the plan be adopted. (2) That the Director of Place report each October. Reason: the old plan has lapsed.
5 | Grants | RECOMMENDED TO COUNCIL: That no changes be made.
6 | Land | The Panel had recommended a sale. RESOLVED (by four votes to none): 1. that the land be sold; 2. that the offer be accepted. Councillor Rae left the meeting and took no part.

Contact: A Penn
"""

SHEET_OF_DECISIONS = """NORTHMERE CITY COUNCIL

CABINET – MONDAY 4 MAY 2026 – DECISIONS

Item | Subject | Decision | Reasons / Alternative options considered
1 | Fees | AGREED, subject to the deletion of line 4: (i) The fees at Appendix B. (ii) That the Director be asked to report in May. | Costs have risen.
2 | Review | Recommendations 1 and 2 were accepted. | See the reply.
3 | Lease | DEFERRED to the next meeting. | More is to be known.
4 | Treasury | NOTED, and RECOMMENDED to Full Council that the indicators be approved. | The law asks for it.
"""
LOG = """NORTHMERE HEALTH PANEL

Action Log and Recommendation Tracker – updated 4 March 2026

Ref | Meeting | Recommendation | Made to | Response | Progress
R11 | 13/06/25 | That waiting times be published each quarter. | Care Board | Accepted | First figures came in January.
R12 | 13/06/25 | That the bus be restored at weekends. | Hospitals Trust | Not accepted | Four passengers a day.
R13 | 12/12/25 | That nurses be housed. | Northmere Council | Awaited | To be considered.

Recommendation: Members are asked to note the log and tracker.
"""


def rows(facts: Facts) -> list[tuple[str | None, str, str]]:
    """(label, outcome, words) of what is decided or recommended."""
    return [(found.ref, found.outcome, found.text) for found in (*facts.resolutions, *facts.recommendations)]


@pytest.mark.parametrize(
    ("paper", "kind", "wanted"),
    [
        (NOTICE, "decision_notice", [
            ("(1)", "carried", "the prices in Annex 2 be brought in from January"),
            ("(2)", "noted", "the take-up of evening tickets be noted."),
        ]),
        (SCRUTINISED, "decision_notice", [
            ("(1)", "noted", "Noted the comments of the Roads Scrutiny Committee."),
            ("(2)", "carried", "Approved the plan without change."),
        ]),
        (FORM, "decision_notice", [
            (None, "noted", "Noted that £9k was given."),
            (None, "carried", "Approved the use of the £9k at: • Hollin Park • Cross Fields"),
        ]),
        (REGISTER, "decision_notice", [
            (None, "carried", "Lease of the pump house to the allotment society for seven years."),
        ]),
        (TABLED, "decision_notice", [
            ("1.", "carried", "Agreed to pay for the footbridge"),
            ("2.", "noted", "Noted the risks."),
        ]),
        (ISSUE, "decision_notice", [
            ("a)", "carried", "Ends all fines from 1 May"),
            ("b)", "noted", "Notes the loss of income."),
            ("2.", "carried", "That the fines of last year be written off."),
        ]),
        (REPORT, "report", [
            (None, "proposed", "Confirm that the group will sit again"),
            (None, "proposed", "Choose its next subject from: shops, bathing and meals"),
        ]),
        (GROUPED, "report", [
            ("(a)", "proposed", "agree the rents in Annex A"),
            ("(b)", "proposed", "the closing of the list from June."),
        ]),
        (SOUGHT, "report", [
            (None, "proposed", "The views of the Committee on the list are sought and its agreement that what is done be removed."),
        ]),
        (AGENDA, "agenda", [
            (None, "proposed", "The Panel is RECOMMENDED to note the report."),
            ("(a)", "proposed", "agree the programme"),
            ("(b)", "proposed", "fund it."),
            (None, "proposed", "It is recommended that the Order be confirmed."),
            ("(1)", "proposed", "to hear the trade"),
            ("(2)", "proposed", "to set the fees."),
        ]),
        (PROPOSED, "report", [
            ("(1)", "proposed", "That the lease be granted"),
            ("(2)", "proposed", "that the Director sign it."),
        ]),
        (REVIEW, "report", [
            ("Recommendation 1", "proposed", "That the Cabinet Member for Culture publish a plan by June."),
            ("Recommendation 2", "proposed", "The Council should keep every branch open."),
        ]),
        (RESPONSE, "report", [
            ("1.", "accepted", "We recommend that every street has a bin."),
            ("2.", "partially_accepted", "We recommend that the fine is spent in the ward."),
            ("4.", "rejected", "The Council should word its notices anew."),
        ]),
        (TABLE, "report", [
            ("1", "accepted", "That a plan be published"),
            ("2", "rejected", "That volunteers be paid"),
        ]),
        (SHEET_OF_DECISIONS, "decision_notice", [
            ("(i)", "carried", "The fees at Appendix B."),
            ("(ii)", "carried", "That the Director be asked to report in May."),
            (None, "carried", "Recommendations 1 and 2 were accepted."),
            (None, "deferred", "DEFERRED to the next meeting."),
            (None, "recommended", "that the indicators be approved."),
        ]),
        (LOG, "action_log", [
            ("R11", "accepted", "That waiting times be published each quarter."),
            ("R12", "rejected", "That the bus be restored at weekends."),
            ("R13", "recommended", "That nurses be housed."),
            (None, "proposed", "Members are asked to note the log and tracker."),
        ]),
        (SHEET, "decision_notice", [
            (None, "carried", "Approved as a correct record."),
            ("(1)", "carried", "That the plan be adopted."),
            ("(2)", "carried", "That the Director of Place report each October."),
            ("1.", "carried", "that the land be sold"),
            ("2.", "carried", "that the offer be accepted."),
            (None, "recommended", "That no changes be made."),
        ]),
    ],
)  # fmt: skip
def test_what_a_paper_decides_or_recommends(paper: str, kind: str, wanted: list[tuple[str | None, str, str]]) -> None:
    """Each clause is a row with its label and outcome; reasons, histories and the fields of forms are none."""
    facts = extract_bytes(paper.encode())
    assert (kind, wanted) == (facts.kind, rows(facts))


def test_movers_behind_a_notice_are_those_of_its_decisions() -> None:
    """A notice prints below its list who moved it."""
    found = extract_bytes(SCRUTINISED.encode()).resolutions
    assert [("Rae", "Voss")] * 2 == [(decision.mover, decision.seconder) for decision in found]


def test_the_body_of_a_report_is_named_in_full() -> None:
    """ "The Panel" of a lead-in is the one that the title of the report names."""
    found = extract_bytes(REPORT.encode()).recommendations
    assert ["Leisure Panel"] * 2 == [recommendation.addressed_to for recommendation in found]


def test_a_sheet_of_decisions_tells_whom_and_how() -> None:
    """The lead word of a cell names the body that is recommended to, and the vote of all its clauses."""
    facts = extract_bytes(SHEET.encode())
    assert ["COUNCIL"] == [found.addressed_to for found in facts.recommendations]
    votes = [found.vote and (found.vote.for_, found.vote.against) for found in facts.resolutions[-2:]]
    assert [(4, 0), (4, 0)] == votes


def test_a_title_block_names_the_body() -> None:
    """ "The Committee" is the one of the meeting; a kind of paper under the heading ACTION is no task, a next step is one."""
    facts = extract_bytes(TITLED.encode())
    assert "Estates Committee" == facts.committee
    assert [("(a)", "Estates Committee"), ("(b)", "Estates Committee")] == [
        (found.ref, found.addressed_to) for found in facts.recommendations
    ]
    assert [("Head of Parks", "by 31 May 2026"), ("station officers", "in June")] == [
        (action.owner, action.due) for action in facts.actions
    ]


def test_a_reply_promises_what_will_be_done() -> None:
    """Beside each recommendation that is accepted stand the tasks, by whom and by when; a header printed again is none."""
    facts = extract_bytes(PROMISES.encode())
    assert [("1", "accepted"), ("2", "rejected"), ("3", "partially_accepted")] == [
        (found.ref, found.outcome) for found in facts.recommendations
    ]
    assert [
        ("Draft plan to go to three groups.", "J Penn", "May 2026"),
        ("Mend the gates.", "J Penn", "June 2026"),
        ("Ask the wards about bins.", "A Orme", "July 2026"),
    ] == [(action.text, action.owner, action.due) for action in facts.actions]


def test_a_log_of_actions_keeps_those_that_are_closed() -> None:
    """Rows of a log are actions with their owner, due date and state; its table may be plain text."""
    log = """NORTHMERE TOWN COUNCIL - ACTION LOG

Ref | Action | Owner | Due | Status
26/01 | Ask the county to paint the crossing | Clerk | 31 March 2026 | Open
26/02 | Get three prices for the roof | Cllr Rae | April meeting | Closed
"""
    facts = extract_bytes(log.encode())
    told = [(action.text, action.owner, action.due, action.state) for action in facts.actions]
    assert "action_log" == facts.kind
    assert [
        ("Ask the county to paint the crossing", "Clerk", "31 March 2026", "open"),
        ("Get three prices for the roof", "Rae", "April meeting", "closed"),
    ] == told


def test_a_paper_in_welsh_is_told() -> None:
    """Welsh minutes yield no facts, and a warning says why."""
    facts = extract_bytes(b"CYNGOR CYMUNED ABERDDU\n\nPRESENNOL\n\nCynghorwyr A Rees a B Huws\n")
    assert ("other", ["in_welsh"]) == (facts.kind, [warning.code for warning in facts.warnings])
