"""The web: finds committees, meetings and documents, and keeps the original bytes. Knows nothing of language."""
