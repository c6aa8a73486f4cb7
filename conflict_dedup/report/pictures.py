"""What is made of all incidents at once: the page, the map as SVG and PNG; and the course of one incident's toll."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from conflict_dedup.model import Article, Incident


def require_tools(name: str) -> None:
    """Make sure that what the format of this name needs is installed, before minutes of work go into it.

    Raises:
        MissingExtra: it is not.
    """
    from conflict_dedup.report.drawing.engine import drawing_tools  # noqa: PLC0415 - only for those who draw

    with drawing_tools(f"--format {name}"):
        import altair as alt  # noqa: F401, PLC0415 - an extra
        import vl_convert  # noqa: F401, PLC0415

        if name == "html":
            import jinja2  # noqa: F401, PLC0415


def html_page(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> bytes:
    """The report as one self-contained page."""
    from conflict_dedup.report.web import page  # noqa: PLC0415 - only for those who draw

    return page.html_page(incidents, articles)


def map_svg(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> bytes:  # noqa: ARG001 - called alike
    """The map as SVG."""
    from conflict_dedup.report.drawing import engine, incident_map  # noqa: PLC0415 - only for those who draw

    return engine.svg_bytes(incident_map.picture_of_map(incidents))


def map_png(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> bytes:  # noqa: ARG001 - called alike
    """The map as PNG."""
    from conflict_dedup.report.drawing import engine, incident_map  # noqa: PLC0415

    return engine.png_bytes(incident_map.picture_of_map(incidents))


def toll_svg(incident: Incident) -> bytes:
    """The course of a toll as SVG.

    Raises:
        UnknownId: no source gives a figure for it.
    """
    from conflict_dedup.report.drawing import engine, toll_chart  # noqa: PLC0415

    return engine.svg_bytes(toll_chart.picture_of_toll(incident))


def toll_png(incident: Incident) -> bytes:
    """The course of a toll as PNG.

    Raises:
        UnknownId: no source gives a figure for it.
    """
    from conflict_dedup.report.drawing import engine, toll_chart  # noqa: PLC0415

    return engine.png_bytes(toll_chart.picture_of_toll(incident))
