"""Motions and amendments as minutes print them: numbered, quoted, put and lost (minutes-grammar 3.7)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule, people
from minutebook.extract.rules.decisions import COUNT, PERSON

NAME_OR_TITLE = rf"(?:{people.TITLE})?{people.NAME}"
# The line above a motion that has a number and its movers: "R2031-014 A. Pike, B. Lowe:"
NUMBERED = Rule(
    "numbered motion",
    rf"^\W*(?P<ref>(?:R|Res\.?|Resolution|Motion)?\s*(?:No\.?\s*|#\s*)?\d{{2,4}}[-–/]\d{{1,4}})\s*[:.\-–]?\s*(?:[Mm]oved\s+(?:by\s*)?:?\s*)?(?P<mover>{NAME_OR_TITLE})\s*(?:[,/;]|\band\b)\s*(?:[Ss]econded\s+(?:by\s*)?:?\s*)?(?P<seconder>{NAME_OR_TITLE})\s*[:;]?\s*$",
    ("R2031-014 A. Pike, B. Lowe:", "Resolution No. 2031-7 Moved by A. Pike, Seconded by B. Lowe"),
    ("2031-32 Budget, Capital and Revenue: the plan", "Minutes 2031-4 were read"),
)
# What became of it, where its words end.
FATE = compiled(
    r"(?:^|(?<=[.;:)\w’”])\s+)(?:(?:Motion|MOTION)\s+)?(?P<fate>Carried|CARRIED|Defeated|DEFEATED|Lost|LOST|Deferred|DEFERRED|Withdrawn|WITHDRAWN|Tabled|TABLED)(?:\s+(?:[Uu]nanimously|UNANIMOUSLY))?\s*\.?\s*$"
)
FATES = {"carried": "carried", "defeated": "lost", "lost": "lost", "deferred": "deferred", "withdrawn": "withdrawn", "tabled": "deferred"}  # fmt: skip
# Grounds that stand before the clauses, and readings that stand behind them, are no part of the clauses.
GROUNDS = compiled(r"^\W*(?:AND\s+|And\s+)?(?:WHEREAS|Whereas)\b")
READING = compiled(r"^\W*Read\s+a\s+first\b|^\W*Time\s*:", I)
# Where a clause begins in a line of a motion.
OPENS = compiled(
    r"^\W*(?:(?:NOW|Now),?\s+(?:THEREFORE|Therefore),?\s*)?(?:(?:AND\s+|And\s+)?(?:BE\s+IT|Be\s+it)\s+(?:FURTHER\s+|further\s+)?(?:RESOLVED|Resolved|resolved)\s*,?\s*)?(?:(?:AND|And)\s+(?:FURTHER\s+|further\s+)?(?=THAT|[Tt]hat))?(?P<text>(?:THAT|That)\b.*|.+)$"
)
RESOLVES = compiled(
    r"^\W*(?:(?:NOW|Now)\b|(?:AND\s+|And\s+)?(?:BE|Be)\s+(?:IT|it)\b|(?:AND\s+|And\s+)?(?:FURTHER\s+)?(?:THAT|That)\b)"
)
LEAD_ALONE = compiled(
    r"^\W*(?:NOW,?\s+THEREFORE,?\s*)?(?:BE\s+IT\s+(?:FURTHER\s+)?RESOLVED\s*)?(?:THAT|That)?\s*[:,]?\s*$"
)

# A motion printed in full; whether it was carried stands below it.
MOVED = (
    Rule("moved that", rf"^(?:\W*\d{{1,3}}[.)]\s*)?(?P<mover>{PERSON})\s*,?\s+(?:moved|proposed)\b,?\s+(?:and\s+)?(?P<seconder>{PERSON})\s+seconded,?\s*(?:the\s+(?:motion|following\s+motion)\s*)?(?P<text>that\b.+)$",
         ("Cllr Rae moved and Cllr Voss seconded that the time be extended.",), (), needs=("seconded",)),
    Rule("moved in quotes", rf"^(?:\W*\d{{1,3}}[.)]\s*)?(?P<mover>{PERSON})\s*,?\s+(?:moved|proposed)\b,?\s+(?:and\s+)?(?:it\s+was\s+)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s+seconded)?,?\s+(?:the\s+(?:following\s+)?motion\s*)?:?\s*[“\"](?P<text>.+?[.”\"])[”\"]?\s*$",
         ("Councillor Rae moved, and Councillor Voss seconded, “That this Council calls for free parking.”",), ("Councillor Rae moved the motion.",), needs=("seconded",)),
    Rule("it was moved", rf"\b[Ii]t\s+was\s+(?:moved|proposed)\s+by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?(?:duly\s+)?seconded\s+by\s+(?P<seconder>{PERSON}),?\s+(?P<text>that\b.+)$",
         ("It was moved by Councillor Rae and seconded by Councillor Mrs Voss that the time be extended.",), (), needs=("seconded",)),
)  # fmt: skip
# An amendment of a few words; one that was carried is in the resolution below it.
AMENDED_TO = Rule(
    "amendment to",
    rf"(?P<mover>{PERSON})\s+(?:then\s+)?(?:moved|proposed),?\s+(?:and\s+)?(?P<seconder>{PERSON})\s+seconded,?\s+an?\s+(?:further\s+)?amendment\s+(?P<text>(?:to|that)\s+.+)$",
    ("Cllr Rae moved, and Cllr Voss seconded, an amendment to add the words “in June”.",),
    ("Cllr Rae moved an amendment.",),
    needs=("mendment",),
)
# The words that bring in a motion or amendment which stands below in quotation marks.
QUOTED = (
    Rule("quoted motion", rf"(?P<mover>{PERSON})\s+(?:then\s+)?(?:moved|proposed),?\s+(?:and\s+(?:it\s+was\s+)?)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s+seconded)?,?\s+(?:an?|the|the\s+following|a\s+further)\s*(?:following\s+)?(?:amendment|motion)\b[^“\"]{{0,60}}:\s*$",
         ("Councillor Rae then moved, and Councillor Voss seconded, the following amendment:",), ("Councillor Rae moved the amendment.",), needs=("moved", "proposed")),
    Rule("it was moved, quoted", rf"\b[Ii]t\s+was\s+(?:then\s+)?(?:moved|proposed)\s+(?:as\s+an\s+amendment\s+)?by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?(?:duly\s+)?seconded\s+by\s+(?P<seconder>{PERSON})(?:,?\s+(?:as\s+(?:an|the\s+following)\s+(?:amendment|motion)|as\s+follows|that))?\s*[:;]\s*[-–—]?\s*$",
         ("AMENDMENT: It was moved by Councillor Rae and seconded by Councillor Voss:",), ("It was moved by Councillor Rae, seconded by Councillor Voss and",), needs=("seconded",)),
)  # fmt: skip
BY_REFERENCE = compiled(r"\b(?:motion|amendment)\b", I)
AMENDING = compiled(r"\bamendment\b", I)
# A motion or amendment below a heading of its own, the line that tells its movers, and which of the two won.
HEADED = compiled(r"^(?P<what>Motion|Amendment|MOTION|AMENDMENT)\s*:?\s*$")
MOVED_LINE = compiled(
    rf"^\W*(?:Moved|Proposed)\s*(?:by|:)?\s*(?P<mover>{PERSON})\s*[,;.]?\s+(?:and\s+)?(?:duly\s+)?[Ss]econded\s*(?:by|:)?\s*(?P<seconder>{PERSON})\W*$"
)
WON = compiled(
    r"\b(?P<what>motion|amendment)\s+(?:(?:was|is|having\s+been)\s+)?(?:(?:then|accordingly|therefore|duly|thereby)\s+)*(?:declared\s+)?(?:carried|agreed|successful|adopted|the\s+decision)\b",
    I,
)
# A matter put to the vote by itself, its count and what came of it: "Youth club – 5 for, 0 against. AGREED"
TALLIED = Rule(
    "matter, count, outcome",
    rf"^(?:\(?\w{{1,4}}[.)]\s+)?(?P<text>[A-Z][^.]{{3,200}}?\s*[-–:,(]\s*{COUNT}\s+(?:votes?\s+)?(?:for|in\s+favour)\b[^.]{{0,80}}[.)]?\s*[-–]?\s*(?P<fate>(?:NOT\s+)?(?:AGREED|APPROVED|CARRIED|SUPPORTED)|LOST|REJECTED|REFUSED|(?:Not\s+)?(?:[Aa]greed|[Aa]pproved|[Cc]arried)|[Ll]ost|[Rr]ejected))\W*$",
    ("Trade union time – 5 for, 0 against. AGREED", "Behaviour service: 2 votes for, 3 against – Not agreed"),
    ("Trade union time – 5 for, 0 against. It was agreed to move on",),
)
NOT_CARRIED = compiled(r"^(?:not\b|lost|rejected|refused)", I)
# What says that a motion told before it fell, at once or when it was put.
FELL = r"(?:proposal|motion|amendment|this|it)\s+(?:(?:was|being)\s+)?(?:put\s+(?:to\s+the\s+(?:vote|meeting)\s*)?,?\s*(?:and\s+)?(?:it\s+)?(?:was\s+)?)?(?:declared\s+)?(?:to\s+be\s+)?(?:LOST|lost|FELL|fell|defeated|DEFEATED|not\s+carried|NOT\s+CARRIED)\b"
PUT_AND_LOST = (
    Rule("amendment lost", rf"(?P<mover>{PERSON})\s+moved,?\s+(?:and\s+)?(?P<seconder>{PERSON})\s+seconded,?\s+(?:an|the\s+following)\s+(?:amendment|motion)\s*:?\s*(?P<text>that\b.+?)\.\s.*\b(?:amendment|motion)\s+(?:was\s+|were\s+)?(?:LOST|lost|FELL|fell|not\s+carried|defeated)\b",
         ("Cllr Rae moved, and Cllr Voss seconded, an amendment that the limit be raised. It was put to the vote: For 3, Against 4. The amendment was LOST.",), (), "lost", needs=("seconded",)),
    Rule("motion lost", rf"\b[Mm]otion\s+by\s+(?P<mover>{PERSON}),?\s+seconded\s+by\s+(?P<seconder>{PERSON})\s*:\s*[“\"](?P<text>.+?)[”\"].*\b(?:motion|MOTION)\s+(?:was\s+)?(?:LOST|lost|FELL|fell|not\s+carried|defeated)\b",
         ("Motion by Cllr Rae, seconded by Cllr Voss: “That this Panel resolves to sit.” The motion was put: 2 for, 4 against. The motion was LOST.",), (), "lost", needs=("seconded",)),
    Rule("told and fell", rf"\b(?:[Pp]roposed|[Mm]oved)\s+by\s+(?P<mover>{PERSON})\s+(?P<text>that\b[^.]+)\.\s+(?:This|It|The\s+(?:proposal|motion|amendment))\s+was\s+seconded\s+by\s+(?P<seconder>{PERSON})\b.*\b(?:proposal|motion|amendment)\b[^.]{{0,30}}\b(?:fell|LOST|lost|defeated|not\s+carried)\b",
         ("It was proposed by Cllr Rae that the bid be refused. This was seconded by Cllr Voss. Voting was 3 in favour and 8 against. The proposal therefore fell.",), (), "lost", needs=("seconded",)),
    Rule("amendment not agreed", rf"\b[Aa]n\s+amendment\s+(?P<text>(?:to|that)\b[^.]+?)\s+was\s+(?:moved|proposed)\s+by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{PERSON})[^.]*(?:\.\s[^.]*\bamendment\b[^.]*)?\b(?:not\s+agreed|lost|LOST|fell|not\s+carried|defeated)\b",
         ("An amendment to add “after 10” was proposed by Cllr Rae and seconded by Cllr Voss. On being put to the vote the amendment was LOST (3 for, 6 against).", "An amendment to strike out “in June” was moved by Cllr Rae, seconded by Cllr Voss, put and not agreed.",), (), "lost", needs=("mendment",)),
    Rule("told and not agreed", rf"(?P<mover>{PERSON})\s+proposed\s+(?P<text>that\b[^.]+)\.\s+(?P<seconder>{PERSON})\s+seconded\s+(?:this|it)\b.*\b(?:NOT\s+AGREED|LOST|lost|defeated|fell|not\s+carried)\b",
         ("Mrs Rae proposed that it be put in. Mr Voss seconded this. There voted for it 3 and against 5. NOT AGREED.",), (), "lost", needs=("seconded",)),
    Rule("matter lost", rf"(?P<mover>{PERSON})\s+(?:proposed|moved),?\s+(?:and\s+)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s+seconded)?,?\s+(?P<text>(?:acceptance|approval|refusal|deferral|rejection|adoption|that|to)\b[^.]+)\.\s+(?:[^.]{{0,160}}\b)?{FELL}",
         ("Cllr Rae proposed, seconded by Cllr Voss, acceptance of the officer’s advice. On being put to the vote the proposal was lost by 4 votes for and 7 against.", "Cllr Rae moved and Cllr Voss seconded that it be sold. The motion was put to the vote and was lost by 3 votes to 5."), ("Cllr Rae proposed, seconded by Cllr Voss, refusal. The proposal was carried.",), "lost", needs=("econded",)),
    Rule("was moved, lost", rf"\b(?:[Aa]n\s+amendment|[Aa]\s+motion|[Ii]t)\s+was\s+(?:then\s+)?(?:moved|proposed)\s+(?:as\s+an\s+amendment\s+)?by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?(?:duly\s+)?seconded\s+by\s+(?P<seconder>{PERSON})\s*[,:]?\s+[“\"‘]?(?P<text>(?:that|to|That)\b[^.”\"]+?)[”\"’]?\.[”\"’]?\s+(?:[^.]{{0,160}}\b)?{FELL}",
         ("An amendment was moved by Cllr Rae and seconded by Cllr Voss “that the green be kept”. On being put to the vote the amendment was lost, by 2 votes to 5.", "It was moved by Cllr Rae, seconded by Cllr Voss, that the fee be waived. Upon being put to the vote the motion was lost."), ("It was moved by Cllr Rae, seconded by Cllr Voss, that the fee be waived. The motion was carried.",), "lost", needs=("seconded",)),
    Rule("proposal lost", rf"(?P<mover>{PERSON})\s+(?:proposed|moved),?\s+(?P<text>that\b.+?),?\s+(?:which|and\s+this|and\s+it)\s+was\s+seconded\s+by\s+(?P<seconder>{PERSON})\b.*\b(?:declared\s+)?(?:LOST|lost|defeated|not\s+carried)\b",
         ("Cllr Rae proposed that the item be put off, which was seconded by Cllr Voss but on being put to the vote was declared lost with 2 in favour and 5 against.",), ("Cllr Rae proposed that the item be put off, which was seconded by Cllr Voss and carried.",), "lost", needs=("seconded",)),
    Rule("withdrawn", rf"\b(?:submitted|proposed|moved|tabled|[Mm]otion|in\s+the\s+name\s+of)\s+(?:by\s+|from\s+)?(?P<mover>{PERSON})[^“\".]{{0,80}}[“\"](?P<text>[Tt]hat\b[^”\"]+)[”\"].{{0,300}}\b(?:[Mm]otion|it|he|she|they|who)\s+(?:(?:was|be|then|had|duly)\s+){{0,2}}(?:withdrawn|withdrew\s+(?:it|the\s+motion))\b",
         ("Referred from Council and submitted by Cllr Rae: “That this Council buys three taps.” As Cllr Rae wished to amend it, the motion was withdrawn.",), ("Cllr Rae moved: “That it be sold.” An amendment was withdrawn.",), "withdrawn", needs=("withdr",)),
)  # fmt: skip
# An amendment whose words stand below, and who seconded it below them.
AMENDS = Rule(
    "amendment as follows",
    rf"\b[Aa]n?\s+(?:further\s+)?(?P<what>amendment)\s+was\s+(?:then\s+)?(?:moved|proposed)\s+by\s+(?P<mover>{PERSON})(?:,?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{PERSON}))?,?\s+(?:as\s+follows|to\s+read|which\s+read)?\s*[:;]\s*$",
    ("An amendment was moved by Councillor Rae as follows:",),
    ("An amendment was moved by Councillor Rae.",),
    needs=("mendment",),
)
SECONDED = Rule(
    "amendment seconded",
    rf"^(?:The|This)\s+amendment\s+was\s+(?:duly\s+)?seconded\s+by\s+(?P<seconder>{PERSON})",
    ("The amendment was seconded by Councillor Voss.",),
    needs=("mendment",),
)
# What says that a motion told before it was agreed.
PASSED = r"(?:(?:DECISION|Decision)\s*:\s*)?(?:[Tt]here\s+being\s+no\s+(?:other|further)\s+(?:nominations?|candidates?|proposals?),?\s+)?(?:(?:[Tt]his|[Ii]t|[Tt]he\s+(?:motion|proposal))\s+was\s+)?(?:put\s+to\s+the\s+vote\s+and\s+)?(?:unanimously\s+|all\s+)?(?:[Cc]arried|CARRIED|[Aa]greed|AGREED|[Rr]esolved|RESOLVED|[Pp]assed|[Aa]pproved|[Aa]ll\s+(?:were\s+)?in\s+favour|[Aa]ll\s+agreed|[Uu]nanimous|(?:(?:(?:Cllr|Councillor|Mrs?|Ms|Miss|Dr)\.?\s+(?:[A-Z][\w’'.-]*\s+){1,3}|[Hh]e\s+|[Ss]he\s+)was\s+)?(?:[Dd]uly\s+|unanimously\s+|then\s+|therefore\s+)?(?:re-?)?[Ee]lected)\b(?!,?\s+(?:that|to)\b)"
# What a motion is put for: a clause, or a deed by its noun.
MATTER = r"(?:that|to|(?:the\s+)?(?:acceptance|approval|adoption|purchase|appointment|refusal|deferral|payment)\s+of)\b"
WORDS_OF = r"(?:[^.]|\.(?=\d)|(?<=lr|Mr|rs|Ms|Dr)\.)"
PUT_WORDS = r"(?:that|to)\b(?:[^.]|\.(?=\d))+?"
# A motion told and agreed over two sentences.
TOLD_AND_AGREED = (
    Rule("told and agreed", rf"\b(?:[Pp]roposed|[Mm]oved)\s+by\s+(?P<mover>{PERSON})\s+(?P<text>that\b[^.]+)\.\s+This\s+was\s+seconded\s+by\s+(?P<seconder>{PERSON})\s+and\s+(?:unanimously\s+|all\s+)?(?:agreed|carried|resolved|approved)\b",
         ("It was proposed by Cllr Rae that the meeting be suspended. This was seconded by the Chairman and agreed by all members.",), ("It was proposed by Cllr Rae that it be shut. This was seconded by Cllr Voss and lost.",), needs=("seconded",)),
    Rule("put and agreed", rf"\b(?:[Pp]roposed|[Mm]oved)\s+by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?(?:duly\s+)?seconded\s+by\s+(?P<seconder>{PERSON}),?\s+(?P<text>{PUT_WORDS})\.\s+{PASSED}",
         ("It was proposed by Cllr Rae and seconded by Cllr Voss that the accounts be approved. All in favour.",), ("It was proposed by Cllr Rae, seconded by Cllr Voss, that it be shut. This was lost.", "It was proposed by Cllr Rae, seconded by Cllr Voss, that it be shut. It was agreed to wait."), needs=("seconded",)),
    Rule("X put, agreed", rf"(?:^|[.:]\s+)(?P<mover>{PERSON})\s+(?:proposed|moved),?\s+(?:and\s+)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s+seconded)?,?\s+(?P<text>{PUT_WORDS})\.\s+{PASSED}",
         ("Sales are up. SK proposed, seconded by ME, that £3.50 be spent on prints. Carried with one against.",), ("SK proposed, seconded by ME, that it be sold. They would report.",), needs=("econded",)),
    Rule("X put, seconded, agreed", rf"(?:^|[.:]\s+)(?:It\s+was\s+proposed\s+by\s+(?=[A-Z]))?(?P<mover>{PERSON})\s+(?:(?:proposed|moved)\s+)?(?P<text>that\b(?:[^.]|\.(?=\d))+?\bbe\b(?:[^.]|\.(?=\d))+?)(?:,|\.)?\s+(?:and\s+)?(?:(?:this|it|which|This|It)\s+was\s+)?[Ss]econded\s+(?:by\s+)?(?P<seconder>{PERSON})\s*[,;.]?\s+(?:and\s+)?{PASSED}",
         ("Cllr Rae proposed that £50 be given to the Scouts, seconded by Cllr Voss, all in favour.", "It was proposed by Cllr Rae that the tree be felled, seconded by Cllr Voss and carried."), ("Cllr Rae proposed that it be sold, seconded by Cllr Voss and agreed to meet.",), needs=("econded",)),
    Rule("X put, Y seconded", rf"(?:^|[.:,]\s+|\b(?:discussion|debate|consideration|questions)\s+)(?P<mover>{PERSON})\s+(?:then\s+)?(?:proposed|moved)\s+(?P<text>{MATTER}{WORDS_OF}+?)(?:,|\.)?\s+(?:and\s+)?(?:(?:(?:this|it|which|This|It)\s+was\s+)?[Ss]econded\s+(?:by\s+)?(?P<seconder>{PERSON})|(?P<second>{PERSON})\s+seconded(?:\s+(?:this|it|the\s+(?:motion|proposal)))?)\s*[,;.]?\s+(?:and\s+)?{PASSED}",
         ("With that change made, Cllr Rae proposed that they be signed, Cllr Voss seconded and all agreed.", "Cllr Rae proposed the purchase of a bench, seconded Cllr Voss. Agreed.", "Cllr Pym left. After a long discussion Cllr Rae proposed that the Council object because of floods. This was seconded by Cllr Voss. Agreed by 3 votes to 1.",
          "Cllr Rae proposed to buy a bench, seconded by Cllr Voss; all in favour."), ("Cllr Rae proposed that it be sold, Cllr Voss seconded. It was lost.", "Cllr Rae proposed to buy a bench."), needs=("econded",)),
    Rule("motion put and agreed", rf"\b(?:A|The)\s+(?:motion|proposal|proposition)\s+(?P<text>(?:that|to)\b{WORDS_OF}+?)\s+was\s+(?:proposed|moved)\s+by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?seconded\s+by\s+(?P<seconder>{PERSON})\s*[,;.]?\s+(?:and\s+)?{PASSED}",
         ("A motion to buy a bench was proposed by Cllr Rae, seconded by Cllr Voss and carried unanimously.",), ("A motion to buy a bench was proposed by Cllr Rae, seconded by Cllr Voss and lost.",), needs=("seconded",)),
    Rule("it was put by X", rf"\b[Ii]t\s+was\s+(?:proposed|moved)\s+(?P<text>(?:that|to)\b{WORDS_OF}+?)\s+by\s+(?P<mover>{PERSON}),?\s+(?:and\s+)?seconded\s+(?:by\s+)?(?P<seconder>{PERSON})\s*[,;.]?\s+(?:and\s+)?{PASSED}",
         ("It was proposed to buy a bench by Cllr Rae, seconded by Cllr Voss, all agreed.",), ("It was proposed to buy a bench by Cllr Rae.",), needs=("seconded",)),
    # somebody is put up for an office: the whole is what was decided
    Rule("X put up", rf"(?:^|[.:]\s+)(?P<text>(?P<mover>{PERSON})\s+(?:proposed|nominated),?\s+(?:and\s+(?P<seconder>{PERSON})\s+seconded\s+{PERSON}|{PERSON}(?:\s+(?:as|for|to\s+be)\s+[\w -]{{3,40}}?)?,?\s+(?:and\s+)?(?:this\s+was\s+)?seconded\s+by\s+(?P<second>{PERSON}))(?:\s+(?:as|for|to\s+be)\s+[\w -]{{3,40}}?)?\s*[.,;]?\s+(?:and\s+)?{PASSED}[^.]*\.?)",
         ("Cllr Rae proposed and Cllr Voss seconded Cllr Penn. Elected unanimously.", "Cllr Rae proposed Cllr Penn as Chairman, seconded by Cllr Voss. All in favour."), ("Cllr Rae proposed Cllr Penn, seconded by Cllr Voss. He declined.",), needs=("seconded",)),
)  # fmt: skip
CARRIED = compiled(
    r"^\W*(?:(?:(?:up)?on\s+being\s+put\s+to\s+the\s+vote,?\s+)?(?:the\s+)?(?:substantive\s+)?motion\s+(?:was\s+)?(?:declared\s+)?(?:carried|agreed|passed)|agreed(?:\s+unanimously)?|carried(?:\s+unanimously)?|unanimously\s+agreed)\W*$",
    I,
)
LOST = compiled(
    r"^\W*(?:(?:up)?on\s+being\s+put\s+to\s+the\s+vote,?\s+)?(?:the\s+)?(?:motion|proposal)\s+(?:was\s+)?(?:declared\s+)?(?:lost|not\s+carried|defeated)\b",
    I,
)
PUT = compiled(
    r"\b(?P<what>[Aa]mendment|[Mm]otion)(?:,?\s+as\s+(?:altered|amended),?)?\s+(?:(?:was|is)\s+)?(?:(?:then|accordingly|therefore|duly)\s+)*(?:put\s+(?:to\s+the\s+(?:vote|meeting)\s+)?and\s+)?(?:(?:was|is)\s+)?(?:declared\s+)?(?P<fate>LOST|lost|CARRIED|carried|FELL|fell|defeated|DEFEATED)\b"
)
RULES = (
    NUMBERED,
    *MOVED,
    *QUOTED,
    TALLIED,
    AMENDED_TO,
    *TOLD_AND_AGREED,
    AMENDS,
    SECONDED,
    *PUT_AND_LOST,
    Rule("moved line", MOVED_LINE.pattern, ("Moved by Councillor Ian A Rae, seconded by Councillor Bo Voss.",), ("Moved by the wish to help",)),
    Rule("won", WON.pattern, ("The Amendment was carried by 4 votes to 3 and the Committee resolved accordingly.",), ("The motion was lost.",), None, I),
    Rule("fate", FATE.pattern, ("That we accept the letters. Carried.", "Carried.", "CARRIED UNANIMOUSLY"), ("The boxes were carried",)),
    Rule("carried", CARRIED.pattern, ("Upon being put to the vote, the motion was carried.", "Carried unanimously"), ("The motion was carried, and it was",), None, I),
    Rule("lost", LOST.pattern, ("Upon being put to the vote, the motion was declared lost.", "The motion was not carried"), ("The time lost was regretted",), None, I),
    Rule("put", PUT.pattern, ("The amendment was declared LOST.", "The motion was put and carried", "The motion, as altered, was put to the meeting and was CARRIED unanimously."), ("The amendment was put",)),
)  # fmt: skip
