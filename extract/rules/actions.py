"""Actions: labels, undertakings, requests, due phrases, and what only sounds like a task (minutes-grammar 5)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled, part
from minutebook.extract.rules import Rule, any_of, people

POSTS = part(
    "POSTS",
    any_of(
        "Chair|Chairman|Vice-Chair|Vice Chair|Clerk|Assistant Clerk|Town Clerk|Parish Clerk|Secretary|Treasurer|Convenor|Convener|Officers|officers|Leader|"
        "PCC|OPCC|Chief Constable|Chief Executive|Committee Assistant|Monitoring Officer|Scrutiny Officer|Democratic Services|Democratic Services Officer|"
        "PCO|All|Members|Councillors|Director|Head of Service|Portfolio Holder|Cabinet Member|Caretaker|Lengthsman|PCSO|CPO"
    ),
)
INITIALS = part("INITIALS", r"[A-Z][A-Za-z]{0,2}[A-Z]")
# "the PCP Chair", "the OPCC": an acronym, perhaps with an office behind it
ACRONYM = part("ACRONYM", r"(?:[Tt]he\s+)?[A-Z]{2,5}(?:\s+(?:Chair(?:man)?|Clerk|Secretary|Board))?(?![\w’'])")
OWNER = part(
    "OWNER",
    rf"(?<![\w’'])(?:{people.TITLE}{people.NAME}|(?:[Tt]he\s+)?{POSTS}(?![\w’'])|{ACRONYM}|{INITIALS}(?![\w’'])|{people.FULL_NAME})",
)
PLURAL_OWNERS = part("PLURAL_OWNERS", rf"{people.PLURAL_TITLE}\.?\s+{people.NAME}")
# Atomic, since its alternatives overlap and a long list of them would be tried in every way.
OWNERS = part("OWNERS", rf"(?:{PLURAL_OWNERS}|(?>{OWNER}))(?:\s*(?:/|,|;|&|\band\b|\+)\s*(?>{OWNER}))*+")
# Somebody printed before the owner as his partner in the task: "KC and " HL would.
PARTNER = compiled(rf"(?P<owner>{OWNER})\s*(?:,|/|&|\band\b)\s*$")
# A typed label; what follows is its owner, its task, or both.
LABEL = compiled(
    r"^\W{0,2}(?:(?:ACTIONS?|Actions?)(?:\s+(?:[Rr]equired|REQUIRED|[Pp]oints?|POINTS?))?(?:\s+(?:by|BY)\s+(?P<by>[A-Z][\w ]{1,40}?)(?=\s*:))?|Required\s+[Aa]ctions?|Next\s+steps)\s*(?:[:\-–]+|(?=\s*$)|\s(?=[A-Z]{2,4}\W*$))\s*(?P<rest>.*?)\)?$"
)
AT_END = compiled(
    r"[(\[]\s*(?:ACTION|Action)\s*[:\-–]\s*(?P<rest>[^()\[\]]+)[)\]]\s*\.?$|(?<=[.;])\s+(?:ACTION|Action)\s*[:\-–]\s*(?P<rest2>.+)$"
)
ONLY_OWNERS = compiled(rf"^\W*(?P<owner>{OWNERS})\W*$")
OWNER_THEN_TASK = compiled(
    rf"^(?P<owner>{OWNERS})\s*(?:[:\-–]\s*|\s+)(?P<task>(?:to|will|would|agreed\s+to|has\s+agreed\s+to)\s+\w.+)$"
)
OWNER_DASH_TASK = compiled(rf"^(?P<owner>{OWNERS})\s*[-–:]\s*(?P<task>\S.+)$")
# The subject of a sentence, in minutes and under an action heading of a report.
SENTENCE_DOER = compiled(rf"^\W*(?P<owner>{OWNER})\b")
REPORT_DOER = compiled(rf"^(?:That\s+)?(?:[Tt]he\s+)?(?P<owner>{OWNER})\b")
# Labels that hold no task (traps 48, 108, 110).
EMPTY = compiled(
    r"^\W*(?:noted?|none|nil|n/?a|no\s+action|approved|agreed|complete[d]?|closed|ongoing|on-?going|continues?|for\s+(?:noting|information)|noting)\b\W*$",
    I,
)
STATE = compiled(
    r"^\W*(?:Action\s+)?(?P<state>complete[d]?|closed|ongoing|on-?going|open|continues?|no\s+further\s+action|in\s+progress)\W*$",
    I,
)

VERBS = any_of(
    "circulate|send|provide|share|forward|report back|bring|write|contact|arrange|check|clarify|investigate|look into|look at|chase|raise|add|update|draft|"
    "prepare|meet|follow up|liaise|speak|e-mail|email|enquire|confirm|obtain|ask|order|organise|convey|discuss|pass|seek|find out|take|submit|complete|notify|"
    "inform|advise|invite|publish|distribute|collect|produce|include|review|explore|feed back|come back|get|monitor|make|request|publicise|coordinate|"
    "co-ordinate|ring|visit|inspect|remind|attend|return|supply|present|consult|purchase|repair|paint|erect|install|remove|replace|clear|cut|fix|mend|price|"
    "ascertain|re-send|resend|print|design|call|fill|action|book|reserve|proceed|progress|implement|complete|finalise|scan|upload|post|deliver|apply|claim|"
    "ensure|issue|reply|respond|have|put|let|do|keep|consider the|register|set up|act|address|report|escalate|undertake|work"
)
ADVERB = r"(?:also\s+|then\s+|therefore\s+|now\s+)?"
# Sentences in which a named doer takes on a task. `owner` is the doer.
UNDERTAKINGS = (
    Rule("offered", rf"(?P<owner>{OWNER})(?:\s*\([^)]*\)|,[^,.]{{3,60}},)?\s+{ADVERB}(?:kindly\s+|duly\s+|again\s+)?(?:agreed|undertook|offered|promised|volunteered|committed|confirmed\s+that\s+(?:s?he|they)\s+would)\s+(?:to\s+)?{ADVERB}{VERBS}\b",
         ("Ms Penn offered to follow up with Members", "The Chair agreed to write to group leaders", "Dr Lunt undertook to send the figures on."),
         ("The Chair agreed with Cllr Rae", "The Committee agreed to write"), "inline", needs=("agreed", "undertook", "offered", "promised", "volunteered", "committed", "confirmed")),
    Rule("to", rf"(?:^\W*|[.;:–]\s+|\band\s+|,\s+)(?P<owner>{OWNER})\s+to\s+{ADVERB}{VERBS}\b", ("Clerk to arrange payment.", "The bill was read. RC to check it"), ("the Forum was moved to write",), "inline", needs=("to",)),
    Rule("would", rf"(?P<owner>{OWNER})\s+{ADVERB}(?:would|will|is\s+to|was\s+to|are\s+to|were\s+to)\s+{ADVERB}{VERBS}\b",
         ("RB would contact the school", "Mr Orme will send the plan", "GD was to contact the depot"),
         ("Mr Orme would be sorry", "The plan would be sent"), "inline", needs=("would", "will", "to")),
    Rule("said he would", rf"(?P<owner>{OWNER})\s+(?!asked\b|enquired\b|had\b)[^.;]{{0,120}}?\b(?:s?he|they)\s+would\s+{ADVERB}{VERBS}\b",
         ("Cllr Hale said she would call the depot", "Cllr Rae reported that nobody had told her and that she would raise it with the clerk."), ("Cllr Pym asked whether she would ring",), "inline", needs=("would",)),
    Rule("was asked to", rf"(?P<owner>{OWNER})\s+(?:was|were|be)\s+{ADVERB}(?:asked|requested|instructed|tasked)\s+to\s+(?!note\b|consider\b|agree\b|approve\b)\w+",
         ("Mr Dunn was asked to price the fence.", "The Clerk was requested to write"), ("Members were asked to note",), "inline", needs=("asked", "requested", "instructed", "tasked")),
    Rule("body asked", rf"^(?:The\s+)?(?:Committee|Panel|Board|Council|Members|Councillors|Committee\s+Members|Cabinet|Forum|It\s+was\s+agreed\s+that)\s+(?:then\s+)?(?:asked|requested|instructed|invited)\s+(?P<owner>{OWNER})\s+to\s+\w+",
         ("Members asked officers to explore the dates.", "The Committee requested the Clerk to write"), ("Members asked whether",), "inline", needs=("asked", "requested", "instructed", "invited")),
)  # fmt: skip
# A clause of a decision that charges somebody with a task (5.3); a body is no such somebody.
CHARGED = compiled(
    rf"(?:^|\b(?:and|but)\s+that\s+|\bto\s+(?:instruct|ask|request)\s+)(?:[Tt]hat\s+)?(?:[Tt]he\s+)?(?P<owner>{people.TITLE}{people.NAME}|{people.FULL_NAME}|(?:[A-Z][\w’'-]+\s+(?:(?:of|for|and|the)\s+)*){{0,8}}?(?:{people.POST_NOUNS}|officers|Officers)(?:\s+(?:of|for)\s+[A-Z][\w ]+?)?)"
    rf"(?:,[^,]{{3,60}},)?\s+(?:(?:should\s+)?(?:be|is|are|was|to\s+be)\s+(?:asked|requested|instructed|tasked|invited)\s+to\s+(?!note\b)\w+|(?:would|should|will|to)\s+(?:{VERBS})\b|(?:{VERBS})\s+(?:to|with|the|a)\b)"
)
BODIES = compiled(
    r"\b(?:Council|Cabinet|Committee|Panel|Board|Authority|Executive|Forum|Commission|Council's|Members|Councillors)$"
)
# Tasks without a doer: a request of the body, or a promise in the passive (5.4, 5.5).
IMPLICIT = (
    Rule("requested", r"^(?:The\s+)?(?:Committee|Panel|Board|Members|Councillors|Committee\s+Members|Forum|They)\s+(?:also\s+|then\s+)?(?:requested\s+(?:that\b|a\b|an\b|the\b|further\b|cross|more\b)|asked\s+(?:for(?!\s+how\b)|to\s+receive|that)\b)",
         ("The Committee requested that figures be sent.", "Members asked for the data."), ("Members asked for how long",), "implicit", needs=("requested", "asked")),
    Rule("passive promise", r"\b(?:would|will|to)\s+be\s+(?:circulated|shared\s+with|sent|provided|forwarded|presented|emailed|e-mailed|reported\s+back|brought\s+back|submitted\s+to)\b",
         ("Further details would be circulated to members.", "A briefing to be sent to Members."), ("could be sent",), "implicit", needs=("be",)),
    Rule("agreed to follow up", r"\b(?:[Ii]t\s+was|Councillors|Members)\s+(?:also\s+)?(?:agreed|decided)\s+(?P<task>(?:to|that)\s+.+)", ("It was agreed to chase the bus firm.",), ("The Chair agreed to write",), "implicit", needs=("agreed", "decided")),
)  # fmt: skip
# What is no task: questions, wishes, plans, history (5.7, traps 41 to 44, 53 to 55).
NOT_TASKS = compiled(
    r"\?\s*$|\b(?:asked|enquired|queried|questioned)\s+(?:whether|if|how|what|why|when|where|who)\b|\b(?:previous|last)\s+(?:meeting|year)\b|\bhad\s+(?:been|already|agreed)\b|"
    r"\b(?:suggested|hoped|felt|could\s+be|might|may\s+wish|should\s+consider|would\s+(?:also\s+)?(?:welcome|like|have))\b|\bif\s+(?:approved|successful)\b",
    I,
)
# A sentence that tells of something still to do, for a label without words (ruling 12).
FUTURE = compiled(
    rf"\b(?:would|will|to\s+be|is\s+to|are\s+to|was\s+to|were\s+to|should|agreed|undertook|offered|asked\s+to|requested|needs?\s+to|to\s+{VERBS})\b|\bto\s+{VERBS}\b",
    I,
)
FUTURE_DOER = compiled(
    rf"^\W*(?:{OWNER}|[Ii]t\s+was\s+(?:agreed|decided|resolved)|[Tt]he\s+\w+)\b.*\b(?:would|will|to|should|agreed)\b"
)
# What had been done already is no task, although the sentence may hold "to" and a verb.
PAST = compiled(r"\bhad\s+(?:been\s+)?\w+(?:ed|en|t)\b(?!.*\b(?:would|will|to\s+be|agreed)\b)")
OWNER_PARTS = compiled(r"\s*(?:/|,|;|&|\+|\band\b)\s*")
SETTLED = compiled(r"\b(?:agreed|decided|resolved)\b")
# Power given to somebody is no task of his ("authorise the Mayor to attend").
EMPOWERED = compiled(r"\b(?:authori[sz]e|appoint|nominate|delegate|elect)\w*\b", I)
COMMENT = compiled(r"\b(?:also\s+)?commented\s+that\s+it\s+was\b|\bagreed\s+(?:it|that\s+it)\s+(?:was|mattered)\b", I)
URL = compiled(r"^\W*(?:https?://|www\.)\S+\s*$")
# "noted", "thanked" and the like in a margin are outcomes, not owners.
NOT_OWNERS = frozenset(
    ["noted", "note", "none", "agreed", "approved", "action", "resolved", "received", "carried", "ongoing", "signed"]
)

DUE = compiled(
    r"\b(?:by\s+(?:the\s+)?(?:end\s+of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+\w+(?:\s+\d{4})?|next\s+\w+(?:\s+meeting)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{4})?|spring|summer|autumn|winter|the\s+end\s+of\s+\w+(?:\s+\w+)?)|"
    r"before\s+(?:the\s+)?(?:next\s+\w+(?:\s+meeting)?|end\s+of\s+\w+)|(?:at|to|for|in\s+time\s+for)\s+(?:the\s+|a\s+|its\s+)?(?:next|future|following)\s+(?:\w+\s+)?meeting|"
    r"within\s+\w+\s+(?:working\s+)?(?:days?|weeks?|months?)|(?:in|during|early\s+in|later\s+in)\s+(?:the\s+)?(?:spring|summer|autumn|winter|new\s+year|future|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)(?:\s+\d{4})?|when\s+(?:finalised|complete[d]?|available|ready|received|"
    r"the\s+[\w ]{3,40}?\s+(?:become|are|is)\s+available)|(?:shortly|soon)(?:\s+after\s+[\w ]{3,40}?)?(?=\s+to\b|[.,;]|$)|as\s+soon\s+as\s+possible|ASAP|at\s+a\s+later\s+date)\b",
    I,
)
RULES = (
    Rule("charged", CHARGED.pattern, ("That the Head of Parks be asked to bring a report", "That Mr Orme, the Town Clerk, be asked to mend it", "That the Chairman write to the school", "that Councillor Rae would share it"), ("That Cabinet be asked to act", "That the report be noted")),
    Rule("label", LABEL.pattern, ("Action: Cllr Rae", "ACTION", "Action Required by PCP:", "Required Action:", "Actions: Chair", "Action GP", "Action - J Smith"),
         ("Action was taken by the Forum", "Action Fraud reported", "Action plans were agreed")),
    Rule("at the end", AT_END.pattern, ("The gate would be mended. (Action: A Penn/B Orme)", "It must be mended. Action: Clerk"), ("The action: a success",)),
    Rule("only owners", ONLY_OWNERS.pattern, ("Cllr Rae", "RB/GD", "Clerk", "P Lowe/T Ash", "The PCC", "CT & RM"), ("Cllr Rae to write", "Noted the plan")),
    Rule("owner then task", OWNER_THEN_TASK.pattern, ("Clerk to write to Highways", "JL to check spend"), ("Clerk",)),
    Rule("due", DUE.pattern, ("by Friday", "before the next meeting", "within ten days", "when finalised", "by 31 March", "in the Summer", "shortly after election to highlight"), ("by car",), None, I),
    *UNDERTAKINGS,
    *IMPLICIT,
)  # fmt: skip
