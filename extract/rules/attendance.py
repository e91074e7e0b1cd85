"""Who was there: headings of lists, sentences of apology, substitution and welcome (minutes-grammar 2)."""

from __future__ import annotations

from minutebook.extract.patterns import I, compiled
from minutebook.extract.rules import Rule, people

# What kind they are, in words with capitals: "Board members", "Schools Forum Members"; "all members" is no heading.
WHO = r"(?:(?-i:(?!(?:All|No|Some|Any|Most|Other|The)\b)[A-Z][\w’'/-]*\s+(?:(?:[A-Z][\w’'/-]*|and|of|for|the|&)\s+){0,4}?)|Other\s+)?(?:Members?|Councillors?|Cllrs?|Representatives|Trustees|Governors|Commissioners|Directors)"
# The heading in Welsh before the English one: "Yn bresennol / Present".
WELSH = r"(?:(?:(?:Hefyd\s+)?yn\s+bresennol|Presennol|Mewn\s+presenoldeb|Ymddiheuriadau)\s*/\s*)?"
# How they took part.
MODE = r"(?:\s*\([^()]{0,40}\)|\s+(?:in\s+person|in\s+the\s+(?:\w+\s+)?(?:room|chamber)|remotely|virtually|online|(?:via|by|on|through)\s+(?:video|tele|audio|phone|Teams|Zoom|MS|Microsoft|Skype|Webex)[\w -]{0,20}?))?"
END = r"(?=\s*(?:[:\-–—|]|\t|$|\(\d+\)))\s*:?\s*[-–—|]*\s*"
# A heading may be letter-spaced, or garbled where a face has lost its N.
PRESENT = r"P\s?R\s?E\s?S\s?E\s?[N/]\s?T"

