"""Declarations of interest: who declares which kind in which item, and whether they left or took part (minutes-grammar 3.8)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled, part
from minutebook.extract.rules import Rule, any_of
from minutebook.extract.rules.people import FULL_NAME, HONOURS, NAME, PLURAL_TITLE, TITLE

# One person or a list of them under one title: "Cllr Rae", "Councillors Rae (Chair), Voss and Orme".
_ONE = rf"(?:(?:{PLURAL_TITLE}\.?\s+)?(?:{TITLE}{NAME}|(?=\S+\s+[A-Z]){FULL_NAME})|{PLURAL_TITLE}\.?\s+{NAME})"
_MORE = rf"(?:{TITLE}{NAME}|{NAME})"
_AFTER = rf"(?:,?\s(?:{HONOURS}|CC|AM|MS|MP|MSP|MLA)\b)*(?:\s*\((?![^()]*(?i:\b(?:items?|minutes?|interests?|personal|prejudicial|DPI)\b|pecuniary))[^()]{{1,60}}\))?"
WHO = part("WHO", rf"{_ONE}{_AFTER}(?:(?:\s*[,;/]\s*(?:and\s+)?|\s+(?:and|&)\s+){_MORE}{_AFTER})*")

# The number of an item, and items in a row: "item 7", "Agenda Items 6 and 7", "Minute No. 12".
_NUMBER = r"(?:[A-Z]{1,2})?\d{1,4}[a-z]?(?:[./]\d{1,4}){0,2}(?:\s?\([a-z0-9]{1,3}\))?(?![\d/])"
ITEM_WORD = r"(?:\bagenda\s+)?\b(?P<word>items?|minutes?)\s*(?:nos?\b|numbers?\b)?[.:]?\s*"
ITEM = compiled(rf"{ITEM_WORD}(?P<number>(?-i:{_NUMBER}))(?:\s+below\b|\s+on\s+the\s+agenda\b)?", I)
NEXT_ITEM = compiled(rf"\s*(?:,|;|\band\b|&)+\s*(?:and\s+)?(?:also\s+)?(?:in\s+)?{ITEM_WORD}(?P<number>{_NUMBER})", I)
NEXT_NUMBER = compiled(rf"\s*(?:,|\band\b|&)+\s*(?:and\s+)?(?P<number>{_NUMBER})(?=\s*(?:[,.;&(]|and\b|as\b|$))", I)
NUMBER_CELL = compiled(rf"^(?:{ITEM_WORD})?(?P<number>{_NUMBER})(?:\s*(?:,|and|&)\s*(?P<other>{_NUMBER}))*\b\W*", I)

_KIND = any_of(
    "non-disclosable|non disclosable|disclosable|registrable|registerable|non-registrable|non-registerable|non registrable|"
    "non registerable|pecuniary|non-pecuniary|non pecuniary|personal|prejudicial|non-prejudicial|financial|non-financial|"
    "statutory|non-statutory|significant|direct|indirect|affected|other|DPI|ORI|NRI|NPI"
)
KIND_WORDS = part(
    "KIND_WORDS", rf"(?i:{_KIND}s?(?:(?:\s*[,/]\s*|\s+)(?:and\s+|or\s+|but\s+)?(?:not\s+(?:a\s+)?)?{_KIND})*)\b"
)
KIND_WORDS_ONLY = compiled(KIND_WORDS)
# The first that is found names the kind: who declares a personal and prejudicial interest has a prejudicial one.
KINDS = (
    Rule("non-registrable", r"\bnon[- ]regist(?:er|r)able\b|\bNRIs?\b", ("a non-registrable interest", "an NRI"), ("registrable",), "non_registrable", I),
    Rule("disclosable pecuniary", r"(?<!non[- ])\bdisclosable\s+pecuniary\b|\bDPIs?\b", ("Disclosable Pecuniary Interest", "a DPI"),
         ("non-disclosable pecuniary", "disclosable non-pecuniary"), "disclosable_pecuniary", I),
    Rule("registrable", r"\bregist(?:er|r)able\b|\bORIs?\b", ("an other registrable interest", "ORI"), (), "registrable", I),
    Rule("prejudicial", r"(?<!not )(?<!not a )(?<!non[- ])\bprejudicial\b", ("personal and prejudicial",), ("personal but not prejudicial", "non-prejudicial"), "prejudicial", I),
    Rule("non-pecuniary", r"\bnon[- ](?:pecuniary|financial)\b|\bNPIs?\b", ("a non-pecuniary interest", "disclosable non-pecuniary"), ("pecuniary",), "non_pecuniary", I),
    Rule("pecuniary", r"\b(?:pecuniary|financial)\b", ("a pecuniary interest", "a financial interest"), (), "pecuniary", I),
    Rule("personal", r"\bpersonal\b", ("a personal interest",), (), "personal", I),
)  # fmt: skip

_ADVERBS = r"(?:(?:also|both|all|each|again|similarly|further|then|later|subsequently|previously|earlier|therefore|accordingly)\s+)*"
# "a personal interest", "Disclosable Pecuniary Interests (DPIs)", "an interest"; never "no interest" or "any interest".
_INTEREST = (
    r"(?:an?\s+|the\s+following\s+|their\s+|his\s+|her\s+|two\s+|similar\s+)?"
    r"(?P<kind>(?:(?!(?:no|any|whether|if|that|to|had|did|have|the|nil)\b)[\w’'&/-]+,?\s+){0,7}?)(?:[Ii]nterests?\b(?:\s*\([A-Z]{2,4}s?\))?|(?P<short>DPIs?|ORIs?|NRIs?|NPIs?)\b)"
    r"(?!\s+in\s+(?:joining|becoming|attending|taking|standing|serving|helping|volunteering|hearing|seeing|having|buying|renting|hiring)\b)"
)
_DECLARED = (
    rf"{_ADVERBS}(?:declar(?:ed|ing)|disclosed|ha[sd]\s+{_ADVERBS}(?:declared|disclosed)|made\s+a\s+(?:declaration|disclosure)\s+of|"
    r"(?:stated|said|reported|confirmed|indicated|(?:advised|informed|told|notified)(?:\s+the\s+\w+|\s+[Mm]embers)?)\s+(?:that\s+)?(?:he|she|they)\s+had|declared\s+(?:that\s+)?(?:he|she|they)\s+had)"
)
# No heading or sentence of a declaration is without one of these.
SIGN = compiled(r"interest|\b(?:DPI|ORI|NRI|NPI)s?\b", I)
# Sentences in which people declare; `who`, and what they declare up to the word "interest".
DECLARED = Rule("declared", rf"(?P<who>{WHO})(?:,\s(?:(?!{TITLE}|\band\b)[^,.;:]){{3,60}}|\s(?:(?!{TITLE})[^,.;:]){{3,80}}?\s+and)?,?\s+(?:who\s+|having\s+)?{_DECLARED}\s+{_INTEREST}",
         ("Councillor Rae declared a disclosable pecuniary interest in item 7.", "Councillors Rae (Chair), Voss and Orme all declared non-pecuniary interests",
          "Cllr Rae again declared an interest", "Cllr Rae said that it was up and again declared an interest", "Cllr J. Rae, having declared an interest, left the room", "Cllr Rae advised that she had a personal interest", "Cllr Rae declared a DPI in item 4"),
         ("Cllr Rae declared that he had no interest", "Cllr Rae declared the meeting open", "Cllr Rae declared an interest in joining the group",
          "Members should declare any interest", "Councillor Rae did not declare an interest"), None, 0, needs=("nterest", "DPI", "ORI", "NRI", "NPI"))  # fmt: skip
DECLARED_OTHERWISE = (
    Rule("declared by", rf"(?i:(?P<kind>(?:\b[\w’'/-]+\s+){{0,4}}?)(?:declarations?\s+of\s+(?P<kind2>(?:[\w’'/-]+\s+){{0,4}}?))?interests?)\s+(?:was|were|had\s+been)\s+(?:also\s+)?(?:declared|disclosed|received|made|given)\s+(?:by|from)\s+(?P<who>{WHO})(?P<short>)",
         ("A personal interest was declared by Cllr Rae in item 7.", "Declarations of interest were received from Cllrs Rae and Voss"),
         ("No interests were declared by members",), None, 0, needs=("nterest",)),
    Rule("having declared", rf"\b[Hh]aving\s+{_ADVERBS}(?:declared|disclosed)\s+{_INTEREST}(?P<matter>[^,.;]*),\s+(?P<who>{WHO})\s+(?:left|withdrew|retired|took|did|remained|stayed|vacated)\b",
         ("Having declared an interest, Cllr Rae left the room.", "Having earlier declared a personal interest in the lease, Mrs Voss took no part"), ("Having declared the result, Cllr Rae left",), None, 0, needs=("nterest",)),
    Rule("left, having declared", rf"(?P<who>{WHO})\s+(?:left|withdrew|retired|vacated|took\s+no\s+part)\b[^;]{{0,60}}?\bhaving\s+{_ADVERBS}(?:declared|disclosed)\s+{_INTEREST}",
         ("Cllr Rae left the room, having declared an interest.", "Cllr Rae withdrew from the meeting at 7.10 pm having earlier declared a personal interest"), (), None, 0, needs=("having",)),
)  # fmt: skip
# What is told of another meeting, or of what members ought to do or were excused from.
ELSEWHERE = compiled(
    r"\bat\s+(?:the|a|its|an)\s+(?:previous|last|earlier)\s+(?:\w+\s+)?meeting\b|\b(?:should|must)\s+(?:\w+\s+)?declare|\bif\s+(?:he|she|they|any)\b|"
    r"\bregister\s+of\s+(?:members[’']?\s+)?interests\b|\?$",
    I,
)

# The heading of the item under which declarations are listed; what stands behind it in the line is declared.
HEADING = Rule(
    "heading",
    r"^(?:to\s+(?:receive|note)\s+)?(?:[\w’']+\s+){0,3}?(?:declarations?|disclosures?)\s+(?:of|by)\s+(?:[\w’'/-]+\s+){0,5}?(?P<kind>(?:[\w-]+\s+){0,3}?)interests?\b(?:(?!\b(?:was|were|had|from|by|received|made|declared|following)\b)[^.:–—]){0,90}(?:[.:–—-]+\s*|$)",
    ("Declarations of interest", "Disclosure of pecuniary interest: Cllr Rae", "Members’ Declarations of Interests", "DECLARATIONS OF INTEREST AND DISPENSATIONS"),
    ("Cllr Rae declared an interest", "A declaration on climate", "Declarations of interest were received from Cllr Rae."),
    None,
    I,
)  # fmt: skip
# A line that says that those listed below it declare; what it says of all of them holds for each.
LEAD = Rule(
    "lead",
    r"\bfollowing\b.{0,80}?\binterests?\b.*:\W*$|\bfollowing\b.*\bdeclar\w+\b.*:\W*$|\binterests?\s+(?:was|were)\s+(?:declared|made|disclosed|intimated)\b.*:\W*$",
    ("The following Councillors declared an interest:", "The following declarations were made:-", "The following non-pecuniary interests were declared:",
     "Interests were declared as follows:"),
    ("The following members have no interest.",),
    None,
    I,
)  # fmt: skip
# A line of such a list begins with the people, or with the item and then the people; it tells the kind between marks.
PEOPLE = compiled(WHO)
LISTED_KIND = compiled(
    rf"(?:^|[,;:(\t–—-])\s*(?:an?\s+)?(?P<kind>{KIND_WORDS})(?:\s+interests?)?\s*(?=$|[,;:.)\t–—-])|\b(?P<kind2>{KIND_WORDS})\s+interests?\b|\b(?P<short>DPI|ORI|NRI|NPI)\b",
    I,
)
LISTED_REST = compiled(rf"\s*(?:[-–—:,(\t]|{KIND_WORDS}|(?:agenda\s+)?(?:items?|minutes?)\b)", I)
# Words that tell a story, and those that say there is nothing: no line of such a list.
NOT_LISTED = Rule(
    "not listed",
    r"\b(?:asked|enquired|reported|stated|explained|said|welcomed|thanked|arrived|proposed|seconded|apolog\w+|dispensations?|declarations?|none|nil|no(?!\.|\s*\d))\b",
    ("Cllr Rae asked about item 5", "Cllr Rae – none", "Cllr Rae – a dispensation for item 4"),
    ("Cllr Rae (item 5, personal, as a school governor)",),
    None,
    I,
)

# What an interest concerns, where it is no numbered item, and where the words end that name it.
IN = compiled(
    r"\s*(?:,\s+)?(?:and\s+)?(?:(?:with|in)\s+(?:regard|respect|relation|connection)\s+(?:to|of|with)|relating\s+to|in|on|under|regarding|concerning|for|at)\s+"
    r"(?:respect\s+of\s+)?(?:the\s+(?:agenda\s+)?(?:item|report|matter|paper|application|subject)\s+(?:on|of|about|concerning|relating\s+to|regarding|for)\s+(?!(?:the\s+)?grounds?\b))?(?:the\s+)?",
    I,
)
STOP = compiled(
    r"(?<!\bNo)(?<!\bNos)\.(?=\s|$)|[;:\t]|\s[-–—]\s|\s*,?\s*\(?\b(?:as|because|since|due\s+to|on\s+the\s+grounds?|by\s+virtue|by\s+reason|in\s+that|in\s+which|in\s+so\s+far|owing|having|being|who|which|where|"
    r"when|whilst|while|that|but|he|she|they|was|were|had|did|would|will|left|withdrew|took|remained|stayed|stating|declared|advising|(?:and|,)\s+(?:the|left|withdrew|took|would|did|remained|"
    r"stayed|therefore|was|were|had|he|she|they|stated|advised|confirmed|declared|accordingly|also|vacated|retired|spoke)|"
    r"and\s+(?=(?-i:Councillor|Cllr|M[rs]{1,2}\b)))\b",
    I,
)
# "in this item", "in the same application": the business in hand; words too general to name anything.
THIS = compiled(r"^(?:this|that|the\s+same|the|same|above|following|any|it|these|those|proceedings|agenda|meeting|matter|items?|application|subject|discussion|above\s+\w+|following\s+\w+|same\s+\w+)(?:\s+(?:item|matter|application|report|subject|business))?\W*$", I)  # fmt: skip
SAME = compiled(r"^(?:the\s+)?same\b", I)
# A bracket or a stretch that says why, not in what: "(as a governor)", "(Trustee)", "(owner of the field)".
WHY = Rule(
    "why",
    r"^\W*(?:as\b|his\b|her\b|their\b|due\b|because\b|being\b|the\s+\w+\s+being|(?:\w+\s+)?(?:owners?|trustees?|governors?|members?|employees?|employer|employed|relatives?|relations?|related|friends?|neighbours?|chair\w*|director|applicants?|"
    rf"wife|husband|spouse|partner|family|ward|resident|lives?|knows?|knew|son|daughter|allotment\s+holder|tenant|treasurer|secretary|clerk|governor|acquaint\w+)\b(?![’'])|{KIND_WORDS})",
    ("(as a governor)", "(owner of the field)", "(Trustee)", "(school governor)", "personal"),
    ("(Mill Lane)", "Planning application 25/0001"),
    None,
    I,
)

# Whether they left the room, first that is found.
ROOM = (
    Rule("did not remain", r"\b(?:not|without)\s+(?:be\s+)?(?:remain|stay|present)\w*\b", ("and did not remain in the room", "was not present during the debate"), (), "left", I),
    Rule("did not leave", r"\bnot\b[^.;]{0,45}?\b(?:leav\w+|withdraw\w*)\b|\bno\s+(?:requirement|need)\b[^.;]{0,30}?\bleave\b",
         ("did not leave the room", "this did not require her to leave the meeting", "would not be withdrawing"), (), "stayed", I),
    Rule("then left", r"\bthen\s+(?:left|withdrew|retired)\b", ("remained to speak and then left the room",), ("left",), "left", I),
    Rule("remained", r"\b(?:remain\w*|stay(?:ed|ing)?)\b(?!\s+(?:of|open|impartial|items?))", ("remained in the meeting", "would stay but not vote"), ("the remainder of", "remained impartial"), "stayed", I),
    Rule("left", r"\b(?:left|leave|leaving|vacat(?:ed|e|ing))\s+(?:the|their|his|her)\s+(?:\w+\s+)?(?:room|meeting|chamber|building|seats?|table|proceedings|hall)\b|\b(?:withdr[ae]w\w*|retired|recused|absented)\b(?!\s+(?:his|her|their|the)\s+(?:objection|motion|application))",
         ("left the room", "withdrew from the meeting", "would leave the Council Chamber", "recused themselves"), ("left the matter", "withdrew his objection"), "left", I),
)  # fmt: skip
# Whether they took part in debate and vote, first that is found.
PART = (
    Rule("no part", r"\b(?:took|take|taking|play(?:ed)?)\s+no\s+(?:further\s+)?part\b|\b(?:not|nor|neither|without)\b[^.;]{0,30}?\b(?:tak(?:e|ing)\s+(?:any\s+|a\s+)?part|participat\w+|vot(?:e|ed|ing)|speak)\b|\babstain\w*\b|\brefrained\b",
         ("took no part in the debate", "did not take part in the discussion or decision", "remained but did not vote", "and abstained from voting"), ("took part",), "no", I),
    Rule("part", r"\b(?:took|take)\s+(?:full\s+|a\s+full\s+)?part\b|\bparticipated?\b|\b(?:spoke|speak|debate)\s+and\s+vote\w*\b|\bvoted\b", ("and took part in the debate", "would speak and vote"), ("took no part", "did not preclude him from taking part"), "yes", I),
)  # fmt: skip
# A sentence that goes on about those who declared in the one before, and one about all of them.
GOES_ON = compiled(rf"^(?:He|She|They|Both|Each|The\s+(?:Councillors?|Members?))\b|^(?P<who>{WHO})\s+(?:therefore\s+|then\s+|also\s+|subsequently\s+)?(?:left|withdrew|took|did|would|remained|stayed|retired|vacated|was|[^.;]{{3,80}}?\band\s+(?:left|withdrew|took|did|remained|stayed))\b")  # fmt: skip
ALL = compiled(r"^(?:All\s+(?:of\s+)?(?:the\s+)?(?:above|these|those)|(?:Each|All)\s+(?:of\s+(?:the|these)\s+)?(?:above\s+)?(?:[Mm]embers?|[Cc]ouncillors?)|The\s+above)\b")  # fmt: skip

# Columns of a table of declarations, by the words above them.
COLUMNS = (
    Rule("who", r"^(?:names?|members?|councillors?|cllrs?|officers?)\b", ("Member", "Name of Councillor"), (), "who", I),
    Rule("kind", r"\binterests?\b|^(?:type|level|category|nature)\b", ("Nature of interest", "Level"), (), "kind", I),
    Rule("item", r"\b(?:items?|minutes?|agenda|application|subject)\b", ("Minute No.", "Agenda item"), (), "item", I),
    Rule("action", r"\b(?:action|left|participat\w+|withdr\w+|voted?)\b", ("Action", "Left the meeting"), (), "action", I),
)  # fmt: skip
RULES = (*KINDS, DECLARED, *DECLARED_OTHERWISE, HEADING, LEAD, NOT_LISTED, WHY, *ROOM, *PART, *COLUMNS)
