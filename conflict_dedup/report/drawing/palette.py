"""Colours of pictures on white; the page has its own in page.css, for dark screens too.

The colours of the statuses can be told apart by people who see no red or no green: simulated by the matrices of
Machado, Oliveira and Fernandes (2009, severity 1), any two of them are at least 20 apart (CIE 1976 difference), here
and in both colour schemes of the page.
"""

from __future__ import annotations

STATUS_COLOURS = {
    "agreed": "#3390b5",
    "rising": "#c87700",
    "revised down": "#5f3fa0",
    "disputed": "#b3202c",
    "no figure": "#909090",
}
"""Status in words -> colour; "no figure" is for incidents of which no source tells any number."""

SEA, LAND, BORDER = "#eef3f6", "#fbfaf7", "#b9c1c7"
INK, FAINT, BAND = "#20262c", "#6a737b", "#dfe7ec"
FONT = "Helvetica Neue, Helvetica, Arial, Liberation Sans, DejaVu Sans, sans-serif"
