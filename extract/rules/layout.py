"""Kinds of document, labels of sections, titles of items, dates and times (minutes-grammar 1, source-formats 5)."""

from __future__ import annotations

from minutebook.extract.patterns import I, M, compiled
from minutebook.extract.rules import Rule

# The first rule that is found in the opening of a document names its kind.
KINDS = (
    Rule("scoping", r"^Why do we want to look at this\?|^What .{0,60}should the review cover\?|^(?:Draft )?scoping (?:document|report|paper)|^Key lines of enquiry",
         ("Why do we want to look at this?", "What are the key issues and what should the review cover?"), (), "scoping", I | M),
    Rule("decision notice", r"\A(?:[^\n]*\n){0,10}?(?:Decision\s+(?:details|notice|recording\s+form|record|sheet|notification)\b|(?:Public\s+)?Records?\s+of\s+(?:an?\s+|the\s+)?(?:executive\s+|cabinet\s+|officer\s+|delegated\s+|key\s+|urgent\s+|member\s+|individual\s+)*decisions?\b|Decision\s+determined\s+at|Issue\s+-\s+decisions?$|Summary\s+of\s+decisions\b|Register\s+of\s+(?:officer\s+|delegated\s+)*decisions?\b|(?:Notice|Notification)\s+of\s+(?:an?\s+|the\s+)?(?:executive\s+|cabinet\s+|officer\s+|delegated\s+|key\s+)*decisions?\b(?!\s+to\s+be\s+(?:taken|made)))",
         ("Decision Recording Form", "Record of executive decision", "Decision details", "Issue - decisions", "Record of Decision", "Notice of decisions taken by the Cabinet"),
         ("Decision making was slow", "Notice of key decisions to be taken in May"), "decision_notice", I | M),
    # "Officer Delegated Decision Record": an office or a body, the word, and the kind of form
    Rule("decision form", r"\A(?:[^\n]*\n){0,6}?(?:[\w’'&-]+[^\S\n]+){0,5}?(?:(?:Delegated|Executive|Cabinet|Member|Officer|Holder|Key|Urgent)\s+Decisions?\s+(?:(?:Notice|Notification|Record|Form|Report\s+Form|Record\s+Form|Register|Log|Sheet)\s*(?:$|[:\-–(])|(?:Taken|Made)$)|(?:Delegated|Executive|Member|Officer|Holder)\s+Decisions?$)",
         ("Delegated Decision Notification", "Officer Delegated Decision Record", "Cabinet Member Decision", "PORTFOLIO HOLDER DECISION NOTICE"), ("The decision was taken", "Key decision:", "Key Decision"), "decision_notice", I | M),
    # "CABINET - DECISION SHEET": a body, and what is no log or register of earlier decisions
    Rule("decision sheet", r"\A(?:[^\n]*\n){0,6}?(?!(?:\d|To\b|Note\b))(?:[\w’'&,()-]+[^\S\n]+){0,7}?(?:[-–—:][^\S\n]*)?(?:(?:Draft|Public)\s+)?(?:Decisions?\s+(?:Sheet|List|Summary|Digest)|(?:List|Schedule|Digest)\s+of\s+(?:the\s+)?Decisions(?:\s+(?:taken|made))?)\b(?:[^\S\n]*[-–—:(][^\n]*)?$",
         ("NORTHMERE COUNCIL\nEXECUTIVE – DECISION SHEET", "Cabinet Decision List", "Decision Sheet - 4 May 2026", "List of decisions taken"), ("To note the decision list", "The decision list was long", "Decision making"), "decision_notice", I | M),
    Rule("decisions of a meeting", r"\A(?:[^\n]*\n){0,4}?[A-Z](?![^\n]*\b(?:minutes|agenda|report)\b)[^\n.;]{2,90}?(?:[^\S\n][-–—]|:)[^\S\n]*Decisions(?:\s+(?:taken|made))?[^\S\n]*$",
         ("Northmere Council\nCABINET – MONDAY 4 MAY 2026 – DECISIONS", "Parks Committee: decisions taken"), ("Parks Committee: minutes and decisions", "Decisions"), "decision_notice", I | M),
    # the fields of a notice, on a paper that recommends nothing
    Rule("decision fields", r"\A(?!(?:.|\n)*^\W*(?:\d{1,2}(?:\.\d)?\.?\s+)?(?:RECOMMENDATIONS?|Recommendations?|RECOMMENDED)\b)(?:.|\n)*^(?:What\s+(?:(?:is|was)\s+the\s+)?decision\b.{0,40}\?|(?i:Decision\s+(?:taken|made))(?:\s+[Bb][Yy]\b.{0,60}|\s*:.{0,80})?$|(?i:Decision\s+maker)\s*:(?:.|\n)*^(?:Reasons?|Decision)\b)",
         ("Lease of the Old Mill\nWhat decision was taken?", "Decision Taken By: Head of Parks", "Decision Maker: Cabinet\nDecision: That the lease be granted"), ("Decision Maker: Cabinet\nRECOMMENDATION", "The decision taken was noted"), "decision_notice", M),
    Rule("item page", r"\A(?:Agenda item$|Meeting documents$|Issue - meetings)", ("Agenda item\nParks strategy",), ("Agenda items were",), "agenda_item", I | M),
    # a CMIS page of a meeting that has taken place: its attendance tab, or what was resolved
    Rule("page of a past meeting", r"\AMeeting Details\n(?:.|\n)*(?:^Attended\s*:?$|\bRESOLVED\b)",
         ("Meeting Details\nPlanning Committee\nAttended\nCllr Rae",), ("Meeting Details\nPlanning Committee\nPublic Agenda",), "minutes", M),
    Rule("action log", r"\A(?!(?:.|\n)*^\W*(?:present|apologies|in\s+attendance|report\s+(?:of|by|to)|recommendations?\b(?!\t|\s*:[^\n]*\bto\s+note\s+the\s+(?:log|tracker|actions?|updates?|progress)\b)|purpose)\b)(?:[^\n]{0,120}\n){0,5}?(?![^\n]*\bminutes\b)[^\n.]{0,80}\b(?:(?:actions?|decisions?)\s+(?:log|tracker|tracking|register|list|schedule)|(?:outstanding|rolling|live)\s+actions?(?:\s+(?:list|log|tracker))?|matters\s+arising\s+(?:log|schedule))\b[^\n.]{0,60}$",
         ("NORTHMERE TOWN COUNCIL\nACTION LOG", "Health Scrutiny Panel - Outstanding actions, May 2026", "Action Log, May 2026\nRecommendation: Members are asked to note the log.", "ACTION LOG\nRecommendation\tResponse"), ("Minutes and action log", "ACTION LOG\nRECOMMENDATIONS", "ACTION LOG\nReport of the Clerk", "ACTION LOG\nRecommendation: that it be noted", "The action log was noted."), "action_log", I | M),
    Rule("agenda on top", r"\A(?:[^\n]{0,120}\n){0,6}?\W*(?:(?:public|supplementary)\s+)?(?:agenda|summons)\b(?!,?\s+(?:decisions\s+)?and\s+(?:draft\s+)?minutes|\s+item)(?!(?:.|\n)*^\W*(?:members?\s+|councillors?\s+)?present\b\s*[:\-\n])",
         ("NORTHMERE TOWN COUNCIL\nSummons to a meeting\n1. Minutes of the last meeting",), ("AGENDA\nPresent: Cllr Rae",), "agenda", I | M),
    Rule("minutes", r"^\W*(?:(?:draft|public|confirmed|unconfirmed|approved)\s+)*minutes?\b(?!\s+of\s+the\s+(?:last|previous)).{0,90}(?:meeting|held|of\s+the|$)|^(?:notes|record) of (?:the|a) meeting|^\W*(?:members?\s+|councillors?\s+|committee\s+members\s+)?present\b\s*[:\-]?|^sederunt\b|\bheld (?:their|its|a) meeting\b",
         ("MINUTES of a meeting of the Council held on 3 May 2026", "DRAFT MINUTES", "PRESENT: Cllr Rae", "Northmere Town Council held their meeting at 7 pm"),
         ("5. To approve the minutes",), "minutes", I | M),
    Rule("report", r"^(?:Report (?:of|by|to|title|author)\b|Title\s*:|Subject\s*:|Report\s+title|To(?:\s*:\s|\t[A-Z])|From\s*:\s|Purpose of (?:the )?report|Recommendations?(?:\(s\))?\s*:?\s*$|Decision maker)",
         ("Report of the Head of Parks", "Subject: Gritting", "RECOMMENDATION", "Purpose of report", "To\tCabinet – 3 May 2026"), ("Reports were received",), "report", I | M),
    Rule("review or response", r"^(?:Recommendation\s+(?:No\.?\s*)?1\b|(?:Final|Interim)\s+report\s+of\b|(?:[A-Z][\w’'-]+\s+){0,4}Response\s+to\b.{0,100}\b(?:recommendations?|review|scrutiny|report|commission)\b|.{0,80}\b(?:scrutiny|review|recommendations?|task\s+group)\b.{0,60}?(?:cabinet|executive|council|board|authority)(?:[’']s)?\s+response$|(?:Set\s+out\s+below|Below)\s+(?:are|is)\b.{0,60}\bresponses?\b|(?:[A-Z][\w’'-]+\s+){0,6}(?:scrutiny|task(?:\s+and\s+finish)?\s+group)\s+(?:review|(?:final\s+)?report)\b)",
         ("Recommendation 1", "Cabinet response to the scrutiny review of parks", "Set out below are the Council's responses.", "Flooding Task Group Final Report", "SCRUTINY RECOMMENDATIONS: CABINET RESPONSE"), ("The response to flooding was slow",), "report", I | M),
    Rule("agenda", r"^(?:agenda|summons|notice\s+of\s+(?:a\s+|the\s+)?(?:\w+\s+){0,3}meeting)\b(?!\s+(?:planning|setting|items?)\b)|^(?:A|An|The)\s+(?:[\w-]+\s+){0,3}meeting\s+of\b.{0,140}\b(?:will|is\s+to)\s+be\s+held\b",
         ("AGENDA", "Notice of Meeting", "A meeting of the Northmere Council will be held on 9 March 2026"), ("Agenda Planning",), "agenda", I | M),
)  # fmt: skip
# Minutes and notices in Welsh are not read; one of these says so.
WELSH = compiled(
    r"^(?:PRESENNOL|Presennol|COFNODION|Cofnodion|YMDDIHEURIADAU)\b|\bCynhaliwyd\s+[Cc]yfarfod\b|\bPENDERFYNWYD\b", M
)
RESOLVING = compiled(r"\bRESOLVED\b|\bResolved\s*[:\-–]|\bwas\s+(?:resolved|agreed)\b|\bAGREED\b")

