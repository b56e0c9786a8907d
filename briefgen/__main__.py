"""The `briefgen` command, which is also `python -m briefgen`."""

import os
import signal
import sys
from contextlib import suppress


def main() -> None:
    """Load the command line and run it."""
    # until it is loaded, an interrupt ends Python without a word; what it would say names a line of some library
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from briefgen.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        run()
    except SystemExit as end:
        if isinstance(end.code, int):
            _leave(end.code)
        raise


def _leave(code: int) -> None:
    """End the process at once: to take apart what a build has made would be a tenth of its time, and nobody needs it any more."""
    with suppress(OSError):  # what cannot be written Python tells in its own way
        for stream in (sys.stdout, sys.stderr):
            if stream:
                stream.flush()
        os._exit(code)


if __name__ == "__main__":
    main()
