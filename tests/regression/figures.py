"""Figures of thirty days of the leisure centre against the committed table, within 1e-9 relative.

    python3 tests/regression/figures.py build/release/hypocaust            compare
    python3 tests/regression/figures.py build/release/hypocaust --update   write the table anew

When the table may change: docs/develop/testing.md."""
import json
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))
from product import check, run  # noqa: E402

TABLE = pathlib.Path(__file__).with_name("leisure_centre.json")
RELATIVE = 1e-9
GROUPS = ("energy_j", "kpi", "operation", "jobs")
COST = {"mean_hydraulic_iterations"}  # tells what the solver took, not what the site did

with tempfile.TemporaryDirectory() as folder:
    told = run(pathlib.Path(folder) / "run.h5", days=30, warm_up=14)
found = {group: {key: value for key, value in told[group].items() if key not in COST} for group in GROUPS}
found["steps"] = told["steps"]

if "--update" in sys.argv[2:]:
    TABLE.write_text(json.dumps(found, indent=2) + "\n")
    sys.exit(print(f"wrote {TABLE.relative_to(ROOT)}"))

expected = json.loads(TABLE.read_text())
floor = {"energy_j": expected["energy_j"]["it"]}  # a flow that is nearly nothing is compared with the IT energy
wrong, worst = [], 0.0
check(found["steps"] == expected["steps"], f"{found['steps']} steps, {expected['steps']} in the table")
for group in GROUPS:
    for key in expected[group].keys() | found[group].keys():
        new, old = found[group].get(key, "missing"), expected[group].get(key, "missing")
        if isinstance(new, (int, float)) and isinstance(old, (int, float)):
            off = abs(new - old) / max(abs(old), RELATIVE * floor.get(group, 0.0), 1e-300) if new != old else 0.0
            worst = max(worst, off)
            if off <= RELATIVE:
                continue
        elif new == old:
            continue
        wrong.append(f"  {group}.{key}: {new}, in the table {old}")
check(not wrong, "figures left the table (when it may change: docs/develop/testing.md):\n" + "\n".join(sorted(wrong)))
print(f"{sum(len(expected[group]) for group in GROUPS)} figures, largest relative difference {worst:.1e}")
