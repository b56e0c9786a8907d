"""briefgen: raw news articles become Markdown briefings, and briefings a static site."""

__version__ = "0.1.0"
