"""Prints speed and memory of extraction, the speed of matching, and start-up times: medians of several runs.

python -m benchmarks [--articles 2000] [--runs 3] [--largest 100000] [--installed PYTHON]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec

from benchmarks.articles import ORDERS, articles
from benchmarks.candidates import make_candidates

PROGRAM = (sys.executable, "-m", "conflict_dedup")
MATCH = """
import sys, time, msgspec
from conflict_dedup.match import match
from conflict_dedup.model import Candidate
candidates = [msgspec.json.decode(line, type=Candidate) for line in open(sys.argv[1], "rb")]
start = time.process_time()
clusters = match(candidates)
print(time.process_time() - start, len(clusters))
"""


def timed(command: tuple[str, ...], runs: int) -> tuple[float, float, float]:
    """The median of wall seconds and of processor seconds of a command, and its peak memory in megabytes."""
    walls, processors = [], []
    peak = 0.0
    for _ in range(runs):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        if child.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
        walls.append(time.perf_counter() - start)
        processors.append(usage.ru_utime + usage.ru_stime)
        peak = max(peak, usage.ru_maxrss / 1024 if sys.platform != "darwin" else usage.ru_maxrss / 2**20)
    return statistics.median(walls), statistics.median(processors), peak


def programs(installed: Path | None) -> dict[str, tuple[str, ...]]:
    """By its kind, the command of each program to measure: that of this checkout, and the installed one if compiled."""
    found: dict[str, tuple[str, ...]] = {"pure Python": PROGRAM}
    if installed is None:
        print("compiled: not measured, none was named (make bench installs and names one)")
        return found
    command = (str(installed), "-I", "-m", "conflict_dedup")  # -I: what is installed there, not this checkout
    version = subprocess.run([*command, "--version"], capture_output=True, text=True, check=True).stdout
    if "(compiled)" in version:
        found["compiled"] = command
    else:
        print("compiled: not measured, the installed one is pure Python (see docs/installing.md)")
    return found


def extraction(folder: Path, count: int, runs: int, density: str, kind: str, program: tuple[str, ...]) -> None:
    made = articles(count, density=density)
    path = folder / f"{density}.jsonl"
    path.write_bytes(b"".join(msgspec.json.encode(a) + b"\n" for a in made))
    size = sum(len(a.text) for a in made) / len(made)
    one = folder / "one.jsonl"
    one.write_bytes(msgspec.json.encode(made[0]) + b"\n")
    start_up, start_cpu, _ = timed((*program, "extract", str(one)), runs)
    for jobs in (1, 2):
        wall, cpu, peak = timed((*program, "extract", "--jobs", str(jobs), str(path)), runs)
        rate = count / max(1e-9, wall - start_up)
        print(
            f"extraction, {kind}, {count} {density} articles of {size:.0f} characters, --jobs {jobs}: "
            f"{rate:.0f} articles/s ({count / max(1e-9, cpu - start_cpu):.0f} per processor second), "
            f"peak {peak:.0f} MB a process"
        )


def matching(folder: Path, sizes: list[int], runs: int, kind: str, python: tuple[str, ...]) -> None:
    previous = 0.0
    for size in sizes:
        path = folder / f"candidates-{size}.jsonl"
        path.write_bytes(b"".join(msgspec.json.encode(c) + b"\n" for c in make_candidates(size, seed=1)))
        seconds, clusters = [], 0
        for _ in range(runs if size < 50_000 else 1):
            done = subprocess.run(
                [*python, "-c", MATCH, str(path)], capture_output=True, text=True, check=True
            ).stdout.split()
            seconds.append(float(done[0]))
            clusters = int(done[1])
        took = statistics.median(seconds)
        growth = f", {took / previous:.1f} times the size before" if previous else ""
        print(f"matching, {kind}, {size} candidates: {took:.2f} s, {size / took:.0f}/s, {clusters} incidents{growth}")
        previous = took


def start_up(folder: Path, runs: int, kind: str, program: tuple[str, ...]) -> None:
    wall, _, _ = timed((*program, "--help"), runs)
    print(f"start-up of --help, {kind}: {wall:.3f} s")
    two = folder / "two"
    two.mkdir(exist_ok=True)
    for a in articles(2):
        (two / f"{a.published}-{a.id}.txt").write_text(f"{a.title}\n\n{a.text}\n", encoding="utf-8")
    wall, _, _ = timed((*program, "run", str(two)), runs)
    print(f"run on two articles, {kind}: {wall:.3f} s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--largest", type=int, default=100_000, help="the largest set of candidates")
    parser.add_argument("--installed", type=Path, help="the Python that the program is installed for, compiled or not")
    options = parser.parse_args()
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} processors")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        measured = programs(options.installed)
        for kind, program in measured.items():
            start_up(folder, max(options.runs, 5), kind, program)
            for density in ORDERS:
                extraction(folder, options.articles, options.runs, density, kind, program)
        # Last: a child's peak memory is at least that of this process, which making the candidates lets grow.
        for kind, program in measured.items():
            matching(
                folder, [n for n in (1_000, 10_000, 100_000) if n <= options.largest], options.runs, kind, program[:-2]
            )


if __name__ == "__main__":
    main()
