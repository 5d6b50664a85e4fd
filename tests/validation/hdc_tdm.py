"""HDC-TDM, a published model of a 1 MW air-cooled hall: its equations on its own outdoor temperatures, and our plant on the same.   hdc_tdm.py BINARY

Equations: Petrovic et al., Energy 2020, doi 10.1016/j.energy.2020.116928, appendix A, and the model's repository (github.com/olejandro/dc-eh). W, m3/s, degC.
"""
import csv
import datetime
import json
import subprocess
import tempfile

import row

RHO_CP = 1.2 * 1005.0  # J/(m3 K)
SUPPLY_C, RISE_K, BYPASS, PINCH_K, EVAPORATOR_C, FAN, EXHAUST_C = 20.0, 15.0, 0.1, 3.0, 20.0, 0.75, 32.0
LARGEST_M3_S = 1e6 / (RHO_CP * RISE_K) / (1 - BYPASS)
PROFILE = [.53, .50, .49, .49, .49, .53, .58, .58, .63] + 12 * [.68] + [.63, .58, .53]


def fan_w(drop_pa, share):
    return LARGEST_M3_S * drop_pa / FAN * share ** 2.5


def hall(load, outdoor_c):
    """Cooling power, heat at the evaporator, whether the economiser cools and the chiller's part of the power, of 1 MW at this load."""
    free = outdoor_c < SUPPLY_C - PINCH_K
    share = load  # of the largest air flow
    air_w_k = LARGEST_M3_S * share * RHO_CP
    handler_w, economiser_w = fan_w(700, share), fan_w(400, share) if free else 0.0
    inlet_c = SUPPLY_C + (1 - FAN) * handler_w / air_w_k
    back_c = (1 - BYPASS) * (inlet_c + RISE_K) + BYPASS * inlet_c + (1 - FAN) * economiser_w / air_w_k
    taken_w = air_w_k * (back_c - SUPPLY_C)
    if free:
        exhaust_c = back_c - PINCH_K
        outdoor_m3_s = taken_w / RHO_CP / (exhaust_c - outdoor_c)
        blower_w, chiller_w = fan_w(350, outdoor_m3_s / LARGEST_M3_S), 0.0
        exhaust_c += (1 - FAN) * blower_w / (outdoor_m3_s * RHO_CP)
    else:
        cop = 1.08201e-5 * outdoor_c ** 3 - 8.05206e-4 * outdoor_c ** 2 - 0.0622451 * outdoor_c + 5.82023
        chiller_w, blower_w, outdoor_m3_s = taken_w / cop, 0.0, LARGEST_M3_S
        exhaust_c = outdoor_c + (taken_w + chiller_w) / (outdoor_m3_s * RHO_CP)
    heat_w = max(0.0, outdoor_m3_s * RHO_CP * (exhaust_c - EVAPORATOR_C))
    return handler_w + economiser_w + blower_w + chiller_w, heat_w, free, chiller_w


def regulated_heat_w(load, outdoor_c):
    """What our plant is built to be: no chiller, the servers' heat alone, and just the outdoor air that leaves at 32 degC, at most the largest flow."""
    server_w = 1e6 * load
    air_w_k = min(server_w / (EXHAUST_C - outdoor_c), LARGEST_M3_S * RHO_CP)
    return server_w + air_w_k * (outdoor_c - EVAPORATOR_C)


def compare(quantity, value, reference, limit):
    off = value / reference - 1
    row.row("HDC-TDM", quantity, f"{limit:.1%}", f"{off:+.2%}", abs(off) <= limit)


OUTDOOR = row.data("case_hdc_tdm") / "outdoor_temperature.csv"
for outdoor_c, load, cooling, heat in [(0, .68, .03580, .23993), (10, .68, .03824, .35643), (16.9, .68, .04508, .53626), (17, .68, .17144, .61283),
                                       (25, .68, .19628, 1.23026), (10, .49, .01685, .25456)]:
    got_cooling_w, got_heat_w, *_ = hall(load, outdoor_c)
    compare(f"cooling at {outdoor_c} degC and {load:.0%}", got_cooling_w / 1e6, cooling, 1e-3)
    compare(f"heat at {outdoor_c} degC and {load:.0%}", got_heat_w / 1e6, heat, 1e-3)

temperatures_c = [float(line["t_outdoor"]) for line in csv.DictReader(OUTDOOR.open())]
hours = [(PROFILE[k % 24], *hall(PROFILE[k % 24], temperatures_c[k])) for k in range(8760)]
compare("cooling of the year", sum(one[1] for one in hours) / 1e6, 564.245, 0.01)
compare("heat of the year", sum(one[2] for one in hours) / 1e6, 3779.64, 0.01)
compare("heat of the year capped at the servers'", sum(min(one[2], 1e6 * one[0]) for one in hours) / 1e6, 3372.9, 0.01)
compare("of which its chiller's electricity", sum(one[4] for one in hours) / 1e6, 329.26, 0.01)
compare("hours of free cooling", sum(one[3] for one in hours), 6579, 1e-9)

with tempfile.TemporaryDirectory() as place:
    site = f"{place}/site.yaml"
    with open(site, "w") as text:
        text.write(f"hypocaust: 1\ninclude: [{row.ROOT}/configs/case_studies/sites/hdc_tdm_1mw.yaml]\n"
                   f"weather: !replace {{type: csv, file: outdoor.csv, rows_are: hour_after}}\n")
    with open(f"{place}/outdoor.csv", "w") as text:
        begin = datetime.datetime(2025, 1, 1)
        text.write("time,outdoor\n" + "".join(f"{begin + datetime.timedelta(hours=k):%Y-%m-%d %H:%M:%S},{one}\n" for k, one in enumerate(temperatures_c)))
    done = subprocess.run([row.BINARY, "run", site, "--json", "--quiet", "--no-cache", "-o", f"{place}/run.h5"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    energy = {name: value / 3.6e9 for name, value in json.loads(done.stdout)["energy_j"].items()}
compare("the plant: IT", energy["it"], 5372.8, 1e-3)
compare("the plant: heat less what warm air brought", energy["consumed"] - energy["ambient_gain"], 3372.9, 0.01)
regulated_w = [regulated_heat_w(PROFILE[k % 24], temperatures_c[k]) for k in range(8760)]
compare("the plant: heat, to the equations without the chiller", energy["consumed"], sum(regulated_w) / 1e6, 0.01)
row.finish()
