#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The leisure centre with dry coolers of several sizes, its buyer off for a week in every fourth week of the year: what survives.

    scripts/outage_table.py [BINARY] [--every 4w] [--jobs 2]

Prints a table (CSV): a row a size. docs/use/outage.md shows it.
"""
import argparse
import csv
import io
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
IT_KW = 150
SHARES = (100, 60, 30)
HEADING = ("dry cooler [kW]", "of the servers' power [%]", "weeks tried", "survive", "fail", "failing weeks begin", "worst coolant [degC]", "in the week of",
           "highest utilisation [%]", "tightest [1]")


def row(binary, share, every, jobs, folder):
    power_kw = IT_KW * share / 100
    command = [binary, "outage", ROOT / "configs/sites/leisure_centre.yaml", "--what", "pool", "--what", "hot_water", "--start", f"every:{every}", "--no-corners",
               "--set", f"plant.components.cooler.nominal_power={power_kw:g} kW", "--csv", "--quiet", "--jobs", str(jobs), "-o", folder / str(share)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    branches = list(csv.DictReader(done.stdout.splitlines()))
    worst = max(branches, key=lambda b: float(b["coolant_worst [degC]"]))
    failing = [b["start_utc"][:10] for b in branches if b["verdict"] == "FAILS"]
    return {"dry cooler [kW]": f"{power_kw:g}", "of the servers' power [%]": share, "weeks tried": len(branches),
            "survive": sum(b["verdict"] == "SURVIVES" for b in branches), "fail": len(failing), "failing weeks begin": " ".join(failing),
            "worst coolant [degC]": f"{float(worst['coolant_worst [degC]']):.1f}", "in the week of": worst["start_utc"][:10],
            "highest utilisation [%]": f"{100 * max(float(b['dump_utilisation']) for b in branches):.0f}",
            "tightest [1]": f"{min(float(b['tightness']) for b in branches):.2f}"}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary", nargs="?", default=ROOT / "build/release/hypocaust")
    parser.add_argument("--every", default="4w")
    parser.add_argument("--jobs", type=int, default=2)
    words = parser.parse_args()
    out = io.StringIO()
    table = csv.DictWriter(out, HEADING, lineterminator="\n")
    table.writeheader()
    with tempfile.TemporaryDirectory() as folder:
        for share in SHARES:
            table.writerow(row(words.binary, share, words.every, words.jobs, pathlib.Path(folder)))
    sys.stdout.write(out.getvalue())


if __name__ == "__main__":
    main()
