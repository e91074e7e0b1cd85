"""Actions: labels, undertakings, requests, due phrases, and what only sounds like a task (minutes-grammar 5)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled, part
from minutebook.extract.rules import Rule, any_of, people

POSTS = part(
    "POSTS",
    any_of(
        "Chair|Chairman|Vice-Chair|Vice Chair|Clerk|Assistant Clerk|Town Clerk|Parish Clerk|Secretary|Treasurer|Convenor|Convener|Officers|officers|Leader|"
        "PCC|OPCC|Chief Constable|Chief Executive|Committee Assistant|Monitoring Officer|Scrutiny Officer|Democratic Services|Democratic Services Officer|"
        "PCO|All|Members|Councillors|Director|Head of Service|Portfolio Holder|Cabinet Member|Caretaker|Parish Caretaker|Lengthsman|Handyman|Groundsman|PCSO|CPO|Officials|"
        "Treasurer|Secretariat|Webmaster|Admin|Trustees|Governors|Members of the Panel|Officer"
    ),
)
# Any post in capitals behind an article: "the Head of Legal Services", "The Assistant Director for Roads"
SOME_POST_BODY = rf"(?:(?!(?:{people.POST_NOUNS})\b)(?:[A-Z][\w’'-]+|151)\s+(?:(?:and|&)\s+)?){{0,5}}(?:{people.POST_NOUNS}|Superintendent|Inspector|Sergeant|Surgeon|Planner|Directors|Heads|Officers|Team)\b(?:\s+(?:of|for|\(|-)\s*[A-Z][\w’'-]+(?:,?\s+(?:and\s+|&\s+|of\s+)?[A-Z][\w’'-]+){{0,5}}+\)?)?"
SOME_POST = part("SOME_POST", rf"[Tt]he\s+{SOME_POST_BODY}")
SHARED_TITLE = compiled(rf"^(?P<title>{people.PLURAL_TITLE})\.?\s+")
VERB_WORDS = (
    "circulate|send|provide|share|forward|report back|bring|write|contact|arrange|check|clarify|investigate|look into|look at|chase|raise|add|update|draft|"
    "prepare|meet|follow up|liaise|speak|e-mail|email|enquire|confirm|obtain|ask|order|organise|convey|discuss|pass|seek|find out|take|submit|complete|notify|"
    "inform|advise|invite|publish|distribute|collect|include|review|explore|feed back|come back|get|monitor|make|request|publicise|coordinate|"
    "co-ordinate|ring|visit|inspect|remind|attend|return|supply|present|consult|purchase|repair|paint|erect|install|remove|replace|clear|cut|fix|mend|price|"
    "ascertain|re-send|resend|print|design|call|fill|action|book|reserve|proceed|progress|implement|complete|finalise|scan|upload|post|deliver|apply|claim|"
    "ensure|issue|reply|respond|have|put|let|do|keep|consider the|register|set up|act|address|report|escalate|undertake|work|draw up|let|tell|try again|sign|pass on|take up|look through|ensure that|recirculate|re-circulate|reissue|resubmit|brief|convene|relay|feedback|research|source|amend|pursue|collate|compile|deal with"
)
VERBS = any_of(VERB_WORDS)
INITIALS = part("INITIALS", r"[A-Z][A-Za-z]{0,2}[A-Z]")
# "the PCP Chair", "the OPCC": an acronym, perhaps with an office behind it
ACRONYM = part("ACRONYM", r"(?:[Tt]he\s+)?[A-Z]{2,5}(?:\s+(?:Chair(?:man)?|Clerk|Secretary|Board))?(?![\w’'])")
OWNER = part(
    "OWNER",
    rf"(?<![\w’'])(?:{people.TITLE}{people.NAME}|{SOME_POST}|(?:[Tt]he\s+)?{POSTS}|the\s+(?:clerk|chairman|chairperson|secretary|treasurer|caretaker|warden)(?![\w’'])|{ACRONYM}|{INITIALS}(?![\w’'])|{people.FULL_NAME})",
)
# A part of the body that may take on a task.
GROUP = part(
    "GROUP",
    r"[Tt]he\s+(?:[A-Z][\w-]+\s+){0,3}(?:[Ww]orking\s+[Gg]roup|[Ww]orking\s+[Pp]arty|[Gg]roup|[Ss]ub-?[Cc]ommittee|[Tt]eam)",
)
PLURAL_OWNERS = part(
    "PLURAL_OWNERS",
    rf"{people.PLURAL_TITLE}\.?\s+{people.NAME}(?:\s*(?:,|/|&|\band\b)\s*(?!{people.TITLE}|{INITIALS}(?![\w’'])){people.NAME})*+",
)
# Behind a label, or alone in a cell, a post needs no article: "Director of Place", "Head of Legal Services".
BARE_POST = part("BARE_POST", SOME_POST_BODY)
# One doer, or several who share a title.
DOER_OF_TASK = part("DOER_OF_TASK", rf"(?:(?<![\w’']){PLURAL_OWNERS}|{OWNER})")
# Atomic, since its alternatives overlap and a long list of them would be tried in every way.
OWNERS = part("OWNERS", rf"(?:{PLURAL_OWNERS}|(?>{OWNER}))(?:\s*(?:/|,|;|&|\band\b|\+)\s*(?>{OWNER}))*+")
LABELLED_OWNERS = part(
    "LABELLED_OWNERS",
    rf"(?:{PLURAL_OWNERS}|(?>{BARE_POST}|{OWNER}))(?:\s*(?:/|,|;|&|\band\b|\+)\s*(?>{BARE_POST}|{OWNER}))*+",
)
# Somebody printed before the owner as his partner in the task: "KC and " HL would.
PARTNER = compiled(
    rf"(?P<owner>{people.TITLE}{people.NAME}|(?:[Tt]he\s+)?{POSTS}|{INITIALS}(?![\w’']))\s*(?:/|&|\band\b|(?<=[A-Z]),)\s*$"
)
# Who holds a post, behind it: "the Treasurer, Jo Penn, agreed"
NAMED_ASIDE = compiled(rf"\s*[,(]\s*(?P<name>(?:{people.TITLE}{people.NAME}|{people.FULL_NAME}))\s*[,)]")
# Behind the last of a list, those before him are parted by commas: "Cllr Rae, Cllr Voss and " the Clerk agreed.
LISTED_PARTNER = compiled(
    rf"(?P<owner>{people.TITLE}{people.NAME}|(?:[Tt]he\s+)?{POSTS}|{INITIALS}(?![\w’']))\s*(?:/|&|,|\band\b)\s*$"
)
# A typed label; what follows is its owner, its task, or both.
LABEL = compiled(
    rf"^\W{{0,2}}(?:(?:Agreed\s+a|AGREED\s+A|Agreed\s+A|A)(?:CTIONS?|ctions?)(?:\s+(?:[Rr]equired|REQUIRED|[Pp]oints?|POINTS?|[Ii]tems?|ITEMS?|[Aa]greed|AGREED|[Aa]rising))?(?:\s+(?:[Nn]o\.?\s*)?\d{{1,3}}(?:[./]\d{{1,3}})*)?(?:\s+(?:by|BY|[Ff]or|FOR)\s+(?P<by>[A-Z][\w ]{{1,40}}?)(?=\s*:)|\s*[(\[](?P<given>{OWNERS})[)\]](?=\s*[:\-–])|\s+(?P<named>(?:{INITIALS}|{POSTS})(?![\w’'])(?:\s*[/&]\s*(?:{INITIALS}|{POSTS})(?![\w’']))*)(?=\s*:))?|AP\s?\d{{1,3}}|Required\s+[Aa]ctions?|Next\s+[Ss]teps|NEXT\s+STEPS)\s*(?:[:\-–]+|(?=\s*$)|\s(?=(?:{OWNERS})\W*$))\s*(?P<rest>.*?)[)\]]?$"
)
AT_END = compiled(
    rf"[(\[]\s*(?:ACTIONS?|Actions?)\s*[:\-–]?\s*(?P<rest>[^()\[\]]+)[)\]]\s*\.?$|(?<=[.;])\s+(?:ACTIONS?|Actions?)\s*(?:[:\-–]|(?=\s(?:{OWNERS})\W*$))\s*(?P<rest2>.+)$"
)
# A sentence that only says who acts on the one before: "The lamp is out. Clerk to action."
TO_ACTION = compiled(
    rf"(?:^\W*|(?<=[.;:!?)])\s+)(?P<owner>{LABELLED_OWNERS})\s+(?:to|will|would)\s+(?i:action)(?:\s+(?:this|it|same|the\s+above|as\s+above))?\s*(?:[.;]|$)"
)
# Where another label begins in the paragraph of one.
NEXT_LABEL = compiled(
    r"(?<=[.;)\]])\s+(?=(?:ACTIONS?|Actions?)(?:\s+(?:[Nn]o\.?\s*)?\d{1,3}(?:[./]\d{1,3})*|\s+[A-Z]{2,3}|\s*\([^()]{2,30}\))?\s*[:\-–]\s*[A-Za-z])"
)
ONLY_OWNERS = compiled(rf"^\W*(?P<owner>{LABELLED_OWNERS})\W*$")
OWNER_THEN_TASK = compiled(
    rf"^\W*(?P<owner>{LABELLED_OWNERS})\s*(?:[:\-–]\s*|\s+)(?P<task>(?:to|will|would|should|agreed\s+to|has\s+agreed\s+to)\s+\w.+)$"
)
# Behind a label, a given name alone is an owner too: "Action: Ann and Bo to meet the school".
GIVEN_THEN_TASK = compiled(
    r"^\W*(?P<owner>[A-Z][a-z]{2,12}(?:\s*(?:/|,|&|\band\b)\s*[A-Z][a-z]{2,12})*+)\s+(?P<task>(?:to|will|would)\s+\w.+)$"
)
# The same in capitals.
SHOUTED_OWNER = compiled(r"^\W*(?P<owner>[A-Z]{2,}(?:[ /&]+[A-Z]{2,}){0,4}?)\s+TO\s+[A-Z]{2,}")
# Fields behind a task: "Owner: Clerk. Due: 5 June", "(Lead: AB; by when: May)"
FIELD_BEHIND = compiled(
    r"[\s(\[,;.–-]+(?:(?P<who>owners?|leads?|lead\s+officer|by\s+whom|responsible(?:\s+officer)?|assigned\s+to)|due(?:\s+(?:date|by))?|deadline|by\s+when|when|target(?:\s+date)?|timescale|completion\s+date)\s*:\s*(?P<value>[^:;.()\[\]]{2,60}?)[\s.;,)\]]*$",
    I,
)
# Where the next of several owners begins: "AB – draft it; CD – ring them".
NEXT_DASHED = compiled(rf"[;.]\s+(?={LABELLED_OWNERS}\s*[-–:]\s)")
OWNER_DASH_TASK = compiled(rf"^(?P<owner>{LABELLED_OWNERS})\s*[-–:]\s*(?P<task>\S.+)$")
# Its owner in brackets, or behind a dash, at the end of a task.
TASK_THEN_OWNER = compiled(
    rf"^(?P<task>\S.{{8,400}}?)\s*(?:[(\[]\s*(?:(?:[Oo]wner|[Ll]ead|[Aa]ction)s?\s*:\s*|[Bb]y\s+)?|(?<=[.\w)])\s+[-–]+\s+)(?P<owner>{LABELLED_OWNERS})\s*[)\]]?\W*$"
)
# An entry in a list of actions: "To send the plan", "Plan to be sent", "Write to the school".
TO_DO = compiled(rf"^\W*(?:[Tt]o\s+\w+|.{{3,200}}?\bto\s+be\s+\w+(?:ed|en|t|ne|de)\b|(?i:{VERBS})\s+(?!ed\b)\w+)")
# The subject of a sentence, in minutes and under an action heading of a report.
SENTENCE_DOER = compiled(rf"^\W*(?P<owner>{OWNER})\b")
REPORT_DOER = compiled(rf"^(?:That\s+)?(?:[Tt]he\s+)?(?P<owner>{OWNER})\b")
# What the columns of a table of actions are for, by their titles.
COLUMNS = {
    "task": compiled(r"^(?:agreed\s+|required\s+|outstanding\s+)?(?:actions?|tasks?)(?:\s+(?:required|agreed|points?|items?|to\s+be\s+taken|requested|description))?\W*$|^what\W*$", I),
    "owner": compiled(r"^(?:(?:action|task)\s+)?(?:owners?|by\s+whom|who|leads?|responsible|responsibility|assigned\s+to|by|lead\s+officers?|officers?|(?:responsible|accountable)\s+(?:officer|person)|person\s+responsible|action\s+(?:by|for|owner|officer))\W*$", I),
    "due": compiled(r"^(?:due(?:\s+(?:date|by))?|deadline|by\s+when|when|target(?:\s+(?:date|completion))?|timescales?|completion\s+date|date\s+due|date\s+for\s+completion)\W*$", I),
    "state": compiled(r"^(?:status|progress|updates?|state|rag|(?:progress|status|current)\s*/?\s*(?:updates?|status|position)|completed?\W*)\W*$", I),
}  # fmt: skip
# Behind the owner's column these two tell when; before it "By" is the owner and "Date" that of a meeting.
DUE_BEHIND_OWNER = compiled(r"^(?:by|date)\W*$", I)
STATUS = compiled(r"^(?:status|state|rag(?:\s+(?:status|rating))?|completed?\??)\W*$", I)
# The column that holds what was said, where minutes are a table: such a table has the tasks of each item beside it.
DISCUSSION = compiled(r"\b(?:discussions?|notes|summary|detail|key\s+points|minutes)\b(?!\s*(?:no|ref|number)\b)", I)
WORD = compiled(r"[A-Za-z]{2}")
# A cell of tasks that holds more than a mark or a word.
WORDED = compiled(r"\w{2,}\W+\w{2,}")
# The parts of a cell whose lines have run together: "A Penn B Orme", "May 2026 June 2026".
OWNER_BY_INITIAL = compiled(rf"(?:{people.TITLE})?[A-Z]\.?[ ]{people.WORD_OF_NAME}")
MONTH_AND_YEAR = compiled(
    r"(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\s+\d{2,4}"
)
# A heading above a table that tells what became of earlier tasks.
REVIEW = compiled(
    r"\b(?:meeting|minutes)\s+and\s+actions?\s+(?:log|tracker|list|sheet|points?|table)\b|\bactions?\s+(?:log|tracker|list|sheet|points?|table)\s+(?:was|were|had\s+been)\b|\breview(?:ed)?\s+(?:of\s+)?(?:the\s+)?actions?\s+(?:log|tracker|list|sheet|points?|table)\b|"
    r"\b(?:review|update|progress|follow[- ]up)\b.{0,20}\b(?:actions?|matters)\b.{0,40}\b(?:last|previous)\b|\bmatters\s+arising\b|\bactions?\s+(?:from|arising\s+from|of)\s+(?:the\s+)?(?:last|previous)\b|\boutstanding\s+actions?\b",
    I,
)
END_OF_PAPER = compiled(
    r"^\W*end\s+of\s+(?:the\s+)?(?:minutes|meeting|notes)\b|^\W*(?:date|time)\s+(?:and\s+\w+\s+)?of\s+(?:the\s+)?next\s+meeting|^\W*next\s+meetings?\s*(?:[:\-–]|$)|^\W*(?:signed|chair(?:man|person)?)\b.{0,20}[._…]{3}|^\W*the\s+meeting\s+(?:closed|ended|concluded)",
    I,
)
# One, two or three names or initials, as a column of owners holds them; and given names that stand before their task.
SHORT_OWNER = compiled(r"^\W*[A-Z][\w’'.-]*(?:(?:\s*[/,&]\s*|\s+(?:and\s+)?)[A-Z][\w’'.-]*){0,3}\W*$")
GIVEN_FIRST = compiled(r"^(?P<owner>[A-Z][a-z]{1,12}(?:/[A-Z][a-z]{1,12})*)\s+(?=[A-Z])")
# A line that was broken within a phrase.
GOES_ON = compiled(r"(?:\b(?:and|of|the|to|for|with|in|on|at|by|from|a|an)|[,&/-])$")
ONLY_DATE = compiled(
    r"^\W*(?:by\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?(?:\s+\d{2,4})?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|(?:end\s+(?:of\s+)?)?(?:January|February|March|April|May|June|July|August|September|October|November|December)(?:\s+\d{4})?|next\s+meeting|ASAP|immediate(?:ly)?)\W*$",
    I,
)
# Labels that hold no task (traps 48, 108, 110).
EMPTY = compiled(
    r"^\W*(?:noted?|none|nil|n/?a|no\s+(?:further\s+)?actions?(?:\s+(?:required|arising|needed))?|approved|agreed|complete[d]?|closed|on-?\s?going|continues?|(?:for\s+)?(?:noting|note|information|decision|discussion|approval|consideration|comment|endorsement|assurance|scrutiny|monitoring)|(?:(?:all|members|board|committee|panel|forum|group|council)\s+)?(?:to\s+note|noted)|(?:non-?\s?)?key(?:\s+decision)?)(?:\s*(?:/|and|,)\s*(?:for\s+)?(?:noting|information|decision|discussion|approval|comment))?\W*$",
    I,
)
STATE = compiled(
    r"^\W*(?:Action\s+)?(?P<state>complete[d]?|closed|on-?\s?going|open|continues?|no\s+further\s+action|in\s+progress|done|discharged|outstanding)\W*$",
    I,
)
# A label that stands before a decision, not a task (trap 110).
DECIDES = compiled(r"^(?:The\s+)?(?:[A-Z]\w+\s+){1,4}(?:RESOLVED|[Rr]esolved|AGREED|NOTED|noted)\b|^RESOLVED\b")
# The state with which the cell of an action's progress begins.
STATED = compiled(
    r"^\W*(?:Action\s+)?(?P<state>complete[d]?|closed?|on-?\s?going|open|in\s+progress|not\s+started|outstanding|overdue|done|discharged|actioned|achieved|superseded)\b",
    I,
)
# "On the work programme. Close"
TO_CLOSE = compiled(r"(?:^|[.;,–-]\s*|\b(?:to|be|can|now|recommend)\s+)(?:be\s+)?(?:closed?|completed?)\W*$", I)
DONE = frozenset(
    ["complete", "completed", "close", "closed", "done", "discharged", "actioned", "achieved", "superseded"]
)
# An owner and the day in one cell: "AB, 7 March", "Clerk – by the end of May".
OWNER_AND_DUE = compiled(
    rf"^\W*(?P<owner>{LABELLED_OWNERS})\s*(?:[,;:(]|\s[-–])\s*(?P<due>(?:by\s+|before\s+)?(?:\d{{1,2}}(?:st|nd|rd|th)?\s+\w+(?:\s+\d{{2,4}})?|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|(?:the\s+)?(?:end\s+(?:of\s+)?)?(?:\w+\s+)?(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\s+(?:\d{{4}}|meeting))?|(?:the\s+)?next\s+meeting|ASAP|ongoing|immediate(?:ly)?))\s*\)?\W*$",
)

# Of what is told with "would" or "will", fewer verbs are promises: "the scheme would run", but "RB to run the stall".
TASK_VERBS = any_of(
    VERB_WORDS
    + "|do so|lay|speak to|hold|attend to|go to|produce|deal with|deal|sort|attempt|try|pursue|amend|revise|redraft|continue|host|run|move|transfer|pay|advertise|display|collate|compile|phone|telephone|text|"
    "keep track|source|negotiate|approach|engage|assess|scope|trial|lead|table|refer|give|hold|pick|look|thank|mark|plant|measure|treat|help|support|assist|"
    "identify|establish|agree|discuss|determine|develop|define|create|re-?draft|reconsider|re-?visit|explain|highlight|outline|select|choose|recruit|appoint|open|close|"
    "join|represent|go|start|begin|bid|test|train|clean|sweep|paint|spray|strim|mow|dig|build|buy|sell|hire|lend|borrow|store|hang|light|decorate|"
    "cancel|renew|register|subscribe|sign|stamp|file|record|minute|note and|map|survey|form|secure|promote|canvass|tidy|water|trim|top up|reinstate|relocate|compare|evaluate|calculate|facilitate|put together|pull together|sound out|firm up|work with|talk to|work up|double check|re-check|audit|quote|cost|estimate|tender|invoice|bank|deposit|send out|hand out"
).replace(r"re\-\?", "re-?")
ADVERB = r"(?:also\s+|then\s+|therefore\s+|now\s+|subsequently\s+|additionally\s+)?"
# A step that a report announces: who will do what. What will only happen, or be put to a body, is none.
NEXT_STEP = compiled(
    rf"^\W*(?P<owner>(?:{OWNERS}|[Tt]he\s+{people.FULL_NAME}|{GROUP}|(?:[Tt]he\s+)?(?:[\w-]+\s+){{0,2}}(?:officers|managers|commanders|members|councillors|governors|trustees|staff|volunteers))(?:\s+to\s+the\s+[A-Z]\w+)?)(?:,[^,.;]{{3,80}},)?\s+(?:will|shall|to|(?:is|are)\s+to)\s+{ADVERB}(?!(?:be|have|need|remain|include|result|benefit|receive|consider|decide|determine|vote|note|the|an?)\b)[a-z]"
)
NEXT_STEPS = compiled(r"^\W*next\s+steps\b", I)
# Where one step of a list ends and the next begins.
STEP_ENDS = compiled(r";\s+(?:and\s+)?")
DOING = r"(?:ringing|reporting|bringing|circulating|contacting|sending|letting|writing|meeting|attending|arranging|speaking|providing|sharing|raising|checking|asking|discussing\b.{1,120}?\breporting|looking\s+into|preparing|drafting|visiting|following)"
TAKES_ON = r"(?:agreed|undertook|offered|promised|volunteered|committed)"
# Sentences in which a named doer takes on a task. `owner` is the doer.
UNDERTAKINGS = (
    Rule("offered", rf"(?P<owner>{DOER_OF_TASK})(?:\s*\([^)]*\)|,[^,.]{{3,60}},)?\s+(?:has\s+|have\s+|for\s+(?:his|her|their)\s+part\s+)?{ADVERB}(?:kindly\s+|duly\s+|again\s+)?(?:{TAKES_ON}|confirmed\s+that\s+(?:s?he|they)\s+would)\s+(?:to\s+)?{ADVERB}{TASK_VERBS}\b",
         ("Ms Penn offered to follow up with Members", "The Chair agreed to write to group leaders", "Dr Lunt undertook to send the figures on.", "The Head of Legal Services agreed to circulate a note"),
         ("The Chair agreed with Cllr Rae", "The Committee agreed to write"), "inline", needs=("agreed", "undertook", "offered", "promised", "volunteered", "committed", "confirmed")),
    Rule("to", rf"(?:^\W*|[.;:–]\s+|\((?=[^()]{{3,60}}\)\W*$)|\band\s+|,\s+)(?P<owner>{DOER_OF_TASK})\s+to\s+{ADVERB}(?!replace\s+{people.TITLE}){TASK_VERBS}\b(?!,\s+without\s+note)", ("Clerk to arrange payment.", "The bill was read. RC to check it", "NCC to deal with the school", "Cllrs Rae and Voss to meet the firm", "It should be mended (AR to action)."), ("the Forum was moved to write", "Cllr Rae to replace Cllr Voss", "The application (Mr Orme to build a porch) was discussed"), "inline", needs=("to",)),
    Rule("would", rf"(?P<owner>{DOER_OF_TASK})\s+{ADVERB}(?:would|will|is\s+to|was\s+to|are\s+to|were\s+to)\s+{ADVERB}(?!sign\s+the\s+minutes){VERBS}\b",
         ("RB would contact the school", "Mr Orme will send the plan", "GD was to contact the depot", "the Clerk would then write"),
         ("Mr Orme would be sorry", "The plan would be sent", "The Chairman will sign the minutes"), "inline", needs=("would", "will", "to")),
    Rule("said he would", rf"(?P<owner>{OWNER})(?:,[^,.]{{3,60}},)?\s+(?!asked\b|enquired\b|had\b)[^.]{{0,240}}?\b(?:s?he|they)\s+would\s+{ADVERB}(?:{VERBS}(?!\s+been)|be\s+{DOING})\b",
         ("Cllr Hale said she would call the depot", "Cllr Rae reported that nobody had told her and that she would raise it with the clerk.", "Cllr Voss told members that he would be ringing the company in the morning"), ("Cllr Pym asked whether she would ring",), "inline", needs=("would",)),
    Rule("and offered", rf"^\W*(?P<owner>{OWNER})\s+[^.;]{{3,240}}?\b(?:and|but)\s+(?:has\s+|had\s+)?(?:kindly\s+)?(?:(?:(?:{TAKES_ON})\s+to|(?:would|will)(?:\s+also)?)\s+{VERBS}|would\s+be\s+{DOING})\b",
         ("Mr Orme said that it would take a year and offered to come back with the figures.", "Cllr Rae had no luck and will try again", "The Chief Superintendent did not know but undertook to provide it"), ("It was said and Mr Orme offered to go",), "inline", needs=("and", "but")),
    Rule("was asked to", rf"(?P<owner>{DOER_OF_TASK})(?:,[^,]{{3,60}},)?\s+(?:(?:was|were|be|is|are)|(?:would|will|to)\s+be)\s+{ADVERB}(?:tasked\s+with\s+\w+ing\b|(?:asked|requested|instructed|tasked|invited)(?:\s+by\s+[^,.]{{3,40}}?)?\s+to\s+(?!(?:note|consider|agree|approve|speak|address|introduce|comment|leave|declare|disclose|observe|stand|rise|switch|turn|silence|indicate|identify\s+any|join|vote|take\s+the\s+chair)\b)\w+)",
         ("Mr Dunn was asked to price the fence.", "The Clerk was requested to write", "Cllr Rae would be asked to open it", "The Chief Executive was asked by the Mayor to see to it", "The Clerk was tasked with obtaining three quotes"), ("Members were asked to note", "Members are asked to declare any interests"), "inline", needs=("asked", "requested", "instructed", "tasked", "invited")),
    Rule("body asked", rf"(?:^|\.\s+|;\s+)(?:The\s+)?(?:Committee|Panel|Board|Council|Members|Councillors|Committee\s+Members|Cabinet|Forum|Sub-Committee|Commission|Chair(?:man)?|It\s+was\s+agreed\s+that)\s+{ADVERB}(?:asked|requested|instructed|invited|tasked)\s+(?:that\s+)?(?:the\s+)?(?P<owner>{OWNER})\s+(?:to\s+)?(?!note\b|consider\b|agree\b|said\b|asked\b)(?:{VERBS})\b",
         ("Members asked officers to explore the dates.", "The Committee requested the Clerk to write", "The Chair asked Mr Orme to send it"), ("Members asked whether", "Members asked Mr Orme about it"), "inline", needs=("asked", "requested", "instructed", "invited", "tasked")),
    Rule("and asked", rf"(?:^|\.\s+|;\s+)(?:The\s+)?(?:Committee|Panel|Board|Council|Members|Councillors|Forum|Sub-Committee|Commission|Trustees|Governors)\s+[^.;]{{3,200}}?\band\s+(?:asked|requested|instructed)\s+(?:that\s+)?(?:the\s+)?(?P<owner>{OWNER})\s+to\s+(?!note\b|consider\b|be\b|leave\b)\w+",
         ("The Council were sorry that it was so slow and asked the Clerk to say so.",), ("Members were sorry and asked to leave", "Mr Orme was sorry and asked the Clerk to write"), "inline", needs=("asked", "requested", "instructed")),
    # the order to ask is given in passing; in capitals or behind a lead word it is a decision
    Rule("agreed to ask", rf"\b(?:agreed|decided|resolved)\s+(?:to\s+|that\s+we\s+)(?:ask|instruct|request|task)\s+(?:the\s+)?(?P<owner>{DOER_OF_TASK})\s+to\s+(?!note\b|consider\b)\w+",
         ("It was agreed to ask the Clerk to obtain quotes.", "Members decided to instruct the Town Clerk to write"), ("It was agreed to ask for quotes",), "inline", needs=("to ask", "instruct", "request", "task", "we ask")),
    # the auxiliary is left out: "Clerk asked to write"; but "Mr Orme asked to speak" tells his own wish
    Rule("asked, for short", rf"(?:^\W*|[.;:–]\s+)(?P<owner>{DOER_OF_TASK})\s+(?:instructed|tasked|directed|(?<=Clerk |Officers )(?:asked|requested))\s+to\s+{VERBS}\b",
         ("Clerk asked to obtain quotes.", "It is out. Cllr Rae tasked to write"), ("Mr Orme asked to speak", "Clerk asked to leave"), "inline", needs=("asked", "requested", "instructed", "tasked", "directed")),
    Rule("agreed that he should", rf"\b(?:agreed|decided|resolved)\s+that\s+(?:the\s+)?(?P<owner>{DOER_OF_TASK})\s+(?:(?:should|would|will)\s+)?{ADVERB}{VERBS}\b", ("The Panel agreed that the Chairman should write to the depot", "It was agreed that Cllr Rae take this forward"), ("The Panel agreed that the depot should be shut",), "inline", needs=("agreed", "decided", "resolved")),
    # somebody the paper does not list may be the doer of a relative clause: "a table, which Jo Lane would circulate"
    Rule("which he would", rf"\bwhich\s+(?P<owner>{people.FULL_NAME})\s+(?:would|will)\s+{ADVERB}{VERBS}\b", ("a corrected table, which Jo Lane would circulate",), ("which the office would send",), "inline", needs=("which",)),
    Rule("by somebody", rf"\b(?:would|will|should|to|(?:agreed|resolved|decided)\s+that\s+[\w ’'-]{{3,80}}?)\s+be\s+(?:drafted|prepared|drawn\s+up|circulated|written|sent|arranged|organised|contacted|investigated|chased|followed\s+up|looked\s+into|provided|checked|inspected|repaired|mended|obtained|collected|ordered|purchased|installed|raised|reported|produced|compiled|completed|delivered|dealt\s+with|taken\s+up|cleared|cut|painted|put\s+up|updated|amended)(?:\s+and\s+\w+(?:ed|en|t))?\s+by\s+(?P<owner>{OWNERS})",
         ("It was agreed that a reply be drafted by AR and BV for approval in May", "A note would be circulated by the Clerk"), ("The noise would be heard by Cllr Rae", "The plan was drafted by Mr Orme"), "inline", needs=(" by ",)),
    Rule("promised that", rf"(?P<owner>{OWNER})\s+(?:promised|undertook|agreed|gave\s+an?\s+(?:undertaking|assurance))\s+(?:\w+\s+)?that\s+(?:s?he|they)\s+would\s+(?!not\b|be\b|have\b)\w+", ("Sir Kit promised him that he would walk the street",), ("Cllr Rae agreed that it would rain",), "inline", needs=("would",)),
    Rule("do so", rf"(?P<owner>{OWNER})\s+(?!asked\b)[^.;]{{0,60}}?\b(?:could|would\s+be\s+(?:pleased|happy|glad|able)\s+to|would|will|agreed\s+to)\s+do\s+so\b", ("Mr Orme confirmed he could do so.", "The Commissioner responded that she would be pleased to do so by May"), ("Mr Orme had done so",), "inline", needs=("do so",)),
    Rule("given name", rf"^\W*(?P<owner>[A-Z][a-z]{{2,12}})\s+(?:(?:kindly\s+)?(?:{TAKES_ON})\s+to|to|will|would)\s+{TASK_VERBS}\b", ("Ann to provide an update", "Ann agreed to send the list"), ("Ann sent the list",), "inline"),
    # the plain form of the verb after a name is an order: "Cllr Orme contact the quarry"
    Rule("plain verb", rf"^\W*(?P<owner>{people.TITLE}{people.NAME}|(?:The\s+)?Clerk)\s+(?:contact|write|order|arrange|check|organise|obtain|investigate|chase|report|speak|liaise|send|ask)\s+(?:to|with|the|a|for|up|[A-Z])",
         ("Cllr Orme contact Northmere Quarry and order gravel.", "Clerk write to the school"), ("Cllr Orme reports to the panel",), "inline"),
    Rule("group would", rf"\b(?P<owner>{GROUP})\s+(?:would|will|agreed\s+to|undertook\s+to)\s+{ADVERB}(?:look\s+into|arrange|report\s+back|investigate|contact|circulate|draft|prepare|bring|liaise|write|organise|follow\s+up)\b",
         ("The group would look into it.", "The Parks Working Group will report back"), ("The group would be large",), "inline", needs=("roup", "arty", "ommittee", "eam")),
)  # fmt: skip
# What an applicant asks leave for is no task of his: "Mr Orme to erect a shed".
APPLIES = compiled(
    r"\s+to\s+(?:erect|build|construct|replace|install|convert|demolish|extend|fell|lop|prune|remove|paint|hold|open|run)\b"
)
SURELY_SOMEBODY = ("which he would", "was asked to", "group would")
# He or she who was the subject of the sentence before takes on a task.
PRONOUN_DOER = compiled(
    rf"^\W*(?:He|She|They)\s+(?:[^.;]{{3,160}}?\b(?:and|but)\s+)?{ADVERB}(?:{TAKES_ON}\s+to\s+{ADVERB}{TASK_VERBS}|(?:(?:said|added|replied|confirmed|stated|advised|responded)\s+(?:that\s+)?(?:s?he|they)\s+)?(?:would|will)\s+{ADVERB}(?:circulate|send|forward|report\s+back|write|contact|arrange|check|chase|investigate|look\s+into|share|provide|raise|speak|find\s+out|ask|enquire|liaise|follow\s+up|email|e-mail|obtain|let|bring|come\s+back))\b"
)
# A sentence that goes on about the same person, and one that begins with a given name.
OF_THE_SAME = compiled(r"\W*(?:He|She)\b")
GIVEN_SUBJECT = compiled(r"^\W*(?P<owner>[A-Z][a-z]{1,12})(?=\s+(?:[a-z]))")
# Where a doer with a task begins, and what joins him to the doer before.
DOER = compiled(
    rf"(?:^|(?P<joint>(?:,|;|/|,?\s*\band|&)\s+)|(?<=[\w)’.])\s+)(?P<owner>{OWNERS})\s+(?:for\s+(?:his|her|their)\s+part\s+)?(?:(?:(?:is|are|was|were)\s+)?to\s+{ADVERB}{TASK_VERBS}|(?:will|would)\s+{ADVERB}{VERBS}|(?:{TAKES_ON}|(?:was|were|be)\s+(?:asked|requested|instructed))\s+to\s+{VERBS})\b"
)
# A doer with a title, or "The" with a capital: where no mark stands before him, a full stop was lost.
NEW_SUBJECT = compiled(rf"The\s|Clerk\s|{people.TITLE}[A-Z]")
JOINT_AT_END = compiled(r"\s*(?:[,;/&]|\band)?\s*$")
# Behind these words the doer belongs to what was said before him ("agreed that RB would write", "asked RB to write").
GOVERNS = compiled(
    r"(?:\b(?:that|for|by|with|from|of|to|if|as|because|asked|requested|invited|instructed|request|ask|instruct|invite|thanked|agreed|and|or|but|when|which|who)|[,;:/(])\s*$"
)
_PERSON_OR_POST = rf"{people.TITLE}{people.NAME}|{people.FULL_NAME}|(?:[A-Z][\w’'-]+\s+(?:(?:of|for|and|the)\s+)*){{0,8}}?(?:{people.POST_NOUNS}|Caretaker|Lengthsman|officers|Officers)(?:\s+(?:of|for)\s+[A-Z][\w ’'&-]+?)?"
# A clause of a decision that charges somebody with a task (5.3); a body is no such somebody.
CHARGED = (
    Rule("charged", rf"(?:^|\b(?:and|but)\s+that\s+|\bto\s+(?:instruct|ask|request)\s+)(?:[Tt]hat\s+|THAT\s+)?(?:[Tt]he\s+)?(?P<owner>{_PERSON_OR_POST}(?:\s+and\s+(?:[Tt]he\s+)?{OWNER})?)"
         rf"(?:,[^,]{{3,60}},)?\s+(?:(?:should\s+)?(?:be|is|are|was|to\s+be)\s+(?:again\s+)?(?:asked|requested|instructed|tasked|invited)\s+to\s+(?!note\b)\w+|(?:would|should|will|to)(?:,[^,]{{3,80}},)?\s+{ADVERB}(?:{VERBS})\b|(?:{VERBS}|agree(?=\s+a\b))\s+(?:to|with|the|a|all|[A-Z]\w+)\b)",
         ("That the Head of Parks be asked to bring a report", "That Mr Orme, the Town Clerk, be asked to mend it", "That the Chairman write to the school", "that Councillor Rae would share it",
          "That the plan be agreed and that the Clerk should now undertake the work", "That the Director of Children’s Services be asked to set it up", "that the Chairman and the Clerk should sign the register",
          "That the Clerk should, in the light of this, bring a draft"), ("That Cabinet be asked to act", "That the report be noted")),
    Rule("asks", rf"\b(?:[Aa]sk(?:s|ed)?|[Rr]equest(?:s|ed)?|[Ii]nstruct(?:s|ed)?|[Ii]nvite[sd]?)\s+(?:that\s+)?(?:the\s+)?(?P<owner>{_PERSON_OR_POST})\s+(?:to\s+)?(?!note\b|consider\b)(?:{VERBS})\b",
         ("that Council agrees the terms and asks the Monitoring Officer to update them", "requests that officers provide a report", "requested that the Parks Officer remind the two clubs"), ("asks the Cabinet to act",)),
)  # fmt: skip
BODIES = compiled(
    r"\b(?:Council|Cabinet|Committee|Panel|Board|Authority|(?<!Chief )Executive|Forum|Commission|Council's|Members|Councillors)$"
)
# A lead-in whose clauses are the tasks: "That the Clerk should (i) mend the gate"
CHARGED_ABOVE = (
    Rule(
        "charged above",
        rf"(?:^|\b[Tt]hat\s+|\bTHAT\s+)(?:[Tt]he\s+)?(?P<owner>{_PERSON_OR_POST})\s+(?:should|be\s+(?:asked|requested|instructed)\s+to)\s*:?\s*$",
        ("That the Clerk should", "That the Head of Parks be asked to:"),
        ("That the Committee:",),
    ),
)
# Where a clause leaves the task for something that is only noted.
AND_TO_NOTE = compiled(r",?\s+and\s+(?:to\s+note|that\s+[\w ]{3,40}\s+be\s+noted)\b")
# A body, as far as it is no doer of a single task; its members may be ("Councillors agreed to meet").
BODY = compiled(
    r"(?:\bCouncil|\bCabinet|\bCommittee|\bPanel|\bBoard|\bAuthority|(?<!Chief )\bExecutive|\bForum|\bCommission|\bTrust)$"
)
# Tasks without a doer: a request of the body, or a promise in the passive (5.4, 5.5).
IMPLICIT = (
    Rule("requested", r"^(?:The\s+)?(?:Committee|Panel|Board|Members|Councillors|Committee\s+Members|Forum|They)\s+(?:also\s+|then\s+)?(?:requested\s+(?:that\b|a\b|an\b|the\b|further\b|cross|more\b)|asked\s+(?:for(?!\s+how\b)|to\s+receive|that)\b)",
         ("The Committee requested that figures be sent.", "Members asked for the data."), ("Members asked for how long",), "implicit", needs=("requested", "asked")),
    Rule("passive promise", r"\b(?:would|will|to)\s+be\s+(?:circulated|shared\s+with|sent|provided|forwarded|presented|emailed|e-mailed|reported\s+back|brought\s+back|submitted\s+to|made\s+available|distributed|placed\s+in|added\s+to\s+the|arranged|organised|posted|banked|included\s+in\s+the\s+next|handed\s+to)\b|\b(?:would|will|to)\s+be\s+\w+(?:ed|en|down)\b[^.;]{0,60}?\band\s+(?:circulated|shared\s+with|sent\s+(?:to|out|on)|forwarded|reported\s+back|brought\s+back)\b",
         ("Further details would be circulated to members.", "A briefing to be sent to Members.", "The data would be broken down by ward and circulated"), ("could be sent",), "implicit", needs=("be",)),
    Rule("agreed to follow up", r"\b(?:[Ii]t\s+was|Councillors|Members)\s+(?:also\s+)?(?:agreed|decided)\s+(?P<task>(?:to|that)\s+.+)", ("It was agreed to chase the bus firm.",), ("The Chair agreed to write",), "implicit", needs=("agreed", "decided")),
)  # fmt: skip
# Words that make what follows them no task: a question, a wish, a plan, history (5.7, traps 41 to 44, 53 to 55).
NOT_TASKS = compiled(
    r"\b(?:asked|enquired|queried|questioned)\s+(?:whether|if|how|what|why|when|where|who)\b|\b(?:previous|last)\s+(?:meeting|year)\b|\bhad\s+(?:agreed|resolved|asked|requested|recommended|decided)\b|"
    r"\bwithout\s+note\s+or\s+comment\b|\b(?:suggested|hoped|felt|may\s+wish|should\s+consider|would\s+(?:also\s+)?(?:welcome|like|have\s+(?:been|to|liked|preferred)))\b",
    I,
)
# What is told of the filming of a meeting is no promise of it.
FILMED = compiled(r"\b(?:live[- ]?stream|webcast|broadcast|filmed|being\s+recorded|audio[- ]record)", I)
# A sentence that tells of something still to do, for a label without words (ruling 12).
FUTURE = compiled(
    rf"\b(?:would|will|to\s+be|is\s+to|are\s+to|was\s+to|were\s+to|should|agreed|undertook|offered|asked\s+(?:to|for\s+(?:an?|the|further|more))|requested|intended\s+to|needs?\s+to|to\s+{VERBS})\b|\bto\s+{VERBS}\b|\bthat\b[^.;]{{3,80}}\bbe\s+\w+(?:ed|en|t)\b",
    I,
)
FUTURE_DOER = compiled(
    rf"^\W*(?:{OWNER}|[Ii]t\s+was\s+(?:agreed|decided|resolved)|[Tt]he\s+\w+)\b.*\b(?:would|will|to|should|agreed)\b"
)
# A motion told of the sentence before it: "This was proposed by Cllr Rae and agreed."
OF_THE_ONE_BEFORE = compiled(r"^This\s+was\s+(?:proposed|approved|agreed|seconded)\b")
# What had been done already is no task, although the sentence may hold "to" and a verb.
PAST = compiled(
    r"\bhad\s+(?:been\s+)?\w+(?:ed|en|t)\b(?!.*\b(?:would|will|to\s+be|agreed)\b)|\b(?:has|have)\s+(?:now\s+|already\s+)?(?:been\s+)?\w+(?:ed|en|t)\b(?!.*\b(?:would|will|to\s+be)\b)"
)
# Where somebody works, behind his name: "Jo Penn, Director of Parks", "Dr Al Orr, NHS"
NAMED_WITH_POST = compiled(
    rf"^\W*(?P<owner>{people.TITLE}{people.NAME}|{people.FULL_NAME}),\s+(?:(?:[A-Z][\w’'-]+\s+){{0,3}}(?:{people.POST_NOUNS})\s+(?:of|for)\s+[A-Z][\w ’'&-]+|(?!{INITIALS}\s*[,/&])[A-Z]{{3,6}})\W*$"
)
OWNER_PARTS = compiled(r"\s*(?:/|,|;|&|\+|\band\b)\s*")
SETTLED = compiled(
    r"(?!.*\bnot\s+to\b)(?<!^This was )(?<!\bhad )\b(?:agreed|decided|resolved)\b|\b(?:was|were|is|are)\s+(?:\w+ly\s+)?(?:authorised|approved)\b"
)
# Power given to somebody is no task of his ("authorise the Mayor to attend").
EMPOWERED = compiled(r"\b(?:authori[sz]e|appoint|nominate|delegate|elect)\w*\b", I)
# The minutes of an earlier meeting are approved by the body; whoever stands beside that owes nothing for it.
MINUTES_APPROVED = compiled(
    r"\b(?:minutes|notes|record)\b.{0,120}\b(?:agreed|approved|confirmed|accepted|signed)\b|\b(?:agreed|approved|confirmed|accepted|signed)\b.{0,60}\b(?:(?:minutes|notes)\b.{0,30}\bmeeting|(?:correct|true|accurate|fair)\s+(?:and\s+\w+\s+)?record)\b",
    I,
)
ONLY_NOTED = compiled(r"\bbe\s+(?:received\s+and\s+)?noted\W*$")
# What is asked for before somebody takes it on: both sentences tell of one task.
REQUEST = compiled(r"\b(?:asked\s+(?:for|that)|requested)\b")
# A question tells of no task, even if it asks after one.
ASKED = compiled(r"(?<!\bbe )\b(?:asked|enquired|queried|questioned)\s+(?:whether|if|how|what|why|when|where|who)\b")
COMMENT = compiled(r"\b(?:also\s+)?commented\s+that\s+it\s+was\b|\bagreed\s+(?:it|that\s+it)\s+(?:was|mattered)\b", I)
URL = compiled(r"^\W*(?:https?://|www\.)\S+\s*$")
# Owners behind the last full stop of a paragraph, in a paper that prints owners in its margin.
OWNERS_AT_END = compiled(
    rf"(?<=[.;])\s+(?P<owner>(?:{people.TITLE}{people.NAME}|{PLURAL_OWNERS}|Clerk)(?:\s*(?:/|,|;|&|\band\b)\s*(?>{OWNER}))*+)\W*$"
)
# "noted", "thanked" and the like in a margin are outcomes, not owners.
NOT_OWNERS = frozenset(
    ["noted", "note", "none", "agreed", "approved", "action", "resolved", "received", "carried", "ongoing", "signed"]
)

RULES = (
    Rule("label", LABEL.pattern, ("Action: Cllr Rae", "ACTION", "Action Required by PCP:", "Required Action:", "Actions: Chair", "Action GP", "Action - J Smith", "ACTION Clerk", "Action 3: Clerk to write", "Agreed actions:", "Action (Clerk): write to the school", "Action AB/CD: write to the school"),
         ("Action was taken by the Forum", "Action Fraud reported", "Action plans were agreed")),
    Rule("at the end", AT_END.pattern, ("The gate would be mended. (Action: A Penn/B Orme)", "It must be mended. Action: Clerk", "It must be mended. ACTION Clerk"), ("The action: a success",)),
    Rule("next step", NEXT_STEP.pattern, ("the Head of Parks will issue tenders", "The Clerk to the Authority will write", "Officers to brief the wardens", "station officers will brief crews"), ("The plan will be put to Cabinet", "the Head of Parks will consider it", "Tenders will open in May")),
    Rule("listed partner", LISTED_PARTNER.pattern, ("Cllr Rae, ", "AB and "), ("it was said, ",)),
    Rule("field behind", FIELD_BEHIND.pattern, ("Send the plan. Owner: Clerk", "Send the plan. Due: 5 June.", "Send the plan (Lead: AB)"), ("Send the plan to the owner", "It was due."), None, I),
    Rule("to action", TO_ACTION.pattern, ("The lamp is out. Clerk to action.", "AB/CD to action", "Clerk to ask when. Clerk to action this. Mrs Orr spoke"), ("Clerk to action the survey", "The lamp is for the Clerk to action")),
    Rule("next label", NEXT_LABEL.pattern, ("Action: Clerk to write. Action: AB to ring", "it. ACTION 2: Clerk"), ("It was done. Action was taken",)),
    Rule("named with post", NAMED_WITH_POST.pattern, ("Jo Penn, Director of Parks", "Dr Al Orr, NHS"), ("Jo Penn, Clerk", "Jo Penn, Al Orr", "Cllr Rae, AB")),
    Rule("named aside", NAMED_ASIDE.pattern, (", Jo Penn, agreed", " (Jo Penn) agreed"), (", who agreed",)),
    Rule("applies", APPLIES.pattern, ("Mr Orme to erect a shed",), ("Mr Orme to write",)),
    Rule("filmed", FILMED.pattern, ("The meeting was being live streamed",), ("The stream would be filed",), None, I),
    Rule("only owners", ONLY_OWNERS.pattern, ("Cllr Rae", "RB/GD", "Director of Place", "Head of Housing and Parks", "Cllrs Rae and Voss", "Clerk", "P Lowe/T Ash", "The PCC", "CT & RM", "the Head of Legal Services"), ("Cllr Rae to write", "Noted the plan")),
    Rule("shouted owner", SHOUTED_OWNER.pattern, ("CLERK TO WRITE", "TOWN CLERK/PM TO MEET"), ("Clerk to write",)),
    Rule("next dashed", NEXT_DASHED.pattern, ("draft it; BF – ring them",), ("draft it; ring them",)),
    Rule("owner then task", OWNER_THEN_TASK.pattern, ("Clerk to write to Highways", "JL to check spend", "Parks Manager to report"), ("Clerk",)),
    Rule("task then owner", TASK_THEN_OWNER.pattern, ("Send the plan to the school (Owner: Mr Orme)", "To mend the gate – Clerk"), ("Send the plan to the school (by post)",)),
    Rule("to do", TO_DO.pattern, ("To send the plan", "Plan to be sent out", "Write to the school"), ("The plan was sent", "Cllr Rae welcomed it")),
    Rule("pronoun doer", PRONOUN_DOER.pattern, ("She offered to attend.", "He would check the figures", "He said that he would also ask the depot", "He did not have the sum but would let Cllr Rae have it"), ("She would be sorry", "They were asked")),
    Rule("owners at the end", OWNERS_AT_END.pattern, ("It would be mended. Cllr Rae/Clerk", "It would be mended. Cllrs A Rae, B Voss, Clerk"), ("It was mended by Cllr Rae",)),
    Rule("decides", DECIDES.pattern, ("The Group RESOLVED to approve it", "RESOLVED that"), ("Clerk to note it",)),
    Rule("review", REVIEW.pattern, ("Review of actions from last minutes", "Matters arising", "Minutes of the last meeting and action log", "The action log was reviewed:"), ("Action list", "Actions for follow-up at next meeting",), None, I),
    Rule("discussion", DISCUSSION.pattern, ("Item and discussion", "Summary", "Discussion/notes", "Minutes"), ("Minute", "Minutes ref", "Item"), None, I),
    Rule("to close", TO_CLOSE.pattern, ("On the work programme. Close", "Sent in May - closed", "To be closed"), ("Open", "The depot is close to it"), None, I),
    Rule("owner and due", OWNER_AND_DUE.pattern, ("AB, 7 March", "Clerk – by end of May", "AB, March meeting", "Cllr Rae (next meeting)", "AB/CD - 30/06/26"), ("Clerk to write", "AB, CD")),
    Rule("due behind owner", DUE_BEHIND_OWNER.pattern, ("By", "Date"), ("By whom", "Date raised"), None, I),
    Rule("minutes approved", MINUTES_APPROVED.pattern, ("The minutes of 3 May were agreed as a true record.", "It was agreed that they were a correct record"), ("It was agreed to record the noise",), None, I),
    Rule("only noted", ONLY_NOTED.pattern, ("Resolved: That the report be noted.",), ("That it be noted and paid",)),
    Rule("request", REQUEST.pattern, ("The Chair asked for a timetable.",), ("The Chair asked whether it was late",)),
    Rule("asked", ASKED.pattern, ("Cllr Rae asked whether it had been agreed",), ("Cllr Rae asked for a plan",)),
    Rule("status", STATUS.pattern, ("Status", "RAG"), ("Update",), None, I),
    Rule("end of paper", END_OF_PAPER.pattern, ("[End of minutes]", "Date of next meeting: 3 May", "Next meeting: Monday 3 May", "Signed ....... Chairman"), ("Trend of the meeting",), None, I),
    Rule("short owner", SHORT_OWNER.pattern, ("Ann", "AB / CD", "Cllr Rae", "Al and Bo"), ("Ann to send the plan",)),
    Rule("given first", GIVEN_FIRST.pattern, ("Ann/Bo Update on the pier",), ("Update on the pier",)),
    Rule("goes on", GOES_ON.pattern, ("Members of the", "Ann and"), ("Members",)),
    Rule("only a date", ONLY_DATE.pattern, ("30 Sept", "By 3 May 2026", "end of June", "ASAP"), ("30 houses",), None, I),
    *(Rule(f"column {name}", pattern.pattern, finds, (), None, I) for (name, pattern), finds in zip(
        COLUMNS.items(), (("Action", "Agreed actions"), ("Owner", "By whom", "Lead Officer"), ("By when", "Due date"), ("Status", "Progress / Update")), strict=True)),
    *CHARGED,
    *CHARGED_ABOVE,
    *UNDERTAKINGS,
    *IMPLICIT,
)  # fmt: skip
