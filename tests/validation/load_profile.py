"""A year of a standard load profile, hour by hour, against the published tables worked out here.   load_profile.py BINARY

Tables of the validation data: sigmoid, weekday and hour factors of BDEW as kept by oemof demandlib. Temperatures are those of the run.
"""
import csv
import datetime
import gzip
import pathlib
import subprocess
import sys
import tempfile

import row

SITE = """
hypocaust: 1
clock: {{start: 2025-01-01, duration: 365 d, step: 60 min, warm_up: 0 d}}
site: {{time_zone: UTC, latitude: 51.5 deg, longitude: 0 deg}}
weather: {{type: synthetic, climate: frankfurt}}
heat_users:
  user: {{type: standard_load_profile, customer: {customer}, {keys}annual_heat: 100 MWh/yr, hour_factors: {hours}, supply: 60 degC, return: 40 degC}}
"""
factors = row.data("demand/bdew_shlp_sigmoid_factors.csv")
weekdays = row.data("demand/bdew_shlp_weekday_factors.csv")
hours = row.data("demand/bdew_shlp_hour_factors.csv.gz")


def expected(customer, house_class, windy, outdoor_c):
    curve = next(r for r in csv.DictReader(open(factors)) if (r["shlp_type"], r["building_class"], r["wind_impact"]) == (customer, house_class, windy))
    a, b, c, d = (float(curve["parameter_" + k]) for k in "abcd")
    week = [float(r["wochentagsfaktor"]) for r in csv.DictReader(open(weekdays)) if r["shlp_type"] == customer]
    shares = {}
    for r in csv.DictReader(gzip.open(hours, "rt")):
        if (r["shlp_type"], r["building_class"]) == (customer, house_class):
            for day in range(7) if r["weekday"] == "0" else [int(r["weekday"]) - 1]:
                shares[day, int(r["hour_of_day"]) - 1] = [float(r[f"temp_intervall_{k:02}"]) for k in range(1, 11)]
    daily_c = [sum(outdoor_c[24 * k:24 * k + 24]) / 24 for k in range(365)]
    wanted = []
    for day in range(365):
        theta_c = sum(daily_c[day - n] * 0.5**n for n in range(4)) / 1.875
        weekday = (datetime.date(2025, 1, 1) + datetime.timedelta(day)).weekday()
        band = min(9, max(0, -int((-15 - theta_c) // 5)))
        heat = (a / (1 + (b / (theta_c - 40))**c) + d) * week[weekday]
        total = sum(shares[weekday, hour][band] for hour in range(24))
        wanted += [heat * shares[weekday, hour][band] / total for hour in range(24)]
    return [100e6 * w / sum(wanted) for w in wanted]  # W


for customer, house_class, windy in (("EFH", "1", "1"), ("MFH", "4", "0"), ("GHA", "0", "0")):
    keys = "" if house_class == "0" else f"building_class: {house_class}, " + ("windy: true, " if windy == "1" else "")
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "site.yaml").write_text(SITE.format(customer=customer.lower(), keys=keys, hours=hours))
        command = [sys.argv[1], "run", "site.yaml", "--quiet", "--no-cache", "-o", "run.h5", "--channels-csv", "run.csv"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300)
        if done.returncode:
            sys.exit("FAILED:\n" + done.stderr)
        rows = list(csv.DictReader(open(folder / "run.csv")))
    column = next(k for k in rows[0] if k.startswith("heat_users.demand"))
    air = next(k for k in rows[0] if k.startswith("weather.outdoor_temperature"))
    found, wanted = [float(r[column]) for r in rows], expected(customer, house_class, windy, [float(r[air]) for r in rows])
    row.at_most(f"load profile {customer}", "heat of a year", 1e-5, abs(sum(found) / sum(wanted) - 1), "1")
    row.at_most(f"load profile {customer}", "largest difference of an hour over the peak", 1e-3, max(abs(f - w) for f, w in zip(found, wanted)) / max(wanted), "1")
row.finish()
