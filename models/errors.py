"""What can be wrong with the store and the published site."""

from minutebook import MinutebookError


class StoreError(MinutebookError):
    """The store cannot be read or written, or the site cannot be published; what was there before still stands."""
