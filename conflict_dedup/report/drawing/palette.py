"""Colours of pictures on white; the page has its own in page.css, for dark screens too.

The colours of the statuses can be told apart by people who see no red or no green (checked against the simulations
of Machado, Oliveira and Fernandes 2009): they differ in lightness as much as in hue.
"""

from __future__ import annotations

STATUS_COLOURS = {
    "agreed": "#2f7f9e",
    "rising": "#d98200",
    "revised down": "#7457a6",
    "disputed": "#b3202c",
    "no figure": "#77808a",
}
"""Status in words -> colour; "no figure" is for incidents of which no source tells any number."""

SEA, LAND, BORDER = "#eef3f6", "#fbfaf7", "#b9c1c7"
INK, FAINT, BAND = "#20262c", "#6a737b", "#dfe7ec"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
