"""How a person is printed: title, name, honours, and what may stand behind a name (minutes-grammar 2.4 and 2.5)."""

from __future__ import annotations

import re

from minutebook.extract.patterns import I, compiled, part
from minutebook.extract.rules import Rule, alternatives, any_of

# Title as printed -> title as stored; full stops are dropped before looking up. Plural titles are shared by a list.
PLURALS = {
    "councillors": "Cllr", "cllrs": "Cllr", "clrs": "Cllr", "aldermen": "Ald", "messrs": "Mr", "county councillors": "County Cllr",
    "deputies": "Deputy", "town councillors": "Town Cllr", "parish councillors": "Parish Cllr", "bailies": "Bailie",
    "borough councillors": "Borough Cllr", "district councillors": "District Cllr", "city councillors": "City Cllr",
    "community councillors": "Community Cllr", "pcs": "PC", "pcsos": "PCSO", "cpos": "CPO",
}  # fmt: skip
# Words of a title that are stored otherwise than printed.
STORED_TITLES = {"councillor": "Cllr", "councilor": "Cllr", "clr": "Cllr", "cllr": "Cllr", "alderman": "Ald"}
CIVIC = (
    "Councillor|Cllr|Clr|County Councillor|County Cllr|City Councillor|District Councillor|District Cllr|Borough Councillor|"
    "Town Councillor|Parish Councillor|Community Councillor|Alderman|Ald|Bailie|Baillie|Provost|Lord Mayor|Councilor|"
    "Senator|Connétable|COUNCILLOR|CLLR|ALDERMAN"
)
PERSONAL = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Baroness|Rev|Revd|Reverend|Fr|Father|Canon|Col|Colonel|Major|Captain|Capt|MR|MRS|MISS|MS|DR"
UNIFORMED = (
    "PC|PCSO|CPO|Constable|Mayor|Deputy Mayor|Sgt|Sergeant|Insp|Inspector|Ch Insp|Chief Inspector|Supt|Superintendent|Chief Superintendent|Ch Supt|T/Supt|ACC|DCC|"
    "ACO|CFO|DCFO|ACFO|Assistant Chief Constable|Deputy Chief Constable|Chief Constable|Temporary Assistant Chief Constable|Temporary Deputy Chief Constable|"
    "Temporary Chief Constable|Chief Fire Officer|Deputy Chief Fire Officer|Assistant Chief Fire Officer|Chief Insp|Temporary Superintendent|Temporary Chief Superintendent|Station Manager|Watch Manager|Group Manager|Area Manager|DCI|DI|CI"
)
DOTTED = r"(?:\.(?=\s|\w))?"


def _titles(words: str) -> str:
    phrases = sorted({word.strip() for word in words.split("|")}, key=len, reverse=True)
    return "|".join(re.escape(phrase).replace(r"\ ", rf"{DOTTED}\s+") for phrase in phrases)


SINGULAR_TITLE = part(
    "SINGULAR_TITLE", r"(?=[A-Z])(?:" + _titles(f"{CIVIC}|{PERSONAL}|{UNIFORMED}") + r"|Deputy(?!\s+(?&POST_WORD)))"
)
# Where a title ends: a page may have lost the space behind it ("CllrJo Finch").
ENDED = r"(?:\b|(?<=Cllr|CLLR|Councillor)(?=[A-Z]))"
PLURAL_TITLE = part(
    "PLURAL_TITLE",
    r"(?:(?:County|City|District|Borough|Town|Parish|Community)\s+)?(?:Councillors|Cllrs|Clrs|COUNCILLORS|CLLRS|Aldermen|Messrs|Deputies|Bailies|PCs|PCSOs|CPOs)",
)
TITLE = part(
    "TITLE",
    rf"(?:{SINGULAR_TITLE}{ENDED}\.?(?:\s+\d{{2,6}}(?=\s+[A-Z]))?(?:\s+(?={SINGULAR_TITLE}{ENDED})|\s*)){{1,4}}",
)

# How a mayor is styled before the word: "The Right Worshipful the Lord Mayor".
STYLE = r"(?:(?:Right\s+)?(?:Worshipful|Honou?rable|Hon)\.?,?\s+(?:[Tt]he\s+)?)?"

# Titles that tell namesakes apart.
KINDS = (
    {"man": frozenset(("Mr", "Sir", "Messrs")), "woman": frozenset(("Mrs", "Ms", "Miss", "Dame", "Lady", "Baroness"))},
    {"councillor": frozenset(("Cllr", "Ald")), "constable": frozenset(("PC", "PCSO", "CPO", "Sgt", "Sergeant", "Insp", "Inspector"))},
)  # fmt: skip

