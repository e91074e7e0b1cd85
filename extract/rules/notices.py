"""Notices, records and registers of decisions, and the forms of delegated ones: their fields and leads (1.5, 3.8)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule
from minutebook.extract.rules.decisions import BODY_NOUN

NUMBER = r"(?:\(?[a-z0-9]{1,2}(?:\.\d)?[.)]?\s+)?"
POST = r"(?:[A-Z][\w’'&-]+,?\s+(?:(?:and|of|for|&|the|to)\s+)*){0,8}?(?:Members?|Holders?|Leader|Director|Officer|Head|Manager|Mayor|Commissioner|Chief\s+Executive|Clerk|Secretary|Solicitor|Surveyor|Engineer)(?:(?:,?\s+(?:(?:of|for|and|&|the)\s+)*[A-Z][\w’'&-]+){1,10})?"
MAKER = rf"(?:[Tt]he\s+)?(?P<who>{POST}|{BODY_NOUN}|[Cc]abinet)"
PARTICIPLE = r"(?:Noted|Approved|Agreed|Authorised|Endorsed|Delegated|Resolved|Granted|Refused|Adopted|Accepted|Decided|Appointed|Awarded|Confirmed|Allocated|Instructed|Requested)"
# The field that holds the decision; `rest` is what stands in its line.
DECISION = Rule(
    "decision field",
    rf"^{NUMBER}(?i:what\s+decision\s+(?:was|is|has\s+been)\b.{{0,40}}?|what\s+(?:was|is)\s+the\s+decision\b.{{0,30}}?|(?:details?|record|description|summary|terms|nature|text)\s+of\s+(?:the\s+)?decision(?:s|\(s\))?(?:\s+(?:taken|made))?|(?:the\s+)?(?:executive\s+|officer(?:’s|'s)?\s+|cabinet\s+|delegated\s+|actual\s+)?(?:decision|resolution)(?:s|\(s\))?(?:\s+(?:taken|made|agreed|reached|and\s+reason(?:s|\(s\))?))?(?:\s+by\s+the\s+\w+)?)\s*(?:\([^()]{{0,80}}\)\s*)?(?:[:?\t]\s*[-–]?|\s[-–](?=\s|$)|$)\s*(?P<rest>.*)$",
    ("What decision was taken?", "Decision:", "DECISION", "(d) Decision taken", "Decision(s) and Reason(s)", "Decision: That the lease be granted", "3. Details of decision", "Resolution -"),
    ("Decision maker: Cabinet", "Decision status: Approved", "Decision No: 12", "The decision was taken late", "Decision date: 3 May"),
)  # fmt: skip
# The line above the words of a decision in a committee system's list of those on an issue
DATED_TITLE = Rule("dated title", r"^\d{1,2}/\d{1,2}/\d{4}\s+-\s+\S", ("04/05/2026 - Grants",), ("04/05/2026",))
# Any other field of the form, and what stands round it.
OTHER = Rule(
    "other field",
    rf"^{NUMBER}(?:(?:Reasons?|Alternatives?|Options?)(?:\(s\))?\s*(?::|\?|\t|$|\b(?:for|considered|and|rejected|\(if))|(?:Other|Alternative)\s+(?:options?|relevant)|Further\s+action|(?:Background|Supporting|Accompanying|Additional|Relevant|Associated|List\s+of)\s+(?:documents?|papers?|information|reports?)|Documents?\s+(?:used|considered|relied)|(?:Any\s+)?(?:Other\s+)?(?:Conflicts?|Declarations?|Details\s+of\s+any\s+(?:conflict|interest))\b|Dispensations?\b|Any\s+(?:other\s+)?(?:information|interests?|conflicts?|declared)|(?:Financial|Legal|Equalit\w+|Risk|Policy|Ward|Budget\w*)\s+(?:implications?|comments?|considerations?)|Implications\b|Consult(?:ation|ees?|ed)\b|Wards?\b(?:\s*\(s\))?\s*(?:affected)?\s*[:?]|Key\s+decision|Is\s+(?:this|it|the)\b.{{0,60}}\?|Is\s+(?:key|subject)\b|Subject\s+to\s+call|Call[\s-]?in\b|Publication\b|Date\s+of\s+(?:publication|decision|meeting|call)|Published\b|Effective\s+(?:from|date)|Contact\b|Report\s+author|Lead\s+(?:officer|director|member)\b|Author\b|Signed\b|Signature\b|Decision\s+(?:maker|status|type|date|no|number|ref|due|taken\s+by|made\s+by|determined)\b|Date\s*:|Deadline\b|Urgen(?:t|cy)\b|Exempt\b|(?:Delegated\s+)?(?:Authority|Power)s?\s*(?:for\s+(?:the\s+)?decision|relied|exercised|:|\bunder)|Scheme\s+of\s+delegation|Purpose\b|Title\s*:|Subject\s*:|Service\s+area|Directorate\b|Portfolio\s*:|Back\s+to\b|Share\s+this|This\s+(?:page|decision)\b|Note\s*:|Decided\s+at|Notice\b|Affected\b|Record\s+of\s+(?:any|interests)|Attendance|Apologies|Present\b|Minutes\s*(?:of\b|$)|Name\s+of\b|Comments\b.{{0,30}}:|Item\s+\d|\(?Item\s)",
    ("Reason(s) for decision:", "Alternative(s) considered (if any):", "Background papers (if any):", "Publication date: 3 May", "Is subject to call in?: Yes", "Signed Leader: T Penn", "This decision will come into force", "Wards affected:"),
    ("That the lease be granted", "Reasonable steps be taken", "DELEGATED authority to the Head of Parks", "Approved the plan", "Delegated to the Head of Parks", "The lease was granted"), None, I,
)  # fmt: skip
# "The Executive resolved that:" and its kin: what follows, down to the next field, is decided.
LEAD = Rule(
    "lead",
    rf"^(?:\d{{1,2}}(?:\.\d{{1,2}})?\.?\s+)?(?:(?:At|On|Having|After|Following)\b[^:;]{{3,200}}?,\s+)?{MAKER}(?:\s*,?\s+(?:also|therefore|subsequently|unanimously|duly|is|was|in\s+agreement))*\s*,?\s+(?:then\s+)?(?P<verb>then|resolved|RESOLVED|resolves|agreed|AGREED|agrees|decided|DECIDED|decides|approved|APPROVED|approves|determined|recommended|RECOMMENDED|has|have)(?:\s+(?:unanimously|UNANIMOUSLY))?(?:\s+(?:that|to|the\s+following))?\s*(?::\s*[-–]?\s*(?P<rest>\S.*)?|[-–]\s*|(?<=that|to))$",
    ("The Executive resolved that:", "The Cabinet then:-", "Cabinet agreed to:", "17.2 The Leader and Lead Member RESOLVED to:", "The Director of Parks has:", "The Cabinet Member for Parks, Culture and Sport decided to: (1) end the fines; (2) note the cost",
     "At its meeting on 3 May, the Parks Scrutiny Panel recommended that:"),
    ("Decision Maker: Cabinet", "The Cabinet met on 3 May", "The Director of Parks had:"),
)  # fmt: skip
# The same without a verb, where clauses that begin with theirs stand below
BARE_LEAD = Rule("bare lead", rf"^(?:(?:At|On|Having|After|Following)\b[^:;]{{3,200}}?,\s+)?{MAKER}\s*:\s*[-–]?$", ("Having heard the Panel, Cabinet:", "The Leader:-"), ("Cabinet met:",))  # fmt: skip
# Other bodies than the maker of the decision, whose lists are printed before it.
ADVISERS = compiled(r"\b(?:Scrutiny|Advisory|Select|Task|Working|Review|Consultative)\b")
THAT_BODY = compiled(r"^(?:that\s+)?(?:the\s+)?(?:cabinet|executive|committee|council|board|panel|leader|authority)\s*:?$", I)  # fmt: skip
MAKER_FIELD = Rule("maker", r"^(?:Decision\s+(?:maker|taken\s+by|made\s+by)|Made\s+by|Taken\s+by)\s*[:\t]\s*(?P<who>\S.*)$", ("Decision Maker: Cabinet", "Decision Taken By: EXECUTIVE"), ("Decision status: Open",), None, I)  # fmt: skip
# Leads that hand their list on: "The recommendations of the Board be approved as follows:"
AS_FOLLOWS = Rule("as follows", r"\brecommendations?\b.{0,160}\b(?:be|were|are|is)\s+(?:approved|agreed|adopted|accepted|endorsed)\b.{0,40}:\s*$", ("The recommendations of the Board be approved as follows:",), ("approval be given to the following works:",), None, I)  # fmt: skip
# A form that has run into one paragraph: "DECISION The Head of Parks has: DETAILS iii : Noted that … TYPE OF"
RUN_IN = Rule(
    "run-in form",
    rf"\b(?:has|have)\s*:\s*(?:[A-Z]{{4,}}\s[^:]{{0,12}}:\s*)?(?={PARTICIPLE}\b)",
    ("DECISION The Head of Parks has: DETAILS iii : Noted that the bid failed.", "The Director has: Approved the lease"),
    ("The Director has: a plan",),
)  # fmt: skip
PARTICIPLE_FIRST = compiled(rf"^(?i:{PARTICIPLE}|Recommended|Supported|Referred|Deferred|Received)\b")
# A label of a form in the middle of a line: capitals, or words and a colon.
LABEL_WITHIN = compiled(
    r"\s(?=(?:TYPE\s+OF|REASONS?|NOTICE|AFFECTED|OPTIONS?|ALTERNATIVES?|BACKGROUND|DETAILS|CONSULT\w+|IMPLICATIONS?|LEAD|AUTHOR|CONTACT|SIGNED|KEY)\b)"
    r"|\s(?=(?:Delegated\s+[Aa]uthority|Reasons?(?:\s+for\s+(?:the\s+)?decision)?|Background\s+papers|Alternative\s+options)\s*:)"
)
# "That, having read the report, the Leader" above a list of what he does
THAT_MAKER = Rule("that maker", rf"^That\b,?(?:\s[^.;:]{{3,200}},)?\s+{MAKER}\s*:?$", ("That, having read the report, the Leader", "That the Cabinet Member for Parks:"), ("That the plan of the Leader be noted",))  # fmt: skip
DECISION_COLUMN = Rule("column of decisions", r"^\W*(?:details?\s+of\s+)?decisions?(?:\s+(?:taken|made))?\W*$", ("Decision", "Decision taken"), ("Decision maker",), None, I)  # fmt: skip
# In a sheet of decisions, a lead word begins a cell or a sentence of it; what else decides in a cell has no lead at all.
LEAD_IN_CELL = compiled(
    r"(?:^|(?<=[.;:)”])\s+|,?\s+and\s+(?=RECOMMENDED\s+(?:to|TO)\s))(?=(?:UNANIMOUSLY\s+|It\s+was\s+)?(?:RESOLVED|RECOMMENDED|AGREED|DECIDED|ORDERED|Resolved\b|Recommended\b|Agreed\s*[:–-]|Decided\s*[:–-]))"
)
LED_CELL = compiled(
    r"^(?:UNANIMOUSLY\s+)?(?:RESOLVED|RECOMMENDED|AGREED|DECIDED|ORDERED|Resolved|Recommended|Agreed|Decided)\b(?=[^.;]{0,60}(?:[:–-]|\b[Tt]hat\b|\bto\b))|[.;)]\s+(?:RESOLVED|RECOMMENDED|AGREED)\b|^NOTED,?\s+and\s+RECOMMENDED\s+(?:to|TO)\b"
)
TOLD_CELL = compiled(
    rf"^(?:(?i:{PARTICIPLE}|Recommended|Supported|Referred|Deferred|Received|Withdrawn)\b(?!\s*[:–-])|(?:\((?:[ivx]{{1,4}}|[a-z]|\d{{1,2}})\)\s+)?(?:[Tt]hat\s+(?:the\s+)?\S.*\bbe\b|To\s+(?:approve|agree|note|delegate|authorise|adopt|endorse|recommend|award|appoint|receive|confirm)\b)|(?:The\s+)?(?:[Mm]inutes|[Rr]eports?|[Rr]ecommendations?(?:\s+(?:\d+(?:,\s*|\s+and\s+)?)+)?|[Uu]pdates?)\s+(?:in\s+the\s+report\s+)?(?:was|were)\s+(?:not\s+)?(?:accepted|approved|agreed|noted|received|confirmed|adopted)\b)"
)
THAT_BEFORE_LABEL = compiled(r"(?:[Tt]hat|[Tt]o)\s*:?\s*(?=\(?(?:1|a|i)[.)]\s)")
# What is told behind the decisions of a cell: who left, who voted, why.
AFTER_DECISIONS = compiled(
    r"^(?:\(?(?:The\s+)?(?:Councillors?|Cllrs?|Members?|Mrs?|Ms|Chair|Leader|Reasons?|Vote|Voting|Note)\b(?!.*\bbe\s+\w+(?:ed|en)\b).*\b(?:left|was|were|had|declared|abstained|voted|asked|reported|took|withdrew|returned|did|rejoined)\b|(?:The\s+)?(?:above|this)\s+decision\b|(?:Reasons?|Action|Options|Call[- ]in)\b\s*[:–-])"
)
# Who is asked by a clause that begins with its verb
ASKED = Rule("asked", r"^(?i:ask(?:s|ed)?|instruct(?:s|ed)?|request(?:s|ed)?|invite[sd]?|urge[sd]?)\s+(?:the\s+)?(?P<to>[A-Z][\w’'&-]+(?:\s+(?:(?:for|of|and|the)\s+)*[A-Z][\w’'&-]+){0,7})\s+to\b",
             ("Asks the Head of Parks to report", "INSTRUCTED the Monitoring Officer to write"), ("Asks that bins be bought",))  # fmt: skip
# What answers the field without deciding anything.
NOTHING = Rule("nothing", r"^\W*(?:(?:none|nil|n/?a|not\s+applicable|yes|no|tbc)\b\W*$|see\b|to\s+(?:consider|receive|seek|inform|update|present)\b|(?:the\s+)?\w+\s+(?:considered|received\s+a|discussed)\b|consideration\s+of\b|(?:open|closed|exempt)\W*$)",
               ("None", "N/A", "See resolution below.", "To consider the plan", "The Cabinet considered a report"), ("Notice be given", "To award the contract"), None, I)  # fmt: skip
NOT_APPROVED = Rule("not approved", r"^\W*Recommendations?\s+(?P<ref>\d{1,2}|[a-z])\)?\s+(?:was|were)\s+not\s+(?:approved|agreed|carried|accepted)", ("Recommendations 3 was not approved (2 For, 7 Against)",), ("Recommendation 3 was approved",), None, I)  # fmt: skip

RULES = (
    DECISION,
    DATED_TITLE,
    OTHER,
    LEAD,
    BARE_LEAD,
    MAKER_FIELD,
    AS_FOLLOWS,
    RUN_IN,
    THAT_MAKER,
    DECISION_COLUMN,
    Rule(
        "lead in a cell",
        LEAD_IN_CELL.pattern,
        ("RESOLVED: That", "The bid failed. RESOLVED – That", "It is so. Agreed: to wait"),
        ("It was so RESOLVED", "Agreed minutes"),
    ),
    Rule(
        "led cell",
        LED_CELL.pattern,
        (
            "RESOLVED (by four votes to none): (1) That",
            "RECOMMENDED TO COUNCIL: That",
            "The bid failed. RESOLVED: That",
            "NOTED, and RECOMMENDED to Council that",
        ),
        ("Agreed.", "Approved as a correct record."),
    ),
    Rule(
        "told cell",
        TOLD_CELL.pattern,
        (
            "Approved as a correct record.",
            "Noted",
            "That the plan be adopted.",
            "The minutes were approved.",
            "(iii) To delegate the works",
            "Recommendations 1, 2 and 4 were accepted.",
        ),
        ("Councillor Rae declared an interest.", "The Leader replied that no decision had been taken."),
    ),
    Rule("that before a label", THAT_BEFORE_LABEL.pattern, ("That: (1) the plan",), ("That the plan",)),
    Rule(
        "after decisions",
        AFTER_DECISIONS.pattern,
        ("Councillor Rae left the meeting", "Reason: it is old", "The above decision is urgent"),
        ("That the plan was old", "The Director was asked"),
    ),
    NOTHING,
    NOT_APPROVED,
)
