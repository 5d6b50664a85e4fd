#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A year of each archetype of heat user, as CSV on standard output.   archetype_table.py [NAME...]

Each runs alone for 365 days from 1 January in steps of 300 s: what it takes from its ideal source and its own top-up (kWh, largest hourly
mean). Then once more in a plant whose source gives 45 degC and no more, with a boiler for the rest: the share that the source carries.
Size and published range stand in the head of each file. Program: $HYPOCAUST_BINARY, else build/release/hypocaust. Needs python3-h5py.
"""
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "configs" / "archetypes"
PROGRAM = os.environ.get("HYPOCAUST_BINARY", str(ROOT / "build" / "release" / "hypocaust"))
COLUMNS = "archetype,size,unit,kwh,kwh_per_unit,published_from,published_to,peak_kw,peak_w_per_unit,load_factor,share_at_45_degc"
SOURCE_C = 45
PLANT = """plant:
  circuits: {net: {initial: %d degC}}
  components:
    source: {type: circulation_source, from: net.back, to: net.flow, lift: 30 kPa, temperature: %d degC}
    vessel: {type: expansion_vessel, at: net.back, volume: 1 m3}
""" % (SOURCE_C, SOURCE_C)
OWN_HEATER = {**dict.fromkeys(("building", "pool", "greenhouse", "process_bath"), "backup: {efficiency: 90 %}, "), "hot_water": "top_up: {kind: gas}, "}


def head(path):
    """(size, its unit, range of kWh per unit) as the file's first lines say."""
    text = path.read_text(encoding="utf-8")
    size = re.search(r"^# size: ([\d.]+) (\S+)", text, re.M)
    span = re.search(r"^# published: ([\d.]+) to ([\d.]+) kWh/(\S+) a year", text, re.M)
    return float(size[1]), size[2], (span[1], span[2]) if span else ("", "")


def year(path, folder):
    """(what `--json` says, power in W of each hour) of a year."""
    output = folder / "run.h5"
    command = [PROGRAM, "run", str(path), "--quiet", "--json", "--no-cache", "-o", str(output)]
    for text in ("clock.start=2025-01-01", "clock.duration=365 d", "clock.step=300 s"):
        command += ["--set", text]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    with h5py.File(output, "r") as file:
        power = sum(file["heat_users/" + name][:].astype("float64").sum(axis=1) for name in ("consumed", "backup"))
    return json.loads(done.stdout), power.reshape(-1, 12).mean(axis=1)


def kinds(path):
    """Name and type of each user, from the scenario as the program resolves it."""
    shown = subprocess.run([PROGRAM, "show", str(path)], stdout=subprocess.PIPE, text=True, check=True).stdout
    users = re.search(r"^heat_users:.*\n((?:[ #].*\n|\n)*)", shown, re.M)[1]
    return re.findall(r"^  (\w+):.*\n(?:    .*\n)*?    type: (\w+)", users, re.M)


def row(name, folder):
    path = FOLDER / (name + ".yaml")
    size, unit, span = head(path)
    _, power_w = year(path, folder)
    kwh, peak_kw = power_w.sum() / 1e3, power_w.max() / 1e3
    users = "".join(f"  {user}: {{{OWN_HEATER[kind]}connection: {{from: net.flow, to: net.back}}}}\n" for user, kind in kinds(path))
    (folder / "plant.yaml").write_text(f"hypocaust: 1\ninclude: [{json.dumps(str(path))}]\n{PLANT}heat_users:\n{users}", encoding="utf-8")
    told, _ = year(folder / "plant.yaml", folder)
    told = told["energy_j"]
    share = told["consumed"] / (told["consumed"] + told["backup"] + told["unmet"])
    return (f"{name},{size:g},{unit},{kwh:.0f},{kwh / size:.1f},{span[0]},{span[1]},{peak_kw:.1f},{peak_kw * 1e3 / size:.1f},"
            f"{kwh / 8760 / peak_kw:.3f},{share:.3f}")


def main():
    names = sys.argv[1:] or sorted(path.stem for path in FOLDER.glob("*.yaml"))
    print(COLUMNS)
    with tempfile.TemporaryDirectory(prefix="archetypes ") as name:
        for one in names:
            print(row(one, pathlib.Path(name)), flush=True)


if __name__ == "__main__":
    main()
