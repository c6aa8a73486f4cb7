"""conflict-dedup: one record for each real incident, whatever the number of articles that tell of it.

The verbs are :func:`read`, :func:`extract`, :func:`match`, :func:`reconcile` and, for all of them at once,
:func:`run`. They are imported when they are first used, so that ``conflict-dedup --help`` need not load what it
does not run.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from conflict_dedup.extract import extract
    from conflict_dedup.ingest import read
    from conflict_dedup.match import match
    from conflict_dedup.pipeline import run
    from conflict_dedup.reconcile import reconcile

__version__ = "0.1.0"

__all__ = ["__version__", "extract", "match", "read", "reconcile", "run"]

_FUNCTIONS = {"read": "conflict_dedup.ingest", "run": "conflict_dedup.pipeline"}
_STAGES = ("extract", "match", "reconcile")


class _Stage(ModuleType):
    """A package named like the one verb that it is for; calling it calls the verb."""

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        verb = getattr(self, self.__name__.rpartition(".")[2])
        return verb(*arguments, **options)


class _Package(ModuleType):
    """This package. Importing ``conflict_dedup.extract``, the stage, puts it where the verb is looked for.

    Which of the two is found would depend on what was imported before; so the stage is made to be both.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name in _STAGES and isinstance(value, ModuleType):
            value.__class__ = _Stage
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package


def __getattr__(name: str) -> object:
    if name in _STAGES:
        return import_module(f"{__name__}.{name}")
    if name in _FUNCTIONS:
        return getattr(import_module(_FUNCTIONS[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
