"""Import: raw file ─ read ─▶ Article ─ structure ─▶ Article ─ recognise ─▶ Draft ─ write ─▶ content/briefings/….md."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from briefgen.importing.accounts import text_of, words_in, words_lost, words_out
from briefgen.importing.apart import Apart
from briefgen.importing.archive import Archive, identity_of, read_archive
from briefgen.importing.draft import Draft
from briefgen.importing.inputs import RawFile, read_inputs
from briefgen.importing.readers import READERS, reader_of
from briefgen.importing.recognise import recognise
from briefgen.importing.report import Imported, ImportReport, Options, UnreadableError
from briefgen.importing.structure import structure
from briefgen.importing.write import plan_path, render_file, write_draft
from briefgen.model import Article, Place, ReviewNote
from briefgen.problems import Problem, Problems


def import_articles(paths: Iterable[str], root: Path, options: Options) -> ImportReport:
    """Import every article that `paths` name into the site at `root`; only new files are created there.

    Nothing is raised for what the raw files hold: each fault is a problem of the report, and the other articles go on.
    """
    problems = Problems()
    archive = read_archive(root)
    done: list[Imported] = []
    with Apart() as apart:
        for raw in read_inputs(paths, frozenset(READERS), problems):
            try:
                articles = _read(raw, apart)
            except UnreadableError as fault:
                problems.add(Problem(fault.code, Place(raw.origin or "standard input", fault.line), fault.message, help=fault.help))
                continue
            for article in articles:
                if _has_text(article):
                    done.append(_import(article, raw, archive, root, options, problems))
                else:
                    problems.add(
                        Problem(
                            "BG609",
                            Place(raw.origin or "standard input"),
                            f"an entry without text was passed over: {article.title or 'untitled'}",
                        )
                    )
    return ImportReport(tuple(done), tuple(problems))


def _read(raw: RawFile, apart: Apart) -> list[Article]:
    """The articles of a raw file, each with its origin and digest; all of them, or UnreadableError."""
    reader = reader_of(raw.suffix, raw.content)
    read = apart.read(reader.place, raw.content) if reader.apart else tuple(reader.load()(raw.content))
    if not any(_has_text(article) for article in read):
        raise UnreadableError("no text in it", code="BG604", help="an article needs at least one line of text")
    return [
        replace(article, source=replace(article.source, origin=raw.origin, sha256=article.source.sha256 or raw.sha256)) for article in read
    ]


def _has_text(article: Article) -> bool:
    return any(block.text.strip() for block in article.blocks)


def _import(article: Article, raw: RawFile, archive: Archive, root: Path, options: Options, problems: Problems) -> Imported:
    place = Place(raw.origin or "standard input")
    for note in article.review:
        if note.field == "encoding":
            problems.add(
                Problem("BG606", place, f"the encoding was guessed: {note.reason}", help="check the letters with accents in the briefing")
            )
    if known := archive.digests.get(article.source.sha256):
        problems.add(Problem("BG602", place, f"this text is already there: {known}", help="edit that briefing; import leaves it alone"))
        return Imported(raw.origin, "known", known, article.title)
    told = structure(article)
    draft = _with_account(recognise(told, archive.known, archive.judge(root), options), article, told)
    draft = _compared(draft, archive, place, problems)
    path = plan_path(draft) if options.dry_run else write_draft(draft, root)
    _remember(draft, path, archive)
    return Imported(
        raw.origin,
        "planned" if options.dry_run else "written",
        path,
        draft.title,
        render_file(draft) if options.dry_run else "",
        words_in(article),
        words_out(draft),
        told.dropped,
        draft.review,
    )


def _compared(draft: Draft, archive: Archive, place: Place, problems: Problems) -> Draft:
    """Say so where the site has nearly the same text, or the same story from another source."""
    names = [person.name for person in draft.people]
    copy = archive.nearby.copy_of(text_of(draft.blocks))
    story = copy or archive.nearby.same_story(draft.date, draft.title, names)
    if not story:
        return draft
    reason = f"nearly the same text as {story}" if copy else f"perhaps the same story as {story}"
    problems.add(Problem("BG605", place, reason, help=f"keep one of them, or make this a further source: --into {identity_of(story)}"))
    return replace(draft, review=(*draft.review, ReviewNote("sources", reason)))


def _remember(draft: Draft, path: str, archive: Archive) -> None:
    archive.digests[draft.source.sha256] = path
    archive.nearby.add(path, text_of(draft.blocks), draft.date, draft.title, [person.name for person in draft.people])


def _with_account(draft: Draft, raw: Article, told: Article) -> Draft:
    """Words that came in and stand neither in the briefing nor among what was dropped are noted, never passed over."""
    lost = words_lost(raw, told)
    if not lost:
        return draft
    note = ReviewNote("body", f"{len(lost)} words of the raw text are not in the briefing", " ".join(lost[:40]))
    return replace(draft, review=(*draft.review, note))
