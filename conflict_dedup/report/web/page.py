"""The page itself: template, style and script put together, closed to everything from outside.

What an article says reaches the page on two ways only: through the template, which escapes it (Jinja2's autoescape),
and as packed JSON in a block that no browser runs, from which page.js makes text nodes. The Content-Security-Policy
allows the one style and the one script by their hashes and nothing else: no request, no frame, no form.

The course of each toll is drawn by page.js when its incident is opened, from the data that its quotations need anyhow:
drawn beforehand by Altair, those of 2,000 incidents would take minutes (0.17 s each) and be most of the page.
"""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections.abc import Mapping, Sequence
from importlib import resources

import msgspec

from conflict_dedup.model import Article, Incident
from conflict_dedup.report.drawing.engine import drawing_tools
from conflict_dedup.report.drawing.incident_map import SCALE_AT_LEAST, draw_parts, radius
from conflict_dedup.report.web.facts import data_of, rows_of, summary_of

MAP_WIDTH, MAP_HEIGHT = 1200, 900
MAP_BAND = (150, 750)
"""The incidents keep within this band of the map, so that a wide window need not show what is above and below."""


def html_page(incidents: Sequence[Incident], articles: Mapping[str, Article]) -> bytes:
    """The report as one file; ``articles`` by id, as far as they are at hand, give quotations their context.

    Raises:
        MissingExtra: the drawing libraries or Jinja2 are not installed.
    """
    with drawing_tools("a page"):
        from jinja2 import DictLoader, Environment, StrictUndefined  # noqa: PLC0415 - an extra
        from markupsafe import Markup  # noqa: PLC0415

    environment = Environment(
        loader=DictLoader({"page.html": _asset("page.html")}),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    drawn = draw_parts(incidents, width=MAP_WIDTH, height=MAP_HEIGHT, top=MAP_BAND[0], bottom=MAP_BAND[1])
    largest = max([SCALE_AT_LEAST, *(incident.killed.high for incident in incidents if incident.killed)])
    style, script = _asset("page.css"), _asset("page.js")
    page = environment.get_template("page.html").render(
        policy=policy_of(style, script),
        style=Markup(style),  # noqa: S704 - ours
        script=Markup(script),  # noqa: S704
        data=packed(data_of(incidents, articles)),
        summary=summary_of(incidents),
        rows=rows_of(incidents),
        map=drawn,
        band=MAP_BAND,
        scale=[(dead, round(radius(dead, largest), 1)) for dead in scale_values(largest)],
    )
    return page.encode("utf-8", "replace")


def scale_values(largest: int) -> list[int]:
    """Three round numbers of dead for the legend of the circles."""
    unit = 10 ** (len(str(largest)) - 1)
    top = largest // unit * unit
    return [max(1, top // 20), max(1, top // 4), top]


def policy_of(style: str, script: str) -> str:
    """The Content-Security-Policy (https://www.w3.org/TR/CSP3/) that allows this style and this script alone."""
    return (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'"
    )


def _hash(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode('utf-8')).digest()).decode('ascii')}'"


def _asset(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")


def packed(data: object) -> str:
    """Data as JSON, deflated, in base64: letters, digits and three signs, none of which can end its block."""
    return base64.b64encode(zlib.compress(msgspec.json.encode(data), 9)).decode("ascii")
