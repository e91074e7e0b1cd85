"""The extractors: one a kind of fact. Each fills its part of a `Paper`; `language.py` registers them with spaCy."""
