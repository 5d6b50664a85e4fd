"""What the validation scripts share: the data's folder, one row of the table of figures, runs of the program, skipping by name."""
import json
import os
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = sys.argv[1]
missed = []


def data(name):
    """The folder `name` of the validation data; without it the test is skipped (77). A variable that names no folder fails."""
    given = os.environ.get("HYPOCAUST_VALIDATION_DATA")
    folder = pathlib.Path(given or ROOT / ".." / "shared" / "validation")
    if given and not folder.is_dir():
        sys.exit(f"FAILED: HYPOCAUST_VALIDATION_DATA names no folder: {folder}")
    if not (folder / name).exists():
        print(f"SKIPPED: {pathlib.Path(sys.argv[0]).stem} needs {name} of the validation data")
        sys.exit(77)
    return folder / name


def row(of, quantity, limit, reached, holds):
    """One line of the table that scripts/validation_table.sh gathers."""
    print(f"validation,{of},{quantity},{limit},{reached}", flush=True)
    if not holds:
        missed.append(f"{of}: {quantity} is {reached}, limit {limit}")


def at_most(of, quantity, limit, reached, unit):
    row(of, quantity, f"{limit:g} {unit}", f"{reached:.2g} {unit}", reached <= limit)


def explained(of, quantity, limit, reached, unit):
    """As at_most, for what docs/methods/validation.md explains: a miss is told as one and does not fail."""
    row(of, quantity, f"{limit:g} {unit}" + ("" if reached <= limit else " (missed: docs/methods/validation.md)"), f"{reached:.2g} {unit}", True)


def steady(path):
    done = subprocess.run([BINARY, "run", str(path), "--steady", "--json", "--quiet"], capture_output=True, text=True, timeout=300)
    if done.returncode != 0:
        sys.exit(f"FAILED: exit {done.returncode} of run {path} --steady\n{done.stderr}")
    return json.loads(done.stdout)


def finish():
    if missed:
        sys.exit("FAILED:\n" + "\n".join(missed))
