#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Work that may wait, held for cheap, clean or heat-hungry hours: the policies side by side on real prices and carbon.

    scripts/dispatch_table.py BINARY PRICES.csv[.gz] CARBON.csv[.gz] [--start 2023-01-08] [--days 350] [--json]

PRICES: hourly day-ahead prices, column `Price (EUR/MWh)`, times of Europe/Berlin. CARBON: hourly, UTC, column `Carbon Intensity
gCO2eq/kWh (direct)` as Electricity Maps writes it. The site is configs/sites/thermal_dispatch.yaml. Cost and carbon are worked
out here from the quarter-hours of the run files, so that they do not rest on what the scheduler believed.
"""
import argparse
import csv
import datetime
import gzip
import json
import pathlib
import subprocess
import tempfile
import zoneinfo

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[1]
CARBON_COLUMN = "Carbon Intensity gCO₂eq/kWh (direct)"
OVERLAY = """hypocaust: 1
include: ["{root}/configs/sites/thermal_dispatch.yaml"]
clock: {{start: {start}, duration: {days} d, warm_up: 7 d}}
currency: EUR
contracts: !remove
economics: !remove
carbon: !remove
series:
  day_ahead: {{file: "{prices}", column: "Price (EUR/MWh)", unit: EUR/MWh, time_zone: Europe/Berlin}}
  grid_carbon: {{file: "{carbon}", column: "{column}", unit: gCO2e/kWh, time_zone: UTC}}
cases: !replace
  first_come: {{}}
  price: {{compute: {{scheduler: {{shift: {{price: {{series: day_ahead}}, forecast: {{kind: perfect}}}}}}}}}}
  price_persistence: {{compute: {{scheduler: {{shift: {{price: {{series: day_ahead}}, forecast: {{kind: persistence}}}}}}}}}}
  carbon: {{compute: {{scheduler: {{shift: {{carbon: {{series: grid_carbon}}, carbon_price: 0.1 EUR/kgCO2e, forecast: {{kind: perfect}}}}}}}}}}
  heat: {{compute: {{scheduler: {{shift: {{heat_value: 0.04 EUR/kWh, forecast: {{kind: perfect}}}}}}}}}}
  all_three: {{compute: {{scheduler: {{shift: {{price: {{series: day_ahead}}, carbon: {{series: grid_carbon}}, carbon_price: 0.1 EUR/kgCO2e,
    heat_value: 0.04 EUR/kWh, forecast: {{kind: perfect}}}}}}}}}}
"""
CASES = ("first_come", "price", "price_persistence", "carbon", "heat", "all_three")
HEADING = ("policy", "electricity [MWh]", "cost [EUR]", "carbon [tCO2e]", "recovered heat used [MWh]", "backup [MWh]", "unmet [MWh]",
           "deadlines missed", "jobs held", "mean wait [h]")


def by_hour(path, column, zone):
    """Values by the hour since 1970, UTC."""
    opened = gzip.open(path, "rt", encoding="utf-8") if str(path).endswith(".gz") else open(path, encoding="utf-8")
    values = {}
    with opened as file:
        for row in csv.DictReader(file):
            time = datetime.datetime.fromisoformat(next(iter(row.values()))).replace(tzinfo=zone)
            hour = int(time.timestamp()) // 3600
            values[hour + 1 if hour in values else hour] = float(row[column])  # an hour shown twice
    return values


def figures(path, told, prices, carbon):
    with h5py.File(path) as file:
        table = file["quarter_hours"]
        start = datetime.datetime.fromisoformat(told["start"]).replace(tzinfo=datetime.timezone.utc).timestamp()
        hours = ((start + table["time"][()]) // 3600).astype(int)
        used_mwh = (table["electricity"][()] + table["customer_side_electricity"][()]) / 3.6e9
    energy = {name: value / 3.6e9 for name, value in told["energy_j"].items()}
    known = [(prices.get(h, prices.get(h - 1)), carbon.get(h, carbon.get(h - 1)), mwh) for h, mwh in zip(hours, used_mwh)]
    return {"electricity [MWh]": float(used_mwh.sum()), "cost [EUR]": sum(p * mwh for p, _, mwh in known),
            "carbon [tCO2e]": sum(c * mwh for _, c, mwh in known) / 1000, "recovered heat used [MWh]": energy["consumed"],
            "backup [MWh]": energy["backup"], "unmet [MWh]": energy["demand"] - energy["consumed"] - energy["backup"],
            "deadlines missed": told["jobs"]["overdue"] + told["jobs"]["late"], "jobs held": told["jobs"]["shifted"],
            "mean wait [h]": told["jobs"]["wait_mean_s"] / 3600}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("binary")
    parser.add_argument("prices", type=pathlib.Path)
    parser.add_argument("carbon", type=pathlib.Path)
    parser.add_argument("--start", default="2023-01-08")
    parser.add_argument("--days", type=int, default=350)
    parser.add_argument("--json", action="store_true")
    words = parser.parse_args()
    prices = by_hour(words.prices, "Price (EUR/MWh)", zoneinfo.ZoneInfo("Europe/Berlin"))
    carbon = by_hour(words.carbon, CARBON_COLUMN, datetime.timezone.utc)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        site = pathlib.Path(folder) / "site.yaml"
        site.write_text(OVERLAY.format(root=ROOT, start=words.start, days=words.days, prices=words.prices.resolve(), carbon=words.carbon.resolve(),
                                       column=CARBON_COLUMN), encoding="utf-8")
        for case in CASES:
            path = pathlib.Path(folder) / f"{case}.h5"
            done = subprocess.run([words.binary, "run", site, "--case", case, "--quiet", "--json", "--no-cache", "-o", path], capture_output=True,
                                  text=True)
            if done.returncode:
                raise SystemExit(done.stderr)
            rows.append({"policy": case, **figures(path, {"start": words.start, **json.loads(done.stdout)}, prices, carbon)})
    if words.json:
        print(json.dumps(rows, indent=1))
        return
    print(",".join(HEADING))
    for row in rows:
        print(",".join(f"{row[name]:.1f}" if isinstance(row[name], float) else str(row[name]) for name in HEADING))


if __name__ == "__main__":
    main()
