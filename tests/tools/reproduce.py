"""The table of published cases against the one kept: no verdict changes in silence.   reproduce.py BINARY"""
import csv
import io
import pathlib
import subprocess
import sys

KEPT = pathlib.Path(__file__).resolve().parents[2] / "results/reference/case_studies.csv"
done = subprocess.run([sys.argv[1], "reproduce", "--all", "--csv"], capture_output=True, text=True)
assert done.returncode == 0, done.stderr
print(done.stdout)


def verdicts(text):
    return {(row["case"], row["column"], row["quantity"]): row["verdict"] for row in csv.DictReader(io.StringIO(text))}


now, kept = verdicts(done.stdout), verdicts(KEPT.read_text())
changed = [f"{key}: {kept.get(key)} before, {now.get(key)} now" for key in sorted(now.keys() | kept.keys()) if now.get(key) != kept.get(key)]
assert len(now) > 20, "the table is nearly empty"
assert not changed, "\n".join(changed)
