"""Write docs/pictures/*.svg: what commands print on a terminal, from samples/, as pictures whose letters are text.

    python tools/pictures.py

The pictures name no font that would have to be fetched.
"""

from __future__ import annotations

import html
import io
import os
import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "docs" / "pictures"

COMMANDS = {
    "table.svg": (120, 40, ("run", "samples/", "--format", "table")),
    "groups.svg": (120, 40, ("run", "samples/", "--format", "table", "--group", "country", "--sort", "killed")),
    "show.svg": (96, 32, ("show", "baidoa", "samples/")),
}
"""Picture -> columns, the most lines that are shown, and the command."""

INK, GREY = (36, 41, 46), (87, 96, 106)
HUES = [(188, 36, 46), (26, 127, 55), (150, 95, 0), (5, 80, 174), (130, 80, 223), (27, 124, 131)]
THEME = TerminalTheme((250, 250, 248), INK, [INK, *HUES, GREY], [GREY, *HUES, INK])
"""Dark letters on a light ground, legible on a page that is light and on one that is dark."""

FONT = "ui-monospace, 'SFMono-Regular', 'DejaVu Sans Mono', Menlo, Consolas, monospace"


def printed(name: str) -> str:
    """What the command of a picture prints, in colour."""
    columns, most, arguments = COMMANDS[name]
    environment = {name: value for name, value in os.environ.items() if not name.startswith("CONFLICT_DEDUP_")}
    done = subprocess.run(
        [sys.executable, "-m", "conflict_dedup", *arguments, "--color", "always", "--no-config"],
        cwd=ROOT,
        env={**environment, "COLUMNS": str(columns), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    return "\n".join([*lines[:most], "…"] if len(lines) > most else lines) + "\n"


def svg(name: str, text: str) -> str:
    """A terminal that shows the command and what it printed."""
    columns, _, arguments = COMMANDS[name]
    console = Console(record=True, width=columns, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(Text.from_ansi(text.rstrip("\n")))
    title = "conflict-dedup " + " ".join(arguments).replace(" --format table", "")
    drawn = console.export_svg(title=title, theme=THEME, unique_id=name.partition(".")[0])
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return re.sub(r"font-family: ?[^;}]+", f"font-family: {FONT}", drawn)


def texts(picture: str) -> list[str]:
    """The lines of text in a picture, from top to bottom, without the blanks between words."""
    rows: dict[float, list[tuple[float, str]]] = {}
    for attributes, content in re.findall(r"<text ([^>]*clip-path[^>]*)>(.*?)</text>", picture, re.DOTALL):
        x, y = (float(re.search(rf'\b{axis}="([\d.]+)"', attributes)[1]) for axis in "xy")  # type: ignore[index]
        rows.setdefault(y, []).append((x, html.unescape(content)))
    lines = ("".join(content for _, content in sorted(rows[y])) for y in sorted(rows))
    return [line for line in ("".join(line.split()) for line in lines) if line]


def read(name: str) -> str:
    """A picture as it was written."""
    return (FOLDER / name).read_text(encoding="utf-8")


def write() -> None:
    """Write every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    for name in COMMANDS:
        (FOLDER / name).write_text(svg(name, printed(name)), encoding="utf-8")


if __name__ == "__main__":
    write()
