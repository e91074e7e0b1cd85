"""One spider a system."""
