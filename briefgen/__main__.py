"""The `briefgen` command, which is also `python -m briefgen`."""

import signal


def main() -> None:
    """Load the command line and run it."""
    # until it is loaded, an interrupt ends Python without a word; what it would say names a line of some library
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    from briefgen.cli import main as run

    signal.signal(signal.SIGINT, signal.default_int_handler)
    run()


if __name__ == "__main__":
    main()
