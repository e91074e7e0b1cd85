"""How large a document may be before it is set aside unread, and how long other programs may take over it."""

MAX_BYTES = 200 * 2**20
MAX_PAGES = 5000
MAX_CHARACTERS = 20_000_000
# OCR takes seconds a page, so the rest of a long scan is only named in notices.
MAX_OCR_PAGES = 50
OCR_SECONDS = 60
MAX_OCR_PIXELS = 20_000_000  # an A3 sheet at 300 dots an inch has 17 million
OFFICE_SECONDS = 60
