"""Who speaks: verbs of reported speech, and offices that speak without a name (minutes-grammar 6)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule, any_of
from minutebook.extract.rules.people import FULL_NAME, NAME, POST_NOUNS, POST_WORDS, TITLE, WORD_OF_NAME

VERBS = any_of(
    "said|stated|asked|enquired|inquired|queried|questioned|commented|reported|advised|added|replied|responded|explained|presented|introduced|"
    "summarised|summarized|welcomed|thanked|highlighted|raised|suggested|referred|considered that|felt|declared|noted that|outlined|provided|expressed|"
    "sought|confirmed|informed|moved|seconded|proposed|nominated|updated|answered|observed|clarified|drew|urged|requested|shared|assured|acknowledged|"
    "undertook|offered|agreed to|agreed that|agreed with|spoke|emphasised|stressed|pointed out|reminded|mentioned|described|congratulated|gave|opened|"
    "called|invited|announced|continued|concluded|indicated|remarked|argued|believed|wished|apologised|recommended|detailed|demonstrated|addressed|"
    "recalled|told|wished to know|wanted to know|disagreed|reserved|reminded|took|circulated|tabled|read|echoed|reiterated|supported|was concerned|was confident|was pleased|was grateful|paid tribute|made reference|put|"
    "set out|warned|cautioned|hoped|thought|wondered|challenged|praised|commended|criticised|reassured|elaborated|summed up|went through|ran through|"
    "talked|apprised|briefed|relayed|verified|conveyed|led the"
)  # fmt: skip
ADVERB = r"(?:also|then|further|again|subsequently|briefly|formally|next|in\s+response|in\s+reply|therefore|additionally|particularly|lastly|finally)\s+"
OFFICES = any_of(
    "Chair|Chairman|Chairwoman|Chairperson|Vice-Chair|Vice Chair|Vice-Chairman|Vice Chairman|Convener|Convenor|Depute Convener|Provost|Mayor|Lord Mayor|"
    "Leader|Deputy Leader|Leader of the Council|PCC|Deputy PCC|Police and Crime Commissioner|Commissioner|Chief Constable|Deputy Chief Constable|"
    "Chief Superintendent|Superintendent|Inspector|Chief Inspector|Chief Executive|Chief Fire Officer|Clerk|Town Clerk|Parish Clerk|Monitoring Officer|"
    "Treasurer|Secretary|Cabinet Member|Portfolio Holder|Cabinet Lead Member|County Solicitor|Democratic Services Officer|Democratic Services Manager|"
    "Director|Head of Service|Head of Planning|Planning Officer|Development Manager|Independent Member|Applicant|Petitioner"
)
# A speech that is told of an earlier meeting or of a letter.
ELSEWHERE = compiled(
    r"\b(?:at|since)\s+(?:the|its|their|our)\s+(?:previous|last|earlier|\w+)\s+meeting\b|\b(?:in|by)\s+(?:a|his|her|their|the)\s+(?:letter|email|e-mail)\b|\bhad\s+(?:said|asked|reported)\b",
    I,
)
# What may stand between a name and its verb: brackets, a post between commas, a post without them.
POST = rf"(?:{POST_WORDS})\b(?:,?\s+(?:[A-Z][\w’'&-]*|of|for|and|the|to|in|&)){{0,14}}?"
BETWEEN = rf"(?:\s*\([^)]{{1,80}}\))?(?:\s+(?:of|from)\s+(?:the\s+)?(?:[A-Z][\w’'&-]*\s+){{0,5}}[A-Z][\w’'&-]*|,\s[^.;:]{{3,110}}?,|,?\s+{POST})?"
# Any post in capitals may speak ("The Harbour Master reported"), and an acronym that the document ties to one.
OFFICE = rf"(?:{OFFICES}|(?:[A-Z][\w-]+\s+){{1,5}}?(?:{POST_NOUNS})(?![\w’'])|[A-Z]{{2,5}}(?![\w’']))"
ACRONYM_OF_POST = compiled(rf"\b(?:{POST_NOUNS})\s+\((?P<acronym>[A-Z]{{2,5}})\)")
OFFICE_SPEAKS = compiled(
    rf"\b[Tt]he\s+(?P<office>{OFFICE})(?:\s+for\s+[A-Z][\w ]+?)?,?\s+(?:{ADVERB})?(?P<verb>{VERBS})\b"
)

# An office with its holder's name behind it, or before it: "The Harbour Master, Mr Orme,", "Ms Penn, Leader of the Blue Group,".
OFFICE_OF = compiled(
    rf"\b(?:[Tt]he|[Oo]ur|[Hh]er|[Hh]is)\s+(?P<post>(?:[A-Z][\w’'&-]*\s+){{0,3}}?(?:{POST_WORDS})\b(?:\s+(?:[A-Z][\w’'&-]*|\d{{2,3}}|of|for|and|the|to|in|with|&)){{0,12}}?)(?:,\s+|\s+\()(?P<name>{TITLE}{NAME}|{FULL_NAME}(?=\s*[,)]))"
)
HOLDER_OF = compiled(
    rf"(?<!reply to )(?<!response to )(?<!answer to )(?<!question from )(?<!question by )(?P<name>{TITLE}{NAME}|{FULL_NAME}),\s+(?:the\s+)?(?!{TITLE}{NAME})(?P<post>(?:[A-Z][\w’'&-]*\s+){{0,3}}?(?:{POST_WORDS})\b(?:\s+(?:[A-Z][\w’'&-]*|of|for|and(?!\s+{TITLE}{NAME})|the|to|in|&|[-–])){{0,12}})"
)
SPOKE_AS = compiled(
    rf"(?P<name>{TITLE}{NAME})\s+(?:spoke|attended|addressed\s+the\s+\w+|presented[\w ]{{0,30}})\s+as\s+(?:the\s+)?(?P<post>(?:{POST_WORDS})\b(?:\s+(?:[A-Z][\w’'&-]*|of|for|and|the|to|&)){{0,12}})"
)
# A side of a recorded vote, with its voters on the line or below it.
SIDE = compiled(
    r"^(?:(?:Members|Councillors|Those)\s+(?:who\s+)?)?(?:Voting\s+|Voted\s+|Votes?\s+)?(?:For|Against|In\s+favour(?:\s+of)?|Abst\w{3,8}(?:\s+from\s+voting)?|YES|NO|AYES|NOES)(?:\s+the\s+(?:substantive\s+|original\s+)?(?:motion|amendment|recommendations?|proposal|application))?(?:\s*[:\-–]?\s*\(?\d{1,3}\)?)?\s*(?:(?<=[)])|[:\-–]|$)\s*(?P<names>[A-Z].*)?$",
    I,
)
# A voter in a bare list: a surname, with an initial or a title on either side.
VOTER = compiled(
    rf"^(?:[A-Z]\.?\s)?{WORD_OF_NAME}(?:\s+{WORD_OF_NAME})?$|^(?P<surname>{WORD_OF_NAME})\s+(?P<behind>[A-Z]|Mrs|Ms|Miss|Dr)\.?$"
)
# A question is put by one who is there; one that is submitted by somebody may be read out.
ACTED_BY = compiled(
    r"\b(?:(?:moved|proposed|seconded|nominated|introduced|presented)|[Qq]uestions?\s+(?:\w+\s+)?(?:was|were)\s+(?:(?:then|also|next)\s+)?(?:asked|put|posed|raised))\s+by\s+(?=[A-Z])"
)
# Told where the minutes of several committees are received: of which of them is not said.
OF_SOME_BODY = compiled(r"^(?:Vice[- ])?(?:Chair\w*|Conven[eo]r)\s+of\s+the\s+(?:Sub-?)?(?:Committee|Panel)$", I)
RULES = (
    Rule("acted by", ACTED_BY.pattern, ("seconded by Cllr Rae", "was presented by Mr Orme", "The following question was asked by Mrs Rae", "One question was put by Mr Orme"), ("seconded by the Mayor", "A question was submitted by Mr Orme", "he had been asked by Mr Orme")),
    Rule("verb", rf"^{VERBS}\b", ("said", "agreed to", "was pleased"), ("sailed",)),
    Rule("office speaks", OFFICE_SPEAKS.pattern, ("The Chairman welcomed members", "the PCC also commented", "The Chief Constable replied"),
         ("the Chair of the Board", "The Leader of the Council's budget")),
    Rule("office and holder", OFFICE_OF.pattern, ("The Harbour Master, Mr Orme, reported", "the Traffic Engineer (Mr Al Rae)", "The Leader of the Blue Group, Ms Penn thanked", "the Section 151 Officer, Jo Rae, agreed"), ("the Clerk, who", "The report, Mr Rae said")),
    Rule("holder and office", HOLDER_OF.pattern, ("Ms Penn, Leader of the Blue Group, spoke", "Al Rae, Headteacher - Orme School and Bo Voss"), ("Mr Rae, who had", "In reply to Cllr Rae, the Commissioner agreed", "Mayor Al Rae, Councillor Jo Voss and", "Mr Rae, together with the Clerk")),
    Rule("spoke as", SPOKE_AS.pattern, ("Councillor Rae spoke as Chairman of the Panel.",), ("Councillor Rae spoke as follows",)),
    Rule("side of a vote", SIDE.pattern, ("For (9): Councillors Rae and Voss", "Against (0)", "YES", "Abstentions: Cllr Rae", "Voting for the motion: Cllr Voss", "Members who voted against the amendment: Cllrs Rae and Voss. (2)"), ("For the last year the barn has stood empty", "No apologies"), None, I),
    Rule("voter", VOTER.pattern, ("Rae", "T Rae", "Rae T", "Rae Mrs", "Cator Hales"), ("Vote of the Mayor",)),
    Rule("elsewhere", ELSEWHERE.pattern, ("At the previous meeting Cllr Rae asked",), ("At the meeting Cllr Rae asked",), None, I),
)  # fmt: skip
