"""The record: what was published, by whom, when, and what was read in it.

The tables, a noun or a tight group to a module: `authorities`, `committees`, `meetings` (and agenda items),
`documents` (versions of their bytes, links from meetings), `readings` (facts of one sha256 by one extractor version,
page texts, warnings, documents set aside), `people` (and attendances), `votes` (by the website's list), `decisions`
(resolutions, recommendations), `delegated` (decisions published on their own), `actions`, `interests`, `evidence`,
`runs`. `facts` is what facts share; `base` the declarative base and the stable ids.

Writing: `store` opens it, `writing` keeps rows so that the same again changes nothing, `load` takes what a crawl and
the extractor hand over, `checks` refuses facts without their words, `versions` and `unread` know which bytes are
present and which of them are still to be read.

One decision, one row: `settle` and `place` say which meeting a document, or the minutes in a pack, records; `gather`
brings together what all documents say of a meeting, by `merge` (decisions, actions, interests), `attendance` and
`names` (people) and `rows`.

Reading: `tables` selects what is public, `sureness` what is sure enough for it, `publish` builds the site's file,
`site` prepares and serves its folder, `export` writes rows out, `status` tells how things stand.
What can go wrong is in `errors`.
"""