# Headings of a list of names; the list follows on the line or below it. The first that matches at the start of a block wins.
HEADINGS = (
    Rule("absent", rf"^(?:Absent|Absentees|Absences|Not\s+(?:present|attended|attending|in\s+attendance)|Did\s+not\s+attend|{WHO}\s+(?:not\s+present|absent))(?:,?\s+\(?(?:without|with\s+no|no)\s+apolog\w+(?:\s+(?:received|given))?\)?)?{END}",
         ("Absent: Cllr Rae", "Members not present", "NOT ATTENDED", "Absent without apologies: Cllr Rae", "Absent (no apologies): Cllr Rae"), ("Absent friends were toasted", "Absent with apologies: Cllr Rae"), "absent", I),
    Rule("apologies", rf"^{WELSH}(?:(?:{WHO}[’']?\s+|Officers?[’']?\s+|Sent\s+|Absent,?\s+\(?with\s+|Absent[,;]?\s+|Absent\s*/\s*)?(?:Apologies|Apology|Ymddiheuriadau)\)?(?:\s+(?:for|of)\s+(?:absence|inability\s+to\s+attend|non-attendance))?(?:\s+from\s+{WHO}|\s*(?:/|and)\s*(?:Absent|Absences?|Not\s+present|Non-attendance))?|Unable\s+to\s+attend|Leave\s+of\s+absence)(?:\s+(?:were\s+)?(?:received|submitted|intimated|tendered|given|sent|noted|accepted|granted)(?:\s+(?:from|on\s+behalf\s+of))?)?{END}",
         ("Ymddiheuriadau / Apologies: Cllr Rae", "Absent with apologies: Cllr Rae", "Sent apologies: Cllr Rae", "Members’ apologies", "Apologies/Absent:", "Unable to attend: Cllr Rae", "Leave of absence: Cllr Rae", "APOLOGIES: Cllr Rae", "Apologies for absence", "Apologies for Absence - Cllr Voss", "Apologies for absence were submitted on behalf of:-", "Apologies | Cllr Rae"),
         ("Apologies were offered for the delay", "Leave of absence was considered"), "apologies", I),
    Rule("substitutes", rf"^(?:Named\s+)?Substitutes?(?:\s+members?)?(?:\s+(?:present|attending|in\s+attendance))?{END}(?<!-)(?!\W*(?:none|nil)\b)", ("Substitutes: Cllr Voss (for Cllr Rae)",), ("Substitutes: None", "Substitutes may attend"), "substitute", I),
    Rule("other members", rf"^(?:Other\s+{WHO}(?:\s+(?:also\s+)?(?:present|in\s+attendance|attending))?|(?:(?:Cabinet|Executive)\s+(?:Members?|Councillors?)|Portfolio\s+Holders?)\s+(?:also\s+)?(?:present|in\s+attendance|attending)){MODE}{END}", ("Other Members present: Cllr Rae", "Cabinet Members in attendance: Cllr Rae", "Portfolio Holders present:"), ("Other members agreed", "Cabinet Members attending the launch"), "others", I),
    Rule("attending", rf"^(?:Those\s+)?(?:Attending|Participants?|Participating|Taking\s+part){MODE}{END}", ("ATTENDING :", "Attending: Cllr Rae"), ("Attending the meeting were:",), "others", I),
    Rule("in attendance", rf"^{WELSH}(?:Also\s+)?(?:In\s+attendance|Also\s+present|Also\s+attending|Together\s+with|{WHO}\s+also\s+(?:present|attending|in\s+attendance)|Others?\s+(?:present|attending|in\s+attendance|attendees)|Non-(?:(?:Committee|Panel|Board|Sub-Committee|Executive|Cabinet)\s+)?Members\s*(?=:)|Non-Members\s+(?:also\s+)?(?:present|in\s+attendance)(?:\s+at\s+(?:the\s+)?request\s+of\s+[\w ]{{3,40}})?){MODE}(?:\s+(?:was|were)(?=\s+{people.TITLE}|\s*:)|{END})\s*:?\s*",
         ("IN ATTENDANCE: Jo Lane", "Also present:-", "Hefyd yn bresennol / Also present:", "Together with:", "Non-Committee Members: Cllr Rae", "Members also attending: Cllr Rae", "Also in attendance (via Teams): Jo Lane", "Also in attendance was Mr Orme", "Non-members in attendance at request of Chief Officer:-"), ("In attendance figures terms", "Together with the plan"), "in_attendance", I),
    Rule("members in attendance", rf"^In\s+attendance\s*:?\s*\((?:Councillors|Members|Aldermen)\){END}",
         ("In attendance: (Councillors)",), (), "present", I),
    Rule("officers", rf"^(?:(?-i:[A-Z][\w’'/-]*\s+(?:(?:[A-Z][\w’'/-]*|and|of|for|the|&)\s+){{0,3}}?)?(?:Officers|Officials|Employees|Staff)|Officer|Secretariat|Visitors|Invitees|Presenters|Guest\s+speakers?|Visiting\s+members|Witnesses|By\s+invitation|Observers?|Guests?|Invited\s+guests?|Advisers?|Representatives\s+(?:from|of)\s+other\s+(?:bodies|organisations)|(?:Minutes|Notes)\s+(?:taken\s+)?by|Minuted\s+by|Minute\s+secretary|(?:Minute|Note)[- ]?takers?|Public\s+Speakers|Registered\s+Speakers)(?:\s+(?:also\s+)?(?:present|in\s+attendance|attending|invited))?{MODE}{END}",
         ("Secretariat: Jo Lane", "Notes by: Jo Lane", "Lead Officers present in person:", "Officers attending remotely: Jo Lane", "Officers in Attendance:-", "Officers: Jo Lane", "NPA officers", "Public Speakers", "Representatives from other bodies in attendance:"), ("Officers to publish the plan",), "in_attendance", I),
    Rule("public", rf"^(?:Members?\s+of\s+the\s+public|Public|Residents?|Parishioners?|Press)(?:\s+(?:also\s+)?(?:present|in\s+attendance|attending))?{END}",
         ("Residents: Mr Rae", "Press: Jo Penn"), ("Public questions were heard",), "in_attendance", I),
    Rule("present were", rf"^(?:(?:The\s+)?(?:{WHO}|Those)(?:\s+of\s+the\s+\w+)?\s+(?:who\s+were\s+)?present\s+(?:were|was)|Present\s+were|There\s+were\s+present)\s*(?:[:\-–]+\s*|(?={people.TITLE}|{people.PLURAL_TITLE}\b))",
         ("Members of the Council present were: Mr Rae", "There were present: Councillors Rae and Voss", "Present were Councillors Rae and Voss"), ("Those present were reminded",), "present", I),
    Rule("in the chair", rf"^(?:In\s+the\s+chair|Presiding){END}", ("In the Chair: Cllr Rae", "Presiding"), ("Presiding over the meeting",), "present", I),
    Rule("present", rf"^{WELSH}(?:(?:{WHO}|Those|Aldermen)\s+(?:present|in\s+attendance|attending|attended|participating|online)|{PRESENT}|Attendance|Attendees|Attended|Sederunt|{WHO}\s+of\s+the\s+(?:Panel|(?:Sub-?\s?)?Committee|Board|Council|Cabinet|Executive|Authority|Forum)){MODE}{END}",
         ("Board members present: Jo Rae", "Members of the Sub-Committee", "Trustees present", "Present in person: Cllr Rae", "Present remotely: Cllr Rae", "Forum members present\tRepresenting", "Members attending via Teams:", "PRESENNOL/PRESENT: Cllr Rae", "PRESENT: Cllr Rae", "Members Present:-", "Present", "Committee Members present:", "Attendees", "Sederunt:", "P R E S E N T:", "PRESE/T\tJo Rae", "Present | Mr Rae"),
         ("Present arrangements were explained", "Attendance at school was 94%", "All Members present", "Present via the link was the agent"), "present", I),
    Rule("members", r"^(?:(?:Voting|Committee|Panel|Forum|Board|Elected|Appointed|Core|Full)\s+)?Members\s*(?::-?\s*|\t+)(?=\S|$)", ("Members:\tJo Rae", "Voting Members: Jo Rae", "Members:"), ("Members\u2019 interests:", "Members"), "members", I),
    Rule("membership", r"^(?:(?:Committee|Panel|Board|Council)\s+)?Membership\s*:\s*$", ("Membership:", "Committee Membership:"), ("Membership: Cllr Rae to replace Cllr Voss", "Membership of the Panel"), "members", I),
    # a kind of director or governor, over the names of those who are it
    Rule("kind", rf"^(?i:(?:(?:Non-?\s?|Associate\s+Non-?|Other\s+)?Executives?(?:\s+(?:Directors?|Members))?|Chair\s+and\s+Non-?\s?Executives?(?:\s+Directors)?|(?:Non-)?Voting\s+(?:Directors|Members|Attendees)|Lay\s+Members|Partner\s+Members|(?:Public|Staff|Appointed|Elected|Parent|Co-?opted|Foundation|Stakeholder|Partner)\s+Governors)(?:\s+present)?)\s*:\s*(?=$|{people.TITLE}{people.NAME}|{people.FULL_NAME})",
         ("Non-Executive Directors:", "Executive Directors: Jo Rae", "Public Governors:"), ("Executive Directors: bonuses for the year", "Executive Members", "Non-executive directors"), "kind"),
    # "PRESENT Councillors A and B", with nothing between heading and list but a capital title
    Rule("present, run on", rf"^(?:PRESENT|Present)\s+(?={people.PLURAL_TITLE}\b|{people.SINGULAR_TITLE}\b)",
         ("PRESENT Councillors Rae and Voss",), ("Present were told",), "present"),
    Rule("in attendance, run on", rf"^(?:IN\s+ATTENDANCE|In\s+[Aa]ttendance|ALSO\s+PRESENT|Also\s+[Pp]resent)\s+(?={people.PLURAL_TITLE}\b|{people.SINGULAR_TITLE}\b|{people.FULL_NAME}\s*[,(])",
         ("In Attendance CPO Jo Rae (for item 1)", "IN ATTENDANCE Al Penn, Chair of the Trust"), ("In attendance figures",), "in_attendance"),
    Rule("public, run on", rf"^Members?\s+of\s+the\s+public\s+(?={people.SINGULAR_TITLE}\b)", ("Members of the Public Mr & Mrs Rae",), (), "in_attendance", I),
    Rule("chair", r"^(?:Chair(?:man|person|woman)?|Vice[- ]Chair(?:man|person|woman)?|Clerk|Convener|Convenor)(?:\s+to\s+the\s+(?:Council|Committee|Panel|Board))?\s*(?::|\t)\s*",
         ("Chair: Cllr Rae", "Vice-Chairman: Cllr Voss"), ("Chair of the Board",), "chair", I),
    Rule("chair, dashed", rf"^(?:Vice[- ])?Chair(?:man|person|woman)?\s+[-–]\s+(?={people.TITLE}{people.NAME}\s*(?:$|[,;(]))", ("Chair – Cllr Rae",), ("Chair – Cllr Rae welcomed all",), "chair"),
    # a sentence that ends where the list begins
    Rule("the following were present", r"^The\s+following(?:\s+(?:Members|Councillors|members|councillors))?\s+were\s+present\s*[:\-–]+\s*", ("The following were present: Cllr Rae",), ("The following were present in draft",), "present"),
    Rule("the following attended", r"^The\s+following(?:\s+\w+){0,4}\s+(?:spoke|attended|addressed\s+the\s+\w+|were\s+(?:also\s+)?in\s+attendance|were\s+also\s+present)\s*[:\-–]+\s*",
         ("The following spoke:", "The following officers were in attendance: Jo Rae"), ("The following points were noted:",), "in_attendance"),
    # a heading that the page has set behind its opening sentence
    Rule("behind the opening", r"^(?:Draft\s+)?(?i:Minutes|Notes?|Record)\b.{10,240}\s(?:(?:Board\s+|Committee\s+|Panel\s+)?Members\s+(?:in\s+attendance|present|attending)|PRESENT|Present|Attendees|In\s+attendance)\s*:?\s*$",
         ("Notes of the meeting held on Monday 3 June 2024 in the Long Room Members in attendance", "MINUTES of the meeting held at Orme Hall on 3 June 2024 PRESENT:"), ("Minutes of the meeting at which Mr Rae was not present", "Present"), "present"),
    Rule("when there were present", r"\b(?:when|where)\s+(?:there\s+were\s+present|(?:the\s+following|these)(?:\s+\w+)?\s+were\s+present|the\s+following\s+attended)\s*[:\-–]*\s*$",
         ("held in the Long Room when there were present:-",), ("those who were present:",), "present", I),
)  # fmt: skip
# A side at a hearing, within a list of those who were there.
SIDE_OF_HEARING = compiled(
    r"^(?:(?:For|Representing|On\s+behalf\s+of)\s+the\s+(?:[Aa]pplicants?|[Ll]icence\s+[Hh]olders?|[Aa]ppellants?|[Oo]bjectors?|[Pp]olice|[Rr]esponsible\s+[Aa]uthorit(?:y|ies)|(?:Council|Licensing\s+Authority))|(?:The\s+)?(?:Applicants?|Licen[cs]e\s+Holders?|Appellants?|Objectors?|Responsible\s+Authorit(?:y|ies)|(?:Other|Interested)\s+(?:[Pp]ersons?|[Pp]art(?:y|ies))|Supporters?|Complainants?|Parties)(?:[’']s?\s+[Rr]epresentatives?)?)(?:\s*\([^()]{1,40}\))?(?:\s+(?:present|in\s+attendance|attending))?\s*(?::|\t|$)\s*"
)
# What a mark of names stands for: "* denotes attendance", "(*present)", "Those marked * attended".
MARK_KEY = compiled(
    r"(?:\*\)?\s*(?:[=:–-]|denotes|indicates|signifies|shows|means)\s*|\*(?=[a-z])|\b(?:marked|denoted|indicated)\s+(?:(?:with|by|thus)\s+)?(?:an?\s+)?(?:asterisk|\(?\*\)?)\s+)"
    r"(?:that\s+)?(?:the\s+)?(?:those\s+|members?\s+|councillors?\s+)*(?:who\s+)?(?:(?:was|were|is|are|had)\s+)?(?:in\s+)?"
    r"(?:(?P<present>attendance|attended|attending|present)|(?P<absent>absen(?:t|ce|tees?)|not\s+present|not\s+in\s+attendance|did\s+not\s+attend)|(?P<apologies>apolog\w+))"
    r"(?:\s+(?:at\s+(?:the|this)\s+meeting|received|sent|given))?\W*$",
    I,
)
MARKED_BEFORE = compiled(r"(?:^|[,;\t\n]|\band)\s*\*\s*$")
MARKED_BEHIND = compiled(r"^\s*\*\s*(?:$|[,;.\n\t(]|and\b)")
# A kind and the body of that kind, in a column of bodies: "Primary academy – Orme School".
KIND_AND_BODY = compiled(rf"^[^–—-]+\s[-–—]\s(?P<body>[A-Z](?!.*\b(?:{people.POST_NOUNS})\b).*)$")
# The chair whom this meeting elected, for it and not for another body.
ELECTED_POST = r"(?:the\s+|its\s+)?(?P<{}>(?:Deputy\s+|Vice[- ])?(?:Chair(?:man|woman|person)?|Convenor|Convener)|(?:Deputy\s+)?(?:Town\s+)?Mayor)(?:\s+of\s+the\s+(?:(?:Parish\s+|Town\s+|Community\s+)?Council|(?:Sub-)?Committee|Panel|Board|Forum))?(?=\s*(?:$|[.,;:(]|for\b|until\b|and\b|by\b|unanimously\b))"
ELECTED = compiled(
    rf"(?P<name>{people.TITLE}{people.NAME})\s+(?:(?:be|was|is|has\s+been)\s+(?:duly\s+|unanimously\s+)?(?:re-?)?(?:elected|appointed)(?:\s+(?:as|to\s+be))?|be)\s+{ELECTED_POST.format('post')}"
    rf"|\b(?:[Ee]lect(?:ed)?|[Aa]ppoint(?:ed)?)\s+(?P<elect>{people.TITLE}{people.NAME})\s+(?:as|to\s+be)\s+{ELECTED_POST.format('office')}"
)
# Without such a word it was only proposed.
IS_ELECTED = compiled(
    r"\b(?:elected|RESOLVED|Resolved|resolved|AGREED|agreed|CARRIED|carried|no\s+other\s+nominations)\b"
)
# A kind of those who are away, below the heading of apologies and not a list of its own.
SORT = compiled(r"^(?:Members|Councillors|Officers|Staff)\s*(?::|\t|$)", I)
# A heading that is the title of those below it.
OF_COUNCILLORS = compiled(r"^(?:Councillors|Cllrs|Councilors)\s+(?:present|attending|in\s+attendance)\b", I)
# A heading by whose words the people below take a role.
ROLE_HEADINGS = compiled(r"^(?:Vice[- ])?Chair(?!\s+and\b)|^Clerk|^Conven", I)
HEADING_ROLES = (
    ("Member of the Public", compiled(r"^Members?\s+of\s+the\s+public\b", I)),
    ("Resident", compiled(r"^Residents?\b|^Parishioners?\b", I)),
    ("Press", compiled(r"^Press\b", I)),
    ("Chair", compiled(r"^In\s+the\s+Chair\b", I)),
    ("Presiding", compiled(r"^Presiding\b", I)),
)
# Where another list begins within a block: "Cllrs Rae and Voss. Apologies: Cllr Penn".
WITHIN = compiled(
    r"(?<=[.;|)\s])(?<![Aa]lso )(?=(?:[Aa]lso\s+)?(?:[Ii]n\s+[Aa]ttendance|IN\s+ATTENDANCE)(?:\s+(?:remotely|virtually|online))?\s*(?::|\bwas\b|\bwere\b|\|)|(?:Also\s+[Pp]resent|ALSO\s+PRESENT|Apolog(?:ies|y)(?:\s+for\s+[Aa]bsence)?|APOLOGIES|Absent|ABSENT|Officers|Observers|Staff|Members\s+of\s+the\s+public)\s*:)"
)
# A line within a list that names nobody and does not end it: the head of a column, a ward, a kind of member.
SUBHEADING = compiled(
    r"^(?:Role|Name|Names|Organisation|Position|Title|Initials|(?:[\w’'-]+\s+){0,3}(?:Members|Ward|Division|Councillors|Governors|Team)(?:\s+Representatives)?|Members\s+of\s+the\s+[\w ]{3,60})\s*:?\s*$",
    I,
)
# What stands before the names of one ward, or of one kind of member, on their line.
WARD = compiled(r"^(?:[A-Z][\w’'&-]*\s+){1,5}(?:Ward|Division)\s*[:\-–]\s*")
# The body of those on a line, before their names.
BODY_FIRST = compiled(
    rf"^(?P<body>(?:[A-Z][\w&’'-]*\s+){{0,5}}(?:{people.BODY_WORDS}))\s*:\s*(?={people.TITLE}{people.NAME}|{people.FULL_NAME})"
)
# The kind of member before the names on a line, which is their post: "Co-opted Members: Mr A Rae".
KIND_FIRST = compiled(
    rf"^(?P<kind>Cabinet\s+Member|Executive\s+Member|Portfolio\s+Holder|Co-?opted\s+Member|Independent\s+(?:Member|Person)|Parent\s+Governor|Lay\s+Member|Church\s+Representative)s?\s*[:\-–]+\s*(?={people.PLURAL_TITLE}|{people.TITLE}{people.NAME}|{people.FULL_NAME})",
    I,
)
# Members whose bracket is what they hold: "Cabinet Members: Cllrs Rae (Housing) and Voss (Leisure)".
HOLDERS = compiled(r"^(?:Cabinet|Executive|Portfolio)\b", I)
# What the second column of a table of names tells: a body, or a post.
TELLS_BODY = compiled(r"^\W*(?:Representing|Organi[sz]ations?|Agency|Body|Company|Employer)\W*$", I)
# A capacity without capitals behind a name and a dash: "Jo Rae – landowner". Not how or when one came, or why one did not.
CAPACITY = compiled(
    r"^(?!(?:also|not|no|joined|left|via|by|for|from|until|till|as|in|on|at|to|with|who|online|remote|remotely|virtual|virtually|hybrid|present|absent|apologies|part|late|"
    r"arrived|arriving|leaving|substitute|substituting|voting|non-voting|excused|minutes|notes|taking|took|objecting|supporting|speaking|attending|representing|ill|illness|holiday|work|family|personal|sick)\b)"
    r"[a-z][a-z’'-]+(?:\s+[a-z][a-z’'-]+){0,3}$"
)
# Marks of a grid: present, apologies, absent.
MARKS = {"P": "present", "A": "apologies", "Ab": "absent", "AB": "absent", "Abs": "absent", "Ap": "apologies", "Apols": "apologies", "✓": "present",
         "Apologies": "apologies", "Absent": "absent", "Present": "present"}  # fmt: skip

