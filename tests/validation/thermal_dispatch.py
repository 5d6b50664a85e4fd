"""Four weeks of work that may wait, on real prices and carbon: each policy gains what it is for.   thermal_dispatch.py BINARY"""
import json
import subprocess
import sys

import row

SCRIPT = row.ROOT / "scripts" / "dispatch_table.py"
done = subprocess.run([sys.executable, "-B", SCRIPT, sys.argv[1], row.data("price_carbon/DE-LU_electricity_prices_2023_EUR_local.csv.gz"),
                       row.data("price_carbon/DE-LU_carbon_2023_hourly.csv.gz"), "--start", "2023-03-05", "--days", "28", "--json"],
                      capture_output=True, text=True, timeout=600)
if done.returncode:
    sys.exit("FAILED:\n" + done.stderr)
rows = {one["policy"]: one for one in json.loads(done.stdout)}
plain = rows.pop("first_come")


def per_mwh(one, what):
    return one[what] / one["electricity [MWh]"]


gains = {"price": 1 - per_mwh(rows["price"], "cost [EUR]") / per_mwh(plain, "cost [EUR]"),
         "carbon": 1 - per_mwh(rows["carbon"], "carbon [tCO2e]") / per_mwh(plain, "carbon [tCO2e]"),
         "heat": rows["heat"]["recovered heat used [MWh]"] / plain["recovered heat used [MWh]"] - 1}
for name, gain in gains.items():
    row.row("price_carbon", f"shift by {name}: gain on first come, first served", "above 0 %", f"{100 * gain:.2f} %", gain > 0)
for name, one in rows.items():
    same = abs(one["electricity [MWh]"] / plain["electricity [MWh]"] - 1)
    row.row("price_carbon", f"shift by {name}: electricity as without", "2 %", f"{100 * same:.2f} %", same < 0.02 and one["jobs held"] > 0 == plain["jobs held"])
row.finish()
