#!/usr/bin/env python3
"""Runs `hypocaust sweep --dry-run` on bad studies: exit 2, the place, what is wrong and what to do."""
import pathlib
import subprocess
import sys
import tempfile
import time

SITE = pathlib.Path(__file__).resolve().parents[2] / "configs" / "sites" / "leisure_centre.yaml"
TANK = "tank: {key: plant.components.tank.volume, values: [5 m3, 10 m3]}"
GRID = "design: {type: grid}"
RANGE = "tank: {key: plant.components.tank.volume, from: 5 m3, to: 10 m3"

# name -> (axes, rest of the study, what stderr must hold)
CASES = {
    "unknown key": ("tank: {key: plant.components.tank.volum, values: [5 m3]}", GRID, ["study.yaml:3:", "axes.tank.key", "did you mean `volume`?"]),
    "unknown component": ("tank: {key: plant.components.tonk.volume, values: [5 m3]}", GRID, ["axes.tank.key", "did you mean `tank`?"]),
    "a record": ("tank: {key: plant.components.tank, values: [5 m3]}", GRID, ["is no single value; name a key inside it"]),
    "a map": ("tank: {key: plant.components, values: [5 m3]}", GRID, ["is no single value; name a key inside it"]),
    "wrong unit": ("tank: {key: plant.components.tank.volume, values: [5 m3, 10 kW]}", GRID, ["study.yaml:3:", "axes.tank.values.1", "10 kW", "m3"]),
    "no unit": ("tank: {key: plant.components.tank.volume, values: [5]}", GRID, ["axes.tank.values.0", "m3"]),
    "out of range": ("tank: {key: plant.components.tank.volume, values: [-5 m3]}", GRID, ["-5 m3 is out of range"]),
    "wrong unit of an end": ("tank: {key: plant.components.tank.volume, from: 5 m3, to: 10 kW, count: 3}", GRID, ["axes.tank.to", "10 kW"]),
    "ends exchanged": ("tank: {key: plant.components.tank.volume, from: 10 m3, to: 5 m3, count: 3}", GRID, ["is not above 10 m3; exchange them"]),
    "twice": ("tank: {key: plant.components.tank.volume, values: [5 m3, 5 m3]}", GRID, ["5 m3 stands there twice; remove one"]),
    "neither": ("tank: {key: plant.components.tank.volume}", GRID, ["has neither `values` nor `from` and `to`"]),
    "both": (RANGE + ", values: [5 m3]}", GRID, ["stand beside a range (which of them holds?)"]),
    "no count": (RANGE + "}", GRID, ["axes.tank", "has no `count`"]),
    "logarithm of nothing": ("p: {key: weather.climate, from: 1, to: 2, count: 2}", GRID, ["axes.p"]),
    "same key twice": (TANK + ", b: {key: plant.components.tank.volume, values: [7 m3]}", GRID, ["is varied by `b` already", "remove one"]),
    "fixed key": ("d: {key: clock.duration, values: [10 d]}", GRID, ["is the same for every point of a study"]),
    "output": ("d: {key: output.every, values: [600 s]}", GRID, ["belongs to run files"]),
    "normal without mean": ("tank: {key: plant.components.tank.volume, from: 1 m3, to: 2 m3, distribution: normal}", GRID, ["normal needs `mean` and `standard_deviation`"]),
    "unequal group": ("a: {key: plant.components.tank.volume, values: [5 m3, 6 m3], group: g}, b: {key: plant.components.cooler.nominal_power, values: [160 kW], group: g}", GRID, ["they move together"]),
    "unknown design": (TANK, "design: {type: gird}", ["did you mean `grid`?"]),
    "unknown study key": (TANK, GRID + "\nreplication: 3", ["did you mean `replications`?"]),
    "no axes": ("", GRID, ["is empty (nothing is varied)"]),
    "kpi": (TANK, GRID + "\nkeep: [kpi.puo]", ["study.yaml:5:", "`kpi.puo` matches no figure"]),
    "channel": (TANK, GRID + "\nhourly: {record: [plant.nothing]}", ["hourly.record.0", "matches no channel"]),
    "constraint on nothing": (TANK, GRID + "\nconstraints: {c: {axis: tonk, at_most: 5 m3}}", ["there is no axis `tonk`"]),
    "constraint of another unit": (TANK, GRID + "\nconstraints: {c: {axis: tank, at_most: 5 kW}}", ["constraints.c.at_most", "5 kW"]),
    "all dropped": (TANK, GRID + "\nconstraints: {c: {axis: tank, at_most: 1 m3}}", ["drop all 2 points; widen them or the axes"]),
    "constraint on trajectories": (RANGE + "}", "design: {type: morris, trajectories: 4}\nconstraints: {c: {axis: tank, at_most: 6 m3}}", ["do not go with this design"]),
    "two million": (RANGE + ", count: 2000000}", GRID, ["the study has 2000000 points, more than a million; --yes"]),
    "astronomically many": (", ".join(f"a{k}: {{key: {key}, from: 1 {unit}, to: 2 {unit}, count: 1000000}}" for k, (key, unit) in enumerate(
        [("plant.components.tank.volume", "m3"), ("plant.components.cooler.nominal_power", "MW"), ("plant.components.riser.length", "m")])), GRID,
        ["the study has 1e+18 points", "sample with latin_hypercube or sobol"]),
    "no table": (TANK, "design: {type: csv, file: points.csv}", ["points.csv"]),
}


def main():
    binary, failed = str(pathlib.Path(sys.argv[1]).resolve()), 0
    for name, (axes, rest, wanted) in CASES.items():
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "study.yaml").write_text(f"hypocaust: 1\nbase: {SITE}\naxes: {{{axes}}}\n{rest}\n")
            started = time.monotonic()
            done = subprocess.run([binary, "sweep", "study.yaml", "--dry-run"], cwd=folder, capture_output=True, text=True, timeout=60)
            good = done.returncode == 2 and done.stdout == "" and all(text in done.stderr for text in wanted) and "error: " in done.stderr
            good = good and sorted(path.name for path in pathlib.Path(folder).iterdir()) == ["study.yaml"]
            failed += not good
            print(f"{'ok  ' if good else 'FAIL'} {name}" + ("" if good else f"\nexit {done.returncode}, {time.monotonic() - started:.1f} s, wanted {wanted}\n{done.stdout}{done.stderr}"))
    print(f"{len(CASES)} bad studies, {failed} without the expected message")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
