"""Import: raw file ─ read ─▶ Article ─ structure ─▶ Article ─ recognise ─▶ Draft ─ write ─▶ content/briefings/….md."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

from briefgen.importing.accounts import words_of
from briefgen.importing.archive import Archive, identity_of, locate_briefing, read_archive
from briefgen.importing.draft import Draft
from briefgen.importing.engines import refuse_missing
from briefgen.importing.inputs import Input, RawFile, find_inputs, read_input
from briefgen.importing.prepare import BATCH, Outlook, Prepared, place_of, prepare
from briefgen.importing.readers import READERS
from briefgen.importing.report import Imported, ImportReport, Options, Progress
from briefgen.importing.settling import add_source
from briefgen.importing.write import free_path, render_file, write_draft
from briefgen.model import Place, ReviewNote
from briefgen.problems import BriefgenError, Problem, Problems
from briefgen.text import fold, slug

Watch = Callable[[Progress], None]


def import_articles(paths: Iterable[str], root: Path, options: Options, jobs: int = 1, watch: Watch = lambda _: None) -> ImportReport:
    """Import every article that `paths` name into the site at `root`; only new files are created there.

    With `options.into` no file is created: that briefing gets a further source for each article. Raises BriefgenError when it
    is not there, or an engine is not. Nothing is raised for what the raw files hold: each fault is a problem of the report, and the
    other articles go on. Where a briefing cannot be written the import ends, and the report says what was done until then.
    `watch` is told of each file that is done with.
    """
    refuse_missing(options.engines, root)
    run = _Run(root, options, read_archive(root), watch)
    if options.into:
        locate_briefing(root, options.into)
    try:
        run.import_all(paths, jobs)
    except BriefgenError as error:
        run.problems.extend(error.problems)
    return ImportReport(tuple(run.done), tuple(run.problems))


@dataclass(slots=True)
class _Run:
    """One import: the site and what was asked, and what came of it so far; of `total` files `passed` are done with."""

    root: Path
    options: Options
    archive: Archive
    watch: Watch
    done: list[Imported] = field(default_factory=list)
    problems: Problems = field(default_factory=Problems)
    total: int = 0
    passed: int = 0
    briefings: int = 0
    notes: int = 0
    topics: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for topic in self.archive.known.topics:
            for name in (topic.name, *topic.aliases):
                self.topics.setdefault(fold(name), name)
                self.topics.setdefault(slug(name), topic.name)

    def import_all(self, paths: Iterable[str], jobs: int) -> None:
        """Import what the paths name, one article after the other; raises BriefgenError where a briefing cannot be written."""
        found = tuple(find_inputs(paths, frozenset(READERS), self.problems))
        self.total = len(found)
        # an engine takes long for each article: nobody is to wait for twenty
        most = 1 if self.options.engines else BATCH
        for raw, outcome in prepare(self._new_only(found), self._outlook, jobs, most):
            if isinstance(outcome, Problem):
                self.problems.add(outcome)
            else:
                for prepared in outcome:
                    self._take(prepared, raw)
            self._pass()

    def _new_only(self, found: Iterable[Input]) -> Iterator[RawFile]:
        for file in found:
            try:
                raw = read_input(file, self.root)
            except BriefgenError as error:
                self.problems.extend(error.problems)
            else:
                if not self._is_known(raw.sha256, "", raw):
                    yield raw
                    continue
            self._pass()

    def _outlook(self) -> Outlook:
        return Outlook(self.root, self.archive.known, self.archive.judge(self.root), self.options)

    def _pass(self) -> None:
        self.passed += 1
        self.watch(Progress(self.passed, self.total, self.briefings, self.notes))

    def _is_known(self, sha256: str, title: str, raw: RawFile) -> bool:
        """Whether a text is already there, which is reported; whatever an editor made of it stays as it is."""
        known = self.archive.digests.get(sha256)
        if known:
            cure = "edit that briefing; import leaves it alone"
            self.problems.add(Problem("BG602", place_of(raw), f"this text is already there: {known}", cure))
            self.done.append(Imported(raw.origin, "known", known, title))
        return known is not None

    def _take(self, prepared: Prepared, raw: RawFile) -> None:
        """Write an article, unless it has no text or is there already."""
        read = prepared.read
        if not read.blocks:
            self.problems.add(Problem("BG609", place_of(raw), f"an entry without text was passed over: {read.title or 'untitled'}"))
        elif not self._is_known(read.source.sha256, read.title, raw):
            made = self._add(prepared) if self.options.into else self._write(prepared, place_of(raw))
            self.done.append(made)
            self.briefings += 1
            self.notes += len(made.review)

    def _write(self, prepared: Prepared, place: Place) -> Imported:
        draft = self._compared(replace(prepared, draft=self._spelled(prepared.draft)), place)
        for note in draft.review:
            if note.field == "encoding":
                cure = "check the letters with accents in the briefing"
                self.problems.add(Problem("BG606", place, f"the encoding was guessed: {note.reason}", cure))
        planned = self.options.dry_run
        path = free_path(draft, self.archive.taken) if planned else write_draft(draft, prepared.markdown, self.root, self.archive.taken)
        self.archive.digests[draft.source.sha256] = path
        self.archive.nearby.add(path, prepared.sentences, draft.date, draft.title, [person.name for person in draft.people])
        return Imported(
            draft.source.origin,
            "planned" if planned else "written",
            path,
            draft.title,
            render_file(draft, prepared.markdown) if planned else "",
            words_of(prepared.read) + sum(len(dropped.text.split()) for dropped in prepared.read.dropped),
            words_of(prepared.told),
            prepared.told.dropped,
            draft.review,
        )

    def _spelled(self, draft: Draft) -> Draft:
        """The draft with its topics as the site spells them, or the first article that had them: one page cannot have two names."""
        spelled = [self.topics.get(fold(topic)) or self.topics.setdefault(slug(topic), topic) for topic in draft.topics]
        return replace(draft, topics=tuple(dict.fromkeys(spelled)))

    def _add(self, prepared: Prepared) -> Imported:
        source = prepared.draft.source
        path = locate_briefing(self.root, self.options.into).relative_to(self.root).as_posix()
        if not self.options.dry_run:
            add_source(self.root, self.options.into, source)
        self.archive.digests[source.sha256] = path
        return Imported(source.origin, "added", path, prepared.draft.title)

    def _compared(self, prepared: Prepared, place: Place) -> Draft:
        """Say so where the site has nearly the same text, or the same story from another source."""
        nearby, draft = self.archive.nearby, prepared.draft
        copy = nearby.copy_of(prepared.sentences)
        story = copy or nearby.same_story(draft.date, draft.title, [person.name for person in draft.people])
        if not story:
            return draft
        reason = f"nearly the same text as {story}" if copy else f"perhaps the same story as {story}"
        cure = f"keep both, or delete the new one and import this again with `--into {identity_of(story)}`, as a further source"
        self.problems.add(Problem("BG605", place, reason, cure))
        return replace(draft, review=(*draft.review, ReviewNote("sources", reason, candidates=(identity_of(story),))))
