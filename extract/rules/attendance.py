"""Who was there: headings of lists, sentences of apology, substitution and welcome (minutes-grammar 2)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule, people

WHO = r"(?:(?:Committee|Panel|Board|Cabinet|Council|Elected|Voting|Other|Visiting|Non-voting|Co-opted)\s+)?(?:Members?|Councillors?|Cllrs?|Representatives)"
END = r"(?=\s*(?:[:\-–—]|\t|$|\(\d+\)))\s*:?\s*[-–—]*\s*"

# Headings of a list of names; the list follows on the line or below it. The first that matches at the start of a block wins.
HEADINGS = (
    Rule("absent", rf"^(?:Absent|Not\s+present|{WHO}\s+(?:not\s+present|absent))(?:\s+without\s+apolog\w+)?{END}",
         ("Absent: Cllr Rae", "Members not present"), ("Absent friends were toasted",), "absent", I),
    Rule("apologies", rf"^(?:Apologies|Apology|Ymddiheuriadau)(?:\s+(?:for|of)\s+(?:absence|inability\s+to\s+attend|non-attendance))?(?:\s+(?:were\s+)?received(?:\s+from)?)?{END}",
         ("APOLOGIES: Cllr Rae", "Apologies for absence", "Apologies for Absence - Cllr Voss"),
         ("Apologies were offered for the delay",), "apologies", I),
    Rule("in attendance", rf"^(?:Also\s+)?(?:In\s+attendance|Attending|Also\s+present|Also\s+attending|Non-Members\s+(?:also\s+)?present)(?:\s*\((?:Officers|Officials)\))?{END}",
         ("IN ATTENDANCE: Jo Lane", "Also present:-", "ATTENDING :"), ("In attendance figures terms",), "in_attendance", I),
    Rule("members in attendance", rf"^In\s+attendance\s*:?\s*\((?:Councillors|Members|Aldermen)\){END}",
         ("In attendance: (Councillors)",), (), "present", I),
    Rule("officers", rf"^(?:Officers?|Officials|Staff|Other\s+Members|Other\s+{WHO}|Visiting\s+members|Witnesses|By\s+invitation|Observers?|Guests?|Invited\s+guests?|Advisers?|Press|Public|Members?\s+of\s+the\s+public)(?:\s+(?:also\s+)?(?:present|in\s+attendance|attending|invited))?{END}",
         ("Officers in Attendance:-", "Officers: Jo Lane", "Other Members present"), ("Officers to publish the plan",), "in_attendance", I),
    Rule("present were", rf"^(?:The\s+)?(?:{WHO}|Those)(?:\s+of\s+the\s+\w+)?\s+(?:who\s+were\s+)?present\s+(?:were|was)\s*(?:[:\-–]+\s*|(?={people.TITLE}))", ("Members of the Council present were: Mr Rae",), ("Those present were reminded",), "present", I),
    Rule("present", rf"^(?:(?:{WHO}|Those|Aldermen)\s+(?:present|in\s+attendance)|Present|Attendance|Attendees|Attended|In\s+the\s+chair|Presiding|Sederunt|{WHO}\s+of\s+the\s+(?:Panel|Committee|Board|Council))(?:\s*\(.{{0,40}}?\))?{END}",
         ("PRESENT: Cllr Rae", "Members Present:-", "Present", "Committee Members present:", "Attendees", "Sederunt:"),
         ("Present arrangements were explained", "Attendance at school was 94%"), "present", I),
    # "PRESENT Councillors A and B", with nothing between heading and list but a capital title
    Rule("present, run on", rf"^(?:PRESENT|Present)\s+(?={people.PLURAL_TITLE}\b|{people.SINGULAR_TITLE}\b)",
         ("PRESENT Councillors Rae and Voss",), ("Present were told",), "present"),
    Rule("in attendance, run on", rf"^(?:IN\s+ATTENDANCE|In\s+[Aa]ttendance|ALSO\s+PRESENT|Also\s+[Pp]resent)\s+(?={people.PLURAL_TITLE}\b|{people.SINGULAR_TITLE}\b|{people.FULL_NAME}\s*[,(])",
         ("In Attendance CPO Jo Rae (for item 1)", "IN ATTENDANCE Al Penn, Chair of the Trust"), ("In attendance figures",), "in_attendance"),
    Rule("public, run on", rf"^Members?\s+of\s+the\s+public\s+(?={people.SINGULAR_TITLE}\b)", ("Members of the Public Mr & Mrs Rae",), (), "in_attendance", I),
    Rule("chair", r"^(?:Chair(?:man|person|woman)?|Vice[- ]Chair(?:man|person|woman)?|Clerk|Convener|Convenor)(?:\s+to\s+the\s+(?:Council|Committee|Panel|Board))?\s*(?::|\t)\s*",
         ("Chair: Cllr Rae", "Vice-Chairman: Cllr Voss"), ("Chair of the Board",), "present", I),
)  # fmt: skip
# A heading by whose words the people below take a role.
ROLE_HEADINGS = compiled(r"^(?:Vice[- ])?Chair|^Clerk|^Conven", I)

NAMES = r"(?P<names>.+?)"
SENTENCE_END = (
    r"(?=\.?\s*$|;|\s+(?:who|and\s+(?:these|the\s+reasons?)|were|was|because|due\s+to|as\s+(?:he|she|they))\b|$)"
)
# Sentences that give apologies; `names` is the list.
APOLOGIES = (
    Rule("apologies from", rf"\bapolog(?:y|ies)\b(?:\s+for\s+(?:absence|inability\s+to\s+attend|non-attendance|the\s+meeting))?(?:\s+(?:had\s+been|have\s+been|were|was|had|being))?\s*(?:also\s+|duly\s+)?(?:received|given|submitted|tendered|intimated|reported|recorded|noted|made|sent|accepted)?(?:,?\s+and\s+the\s+reasons?\s+accepted,?)?\s*(?:were\s+)?(?:from|by|on\s+behalf\s+of|for)\s*[:\-–]*\s+(?!the\s+(?:delay|late|incon))(?!absence){NAMES}{SENTENCE_END}",
         ("Apologies for absence were received from Cllr Rae and Mrs Voss.", "The clerk reported apologies from Mr Orme.",
          "Apologies were received, and the reason accepted, from Cllr Rae.", "Apologies received from Cllrs Rae and Voss.", "Apologies were received from Cllrs. A. Rae and B. Voss."),
         ("The Director offered apologies for the delay",), "apologies", I),
    Rule("sent apologies", rf"(?P<names>(?:{people.TITLE}|\b){people.NAME}(?:\s+and\s+{people.TITLE}{people.NAME})?)\s+(?:had\s+)?(?:sent|given|gave|submitted|conveyed|tendered)\s+(?:his|her|their)?\s*apologies",
         ("Cllr Rae had sent her apologies", "Cllr Rae and Mrs Voss gave their apologies"), (), "apologies", needs=("apologies",)),
)  # fmt: skip
NOBODY = compiled(
    r"^\W*(?:none|nil|n/?a|no\s+apologies|there\s+were\s+no(?:ne)?\b|no\s+\w+\s+were\s+received|all\s+present|the\s+delay|lateness)",
    I,
)

SUBSTITUTES = (
    Rule("for whom", rf"(?P<names>{people.TITLE}{people.NAME})(?:\s*\([^)]*\))?\s+(?:was\s+|were\s+|is\s+|be\s+)?(?:present\s+as\s+(?:a\s+)?substitute|substitut(?:e|ed|ing)|attend(?:ed|ing)\s+as\s+(?:a\s+)?substitute|deputis(?:ed|ing)|replac(?:ed|ing)|in\s+place\s+of|sub(?:bing)?)\s*(?:for|of)?\s+(?P<other>{people.TITLE}{people.NAME})",
         ("Cllr Voss substituted for Cllr Rae", "Cllr Voss attending as substitute for Cllr Rae", "Cllr Voss (substitute) in place of Cllr Rae"), (), "substitute", needs=("substitut", "attend", "deput")),
    Rule("name for name", rf"(?P<names>(?:Councillor|Cllr)\.?\s+{people.NAME})\s+for\s+(?P<other>(?:Councillor|Cllr)\.?\s+{people.NAME})",
         ("Cllr Voss for Cllr Rae",), ("Cllr Voss spoke for Cllr Rae",), "substitute", needs=("Councillor", "Cllr")),
    Rule("notified", rf"\bsubstitut(?:e|es|ion|ions)\s*(?:members?)?\s*(?::|-|–|was|were|is)\s*(?P<names>{people.TITLE}{people.NAME})(?P<other>)",
         ("Notification of substitutes: Cllr Voss",), ("Substitutes: none",), "substitute", 0, needs=("ubstitut",)),
)  # fmt: skip

# Sentences that place a person in the room without a list (rulings 5 and 6).
WELCOMED = (
    Rule("welcomed", r"\bwelcomed\s+(?:to\s+the\s+meeting\s+)?(?P<names>.+?)(?=\s+to\s+(?:the|his|her|their|this|present|speak|answer)\b|,?\s+who\b|\.?$|\s+and\s+(?:thanked|explained|asked|invited|introduced|apologies)|\s*[,;]\s*apologies)",
         ("The Chair welcomed Dr Ivo Lunt, Head of Archives, to the meeting.", "The Chairman welcomed to the meeting the Clerk, Mr J Orme"), (), "in_attendance", needs=("welcomed",)),
    Rule("attended", r"^(?P<names>[A-Z].{3,240}?)\s+attended(?:\s+the\s+meeting)?\.?$", ("Al Rae, Chairman of the Trust, and Bo Penn attended.", "CPOs Rae and Voss attended the meeting."), ("Al Rae attended a course.",), "in_attendance", needs=("attended",)),
    Rule("came", rf"(?P<names>(?:{people.TITLE}|\b(?=[A-Z][a-z]+\s[A-Z])){people.NAME}(?:,\s[^.;:]{{3,60}}?,)?)\s+(?:joined\s+the\s+meeting|attended\s+(?:the\s+meeting|to\s+\w+|for\s+this\s+item))",
         ("PCSO Jo Lane joined the meeting and reported", "Al Penn, Orme Brewery, attended to seek support", "Mr Orme attended the meeting"),
         ("Mr Orme attended a conference",), "in_attendance", needs=("joined", "attended")),
    Rule("petitioner", rf"(?P<names>(?:{people.TITLE}{people.NAME}|{people.FULL_NAME}),\s+(?:the\s+|a\s+)?(?P<capacity>(?:lead\s+|local\s+|ward\s+)?(?:petitioner|applicant|objector|appellant|resident|agent|member|councillor))),\s",
         ("Mr Al Rae, the lead petitioner, presented a petition",), ("the lead petitioner spoke",), "in_attendance", needs=("petitioner", "applicant", "objector", "appellant", "resident", "agent", "member", "councillor")),
    Rule("spoke on the petition", rf"(?P<names>{people.TITLE}{people.NAME})\s+(?:spoke|made\s+a\s+statement)\s+(?:about|to|on|in\s+support\s+of)\s+(?:the|his|her|their)\s+petition",
         ("Cllr Al Rae spoke about the petition.",), (), "in_attendance", needs=("petition",)),
    # the questions of those who came to a public forum (ruling 5)
    Rule("questioner", rf"^(?:Q|Question|Supplementary)s?\.?\s*[\dQ][\dQa-z ,&]*\s*[–:-]\s*(?P<names>{people.FULL_NAME})$",
         ("Q34 – Al Rae", "Q15, 16 & 17 – Jo Penn"), ("Q1 – Traffic on the quay",), "in_attendance"),
    Rule("took the chair", rf"(?P<names>(?:{people.TITLE})?{people.NAME})\s+(?:then\s+)?(?:took|was\s+in|in)\s+the\s+[Cc]hair\b|\b[Cc]haired\s+by\s+(?P<names2>(?:{people.TITLE})?{people.NAME})",
         ("Mo Day took the chair", "The meeting was chaired by Mr J Orme", "Cllr Rae in the Chair"), (), "in_attendance", needs=("hair",)),
    Rule("in attendance", rf"(?P<names>(?:{people.TITLE}|\b(?=[A-Z][a-z]+\s[A-Z])){people.NAME}(?:,\s[^.;:]{{3,60}}?,)?)\s+(?:was|were)\s+(?:also\s+)?(?:in\s+attendance|present)\b",
         ("Mr Orme was in attendance", "Jo Lane, Head of Parks, was also present"), ("The PCC was present",), "in_attendance", needs=("attendance", "present")),
)  # fmt: skip
# A welcome of a thing that a person made or received, not of the person (2.6).
NOT_WELCOMED = compiled(
    r"\b(?:reports?|books?|letters?|documents?|publications?|awards?|appointment|election|strategy|news|proposals?)\b",
    I,
)
# Witnesses: the welcome names a count, the list stands below it.
WELCOME_LIST = compiled(r"\bwelcomed\b[^.]*:\s*-?\s*$")
INVITED = compiled(
    r"\b(?:ha(?:s|ve)\s+been\s+invited|will\s+be\s+(?:attending|present|in\s+attendance)|to\s+attend|is\s+invited|are\s+invited)\b",
    I,
)
# What a committee system prints in its attendance column (source-formats 1.7); the longest match wins.
ATTENDANCE_COLUMN = {
    "present": "present", "present, virtual": "present", "present as expected": "present", "present, as expected": "present", "in person": "present",
    "present, as substitute": "substitute", "present, as substitute, virtual": "substitute", "substitute": "substitute",
    "in attendance": "in_attendance", "in attendance, virtual": "in_attendance", "apologies": "apologies", "apology": "apologies",
    "apologies, sent representative": "apologies", "absent": "absent", "p": "present", "a": "apologies",
}  # fmt: skip
RULES = (*HEADINGS, *APOLOGIES, *SUBSTITUTES, *WELCOMED)