NAMES = r"(?P<names>.+?)"
SENTENCE_END = (
    r"(?=\.?\s*$|;|\s+(?:who|and\s+(?:these|the\s+reasons?)|were|was|because|due\s+to|as\s+(?:he|she|they))\b|$)"
)
# Sentences that give apologies; `names` is the list.
APOLOGIES = (
    Rule("apologies from", rf"\bapolog(?:y|ies)\b(?:\s+for\s+(?:absence|inability\s+to\s+attend|non-attendance|the\s+meeting))?(?:\s+(?:had\s+been|have\s+been|were|was|had|being))?\s*(?:also\s+|duly\s+)?(?:received|given|submitted|tendered|intimated|reported|recorded|noted|made|sent|accepted)?(?:,?\s+and\s+(?:the\s+reasons?\s+)?(?:accepted|approved|noted),?)?\s*(?:were\s+)?(?:from|by|on\s+behalf\s+of|for)(?:\s*[:,\-–]*\s+|(?=(?-i:Cllr|Councillor)))(?!the\s+(?:delay|late|incon))(?!absence){NAMES}{SENTENCE_END}",
         ("Apologies for absence were received from Cllr Rae and Mrs Voss.", "The clerk reported apologies from Mr Orme.",
          "Apologies were received, and the reason accepted, from Cllr Rae.", "Apologies received from Cllrs Rae and Voss.", "Apologies were received fromCllr Rae", "Apologies were received and accepted from Cllr Rae", "Apologies were received from, Jo Rae and Al Voss", "Apologies were received from Cllrs. A. Rae and B. Voss."),
         ("The Director offered apologies for the delay",), "apologies", I),
    Rule("sent apologies", rf"(?P<names>{people.PEOPLE})\s+(?:had\s+)?(?:sent|given|gave|submitted|conveyed|tendered)\s+(?:his|her|their)?\s*apologies",
         ("Cllr Rae had sent her apologies", "Cllr Rae and Mrs Voss gave their apologies", "Councillors Jo Rae and Al Voss gave apologies"), (), "apologies", needs=("apologies",)),
    Rule("was absent", rf"(?P<names>{people.PEOPLE})\s+(?:was|were)\s+(?:not\s+present|absent)\b", ("Mr Rae was not present", "Cllrs Rae and Voss were absent"), ("Mr Rae was present",), "absent", needs=("not present", "absent")),
)  # fmt: skip
# More who sent apologies, behind the reason that the first had: "from Cllr Rae who was away and Cllr Voss".
MORE_APOLOGIES = compiled(
    rf"^(?:who|due|because|as)\b[^.;:]*?\band\s+(?P<names>{people.TITLE}{people.NAME})(?=\s*(?:\.|$|\(|who\b|due\b))"
)
NOBODY = compiled(
    r"^\W*(?:none|nil|n/?a|no\s+apologies|there\s+were\s+no(?:ne)?\b|no\s+\w+\s+were\s+received|all\s+present|the\s+delay|lateness)\b",
    I,
)