HONOURS = part(
    "HONOURS",
    any_of("OBE|MBE|CBE|BEM|QPM|KPM|KFSM|QFSM|JP|DL|QC|KC|TD|KBE|DBE|CB|GM|RD|VRD|FRSA|PhD|BA|BSc|MA|OStJ|DSO|MC"),
)
# Suffixes that name an office (trap 69); stored as a role where no fuller one is printed.
OFFICE_SUFFIXES = {"CC": "County Councillor", "AM": "Assembly Member", "MS": "Member of the Senedd", "MP": "Member of Parliament",
                   "MSP": "Member of the Scottish Parliament", "MLA": "Member of the Legislative Assembly", "MEP": "Member of the European Parliament"}  # fmt: skip

PARTIES = {
    "lab": "Lab", "labour": "Lab", "lab/co-op": "Lab", "labour and co-operative": "Lab", "con": "Con", "conservative": "Con", "c": "Con",
    "ld": "LD", "lib dem": "LD", "liberal democrat": "LD", "liberal democrats": "LD", "libdem": "LD", "green": "Green", "grn": "Green",
    "ind": "Ind", "independent": "Ind", "plaid": "Plaid", "plaid cymru": "Plaid", "pc": "Plaid", "snp": "SNP", "dup": "DUP", "sf": "SF",
    "sinn féin": "SF", "uup": "UUP", "alliance": "Alliance", "sdlp": "SDLP", "tuv": "TUV", "reform": "Reform", "reform uk": "Reform",
    "ukip": "UKIP", "residents": "Residents", "l": "Lab", "g": "Green",
}  # fmt: skip

# Words that begin a post, never a name: where one of these follows a name, the name has ended.
POST_WORDS = alternatives(
    "Director|Deputy|Head|Manager|Officer|Clerk|Chair|Chairman|Chairwoman|Chairperson|Convener|Convenor|Vice|Leader|Member|Members|Cabinet|"
    "Assistant|Senior|Principal|Chief|Executive|Democratic|Corporate|Interim|Acting|Strategic|Service|Services|Team|Group|Lead|Programme|"
    "Project|Business|Policy|Community|Communities|Public|Planning|Licensing|Legal|Finance|Financial|Housing|Environmental|Environment|"
    "Highways|Transport|Scrutiny|Governance|Partnership|Partnerships|Committee|Monitoring|Solicitor|Secretary|Treasurer|Auditor|Accountant|"
    "Consultant|Engineer|Surveyor|Architect|Superintendent|Inspector|Constable|Commissioner|Commander|Coordinator|Co-ordinator|Adviser|"
    "Advisor|Representative|Observer|Headteacher|Teacher|Governor|President|Professor|General|Operations|Operational|Regional|Area|County|"
    "District|Borough|City|Town|Parish|Council|Councillor|Councillors|Cllr|Portfolio|Press|Youth|Children|Adult|Adults|Social|Health|Education|"
    "Skills|Economic|Development|Regeneration|Resources|Customer|Communications|Safety|Safer|Trading|Standards|Civil|Emergency|Fire|Police|Station|"
    "Watch|Section|Waste|Countryside|Parks|Leisure|Culture|Tourism|Property|Estates|Asset|Assets|Capital|Revenue|Internal|External|Independent|"
    "Co-opted|Coopted|Substitute|Alternate|Convenors|Minute|Minutes|Administrator|Administration|Support|Commissioning|Commissioner|Neighbourhood|"
    "Technical|Specialist|Managing|Associate|Joint|Chairs|Trustee|Trustees|Warden|Caretaker|Bursar|Registrar|Curator|Librarian|Ward|Division|"
    "Internal|Apologies|Present|Absent|Attendance|Attending|Officers|Also|None|Nil|Item|Items|Agenda|Minute|Page|Resolved|Action|"
    "Flood|Resilience|Harbour|Master|Drainage|Coastal|Rights|Archives|Museum|Events|Enforcement|Building|Control|Insurance|Procurement|"
    "Payroll|Elections|Electoral|Complaints|Equality|Equalities|Diversity|Inclusion|Climate|Energy|Sustainability|Biodiversity|Arboricultural|"
    "Conservation|Heritage|Archaeology|Rural|Urban|Design|Traffic|Parking|Roads|Cleansing|Recycling|Bereavement|Homelessness|Benefits|Audit|"
    "Treasury|Pensions|Pension|Safeguarding|Prevention|Protection|Probation|Justice|Crime|Domestic|Victims|Mental|Wellbeing|Nursing|Medical|"
    "Clinical|Primary|Hospital|Ambulance|Voluntary|Volunteer|Library|Libraries|Transformation|Neighbourhoods|Early|Years|"
    "Mayor|Mayoress|RFO|Administrative|Lieutenant|Prime|Minister|Speaker|Information|Data|Digital|Human|Performance|Quality|Research|Intelligence|Risk|Strategy|Delivery|Growth|Investment|Place|People|"
    "Supervisor|Ranger|Rangers|Analyst|Planner|Technician|Grounds|Groundsman|Landscape|Ecologist|Ecology|Apprentice|Receptionist|Archivist|National|"
    "Counsel|Barrister|Applicant|Appellant|Objector|Licensee|Interpreter"
)  # fmt: skip
part("POST_WORD", rf"(?:{POST_WORDS})\b")
# Words that make a phrase a post whatever else is in it ("Head of Service", "Fire Service Liaison Officer").
POST_NOUNS = alternatives(
    "Director|Head|Manager|Officer|Clerk|Chair|Chairman|Chairwoman|Chairperson|Convener|Convenor|Leader|Member|Solicitor|Secretary|"
    "Treasurer|Auditor|Accountant|Engineer|Surveyor|Coordinator|Co-ordinator|Adviser|Advisor|Representative|Observer|Headteacher|"
    "Commissioner|Commander|Master|Administrator|Assistant|Lead|Executive|Councillor|Trustee|Warden|Constable|Counsel|President|Governor|"
    "Supervisor|Ranger|Analyst|Planner|Technician|Ecologist|Apprentice|Archivist"
)
# Posts in the plural, told of several people at once.
SINGULAR_POSTS = {f"{place}{kind}s": f"{place}{kind}" for kind in ("Councillor", "Member", "Governor", "Trustee", "Director", "Officer", "Resident")
                  for place in ("", "Parish ", "Town ", "Community ", "County ", "District ", "Borough ", "City ")}  # fmt: skip
