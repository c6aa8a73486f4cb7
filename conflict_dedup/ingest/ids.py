"""Ids: never two articles with the same one."""

from __future__ import annotations

from pathlib import Path


class Ids:
    """Hands out ids, each once. It remembers every id: about 100 bytes an article."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}  # with the last number that was given to it

    def own(self, wanted: str) -> str:
        """The id that a record brings, with "-2" (3, 4 …) when another article has it already."""
        return self._take(wanted)

    def made(self, wanted: str, name: str) -> str:
        """An id for a record without one: ``wanted``, with the folder of its file before it when that is taken."""
        folder = Path(name).parent.name
        return self._take(f"{folder}/{wanted}" if wanted in self._taken and folder else wanted)

    def _take(self, wanted: str) -> str:
        chosen, number = wanted, self._taken.get(wanted, 1)
        while chosen in self._taken:
            number += 1
            chosen = f"{wanted}-{number}"
        self._taken[wanted] = number
        self._taken.setdefault(chosen, 1)
        return chosen