SUBSTITUTES = (
    Rule("for whom", rf"(?P<names>{people.TITLE}{people.NAME})(?:\s*\([^)]*\))?\s+(?:was\s+|were\s+|is\s+|be\s+)?(?:present\s+as\s+(?:a\s+)?substitute|substitut(?:e|ed|ing)|attend(?:ed|ing)\s+(?:as\s+(?:a\s+)?substitute|in\s+(?:the\s+)?place\s+of)|deputis(?:ed|ing)|replac(?:ed|ing)|in\s+place\s+of|sub(?:bing)?)\s*(?:for|of)?\s+(?P<other>{people.TITLE}{people.NAME})",
         ("Cllr Voss substituted for Cllr Rae", "Cllr Voss attending as substitute for Cllr Rae", "Cllr Voss (substitute) in place of Cllr Rae", "Cllr Voss attended in place of Cllr Rae"), (), "substitute", needs=("substitut", "attend", "deput", "in place of")),
    Rule("name for name", rf"(?P<names>(?:Councillor|Cllr)\.?\s+{people.NAME})\s+for\s+(?P<other>(?:Councillor|Cllr)\.?\s+{people.NAME})",
         ("Cllr Voss for Cllr Rae",), ("Cllr Voss spoke for Cllr Rae",), "substitute", needs=("Councillor", "Cllr")),
    Rule("attended as substitutes", rf"(?P<names>{people.PEOPLE})\s+(?:attended|acted|sat|(?:was|were)\s+present)\s+as\s+(?:a\s+|named\s+)?substitutes?\b(?!\s+for)(?P<other>)",
         ("Councillors Rae and Voss attended as substitutes.",), ("Cllr Rae attended as substitute for Cllr Voss",), "substitute", needs=("substitute",)),
    Rule("in his stead", rf"(?P<names>{people.TITLE}{people.NAME})\s+attended\s+in\s+(?:his|her|their)\s+(?:stead|place)(?P<other>)", ("Cllr Rae sent apologies and Cllr Voss attended in his stead",), (), "substitute", needs=("attended",)),
    Rule("place taken", rf"\b(?:his|her|their)\s+place\s+(?:having\s+been|being|was)\s+taken(?:\s+for\s+th(?:is|e)\s+meeting)?\s+by\s+(?P<names>{people.TITLE}{people.NAME})(?P<other>)", ("his place having been taken for this meeting by Cllr Voss",), (), "substitute", needs=("place",)),
    Rule("replaced by", rf"(?P<other>{people.TITLE}{people.NAME})\s+(?:had\s+been|was)\s+(?:replaced|substituted)\s+by\s+(?P<names>{people.TITLE}{people.NAME})\s+(?:for|at)\s+th(?:is|e)\s+meeting",
         ("Cllr Rae had been replaced by Cllr Voss for this meeting",), ("Cllr Rae had been replaced by Cllr Voss as a member of the Board",), "substitute", needs=("replaced by", "substituted by")),
    Rule("notified", rf"\bsubstitut(?:e|es|ion|ions)\s*(?:members?)?\s*(?::|-|–|was|were|is)\s*(?P<names>{people.TITLE}{people.NAME})(?P<other>)",
         ("Notification of substitutes: Cllr Voss",), ("Substitutes: none",), "substitute", 0, needs=("ubstitut",)),
)  # fmt: skip

