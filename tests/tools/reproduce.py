"""The table of published cases against the one kept: no verdict changes in silence.   reproduce.py BINARY [--write]"""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
KEPT = ROOT / "results/reference/case_studies.csv"
BINARY = str(pathlib.Path(sys.argv[1]).resolve())


def run(*words, code=0):
    done = subprocess.run([BINARY, "reproduce", *map(str, words)], capture_output=True, text=True)
    assert done.returncode == code, f"{words}: exit {done.returncode}\n{done.stderr}"
    return done.stdout if code == 0 else done.stderr


def verdicts(rows):
    return {(row["case"], row["column"], row["quantity"]): row["verdict"] for row in rows}


if "--write" in sys.argv:
    KEPT.write_text(run("--all", "--csv"))
rows = json.loads(run("--all", "--json"))["comparisons"]
for row in rows:
    print(*(row[key] for key in ("case", "column", "quantity", "published", "simulated", "unit", "difference", "tolerance", "verdict")), sep=", ")
now, kept = verdicts(rows), verdicts(csv.DictReader(KEPT.open()))
changed = [f"{key}: {kept.get(key)} before, {now.get(key)} now" for key in sorted(now.keys() | kept.keys()) if now.get(key) != kept.get(key)]
assert len(now) > 60, "the table is nearly empty"
assert not changed, "\n".join(changed)
unexplained = [row for row in rows if row["verdict"] == "missed" and not row["because"]]
assert not unexplained, f"missed without a reason: {unexplained}"

with tempfile.TemporaryDirectory() as place:
    folder = pathlib.Path(place)
    site = ROOT / "configs/case_studies/sites/seed_150kw.yaml"
    short = '"clock.duration=1 d", "clock.warm_up=1 d"'

    def case(text):
        (folder / "case.yaml").write_text(f"hypocaust: 1\nruns: {{day: {{site: {site}, set: [{short}]}}}}\n{text}\n")
        return folder / "case.yaml"

    # what is assumed is listed, other values for it are run, run files stay where the user wants them
    found = json.loads(run(case("swept: {lights: {run: day, key: power.loads.all_but_cooling, values: [0 kW, 50 kW]}}\n"
                                "published: {it: {of: day.energy.it, unit: MWh, value: 3.6, because: full load},\n"
                                "  pue: {of: day.kpi.pue, value: 1.3, tolerance: 1 %}}"), "--sweep", "--keep", folder / "kept", "--json"))
    assert [one["verdict"] for one in found["comparisons"]] == ["met", "met"], found
    swept = {(one["column"], one["quantity"]): one for one in found["swept"]}
    assert swept["lights = 0 kW", "it"]["verdict"] == "met" and swept["lights = 0 kW", "pue"]["verdict"] == "missed", swept
    lower, higher = (swept[f"lights = {power} kW", "pue"]["simulated"] for power in (0, 50))
    assert abs(higher - lower - 50 * (1 + 1 / 6) / 150) < 0.002, (lower, higher)  # 50 kW of 150, and what cools them at a COP of 6
    assert {"case": "case", "run": "day", "path": "weather.climate", "value": "london"} in found["assumed"], found["assumed"]
    assert sorted(one.name for one in (folder / "kept").glob("*.h5")) == ["case.day.h5", "case.day.lights_1.h5", "case.day.lights_2.h5"]
    # a missed figure is no error of the program: the table says so, the exit code does not
    assert run(case("published: {it: {of: day.energy.it, unit: MWh, value: 3.6}}"), "--csv").splitlines()[1] == "case,runs,it,3.6,3.6,MWh,0,1e-06,met"
    assert "missed | too much is claimed" in run(case("published: {it: {of: day.energy.it, unit: MWh, value: 5, because: too much is claimed}}"))
    # a twin without the buyer: what cooling then draws more
    twin = f"{{site: {site}, set: [{short}, heat_users.centre.connection.max_flow=0.001 m3/h]}}"
    (folder / "case.yaml").write_text(f"hypocaust: 1\nruns: {{day: {{site: {site}, set: [{short}], without_reuse: alone}}, alone: {twin}}}\n"
                                      "published: {saved: {of: day.carbon.avoided_cooling, unit: kgCO2e, low: 0.1, high: 20}}\n")
    saved = json.loads(run(folder / "case.yaml", "--json"))["comparisons"][0]
    assert saved["verdict"] == "met", saved
    # the user's mistakes
    for text, said in [("published: {it: {of: day.energy.itt, value: 1}}", "did you mean `day.energy.it`?"),
                       ("published: {it: {of: day.energy.it, unit: kW, value: 1}}", "has not the dimension of"),
                       ("published: {it: {value: 1}}", "published.it.of: is missing"),
                       ("swept: {a: {run: day, key: compute.work.none.load, values: [1]}}", "--set"),
                       ("swept: {a: {run: night, key: clock.step, values: [1]}}", "night")]:
        assert said in run(case(text), "--sweep", code=2), f"{text}: {run(case(text), '--sweep', code=2)}"
    (folder / "case.yaml").write_text("hypocaust: 1\nruns: {day: {site: none.yaml}}\n")
    assert "none.yaml" in run(folder / "case.yaml", code=2)
    assert not list(folder.glob("hypocaust_reproduce_*"))
