"""Entry point: what comes of the ways in which a program can end.

Exit codes: 0; 1 something was left out: unreadable, or not written; 2 usage; 130 interrupted, 143 and 129 ended by
SIGTERM and SIGHUP.
"""

from __future__ import annotations

import errno
import gc
import os
import signal
import sys

DISK_TROUBLE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO})
"""Errors of the system, met while writing, that tell of no mistake of the program's."""

ENDING = ("SIGTERM", "SIGHUP")
"""Signals at which the program cleans up before it ends."""

COLLECT_AFTER = 50_000
"""New objects after which the collector looks for cycles: extraction makes thousands an article and hardly a cycle."""


def main() -> None:
    """Run the command line and exit."""
    gc.set_threshold(COLLECT_AFTER)
    for name in ENDING:
        if hasattr(signal, name):  # not every system has each
            signal.signal(getattr(signal, name), _end)
    try:
        code = _run()
        sys.stdout.flush()
    except BrokenPipeError:
        code = _reader_gone()
    except SystemExit as ended:
        if not isinstance(ended.__context__, BrokenPipeError):
            raise
        code = _reader_gone()  # rich makes this of a broken pipe
    except KeyboardInterrupt:
        code = 130
    except OSError as error:
        if error.errno not in DISK_TROUBLE:
            raise
        code = _disk_trouble(error)
    sys.exit(code)


def _end(number: int, _frame: object) -> None:
    """End as at an interrupt: workers are sent home, and what was half written is removed."""
    signal.signal(number, signal.SIG_IGN)
    sys.exit(128 + number)


def _run() -> int:
    import click  # noqa: PLC0415 - an interrupt during imports shall be as quiet as a later one

    from conflict_dedup.cli import program, settings  # noqa: PLC0415
    from conflict_dedup.cli.completion import PROGRAM, VARIABLE  # noqa: PLC0415
    from conflict_dedup.errors import ConflictDedupError  # noqa: PLC0415

    if completing := os.environ.get(VARIABLE):
        from click.shell_completion import shell_complete  # noqa: PLC0415

        return shell_complete(program, {}, PROGRAM, VARIABLE, completing)
    try:
        with program.make_context(PROGRAM, sys.argv[1:]) as context:
            code = program.invoke(context)
    except click.exceptions.Exit as ended:
        code = ended.exit_code
    except click.ClickException as error:
        if isinstance(error, click.BadParameter):
            error = settings.traced(error)
        error.show()
        code = error.exit_code
    except click.Abort:
        code = 130
    except ConflictDedupError as error:
        from conflict_dedup.report.plain import one_line  # noqa: PLC0415

        click.echo(f"conflict-dedup: {one_line(str(error))}", err=True)
        code = 1
    return code if isinstance(code, int) else 0


def _reader_gone() -> int:
    """Whoever reads our output has seen enough (`| head -1`): no error, and nothing to say.

    What is left in the buffer goes nowhere, or the interpreter would complain about it when it exits.
    """
    _write_nowhere()
    return 0


def _disk_trouble(error: OSError) -> int:
    """The output does not fit: what was read is lost, and the user can mend it."""
    _write_nowhere()
    sys.stderr.write(f"conflict-dedup: cannot write: {error.strerror} (the output is not complete)\n")
    return 1


def _write_nowhere() -> None:
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())


if __name__ == "__main__":
    main()
