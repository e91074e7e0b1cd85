"""A quote back to its place, worked out when somebody looks: reading and extraction pay nothing for it.

| read first | for |
|---|---|
| `boxes.py` | where a quote stands on a page of a PDF |
| `picture.py` | the page as a PNG, with the quote marked |
| `illustration.py` | the page as a small grey PNG for the site, and the boxes of many quotes |
| `web.py`, `link.py` | its element in a web page; links that open the live page or PDF there |
| `letters.py`, `alignment.py` | how canonical text is found again in the text that it was made of |
| `show.py` | all of it for somebody at a terminal: `minutebook show` |
"""
