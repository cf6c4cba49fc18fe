"""The command `python -m benchmarks`: run, compare, table, plot, check, generate and two trials."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from allocator.terms import PRESETS
from benchmarks import compare, generate, plot, reliability, table
from benchmarks.checkers import CHECKERS
from benchmarks.engines import ENGINES
from benchmarks.families import read_instance
from benchmarks.instance import BadInstance
from benchmarks.late_change import late_change
from benchmarks.record import read_records
from benchmarks.run import run
from benchmarks.sets import VARIABLE, paths_of, sampled
from solver.settings import Settings


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the command line asks; 0 if all went well, 1 if something failed, 2 if misused."""
    asked = _parser().parse_args(arguments)
    try:
        done: int = asked.do(asked)
    except (BadInstance, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    return done


def _run(asked: argparse.Namespace) -> int:
    paths = paths_of(asked.instances_or_sets, asked.instances, asked.status, asked.subset)
    chosen = sampled(paths, asked.sample, asked.seed[0])
    failures = 0
    with asked.out.open("w", encoding="utf-8") as out:
        records = run(
            chosen,
            engine=asked.engine,
            seconds=asked.seconds,
            workers=asked.workers,
            seeds=asked.seed,
            solutions=asked.solutions,
            out=out,
        )
        for number, record in enumerate(records, 1):
            bad = record.outcome == "error" or record.check not in ("ok", "")
            failures += bad
            gap = "" if record.gap is None else f"  gap {record.gap:.2%}"
            best = "" if record.known_best is None else f"  best known {record.known_best}"
            said = (record.error or record.check) if bad else ""
            print(
                f"{number}/{len(chosen) * len(asked.seed)} {record.instance} seed {record.seed}: "
                f"{record.outcome} {record.objective} bound {record.bound}{gap}{best}  "
                f"{record.seconds:.1f} s  {said}",
                flush=True,
            )
    return 1 if failures else 0


def _compare(asked: argparse.Namespace) -> int:
    found = compare.changes(read_records([asked.before]), read_records([asked.after]))
    for line in compare.lines(found):
        print(line)
    return 0


def _table(asked: argparse.Namespace) -> int:
    for line in table.lines(read_records(asked.results)):
        print(line)
    return 0


def _plot(asked: argparse.Namespace) -> int:
    records = read_records(asked.results)
    chosen = [r for r in records if asked.instance in (None, r.instance)]
    asked.out.write_text(plot.svg(chosen), encoding="utf-8")
    return 0


def _check(asked: argparse.Namespace) -> int:
    family = read_instance(asked.instance).family
    if family not in CHECKERS:
        raise BadInstance(f"{asked.instance}: check plans of a rollout with `allocator check`.")
    text = asked.instance.read_text(encoding="utf-8", errors="replace")
    solution = json.loads(asked.solution.read_text(encoding="utf-8"))
    faults = CHECKERS[family](text, solution)
    print("\n".join(faults) or f"ok, {solution.get('workers', solution['makespan'])}")
    return 1 if faults else 0


def _generate(asked: argparse.Namespace) -> int:
    generate.write(asked.size, asked.seed, asked.out)
    return 0


def _late_change(asked: argparse.Namespace) -> int:
    settings = Settings(asked.seconds, asked.workers, asked.seed)
    print(late_change(asked.document, settings, asked.publish_seconds).line())
    return 0


def _reliability(asked: argparse.Namespace) -> int:
    asked.keep.mkdir(parents=True, exist_ok=True)
    found: list[reliability.Trial] = []
    running: Iterator[reliability.Trial]
    if asked.files:
        running = (
            reliability.plan(path, preset, asked.seconds[-1], asked.workers, seed, asked.keep)
            for seed, path in enumerate(asked.files, asked.first)
            for preset in asked.preset
        )
    else:
        numbers = range(asked.first, asked.first + asked.documents)
        running = reliability.trials(numbers, asked.size, asked.seconds, asked.workers, asked.keep)
    with (asked.keep / "trials.jsonl").open("a", encoding="utf-8") as out:
        for trial in running:
            found.append(trial)
            out.write(reliability.line(trial) + "\n")
            out.flush()
            print(
                f"{trial.name} {trial.preset}: {trial.outcome} gap {trial.gap} "
                f"{trial.wall:.1f} s of {trial.asked:.1f} s, defects {trial.defects}, "
                f"violations {trial.violations} {trial.said}",
                flush=True,
            )
    print(*reliability.lines(found), sep="\n")
    return 0 if all(trial.good for trial in found) else 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    commands = parser.add_subparsers(required=True)
    runs = commands.add_parser("run", help="solve instances and write a line of results for each")
    runs.add_argument("instances_or_sets", nargs="+", metavar="FILE_OR_SET")
    runs.add_argument("--instances", type=Path, help=f"folder of the families (or {VARIABLE})")
    runs.add_argument("--status", help="only instances of this status in best_known.csv")
    runs.add_argument("--subset", help="only instances of this subset in best_known.csv")
    runs.add_argument("--sample", type=int, help="a random sample of so many, by the first seed")
    runs.add_argument("--seconds", type=float, default=60.0)
    runs.add_argument("--workers", type=int, default=2)
    runs.add_argument("--seed", type=int, nargs="+", default=[1])
    runs.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    runs.add_argument("--out", type=Path, required=True, help="file for the lines of results")
    runs.add_argument("--solutions", type=Path, help="folder for a solution file per instance")
    runs.set_defaults(do=_run)
    compares = commands.add_parser("compare", help="what got better and worse, over seeds")
    compares.add_argument("before", type=Path)
    compares.add_argument("after", type=Path)
    compares.set_defaults(do=_compare)
    tables = commands.add_parser("table", help="gaps, new bests and proved optima, by set")
    tables.add_argument("results", type=Path, nargs="+")
    tables.set_defaults(do=_table)
    plots = commands.add_parser("plot", help="objective and bound over time, as SVG")
    plots.add_argument("results", type=Path, nargs="+")
    plots.add_argument("--instance", help="only runs of this instance")
    plots.add_argument("--out", type=Path, required=True)
    plots.set_defaults(do=_plot)
    checks = commands.add_parser("check", help="check a solution file of a public instance")
    checks.add_argument("instance", type=Path)
    checks.add_argument("solution", type=Path)
    checks.set_defaults(do=_check)
    makes = commands.add_parser("generate", help="write a rollout document of a size")
    makes.add_argument("--size", choices=generate.SIZES, required=True)
    makes.add_argument("--seed", type=int, default=1)
    makes.add_argument("--out", type=Path, required=True, help="*.yaml or *.json")
    makes.set_defaults(do=_generate)
    lates = commands.add_parser("late-change", help="publish a plan, and repair it when one is ill")
    lates.add_argument("document", type=Path, help="a rollout with classes")
    lates.add_argument("--seconds", type=float, default=10.0)
    lates.add_argument("--publish-seconds", type=float, default=30.0)
    lates.add_argument("--workers", type=int, default=2)
    lates.add_argument("--seed", type=int, default=1)
    lates.set_defaults(do=_late_change)
    reliables = commands.add_parser(
        "reliability", help="plan generated rollouts: plans handed out, defects, violations, time"
    )
    reliables.add_argument("files", nargs="*", type=Path, help="rollouts to plan instead")
    reliables.add_argument("--documents", type=int, default=20, help="how many are generated")
    reliables.add_argument("--first", type=int, default=1, help="the first number (seed)")
    reliables.add_argument("--size", choices=generate.SIZES, nargs="+", default=["S", "M"])
    reliables.add_argument("--preset", choices=PRESETS, nargs="+", default=[PRESETS[0]])
    reliables.add_argument("--seconds", type=float, nargs=2, default=[5.0, 20.0])
    reliables.add_argument("--workers", type=int, default=2)
    reliables.add_argument("--keep", type=Path, required=True, help="folder for all that is made")
    reliables.set_defaults(do=_reliability)
    return parser


if __name__ == "__main__":
    sys.exit(main())
