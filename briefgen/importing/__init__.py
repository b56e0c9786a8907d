"""Raw articles in, briefings out."""

from briefgen.importing.report import ImportReport, Options
from briefgen.importing.run import import_articles

__all__ = ["ImportReport", "Options", "import_articles"]
