"""Language: bytes in, facts out. Pure functions; knows nothing of the web or the database."""
