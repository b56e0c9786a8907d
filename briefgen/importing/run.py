"""Import: raw file ─ read ─▶ Article ─ structure ─▶ Article ─ recognise ─▶ Draft ─ write ─▶ content/briefings/….md."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from briefgen.importing.accounts import text_of, words_of
from briefgen.importing.archive import Archive, identity_of, locate_briefing, read_archive
from briefgen.importing.draft import Draft
from briefgen.importing.engines import refuse_missing
from briefgen.importing.inputs import RawFile, read_inputs
from briefgen.importing.prepare import Outlook, Prepared, place_of, prepare
from briefgen.importing.readers import READERS
from briefgen.importing.report import Imported, ImportReport, Options
from briefgen.importing.review import add_source
from briefgen.importing.write import free_path, render_file, write_draft
from briefgen.model import Place, ReviewNote
from briefgen.problems import BriefgenError, Problem, Problems


def import_articles(paths: Iterable[str], root: Path, options: Options, jobs: int = 1) -> ImportReport:
    """Import every article that `paths` name into the site at `root`; only new files are created there.

    With `options.into` no file is created: that briefing gets a further source for each article. Raises BriefgenError when it
    is not there, or an engine is not. Nothing is raised for what the raw files hold: each fault is a problem of the report, and the
    other articles go on. Where a briefing cannot be written the import ends, and the report says what was done until then.
    """
    problems = Problems()
    refuse_missing(options.engines, root)
    archive = read_archive(root)
    if options.into:
        locate_briefing(root, options.into)
    done: list[Imported] = []
    try:
        _import(paths, root, options, jobs, archive, done, problems)
    except BriefgenError as error:
        problems.extend(error.problems)
    return ImportReport(tuple(done), tuple(problems))


def _import(
    paths: Iterable[str], root: Path, options: Options, jobs: int, archive: Archive, done: list[Imported], problems: Problems
) -> None:
    raws = _new_only(read_inputs(paths, frozenset(READERS), root, problems), archive, done, problems)
    for raw, outcome in prepare(raws, lambda: Outlook(root, archive.known, archive.judge(root), options), jobs):
        if isinstance(outcome, Problem):
            problems.add(outcome)
            continue
        for prepared in outcome:
            if not prepared.read.blocks:
                problems.add(Problem("BG609", place_of(raw), f"an entry without text was passed over: {prepared.read.title or 'untitled'}"))
            elif not _is_known(prepared.read.source.sha256, prepared.read.title, raw, archive, done, problems):
                done.append(_write(prepared, place_of(raw), archive, root, options, problems))


def _new_only(raws: Iterable[RawFile], archive: Archive, done: list[Imported], problems: Problems) -> Iterator[RawFile]:
    return (raw for raw in raws if not _is_known(raw.sha256, "", raw, archive, done, problems))


def _is_known(sha256: str, title: str, raw: RawFile, archive: Archive, done: list[Imported], problems: Problems) -> bool:
    """Whether a text is already there, which is reported; whatever an editor made of it stays as it is."""
    known = archive.digests.get(sha256)
    if known:
        problems.add(
            Problem("BG602", place_of(raw), f"this text is already there: {known}", help="edit that briefing; import leaves it alone")
        )
        done.append(Imported(raw.origin, "known", known, title))
    return known is not None


def _write(prepared: Prepared, place: Place, archive: Archive, root: Path, options: Options, problems: Problems) -> Imported:
    if options.into:
        return _add(prepared, archive, root, options)
    draft = _compared(prepared.draft, archive, place, problems)
    for note in draft.review:
        if note.field == "encoding":
            problems.add(
                Problem("BG606", place, f"the encoding was guessed: {note.reason}", help="check the letters with accents in the briefing")
            )
    path = free_path(draft, archive.taken) if options.dry_run else write_draft(draft, root, archive.taken)
    archive.digests[draft.source.sha256] = path
    archive.nearby.add(path, text_of(draft.blocks), draft.date, draft.title, [person.name for person in draft.people])
    return Imported(
        draft.source.origin,
        "planned" if options.dry_run else "written",
        path,
        draft.title,
        render_file(draft) if options.dry_run else "",
        words_of(prepared.read),
        words_of(prepared.told),
        prepared.told.dropped,
        draft.review,
    )


def _add(prepared: Prepared, archive: Archive, root: Path, options: Options) -> Imported:
    source = prepared.draft.source
    path = locate_briefing(root, options.into).relative_to(root).as_posix()
    if not options.dry_run:
        add_source(root, options.into, source)
    archive.digests[source.sha256] = path
    return Imported(source.origin, "added", path, prepared.draft.title)


def _compared(draft: Draft, archive: Archive, place: Place, problems: Problems) -> Draft:
    """Say so where the site has nearly the same text, or the same story from another source."""
    copy = archive.nearby.copy_of(text_of(draft.blocks))
    story = copy or archive.nearby.same_story(draft.date, draft.title, [person.name for person in draft.people])
    if not story:
        return draft
    reason = f"nearly the same text as {story}" if copy else f"perhaps the same story as {story}"
    cure = f"keep both, or delete the new one and import this again with `--into {identity_of(story)}`, as a further source"
    problems.add(Problem("BG605", place, reason, cure))
    return replace(draft, review=(*draft.review, ReviewNote("sources", reason)))
