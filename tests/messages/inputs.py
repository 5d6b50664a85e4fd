#!/usr/bin/env python3
"""Bad files, bad options and sites with parts left out: exit code and a piece of the message for each.

Weather files and job logs are made here, good ones first (they must pass, or the bad ones would prove nothing), then spoiled.
`inputs.py BINARY`; with --print every message is shown.
"""
import datetime
import gzip
import os
import pathlib
import subprocess
import sys
import tempfile

SITE = pathlib.Path(__file__).resolve().parents[2] / "configs" / "sites" / "leisure_centre.yaml"
SHORT = "hypocaust: 1\nclock: {start: 2025-01-01, duration: 6 h, warm_up: 0 s}\n"
CONSTANT = "weather: {type: constant, outdoor: 10 degC}\n"
HOSTS = "compute:\n  hosts: {gpu: {count: 4, cores: 8, server: {idle_power: 100 W, peak_power: 500 W}}}\n"
ROOM = "cooling: {room: {type: room_unit, hosts: gpu, nominal_cop: 4, nominal_power: 5 kW}}\n"
EPW_SITE = SHORT + "weather: {type: epw, file: w.epw}\n"
SWF_SITE = SHORT + CONSTANT + HOSTS + "  work: {log: {type: swf, hosts: gpu, file: jobs.swf}}\n" + ROOM
CSV_SITE = ("hypocaust: 1\nclock: {start: 2025-01-01, duration: 6 d, warm_up: 0 s}\nsite: {latitude: 51 deg, longitude: 0 deg}\n"
            "weather: {type: csv, file: w.csv, time_zone: Europe/Berlin, outdoor: t}\n")
POWER_SITE = SHORT + CONSTANT + HOSTS + "  work: {trace: {type: power_csv, hosts: gpu, file: p.csv, column: watts}}\n" + ROOM
TABLE_SITE = SHORT + CONSTANT + HOSTS + """  work:
    table:
      type: job_csv
      hosts: gpu
      file: t.csv
      columns: {id: {name: id}, submit: {name: at, unit: s}, run: {name: ran, unit: s}, cores: {name: cores}, deadline: {name: due, unit: s}}
""" + ROOM
LOOP = """plant:
  circuits: {a: {fluid: water, initial: 35 degC}}
  components:
    push: {type: pump, from: a.x, to: a.y, nominal_flow: 10 m3/h, nominal_head: 1 bar}
    line: {type: pipe, from: a.y, to: a.x, length: 20 m, nominal_flow: 10 m3/h}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l, precharge: 1 bar}
"""
EXCHANGE_SITE = SHORT + CONSTANT + """currency: GBP
series:
  euro: {file: eur.csv, column: x, unit: GBP}
  price: {file: price.csv, column: x, unit: EUR/kWh}
economics: {exchange_rates: {EUR: {series: euro}}, electricity_price: {series: price}, discount_rate: 5 %, years: 10}
""" + LOOP
USER = """heat_users:
  pool: {type: degree_hours, base_temperature: 18 degC, power_per_kelvin: 2.2 kW/K, supply: 31 degC, return: 28 degC, backup: {efficiency: 90 %}}
"""


