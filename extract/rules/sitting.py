"""The sitting itself: whether it had a quorum, and what shuts the press and public out and lets them in again."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule

# The first that is found in a sentence about the whole meeting.
QUORUM = (
    Rule("no quorum", r"\binquorate\b|\bnot\s+(?:been\s+|be\s+)?quorate\b|\b(?:no|lack\s+of|want\s+of|without)\s+(?:a\s+)?quorum\b|\bquorum\s+(?:was|had|were)\s+not\b|\bnot\s+(?:have\s+)?a\s+quorum\b",
         ("The meeting was inquorate.", "As there was no quorum the meeting was adjourned", "A quorum was not present"), ("The meeting was quorate",), "no", I),
    Rule("quorum", r"\b(?:was|were|is|be|being|declared|confirmed)\s+(?:\w+\s+){0,2}quorate\b|\b(?:quorum\s+(?:was|being|is)\s+(?:present|achieved|met|confirmed|established)|there\s+(?:was|being)\s+a\s+quorum)\b",
         ("The Chair declared the meeting quorate.", "A quorum being present, the Chair opened the meeting", "The meeting was quorate"),
         ("The quorum is three", "to ensure that a quorum was maintained"), "yes", I),
)  # fmt: skip
# One item, an earlier or a later meeting, a condition.
NOT_OF_THE_SITTING = compiled(
    r"\b(?:this|that|the)\s+(?:particular\s+)?(?:item|application|matter)\b|\bbecame\b|\b(?:last|previous|next|future)\s+\w*\s*meeting|\b(?:if|would|to\s+(?:ensure|be))\b",
    I,
)

EXCLUDED = Rule(
    "excluded",
    r"\b(?:public|press|observers)\b[^.]{0,60}\b(?<!not )be\s+(?:now\s+|then\s+)?(?:excluded|asked\s+to\s+leave)|\bto\s+exclude\s+(?:the\s+)?(?:members\s+of\s+the\s+)?(?:press|public)\b|\bmove\s+(?:in)?to\s+(?:a\s+)?(?:closed|private|confidential)\s+session\b",
    ("That the press and public be excluded from the meeting", "to exclude the public", "That the Board move into private session"),
    ("That the public be not excluded", "That the press and public not be excluded"),
    None,
    I,
)  # fmt: skip
READMITTED = Rule(
    "readmitted",
    r"\bre-?admi(?:tted|ssion)\b|\b(?:return(?:ed)?|resumed?|went\s+back|moved\s+back)\s+(?:in)?to\s+(?:an?\s+)?(?:open|public)\b|\b(?:open|public)\s+session\s+(?:was\s+)?(?:resumed|recommenced)\b|\bresumed?\s+in\s+(?:public|open)\b|\bpublic\s+(?:were|was)\s+(?:invited|allowed)\s+(?:back|to\s+return)\b",
    ("The public were re-admitted.", "The meeting returned to open session", "The Council resumed in public"),
    ("Members of the public were admitted",),
    None,
    I,
)  # fmt: skip
# Headings that part what is taken in private from what is not.
PRIVATE_HEADING = Rule(
    "private part",
    r"^(?:(?:exempt|confidential|private|closed)\s+(?:items?|business|minutes?|session|section|part|matters|agenda)\b[^?]{0,80}|exempt|confidential|part\s+(?:ii|two)|part\s+(?:ii|2|b|two)\b.{0,40}\b(?:exempt|confidential|private|closed)\b.*)\W*$",
    ("EXEMPT ITEMS", "Confidential business", "PART II", "PART B – EXEMPT", "Exempt"),
    ("Exempt Information?", "Part 2 of the plan", "PART B – Applications"),
    None,
    I,
)  # fmt: skip
PUBLIC_HEADING = Rule(
    "public part",
    r"^(?:(?:public|open)\s+(?:items?|business|session|minutes)|part\s+(?:i|1|a|one))\b.{0,40}$",
    ("PUBLIC ITEMS", "Part I", "Open session"),
    ("Part II", "Public health"),
    None,
    I,
)
LONGEST_HEADING = 120
PRIVATE_TITLE = Rule(
    "private title",
    r"(?:[-–—(:\[]\s*|^)(?:exempt|confidential|not\s+for\s+publication)(?:\s+(?:item|report|appendix))?\W*$",
    ("Leisure contract – EXEMPT", "Staffing (Confidential)", "Lease [exempt]"),
    ("Whether to be exempt",),
    None,
    I,
)
# Which items an exclusion is for: those it names, or the one that follows; else all to the end.
FOR_ITEMS = compiled(
    r"\b(?:agenda\s+)?(?:items?|minutes?)\s*(?:nos?\.?|numbers?)?\s*(?P<numbers>\d{1,4}[a-z]?(?:\s*(?:,|and|&|to)\s*\d{1,4}[a-z]?)*)",
    I,
)
FOR_NEXT = compiled(r"\b(?:following|next|this)\s+(?:agenda\s+)?(?:item|matter)\b(?!s|\(s\))", I)
RULES = (*QUORUM, EXCLUDED, READMITTED, PRIVATE_HEADING, PUBLIC_HEADING, PRIVATE_TITLE)
