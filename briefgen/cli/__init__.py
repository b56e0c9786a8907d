"""The door: commands and flags; the only room that prints and exits."""

import os
import signal
import sys

import click

import briefgen
from briefgen.cli.building import build_command, check_command, clean_command
from briefgen.cli.edition import edition_command
from briefgen.cli.importing import import_command
from briefgen.cli.listing import list_command
from briefgen.cli.reviewing import review_command
from briefgen.cli.schemas import schema_command
from briefgen.cli.serving import serve_command
from briefgen.cli.session import INTERRUPTED, colours, show_error
from briefgen.cli.starting import init_command, new_command
from briefgen.cli.terms import terms_group
from briefgen.cli.themes import theme_group
from briefgen.problems import BriefgenError

_SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


class _InOrderOfUse(click.Group):
    """A group that lists its commands as they were added."""

    def list_commands(self, _ctx: click.Context) -> list[str]:
        """The names of the commands."""
        return list(self.commands)


@click.group(cls=_InOrderOfUse, context_settings=_SETTINGS)
@click.version_option(briefgen.__version__, prog_name="briefgen")
def _group() -> None:
    """Turn raw news articles into briefings, and briefings into a website.

    \b
    briefgen init desk          make a new site
    briefgen import article.txt turn an article into a briefing
    briefgen serve              see the site while you write
    briefgen build              write the site into public/
    """  # noqa: D301 – \b is click's mark for lines that stay as they are


_COMMANDS = (
    init_command,
    new_command,
    import_command,
    review_command,
    build_command,
    serve_command,
    check_command,
    list_command,
    edition_command,
    terms_group,
    theme_group,
    schema_command,
    clean_command,
)
for _command in _COMMANDS:
    _group.add_command(_command)


def main(arguments: list[str] | None = None) -> None:
    """Run a command and exit: 0 done, 1 an error in the content, 2 wrong usage, 3 the surroundings, 130 interrupted."""
    if arguments is None:
        _insist_on_utf8()
    try:
        sys.exit(_group.main(arguments, prog_name="briefgen", standalone_mode=False, color=colours()) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except BriefgenError as error:
        show_error(error)
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever presses twice wants no more than to be let go
        click.echo("Interrupted.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # whoever read the output has seen enough; Python would complain once more when it closes the pipe
        sys.stdout = None
        sys.exit(1)


def _insist_on_utf8() -> None:
    """Begin again in Python's UTF-8 mode where the locale has another encoding: it would give files other names."""
    if sys.getfilesystemencoding() != "utf-8":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])  # noqa: S606 – the very same program