# Titles that are a post where another word of a post stands before them: "Operations Superintendent".
POST_OR_TITLE = frozenset(
    ("Superintendent", "Inspector", "Station Manager", "Watch Manager", "Group Manager", "Area Manager")
)
# Posts of those who are printed among councillors and are none.
OFFICER = compiled(
    r"\b(?:Clerk|Officer|Manager|Director|Head|Solicitor|Engineer|Surveyor|Assistant|Secretary|Treasurer|Adviser|Advisor|Auditor|Accountant)\b(?!.*\bLead\b)",
    I,
)
CHAIR = compiled(r"\b(?:Chair|Vice|Mayor|Leader|Deputy|Conven)", I)
COURTESIES = frozenset(
    ("Mr", "Mrs", "Ms", "Miss", "Mx", "Dr", "Prof", "Professor", "Sir", "Dame", "Lady", "Lord", "Rev", "Revd")
)
# A post without capitals, as brackets have it: "(parish clerk)".
_SMALL = f"(?:{POST_NOUNS}|speaker|resident|applicant|petitioner|objector|press)"
SMALL_POST = compiled(
    rf"^(?!(?:as|for|not|who|having|being|in|on|at)\b)(?:(?:[\w’-]+\s+){{0,3}}{_SMALL}$|(?:(?:ward|local|division|county|district)\s+)?{_SMALL}\s+(?:to|of|for)\b)",
    I,
)
# No name ends so.
BODY_ENDS = frozenset(
    "Council Authority Constabulary Trust Board Panel Committee Association University Partnership Forum Federation Society Agency "
    "Commission Foundation Unit Club Company Hospital Hospitals Scouts Network Institute Team Gazette Chronicle Group Centre Academy Academies School Schools College Ramblers Landowners Diocese "
    "Archdiocese Heads Governors England Wales Scotland Sector".split()
)
# Nor begins so: "Healthwatch Hale", "Citizens Advice".
BODY_BEGINS = frozenset("Healthwatch Citizens Natural Historic Friends Unison Mencap Carers Age".split())
# What makes a firm of the capitals before it: "Hale Crane LLP".
FIRM = compiled(
    r"\s+(?:LLP|Ltd|Limited|plc|PLC|CIC|CIO|Solicitors|Architects|Chartered|(?:&|and)\s+(?:Co|Sons?|Partners|Associates))\b"
)
# The statutory number of a post: "Section 151 Officer".
STATUTORY = re.compile(r"\b(?:Section|[Ss]ec|[Ss])\.?\s?(?:151|73|95|114|127)\b")
# What may be a body's name for its capitals alone, and is no address.
BODY_LIKE = compiled(
    r"^(?!.*\b(?:Ward|Division|Lane|Road|Street|Close|Avenue|Drive|Farm|Cottage|House|Way|Court|Place|Terrace|Gardens|Crescent)\b)(?!St\b)(?:[A-Z][\w’'&-]*)(?:\s+(?:of|and|the|for|in|&|[A-Z][\w’'&-]*)){1,6}$"
)
# Words that close the name of a body.
BODY_WORDS = (
    "Probation|Council|Authority|Police|Constabulary|Trust|Board|Panel|Committee|Service|Association|University|College|School|Academy|Church|Ltd|"
    "Limited|plc|LLP|Partnership|Forum|Federation|Society|Union|Agency|Commission|Office|Foundation|NHS|Group|Club|Company|Charity|Diocese|"
    "Hospital|Ambulance|Rescue|Network|Centre|Institute|Chamber|Consortium|Alliance|Bureau|Unison|UNISON|GMB|Unite|"
    r"Archdiocese|Schools|Ramblers|England|Wales|Scotland|Cymru|Healthwatch|(?:Voluntary|Community)\s+Action|Citizens\s+Advice|ICB|CCG"
)
# Bodies as they are printed behind a name without a comma: place, kind, "Council", perhaps its fire service.
PLACE_COUNCIL = part(
    "PLACE_COUNCIL",
    rf"(?:(?!(?:{POST_WORDS})\b)[A-Z][\w’'-]+\s+(?:(?:and|of|upon|on|&|with)\s+)?){{1,4}}(?:(?:County|City|District|Borough|Town|Parish|Community|"
    r"Metropolitan|Unitary|Royal|Combined)\s+){1,2}(?:Council|Authority)(?:\s+Fire\s+and\s+Rescue\s+Service)?",
)
PARTICLES = "van|von|der|den|de|la|le|du|da|dos|del|di|al|el|ab|ap|ben|bin|ibn|ter|ten|y|Ó|Ní|Uí|Mac|Mc|St|Ste"
# Titles that part two names printed without a comma: "S Orme Mrs P Vale".
TITLE_BETWEEN = r"(?:(?:Mrs?|Ms|Miss|Mx|Dr|Prof|Revd?|Senator|Connétable|Ald|Alderman|Messrs)\b|Cllr|Councillor)"
GIVEN_OR_SURNAME = part(
    "GIVEN_OR_SURNAME",
    rf"(?!(?:The|This|These|It|In|At|On|For|From|Many|As|An|All|Any|There|That)\b)(?!(?:{POST_WORDS})\b(?:(?![’'-])|-(?:{POST_WORDS})\b)|(?:{POST_NOUNS})-)(?!(?:{HONOURS})\b)(?!{TITLE_BETWEEN})(?:[OD]\s?[’'])?[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{{1,24}}+(?:[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{{1,24}}+){{0,3}}(?:[’'-][A-Za-zÀ-ÖØ-öø-ÿ]+)*",
)
WORD_OF_NAME = part("WORD_OF_NAME", rf"(?:{GIVEN_OR_SURNAME}(?<![A-Z][A-Z])(?<!\b[A-Z]))")
INITIAL = part("INITIAL", r"(?:[A-ZÀ-ÖØ-Þ](?:\.[ ]?|[ ]|(?=[A-Z]\.?[ ])))")
NICKNAME = part("NICKNAME", rf"(?:[(“\"'‘](?!(?:{POST_WORDS})\b)[A-Z][a-z]+[)”\"'’][ ]+)?")
# A surname in capitals, "Tom VERITY"; four letters at least, since three may be a body or a party.
CAPITALS = part(
    "CAPITALS",
    r"(?:(?!(?:CHAIR|VICE|CLERK|MAYOR|LEADER|DEPUTY|OFFICER|MEMBER|TREASURER|SECRETARY|CONVENOR|CONVENER|PRESENT|APOLOG|"
    r"ABSENT|ALSO|LABOUR|PLAID|UKIP|REFORM|COUNC|MINUTE|AGENDA|UNISON)|(?:MR|MRS|MISS|CLLR)\b)(?:Mc|Mac|O[’'])?[A-ZÀ-ÖØ-Þ]{4,25}(?:[’'-][A-ZÀ-ÖØ-Þ]{2,25})*+(?![\w’']))",
)
# Initials or given names, particles, surname; the longest wins. "J T Orme", "Anna van der Berg", "McKay", "Orme Hale".
# Behind a surname no initial stands, so that "A J Orme R Vale" are two.
SURNAMES = rf"(?:(?:{PARTICLES})[ ]+){{0,3}}(?:(?:Mc|Mac)[A-Z]{{3,25}}\b|{WORD_OF_NAME})"
NAME = part(
    "NAME",
    rf"(?:(?:{INITIAL}){{1,4}}(?:{CAPITALS}|(?:{WORD_OF_NAME}[ ]+{NICKNAME}){{0,3}}{SURNAMES})"
    rf"|{WORD_OF_NAME}[ ]+{CAPITALS}|{CAPITALS}"
    rf"|(?:{WORD_OF_NAME}[ ]+{NICKNAME}){{0,3}}(?:[A-Z](?:\.[ ]?|[ ])){{0,2}}{SURNAMES})",
)
FULL_NAME = part(
    "FULL_NAME",
    rf"(?:(?={INITIAL}(?![A-Z]{{2}})|{WORD_OF_NAME}[ ]+{NICKNAME}(?:{INITIAL}){{0,2}}(?:(?:{PARTICLES})[ ]+){{0,3}}(?:{WORD_OF_NAME}|{CAPITALS}))"
    rf"(?!(?:{INITIAL}){{1,4}}[A-Z]{{2}}){NAME})",
)
# One person in a sentence, and several with the title that they share.
PERSON = part("ATTENDER", rf"(?:(?:{TITLE}|\b(?=[A-Z][a-z]+\s[A-Z])){NAME})")
PEOPLE = part(
    "ATTENDERS",
    rf"(?:(?:{PLURAL_TITLE}\.?\s+{NAME}|{PERSON})(?:\s*\([^()]{{1,60}}\))?"
    rf"(?:(?:,|,?\s+and)\s+(?:{PERSON}|{NAME})(?:\s*\([^()]{{1,60}}\))?){{0,9}}+)",
)
# A name with its initials behind it: "Jo Penn (JP)"
KEYED = compiled(rf"\b(?P<name>{FULL_NAME})\s+\((?P<initials>[A-Z][A-Za-z]{{0,2}}[A-Z])\)")

