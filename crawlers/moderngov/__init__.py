"""ModernGov read from bytes, no request made: bytes and the address that answered in, plain objects out.

The web service: `service`. The pages, for where it is off: `lists` (committees, meetings; `walk` follows them),
`meeting_page` and `attendance`. What is new: `changes`. What all share: `urls` (addresses and what they stand for),
`xml`, `markup` (the pages' habits), `dates` and `statuses`.
"""
