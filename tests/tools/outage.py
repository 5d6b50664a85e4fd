#!/usr/bin/env python3
"""`hypocaust outage`: a branch is bit for bit the stretch of a full run with the same outage; an outage without length is the base
year; a study killed at random and resumed gives the same table; what must be refused is refused."""
import csv
import json
import math
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import h5py

binary = pathlib.Path(sys.argv[1]).resolve()
site = pathlib.Path(__file__).resolve().parents[2] / "configs/sites/leisure_centre.yaml"
DAYS, STEPS_A_DAY = 28, 1440
short = ["--set", f"clock.duration={DAYS} d", "--quiet"]


def run(*arguments, code=0):
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, timeout=600)
    assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def outage(folder, *arguments, code=0):
    return run("outage", site, *short, "-o", folder, *arguments, code=code)


def same_bits(whole, branch, day):
    """Every series of the branch file against the same stretch of the whole year's file."""
    compared = 0
    with h5py.File(whole) as year, h5py.File(branch) as part:
        steps = part["time"].shape[0]
        names = []
        part.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
        for name in names:
            if name.endswith("time") or part[name].ndim == 0 or part[name].shape[0] != steps:
                continue
            stretch = year[name][day * STEPS_A_DAY : day * STEPS_A_DAY + steps]
            assert stretch.tobytes() == part[name][()].tobytes(), f"{name} differs in {branch}"
            compared += 1
    assert compared > 40, compared


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    # Ten starts: in the branch, and as a dated fault of a whole run.
    starts = [f"2025-01-{day + 1:02d}" for day in range(1, 11)]
    outage(folder / "ten", "--what", "pool", "--duration", "2d", "--recovery", "2d", "--record", "--start", ",".join(starts))
    for number, start in enumerate(starts):
        if number not in (0, 4, 9):  # three whole runs are enough to tell; every branch was made the same way
            continue
        scenario = folder / f"dated_{number}.yaml"
        scenario.write_text(f"hypocaust: 1\ninclude: [{site}]\nfaults:\n"
                            f"  off: {{component: pool, kind: interface_off, at: {start}, lasts: 2 d}}\n")
        run("run", scenario, *short, "-o", folder / "dated.h5")
        same_bits(folder / "dated.h5", folder / "ten" / f"branch_{number:04d}.h5", number + 1)

    # No outage at all: the base year, to the bit.
    run("run", site, *short, "-o", folder / "base.h5")
    outage(folder / "none", "--what", "cooler", "--duration", "0h", "--recovery", "3d", "--record", "--start", "2025-01-05,2025-01-20")
    told = json.loads(outage(folder / "none", "--what", "cooler", "--duration", "0h", "--recovery", "3d", "--record", "--start",
                             "2025-01-05,2025-01-20", "--json", "--resume").stdout)
    costs = ("lost_sales", "shortfall", "other_contract", "electricity", "compute_not_sold", "buyers_backup_fuel", "operator_pays",
             "buyer_pays", "operator_emits", "buyer_emits")
    assert all(branch[cost] == 0 for branch in told["branches"] for cost in costs[:5]), "an outage without length changes a bill"
    assert all(abs(branch[cost]) < 1e-9 for branch in told["branches"] for cost in costs), "an outage without length costs something"
    same_bits(folder / "base.h5", folder / "none" / "branch_0000.h5", 4)
    same_bits(folder / "base.h5", folder / "none" / "branch_0001.h5", 19)

    # What the outage costs by contract is the difference of two bills: of the year, and of a whole run with the dated fault.
    def bill(*arguments):
        run("run", *arguments, *short, "-o", folder / "bill.h5")
        rows = csv.DictReader(run("report", folder / "bill.h5", "--csv").stdout.splitlines())
        return sum(float(row["value"]) for row in rows if row["section"] == "statement" and row["name"] == "total")

    late_off = folder / "late_off.yaml"
    late_off.write_text(f"hypocaust: 1\ninclude: [{site}]\nfaults:\n  off: {{component: pool, kind: interface_off, at: 2025-01-23, lasts: 3 d}}\n")
    told = json.loads(outage(folder / "priced", "--what", "pool", "--duration", "3d", "--recovery", "3d", "--start", "2025-01-23", "--json").stdout)
    price = told["branches"][0]
    by_contract = price["lost_sales"] - price["take_or_pay"] + price["shortfall"] + price["other_contract"]
    assert price["lost_sales"] > 1 and abs(by_contract - (bill(site) - bill(late_off))) < 0.005, (by_contract, price)
    assert price["buyers_backup_fuel"] > 0 and price["buyer_emits"] > 0 and price["compute_not_sold"] == 0, price
    owed = by_contract + price["electricity"] + price["compute_not_sold"]
    assert abs(price["operator_pays"] - owed) < 1e-6 and abs(price["buyer_pays"] - (price["buyers_backup_fuel"] - by_contract)) < 1e-6, price

    # Four corners at the tightest start; each is what the same study says when it is asked for that corner alone.
    corner = {(c["corner"].split(",")[0], "heat" in c["corner"]): c for c in told["corners"]}
    assert len(corner) == 4 and corner["IT as scheduled", False]["tightness"] == price["tightness"], told["corners"]
    full, hot = corner["IT at 100 %", False], corner["IT as scheduled", True]
    assert full["tightness"] < price["tightness"] and hot["dump_utilisation"] > price["dump_utilisation"], told["corners"]
    alone = json.loads(outage(folder / "hot", "--what", "pool", "--duration", "3d", "--recovery", "3d", "--start", "2025-01-23", "--json",
                              "--weather", "heatwave", "--it-load", "100%", "--no-corners").stdout)
    both = corner["IT at 100 %", True]
    assert alone["corners"] == [] and alone["branches"][0]["tightness"] == both["tightness"], (alone, both)
    assert both["spell_extreme"] > 10, both

    # The dry cooler at a tenth cannot carry the load when nobody takes heat: told, with exit 3 only when asked for.
    small = ["--set", "plant.components.cooler.nominal_power=16 kW", "--what", "pool", "--what", "hot_water", "--start", "2025-01-08"]
    told = json.loads(outage(folder / "small", *small, "--json").stdout)
    assert told["verdicts"]["FAILS"] == 1, told["headline"]
    assert told["branches"][0]["over_limit"] > told["branches"][0]["over_limit_base_year"], told
    outage(folder / "small", *small, "--fail-on", "fails", code=3)
    assert "<svg" in (folder / "small" / "outage.svg").read_text()

    # A lost room unit is no matter of coolant: the room's air passes its limit.
    told = json.loads(outage(folder / "room", "--what", "room", "--duration", "1d", "--recovery", "1d", "--start", "2025-01-08", "--json").stdout)
    branch = told["branches"][0]
    assert branch["verdict"] == "FAILS" and branch["air_worst"] > branch["air_limit"] == 35 and branch["tightness"] < 0, told
    assert branch["coolant_worst"] < branch["coolant_limit"] and ", air " in told["headline"], told

    # The servers' room is too warm in this run with or without it: a lost rack pump fails all the same, by its coolant.
    told = json.loads(outage(folder / "pump", "--what", "rack_pump", "--duration", "1d", "--recovery", "1d", "--start", "2025-01-08", "--no-corners",
                             "--set", "cooling.room.nominal_power=45 kW", "--json").stdout)
    branch = told["branches"][0]
    assert branch["verdict"] == "FAILS" and branch["limits_broken_in_the_base_year_too"] and branch["coolant_worst"] > 100, branch

    # Each alone: every part that can stop, and the sensor of every controller.
    told = json.loads(outage(folder / "alone", "--n-1", "all", "--duration", "1h", "--recovery", "1h", "--start", "2025-01-02", "--no-corners", "--json").stdout)
    out = {branch["what"] for branch in told["branches"]}
    assert {"rack_pump", "room", "cooler", "pool", "coolant_guard", "rack_inlet"} <= out and "tank" not in out and "rack_vessel" not in out, out

    # The weeks that want most heat, found by the study: those that stand highest in a table of all.
    weeks = ["--what", "pool", "--duration", "1d", "--recovery", "1d", "--json"]
    every = json.loads(outage(folder / "every", *weeks, "--no-corners").stdout)["branches"]
    worst = json.loads(outage(folder / "worst", *weeks, "--start", "worst:2").stdout)
    with h5py.File(folder / "base.h5") as year:
        wanted = sum(year[f"quarter_hours/user_{user}_demand"][:] for user in ("pool", "hot_water"))
    by_week = sorted(range(4), key=lambda k: -wanted[k * 672:(k + 1) * 672].sum())[:2]
    assert [b for b in worst["branches"]] == [every[k] for k in sorted(by_week)] and len(worst["corners"]) == 4, (by_week, worst["headline"])
    again = outage(folder / "worst", *weeks, "--start", "worst:2", "--resume").stdout
    assert json.loads(again)["branches"] == worst["branches"] and json.loads(again)["corners"] == worst["corners"]

    # Killed on the way, then resumed: the same table.
    arguments = ["--what", "pool", "--duration", "3d,7d", "--recovery", "7d", "--start", "every:2d"]
    late = ["--set", f"clock.duration={DAYS + 14} d", "--quiet"]
    whole = run("outage", site, *late, "-o", folder / "whole", *arguments, "--csv").stdout
    study = subprocess.Popen([binary, "outage", site, *late, "-o", folder / "killed", *arguments, "--csv"], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not list((folder / "killed").glob("branch_*.json")) and study.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    study.send_signal(signal.SIGKILL)
    study.communicate()
    resumed = run("outage", site, *late, "-o", folder / "killed", *arguments, "--csv", "--resume").stdout
    assert resumed == whole, "a resumed study differs"
    assert run("outage", site, *late, "-o", folder / "killed", *arguments, "--csv", "--resume").stdout == whole

    # A buyer alone, without anything to hold or to store: judged, and told what of.
    school = site.parents[1] / "archetypes/school.yaml"
    lone = ["outage", school, "--set", "clock.duration=4 d", "--what", "school", "--duration", "1d", "--recovery", "1h", "--quiet"]
    told = run(*lone, "--start", "2025-01-02", "-o", folder / "lone").stdout
    assert told.startswith("SURVIVES 1 of 1") and "neither coolant limit nor dump plant" in told, told

    # No room for the records: no verdict, no lost study, and room made it goes on.
    full = ["outage", site, *short, "--what", "cooler", "--duration", "1d", "--recovery", "9d", "--start", "2025-01-05", "--record"]
    done = subprocess.run(["bash", "-c", 'ulimit -f 2500; exec "$@"', "bash", binary, *full, "-o", folder / "full"], capture_output=True, text=True)
    assert done.returncode == 2 and "NO RESULT 1 of 1" in done.stdout and "make room" in done.stderr, done.stdout + done.stderr
    assert not list((folder / "full").glob("*.partial")), "what was not finished is left on the full disk"
    mended = run(*full, "-o", folder / "full", "--resume").stdout
    assert " 1 of 1 " in mended and "NO RESULT" not in mended and (folder / "full/branch_0000.h5").exists(), mended

    # A supply that fails befalls the whole site. Without a battery the hosts lose their power, and their jobs begin again: no week survives
    # that. With one that lasts they work on; an alarm shuts them down in order, and jobs that may be paused lose nothing.
    hours = ["--duration", "2h", "--recovery", "2d", "--start", "2025-01-08", "--no-corners", "--json"]
    cut = json.loads(outage(folder / "cut", "--kind", "grid_outage", *hours).stdout)["branches"][0]
    assert cut["verdict"] == "FAILS" and cut["power_cuts"] == 1 and cut["hosts_down"] >= 120, cut
    assert cut["more_jobs_lost"] > 0 and cut["jobs_delayed"] > 0 and cut["longest_job_delay"] > 1, cut
    assert cut["what"] == "grid_outage" and cut["throttled"] == 0, cut
    text = outage(folder / "cut", "--kind", "grid_outage", *hours[:-1]).stdout
    assert "hosts down " in text and "without having shut down first" in text and "begun again" in text, text
    paused = folder / "paused.yaml"
    paused.write_text(f"hypocaust: 1\ninclude: [{site}]\npower: {{failure: {{shut_down: 5 min}}, ups: {{battery: {{capacity: 600 kWh, recharge: 20 kW}}}}}}\n"
                      "compute: {classes: {any: {pause: true}}, work: {training: {class: any}}}\n")
    held = json.loads(run("outage", paused, *short, "-o", folder / "held", "--kind", "grid_outage", *hours).stdout)["branches"][0]
    assert held["hosts_down"] == held["jobs_delayed"] == held["more_jobs_lost"] == held["power_cuts"] == 0, held
    alarm = json.loads(run("outage", paused, *short, "-o", folder / "alarm", "--kind", "fire_alarm", *hours).stdout)["branches"][0]
    assert alarm["verdict"] == "DEGRADED" and alarm["power_cuts"] == alarm["more_jobs_lost"] == 0, alarm
    assert alarm["hosts_down"] >= 120 and alarm["jobs_delayed"] > 0, alarm

    # The field network is down: no controller reads anything, valves and fans open towards cooling, and compute does not notice.
    blind = json.loads(outage(folder / "blind", "--kind", "link_down", "--duration", "1d", "--recovery", "1d", "--start", "2025-01-08", "--no-corners",
                              "--json", "--record").stdout)["branches"][0]
    assert blind["verdict"] == "SURVIVES" and blind["jobs_delayed"] == 0, blind
    with h5py.File(folder / "blind/branch_0000.h5") as branch:
        table, names = branch["controllers"], [name.decode() for name in branch["controllers/controller"][()]]
        assert all(math.isnan(reading) for reading in table["reading"][700]) and not any(math.isnan(reading) for reading in table["reading"][2000])
        outputs = dict(zip(names, table["output"][700]))
        assert outputs["rack_inlet"] == outputs["roof_flow"] == outputs["roof_fans"] == 1 and outputs["centre_supply"] < 0.2, outputs

    # Refused, with the remedy.
    def refused(text, *arguments):
        done = outage(folder / "refused", *arguments, code=2)
        assert text in done.stderr and done.stdout == "", done.stderr

    refused("did you mean `cooler`?", "--what", "coolr")
    refused("nothing is out of order", "--start", "2025-01-08")
    refused("is no time", "--what", "pool", "--duration", "7 bananas")
    refused("is outside the simulated time", "--what", "pool", "--start", "2026-01-08")
    refused("longer than the simulated time", "--what", "pool", "--duration", "30d")
    refused("is no heat user", "--what", "cooler", "--kind", "interface_off")
    refused("it answers to out_of_order", "--what", "rack_pump", "--kind", "degraded", "--remaining", "50")
    refused("is none of", "--what", "pool", "--kind", "vanished")
    refused("must name a controller", "--what", "pool", "--kind", "sensor_dead")
    refused("does not happen to the sensor", "--what", "coolant_guard", "--kind", "out_of_order")
    refused("no part answers to kind vanished", "--n-1", "all", "--kind", "vanished")
    refused("is not one of the 4 whole weeks", "--what", "pool", "--start", "worst:5")
    refused("stands beside other starts", "--what", "pool", "--start", "worst:2,2025-01-08")
    refused("befalls the whole site", "--what", "pool", "--kind", "fire_alarm")
    refused("has one sensor", "--what", "rack_inlet.store")
    refused("is given twice", "--what", "pool", "--what", "pool")
    done = outage(folder / "none", "--what", "pool", code=2)
    assert "holds another outage study" in done.stderr, done.stderr
    refused("is not on a full hour", "--what", "pool", "--start", "2025-01-08T06:30")
    done = run("outage", site, *late, "-o", folder / "killed", "--what", "hot_water", "--resume", code=2)
    assert "has changed since this study began" in done.stderr, done.stderr
print("outage: as a whole run, as the base year, killed and resumed, refused")
