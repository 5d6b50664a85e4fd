"""`hypocaust sensitivity`: each design gives the method made for it, and what it says agrees with the points themselves."""
import csv
import json
import pathlib
import subprocess
import sys
import tempfile

from product import SITE, check

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
AXES = """  tank:     {key: plant.components.tank.volume, from: 2 m3, to: 50 m3, count: 3}
  lighting: {key: power.loads.lighting, from: 0 kW, to: 20 kW, count: 3}
"""

with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    (here / "base.yaml").write_text(f'hypocaust: 1\ninclude: ["{SITE}"]\nclock: {{duration: 1 d, warm_up: 0 d}}\n')

    def call(*words, code=0):
        done = subprocess.run([BINARY, *words], cwd=here, capture_output=True, text=True, timeout=600)
        check(done.returncode == code, f"exit {done.returncode}: {words}\n{done.stdout}{done.stderr}")
        return done.stdout if code == 0 else done.stderr

    def study(name, design, more=""):
        (here / f"{name}.yaml").write_text(f"hypocaust: 1\nbase: base.yaml\naxes:\n{AXES}design: {design}\nkeep: [kpi.pue, energy.auxiliary]\n{more}")
        return f"{name}.yaml"

    def told(file, figure):
        call("sweep", file, "--quiet")
        answer = json.loads(call("sensitivity", file, "--json", "--figure", figure))
        return answer, {row["axis"]: row for row in answer["rows"]}

    # The energy of named loads is a line in the lighting alone: every method must say so.
    answer, rows = told(study("saltelli", "{type: saltelli, base_points: 16}"), "energy.auxiliary")
    check(answer["method"] == "Sobol indices" and answer["combinations"] == 64, answer)
    check(abs(rows["lighting"]["total"] - 1) < 0.35 and rows["tank"]["total"] == 0 and rows["tank"]["first"] == 0, answer)
    answer, rows = told(study("morris", "{type: morris, trajectories: 4}"), "energy.auxiliary")
    check(answer["method"] == "elementary effects", answer)
    check(abs(rows["lighting"]["mean"] / (20e3 * 86400) - 1) < 1e-9 and rows["tank"]["mean_absolute"] == 0, answer)
    answer, rows = told(study("tornado", "{type: one_at_a_time}"), "energy.auxiliary")
    check(answer["method"] == "tornado" and abs(rows["lighting"]["swing"] / (20e3 * 86400) - 1) < 1e-9 and rows["tank"]["swing"] == 0, answer)
    answer, rows = told(study("grid", "{type: grid}", "constraints: {small: {axis: tank, at_most: 45 m3}}\n"), "energy.auxiliary")
    check(answer["method"] == "regression" and abs(rows["lighting"]["standardised_coefficient"] - 1) < 1e-9, answer)
    check(answer["combinations"] == 6, "a constraint drops a third of the grid")

    best = list(csv.DictReader(call("sensitivity", "grid.yaml", "--best", "kpi.pue", "--csv").splitlines()))
    with open(here / "results" / "grid" / "points.csv", newline="") as file:
        points = {row["id"]: float(row["kpi.pue [1]"]) for row in csv.DictReader(file)}
    check([float(row["kpi.pue"]) for row in best] == sorted(points.values()), "--best is not in order")
    middle = sorted(points.values())[3]
    bound = list(csv.DictReader(call("sensitivity", "grid.yaml", "--best", "kpi.pue", "--csv", "--where", f"kpi.pue>={middle!r}").splitlines()))
    check([float(row["kpi.pue"]) for row in bound] == sorted(points.values())[3:], "--where does not hold")
    check("did you mean `kpi.pue`?" in call("sensitivity", "grid.yaml", "--best", "kpi.puo", code=2), "a wrong figure")
    check("no study was begun there" in call("sensitivity", "grid.yaml", "-o", "nowhere", code=2), "a study that was not begun")
    check("is not figure>=number" in call("sensitivity", "grid.yaml", "--best", "kpi.pue", "--where", "kpi.pue", code=2), "a condition without bound")
    keys = json.loads(call("schema", "--study"))
    check({"base", "axes", "design", "include"} <= set(keys["properties"]) and "latin_hypercube" in keys["$defs"], "schema --study")
    check("latin_hypercube" in call("schema", "--study", "--reference"), "schema --study --reference")
print("sensitivity agrees with the points")
