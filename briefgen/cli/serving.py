"""`serve`: live preview."""

import click

from briefgen.cli.session import Session, session_options


@click.command("serve")
@session_options
def serve_command(session: Session) -> int:
    """See the site while you write, at http://127.0.0.1:8000/."""
    raise click.UsageError(f"not yet: {session.root}")
