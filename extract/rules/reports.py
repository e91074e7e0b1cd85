"""What reports, rubrics, reviews and responses recommend: headings, asking sentences, replies (minutes-grammar 4)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule
from minutebook.extract.rules.decisions import BODY, OPERATIVE

NUMBER = r"(?:\(?[a-z0-9]{1,2}(?:\.\d)*[.)]?\s+(?:\|\s+)?)?"
# What may stand between a body and its verb: "County Council, having read the report (attached), is asked".
ASIDE = r"(?:\s*\([^()]{1,250}\)|\s*,(?:\([^()]{1,250}\)|[^.;:()]){1,250}?,)?"
ASKED = r"(?:asked|recommended|requested|invited|RECOMMENDED|ASKED|REQUESTED|INVITED)"
# The heading of the part that recommends; `to` is the body, `rest` what follows in its line.
HEADING = Rule(
    "heading",
    rf"^{NUMBER}(?:Officers?[’']?s?\s+|Summary\s+(?:of|and)\s+|Proposed\s+|Report\s+)?(?:RECOMMENDATIONS?(?:\(S\))?|[Rr]ecommendations?(?:\(s\))?|RECOMMENDED|Recommended|[Dd]ecisions?\s+(?:required|requested|sought|recommended)|DECISIONS?\s+(?:REQUIRED|REQUESTED|SOUGHT|RECOMMENDED)|(?<=Proposed\s)[Dd]ecisions?|PROPOSED\s+DECISIONS?)"
    r"(?:\s+(?:to|for|TO|FOR)\s+(?:the\s+|THE\s+)?(?P<to>[A-Z][\w ]{3,50}))?\s*(?::|[-–]|$|(?=[Tt]hat\b|THAT\b))\s*[-–]*\s*(?P<rest>.*)$",
    ("RECOMMENDATIONS", "2. Recommendation(s):", "Recommendation: That the plan be noted", "Recommendations to Cabinet", "2 | Recommendations", "Proposed decisions", "RECOMMENDED that the lease be granted", "Decision required"),
    ("Recommendations were made by the auditor", "Recommended speeds"),
)  # fmt: skip
# A sentence that asks a body; `to` is the body.
ASKS = Rule(
    "asks",
    r"^(?P<text>(?:It\s+is\s+(?:therefore\s+)?recommended\s+that\s+)?(?:[Tt]he\s+|[Tt]hat\s+(?:the\s+)?)?"
    rf"(?P<to>(?!(?:That|The|It)\b)[A-Z][\w’'&, -]{{2,90}}?){ASIDE}\s+(?:is|are|be)\s+(?:hereby\s+|therefore\s+|further\s+)?{ASKED}\s*:?\s+to\b(?P<rest>.*))$",
    ("The Panel is asked to note the plan", "Members are invited to comment on the draft", "That the Committee (having read the notes of the visit) is RECOMMENDED to:",
     "Town Council, having regard to the survey (published in May), is asked to agree:"),
    ("The Panel was asked to note the plan", "That every school be asked to name a champion"),
)  # fmt: skip
IS_RECOMMENDED = Rule(
    "it is recommended",
    rf"^{NUMBER}(?:[Ii]t\s+is\s+(?:therefore\s+)?(?:recommended|RECOMMENDED|proposed)\s*:?\s+that|(?:I|[Ww]e)\s+(?:therefore\s+)?recommend\s+that|That\s+{BODY}\s+(?:\w+\s+)?(?:note|agree|approve|endorse|adopt)s?)\b",
    ("It is recommended that the Board approve the plan.", "That the Panel notes the plan."), ("It was recommended that",),
)  # fmt: skip
# A sentence that asks without a body before its verb: "The views of the Committee are sought on the draft."
SOUGHT = Rule(
    "sought",
    r"^(?:[A-Z][^.]{0,200}?\b)?(?i:views?|agreement|approval|comments?|consent|endorsement|observations|authority|instructions|support)\b[^.]{0,200}\b(?:is|are)\s+(?:hereby\s+|therefore\s+)?(?:sought|requested|invited)\b",
    ("The views of the Committee on the draft are sought.", "Approval is sought to let the hall."), ("The views were sought of the Panel.",),
)  # fmt: skip
SOUGHT_OF = compiled(
    r"\bof\s+(?:the\s+)?(?P<to>Committee|Panel|Council|Cabinet|Board|Authority|Executive|Forum|Members)\b"
)
# In a paper without a heading only these verbs make a request of a body a recommendation ("are asked to switch off").
DECIDED_ON = Rule(
    "decided on",
    rf"^(?:{NUMBER})?(?:[Tt]he\s+)?{BODY}{ASIDE}\s+(?:is|are)\s+(?:therefore\s+)?{ASKED}(?:\s*:\s*[-–]?\s*$|\s*:?\s+to\s*:?\s*(?:[-–]\s*)?(?:$|(?:\(?(?:1|a|i)[.)]\s+)?(?:\w+ly\s+)?(?:not(?:e|ing)|approv|agree|endors|adopt|support|accept|authoris|delegat|recommend|consider|comment|scrutini|confirm|determin|receiv|grant|appoint|decid)))",
    ("The Panel is asked to note the plan.", "Cabinet is RECOMMENDED to:", "The Committee is RECOMMENDED:", "2.1 Members are invited to comment on the draft."),
    ("Members are asked to switch off their telephones.", "Councils are asked to note the date."),
)  # fmt: skip
PUT_FORWARD = compiled(r"^\W*(?:The\s+\w+\s+)?[Ii]t\s+is\s+(?:therefore\s+)?(?i:recommended)\s+that\b")
# In an agenda such a sentence is a notice, or asks for what every meeting does.
STANDING = Rule("standing", r"\b(?:Members|Councillors)\b.{0,60}\bto\s+note\s+that\b|\bto\s+(?:note\s+that\s+th(?:e|is)\s+meeting|declare|consider\s+whether\s+they|(?:approve|confirm|agree)\s+(?:as\s+a\s+correct\s+record\s+)?the\s+minutes)\b|\brecommended\s+that\s+(?:the\s+)?(?:draft\s+)?(?:minutes\b|(?:press\s+(?:and|&)\s+)?public\s+be\s+excluded|apologies\b)",
                ("Members are asked to note that the meeting will be filmed", "It is recommended that the public be excluded"), ("to note the plan", "It is recommended that the plan be noted"), None, I)  # fmt: skip
# The body that a lead-in or a clause names: "That the Parks Panel:"
TO = Rule(
    "to",
    r"^(?:(?:We|I)\s+(?:\w+\s+)?recommend\s+|It\s+is\s+(?:therefore\s+)?(?i:recommended|proposed)\s+)?(?:[Tt]hat\s+)?(?:[Tt]he\s+)?(?P<to>(?!(?:That|[Tt]he|Views?|Approval|Comments|We|It)\b)"
    r"(?:(?:[A-Z][\w’'&-]*,?\s+(?:(?:and|of|for|the|on|to|in|&)\s+){0,2}){1,9}?)?(?:Cabinet\s+Member|Portfolio\s+Holder|Committee|Panel|Council|Cabinet|Board|Authority|Executive|Forum|Commission|Members)(?:\s+for\s+[A-Z]\w+(?:\s+(?:and|&)\s+[A-Z]\w+)*)?)\b(?!\s+(?:recommends?|Members?|Directors?|Officers?|Leads?|Tax|House|Offices?)\b)(?![’'])",
    ("That the Parks Panel:", "Committee for Parks and Streets notes", "We further recommend that the Council", "It is recommended that the Committee:"),
    ("That the plan be noted", "The Panel recommends that bins be bought", "It is recommended that the Order be put to the Panel", "That the Executive Member meets the Forum"),
)  # fmt: skip
# "Report of the Head of Parks to the Leisure Panel"
TITLE_TO = Rule(
    "report to",
    r"^Report\s+(?:(?:of|by)\s.{3,80}?\s)?to\s+(?:the\s+)?(?P<to>[A-Z][\w’'& -]{2,60}?\b(?:Committee|Panel|Council|Cabinet|Board|Authority|Executive|Forum|Commission))\s*$",
    ("Report of the Head of Parks to Leisure Panel", "Report to the Northmere Forum"), ("Report of the Panel",),
)  # fmt: skip
# The part ends where the next begins.
NEXT = Rule(
    "next part",
    rf"^{NUMBER}(?:Summary|Background|Reasons?\b|Introduction|Executive\s+summary|Purpose|Issues|Financial|Legal|Voting\s+arrangements|(?:\w+\s+)?Implications|Proposals?\b(?!\s+be\b)|Key\s+(?:issues|decision)|Wards?\b(?!\s+\w+\s+be\b)|Risks?\b|Publication|The\s+significant\s+issues|Evidence\s+base|Consultations?\b|Appendi|(?:Alternative|Other)\s+options|Options\s+considered|Context\s*$|Main\s+(?:report|considerations)|Report\s+detail|Detail(?:s|ed\s+report)?\s*$|Equalit|Contacts?\b|Report\s+author|Lead\s+officer|Next\s+steps|Contents\s*$|List\s+of\s+)",
    ("Background", "2. Financial implications", "Reasons for recommendation", "Appendix 1", "3 Main report"), ("Note the background",), None, I,
)  # fmt: skip
# An item of a list below "The Panel resolves to:" that has lost its label begins with a verb, not with one of these.
NO_VERB = Rule(
    "no verb",
    r"^(?!That\b)(?:\W|\d|(?:The|This|These|Those|It|In|On|At|By|An?|There|They|Members?|Officers?|Councillors?|For|From|As|If|When|Where|While|Since|Following|Under|With|Our|We|I|He|She|His|Her|Its|All|Some|Such|Each|Both|However|Although|Short|Further\s+\w+s)\b|[A-Z]{2,})",
    ("The Panel agreed a plan.", "At its meeting in May"), ("Choose a subject", "Confirm that the group will sit"),
)  # fmt: skip
NOTHING = Rule("nothing", r"^\W*(?:(?:none|not\s+applicable|n/?a|see)\b|for\s+information|to\s+follow|please\s+(?:see|refer)\b|as\s+(?:set\s+out|above|below))", ("None required", "See section 2"), ("Note the report", "Name a Chair"), None, I)  # fmt: skip

# A box of a scrutiny review: "Recommendation 4" in a line or before its words.
BOX = Rule(
    "box",
    r"^(?:RECOMMENDATION|Recommendation)\s+(?:No\.?\s*)?(?P<ref>(?:\d{1,2}[a-z]?|[A-Z]|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix))\s*(?:$|[:.)\-–]+\s*(?P<rest>\S.*)$|(?=[Tt]hat\b)(?P<that>.*)$)",
    ("Recommendation 1", "RECOMMENDATION 2: That a guide be printed", "Recommendation 3 – The Council should write"),
    ("Recommendation 3 was accepted", "Recommendations 1 and 2"),
)  # fmt: skip
WORDED = Rule(
    "worded as a recommendation",
    rf"^(?:{OPERATIVE.pattern[1:]}|.*\b(?:should|must|recommends?|be\s+\w+(?:ed|en|t|ne|ld))\b)",
    ("That a guide be printed", "The Council should write", "We recommend that bins be bought", "Develop a plan and review it; officers should help"), ("The bins are full.",),
)  # fmt: skip
# What the body that is asked says of a recommendation.
REPLIES = (
    Rule("rejected", r"\b(?:do(?:es)?\s+not|did\s+not|cannot|can\s+not|is\s+not|are\s+not|was\s+not|not)\s+(?:be\s+)?(?:able\s+to\s+)?(?:accept|agree|support|endors|take\s+(?:this|it)\s+forward)|\b(?:unable|unwilling)\s+to\s+(?:accept|agree|support)|\b(?:rejects?|declines?)\s+th(?:is|e)\s+recommendation|^\W*(?:Response\W+)?(?:Recommendation\s+)?(?:is\s+|was\s+)?(?:rejected|declined|reject)\b",
         ("Not accepted.", "The Council does not accept this recommendation.", "Rejected"), ("Accepted.",), "rejected", I),
    Rule("partly", r"\b(?:part(?:ly|ially|\s+)-?\s*(?:accept|agree|support)|(?:accept|agree|support)\w*\s+(?:this\s+recommendation\s+|the\s+recommendation\s+)?(?:in\s+part|in\s+principle|partly|partially|with\s+(?:an?\s+)?(?:amendment|modification|change)s?))",
         ("Accepted in part.", "Partially accepted", "The Executive agrees this recommendation in part"), ("Accepted.",), "partially_accepted", I),
    Rule("accepted", r"^\W*(?:Response\W+)?(?:The\s+)?(?:Recommendation\s+)?(?:is\s+|was\s+|fully\s+)*(?:accepted|agreed|accept|agree|supported)\b(?!\s+that\b)|\b(?:accepts?|agrees?\s+(?:with|to)|supports?|endorses?)\s+th(?:is|e)\s+recommendation\b|\brecommendation\s+(?:is|was|has\s+been)\s+(?:fully\s+)?(?:accepted|agreed|supported)\b",
         ("Accepted.", "Agreed. The Head of Parks will report.", "The Council accepts this recommendation."), ("It is agreed that bins are full.",), "accepted", I),
)  # fmt: skip
# The columns of a table of responses.
RECOMMENDATION_COLUMN = Rule("column of recommendations", r"^\W*(?:(?:scrutiny|panel|committee|review|original|agreed)\s+)?recommendations?\W*$", ("Recommendation", "Scrutiny recommendation"), ("Recommended by",), None, I)  # fmt: skip
REPLY_COLUMN = Rule("column of replies", r"^\W*(?:(?:cabinet|executive|council|board|service|officer|directorate|portfolio\s+holder)(?:[’']s)?\s+)?(?:response|reply|decision|accepted|agreed|accept|accepted\s*/\s*(?:not\s+accepted|rejected)|outcome)\b.{0,60}$", ("Cabinet response", "Accepted?", "Accepted / rejected", "Accepted / Partially accepted / Rejected"), ("Responsible officer",), None, I)  # fmt: skip
MADE_TO_COLUMN = Rule("column of addressees", r"^\W*(?:made|addressed|directed|recommended)\s+to\W*$|^\W*(?:recipient|addressee)\W*$", ("Made to", "Addressed to:"), ("Due to",), None, I)  # fmt: skip

RULES = (HEADING, ASKS, IS_RECOMMENDED, SOUGHT, DECIDED_ON, STANDING, TO, TITLE_TO, NEXT, NO_VERB, NOTHING, BOX, WORDED, *REPLIES, RECOMMENDATION_COLUMN, REPLY_COLUMN, MADE_TO_COLUMN)  # fmt: skip