# Labels that part a committee system's page.
SECTIONS = (
    Rule("minutes", r"^Minutes\s*:$", ("Minutes:",), ("Minutes: of the last meeting",), "minutes"),
    Rule("decision", r"^(?:Decisions?\s*:|(?:\([a-z]\)\s*)?Decisions?\s+(?:taken|made)\b\s*:?)$", ("Decision:", "(d) Decision taken"), ("Decision taken by the Board",), "decision"),
    Rule("tail", r"^(?:Supporting|Additional|Accompanying|Background)\s+(?:documents?|papers?)\s*:?|^Report\s+author\s*:|^Contact\s+officers?\s*:|^Publication\s+date\s*:|^(?:\([a-z]\)\s*)?Exempt\s+(?:information|session)\b|^(?:\([a-z]\)\s*)?(?:Decision\s+made\s+in\s+exempt|Additional\s+information\s+at|Alternative\s+options|Declarations?\s+of\s+interest\s*:)",
         ("Supporting documents:", "Additional documents:", "(e) Exempt Information?"), (), "tail", I),
    Rule("reasons", r"^(?:\([a-z]\)\s*)?(?:Reasons?\s+for\s+(?:the\s+)?(?:decision|recommendation)s?|REASONS?|Reasons?\s*:|Other\s+options\s+considered|Alternative\s+options|OTHER\s+OPTIONS)\b",
         ("Reasons for the decision", "REASON FOR DECISION:", "(h) Reason for decision:"), ("Reasonable steps",), "tail", 0),
)  # fmt: skip

