"""The leisure centre with dry coolers of three sizes: docs/use/outage.md shows what results/reference/dry_cooler_sizes.csv holds; with `--year`, the
study gives that table."""
import csv
import subprocess
import sys

from product import ROOT, check

SHARE = "of the servers' power [%]"
TABLE = ROOT / "results" / "reference" / "dry_cooler_sizes.csv"
rows = list(csv.DictReader(TABLE.open(encoding="utf-8")))
check([row[SHARE] for row in rows] == ["100", "60", "30"], f"{TABLE.name} does not hold the three sizes")

if sys.argv[2:] == ["--year"]:
    done = subprocess.run([sys.executable, "-B", ROOT / "scripts" / "outage_table.py", sys.argv[1]], capture_output=True, text=True)
    check(done.returncode == 0, f"outage_table.py: {done.stderr}")
    for row, kept in zip(csv.DictReader(done.stdout.splitlines()), rows, strict=True):
        for column, text in row.items():
            near = {"worst coolant [degC]": 0.15, "highest utilisation [%]": 1, "tightest [1]": 0.02}.get(column)
            same = text == kept[column] if near is None else abs(float(text) - float(kept[column])) <= near + 1e-9
            check(same, f"{row['dry cooler [kW]']} kW: {column} is {text}, the table has {kept[column]}")
    print(f"{len(rows)} sizes, {rows[0]['weeks tried']} weeks each: as in {TABLE.name}")
else:
    page = (ROOT / "docs/use/outage.md").read_text(encoding="utf-8")
    for row in rows:
        shown = [line for line in page.splitlines() if line.startswith(f"| {row['dry cooler [kW]']} kW | {row[SHARE]} % |")]
        check(len(shown) == 1, f"docs/use/outage.md has {len(shown)} rows of {row['dry cooler [kW]']} kW")
        for text in (f"| {row['survive']} of {row['weeks tried']} |", f"{row['worst coolant [degC]']} degC", f"{row['highest utilisation [%]']} %",
                     f"| {row['tightest [1]']} |"):
            check(text in shown[0], f"docs/use/outage.md: `{shown[0]}` lacks `{text}` of {TABLE.name}")
    print(f"{len(rows)} sizes: the page shows {TABLE.name}")
