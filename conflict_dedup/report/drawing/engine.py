"""From a description of a picture to SVG and PNG: the only place that knows the drawing libraries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from conflict_dedup.errors import MissingExtra

if TYPE_CHECKING:
    import altair as alt

SVG = "{http://www.w3.org/2000/svg}"
PNG_SCALE = 2.0
"""Dots of a PNG for each of an SVG's units: sharp on a slide that fills a wall."""

_HINT = "pip install 'conflict-dedup[report]'"
_CLIP = re.compile(r"(?:url\(#)?(clip\d+)\)?")
# XML 1.0 (2.2) has no place for these, not even as a reference; a headline may hold them.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@contextmanager
def drawing_tools(what: str) -> Iterator[None]:
    """Within it, a library that is not installed is something that the user can mend.

    Raises:
        MissingExtra: one of the libraries that ``what`` needs is missing.
    """
    try:
        yield
    except ImportError as error:
        raise MissingExtra(f"{what} needs {error.name or 'more libraries'}", hint=_HINT) from error


def drawn(chart: alt.LayerChart | alt.VConcatChart, datasets: Mapping[str, object]) -> ET.Element:
    """The picture of a chart as a tree of SVG; ``datasets`` by the names that the chart refers to them by.

    Raises:
        MissingExtra: vl-convert is not installed.
    """
    with drawing_tools("drawing"):
        import vl_convert  # noqa: PLC0415 - an extra, and 0.3 s

    # not validated: that would take longer than to draw; the tests validate each kind of chart
    spec: dict[str, Any] = chart.to_dict(validate=False)
    spec["datasets"] = dict(datasets)
    text: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=[])  # it shall fetch nothing
    root = ET.fromstring(_NOT_XML.sub("", text))  # noqa: S314 - drawn by ourselves a moment ago
    _number_clips(root)
    return root


def _number_clips(root: ET.Element) -> None:
    """Number clipping paths from 0: vl-convert counts on from picture to picture, and the same is to be the same."""
    names: dict[str, str] = {}
    for element in root.iter():
        for key in ("id", "clip-path"):
            found = _CLIP.fullmatch(element.get(key, ""))
            if found:
                element.set(key, element.attrib[key].replace(found[1], names.setdefault(found[1], f"clip{len(names)}")))


def svg_bytes(root: ET.Element) -> bytes:
    """The picture as a file."""
    ET.register_namespace("", SVG[1:-1])
    content: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + content + b"\n"


def png_bytes(root: ET.Element) -> bytes:
    """The picture as dots, :data:`PNG_SCALE` to a unit."""
    with drawing_tools("drawing"):
        import vl_convert  # noqa: PLC0415 - see drawn

    content: bytes = vl_convert.svg_to_png(svg_bytes(root).decode("utf-8"), scale=PNG_SCALE)
    return content
