"""What a user can mend. Imports nothing, so that every layer may raise these.

An exception here carries three things: where (file and line), why, and what to do about it.
"""

from __future__ import annotations


class ConflictDedupError(Exception):
    """Something that the user can mend; its text names the place, the reason and the way out."""

    def __init__(self, why: str, *, hint: str = "", path: str = "", line: int | None = None) -> None:
        self.why = why
        self.hint = hint
        self.path = path
        self.line = line
        super().__init__(str(self))

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        text = f"{where}: {self.why}" if where else self.why
        return f"{text} ({self.hint})" if self.hint else text


def raised(problem: ConflictDedupError) -> None:
    """What becomes of a problem where nobody listens (``on_problem``)."""
    raise problem


class UnreadableInput(ConflictDedupError):
    """A file, line or row that holds no readable article; the rest of the work goes on."""


class EmptyInput(UnreadableInput):
    """A file without a byte. Where articles are wanted that is a slip; as an output of ours it says "no incidents"."""


class Defect(ConflictDedupError):
    """The program failed on an article: a mistake of its own, that shall not cost the other articles."""


class MissingExtra(ConflictDedupError):
    """A feature whose optional dependency is not installed."""


class InvalidRecord(ConflictDedupError):
    """A candidate or incident line that does not keep to the schema."""


class UnknownId(ConflictDedupError):
    """No incident or candidate has the id that was asked for."""


class UnknownField(ConflictDedupError):
    """An incident has no field of the name that was asked for."""


class UnknownName(ConflictDedupError):
    """A country or a place that the gazetteer does not know by that name, or knows several times."""