# A post with its initials behind it: "Parks Manager (PM)"
KEYED_POST = compiled(
    rf"\b(?P<post>(?:[A-Z][\w’'-]+[ ](?:(?:of|for|and|&)[ ])?){{0,6}}?(?:{POST_NOUNS}|Lawyer|Planner)(?:[ ](?:of|for)[ ][A-Z][\w’'-]+(?:[ ](?:and[ ])?[A-Z][\w’'-]+){{0,4}})?)[ ]\((?P<initials>[A-Z]{{2,5}})\)"
)

# Two words in capitals that are no person ("Annual Meeting", "Northmere Council"): a name holds none of these words.
NOT_NAMES = frozenset(
    "annual ref meeting report minutes the this that these there following none nil note new old north south east "
    "west upper lower great january february april june july august september october november december monday "
    "tuesday wednesday thursday friday saturday sunday village road street avenue drive square room chamber "
    "part open private exempt public forum question questions statement motion amendment plan review update "
    "strategy budget fund act government department ministry parliament england wales scotland ireland britain "
    "uk appendix section paragraph schedule total dear yours sincerely signed dated via teams zoom remote "
    "virtual proposed designated premises directors".split()
)

RULES = (
    Rule("title", TITLE, ("Cllr Mrs Oakes", "PC 1234 Rae", "CllrJo Rae", "Councillor Dr. Rae", "Ch Insp Vale", "Mr. J. Orme")),
    Rule("plural title", rf"\b{PLURAL_TITLE}\b", ("Councillors Rae and Voss", "County Councillors Rae and Voss", "Messrs Penn and Orme")),
    Rule("full name", rf"^{FULL_NAME}$",
         ("J T Orme", "P. Marlowe", "Anna van der Hale", "T ab Ifor", "Siân O’Dea", "Al-Amri Oba", "Mary McKay", "Basil St John-Rowe", "Kit (Kitty) Vale"),
         ("Director of Parks", "the Chair", "Northmere", "OBE", "Head Vale")),
    Rule("name in a key", KEYED.pattern, ("as Jo Penn (JP) said",), ("Jo Penn (Northmere)",)),
    Rule("post in a key", KEYED_POST.pattern, ("Parks Manager (PM)", "The Head of Legal Services (HLS)"), ("Parks (PM)",)),
    Rule("place council", rf"^{PLACE_COUNCIL}$",
         ("Northmere District Council", "Vale of Orme County Council Fire and Rescue Service", "Upper Northmere Town Council"),
         ("Safety Northmere District Council",)),
    Rule("honours", rf"\b{HONOURS}\b", ("A Love OBE", "Mr A B Lowe JP"), ("Jobe",)),
)  # fmt: skip
