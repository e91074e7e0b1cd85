"""How large a document may be before it is set aside unread."""

MAX_BYTES = 200 * 2**20
MAX_PAGES = 5000
