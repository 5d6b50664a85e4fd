#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A year of each kind of cooling on one site of 150 kW, as CSV on standard output.   cooling_table.py [PROGRAM]

PROGRAM: else $HYPOCAUST_BINARY, else build/release/hypocaust. Shares are of the IT energy; supply temperature is the mean of the water that
leaves the racks and of the reuse circuit behind the recovery exchanger, weighted by the heat recovered. Needs python3-h5py.
"""
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import h5py

ROOT = pathlib.Path(__file__).resolve().parents[1]
FOLDER = ROOT / "configs" / "sites" / "cooling_kinds"
PROGRAM = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("HYPOCAUST_BINARY", str(ROOT / "build" / "release" / "hypocaust"))
KINDS = ("air_to_water", "rear_door", "direct_to_chip", "immersion", "hybrid")
COLUMNS = ("kind,recovered_share,racks_supply_c,reuse_supply_c,pump_share,fan_share,room_cooling_share,pue,worst_junction_c,worst_coolant_c,worst_air_c,"
           "hours_over_limit")


def supply_c(output):
    """Mean temperature of rack.hot and reuse.heated, weighted by the heat through the recovery exchanger."""
    with h5py.File(output, "r") as file:
        plant = file["plant"]
        nodes = [name.decode() for name in plant["node"][:]]
        exchangers = [name.decode() for name in plant["plate_exchanger"][:]]
        heat = plant["plate_exchanger_heat"][:, exchangers.index("recovery")].astype("float64").clip(min=0)
        return [float((plant["node_temperature"][:, nodes.index(node)] * heat).sum() / heat.sum()) for node in ("rack.hot", "reuse.heated")]


def row(kind, folder):
    output = folder / "run.h5"
    command = [PROGRAM, "run", str(FOLDER / (kind + ".yaml")), "--quiet", "--json", "-o", str(output), "--cache", str(folder)]
    told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
    energy, operation = told["energy_j"], told["operation"]
    shares = [energy[name] / energy["it"] for name in ("pump", "fan", "room_cooling")]
    warm = [operation[name] for name in ("junction_worst_c", "coolant_worst_c", "air_worst_c")]
    numbers = [f"{told['kpi']['recovered_frac']:.3f}", *(f"{value:.1f}" for value in supply_c(output)), *(f"{value:.4f}" for value in shares),
               f"{told['kpi']['pue']:.3f}", *("" if value is None else f"{value:.1f}" for value in warm), f"{operation['minutes_over_limit'] / 60:.1f}"]
    return ",".join([kind, *numbers])


with tempfile.TemporaryDirectory() as temporary:
    print(COLUMNS)
    for name in KINDS:
        print(row(name, pathlib.Path(temporary)), flush=True)
