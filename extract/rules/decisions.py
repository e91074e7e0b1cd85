"""Decisions: RESOLVED and its kin, where a block ends, outcomes, votes, movers, procedure (minutes-grammar 3 and 4)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled, part
from minutebook.extract.rules import Rule, any_of, people

# An office, and in brackets who holds it: "the Deputy Mayor (Councillor J. Rae)".
OFFICE = rf"[Tt]he\s+(?:(?:Deputy|Lord|Town|Vice)[\s-])*(?:[Cc]hair(?:man|person|woman)?|Mayor|Provost|Convener|Leader|President)(?![\w-])(?:\s*\({people.TITLE}{people.NAME}\))?"
PERSON = part(
    "PERSON",
    rf"(?:{people.TITLE}{people.NAME}|{people.FULL_NAME}|[A-Z]{{2,4}}(?![a-z])|{OFFICE})",
)
BODY_NOUN = part(
    "BODY_NOUN",
    r"(?:[A-Z][\w’'&-]+\s+(?:(?:and|of|for|&|the)\s+)*){0,7}?(?:Governing\s+Body|Committee|Panel|Board|Council|Cabinet|Members|Councillors|Forum|Commission|"
    r"Sub-Committee|Authority|(?<!Chief\s)Executive|Trustees|Governors|Working\s+Group|Partnership|meeting)(?:\s+for\s+[A-Z]\w+(?:\s+(?:and|&)\s+\w+)?)?",
)
BODY = part(
    "BODY",
    rf"(?:[Tt]he\s+(?:committee|sub-committee|panel|board|council|cabinet|forum|trustees|governors|group|association|authority)(?![\w’'-])|(?:[Tt]he\s+)?{BODY_NOUN})",
)
BRACKET = r"(?:\s*\([^()]{1,160}\))?"
# What may follow the word: a colon, dashes, "that", "to", or the end of the line.
AFTER = (
    r"(?P<sep>\s*(?:[:;/]\s*[-–—]*|[-–—]+|\.(?=\s*$))\s*|,?\s+(?=(?:[Tt]hat|THAT|T\sH\sA\sT|[Tt]o|TO|not\s+to)\b)|\s*$)"
)
# How it was decided, between the word and what was decided: "by 7 votes to 3", ", with Cllr Rae abstaining,"; or by what power.
HOW = part(
    "HOW",
    r"(?:\s*[,–-]?\s+(?:UNANIMOUSLY|unanimously|nem\.?\s*con\.?|(?:under|pursuant\s+to|in\s+accordance\s+with|in\s+terms\s+of|in\s+exercise\s+of|having\s+(?:considered|regard\s+to))\s[^:;]{3,120}?(?=,\s+(?:[Tt]hat|THAT|[Tt]o)\b)|subject\s+to\s[^.:;]{3,160}?(?=\s*:)|(?:by|with|[Oo]n|upon|after|under)\s+(?=[^:;]{0,100}\b(?:votes?|voting|majority|abst\w+|hands|assent|dissent\w*|against|favour|seconded)\b)(?:[^.:;]|(?<=[A-Z]|lr|Mr|rs|Dr|Ms|ld)\.){3,160}?))?",
)
ON_MOTION = compiled(
    r"\s*[Oo]n\s+(?:the|a)\s+(?:motion|proposal|proposition)\s+(?:of|by|from)\b[^:;]{3,160}?,?\s+(?=(?:that|to)\b)"
)
THAT = compiled(r"^(?:T\sH\sA\sT|THAT)\b")

# The first word of a clause that tells what a body did.
DEEDS = (
    r"(?:and\s+)?(?:also\s+|further\s+|unanimously\s+)?(?:noted|approved|agreed|endorsed|authorised|delegated|adopted|accepted|received|referred|remitted|recommended|requested|instructed|appointed|confirmed|supported|granted|refused|"
    r"deferred|ratified|resolved|elected|invited|thanked|welcomed|homologated|continued|determined|nominated|asked|did\s+not\s+\w+|declined)\b"
)
DEED = compiled(rf"^{DEEDS}", I)
DEED_BEHIND = compiled(rf";\s+(?=(?i:{DEEDS}))")
# Words that open a block of decisions at the start of a line, after a label. `value` is the kind of row; the lead word decides (4.4).
LEADS = (
    Rule("resolved", rf"^(?:(?:It\s+was\s+|IT\s+WAS\s+|The\s+{BODY_NOUN}\s+)?(?:UNANIMOUSLY\s+|unanimously\s+)?)(?P<lead>RESOLVED|Resolved|R\s?E\s?S\s?O\s?L\s?V\s?E\s?D|RESOLUTION|Resolution|RESOLVES)(?P<note>{BRACKET})(?P<how>{HOW})(?P<target>\s+TO\s+RECOMMEND(?:\s+TO\s+[A-Z]+)?{HOW})?{AFTER}",
         ("RESOLVED:", "RESOLVED – That the report be noted", "UNANIMOUSLY RESOLVED that", "RESOLVED (Unanimous): That", "R E S O L V E D - T H A T the plan", "RESOLVED to award £200", "Resolved: That", "RESOLVED by 5 votes to 1 with 1 abstention", "IT WAS RESOLVED by 6 votes for and 2 against", "RESOLVED, with Cllr Rae abstaining, that the grant be paid",
          "Resolved on the proposal of Cllr. Rae, seconded by Cllr. Voss, to sell", "RESOLVED – On the motion of Cllr Rae, seconded by Cllr Voss, that it be sold",
          "RESOLVED, under Standing Order No. 12, that the public be excluded", "RESOLVED, under delegated powers, on the proposal of Cllr Rae, seconded by Cllr Voss, that it be sold", "RESOLVED, subject to a change in line 4: (i) the fees"),
         ("Resolved complaints fell by 4%", "asked whether it had been RESOLVED by then"), "resolution"),
    Rule("recommended", rf"^(?:UNANIMOUSLY\s+|It\s+was\s+)?(?P<lead>RECOMMENDED|RECOMMENDATIONS?|Recommended|RECOMMENDS|Recommendations?(?=\s+to\s+(?:the\s+)?[A-Z]\w+(?:\s+(?:(?:of|and|the|for)\s+)*[A-Z]\w+){{0,6}}\s*(?:\([^()]*\))?\s*:?\s*$))(?P<note>{BRACKET})(?P<how>\s+UNANIMOUSLY)?(?P<target>\s+(?:TO|to)\s+(?:THE\s+|the\s+)?(?!that\b)[A-Z][A-Za-z ]{{2,40}}?(?=\s*(?:[:\-–(]|$|\s(?:that|That|THAT)))(?:\s*\([^()]{{3,60}}\))?)?{AFTER}",
         ("RECOMMENDED: That Council adopt the plan", "RECOMMENDATIONS", "RECOMMENDED TO CABINET: That", "RECOMMENDED - T H A T the budget be approved", "Recommendations to Full Council (10 March 2031)"),
         ("Recommended speeds were shown", "Recommendations to Cabinet were read out",  "RECOMMENDATIONS MADE BY THE AUDITOR WERE COMPLETE"), "recommendation", needs=("RECOMMEND", "Recommend")),
    Rule("agreed", rf"^(?:(?:It\s+was|IT\s+WAS)\s+(?:UNANIMOUSLY\s+|unanimously\s+)?)?(?P<lead>AGREED|DECIDED|DECISION|Decision|ORDERED|CONCLUDED|NOTED|APPROVED|RECEIVED)(?P<note>{BRACKET})(?P<how>{HOW})(?P<target>\s+TO\s+RECOMMEND(?:\s+TO\s+[A-Z]+)?{HOW})?{AFTER}",
         ("AGREED TO RECOMMEND, on the proposal of Cllr Rae, seconded by Cllr Voss, that it be sold", "IT WAS UNANIMOUSLY AGREED to support the bid", "AGREED that the grant be paid", "DECISION: That", "ORDERED that the lease be granted", "AGREED:"),
         ("AGREED MINUTES were circulated", "DECISION MAKING STRUCTURE"), "resolution", needs=("AGREED", "DECIDED", "DECISION", "Decision", "ORDERED", "CONCLUDED", "NOTED", "APPROVED", "RECEIVED")),
    Rule("lead lost", rf"^(?P<lead>That\s+(?={BODY}\s*(?:\([^)]*\)\s*)?[:\-–;\s]*$))(?P<note>)(?P<how>)(?P<target>)(?P<sep>)",
         ("That the Northmere Scrutiny Committee:",), ("That the Committee note the report.",), "resolution", needs=("That",)),
    # the word itself is lost behind the motion: "it was moved by Cllr Rae, seconded by Cllr Voss and:"
    Rule("moved and", rf"^(?P<lead>.{{0,400}}?\b(?:[Mm]oved|[Pp]roposed)\s+(?:by\s+)?{PERSON},?\s+(?:and\s+)?(?:duly\s+)?[Ss]econded\s+(?:by\s+)?{PERSON},?\s+and(?:\s+(?:it\s+was\s+)?(?:unanimously\s+)?(?:agreed|AGREED|resolved|RESOLVED|carried)(?:\s+unanimously)?(?:\s+that)?)?\s*[:\-–]*)(?P<note>)(?P<how>)(?P<target>)(?P<sep>\s*)$",
         ("Following debate it was moved by Cllr Rae, seconded by Cllr Voss and:", "It was proposed by Cllr Rae, seconded by Cllr Voss and agreed"), ("It was moved by Cllr Rae, seconded by Cllr Voss and lost.",), "resolution", needs=("seconded",)),
    # a paragraph that ends with the word, and what was decided below it: "On the motion of Cllr Rae, it was RESOLVED"
    Rule("it was resolved, below", rf"^(?P<lead>(?:.{{0,800}}?[.,;:]\s+|.{{0,400}}?\band\s+)?(?:[Ii]t\s+was|IT\s+WAS)\s+(?:(?:then|therefore|accordingly|unanimously|UNANIMOUSLY)\s+)*(?P<verb>RESOLVED|resolved|AGREED|agreed|DECIDED|decided))(?P<note>{BRACKET})(?P<how>{HOW})(?P<target>)(?P<sep>(?:\s+(?:that|to))?\s*[:;]?\s*[-–—]*\s*)(?:$|(?<=:\s)(?=\(?(?:1|a|i)[.)]\s))",
         ("It was agreed: (a) to pay; and (b) to wait", "Three tenders were opened. On the proposition of Cllr Rae, seconded by Cllr Voss, it was unanimously RESOLVED", "Following debate, it was resolved:-"), ("It was resolved to sell.", "He asked how it was agreed."), "resolution", needs=("RESOLVED", "resolved", "AGREED", "agreed", "DECIDED", "decided")),
    Rule("body resolved, below", rf"^(?P<lead>.{{0,800}}?\b(?:and|(?:{BODY}))\s+(?:(?:then|therefore|accordingly|unanimously)\s+)*(?P<verb>RESOLVED|resolved|AGREED|agreed|DECIDED|decided))(?P<note>{BRACKET})(?P<how>{HOW})(?P<target>)(?P<sep>(?:\s+(?:that|to))?\s*:\s*[-–—]*\s*)(?:$|(?=\(?(?:1|a|i)[.)]\s))",
         ("The Authority considered the report and RESOLVED that:", "Following debate, the Panel unanimously resolved to:"), ("The Panel had agreed: it was so.", "He and she had agreed that:"), "resolution", needs=("RESOLVED", "resolved", "AGREED", "agreed", "DECIDED", "decided")),
    Rule("body agreed, list", rf"^(?:(?:Therefore|Accordingly|Following\s+(?:debate|discussion)|After\s+(?:debate|discussion)),?\s+)?{BODY}\s+(?:then\s+|therefore\s+)?(?:unanimously\s+)?(?P<lead>AGREED|DECIDED|agreed|resolved|decided)(?P<note>{BRACKET})(?P<how>\s+unanimously)?(?P<target>)(?P<sep>\s*(?:that|to)?\s*:\s*[-–—]*\s*)(?:$|(?=\(?(?:1|a|i)[.)]\s))",
         ("The Committee AGREED (by 6 to 2):", "The Panel agreed: (a) to note the plan; and (b) to wait", "After discussion, the Panel agreed that:"), ("The Panel agreed:- that it was so", "The Panel agreed."), "resolution", needs=("AGREED", "DECIDED", "agreed", "resolved", "decided")),
    # what it did stands in a list below it, each deed beginning with its verb
    Rule("body alone", rf"^(?P<lead>{BODY}\s*(?:then\s*)?(?=[:\-–]))(?P<note>)(?P<how>)(?P<target>)(?P<sep>[:\-–—]+\s*)$", ("The Area Committee:", "The Council –"), ("The Council:- met", "Present: Members"), "resolution", needs=("-", "–", ":")),
    Rule("body and deeds", rf"^(?P<lead>{BODY}\s*(?:[:\-–]+\s*(?=(?i:{DEEDS}))|[:\-–]*\s+(?=\((?:1|a|i)\)\s+(?i:{DEEDS}))))(?P<note>)(?P<how>)(?P<target>)(?P<sep>)",
         ("The Board: noted the report; and approved the plan.", "The Panel (a) noted the plan; and (b) agreed to wait"), ("The Board: a history", "The Panel noted the plan"), "resolution"),
    Rule("agreed, with a colon", rf"^(?P<lead>Agreed|Decided|Ordered|Concluded)(?P<note>{BRACKET})(?P<how>\s+unanimously)?(?P<target>)(?P<sep>\s*(?::|\s[-–—])\s*|\s+(?=(?:that|to)\b))",
         ("Agreed: that the grant be paid", "Agreed to pay the invoice"), ("Agreed unanimously.", "Agreed by all"), "resolution", needs=("Agreed", "Decided", "Ordered", "Concluded")),
)  # fmt: skip

# Sentences of running text in which a body decides. `text` is the row.
ADVERBS = r"(?:(?:then|also|further|therefore|subsequently|duly|unanimously|formally|thereupon|accordingly|all)\s+)*"
WHAT = r"(?P<text>(?:that|to|not\s+to|upon)\b.+|(?:an?|the|this|another|it|all)\b.+\b(?:should|would\s+be|be|could\s+be|satisfactory)\b.*)"
# The law or rule by which it was decided, before what was decided.
POWERS = r"(?:,?\s+(?:in\s+terms\s+of|under|in\s+accordance\s+with|pursuant\s+to|in\s+exercise\s+of)\s[^.;]{3,200}?(?=,?\s+(?:that|to)\s))?"
SENTENCES = (
    Rule("proposed and agreed", rf"\b(?:[Pp]roposed|[Mm]oved)\s+(?:by\s+)?(?P<mover>{PERSON}),?\s+(?:and\s+)?(?:duly\s+)?seconded\s+(?:by\s+)?(?P<seconder>{PERSON})\s*,?\s+(?:and\s+)?(?:it\s+was\s+)?(?P<how>unanimously\s+)?(?:agreed|resolved|RESOLVED|AGREED|carried|approved|decided){HOW}\s*,?\s*{WHAT}$",
         ("It was proposed by Cllr. J. Rae, seconded by Cllr. K. Voss and unanimously agreed, that the minutes were correct.",
          "Proposed Cllr Pym, seconded Cllr Rae and agreed to donate £100.00", "At 9 pm it was moved by Cllr Pym, seconded by Cllr Rae and agreed that Standing Order 9 be suspended.",
          "It was proposed by Cllr Pym, seconded by Cllr Rae and RESOLVED, with Cllr Voss abstaining, that the grant be paid."), (), "resolution", needs=("roposed", "oved")),
    Rule("proposed, passed", rf"^(?P<mover>{PERSON})\s+proposed,?\s+and\s+(?P<seconder>{PERSON})\s+seconded,?\s+(?P<text>that\s+.+?),?\s+(?:and\s+)?(?:this|it)\s+was\s+(?:passed|carried|agreed|confirmed)(?P<how>\s+unanimously)?",
         ("Councillor Sal Rae proposed and Councillor Dan Voss seconded, that Councillor Orme be elected, and this was passed unanimously.",), (), "resolution", needs=("proposed",)),
    Rule("it was resolved", rf"(?<!whether\s)(?<!\bif\s)(?<!\bthat\s)\b[Ii]t\s+was\s+{ADVERBS}(?P<verb>resolved|RESOLVED|agreed|AGREED|decided|DECIDED|determined){BRACKET}(?P<how>{HOW}){POWERS}\s*,?\s+{WHAT}$",
         ("It was agreed to buy two planters.", "After much debate it was resolved to sell.", "It was unanimously RESOLVED that the hall be sold.", "It was resolved a letter should be sent.", "On being put to the vote it was RESOLVED (8 votes to 2) that the lease be granted."),
         ("He asked whether it was agreed that",), "resolution", needs=("resolved", "RESOLVED", "agreed", "AGREED", "decided", "DECIDED", "determined")),
    # only at the start of what is told: further on it may be what officers put forward
    Rule("recommended to", rf"^(?:It\s+was\s+)?(?:[Uu]nanimously\s+)?(?:Recommended|RECOMMENDED)(?:\s+(?:unanimously|UNANIMOUSLY))?\s+(?:to|TO)\s+(?:the\s+)?(?:{BODY_NOUN})\s*[:,–-]?\s+(?P<text>(?:[Tt]hat|THAT)\b.+)$",
         ("Recommended to Council that rents be raised.", "RECOMMENDED to Full Council: That rents be raised."), ("Recommended to visitors that they ring.", "The report: RECOMMENDED to Council that rents be raised"), "recommendation", needs=("Recommended", "RECOMMENDED")),
    Rule("body recommended", rf"^(?:(?:After|Following)\s[^,;:]{{3,80}},\s+)?{BODY}\s+(?:then\s+|also\s+|therefore\s+)?(?:unanimously\s+)?(?:RECOMMENDED|recommended(?=\s+to\s+(?:the\s+)?[A-Z]))(?:\s+to\s+(?:the\s+)?{BODY_NOUN})?\s+(?P<text>that\b.+\bbe\b.+)$",
         ("The Panel RECOMMENDED that rents be raised.", "Members unanimously recommended to Cabinet that the scheme be dropped."), ("The inquiry recommended that rents be raised.", "The Panel recommended that people walk."), "recommendation", needs=("RECOMMENDED", "recommended")),
    Rule("it was resolved, when", rf"^[Ii]t\s+was\s+{ADVERBS}(?P<verb>resolved),\s+(?P<text>.+)$", ("It was resolved, when printing the map, to add the path.",), (), "resolution", needs=("resolved",)),
    Rule("items supported", r"^(?P<lead>[A-Z][^.:]{0,120}\b(?:applications?|proposals?|observations?|comments?|responses?|requests?)\b[^.:]{0,120}\b(?:were|was)\s+(?:supported|approved|agreed))\s*(?P<text>:)\s*$",
         ("Applications for these proposals were supported:", "The following observations were agreed:"), ("Applications were received:",), "items", needs=("supported", "approved", "agreed")),
    Rule("decided as follows", rf"(?P<lead>\b{BODY}\s+(?:then\s+)?(?:decided|resolved|agreed|determined|voted)\s+(?:on\s+)?(?:them\s+)?as\s+follows)\s*(?P<text>:)\s*$", ("There were two bids, on which the Committee decided as follows:",), ("The Committee decided as follows.",), "items", needs=("follows",)),
    Rule("matter, resolved", r"^(?P<text>(?!(?:It|After|Following|In|On|Having|A\s+request)\b)[A-Z][^.]{3,90}?,\s+(?:(?:the\s+)?(?:Councillors|Members|Council|Committee)\s+)?resolved\s+(?:not\s+)?to\s+.+)$", ("Scouts, request for a grant, resolved to refuse", "Hall repair, Councillors resolved not to pay"), ("After debate, it was resolved to pay",), "resolution", needs=("resolved",)),
    Rule("decision was", rf"\bdecision\s+of\s+(?:the\s+)?{BODY_NOUN}\s+was\s+(?P<text>to\s+.+)$", ("The decision of the Licensing Sub-Committee was to SUSPEND the licence.",), (), "resolution", needs=("decision",)),
    Rule("all approved", r"^(?P<text>(?!(?:Proposed|Moved|Seconded)\b)[A-Z][^.]{10,240},\s+all\s+(?:approved|agreed|in\s+favour))\W*$", ("The Clerk sent round a draft notice, all approved.",), ("The plan was made and all approved of it now", "Proposed Cllr Rae, seconded Cllr Voss, all in favour"), "resolution", needs=("all ",)),
    Rule("the following were passed", r"^(?P<text>The\s+following\s+(?:\w+\s+){0,3}(?:were|was)\s+(?:passed|approved|authorised|agreed)\s+for\s+payment\b.*)$", ("The following were passed for payment by the Councillors",), (), "resolution", needs=("payment",)),
    Rule("proposed and passed", rf"^(?P<text>(?:The|These|All)\b(?!\s+(?:was|were)\b)[^.]{{0,120}}?\b(?:was|were)\s+proposed\s+(?:for\s+\w+\s+)?by\s+{PERSON},?\s+(?:and\s+)?seconded\s+by\s+{PERSON},?\s+(?:and\s+)?(?:unanimously\s+|all\s+|duly\s+)?(?:agreed|approved|accepted|adopted|carried|passed)\b.*)$",
         ("The following were proposed by Cllr Rae, seconded by Cllr Voss and agreed: hall £20; paint £9.", "The accounts were proposed by Cllr Rae, seconded by Cllr Voss and approved."), ("The accounts were proposed by Cllr Rae and seconded by Cllr Voss.", "These were proposed by Cllr Rae, seconded by Cllr Voss and agreed."), "resolution", needs=("proposed",)),
    # the title of an item has run into the words below it
    Rule("minutes, then the minutes", r"^(?:\d{1,3}\t)?(?:Minutes|Notes|Approval|MINUTES)\b[^.:;]{3,90}?\s(?P<text>The\s+(?:minutes?|notes?)\s+(?:of|from|for)\b[^.]{3,120}?\b(?:was|were)\s+(?:\w+\s+)?(?:agreed|approved|confirmed|accepted|adopted|taken|signed)\b.*)$",
         ("Minutes of the last meeting The minutes of 22 July were agreed as a true record.",), ("Minutes of 22 July were agreed",), "resolution", needs=("The minute", "The note")),
    Rule("taken as a record", r"^(?P<text>(?:(?:The\s+minutes?|These|They)\s+(?:was|were)\s+)?(?:[Tt]aken|[Cc]onfirmed|[Aa]pproved|[Aa]greed|[Aa]ccepted)\s+as\s+(?:an?\s+)?(?:true|correct|accurate)\b.*)$", ("These were agreed as correct, proposed JR.", "Confirmed as a correct record and signed.", "The minutes were taken as a true record."), (), "resolution", needs=("record", "correct", "true", "accurate")),
    Rule("were co-opted", r"^(?:It\s+was\s+(?:agreed|resolved)\s+)?(?P<text>the\s+following\s+(?:new\s+)?members?\s+(?:were|was|be)\s+(?:co[- ]?opted|elected|appointed)\b.*)$", ("the following new members were co opted onto the committee: Ann Hay and Lee Orr",), (), "resolution", I, ("members", "member")),
    Rule("all agreed to", r"^(?:[Aa]ll\s+(?:the\s+)?(?:[Mm]embers|[Cc]ouncillors)(?:\s+present)?)\s+(?P<verb>agreed|resolved|decided|voted)\s+(?P<text>to\s+.+|that\s+(?:(?!\b(?:was|were|is|had)\b)[^.]){3,200}?\bbe\s+\w+.*)$", ("All members agreed to adopt the Code.",), ("All members agreed that it was a pity.",), "resolution", needs=("ll",)),
    Rule("body resolved", rf"(?:^|[,;]\s+|\band\s+|\)\s*|\s(?=The\s)|\s(?=(?:Councillors|Members)\s+(?:\w+\s+)?resolved))(?P<body>{BODY})\s+{ADVERBS}(?P<verb>resolved|RESOLVED|RESOLVES|agreed|AGREED|decided|DECIDED|determined){BRACKET}(?P<how>{HOW}){POWERS}\s*,?\s+{WHAT}$",
         ("The Panel agreed to defer the report.", "Councillors resolved not to support the scheme.", "The Council unanimously resolved that the hall be sold.", "The Committee resolved in terms of Section 50A(4) of the Act to exclude the public."),
         ("The Panel had agreed to defer the report.", "The Chair agreed to write."), "resolution", needs=("resolved", "RESOLVE", "agreed", "AGREED", "decided", "DECIDED", "determined")),
    # a body that did something else first: "The Panel looked at a list and agreed that no further action was needed."
    Rule("body did and agreed", rf"^(?:The\s+)?{BODY_NOUN}\s+(?:considered|received|discussed|debated|reviewed|noted|welcomed|looked\s+at|examined)\b[^.;]{{3,240}}?,?\s+and\s+{ADVERBS}(?P<verb>resolved|agreed|decided)(?P<how>\s+unanimously)?\s+{WHAT}$",
         ("The Panel looked at a list of decisions and agreed that no further action was needed.", "The Committee considered the report and agreed to fund the pilot."), ("The Panel considered what Cabinet had agreed.",), "resolution", needs=("agreed", "resolved", "decided")),
    Rule("matter, body resolved", rf"^(?P<text>(?!(?:It|After|Following|In|On|Having)\b)[A-Z][^.]{{3,240}}?\b(?:Councillors|Members|Council|Committee)\s+{ADVERBS}resolved\s+(?:not\s+)?to\s+\w+(?:\s+£?[\d.,]+)?)\W*$",
         ("A letter asking for a grant has been received from the Bus Group Councillors resolved to donate £40", "Invoice from J Roe £90, Councillors resolved to pay"), ("The Council resolved to sell the hall.",), "resolution", needs=("resolved",)),
    Rule("was agreed as", r"^(?P<text>[A-Z][^.]{3,80}?\bwas\s+(?:agreed|chosen)\s+as\s+.+)$", ("Friday 9 May was agreed as a date.",), ("The plan was noted as late",), "resolution", needs=("agreed", "chosen")),
    Rule("set up", r"^(?P<text>An?\s+(?:sub-?\s?committee|working\s+(?:group|party)|task\s+(?:and\s+finish\s+)?group|steering\s+group)\b[^.]*?\b(?:was|were)\s+(?:appointed|set\s+up|formed|established)\b.*)$",
         ("A sub committee of AH and LO was appointed to look into lights.",), ("A working group had been formed",), "resolution", needs=("was", "were")),
    # an election told in the passive; the office must be one of a body's own
    Rule("was elected", rf"^(?:There\s+being[^,]{{3,60}},\s+)?(?P<text>(?:{people.TITLE}{people.NAME}|{people.FULL_NAME}|[A-Z][a-z]+)\s+(?:was|is|were|be)\s+{ADVERBS}(?:re-?)?(?:elected|appointed|co-opted)\s+(?:as\s+|to\s+(?:be\s+)?|onto\s+)?(?:the\s+)?(?:[A-Z]\w+\s+){{0,2}}(?:Chair\w*|Vice[- ]\s?Chair\w*|Treasurer|Secretary|Conven[eo]r|Mayor|Deputy\s+Mayor|President|Webmaster|Leader|[Cc]ommittee|[Cc]ouncil|Board)\b.*)$",
         ("Cllr Rae was duly elected Chairman for the year.", "Ann is re-elected as Treasurer.", "Mr Orme was co-opted onto the Council."), ("Mr Orme was appointed as an engineer.",), "resolution", needs=("elected", "appointed", "co-opted")),
    Rule("resolved, moved by", rf"(?:^|[.;]\s+)(?:RESOLVED|Resolved),?\s*[:\-–—]*\s*(?:[Pp]roposed|[Mm]oved)\s+(?:by\s+)?(?P<mover>{PERSON}),?\s+(?:and\s+)?[Ss]econded\s+(?:by\s+)?(?P<seconder>{PERSON}),?\s+(?P<text>(?:that|to|not\s+to)\b.+)$",
         ("Resolved, proposed Cllr Rae, seconded Cllr Voss, that Mr Orme be co-opted.",), (), "resolution", needs=("esolved", "RESOLVED")),
    Rule("then resolved", r"(?:^|[.;,–-]\s+|\s)(?P<verb>RESOLVED|Resolved)(?:\s*\([^()]{1,160}\))?\s*[:\-–—]*\s+(?P<text>(?:(?:[Tt]hat|[Tt]o|not|no\s+(?:objections?|comments?|observations?|action))\b|[A-Z]).+)$",
         ("The Chairman reported that he was still waiting. RESOLVED: That the item be brought forward.", "Repairs are needed. Resolved Councillor Rae contact the mason.", "He rose. Resolved (5 for, 1 abstention): That it be so.", "New shed. Resolved: no objection provided that it is low."), (), "resolution", needs=("RESOLVED", "Resolved")),
    Rule("at last resolved", r",\s+resolved\s+(?P<text>(?:not\s+)?to\s+.+)$", ("A request came in, after talk it was felt there was no need, resolved not to pay.",), (), "resolution", needs=("resolved",)),
    Rule("minutes approved", r"^(?P<text>(?!.*\b(?:silence|to\s+be|will\s+be|would\s+be|if\s+in\s+order|to\s+approve|next\s+(?:regular\s+)?(?:council\s+)?meeting)\b)(?:(?:The|All|Minutes)\b.*\b[Mm]inutes?\b|(?:The\s+)?[Mm]inutes?\b|(?:The\s+)?(?:[Dd]raft\s+)?[Nn]otes\s+(?:of|from)\s+(?:the\s+(?:last\s+|previous\s+)?meeting|\d{1,2}(?:st|nd|rd|th)?|(?:Mon|Tues|Wednes|Thurs|Fri)day)\b|All\s+agreed\b|Acceptance\s+of\s+the\s+[Mm]inutes).*\b(?:(?:were|was)\b.*\b(?:agreed|approved|confirmed|accepted|adopted|proposed)\b|(?:agreed|approved|confirmed|accepted|adopted)\b).*)$",
         ("The minutes of the previous meeting were agreed as accurate.", "The Minutes of the Meeting held on 1 May were approved.", "All agreed these were a true record, and they were accepted.", "The Minute of the meeting of 1 May was approved as a correct record.", "The notes of the meeting on 2 May were agreed.", "The notes of 2 May were agreed."),
         ("The minutes showed a fall", "The minute of silence was agreed to have been moving.", "The notes were read and agreed with",  "Minutes to be approved at the next meeting."), "resolution", needs=("inute", "otes", "agreed")),
    Rule("body noted", rf"^(?:On\s+(?:a|the)\s+(?:proposal|motion)\s+(?:by|of|from)\s+{PERSON}(?:,?\s+seconded\s+(?:by\s+)?{PERSON})?,\s+)?(?P<text>(?:That\s+)?(?P<body>{BODY})\s+{ADVERBS}(?:(?:considered|discussed|reviewed)\s+and\s+)?(?P<verb>noted|NOTED|approved|endorsed|accepted|adopted|supported|ratified|confirmed(?=\s+the\s+(?:minutes|appointment|decision|recommendation))|authorised|granted|refused|deferred|appointed|elected|delegated|received\s+and\s+noted|APPROVED|ENDORSED|ADOPTED|ACCEPTED|SUPPORTED|DEFERRED|(?:agreed|AGREED)(?=\s+(?:the|an?|its|their)\b)|voted(?=\s+(?:unanimously\s+)?(?:in\s+favour\s+of|to|for)\b))\s+(?!that\b|by\b|how\b|whether\b|with\b|the\s+following\s+points).+)$",
         ("The Panel noted the report.", "Committee noted the outturn position.", "The Cabinet approved the plan and delegated the bids.", "The Panel agreed the draft plan.", "The Forum AGREED the criteria for 2031.", "The Committee considered and approved the draft budget.", "The Council voted in favour of buying a rail.", "On a proposal by PL, seconded UB, the Board approved Mr Orme as a member."),
         ("The Panel noted that usage had risen.", "Members had noted the report."), "resolution"),
    Rule("was authorised", r"^(?P<text>(?:[A-Z][\w ]{0,60}?)?(?:[Pp]ayments?|[Cc]heques|[Dd]onations?|[Cc]ost|[Qq]uot(?:e|ation)s?|[Gg]rants?|[Pp]roposals?|[Pp]recept|[Aa]pologies|[Aa]ccounts|[Ii]nvoices|budget|Budget|[Aa]pplications?)\b[^.]{0,160}?\b(?:were|was)\s+(?:duly\s+|all\s+|discussed\s+and\s+)?(?:authorised|approved|agreed|accepted|supported|refused|APPROVED|AGREED|REFUSED|GRANTED|DEFERRED|passed\s+for\s+payment|received,?\s+and\s+the\s+reasons?\s+accepted)\b(?!\s+by\s+(?!the\s+(?:Council|Committee|Panel|members|Members|Councillors))).*)$",
         ("A donation of £50 was approved.", "Payments were authorised: hall £20, paint £9.", "The application was APPROVED subject to the conditions in the report.", "Cheques for the following invoices were approved and signed."), ("Payments were late.",), "resolution", needs=("was", "were")),
    Rule("was deferred", r"^(?P<text>(?:(?:The|This|An?|It|Item|Consideration|Approval|Appointment)\b(?:(?!\b(?:said|reported|that|who|had|hospital|court|NHS|Government)\b)[^.;:]){0,90}?\b(?:was|were)\s+(?:therefore\s+|accordingly\s+|then\s+|unanimously\s+|agreed\s+and\s+)?(?:deferred|DEFERRED|held\s+over|carried\s+(?:over|forward)\s+to\s+the\s+next)|(?:Deferred|DEFERRED|Held\s+over|Adjourned)(?=\s+(?:to|until|till|pending|for)\b))\b(?!\s+(?:at|from|in|by|last|twice|several)\b).*)$",
         ("This item was deferred pending a visit.", "Deferred to the next meeting.", "The financial rules were deferred as a new model is expected."),
         ("The item was deferred at the last meeting.", "The grant was deferred by the County.", "The Clerk reported that the item was deferred.", "Deferred payments were made."), "resolution", needs=("eferred", "DEFERRED", "eld over", "djourned", "carried")),
    Rule("was received", r"^(?P<text>(?:The|This|These|Both|All)\s+(?:(?!\b(?:that|who|which|had)\b)[^.;:]){0,90}?\b(?:reports?|updates?|presentations?|statements?|position|accounts|correspondence|briefings?|balances?|reconciliations?|figures|programme|plan|log|letters?|minutes|information)\b(?:\s+(?:of|from|on|for)\s+[^.;:]{2,60}?)?\s+(?:was|were)\s+(?:duly\s+)?(?:received(?:\s+and\s+(?:noted|approved|adopted))?|noted(?:\s+and\s+approved)?|NOTED|RECEIVED)(?:\s+(?:for\s+information|with\s+thanks|by\s+(?:the\s+)?(?:Council|Committee|Board|Panel|Members|Councillors)))?\.?)\W*$",
         ("The report was received.", "The Clerk’s report was noted.", "The bank balances were noted."), ("The report was received from the County in May.", "The minutes of 3 May had been received."), "resolution", needs=("received", "noted", "NOTED", "RECEIVED")),
    Rule("apologies accepted", r"^(?P<text>[Aa]pologies\b[^.]{0,200}\b(?:received|given|submitted|tendered|noted)\b[^.]{0,200}\band\s+(?:(?:the\s+|their\s+)?reasons?\s+)?(?:were\s+|was\s+)?(?:duly\s+)?(?:accepted|approved)\b.*)$",
         ("Apologies were received and accepted as above.", "Apologies were received from Cllr Rae and the reasons accepted."), ("Apologies were received from Cllr Rae.",), "resolution", needs=("pologies",)),
    # what a body of its own may adopt or buy; not what others did before
    Rule("was adopted", r"^(?P<text>The\s+(?:(?!\b(?:that|who|which|had|been)\b)[^.;:]){0,60}?\b(?:purchase|appointment|budget|policy|policies|tenders?|contract|expenditure|[Ss]tanding\s+[Oo]rders|[Rr]egulations|[Tt]erms\s+of\s+[Rr]eference|[Cc]ode\s+of\s+[Cc]onduct|[Rr]isk\s+[Aa]ssessment|Statement|lease|scheme|strategy|programme|asset\s+register)\b(?:\s+(?:of|for|from|to)\s+[^.;:]{2,60}?)?\s+(?:was|were)\s+(?:duly\s+|unanimously\s+|formally\s+|reviewed\s+and\s+|then\s+)*(?:adopted|re-adopted|approved|agreed|ratified|endorsed|ADOPTED|APPROVED|AGREED)\b(?!\s+(?:in|at|on|by|last|earlier|as\s+part|to\s+be)\b).*)$",
         ("The revised Standing Orders were adopted.", "The purchase of a bench was agreed.", "The risk assessment was reviewed and approved without change."), ("The policy was adopted by the County.", "The budget was approved in May.", "The scheme that was agreed"), "resolution", needs=("was", "were")),
    Rule("recommendations agreed", r"^(?P<text>(?:The|All)\s+(?:\w+\s+){0,2}[Rr]ecommendations?(?:\s+(?:in|within|contained|as|set|listed|made|outlined|detailed|of\s+the\s+(?:report|officers?))\b[^.]{0,120}?)?\s+(?:were|was)\s+(?:unanimously\s+|duly\s+|all\s+)?(?:not\s+)?(?:approved|agreed|accepted|adopted|endorsed|supported)\W*)$",
         ("The recommendations set out in the exempt report were approved.", "All recommendations were agreed."), ("The recommendations of the 2019 inquiry were accepted.", "The recommendations were accepted by the Trust in May."), "resolution", needs=("ecommendation",)),
    Rule("not supported", r"^(?P<text>(?:An?|The)\s+(?:applications?|proposals?|quotations?|motion)\b[^.]{0,160}?\s(?:was|were)\s+not\s+(?:supported|approved|granted|accepted)\b(?!\s+by\s+(?!the\s+(?:Council|Committee|Panel|members|Members|Councillors))).*)$",
         ("An application from the Chess Club was not supported, its accounts not having come.",), ("The plan was not supported by the County.",), "resolution", needs=("not ",)),
    Rule("should be", r"\b(?:Councillors|Members|All)\s+agreed\s+(?P<text>this\s+should\s+.+)$", ("Councillors agreed this should be carried out.",), (), "resolution", needs=("agreed",)),
)  # fmt: skip

# "agreed to" or "agreed that X would" with one of these is a task, not a decision (ruling 2); "resolved" always decides.
FOLLOW_UP = any_of(
    "write|ask|contact|chase|check|raise|circulate|send|investigate|obtain|publicise|publicize|provide|share|forward|report back|report|arrange|clarify|"
    "look into|look at|update|draft|prepare|meet|follow up|invite|remind|liaise|speak|email|e-mail|notify|inform|request|bring|find out|take up|pursue|"
    "enquire|inspect|monitor|keep|explore|seek|convey|pass on|respond|consult|ring|telephone|visit|discuss|collect|organise|distribute|advertise"
)
TO_FOLLOW_UP = compiled(
    rf"^(?!.*\bmeet\s+the\s+(?:cost|shortfall|expense|bill|difference)\b)to\s+(?:also\s+)?{FOLLOW_UP}\b|^that\s+(?!.*\bmeet\s+the\s+(?:cost|shortfall|expense|bill|difference)\b)\S.{{0,60}}?\b(?:would|will|should|to|could|be\s+asked\s+to|be\s+requested\s+to)\s+(?:also\s+)?(?:be\s+)?{FOLLOW_UP}\b|^that\s+.{{3,60}}\bbe\s+(?:sought|written\s+to|contacted|circulated|asked|emailed|e-mailed|sent|appraised|informed)\b",
    I,
)
# Agreement that decides nothing: a view, a fact, a hope.
ONLY_A_VIEW = compiled(
    r"^that\s+(?:it|this|there|the\s+\w+)\s+(?:was|were|had|has|is|are)\b(?!\s+(?:appointed|approved|elected))|"
    r"^that\s+(?:(?!\b(?:be|should|would|will|shall|to|could|might)\b)[\w’'-]+\W+){1,9}?(?:was|were|had)\b(?!\s+(?:appointed|approved|elected|accepted|adopted|granted|authorised|deferred|co-opted|to\s+be))|"
    r"^that\s+.{0,50}\bwas\s+(?:a\s+)?(?:concern|important|good|needed|necessary)|"
    r"^that\s+(?!no\s+further\s+action).{3,80}\b(?:was|were)\s+(?:now\s+)?(?:required|needed)\b|"
    r"^that\s+.{3,60}\b(?:could\s+probably|would\s+be\s+(?:un)?likely|would\s+determine|might)\b",
    I,
)

# Behind "Resolved" in a paragraph narrative may go on; only these still decide.
TOLD_BEHIND = ("then resolved", "was deferred")
# Behind the close of the meeting stands at times that these very minutes were approved at the next.
APPROVING = ("taken as a record", "minutes approved")
# A block of decisions ends at the first of these.
STOPS = (
    Rule("reasons", r"^(?:\(?[a-z0-9]{1,2}[.)]\s*)?(?:Reasons?\b(?:\s+for|\s*:|\s*$)|REASONS?\b|(?:Alternative|Other)\s+options|OTHER\s+OPTIONS|Options\s+considered)",
         ("Reasons for the decision", "REASON FOR DECISION:"), ("Reasonable steps be taken",)),
    Rule("note", r"^\(?(?:NOTE|Note|N\.?B\.?|Minute\s+note)\b\s*[:\-–(]", ("(NOTE: Cllr Rae left)",), ("Note the report",)),
    Rule("vote", r"^\(?(?:The\s+)?(?:Vot(?:e|es|ing)\b(?!\s+(?:of|rights))|(?:For|Against|Abst\w*|In\s+favour)\s*(?::|\(|[-–]\s*\d)|On\s+being\s+put\s+to\s+the\s+vote|Motion\s+(?:carried|lost)|Proposed\s+by|Moved\s+by|Seconded|Recommendations?\s+\d+\s+(?:was|were)\s+not)",
         ("Voting: 8 for, 2 against", "For: 23 Against: 12", "Proposed by Cllr Rae"), ("Vote of thanks to the mayor",)),
    Rule("label", r"^\(?(?:ACTIONS?|Actions?)\b\s*(?:(?:No\.?\s*)?\w{0,5}\d[\w/.-]*\s*)?(?:required|by|:|-|–|$)", ("Action: Cllr Rae", "ACTION", "ACTION 31/04: the Clerk"), ("Action plan be agreed",)),
    Rule("close", r"^(?:The\s+meeting\s+(?:closed|ended|concluded|finished|started|commenced|was\s+(?:closed|declared))|CHAIR(?:MAN|PERSON|WOMAN)?\s*[.…_:]*\s*$|Chair(?:man)?\s*[.…_]{3,}|Signed\b|Dated\b|Date\s+of\s+next\s+meeting|Duration\b)",
         ("The meeting closed at 8.40 pm", "CHAIRMAN", "Signed ______"), ("Chair the group",)),
    Rule("number", r"^\d{1,4}[A-Za-z]?\.?$", ("116.",), ("116. Parks",)),
    Rule("papers", r"^(?:Supporting|Additional|Accompanying|Background)\s+(?:documents?|papers?)|^Report\s+author|^Contact\s+officer|^Lead\s+officer|^Deadline\s+for", ("Supporting documents:",), ()),
)  # fmt: skip

# A planning application's reference at the start of a line, and the line that says what the body thinks of it.
APPLICATION = compiled(r"^\W{0,3}(?:[A-Z]{1,4}[\s/.-]{0,2})?\d{2,}(?:[/.-]?[A-Z0-9]+){1,4}\b")
OBSERVED = compiled(
    r"^\W*(?:No\s+(?:objections?|observations?|comments?)|Objections?|Objects?|Supports?|Supported|Refus(?:e|al)|Approv(?:e|al|ed)|(?:The\s+)?Council\s+(?:has\s+no\s+objections?|objects|supports)|Neutral|No\s+adverse\s+comments?)\b.{0,120}$",
    I,
)
# A matter and, behind a dash, what came of it.
FATED = compiled(
    r"[-–—:]\s*(?:approved|agreed|granted|refused|declined|rejected|deferred|supported|not\s+(?:approved|agreed|supported)|no\s+objections?|objections?)\b[^.:]{0,80}\.?\s*$",
    I,
)
# First words of a clause that is printed without "That".
OPERATIVE_VERBS = (
    "Note|Notes|Noted|Approve|Approves|Approved|Agree|Agrees|Agreed|Endorse|Endorses|Endorsed|Authorise|Authorises|Authorised|Delegate|Delegates|Delegated|"
    "Adopt|Adopts|Adopted|Accept|Accepts|Accepted|Receive|Receives|Received|Refer|Refers|Referred|Recommend|Recommends|Recommended|Request|Requests|"
    "Requested|Instruct|Instructs|Instructed|Appoint|Appoints|Appointed|Confirm|Confirms|Confirmed|Support|Supports|Supported|Allocate|Allocates|Allocated|"
    "Grant|Grants|Granted|Refuse|Refuses|Refused|Defer|Defers|Deferred|Consider|Considers|Considered|Comment|Comments|Commented|Ask|Asks|Asked|Establish|"
    "Establishes|Established|Ratify|Ratifies|Ratified|Award|Awards|Awarded|Elect|Elects|Elected|Invite|Invites|Invited|Review|Reviews|Thank|Thanks|Write|"
    "Writes|Identify|Encourage|Encourages|Call|Calls|Acknowledge|Acknowledges|Welcome|Welcomes|Commission|Commissions|Submit|Publish|Undertake|Ensure|"
    "Continue|Continues|Resolve|Resolves|Determine|Nominate|Nominates|Urge|Urges|Debate|Debates|Set|Sets|Increase|Reduce|Pay|Purchase|Donate|Enter|Extend"
)
OPERATIVE = compiled(
    r"^(?:That|that|To|to|Not\s+to|not\s+to|(?:Subject\s+to|Having)\b|"
    + any_of(OPERATIVE_VERBS + "|" + OPERATIVE_VERBS.upper())
    + r"\b)"
)
# The topic with which a paragraph begins, its stop or colon lost: "Christmas Lights A group was formed". Only words with a
# capital, and small words between them, are a topic.
TOPIC = compiled(
    r"^(?=[A-Z])(?:(?:[A-Z][\w’'&/-]*|\d+|of|for|the|and|in|to|at|on|&|–|-)\s+){1,9}?(?<!\bof\s)(?<!\bfor\s)(?<!\bthe\s)(?<!\band\s)(?<!\bin\s)(?<!\bto\s)(?<!\bat\s)(?<!\bon\s)"
    r"(?=An?\s+[a-z]|The\s+(?:[A-Z]\w+\s+){0,3}[a-z]|It\s+(?:was|is|had|has)\b|There\s+(?:was|were|is|are|had|has|have)\b|All\s+(?:members|councillors|agreed|present)\b|This\s+[a-z]|These\s+[a-z]|No\s+[a-z]|"
    r"(?:[A-Z]{2,4}|Cllrs?\.?\s[A-Z]\w*|Members|Councillors)\s+(?:has|had|have|is|was|were|are|to|will|would|gave|said|[a-z]+ed)\b)"
)
# A clause printed with the body as its subject: "Members note the report", below "RESOLVED that:".
BODY_VERB = compiled(
    rf"^(?:This\s+)?{BODY}\s+(?:(?:to|also|further|therefore)\s+)?(?:believes|resolves?|calls|notes?|agrees?|approves?|endorses?|continues?|supports?|adopts?|accepts?|welcomes?|recommends?|requests?|asks?)\b"
)
# A clause whose matter comes first: "The minutes of 3 May be approved"
SUBJUNCTIVE = compiled(
    r"^(?:The|An?|All|Any|No)\s(?:(?!\b(?:would|could|should|to|will|may|must|can|was|were|is|are|had|has)\b)[^.;]){3,200}?\bbe\s+(?:not\s+)?[a-z]+(?:ed|en|n|t|de|id|ne)\b"
)
NOTING = compiled(
    r"\b(?:not(?:e|es|ed|ing)|comment(?:s|ed)?\s+(?:on|that)\b|make\s+comment|received?\s+and\s+noted)\b|^(?:the|this|these|both|all)\s[^;]*\b(?:was|were)\s+(?:duly\s+)?received\W*$",
    I,
)
# With one of these beside it a clause does more than note (ruling 8); what others approved before is only told.
DECIDING = compiled(
    r"\b(?!\w+ed\s+(?:by|at)\b)(?:approv(?:e|es|ed|ing|al\s+be\s+given)|agree(?:s|d|ing)?|endors(?:e|es|ed|ing)|accept(?:s|ed|ing)?|adopt(?:s|ed|ing)?|authoris(?:e|es|ed|ing)|"
    r"delegat(?:e|es|ed|ing)|support(?:s|ed)?\b(?!\s+(?:for|the\s+work))|refer(?:s|red)?\s+(?:to|back)|instruct(?:s|ed)?|request(?:s|ed)?|appoint(?:s|ed)?|"
    r"allocat(?:e|es|ed)|confirm(?:s|ed)?|be\s+(?:submitted|granted|elected|recommended|asked|requested|paid|held)|submit|provide\b|ask(?:s|ed)?\s+the|urges?)\b",
    I,
)
OUTCOMES = (
    Rule("lost", r"\b(?:motion|amendment|proposal|recommendation)\w*\b[^.]{0,40}\b(?:was|were)?\s*(?:LOST|lost|not\s+carried|not\s+approved|rejected|defeated|fell)\b|^\W*(?:LOST|NOT\s+CARRIED)\b|(?-i:\bNOT\s+(?:AGREED|APPROVED|CARRIED)\W*$)|^did\s+not\s+(?:accept|agree|approve|support|adopt)\b",
         ("The motion was LOST", "Amendment lost", "Recommendation 3 was not approved", "Youth club, 2 for, 3 against. NOT AGREED", "Did not accept recommendation 2"), ("The time lost was regretted",), "lost", I),
    Rule("withdrawn", r"\b(?:be|was|were)\s+withdrawn\b", ("That the report be withdrawn",), (), "withdrawn", I),
    Rule("deferred", r"^(?:deferred|held\s+over|adjourned)\s+(?:to|until|till|pending|for)\b|\b(?:was|were)\s+(?:held\s+over|carried\s+(?:over|forward)\s+to)\b|\b(?:be|is|was|were|to)\s+(?:deferred|defer)\b|\badjourned\s+(?:to|until)\b|\bleft\s+on\s+the\s+table\b|\bpostpone[ds]?\b|\b(?:brought\s+(?:back|forward)|considered\s+again)\s+(?:to|at|for)\s+(?:the\s+)?(?:\w+\s+){0,2}meeting\b(?!.*\binvestigate\b)|^(?:that\s+)?(?:consideration|determination)\b.{0,80}\bbe\s+deferred\b|[-–]\s*deferred\b",
         ("That the item be deferred", "to defer the bid", "Cattle grid, £2,000 – deferred for a quotation"), ("deferred payments be made",), "deferred", I),
    Rule("refused", r"\b(?:permission|application|licence|consent)\b[^.;,]{0,60}\bbe\s+refused\b|^(?:to\s+)?refuse\b|\bapplications?\b.*\b(?:was|were)\s+(?:not\s+(?:supported|approved|granted)|refused)\b|[-–]\s*refused\W*$", ("That permission be refused", "That application PF/31/1 be REFUSED as too tall", "An application from the Chess Club was not supported."), (), "refused", I),
    Rule("referred", r"\bbe\s+(?:referred|remitted|referred\s+back)\b|^(?:to\s+)?(?:refer|remit)(?:red|ted|s)?\b(?!\s+to\b)", ("That the decision be referred back", "remitted the letters to the Roads Committee", "Refer the matter to Cabinet"), ("referred to the need for care",), "referred", I),
)  # fmt: skip
PROCEDURAL = (
    Rule("minutes", r"\b(?:minutes?|notes\s+of\s+(?:the\s+(?:last\s+|previous\s+)?meeting|\d{1,2}))\b(?!.*\bbe\s+(?:noted|received)\b)[^.]{0,220}\b(?:approved|agreed|confirmed|signed|correct|accurate|true|accepted|adopted)\b|\btrue\s+(?:and\s+correct\s+)?record\b|\b(?:correct|accurate|fair)\s+record\b|\brecords\s+of\s+the\s+meetings?\b|^(?:These|They)\s+were\s+\w+\s+as\s+(?:an?\s+)?(?:true|correct|accurate)\b|\bAcceptance\s+of\s+the\s+Minutes|^that\s+they\s+be\s+(?:approved\s+and\s+|accepted\s+and\s+)?signed\b|^(?:(?:AGREED|APPROVED|CONFIRMED)\s+)?as\s+(?:an?\s+)?(?:true|correct|accurate)\b",
         ("That the minutes of 3 May be approved as a correct record", "that they be signed"), ("That the minute books be sold", "That the minutes of the Roads Committee be received and its recommendations adopted"), None, I),
    Rule("apologies", r"^(?:that\s+)?(?:the\s+)?apologies\b|\bapologies\s+(?:for\s+absence\s+)?(?:be|were)\s+(?:received|accepted|noted)|^(?:that|to)\s+(?:accept|approve|note)\s+(?:the\s+)?(?:apologies|reasons?\s+(?:given|for\s+absence))\b", ("That the apologies be accepted", "to accept the reasons given by Cllr Rae"), (), None, I),
    Rule("declarations", r"\b(?:declarations?\s+of\s+interests?|dispensations?)\b.{0,60}\b(?:noted|received|granted)\b", ("That the declarations of interest be noted",), (), None, I),
    Rule("public", r"\b(?:press\s*(?:and|or|&|/)\s*(?:the\s+|other\s+members\s+of\s+the\s+)?public|public\s*/\s*press|public\s+(?:(?:and|&)\s+(?:the\s+)?press\s+)?be\s+(?:excluded|re-?admitted|asked\s+to\s+leave)|exclu(?:de|ding|sion\s+of)\s+the\s+(?:press|public)|re-?admit)\b|^(?:that|to)\s[^.;]{0,60}?(?:\binto\s+(?:private|closed|confidential|exempt|committee)\b|\bto\s+(?:public|open)\s+session\b)", ("That the press and public be excluded", "that the public/press be excluded", "to move into private session", "That the public be re-admitted"), (), None, I),
    Rule("order", r"\b(?:order\s+of\s+business|standing\s+orders?\s+(?:no\.?\s+)?(?:[\d.]+\s*(?:\([\w]+\)\s*)?)?be\s+(?:suspended|resumed|waived)|suspend\s+standing\s+orders|extend\s+the\s+meeting|meeting\s+(?:be\s+)?(?:extended|adjourned)|question\s+be\s+(?:now\s+)?put|motion\b[^.]{0,60}\bbe\s+put\s+to\s+the\s+vote|add\s.{0,60}\bas\s+agenda\s+item|taken\s+(?:before|after)\s+item)\b",
         ("That standing orders be suspended", "that Standing Order 9 be suspended", "to extend the meeting beyond 9 pm"), (), None, I),
    Rule("dates and thanks", r"\b(?:date\s+of\s+(?:the\s+)?next\s+meeting|vote\s+of\s+thanks|condolences|congratulat|sense\s+of\s+(?:loss|sadness)|sympathy)|^(?:that\s+)?(?:(?!\band\b)[^;]){0,80}\b(?:be\s+thanked|thanks\s+be\s+(?:given|recorded|conveyed))\b|^(?:to\s+)?thanks?\b|^notes?\s+with\s+thanks\b",
         ("That a vote of thanks be given", "That Mr Orme be thanked for his talk.", "To thank Mrs Rae for her years as Clerk"), ("That the update be received and the officers be thanked", "That the talk be received and that the Panel’s thanks be conveyed to the cadets"), None, I),
)  # fmt: skip

# A count, in figures or words.
COUNT = part(
    "COUNT",
    r"(?:\d{1,3}|none|nil|no|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty)\b",
)
CAST = r"\s+(?:members?\s+)?(?:votes?\s+|voting\s+|voted\s+|were\s+)?"
VOTES = (
    Rule("for against", r"\b(?:votes?\s+)?for\s*(?:the\s+motion)?\s*[:\-–(]*\s*(?P<for>\d{1,3})\)?[^\d.]{0,400}?\bagainst\s*(?:the\s+motion)?\s*[:\-–(]*\s*(?P<against>\d{1,3})(?:[^\d.]{0,400}?\babst\w*\s*[:\-–(]*\s*(?P<abstain>\d{1,3}))?",
         ("For: 23 Against: 12 Abstentions: 3", "Votes for the motion (45), against (2)"), (), None, I),
    Rule("n for", rf"\b(?P<for>{COUNT}){CAST}(?:in\s+favour|for)\b[^\d.]{{0,20}}?\b(?P<against>{COUNT}){CAST}against\b(?:[^\d.]{{0,20}}?\b(?P<abstain>{COUNT})(?:\s+members?)?\s+abst\w*)?",
         ("8 in favour, 0 against", "23 votes for, 12 against and 3 abstentions", "2 For, 7 Against with 0 Abstention", "CARRIED with 4 members voting FOR, 1 AGAINST and 4 ABSTAINING", "eight voting in favour and two against", "by 6 votes for, none against and one abstention"), ("one for the Council to take up against the County",), None, I),
    Rule("votes to", rf"\b(?P<for>{COUNT})\s+votes?\s+to\s+(?P<against>{COUNT})(?:,?\s+(?:with\s+|and\s+)?(?P<abstain>{COUNT})\s+abst\w*)?",
         ("by 23 votes to 12", "22 votes to one, with two abstentions", "by four votes to none"), ("gave his votes to nobody",), None, I),
    Rule("score", r"\bvote\s*\((?P<for>\d{1,3})\s*[-–]\s*(?P<against>\d{1,3})(?:\s*[-–]\s*(?P<abstain>\d{1,3}))?\)", ("After a vote (8-1) it was agreed",), (), None, I),
    Rule("ratio", r"\b(?:RESOLVED|AGREED|CARRIED|APPROVED|LOST|Resolved|Agreed|Carried|Approved|Lost|agreed|carried|lost|resolved|[Vv]ot(?:e|ed|ing)):?\s*\((?P<for>\d{1,2})\s*[:–-]\s*(?P<against>\d{1,2})(?:\s*[:–-]\s*(?P<abstain>\d{1,2}))?\)", ("RESOLVED (2:1): That", "Carried (6-2-1)"), ("RESOLVED (2/31)",), needs=("(",)),
    Rule("for and abstained", rf"\b(?P<for>{COUNT})\s+(?:members?\s+)?(?:voted\s+)?(?:in\s+favour|for),?\s+(?:and\s+|with\s+)?(?P<abstain>{COUNT})\s+abst\w*", ("approved 2 for with 1 abstention",), (), None, I),
    Rule("only for", rf"\b(?P<for>{COUNT})\s+(?:members?\s+)?(?:voted\s+)?in\s+favour\b", ("11 in favour",), (), None, I),
    Rule("only against", rf"\b(?:with|by)\s+(?P<against>{COUNT})\s+(?:members?\s+)?(?:votes?\s+|voting\s+)?against\b(?!\s+(?:the|an?|its|their|any)\b)", ("Carried with one against.",), ("complaints with one against the County",), None, I),
    Rule("only abstained", rf"\b(?:with\s+)?(?P<abstain>{COUNT})\s+(?:members?\s+)?abst(?:entions?|ained|aining)\b", ("seconded DM; one abstention",), (), None, I),
)  # fmt: skip
MANNERS = (
    Rule("unanimous", r"\bunanimous(?:ly)?\b|\bnem\.?\s*con\b|\ball\s+(?:were\s+)?in\s+favour\b|\bseconded\b[^.]{0,60}[\s,;.]\s*(?:and\s+)?[Aa]ll\s+(?:were\s+|members\s+|councillors\s+)?agreed\b(?!\s+(?:to|that)\b)|\bagreed\s+by\s+all\b", ("carried unanimously", "nem con", "all in favour", "seconded by Cllr Voss and all agreed"), ("seconded by Cllr Voss and all agreed to meet",), "unanimous", I),
    Rule("casting", r"\bon\s+the\s+casting\s+vote\b", ("carried on the casting vote of the Chair",), ("offered a casting vote",), "casting_vote", I),
    Rule("majority", r"\bby\s+(?:an?\s+|the\s+)?(?:\w+\s+)?majority\b", ("by a majority", "agreed by the majority present", "by a clear majority"), (), "majority", I),
    Rule("show of hands", r"\bshow\s+of\s+hands\b", ("on a show of hands",), (), "show_of_hands", I),
    Rule("recorded", r"\brecorded\s+vote\b|\bnamed\s+vote\b|\b(?:by|on)\s+(?:a\s+)?(?:roll\s+call|calling\s+the\s+roll)\b", ("a recorded vote was taken",), (), "recorded", I),
    Rule("assent", r"\bby\s+assent\b|\bby\s+general\s+consent\b", ("RESOLVED (by assent)",), (), "assent", I),
)  # fmt: skip
# A vote or movers in brackets, on a line of its own or behind a clause.
IN_BRACKETS = r"[(\[](?:[^()\[\]]*\b)?(?i:proposed|proposer|prop|moved|seconded|seconder|unanimous(?:ly)?|vot(?:e|es|ing)|in\s+favour|against|abst\w+|nem\.?\s*con|carried)\b[^()\[\]]{0,140}[)\]]"
VOTE_ALONE = compiled(rf"^\s*{IN_BRACKETS}\W*$")
BEHIND = compiled(rf"[.,;:]?(?P<behind>\s*{IN_BRACKETS}\W*)$")
# A roll: "For (52)" on a line, the names below it, then "Against (0)" and "Abstain (2)".
ROLL = compiled(
    r"^(?P<side>For|Against|Abst\w*|Abstentions?)\s*[:\-–]?\s*\(?(?P<count>\d{1,3})\)?\s*:?\s*(?P<names>[A-Z].*)?$", I
)
# The same with the count behind the names, or with nobody: "FOR: Councillors Rae and Voss (2)", "ABSTENTIONS: None".
ROLL_COUNTED = compiled(
    r"^(?P<side>For|Against|Abst\w*|Abstentions?)\s*[:\-–]\s*(?:(?P<names>[A-Z].*?)\s*[(\[–-]\s*(?P<count>\d{1,3})[)\]]?|(?:none|nil))\W*$",
    I,
)
NUMBER_WORDS = {
    "no": 0, "none": 0, "nil": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
}  # fmt: skip

MOVERS = (
    Rule("moved, then seconded", rf"(?:^|[.:]\s+)(?P<mover>{PERSON})\s+(?:then\s+)?(?:moved|proposed)\s+(?![^.]*\bseconded\b)[^.]{{3,300}}\.\s+(?:This\s+was\s+seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s+seconded\b|(?<=by\s)|\.)",
         ("Members debated it. Cllr Rae proposed refusal, as it would be too tall. Cllr Voss seconded.",), ("Cllr Rae proposed refusal. Cllr Voss asked why.",), needs=("econded",)),
    Rule("he moved", rf"(?:^|[.:]\s+)(?P<mover>{PERSON})\s+[a-z][^.]{{3,300}}\.\s+(?:He|She|They)\s+(?:then\s+)?(?:moved|proposed),?\s+(?:and\s+(?:this\s+was\s+|was\s+)?)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})",
         ("Cllr Rae praised the drawings. He proposed, and Cllr Voss seconded, the officer’s recommendation.", "Cllr Rae was for it. She moved, seconded by Cllr Voss, that it be granted."), (), needs=("econded",)),
    Rule("motion by", rf"\b[Mm]otion\s+by\s+(?P<mover>{PERSON}),?\s+seconded\s+by\s+(?P<seconder>{PERSON})", ("Motion by Cllr Rae, seconded by Cllr Voss",), (), needs=("otion",)),
    Rule("moved by", rf"\b(?:[Mm]oved|[Pp]roposed|MOVED|PROPOSED)\s*(?:by|:)?\s*:?\s*(?P<mover>{PERSON})\s*[,;.]?\s*(?:and\s+)?(?:duly\s+)?(?:[Ss]econded|SECONDED)\s*(?:by|:)?\s*:?\s*(?P<seconder>{PERSON})?",
         ("moved by Cllr Rae, seconded by Cllr Voss", "Proposed by GD and seconded by RB.", "(Proposed by Cllr Rae and seconded by Cllr Voss)", "Moved by Cllr Hale, seconded by Ald. Dunn"), ("duly proposed",), needs=("oved", "roposed", "MOVED", "PROPOSED")),
    Rule("X moved", rf"(?P<mover>{PERSON})\s*,?\s+(?:then\s+)?(?:moved|proposed)\b,?\s*(?:and\s+)?(?:(?:was|it\s+was)\s+)?(?:seconded\s+by\s+)?(?P<seconder>{PERSON})(?:\s*,?\s+seconded)?",
         ("Mr Orme proposed, and Mr Penn seconded the motion", "Cllr Rae moved, seconded by Cllr Voss"), (), needs=("moved", "proposed")),
    Rule("moved and seconded by", rf"\b(?:moved|proposed)\s+and\s+seconded\s+by\s+(?:{people.PLURAL_TITLE}\s+)?(?P<mover>{PERSON}|{people.WORD_OF_NAME})\s+and\s+(?P<seconder>{PERSON}|{people.WORD_OF_NAME})",
         ("moved and seconded by Councillors Rae and Voss",), (), needs=("seconded",)),
    Rule("nominated", rf"(?P<mover>{PERSON})\s+nominated\s+{PERSON},?\s+(?:and\s+this\s+was\s+)?seconded\s+by\s+(?P<seconder>{PERSON})", ("Cllr Rae nominated Cllr Voss, seconded by Cllr Penn",), (), needs=("nominated",)),
    Rule("on a motion", rf"\b(?:[Oo]n|[Uu]nder)\s+(?:a|the)\s+(?:motion|proposal|proposition)\s+(?:by|from|of)\s+(?P<mover>{PERSON})(?:,?\s+(?:and\s+)?seconded\s+(?:by\s+)?(?P<seconder>{PERSON}))?", ("on a motion by Cllr Rae, seconded by Cllr Voss", "On a proposal by PL, seconded UB, the", "On the proposition of Cllr Rae, seconded by Cllr Voss"), (), needs=("motion", "propos")),
)  # fmt: skip
# The body whose deed a recommendation words: "that Council approves the plan"
APPROVER = compiled(
    r"^[Tt]hat\s+(?:the\s+)?(?P<to>(?:(?:Full|Town|City|Borough|District|County|Parish|Community)\s+)?(?:Council|Cabinet|Executive|Board)|Governing\s+Body|Portfolio\s+Holder(?:\s+for\s+[A-Z]\w+(?:\s+(?:and|&)\s+[A-Z]\w+)*)?)\s+(?!be\b|is\b|are\b|was\b|were\b|had\b|has\b)(?:approve|agree|adopt|note|endorse|accept|support|appoint|authorise|delegate|set|grant|confirm|ratif|award|increase|consider|review|write|allocate)\w*\b"
)
# A clause whose own verb recommends to somebody else is a recommendation (4.4); `to` is the addressee.
RECOMMENDS = (
    Rule("be recommended to", r"^(?:[Tt]hat\s+)?(?:the\s+)?(?P<to>[A-Z][\w ’'&-]{2,60}?)\s+(?:be|BE)\s+(?:recommended|RECOMMENDED)\s+(?:to\b|that\b)", ("That Cabinet be recommended to fund a pilot",), (), "recommendation"),
    Rule("recommend to", r"\b(?:[Rr]ecommends?|RECOMMENDS?|recommended)\s+(?:to\s+)?(?:the\s+)?(?P<to>(?:Full\s+|Town\s+|County\s+)?(?:Council|Cabinet|Executive|Board|Mayor|Authority|Governing\s+Body|(?:Police\s+and\s+Crime\s+)?Commissioner|Chief\s+Constable|Government|[A-Z]\w+\s+Committee|Portfolio\s+Holder|Cabinet\s+Member)|(?:constituent|member|partner|district|both)\s+(?:councils|authorities))\b",
         ("to recommend to Council that the plan be adopted", "recommends Cabinet to act", "to recommend to the constituent councils that fees be raised"), ("the auditor's recommendations",), "recommendation"),
)  # fmt: skip
ADDRESSED = compiled(
    r"\b(?:That\s+)?(?:the\s+)?(?P<to>(?:[A-Z][\w’'&-]+\s+(?:(?:for|of|and|the)\s+)*){1,8}?)\s*(?:should\s+)?(?:be\s+)?(?:again\s+|formally\s+)?(?:requested|asked|invited|instructed|urged)\s+to\b"
)
# The same told with the body as its subject: "urges the Executive to act"
ASKS = compiled(
    r"\b(?:[Aa]sks?|[Rr]equests?|[Uu]rges?|[Ii]nvites?|[Ii]nstructs?|[Cc]alls?\s+(?:up)?on)\s+(?:the\s+)?(?P<to>(?:[A-Z][\w’'&-]+)(?:\s+(?:(?:for|of|and|the)\s+)*[A-Z][\w’'&-]+){0,7})\s+(?:in\s+[^.;]{3,60}?)?to\b"
)
# The same told with "that": "requested that the Clerk remind them"; or of the body that a matter is sent to.
ASKS_THAT = compiled(
    r"\b(?:[Aa]sk|[Rr]equest|[Uu]rge|[Ii]nvite|[Ii]nstruct)(?:s|ed)?\s+that\s+(?:the\s+)?(?P<to>(?:[A-Z][\w’'&-]+)(?:\s+(?:(?:for|of|and|the)\s+)*[A-Z][\w’'&-]+){0,7})\s+(?!be\b|is\b|are\b|was\b)[a-z]+\b"
    r"|^(?:to\s+)?(?:[Rr]efer|[Rr]emit)(?:red|ted|s)?\b[^.;]*?\sto\s+(?:the\s+)?(?P<body>[A-Z][\w’'&-]+(?:,?\s+(?:(?:for|of|and|the|&)\s+)*[A-Z][\w’'&-]+){0,8})"
)
RULES = (
    Rule(
        "asks that",
        ASKS_THAT.pattern,
        ("requested that the Community Officer remind the groups", "remitted the letters to the Roads, Piers and Harbours Committee"),
        ("requested that the Clerk be thanked", "asked that it be done"),
    ),
    Rule(
        "subjunctive",
        SUBJUNCTIVE.pattern,
        ("The minutes of 3 May be approved", "No response be made until June"),
        ("The gate would be mended", "The plan was to be shown"),
    ),
    Rule("vote alone", VOTE_ALONE.pattern, ("(Unanimous)", "(Vote: 3 for, 1 against)"), ("(Cllr Rae left)", "Unanimous")),
    Rule("behind", BEHIND.pattern, ("to approve it. (Proposed: Cllr Rae; Seconded: Cllr Voss)", "That it be sold (unanimous)."), ("that it be sold (by auction)", "that it be sold")),
    Rule("approver", APPROVER.pattern, ("that Council approves the plan", "That the Portfolio Holder for Parks writes"), ("that Council tax be raised", "that Council be thanked")),
    Rule("deed behind", DEED_BEHIND.pattern, ("noted the plan; and approved the bid",), ("the plan; the bid",)),
    Rule("application", APPLICATION.pattern, ("E/31001 Porch, 2 Mill Lane", "17/0044/HH New porch", "DM/19/1234/FUL Barn"), ("12 houses", "Porch, 2 Mill Lane")),
    Rule("observed", OBSERVED.pattern, ("No Objections", "Support", "The Council objects to this application"), ("No objection letters had come, and after some time the Council found that it would wish to hear more from the people of the village before it said",), None, I),
    Rule("fated", FATED.pattern, ("Lower Farm, gates, £200 – approved.", "Cattle grid – deferred for a second quotation."), ("The grid was approved.",), None, I),
    Rule("deed", DEED.pattern, ("noted the report", "Remitted it to the Panel"), ("the reports noted",), None, I),
    Rule("topic", TOPIC.pattern, ("Christmas Lights A group was formed.", "Code of Conduct All members agreed to it.", "Skips GD gave details.", "Ferry Times The Panel noted the letter."), ("Councillor Rae asked The Clerk", "Northmere Council agreed to it", "The Panel noted it", "Members of The Panel noted")),
    Rule(
        "addressed",
        ADDRESSED.pattern,
        ("That the Head of Parks be formally asked to report",),
        ("That the report be noted",),
    ),
    Rule(
        "asks",
        ASKS.pattern,
        (
            "and asks the Monitoring Officer to update the rules",
            "urges the Executive in conjunction with officers to act",
        ),
        ("asks that it be done",),
    ),
    *LEADS,
    *SENTENCES,
    *STOPS,
    *OUTCOMES,
    *PROCEDURAL,
    *VOTES,
    *MANNERS,
    *MOVERS,
    *RECOMMENDS,
)  # fmt: skip