# What may stand behind a name between commas, before the verb.
ASIDE = r"(?:,\s[^.;:]{3,60}?,)?"
# Somebody who is no councillor, and the body for which one speaks.
VISITOR = rf"(?!(?:[A-Z][a-z]+\s+)?(?:Councillors?|Cllrs?|Clr|Aldermen|Alderman|Ald)\b){people.PERSON}"
FOR_BODY = rf"(?:,?\s+(?:on\s+behalf\s+of|representing|from)\s+(?:the\s+)?(?!{people.TITLE}{people.NAME})(?P<body>[A-Z][\w’'&-]*(?:\s+(?:(?:of|and|for|in|on|the|&)\s+)*[A-Z][\w’'&-]*){{1,8}}))?"
# Sentences that place a person in the room without a list (rulings 5 and 6).
WELCOMED = (
    Rule("was welcomed", rf"(?P<names>{people.PEOPLE}{ASIDE})\s+(?:was|were)\s+(?:then\s+|also\s+)?welcomed\s+to\b", ("Cllr Rae was welcomed to her first meeting", "Jo Penn, Head of Parks, was welcomed to the meeting"),
         ("Members were welcomed to the meeting", "The report from Mr Rae and the plans were welcomed"), "in_attendance", needs=("welcomed",)),
    Rule("welcomed", r"\b(?<!was )(?<!were )(?:welcomed|welcome\s+to)\s+(?!and\b|to\s+(?!the\s+meeting\s+))(?:to\s+the\s+meeting\s+)?(?!and\b|to\b)(?P<names>.+?)(?=\s+to\s+(?:the|his|her|their|this|present|speak|answer)\b|,?\s+who\b|\.?$|\s+and\s+(?:thanked|explained|asked|invited|introduced|apologies)|\s*[,;]\s*apologies)",
         ("The Chair welcomed Dr Ivo Lunt, Head of Archives, to the meeting.", "The Chairman welcomed to the meeting the Clerk, Mr J Orme", "gave a warm welcome to Mrs Jo Penn"), ("Everyone was welcomed to the meeting and apologies were received from Cllr Rae",), "in_attendance", needs=("welcome",)),
    Rule("attended", r"^(?P<names>[A-Z].{3,240}?)\s+attended(?:\s+the\s+meeting)?\.?$", ("Al Rae, Chairman of the Trust, and Bo Penn attended.", "CPOs Rae and Voss attended the meeting."), ("Al Rae attended a course.",), "in_attendance", needs=("attended",)),
    Rule("several came", rf"(?P<names>(?={people.PLURAL_TITLE}\b){people.PEOPLE}{ASIDE})\s+attended\s+(?:the\s+meeting|for\s+this\s+item|under|by\s+invitation|remotely|virtually|in\s+accordance|as\s+(?!substitute)\w+)",
         ("Councillors Rae and Voss, not being members of the Panel, attended under Rule 24",), ("Councillors Rae and Voss attended as substitutes",), "in_attendance", needs=("attended",)),
    Rule("came", rf"(?<!Councillors\s)(?<!Cllrs\s)(?P<names>{people.PERSON}{ASIDE})\s+attended\s+(?:the\s+meeting|to\s+\w+|for\s+this\s+item|under|by\s+invitation|remotely|virtually|in\s+accordance|and\s+(?:asked|spoke|addressed|presented|put|answered|explained|gave|read)\b|as\s+(?:the\s+|a\s+)?(?!substitute)\w+)",
         ("Al Penn, Orme Brewery, attended to seek support", "Mr Rae attended and asked why", "Mr Orme attended the meeting", "Cllr Rae attended as local member"),
         ("Mr Orme attended a conference", "Cllr Rae attended as substitute for Cllr Voss"), "in_attendance", needs=("attended",)),
    Rule("joined or left", rf"(?P<names>{people.PEOPLE})(?:\s*\([^()]{{3,60}}\))?(?:,?\s+\(?who)?(?:\s+had)?(?:\s+(?:now|by\s+(?:now|then|this\s+time)))?(?:,)?\s+(?:then\s+)?(?:(?:joined|left|re-?joined|withdrew\s+from|entered)\s+the\s+meeting\b|arrived\b(?!\s+(?:in|from)))",
         ("PCSO Jo Lane joined the meeting and reported", "Cllr Rae left the meeting at 8.15pm", "Cllr Rae, who had by now joined the meeting, asked", "Cllr Rae (who had now arrived) asked"), ("Cllr Rae left the council", "Mr Rae arrived from Orme"), "in_attendance", needs=("the meeting", "arrived")),
    Rule("invited to speak", rf"\binvited\s+(?P<names>(?={people.PERSON}).{{3,160}}?),?\s+to\s+(?:address|speak|present|explain|outline|talk|introduce|read)\b",
         ("The Chair invited Mr Rae, Chair of the Trust, to address the Board",), ("The Chair invited Mr Rae to the next meeting", "invited Members to speak"), "in_attendance", needs=("invited",)),
    Rule("was invited to speak", rf"(?P<names>{people.PERSON}{ASIDE})\s+(?:was|were)\s+(?:then\s+)?(?:invited|permitted|allowed)\s+to\s+(?:address|speak|present)\b",
         ("Councillor Jo Rae, Leader of the Opposition, was invited to speak.",), ("Mr Rae was invited to the next meeting",), "in_attendance", needs=("invited", "permitted", "allowed")),
    Rule("petition brought by", rf"\b[Pp]etition\s+(?:[\w ]{{0,40}}\s)?(?:handed\s+in|presented)\s+by\s+(?P<names>{people.PERSON})", ("A petition was handed in by Miss Jo Rae",), ("A petition was signed by Miss Rae",), "in_attendance", needs=("etition",)),
    Rule("thanked for coming", r"\bthanked\s+(?P<names>.{3,120}?)\s+for\s+(?:coming|(?:his|her|their)\s+(?:attendance|presentation|talk)|attending(?=[.,;]|$|\s+(?:the\s+meeting|and)\b))",
         ("thanked PC Rae for attending.", "thanked the contractor's manager, Ms Jo Penn, for coming"), ("thanked Mr Rae for attending the funeral",), "in_attendance", needs=("thanked",)),
    Rule("petitioner", rf"(?P<names>(?:{people.TITLE}{people.NAME}|{people.FULL_NAME}),\s+(?:the\s+|a\s+)?(?P<capacity>(?:lead\s+|local\s+|ward\s+)?(?:petitioner|applicant|objector|appellant|resident|agent|member|councillor))(?:\s+of\s+[A-Z][\w’' ]{{2,40}})?),\s",
         ("Mr Al Rae, the lead petitioner, presented a petition",), ("the lead petitioner spoke",), "in_attendance", needs=("petitioner", "applicant", "objector", "appellant", "resident", "agent", "member", "councillor")),
    Rule("spoke on the petition", rf"(?P<names>{people.TITLE}{people.NAME})\s+(?:spoke|made\s+a\s+statement)\s+(?:about|to|on|in\s+support\s+of)\s+(?:the|his|her|their)\s+petition",
         ("Cllr Al Rae spoke about the petition.",), (), "in_attendance", needs=("petition",)),
    Rule("presented a petition", rf"(?P<names>{VISITOR}{ASIDE})\s+(?:then\s+|also\s+)?(?:presented|handed\s+in)\s+(?:a|the|his|her|their)\s+(?:[\w,-]+\s+){{0,4}}petition\b{FOR_BODY}",
         ("Mrs Jo Rae presented a petition of 40 signatures", "Mr Rae presented a 200-signature petition on behalf of the Friends of Orme Park"), ("Councillor Rae presented a petition", "Mrs Rae submitted a petition"), "in_attendance", needs=("petition",)),
    Rule("addressed the meeting", rf"(?P<names>{VISITOR}{ASIDE})\s+(?:then\s+|also\s+)?addressed\s+(?:the\s+)?(?:[Mm]eeting|[Mm]embers|(?:Sub-)?(?:Committee|Panel|Board|Council|Cabinet|Executive|Forum|Assembly))\b{FOR_BODY}",
         ("Mr Al Rae addressed the Committee on behalf of the Friends of Orme Park.", "Ms Penn then addressed the meeting"), ("Cllr Rae addressed the Council", "The Mayor addressed the Council", "Mr Rae addressed the envelope"), "in_attendance", needs=("addressed",)),
    Rule("spoke on the matter", rf"(?P<names>{VISITOR}{ASIDE})\s+(?:then\s+|also\s+)?(?:spoke|made\s+(?:a\s+statement|representations?))\s+(?:(?:in\s+(?:support\s+of|favour\s+of|objection\s+to|opposition\s+to)|against|for)\s+(?:the|this|his|her|their)\s+(?:\w+\s+)?(?:application|appeal|objection|proposals?|order)\b|as\s+(?:the\s+|an?\s+)?(?P<capacity>(?:supporter|objector|applicant|agent|petitioner|(?:local\s+|nearby\s+)?resident|neighbour)\b)|(?=on\s+behalf\s+of)){FOR_BODY}",
         ("Mr Al Rae spoke in objection to the application", "Ms Penn spoke as an objector.", "Mr Orme made representations on behalf of Orme Parish Council"), ("Cllr Rae spoke against the application", "Mr Rae spoke against the amendment"), "in_attendance", needs=("spoke", "made")),
    Rule("spoke as ward member", rf"(?P<names>{people.PERSON})\s+(?:(?:then|also)\s+)?(?:spoke|attended|addressed\s+the\s+\w+)\s+(?:as|in\s+(?:his|her|their)\s+capacity\s+as)\s+(?:the\s+|an?\s+)?(?P<capacity>(?:[Ll]ocal\s+)?(?:[Ww]ard|[Dd]ivision(?:al)?|[Ll]ocal|[Dd]istrict|[Cc]ounty)\s+(?:[Mm]ember|[Cc]ouncillor)\b)",
         ("Councillor Rae addressed the Committee as Ward Member", "Cllr Voss spoke as local member."), ("Cllr Rae spoke as Chairman",), "in_attendance", needs=("ard", "ivision", "ocal", "istrict", "ounty")),
    Rule("one of the public", rf"\b(?:[Aa]|[Tt]he|[Aa]nother)\s+(?P<capacity>(?:local\s+)?resident|member\s+of\s+the\s+public|parishioner|applicant(?:[’']s\s+agent)?|objector|petitioner)\s*[,(]\s*(?P<names>{people.PERSON})\s*[,)]\s+(?:then\s+|also\s+)?(?:asked|spoke|said|addressed|stated|raised|presented|was\s+present|attended|complained|explained|expressed|enquired|read|queried|told)\b",
         ("A member of the public, Mr Al Rae, asked about the hedge", "The applicant (Ms Penn) explained"), ("The applicant, Mr Rae, had submitted a plan",), "in_attendance", needs=("resident", "public", "parishioner", "applicant", "objector", "petitioner")),
    Rule("deputation", rf"\b[Dd]eputation\b(?!\s+to\b)(?:[^.;:]{{0,60}}?\bfrom\s+(?:the\s+)?(?P<body>[A-Z][^.;:(),]{{4,60}}?)\s*[,(])?[^.;:]{{0,60}}?\b(?:(?:led|headed|introduced|presented)\s+by|spokes(?:person|man|woman)\s*[:,–-]?|represented\s+by|from)\s+(?P<names>{people.PERSON})",
         ("A deputation was received from the Orme Road Residents’ Association (spokesperson: Mr Al Rae).", "The Council received a deputation led by Mrs Penn", "a deputation from Mr Rae"), ("the deputation to the Minister led by Mr Rae", "A deputation was received from Orme"), "in_attendance", needs=("eputation",)),
    Rule("accompanied by", r"^(?!.*\b(?:visit|walk|inspect|tour|trip))(?:.*?\S)?\s+(?:was|were)\s+accompanied\s+by\s+(?P<names>.{3,240}?)(?=\.?$|\s+(?:who|to|for)\b)",
         ("The Commissioner was accompanied by his Chief Executive, Ms Jo Penn, and by Supt Al Rae.",), ("Cllr Rae was accompanied by Mr Penn on a site visit.", "The report is accompanied by a plan"), "in_attendance", needs=("accompanied",)),
    Rule("was accompanied", rf"^(?!.*\b(?:visit|walk|inspect|tour|trip)).*?(?P<names>{people.PERSON}{ASIDE}),?\s+(?:was|were)\s+accompanied\s+by\b",
         ("The Commissioner, Mr Al Rae, was accompanied by Ms Penn.",), ("Cllr Rae was accompanied by Mr Penn on a site visit.", "The report was accompanied by a plan"), "in_attendance", needs=("accompanied",)),
    # the questions of those who came to a public forum (ruling 5)
    Rule("questioner", rf"^(?:Q|Question|Supplementary)s?\.?\s*[\dQ][\dQa-z ,&]*\s*[–:-]\s*(?P<names>{people.FULL_NAME})$",
         ("Q34 – Al Rae", "Q15, 16 & 17 – Jo Penn"), ("Q1 – Traffic on the quay",), "in_attendance"),
    Rule("took the chair", rf"(?:(?P<capacity>Vice[- ]Chair\w*|Deputy\s+Chair\w*),?\s+)?(?P<names>(?:{people.TITLE})?{people.NAME}{ASIDE}),?\s+(?:then\s+)?(?:took|occupied|assumed|was\s+in|in)\s+the\s+[Cc]hair\b|\b[Cc]haired\s+by\s+(?P<names2>(?:{people.TITLE})?{people.NAME})",
         ("Mo Day took the chair", "The meeting was chaired by Mr J Orme", "Cllr Rae in the Chair", "(Cllr Rae, Vice-Chairman, occupied the Chair.)"), (), "in_attendance", needs=("hair",)),
    Rule("in attendance", rf"(?P<names>{people.PEOPLE}(?:{ASIDE}|\s+[Tt]he\s+[a-z ]{{3,40}}?))\s+(?:was|were)\s+(?:also\s+)?(?:in\s+attendance|present)\b",
         ("Mr Orme was in attendance", "Jo Lane, Head of Parks, was also present", "Councillors Rae and Voss were also present", "Jo Penn the acting clerk was in attendance"), ("The PCC was present",), "in_attendance", needs=("attendance", "present")),
)  # fmt: skip
# A key of posts: "(PG) Parent Governor; (SG) Staff Governor"
KEY_OF_ROLES = compiled(
    rf"\((?P<initials>[A-Z]{{2,4}})\)\s+(?P<post>(?:[A-Z][\w’'-]+\s+){{0,4}}?(?:{people.POST_NOUNS})\b)"
)
# The initials of who took the chair.
CHAIRED = compiled(
    r"\b[Cc]haired\s+by\s+(?P<by>[A-Z]{2,4})\b|\b(?P<took>[A-Z]{2,4})\s+(?:took|was\s+in|occupied)\s+the\s+[Cc]hair\b"
)
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
RULES = (
    Rule("elected", ELECTED.pattern, ("Cllr Rae be elected Chairman for the coming year", "Councillor Jo Rae was duly elected as Vice-Chair.", "RESOLVED to elect Cllr Rae as Chair of the Council."), ("Cllr Rae be appointed Chair of the Planning Committee", "Cllr Rae was elected Chairman of Orme Trust")),
    *HEADINGS, *APOLOGIES, *SUBSTITUTES, *WELCOMED,
)  # fmt: skip
