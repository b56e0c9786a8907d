"""Markdown files become what the site knows: briefings, records and the names by which they are found."""
