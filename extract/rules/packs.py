"""Packs: stamps, titles of bookmarks, and the heads with which a paper begins (source-formats 1.5 and 5.2)."""

from __future__ import annotations

import re

from minutebook.extract.patterns import I, M, compiled
from minutebook.extract.rules import Rule
from minutebook.extract.rules.layout import MONTHS

_NUMBER = r"\d{1,3}[a-z]?(?:[./]\d{1,3})?"
_AGENDA_ITEM = rf"agenda\s+(?:item\s*|no\.?\s*|number\s*){{1,2}}[:.]?\s*(?P<item>{_NUMBER})"
_ITEM = rf"item\s+(?:no\.?\s*|number\s*)?[:.]?\s*(?P<item2>{_NUMBER})"
_APPENDIX = r"(?:appendix|annexe?|enclosure)\s+(?:no\.?\s*)?(?P<appendix>[A-Z]{1,2}|\d{1,3}|[IVX]{1,4})"
_PRESENT = r"^[^\w\n]*(?:(?:committee\s+)?members?\s+|councillors?\s+)?present\b(?:\W*$|\W+(?-i:[A-Z]))"
_PACK = r"(?:(?:public|agenda|supplementary)\s+)+(?:documents?\s+|reports?\s+|agenda\s+)*pack"

# A stamp alone on its line, and one beside a running header.
STAMP = compiled(rf"(?:{_AGENDA_ITEM}|{_ITEM}|{_APPENDIX}|agenda\s+annex|{_PACK})\W*", I)
STAMP_BESIDE = compiled(rf"(?:agenda\s+(?:item|no\b).{{1,20}}|{_PACK})\W*", I)
ITEM_STAMP = Rule(
    "item",
    rf"\b(?:{_AGENDA_ITEM}|{_ITEM})\b",
    ("Agenda Item 5", "AGENDA ITEM No. 7a", "Item No. 12", "Agenda No. 3"),
    ("Agenda Annex",),
    "item",
    I,
)
APPENDIX_STAMP = Rule(
    "appendix",
    rf"\b(?:{_APPENDIX}|agenda\s+annex)\b",
    ("Appendix A", "Annex 1", "Agenda Item 5 Appendix B", "Agenda Annex"),
    ("Appendices",),
    "appendix",
    I,
)
PACK = Rule(
    "pack",
    rf"^{_PACK}\b",
    ("Public Document Pack", "PUBLIC REPORTS PACK", "Supplementary Agenda Pack"),
    ("the public pack",),
    "pack",
    I | M,
)

# A bookmark: the number of its item, then its title. "12 March" and "2026 budget" begin with no number of an item.
BOOKMARK = compiled(
    rf"^(?:agenda\s+)?(?:item\s*(?:no\.?\s*)?)?(?P<item>{_NUMBER})[.):]*\s*[-–—:|]?\s+(?!(?:{MONTHS})\b)(?P<title>\S.*)$",
    I,
)
APPENDED = compiled(r"^(?:appendi(?:x|ces)|annexe?s?|enclosures?|schedule)\b", I)

# Where the pages of each paper stand, on the front sheet of a pack.
PAGES = re.compile(r"\(Pages?\s+(\d{1,4})(?:\s*[-–—]\s*(\d{1,4}))?\)", re.IGNORECASE)

# A front sheet calls itself an agenda. What lists who was present, or is titled minutes, is none.
FRONT = Rule(
    "front",
    r"^[^\w\n]*(?:(?:supplementary|public|order\s+of)\s+)*(?:agenda|summons|business)\W*$|^notice\s+of\s+(?:a\s+)?meeting\b",
    ("AGENDA", "Summons", "Supplementary agenda", "Notice of Meeting"),
    ("Agenda item",),
    None,
    I | M,
)
MINUTED = Rule(
    "minuted",
    rf"{_PRESENT}|\A(?:[^\n]*\n){{0,6}}?\W*(?:\w+\s+)?minutes\b",
    ("Present: Cllr Rae", "NORTHMERE COUNCIL\nDRAFT MINUTES"),
    ("3. Minutes",),
    None,
    I | M,
)

# The lines with which a page begins that begins a paper.
MINUTES_HEAD = Rule(
    "minutes",
    r"^[^\w\n]*(?:(?:draft|public|unconfirmed|confirmed)\s+)*minutes\b(?!\s+of\s+(?:the\s+)?(?:last|previous)\b)",
    ("MINUTES of the meeting of the Harbour Panel", "DRAFT MINUTES"),
    ("3. Minutes of the meeting held on 4 May", "Minutes of the last meeting"),
    "minutes",
    I | M,
)
PRESENT_HEAD = Rule(
    "present",
    rf"{_PRESENT}|^sederunt\b|\bheld\s+(?:their|its|a)\s+meeting\b",
    ("PRESENT: Cllr Rae", "Members present:-", "Northmere Town Council held their meeting at 7 pm"),
    ("the present rules", "present and voting"),
    "minutes",
    I | M,
)
REPORT_HEAD = Rule(
    "report",
    r"^[^\w\n]*(?:(?:joint|covering)\s+)?report\s+(?:of|by|to|from|title|number)\b|^(?:subject|title|report)\s*:",
    ("Report of the Head of Parks", "REPORT TO CABINET", "Subject: Gritting"),
    ("Reports of the working party",),
    "report",
    I | M,
)
REPORT_FIELD = Rule(
    "field",
    r"^(?:to|from|date(?:\s+of\s+meeting)?|meeting(?:\s+date)?|committee|ward(?:\(s\)|s)?(?:\s+affected)?|(?:contact|lead|report)\s+(?:officer|author)|author|cabinet\s+member|portfolio(?:\s+holder)?|classification|purpose\s+of\s+(?:the\s+)?report|\W*(?:\d\.?\s+)?recommendations?)\b\W*",
    ("Date: 3 May 2026", "Wards affected: all", "RECOMMENDATIONS", "Contact officer"),
    ("updated",),
    "field",
    I | M,
)
APPENDIX_HEAD = Rule(
    "appendix",
    rf"\A\W*{_APPENDIX}\b[^\n]{{0,80}}$",
    ("APPENDIX A", "Annex 1: Costs"),
    ("The costs are in Appendix A",),
    "appendix",
    I | M,
)

RULES = (
    ITEM_STAMP,
    APPENDIX_STAMP,
    PACK,
    FRONT,
    MINUTED,
    MINUTES_HEAD,
    PRESENT_HEAD,
    REPORT_HEAD,
    REPORT_FIELD,
    APPENDIX_HEAD,
)
