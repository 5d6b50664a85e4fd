"""Measured hot-water profiles of a year, played back through a series: their totals come out.   hot_water.py BINARY

DisHeatLib: a block of flats, W/m2 each quarter of an hour. IDEAS: a household of four, l/min each quarter of an hour; drawn at 45 degC
from cold water of 10 degC. Without losses, demand is what is drawn; and the exchanger with its top-up meets it all.
"""
import gzip
import json
import pathlib
import subprocess
import sys
import tempfile

import row

SITE = """
hypocaust: 1
clock: {{start: 2025-01-01, duration: {rows} h, step: 60 min, warm_up: 0 d}}
weather: {{type: constant, outdoor: 10 degC}}
series:
  taps: {{file: taps.csv, column: value, unit: {unit}, start: 2025-01-01}}
heat_users:
  taps: {{type: hot_water, system: instantaneous, hygiene: none, {key}: {{series: taps}}, cold_water: 10 degC, nominal_power: 100 kW, top_up: {{kind: gas}}}}
"""


def played(binary, folder, rows, key, unit):
    (folder / "taps.csv").write_text("seconds,value\n" + "".join(f"{900 * k},{value}\n" for k, value in enumerate(rows)))
    (folder / "site.yaml").write_text(SITE.format(rows=len(rows) // 4, key=key, unit=unit))
    done = subprocess.run([binary, "run", "site.yaml", "--json", "--quiet"], cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode:
        sys.exit("FAILED:\n" + done.stderr)
    return json.loads(done.stdout)["heat_users"]["taps"]


for name, key, unit in (("disheatlib_DHWprofile_MFH_measured", "draw_power", "kW"), ("ideas_DHW_1year_2adults_2children", "draw", "l/min")):
    path = row.data(f"demand/{name}.txt.gz")
    pairs = [line.replace(",", " ").split() for line in gzip.open(path, "rt") if line[:1].isdigit()]
    rows = [float(value) for _, value in pairs]
    rows = rows[:len(rows) // 4 * 4]
    with tempfile.TemporaryDirectory() as folder:
        user = played(pathlib.Path(row.BINARY).resolve(), pathlib.Path(folder), rows, key, unit)
    # 992.2 kg/m3 and 4,178.6 J/(kg K) of water at 40 degC (IAPWS-IF97; the program is within 1e-4 of it), warmed by 35 K.
    wanted_j = sum(rows) * 900 * (1e3 if key == "draw_power" else 992.2 * 4178.6 * 35 / 60e3)
    row.at_most(f"demand/{name}", "total of the year", 1e-7 if key == "draw_power" else 0.02, abs(user["demand_j"] / wanted_j - 1) * 100, "%")
    row.at_most(f"demand/{name}", "not given", 1e-7, abs((user["consumed_j"] + user["backup_j"]) / user["demand_j"] - 1) * 100, "%")
row.finish()