def epw(leap=False):
    head = ["LOCATION,Testville,-,XXX,made,000000,51.5,-0.1,0.0,25.0", "DESIGN CONDITIONS,0", "TYPICAL/EXTREME PERIODS,0", "GROUND TEMPERATURES,0",
            "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,", "COMMENTS 2,", "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31"]
    rest = "0,0,300,0,0,0,0,0,0,0,180,3.0,5,5,20,77777,9,999999999,10,0.1,0,88,0,0,0"
    days = [31, 29 if leap else 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    rows = [f"2019,{m + 1},{d + 1},{h},0,?,10.5,5.0,70,101000,{rest}" for m in range(12) for d in range(days[m]) for h in range(1, 25)]
    return head + rows


def local_year(skip=(), double=()):
    """A year of hours as a clock on the wall shows them, without those in `skip`, twice those in `double`."""
    rows = ["time,t"]
    for hour in range(8760):
        row = f"{datetime.datetime(2025, 1, 1) + datetime.timedelta(hours=hour):%Y-%m-%dT%H:%M},{5 + hour % 7}"
        rows += [row] * (0 if hour in skip else 2 if hour in double else 1)
    return rows


SPRING, AUTUMN = ((datetime.datetime(2025, *day) - datetime.datetime(2025, 1, 1)).days * 24 + 2 for day in ((3, 30), (10, 26)))


def swf(jobs=20):
    return ["; Version: 2.2", "; MaxProcs: 32"] + [f"{k + 1} {k * 60} 0 300 4 -1 -1 4 600 -1 1 1 1 1 1 -1 -1 -1" for k in range(jobs)]


def text(lines):
    return "".join(line + "\n" for line in lines).encode()


def edited(lines, at, new):
    return lines[:at] + [new] + lines[at + 1:]


def files():
    good, log = epw(), swf()
    row, job = 8 + 100, 2 + 10
    power = ["seconds,watts"] + [f"{k * 60},{100 + k}" for k in range(400)]
    for verb in ("validate", "run"):
        yield f"{verb} epw", verb, EPW_SITE, {"w.epw": text(good)}, 0, ""
        yield f"{verb} epw, leap year", verb, EPW_SITE, {"w.epw": text(epw(leap=True))}, 0, ""
        yield f"{verb} epw, .gz", verb, EPW_SITE, {"w.epw": gzip.compress(text(good))}, 0, ""
        yield f"{verb} epw missing", verb, EPW_SITE, {}, 2, "climate.onebuilding.org"
        yield f"{verb} swf", verb, SWF_SITE, {"jobs.swf": text(log)}, 0, ""
        yield f"{verb} swf, .gz", verb, SWF_SITE, {"jobs.swf": gzip.compress(text(log))}, 0, ""
        yield f"{verb} swf missing", verb, SWF_SITE, {}, 2, "https://www.cs.huji.ac.il/labs/parallel/workload"
        yield f"{verb} swf cut in mid-line", verb, SWF_SITE, {"jobs.swf": text(log)[:-30]}, 2, ["jobs.swf:22:", "the file ends in mid-line"]
        yield f"{verb} power", verb, POWER_SITE, {"p.csv": text(power)}, 0, ""
        yield f"{verb} power missing", verb, POWER_SITE, {}, 2, "p.csv: error: "
    bad = {
        "cut in mid-line": (text(good)[:-60], "w.epw:8768: error: ", "cut off"),
        "cut after a number of rows": (text(good[:5000]), "w.epw:5000: error: 4992 rows", "cut off"),
        "only the header": (text(good[:8]), "w.epw:8: error: 0 rows"),
        "empty": (b"", "w.epw: error: the file is empty"),
        "wrong column count": (text(edited(good, row, good[row] + ",1")), f"w.epw:{row + 1}: error: 36 fields"),
        "unsorted": (text(edited(edited(good, row, good[row + 1]), row + 1, good[row])), f"w.epw:{row + 1}:", "out of order"),
        "a row twice": (text(good[:row] + [good[row]] + good[row:]), f"w.epw:{row + 2}:"),
        "a row too many": (text(good + [good[-1]]), "w.epw:8769: error: "),
        "no number": (text(edited(good, row, good[row].replace("10.5", "ten"))), f"w.epw:{row + 1}:", "`ten`"),
        "nan": (text(edited(good, row, good[row].replace("10.5", "nan"))), f"w.epw:{row + 1}:", "nan"),
        "out of range": (text(edited(good, row, good[row].replace("10.5", "-273"))), f"w.epw:{row + 1}:", "-273"),
        "no LOCATION": (text(good[1:]), "w.epw:1:1: error: "),
        "latitude of 400": (text(edited(good, 0, good[0].replace("51.5", "400"))), "w.epw:1:", "latitude"),
        "damaged .gz": (gzip.compress(text(good))[:2000] + b"\0" * 50 + gzip.compress(text(good))[2050:], "w.epw: error: ", "damaged"),
        "cut .gz": (gzip.compress(text(good))[:-2000], "w.epw: error: ", "damaged"),
        "binary": (bytes(range(256)) * 40, "w.epw:"),
        "wholly missing temperature": (text([line.replace(",10.5,", ",99.9,") for line in good]), "w.epw: error: ", "8760 of 8760"),
    }
    for name, (data, *wanted) in bad.items():
        yield f"epw {name}", "validate", EPW_SITE, {"w.epw": data}, 2, wanted
    bad = {
        "17 columns": (text(edited(log, job, log[job].rsplit(" ", 1)[0])), f"jobs.swf:{job + 1}:1: error: 17 columns"),
        "a word": (text(edited(log, job, log[job].replace(" 300 ", " long "))), f"jobs.swf:{job + 1}:", "`long`"),
        "nan": (text(edited(log, job, log[job].replace(" 300 ", " nan "))), f"jobs.swf:{job + 1}:", "`nan`"),
        "1e400": (text(edited(log, job, log[job].replace(" 300 ", " 1e400 "))), f"jobs.swf:{job + 1}:", "`1e400`"),
        "1e30 seconds": (text(edited(log, job, log[job].replace(" 300 ", " 1e30 "))), f"jobs.swf:{job + 1}:", "`1e30`"),
        "negative submission": (text(edited(log, 2, log[2].replace("1 0 ", "1 -7 ", 1))), "jobs.swf:3:", "submit time -7"),
        "only a header": (text(log[:2]), "jobs.swf: error: not a single job"),
        "empty": (b"", "jobs.swf: error: "),
        "damaged .gz": (gzip.compress(text(swf(9000)))[:1000] + b"\0" * 50 + gzip.compress(text(swf(9000)))[1050:], "jobs.swf: error: ", "damaged"),
        "cut .gz": (gzip.compress(text(swf(9000)))[:-300], "jobs.swf: error: ", "damaged"),
        "binary": (bytes(range(256)) * 40, "jobs.swf:"),
    }
    for name, (data, *wanted) in bad.items():
        yield f"swf {name}", "validate", SWF_SITE, {"jobs.swf": data}, 2, wanted
    yield "swf, absurd times", "run", SWF_SITE, {"jobs.swf": text(edited(log, job, log[job].replace(" 300 4 ", " 1e14 1e14 ")))}, 0, ""
    table = ["id,at,ran,cores,due"] + [f"j{k},{60 * k},300,4,{60 * k + 3600}" for k in range(20)]
    yield "job table", "run", TABLE_SITE, {"t.csv": text(table)}, 0, ""
    bad = {
        "negative submission": (edited(table, 9, "j8,-7,300,4,9999"), "t.csv:10:4: error: ", "`-7`"),
        "negative run time": (edited(table, 9, "j8,480,-300,4,9999"), "t.csv:10:8: error: ", "`-300`"),
        "an id twice": (edited(table, 9, table[8]), "t.csv:10:1: error: ", "`j7`"),
        "a deadline before the submission": (edited(table, 9, "j8,480,300,4,479"), "t.csv:10:14: error: `479` is a deadline before the submission"),
        "a column missing": (edited(table, 0, "id,at,rann,cores,due"), "t.csv:1: error: there is no column `ran`", "did you mean"),
    }
    for name, (lines, *wanted) in bad.items():
        yield f"job table with {name}", "validate", TABLE_SITE, {"t.csv": text(lines)}, 2, wanted
    wide = {"t.csv": text(edited(table, 9, "j8,480,300,64,9999"))}
    for rule, said in (("reject", "are left out"), ("truncate", "are cut to them")):
        site = TABLE_SITE.replace("hosts: gpu\n      file", f"hosts: gpu\n      too_large: {rule}\n      file")
        yield f"job table, wider than the machine, {rule}", "run", site, wide, 0, ["compute.work.table: 1 jobs are larger than the 32 cores of `gpu`", said]
    yield "no such class", "validate", TABLE_SITE.replace("hosts: gpu\n      file", "hosts: gpu\n      class: batch\n      file"), {"t.csv": text(table)}, 2, ["compute.work.table.class: ", "`batch`"]
    million = ["id,at,ran,cores,due"] + [f"{k},{60 * k},300,4," for k in range(2_000_000)]
    million[1_234_567] = "1234566,74073960,3oo,4,"
    yield "two million lines, one bad", "validate", TABLE_SITE, {"t.csv": text(million)}, 2, ["t.csv:1234568:18: error: `3oo`"]
    bad = {
        "cut in mid-line": (text(power)[:-5], "p.csv:401"),
        "column missing": (text(["seconds,kilowatts"] + power[1:]), "watts"),
        "a word": (text(edited(power, 9, "480,much")), "p.csv:10:"),
        "nan": (text(edited(power, 9, "480,nan")), "p.csv:10:"),
        "negative power": (text(edited(power, 9, "480,-3")), "p.csv:10:"),
        "unsorted": (text(edited(power, 9, "3,108")), "p.csv:10:"),
    }
    for name, (data, *wanted) in bad.items():
        yield f"power {name}", "validate", POWER_SITE, {"p.csv": data}, 2, wanted
    yield "csv weather, a year", "run", CSV_SITE, {"w.csv": text(local_year())}, 0, ""
    yield "csv weather, a local year that skips and repeats its hours of summer time", "run", CSV_SITE, {"w.csv": text(local_year(skip=(SPRING,), double=(AUTUMN,)))}, 0, ""
    yield "csv weather, four days for six", "run", CSV_SITE, {"w.csv": text(local_year()[:97])}, 2, ["w.csv: error: weather: the file reaches from", "shorten the run, or give a longer file"]
    yield "csv weather, an hour missing that the clock has", "run", CSV_SITE, {"w.csv": text(local_year(skip=(50,)))}, 2, ["w.csv:52:1: error: ", "rows are missing"]
    yield "csv weather, an hour doubled that the clock has once", "run", CSV_SITE, {"w.csv": text(local_year(double=(50,)))}, 2, ["w.csv:53:1: error: ", "repeats the time"]
    hours = lambda rate: text(["time,x"] + [f"2025-01-01T{hour:02}:00:00Z,{rate}" for hour in range(12)])
    for rate in (-0.85, 0):
        yield f"exchange rate {rate}", "validate", EXCHANGE_SITE, {"eur.csv": hours(rate), "price.csv": hours(0.2)}, 2, ["eur.csv: error: series.euro: is", "a rate of exchange is above 0"]
    yield "exchange rate", "validate", EXCHANGE_SITE, {"eur.csv": hours(0.85), "price.csv": hours(0.2)}, 0, ""
    yield "power ends too early", "run", POWER_SITE, {"p.csv": text(power[:100])}, 2, ["p.csv: error: the trace ends after", "repeat"]


def sites():
    many = "heat_users:\n" + "".join(f"  u{k}: {{type: degree_hours, constant_power: 1 kW, supply: 40 degC, return: 30 degC}}\n" for k in range(10_000))
    two = LOOP + "  controllers:\n" + "".join(
        f"    c{k}: {{type: temperature_regulator, senses: a.x, acts_on: push.speed, target: 30 degC, opens: above, proportional_band: 8 K, integral_time: 5 min}}\n"
        for k in range(2))
    chip = "cooling: {{plates: {{type: direct_to_chip, hosts: gpu, captured: {}, from: a.y, to: a.x, nominal_power: 2 kW, nominal_rise: 10 K, content: 10 kg}}}}\n"
    return {
        "a plant alone": (SHORT + CONSTANT + LOOP, 0, ""),
        "compute and a room unit": (SHORT + CONSTANT + HOSTS + "  work: {w: {type: lublin_feitelson, hosts: gpu, load: 50 %}}\n" + ROOM, 0, ""),
        "wide jobs left out": (SHORT + CONSTANT + HOSTS + "  work: {w: {type: synthetic, hosts: gpu, load: 50 %, mean_run: 1 h, cores: [4, 64]}}\n" + ROOM, 0, ""),
        "only jobs too wide": (SHORT + CONSTANT + HOSTS + "  work: {w: {type: synthetic, hosts: gpu, load: 50 %, mean_run: 1 h, cores: [33, 64]}}\n" + ROOM, 2,
                               ["compute.work.w.cores: error: every size is larger than the 32 cores of `gpu`", "too_large: truncate"]),
        "more jobs than a run holds": (SHORT + CONSTANT + HOSTS.replace("count: 4", "count: 400").replace("cores: 8", "cores: 1000")
                                       + "  work: {w: {type: synthetic, hosts: gpu, load: 150 %, mean_run: 1 s}}\n" + ROOM, 2,
                                       ["compute.work.w: error: 1.3e+10 jobs in all (at most 20000000 in one run", "lengthen `mean_run`"]),
        "no run time to speak of": (SHORT + CONSTANT + HOSTS + "  work: {w: {type: synthetic, hosts: gpu, load: 50 %, mean_run: 0.001 s}}\n" + ROOM, 2,
                                    ["compute.work.w.mean_run: ", "out of range"]),
        "hosts without work": (SHORT + CONSTANT + HOSTS + ROOM, 0, ""),
        "a heat user alone": (SHORT + CONSTANT + USER, 0, ""),
        "10,000 heat users": (SHORT.replace("6 h", "10 min") + CONSTANT + many, 0, ""),
        "nothing at all": (SHORT + CONSTANT, 0, ""),
        "no weather": (SHORT + LOOP, 2, "site.yaml:1:1: error: weather: is missing"),
        "heat that goes nowhere": (SHORT + CONSTANT + HOSTS, 2, ["site.yaml:5:11: error: compute.hosts.gpu: ", "100 % of the heat", "room_unit"]),
        "a quarter goes nowhere": (SHORT + CONSTANT + HOSTS + LOOP + chip.format("75 %"), 2, ["site.yaml:5:11: error: compute.hosts.gpu: ", "25 % of the heat"]),
        "caught twice": (SHORT + CONSTANT + HOSTS + LOOP + chip.format("75 %").replace("}}\n", "}, more: {type: direct_to_chip, hosts: gpu, captured: 50 %, from: a.y, to: a.x, nominal_power: 2 kW, nominal_rise: 10 K, content: 10 kg}}\n"),
                         2, ["site.yaml:12:64: error: cooling.plates.captured: ", "capture 125 %"]),
        "two regulators on one pump": (SHORT + CONSTANT + two, 2, ["site.yaml:12:", "error: plant.controllers.c1.acts_on: ", "`c0` already"]),
        "a glob that matches nothing": (SHORT + CONSTANT + LOOP + "output: {record: ['*', plant.pmp.*]}\n", 2, ["site.yaml:10:24: error: output.record.1: `plant.pmp.*` matches no channel"]),
        "a meter at nothing": (SHORT + CONSTANT + LOOP + "meters: {m: {at: push.cold, counts: recovered}}\n", 2, ["site.yaml:10:18: error: meters.m.at: "]),
        "a time zone that is none": (SHORT + CONSTANT + "site: {time_zone: Europe/Lundon}\n", 2, ["site.yaml:4:", "Europe/Lundon"]),
    }


def commands():
    site = str(SITE)
    sets = {
        "": "--set: error: is not path=value", " ": "--set: error: is not path=value", "=": "is not path=value", "clock": "is not path=value", "clock=": "has no value",
        "clock..step=3 s": "a name is missing", "clock.step.=3 s": "", ".=1": "a name is missing", "clock.step=[1 s]": "a list where", "clock.step={a: 1}": "a map where",
        "clock.step=0 s": "out of range", "clock.step=-60 s": "out of range", "clock.step=7 min": "does not divide a day", "clock.step=1.5 s": "whole number of seconds",
        "clock.duration=-1 d": "out of range", "clock.duration=0 s": "out of range", "clock.duration=100000 yr": "out of range", "clock.duration=90 s": "whole number of steps",
        "clock.warm_up=2 yr": "out of range", "clock.start=1800-01-01": "1900 to 2200", "clock.start=9999-12-31": "1900 to 2200", "clock.start=2025-13-01": "",
        "plant.components.tank=3": "a map with `type:`", "plant.components.tnak.volume=3 m3": "did you mean `tank`", "plant.components.tank.volumen=3 m3": "did you mean `volume`",
        "clock.seed=-1": "out of range", "clock.seed=1.5": "", "\x00": "", "a" * 5000 + "=1": "", "clock.step=\u00e9": "", "weather=!remove": "weather: is missing",
        "hypocaust=2": "out of range", "compute.hosts.gpu.server.peak_power=2.5e12 W": "out of range",
        "site.time_zone=Europe/Lundon": "did you mean `Europe/London`", "include=[x.yaml]": "", "cases.x=1": "", 
    }
    for assignment, wanted in sets.items():
        if "\x00" not in assignment:
            yield f"--set {assignment[:40]!r}", ["validate", site, "--set", assignment], 2, ["error: ", wanted]
    yield "unknown case", ["validate", site, "--case", "nope"], 2, "--case nope: error: "
    yield "no verb", [], 2, "hypocaust: error: "
    yield "unknown verb", ["frobnicate"], 2, "`frobnicate` is not a verb"
    yield "unknown flag", ["validate", site, "--frob"], 2, "--frob"
    yield "no site", ["run"], 2, "SITE is required"
    yield "--threads 0", ["run", site, "--threads", "0"], 2, "1 to 256"
    yield "--coupling sideways", ["run", site, "--coupling", "sideways"], 2, "`sideways` is none of automatic, open, closed"
    yield "--json and --csv", ["run", site, "--json", "--csv"], 2, "excludes --"
    yield "output folder missing", ["run", site, "--quiet", "-o", "nowhere/run.h5"], 2, "nowhere/run.h5: error: cannot write into its folder"
    yield "output is a folder", ["run", site, "--quiet", "-o", "."], 2, "is a folder"
    yield "compare with nothing", ["compare", "a.h5", "b.h5"], 2, "a.h5: error: there is no such file; give a file that `hypocaust run` wrote"
    yield "report of a folder", ["report", "."], 2, ".: error: is a folder; give a file that `hypocaust run` wrote"
    yield "report of a site", ["report", site], 2, "is no HDF5 file"
    yield "far past", ["run", site, "--no-cache", "--quiet", "-o", "run.h5", "--set", "clock.start=1900-02-01", "--set", "clock.duration=2 h", "--set", "clock.warm_up=1 h"], 0, ""
    yield "far future", ["run", site, "--no-cache", "--quiet", "-o", "run.h5", "--set", "clock.start=2199-12-31", "--set", "clock.duration=2 h", "--set", "clock.warm_up=1 h"], 0, ""


# One key of every kind of quantity, and what is never a value of any.
QUANTITIES = ["clock.duration", "site.latitude", "site.altitude", "power.supply_limit", "power.ups.efficiency", "compute.hosts.gpu.count",
              "compute.hosts.gpu.server.idle_power", "cooling.cold_plates.captured", "cooling.cold_plates.nominal_rise", "cooling.cold_plates.content",
              "cooling.cold_plates.outlet", "plant.circuits.rack.initial", "plant.circuits.roof.glycol", "plant.components.tank.volume",
              "plant.components.riser.length", "plant.components.dump_valve.kv", "plant.components.rack_pump.nominal_head",
              "plant.components.rack_pump.nominal_flow", "plant.controllers.rack_inlet.integral_time", "plant.controllers.rack_inlet.proportional_band",
              "heat_users.pool.area", "heat_users.pool.connection.max_flow", "heat_users.pool.nominal_supply", "output.every"]
NEVER = ["nan", ".nan", "NaN kW", "inf", "-.inf", "1e400", "-1e400 m", "1e400 K", "--1 s", "1 2 s", "0x1p4 W", "1,5 W", "W", "%", "''", "~", "[]", "{}"]


def quantities():
    for path in QUANTITIES:
        for value in NEVER:
            yield f"{path} = {value}", ["validate", str(SITE), "--set", f"{path}={value}"], 2, ["--set", "error: "]


def attempt(binary, arguments, folder):
    try:
        done = subprocess.run([binary, *arguments], cwd=folder, capture_output=True, timeout=60, env={**os.environ, "HYPOCAUST_CACHE": str(folder)})
    except subprocess.TimeoutExpired:
        return "hang", ""
    notes = [line for line in done.stdout.splitlines() if line.startswith(b"  note: ")]
    return done.returncode, b"\n".join([done.stderr, *notes]).decode("utf-8", "replace")


def judged(name, code, message, wanted_code, wanted, folder):
    pieces = [wanted] if isinstance(wanted, str) else wanted
    good = code == wanted_code and all(piece in message for piece in pieces) and len(message) < 60_000
    left = [] if wanted_code == 0 else [file.name for file in pathlib.Path(folder).rglob("*.h5")]
    return name, good and not left, f"exit {code} (wanted {wanted_code}), wanted {pieces}, run files left {left}\n{message[:1500]}", message


def results(binary):
    out = ["--no-cache", "--quiet", "-o", "run.h5"]
    for name, verb, site, data, code, wanted in files():
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "site.yaml").write_text(site)
            for file, content in data.items():
                pathlib.Path(folder, file).write_bytes(content)
            yield judged(name, *attempt(binary, [verb, "site.yaml", *(out if verb == "run" else [])], folder), code, wanted, folder)
    for name, (site, code, wanted) in sites().items():
        for verb in ("validate", "run"):
            with tempfile.TemporaryDirectory() as folder:
                pathlib.Path(folder, "site.yaml").write_text(site)
                yield judged(f"{verb} {name}", *attempt(binary, [verb, "site.yaml", *(out if verb == "run" else [])], folder), code, wanted, folder)
    for name, arguments, code, wanted in [*commands(), *quantities()]:
        with tempfile.TemporaryDirectory() as folder:
            yield judged(name, *attempt(binary, arguments, folder), code, wanted, folder)


def main():
    binary, show = str(pathlib.Path(sys.argv[1]).resolve()), "--print" in sys.argv
    count = failed = 0
    for name, good, detail, message in results(binary):
        count, failed = count + 1, failed + (not good)
        if not good:
            print(f"FAIL {name}\n{detail}", flush=True)
        elif show:
            print(f"ok   {name}\n     {message.strip()[:400]}", flush=True)
    print(f"{count} cases, {failed} without the expected answer")
    return 1 if failed or count < 100 else 0


if __name__ == "__main__":
    sys.exit(main())
