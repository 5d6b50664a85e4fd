"""A run and its report: quarter-hours that add up to the energies of the run, registers inside the limits of their class, statements that
are the sum of their lines, a part of a year told as such."""
import csv
import io
import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile

from product import arguments, check, need

need("h5py")
import h5py  # noqa: E402

BINARY = sys.argv[1]


def report(*words):
    done = subprocess.run([BINARY, "report", *map(str, words)], capture_output=True, text=True)
    check(done.returncode == 0, f"report {words}: {done.stderr}")
    return done.stdout


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "run.h5"
    done = subprocess.run(arguments(path, flags=("--no-cache",)), capture_output=True, text=True)
    check(done.returncode == 0, done.stderr)
    with h5py.File(path) as f:
        quarters, energy = f["quarter_hours"], {name: float(value[()]) for name, value in f["energy"].items()}
        days = f["quarter_hours/length"][:].sum() / 86400
        check(len(quarters["time"]) == round(96 * days), "not four intervals an hour")
        site = energy["it"] + energy["ups_loss"] + energy["auxiliary"] + energy["pump"] + energy["fan"] + energy["room_cooling"] - energy["pump_outside"]
        for what, sum_j, wanted_j in (("it", quarters["it"][:].sum(), energy["it"]),
                                      ("electricity", quarters["electricity"][:].sum(), site),
                                      ("customer side", quarters["customer_side_electricity"][:].sum(), energy["pump_outside"]),
                                      ("delivered", quarters["meter_sold_truth"][-1], energy["delivered"]),
                                      ("recovered", quarters["meter_recovered_register"][-1], energy["recovered"]),
                                      ("demand", sum(quarters[f"user_{u}_demand"][:].sum() for u in ("pool", "hot_water")), energy["demand"]),
                                      ("consumed", sum(quarters[f"user_{u}_consumed"][:].sum() for u in ("pool", "hot_water")), energy["consumed"])):
            check(math.isclose(sum_j, wanted_j, rel_tol=1e-9), f"{what}: {sum_j} J in quarter-hours, {wanted_j} J in the run")
        register, truth = quarters["meter_sold_register"][:], quarters["meter_sold_truth"][:]
        check(register[-1] % 3.6e6 == 0, "the register shows parts of a kWh")
        error = register[-1] / truth[-1] - 1
        check(abs(register[-1] - truth[-1]) <= quarters["meter_sold_error_limit"][-1] + 3.6e6, "the register is beyond its limit")
        check(1e-6 < abs(error) < 0.12, f"error of the billing meter {error}")  # class 2: 5.4 % at 5 K and nominal flow
    rows = list(csv.DictReader(io.StringIO(report(path, "--csv"))))
    lines = [round(100 * float(r["value"])) for r in rows if r["section"] == "statement" and r["unit"] == "GBP" and r["name"] != "total"]
    total = [round(100 * float(r["value"])) for r in rows if r["section"] == "statement" and r["name"] == "total"]
    check(len(lines) >= 3 and [sum(lines)] == total, f"lines {lines} and total {total}")
    hourly = list(csv.DictReader(io.StringIO(report(path, "--hourly"))))
    check(len(hourly) == round(24 * days), f"{len(hourly)} lines of hours in {days} days")
    for name in ("it", "delivered", "demand", "consumed", "recovered"):
        sum_j = sum(float(line[f"{name} [J]"]) for line in hourly)
        check(math.isclose(sum_j, energy[name], rel_tol=1e-8), f"{name}: {sum_j} J in hours, {energy[name]} J in the run")
    figure = {r["name"]: r["value"] for r in rows if r["section"] == "kpi" and r["period"] == "run"}
    it = [float(line["it [J]"]) for line in hourly]
    for name in ("pue", "ere", "cue", "cue_heat_pump_inside", "curtailed_frac", "temperature_compliance_frac"):
        column = next(key for key in hourly[0] if key.startswith(name + " ["))
        weights = it if name in ("pue", "ere") or name.startswith("cue") else [1] * len(it)
        mean = sum(float(line[column]) * w for line, w in zip(hourly, weights)) / sum(weights)
        check(math.isclose(mean, float(figure[name]), rel_tol=1e-8, abs_tol=1e-12), f"{name}: {mean} of the hours, {figure[name]} of the run")
    met = next(key for key in hourly[0] if key.startswith("demand_met_frac ["))
    lacking = sum((1 - float(line[met])) * float(line["demand [J]"]) for line in hourly)
    check(math.isclose(lacking, energy["unmet"], rel_tol=1e-6, abs_tol=1e3), f"{lacking} J unmet in hours, {energy['unmet']} J in the run")
    pipe = pathlib.Path(path).parent / "pipe"
    os.mkfifo(pipe)
    taken = subprocess.run([BINARY, "report", str(path), "-o", str(pipe)], capture_output=True, text=True)
    check(taken.returncode == 2 and "would replace what stands there" in taken.stderr and pipe.is_fifo(), f"a pipe is replaced: {taken.stderr}")
    by_column = {c["name"]: c["values"] for c in json.loads(report(path, "--hourly", "--json"))["columns"]}
    check([f"{v:.10g}" for v in by_column["it"]] == [line["it [J]"] for line in hourly], "hours as JSON and CSV differ")
    told = json.loads(report(path, "--json"))
    check(len(told["figures"]) == len(rows), "JSON and CSV differ in length")
    check("no cash flow" in told["notes"][0], f"a part of a year: {told['notes']}")
    site = pathlib.Path(__file__).resolve().parents[2]
    offers = sorted((site / "configs/contracts").glob("*.yaml"))
    text = report(path, *(word for offer in offers for word in ("--contract", offer)))
    check(len(offers) >= 3 and all(str(offer) in text for offer in offers) and "side by side" in text, "offers side by side")
    refused = subprocess.run([BINARY, "report", str(site / "README.md")], capture_output=True, text=True)
    check(refused.returncode == 2 and "is no HDF5 file" in refused.stderr, refused.stderr)
print("quarter-hours, registers, statements and offers agree")
