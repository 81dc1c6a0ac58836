"""`make bench`: a compile and the floor in paired runs on one tree; ratios carry over to other machines, times do not.

    python -m benchmarks.run [--quick] [--rounds N] [--tree FOLDER ...] [--against COMMAND]

`--tree` measures existing projects instead of made-up ones; `--against` names another yardstick, with {root} and
{out} in it. Outputs lie in memory where the machine has /dev/shm, because a disk's journal is louder than either side.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks import shares, workload

ROOT = Path(__file__).resolve().parent.parent
MEMORY = Path("/dev/shm")
RESULTS = ROOT / "benchmarks" / "results"
COMPILE = "import sys; from dativo_compile.cli.compile import main; sys.exit(main())"


@dataclass(frozen=True, slots=True)
class Cost:
    """One process: seconds, and MiB at its largest."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Series:
    """Paired runs on one tree; `again` is a compile that finds its own output, unchanged."""

    jobs: int
    ours: list[Cost]
    floor: list[Cost]
    again: list[Cost]


def measure(command: list[str], folder: Path) -> Cost:
    start = time.perf_counter()
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryFile() as told:
        child = subprocess.Popen(command, cwd=folder, env=environment, stdout=told, stderr=told)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        if child.returncode:
            raise SystemExit(f"{shlex.join(command)} failed:\n{told.read().decode('utf-8', 'replace')[-2000:]}")
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def pair(root: Path, rounds: int, against: str) -> Series:
    """A B A B, after one round that only warms the caches."""
    jobs = sum(1 for _ in (root / "jobs").rglob("*.yaml"))
    ours, floor, again = [], [], []
    with tempfile.TemporaryDirectory(dir=root.parent) as folder:
        out = Path(folder) / "out"
        compile_it = [sys.executable, "-c", COMPILE, "jobs", "-o", str(out), "--quiet"]
        yardstick = [part.format(root=root, out=out) for part in shlex.split(against)]
        for number in range(rounds + 1):
            ours.append(measure(compile_it, root))
            again.append(measure(compile_it, root))
            shutil.rmtree(out)
            floor.append(measure(yardstick, ROOT))
            shutil.rmtree(out)
            print(f"  {jobs} jobs, round {number or 'to warm up'}: {ours[-1].wall:.2f} s, {floor[-1].wall:.2f} s",
                  file=sys.stderr)  # fmt: skip
    return Series(jobs, ours[1:], floor[1:], again[1:])


def spread(values: list[float], digits: int = 2) -> str:
    return f"{statistics.median(values):.{digits}f} ({min(values):.{digits}f}-{max(values):.{digits}f})"


def table(all_series: list[Series]) -> list[str]:
    """Every cell is the median with least and greatest; ratios are taken pair by pair."""
    rows = [["jobs", "wall s", "floor s", "wall ratio", "cpu ratio", "unchanged ratio", "peak MiB", "floor MiB"]]
    for series in all_series:
        pairs = list(zip(series.ours, series.floor, series.again, strict=True))
        rows.append([
            str(series.jobs),
            spread([cost.wall for cost in series.ours]),
            spread([cost.wall for cost in series.floor]),
            spread([a.wall / b.wall for a, b, _ in pairs]),
            spread([a.cpu / b.cpu for a, b, _ in pairs]),
            spread([c.wall / a.wall for a, _, c in pairs]),
            spread([cost.peak for cost in series.ours], 0),
            spread([cost.peak for cost in series.floor], 0),
        ])  # fmt: skip
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def growth(all_series: list[Series]) -> float | None:
    """The exponent of the CPU time between the smallest and the largest tree: 1 is linear."""
    small, large = all_series[0], all_series[-1]
    if large.jobs <= small.jobs:
        return None
    times = [statistics.median(cost.cpu for cost in series.ours) for series in (small, large)]
    return math.log(times[1] / times[0]) / math.log(large.jobs / small.jobs)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--quick", action="store_true", help="300 and 1,000 jobs, three rounds")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--tree", type=Path, action="append", default=[], help="an existing project, instead")
    parser.add_argument("--against", default=f"{shlex.quote(sys.executable)} -m benchmarks.floor {{root}} {{out}}")
    args = parser.parse_args()
    rounds = args.rounds or (3 if args.quick else 5)
    with tempfile.TemporaryDirectory(dir=MEMORY if os.access(MEMORY, os.W_OK) else None) as folder:
        trees = [Path(shutil.copytree(tree, Path(folder) / f"tree{number}")) for number, tree in enumerate(args.tree)]
        for size in () if trees else ((300, 1_000) if args.quick else (1_000, 10_000)):
            workload.make(Path(folder) / f"made{size}", size)
            trees.append(Path(folder) / f"made{size}")
        all_series = [pair(tree, rounds, args.against) for tree in trees]
        passes = shares.of(trees[-1])
    report(all_series, passes, "quick" if args.quick else "trees" if args.tree else "full")
    return 0


def report(all_series: list[Series], passes: dict[str, float], name: str) -> None:
    exponent = growth(all_series)
    print(*table(all_series), sep="\n")
    print(f"growth of CPU time: n^{exponent:.2f}" if exponent is not None else "one size: no growth to tell")
    print(f"\nshares of the passes, {all_series[-1].jobs} jobs:", *shares.table(passes), sep="\n")
    machine = {"python": platform.python_version(), "machine": platform.machine(), "cores": os.cpu_count()}
    told = {
        "machine": machine,
        "growth": exponent,
        "passes": passes,
        "series": [asdict(series) for series in all_series],
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{name}.json").write_text(json.dumps(told, indent=2) + "\n", "utf-8")


if __name__ == "__main__":
    sys.exit(main())
