"""Reading a drawn picture again: where marks came to stand, and paths in fewer bytes."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from conflict_dedup.report.drawing.engine import SVG

LEAST_STEP = 0.2
"""Units of the picture: an outline's point that is nearer to the one before is left out."""

_TRANSLATE = re.compile(r"translate\(([^,)]+),([^)]+)\)")
_LEADING_ZERO = re.compile(r"^(-?)0(?=\.)")
_STEP = re.compile(r"([ML])([^,]+),([^MLZ]+)|Z")


def marks_of(root: ET.Element, layer: int) -> list[ET.Element]:
    """The marks of a layer, the first being 0, in the order of its data."""
    wanted = f"layer_{layer}_marks"
    for group in root.iter(f"{SVG}g"):
        if wanted in group.get("class", "").split():
            return list(group)
    return []


def position_of(mark: ET.Element) -> tuple[float, float] | None:
    """Where a mark stands; None when the projection has no place for it."""
    found = _TRANSLATE.search(mark.get("transform", ""))
    try:
        return (float(found[1]), float(found[2])) if found else None
    except ValueError:  # "undefined", "NaN"
        return None


def compacted(path: str) -> str:
    """A path of absolute moves and lines, as differences in tenths of a unit: a third of the bytes."""
    written: list[str] = []
    at = start = (0.0, 0.0)
    skipped: tuple[float, float] | None = None
    for step in _STEP.finditer(path):
        if step[1] is None:
            written.append("z")
            at, skipped = start, None
            continue
        to = (round(float(step[2]), 1), round(float(step[3]), 1))
        if step[1] == "M":
            if skipped:
                written.append(_difference(at, skipped))
            written.append(f"M{to[0]:g} {to[1]:g}l")
            at, start, skipped = to, to, None
        elif abs(to[0] - at[0]) + abs(to[1] - at[1]) < LEAST_STEP:
            skipped = to
        else:
            written.append(_difference(at, to))
            at, skipped = to, None
    return "".join(written).replace("lz", "z").replace("lM", "M").removesuffix("l")


def _difference(start: tuple[float, float], end: tuple[float, float]) -> str:
    x, y = (_LEADING_ZERO.sub(r"\1", f"{round(b - a, 1):g}") for a, b in zip(start, end, strict=True))
    return f"{x if x.startswith('-') else ' ' + x}{y if y.startswith('-') else ' ' + y}"
