"""When a task is due: the phrases that minutes print (minutes-grammar 5.6), and those that a calendar can reckon."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule
from minutebook.extract.rules.layout import MONTHS

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
DAY = rf"(?:{'|'.join(WEEKDAYS)})"
MONTH = rf"(?:{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
SEASON = r"(?:spring|summer|autumn|winter|new\s+year|new\s+municipal\s+year)"
DATED = rf"(?:{DAY},?\s+(?:the\s+)?)?\d{{1,2}}\s?(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH}\b(?:,?\s+\d{{4}})?|{MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?\b(?:,?\s+\d{{4}})?|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}"
NUMBERS = {word: place for place, word in enumerate("a one two three four five six seven eight nine ten".split())} | {
    "a": 1, "twelve": 12, "fourteen": 14, "twenty": 20, "twenty-one": 21, "twenty-eight": 28, "thirty": 30, "sixty": 60, "ninety": 90,
}  # fmt: skip
MEETING = r"(?:[A-Z]\w+\s+){0,3}(?:meeting|session|agenda)(?:\s+of\s+the\s+[A-Z]\w*(?:\s+[A-Z]\w*){0,4}+)?"
# "next meeting" with its like: which one, then the word
WHICH = rf"(?:(?:very\s+)?next|future|following|forthcoming|(?-i:{MONTH}))"

DUE = (
    Rule("by a day", rf"\b(?:by|before|no\s+later\s+than|on\s+or\s+before|prior\s+to|until)\s+(?:the\s+)?(?:(?:close\s+of\s+(?:play|business)\s+on|noon\s+on|midday\s+on)\s+)?(?:{DATED}|(?:this\s+|next\s+|the\s+following\s+)?{DAY})\b",
         ("by 31 March", "before Friday", "no later than 3 May 2026", "by close of play on Friday 2nd June"), ("by car",), None, I, ("by", "before", "no later", "or before", "rior to", "until", "By", "Before")),
    Rule("by the end", rf"\b(?:by|before|at|from|towards|until)\s+(?:the\s+)?(?:very\s+)?(?:end|middle|beginning|start)\s+of\s+(?:(?:this|next|the)\s+)?(?:{MONTH}\b|month|week|(?:(?:calendar|financial|municipal|civic|academic|school)\s+)?year|{SEASON}(?:\s+term)?|term|quarter|season)(?:\s+\d{{4}})?",
         ("by the end of June 2026", "by end of month", "by the end of the financial year", "before the end of the calendar year", "at the start of next week"), ("at the end of the road",), None, I, ("by", "By", "before", "at", "from", "towards", "until", "At", "Before")),
    Rule("by a month", rf"\bby\s+(?:the\s+)?(?:early\s+|mid[- ]|late\s+)?(?:{MONTH}\b|{SEASON}(?:\s+term)?|half[- ]term|return|next\s+(?:week|month|year|term|{SEASON})|Christmas|Easter)(?:\s+\d{{4}})?", ("by June", "by early autumn 2026", "by next week", "by the autumn term"), ("by Mayor Rae",), None, I, ("by", "By")),
    Rule("a meeting", rf"\b(?:by|before|at|to|for|on|with|in\s+time\s+for|ahead\s+of|prior\s+to|in\s+advance\s+of|until)\s+(?:the\s+|a\s+|its\s+|our\s+|their\s+)?{WHICH}\s+(?:\w+\s+)?{MEETING}",
         ("at the next meeting", "before the next Panel meeting", "at the March meeting of the Forum", "to a future meeting", "on the next agenda", "with the March agenda"), ("at the meeting",), None, I, ("eeting", "ession", "genda")),
    # what is written or sent out from time to time: "in his next report", "with the next bulletin"
    Rule("with the next", rf"\b(?:from|with|in|for|to|alongside)\s+(?:the|his|her|their|its|our|my|a)\s+(?:{WHICH}|coming)\s+(?:\w+\s+)?(?:report|bulletin|newsletter|magazine|update|mailing|mailshot|issue|edition|return|briefing)(?:\s+onwards)?\b",
         ("with the next bulletin", "in his next report", "from the next report onwards", "in the December report"), ("in the report",), None, I, ("next", "Next", "future", "forthcoming", "following", "coming", "report", "bulletin", "newsletter", "update", "issue", "edition")),
    Rule("next sitting", r"\b(?:by|before|at|to|for)\s+(?:the\s+)?next\s+(?-i:(?:Full\s+)?(?:Council|Committee|Panel|Board|Forum|Cabinet|Executive|Authority))\b(?!\s+(?:meeting|year))",
         ("for next Full Council", "to the next Panel"), ("to the next council",), None, I, ("next",)),
    Rule("a quarter", r"\b(?:from|by|before|in|during|at\s+the\s+end\s+of|by\s+the\s+end\s+of)\s+(?:the\s+)?(?:Q[1-4]\b|quarter\s+(?:[1-4]|one|two|three|four)\b|(?:first|second|third|fourth|next|final)\s+quarter\b)(?:\s+(?:of\s+)?\d{4}(?:/\d{2,4})?)?",
         ("from Quarter 1", "in Q3 2026/27", "by the end of the second quarter"), ("for a quarter",), None, I, ("uarter", "Q")),
    Rule("each time", rf"\b(?:each|every)\s+(?:(?-i:{MONTH})\b|spring|summer|autumn|winter)", ("each October", "every spring"), ("each Mayor", "every meeting"), None, I, ("each", "every")),
    Rule("week commencing", rf"\b(?:in\s+the\s+)?(?:w/c|week\s+(?:commencing|beginning|of))\s+(?:the\s+)?{DATED}", ("w/c 9 March", "in the week commencing Monday 9 March 2026"), ("week of work",), None, I, ("w/c", "week", "Week")),
    Rule("within the", r"\bwithin\s+the\s+(?:hour|day|week|fortnight|month|quarter|year)\b|\bwithin\s+a\s+(?:fortnight|year)\b", ("within the week", "within a fortnight"), ("within the weekend market",), None, I, ("within",)),
    Rule("with these", r"\b(?:with|alongside)\s+(?:these|the|his|her|their)\s+(?:draft\s+)?minutes\b", ("with these minutes", "alongside the draft minutes"), ("in the minutes",), None, I, ("minutes",)),
    Rule("next time out", r"\b(?:on|at|during)\s+(?:his|her|their|its|the)\s+next\s+(?:visit|inspection|round|patrol|walk|tour|surgery|trip|call)\b", ("on his next visit", "during the next inspection"), ("on his last visit",), None, I, ("next",)),
    Rule("what the next holds", r"\bthe\s+next\s+(?:\w+\s+){0,2}(?:report|update|bulletin|newsletter|briefing|return)(?=\s+(?:(?:should|would|will|could|to|must)\s+)?(?:include|show|set|cover|contain|give|explain|have|state)\b)", ("that the next progress report include a table", "the next update should show it"), ("the next report was thin",), None, I, ("next",)),
    Rule("within", r"\b(?:with)?in\s+(?:the\s+next\s+)?(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fourteen|twenty(?:-\w+)?|thirty|sixty|ninety|\d{1,3})\s+(?:working\s+)?(?:days?|weeks?|months?)(?:[’']\s+time)?\b", ("within ten days", "in two weeks' time", "within the next 3 months"), ("in recent days",), None, I, ("day", "week", "month")),
    Rule("about a meeting", r"\b(?:before|after|following|prior\s+to|ahead\s+of)\s+(?:the|our|its|their|this)\s+(?:(?!last\b|previous\b)\w+\s+){0,2}meeting\b", ("before the budget meeting", "after the meeting"), ("after the last meeting",), None, I, ("eeting",)),
    Rule("to a body", rf"\b(?:to|at|by|for|before)\s+the\s+(?-i:{MONTH})\s+(?-i:[A-Z]\w+)\b", ("to the May Board", "at the June Panel"), ("to the May queen",), None, I),
    Rule("a day from then", r"\b(?:the\s+(?:next|following)\s+(?:day|week|morning)|(?:that|this)\s+(?:afternoon|evening)|the\s+week\s+after|next\s+time|tomorrow|in\s+the\s+morning|in\s+the\s+(?:coming|next)\s+(?:few\s+)?(?:days|weeks|months)|in\s+the\s+future|soon(?=\s*[.,;]|\s*$))",
         ("the next day", "that afternoon", "in the coming days", "Minutes will be sent soon."), ("as soon as it can",), None, I),
    Rule("over", r"\b(?:over|during)\s+(?:the\s+(?:next|coming)\s+(?:\w+\s+)?(?:days?|weeks?|months?|year)|the\s+(?:spring|summer|autumn|winter)(?:\s+(?:holidays?|recess|months|term))?|Christmas|Easter|the\s+recess|half[- ]term)\b",
         ("over the coming weeks", "over the summer recess"), ("over the river",), None, I, ("over", "uring", "Over")),
    Rule("in a season", rf"\b(?:in|during|early\s+in|later\s+in)\s+(?:the\s+)?(?:early\s+|late\s+|mid[- ]?)?(?:{SEASON}(?:\s+term)?|near\s+future|{MONTH}\b)(?:\s+\d{{4}})?", ("in the summer", "in the autumn term", "in September", "early in the New Year"), ("in Maybury",), None, I),
    Rule("early in a year", r"\b(?:early|late|later|mid)(?:\s+in)?[- ]\d{4}\b|\b(?:later|earlier)\s+(?:in\s+the|this)\s+year\b", ("early 2027", "later in the year"), (), None, I),
    Rule("when done", r"\b(?:when|once|as\s+soon\s+as)\s+(?:(?:they|it|these|this|that|the\s+[\w ]{3,40}?)\s+(?:(?:had|has|have)\s+been\s+\w+|(?:were|was|are|is|became|become|becomes)\s+(?:available|ready|complete[d]?|finalised|known|received|published))|finalised|complete[d]?|available|ready|received|possible|practicable)\b",
         ("when finalised", "once it had been signed", "as soon as possible", "when the figures are available"), ("when asked",), None, I, ("when", "once", "soon", "When", "Once")),
    Rule("after something", r"\b(?:shortly|soon|immediately)\s+after\s+[\w ]{3,40}?(?=\s+to\b|[.,;]|$)|\bshortly(?=[.,;]|$)", ("shortly after election to highlight", "The plan would follow shortly."), ("shortly before",), None, I, ("after", "shortly")),
    Rule("before an event", rf"\bbefore\s+(?:(?!{DAY}\b)[\w’'-]+\s+){{1,6}}?on\s+(?:the\s+)?(?:{DATED})", ("before the walkers’ visit on 12th April", "before the fair on Saturday 6 June"), ("before it closed, and on 3 May",), None, I, ("before", "Before")),
    Rule("before it is done", r"\bbefore\s+(?:(?!could|would|can)\w+\s+){1,4}?(?:(?:is|are|was|were|be)\s+\w+(?:ed|de|en|id)|starts?|begins?|opens?|closes?|ends?|expires?|reopens?|finishes|takes\s+place|falls\s+due)\b|\bbefore\s+(?:the\s+)?(?:\w+\s+){1,3}?(?:next\s+)?meets?\b(?:\s+(?:again\s+)?on\s+\d{1,2}\s+[A-Z]\w+(?:\s+\d{4})?)?|\bbefore\s+(?:Easter|Christmas|(?:half[- ])?term\b|the\s+(?:summer|spring|autumn|winter|elections?|end\s+of\s+(?:the\s+)?\w+))\b|\bon\s+receipt\s+of\s+[\w ]{3,30}?(?=\s+(?:he|she|they|it)\b|[.,;]|$)",
         ("before payment be made", "before the consultation opens", "before Easter", "before half term", "before the panel meets on 5 December", "on receipt of this information he will"), ("before it",), None, 0, ("before", "receipt")),
    Rule("at once", r"\bASAP\b|\ba\.s\.a\.p\b|\bat\s+a\s+later\s+date\b|\bin\s+due\s+course\b|\b(?:[Tt]his|[Nn]ext)\s+(?:week|month|term)\b|\b(?:forthwith|urgently|(?:with|as\s+a\s+matter\s+of)\s+(?:great\s+)?urgency|without\s+delay|at\s+the\s+earliest\s+(?:opportunity|convenience|possible\s+\w+)|straight\s?away|[Ii]mmediately)(?=\s*(?:[.,;]|$))",
         ("ASAP", "in due course", "next week", "This week.", "at the earliest opportunity", "He would do it immediately."), ("asap Rae", "immediately opposite"), None, 0),
)  # fmt: skip
# Behind an undertaking a plain day is the day it is due; before it, a day of something told.
ON_A_DAY = Rule(
    "on a day",
    rf"\bon\s+(?:the\s+)?(?:{DATED}|(?:this\s+|next\s+)?{DAY}(?:\s+(?:morning|afternoon|evening))?|Remembrance\s+(?:Day|Sunday))",
    ("on 25 June 2026", "on Saturday morning"),
    ("on the quay",),
    None,
    I,
    ("on ", "On "),
)
UNDERTAKES = compiled(
    r"\b(?:would|will|should|agreed|undertook|offered|promised|asked\s+to|instructed\s+to|requested\s+to|to\s+(?!the\b|a\b|an\b|[A-Z])\w+)\b"
)
# What of a phrase tells a day, where a calendar can find it.
END_OF = compiled(rf"\bend\s+of\s+(?:the\s+)?(?P<month>{MONTH})\b(?:\s+(?P<year>\d{{4}}))?", I)
AMOUNT = compiled(r"\b(?P<number>[\w-]+)\s+(?P<working>working\s+)?(?P<unit>day|week|month)s?\b", I)
WEEKDAY = compiled(rf"\b(?P<day>{DAY})\b", I)
DAY_OF_MONTH = compiled(
    rf"\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<month>{MONTH})\b|\b(?P<month2>{MONTH})\s+(?P<day2>\d{{1,2}})\b",
    I,
)
SHORT_DATE = compiled(r"\b(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{2}|\d{4})\b")
NEXT_MEETING = compiled(r"\bnext\s+(?:\w+\s+){0,2}meeting\b", I)
# Where a paper states when the body will next meet.
MEETS_NEXT = Rule(
    "meets next",
    r"\b(?:date\s+(?:and\s+time\s+)?of\s+(?:the\s+)?next\s+meeting|next\s+(?:\w+\s+){0,3}?meeting\s*(?:[:\-–]|(?:will\s+be|to\s+be|is|was|would\s+be)\b)|meet\s+again\s+on)",
    ("Date of next meeting: 3 June 2026", "The next meeting of the Panel was noted. The next meeting will be on 3 June", "Next meeting - Tuesday 3 June 2026"),
    ("at the next meeting the Clerk would report",),
    None,
    I,
    ("ext", "gain"),
)  # fmt: skip
RULES = (*DUE, ON_A_DAY, MEETS_NEXT)
