"""Each archetype of a heat user runs alone, closes and lacks nothing; with `--year`, a year gives the row of results/reference/archetypes.csv."""
import csv
import os
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, check, need, run

FOLDER = ROOT / "configs" / "archetypes"
TABLE = ROOT / "results" / "reference" / "archetypes.csv"
SCRIPT = ROOT / "scripts" / "archetype_table.py"

rows = {row["archetype"]: row for row in csv.DictReader(TABLE.open(encoding="utf-8"))}
files = sorted(path.stem for path in FOLDER.glob("*.yaml"))
check(files == sorted(rows), f"{TABLE.name} lists {sorted(rows)}, the folder holds {files}")

if sys.argv[2:] == ["--year"]:
    need("numpy", "h5py")
    done = subprocess.run([sys.executable, "-B", SCRIPT], capture_output=True, text=True, env=dict(os.environ, HYPOCAUST_BINARY=sys.argv[1]))
    check(done.returncode == 0, f"{SCRIPT.name}: {done.stderr}")
    told = list(csv.DictReader(done.stdout.splitlines()))
    check([row["archetype"] for row in told] == files, f"{SCRIPT.name} printed {done.stdout}")
    for row in told:
        name, kept = row["archetype"], rows[row["archetype"]]
        for column, text in row.items():
            same = text == kept[column] if column in ("archetype", "size", "unit", "published_from", "published_to") or not text else \
                abs(float(text) - float(kept[column])) <= max(1e-3 * abs(float(kept[column])), 1e-3)
            check(same, f"{name}: {column} is {text}, the table has {kept[column]}")
        if row["published_from"]:
            check(float(row["published_from"]) <= float(row["kwh_per_unit"]) <= float(row["published_to"]),
                  f"{name}: {row['kwh_per_unit']} kWh/{row['unit']} is outside {row['published_from']} to {row['published_to']}")
            head = f"# reaches: {row['kwh_per_unit']} kWh/{row['unit']} and {row['peak_w_per_unit']} W/{row['unit']}"
            check(head in (FOLDER / (name + ".yaml")).read_text(encoding="utf-8"), f"{name}.yaml does not say \"{head}\"")
    print(f"{len(rows)} archetypes, a year each: as in {TABLE.name}")
else:
    with tempfile.TemporaryDirectory() as folder:
        for name in files:
            told = run(pathlib.Path(folder) / "run.h5", days=2, warm_up=2, site=FOLDER / (name + ".yaml"))
            check(told["heat_users"], f"{name} has no heat user")
            for user, figures in told["heat_users"].items():
                check(figures["demand_j"] > 0, f"{name}: {user} wants nothing in January")
                check(figures["unmet_j"] <= 1e-9 * figures["demand_j"] and figures["minutes_short"] == 0, f"{name}: {user} lacks heat: {figures}")
            balance = told["balance"]
            check(balance["worst_step_frac"] < 1e-8 and balance["year_frac"] < 1e-9, f"{name} does not close: {balance}")
    print(f"{len(files)} archetypes: two days each, closed and warm")