# What minutes that are still to be approved say of themselves, at their head.
DRAFT = Rule(
    "draft",
    r"^\W*(?:draft|unconfirmed|unapproved)\W*$|^\W*(?:draft|unconfirmed|unapproved)\b.{0,80}\bminutes\b|\bminutes\b.{0,120}\b(?:draft|unconfirmed|unapproved)\b|\bsubject\s+to\s+(?:approval|confirmation|ratification)\b",
    (
        "DRAFT MINUTES",
        "DRAFT",
        "Minutes of the meeting held on 4 May (Unconfirmed)",
        "Subject to approval at the next meeting",
    ),
    ("To approve the plan in draft", "The draft budget was considered"),
    None,
    I,
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = compiled(
    rf"\b(?P<day>\d{{1,2}})\s?(?:st|nd|rd|th)?\s+(?:day\s+of\s+)?(?P<month>{MONTHS}|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\.?,?\s+(?P<year>\d{{4}})\b"
    r"|\b(?P<d2>\d{1,2})/(?P<m2>\d{1,2})/(?P<y2>\d{4})\b"
    rf"|\b(?P<m3>{MONTHS})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})\b",
    I,
)
TIME = r"(?P<hour>\d{1,2})(?:[.:]?(?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m\.?|noon|hours|hrs)?"
STARTED = compiled(
    rf"\b(?:(?:started|commenced|opened|began|start\s+time)\s*(?:at|:)?|(?<!be\s)held\b(?:[^.;]{{0,90}}?)\bat)\s*{TIME}(?![\d/])",
    I,
)
TIME_OF_DAY = compiled(r"\b(?P<hour>\d{1,2})(?:[.:](?P<minute>\d{2}))?\s*(?P<half>[ap]\.?\s?m\b\.?|noon\b)", I)
ENDED = compiled(
    rf"\b(?:(?:meeting|business)\s+(?:was\s+)?(?:closed|concluded|ended|finished|terminated|rose)|closed\s+the\s+meeting|to\s+a\s+close|and\s+ended|"
    rf"adjourned\s*\.?\s*time\s*:?|closure\s+of\s+(?:the\s+)?meeting|rose)\s+(?:at|:)?\s*{TIME}",
    I,
)
VENUE = compiled(r"^(?:Venue|Place|Location)\s*:\s*(?P<venue>.+?)(?:\.?\s*View directions)?$", I)
ON_DAY = rf"(?:(?:\w+,?\s+)?\d|(?:\w+day,?\s+)?(?:{MONTHS})\b)"
HELD_IN = compiled(
    rf"\b(?:held|meeting)\s+(?:in|at)\s+(?P<venue>(?!\d|person\b|private\b|public\b|(?:{MONTHS})\b)"
    rf"(?:(?!\bon\b\s+{ON_DAY}|\bat\s+\d|\bcommencing\b).)+?)"
    rf"(?=\s*,?\s+(?:on\s+{ON_DAY}|at\s+\d|commencing)|\.?\s*$)",
    I,
)
# The place behind the day or the time: "held on 4 May 2026 at 7 pm in the Weir Hall".
HELD_AFTER = compiled(
    rf"\bheld\b[^;]{{0,100}}?(?:\d{{4}}|[ap]\.?m\b\.?|in\s+person)(?:\s*,?\s+(?:in|at|via)\s+|,\s+(?=(?-i:[A-Z])[\w’' ]*\b(?:Hall|Rooms?|Chamber|Centre|House|Offices?)\b))(?P<venue>(?!\d)(?:the\s+)?(?!(?-i:{MONTHS})\b)(?-i:[A-Z])[^.;]{{2,90}}?)"
    r"(?=\s*(?:[.;]|$|,?\s+(?:at|on|commencing|starting)\b|,?\s+and\b\s+(?:was|live)))",
    I,
)
BODY_NOUN = "Council|Authority|Panel|Committee|Sub-Committee|Board|Cabinet|Commission|Forum|Executive|Partnership"
ANY_NOUN = f"(?:{BODY_NOUN}|{BODY_NOUN.upper()})"
MEETING_OF = compiled(
    r"\b(?:[Mm]eeting|[Mm]inutes|MINUTES|MEETING)\s+(?:of|OF)\s+(?:(?:the|THE|a|A|an|meeting|MEETING|of|OF)\s+){0,5}"
    rf"(?P<body>[A-Z](?:(?!\bheld\b|\bon\b\s)[^,.:;]){{0,110}}?\b{ANY_NOUN})\b(?!\s+(?:{ANY_NOUN}|for)\b)(?!\s+[Mm]eeting)"
)
BODY_LINE = compiled(
    rf"^(?:the\s+)?(?P<body>(?!Comments|Report|Date\b|To\b|That\b|Minutes|MINUTES|Meeting|Title)[A-Z][\w’'&,\-– ]{{0,110}}?\b{ANY_NOUN})(?=\s*(?:$|[-–—,:(]|held|\d|MINUTES|Minutes))"
)
IS_AUTHORITY = compiled(r"\b(?:Council|Authority)$", I)
THE_BODY = compiled(
    r"\b[Tt]he\s+(?P<body>Commission|Committee|Panel|Board|Cabinet|Forum|Council|Authority|Sub-Committee|Scrutiny Commission)\b\s+(?:considered|received|noted|agreed|resolved|was|discussed)"
)

# The fields of a decision notice that tell the meeting it records, before any other date and body that it names.
DECIDED_ON = compiled(
    r"^(?:date\s+of\s+(?:the\s+)?(?:decision|meeting)|decision\s+date|decided\s+(?:on|at\s+meeting)|date\s+(?:the\s+)?decision\s+(?:was\s+)?(?:made|taken))\s*[:\t]|\b(?:taken|made)\b.{0,90}\bmeeting\s+(?:held\s+)?on\b",
    I,
)
DECIDED_BY = compiled(
    rf"^(?i:decided\s+at\s+meeting\s*[:\t].{{6,30}}?[-–]|decision[\s-]*(?:maker|taker)\s*[:\t]|made\s+by\s*[:\t])\s*(?:the\s+)?(?P<body>[A-Z][\w’'&,\-– ]{{0,110}}?\b{ANY_NOUN})\b|\b(?:taken|made)\s+by\s+(?:the\s+)?(?P<body2>(?:[A-Z][\w’'&-]+\s+(?:(?:and|of|for|&)\s+)?){{0,7}}?{ANY_NOUN})\b"
)
ITEM = compiled(
    r"^(?:(?:Agenda\s+)?[Ii]tem\s+)?(?P<number>(?:[A-Z]{1,2}\s?)?\d{1,4}[A-Za-z]?(?:[./]\d{1,4}){0,3}[.:]?)\s+(?P<title>\S.{1,200})$"
)
ITEM_IN_BRACKETS = compiled(r"\(Item\s+(?P<number>\d{1,4}[a-z]?\.?)\)", I)
# The body that a report is put to: "To: Cabinet", or a field of its title block that holds a body's name.
TO_FIELD = compiled(
    rf"^(?:(?:Report\s+)?To\s*:|(?:(?:Report(?:ed)?|Presented|Submitted)\s+)?To\s*\t(?=[^\n]*\b{ANY_NOUN}\b)|(?:(?:Name\s+of\s+)?(?:Meeting|Committee|Panel|Board|Forum|Decision[\s-]+making\s+body|Receiving\s+body|Body)|Decision[\s-]+maker|(?:Report|For\s+\w+)\s+(?:to|by))\s*[:\t](?=[^\n]*\b{ANY_NOUN}\b))"
    r"\s*(?:The\s+)?(?P<to>[A-Z](?:[^\n\t,–:\d(-]|(?<=\w)-(?=\w)){2,70})(?<!\s)",
    I,
)
TITLE_FIELD = compiled(r"^(?:Title|Subject|Report\s+title)\s*:\s*(?P<title>.+)$", I)
RULES = (
    *KINDS,
    *SECTIONS,
    DRAFT,
    Rule("to field", TO_FIELD.pattern, ("To: Cabinet", "MEETING\tParks and Streets Committee", "Report to: Leisure Sub-Committee"), ("Meeting: 3 May 2026", "To note the plan of the Council"), None, I),
)  # fmt: skip
