"""A site whose supply fails: what the battery carries, what is shed, what goes off and comes back, and that every joule is told."""
import math
import pathlib
import subprocess
import sys
import tempfile

from product import check, need, overlay, run

need("numpy", "h5py")
import h5py
import numpy

POWER = """
power:
  transformer: {nominal_power: 400 kW, no_load_loss: 0.8 kW, load_loss: 4 kW}
  ups: {loss_to_room: 50 %, battery: {capacity: 30 kWh, recharge: 10 kW, efficiency: 90 %, reserve: 30 %}, carries: [rack_pump]}
  failure: {shed_after: 2 min, shut_down: 5 min, restart_after: 10 min}
compute:
  hosts: {gpu: {start: {power: 800 W, lasts: 3 min}}}
  classes: {patient: {pause: true, checkpoint: 2 min, shed: 1}}
  work: {training: {class: patient}}
"""
FAULTS = """
faults:
  short: {kind: grid_outage, at: 2025-01-01T10:00, lasts: 10 min}
  long: {kind: grid_outage, at: 2025-01-02T10:00, lasts: 2 h}
  smoke: {kind: fire_alarm, at: 2025-01-03T10:00, lasts: 1 h}
  button: {kind: emergency_off, at: 2025-01-04T03:00, lasts: 30 min}
"""
DAY, MINUTE = 1440, 60


def energies(told):
    e = told["energy_j"]
    electricity = sum(e[key] for key in ("it", "ups_loss", "transformer_loss", "battery_loss", "auxiliary", "pump", "fan", "heat_pump", "room_cooling", "backup_electricity"))
    came_in = electricity - e["backup_electricity"] + e["ambient_gain"] + e["supplied"]
    went_out = e["consumed"] + e["rejected"] + e["lost"] + e["drawn"] + e["stored"]
    check(abs(came_in - went_out) <= 1e-9 * came_in, f"in {came_in} J, out {went_out} J")
    check(math.isclose(e["grid"], electricity + e["battery"], rel_tol=1e-12), f"grid {e['grid']} J, electricity {electricity} J and battery {e['battery']} J")
    return e


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    site = overlay(folder / "power.yaml", POWER + FAULTS)
    told = run(folder / "power.h5", days=5, warm_up=1, site=site)
    check(told["coupling"] == "closed", "a supply that fails needs the closed loop")
    energies(told)
    check(told["jobs"]["stopped"] > 0 and told["jobs"]["moved"] == 0, f"jobs {told['jobs']}")
    with h5py.File(folder / "power.h5", "r") as file:
        it, grid, level = (file[f"power/{key}"][()].astype("float64") for key in ("it", "grid", "battery_level"))
        pumps = [text.decode() if isinstance(text, bytes) else text for text in file["plant/pump"][()]]
        drawn = {pump: file["plant/pump_electricity"][:, k].astype("float64") for k, pump in enumerate(pumps)}
        cooler = file["plant/dry_cooler_electricity"][:, 0].astype("float64")
        events = [(int(time), text) for time, source, text in zip(file["events/time"][()], file["events/source"].asstr()[()], file["events/text"].asstr()[()]) if source == "power"]
    idle = 60 * 700.0
    at = 10 * MINUTE  # ten minutes without grid: shed after two, the battery carries the rest
    check(numpy.abs(grid[at:at + 10]).max() < 1.0, f"grid power in an outage: {grid[at:at + 10]}")
    check(it[at + 1] > idle + 1.0 and math.isclose(it[at + 5], idle, rel_tol=1e-6), f"work is shed after two minutes: {it[at:at + 10]}")
    check(it[at + 10] > idle + 1.0, f"and is back with the grid: {it[at + 10]} W")
    check(drawn["rack_pump"][at + 5] > 0 and drawn["roof_pump"][at + 5] == 0 and cooler[at + 5] == 0, "the UPS carries the rack pump alone")
    spent = (numpy.abs(level[at - 1] - level[at + 9])) * 30 * 3.6e6
    check(level[at - 1] == 1.0 and level[at + 9] < 0.9 and spent > 10 * 60 * idle, f"battery {level[at - 1]} to {level[at + 9]}")
    check(level[at + 10 + 6 * MINUTE] == 1.0, "charged again after six hours")
    at = DAY + 10 * MINUTE  # two hours: down to the reserve, shut down in order, off, back by itself
    off = numpy.flatnonzero(it[at:at + 240] == 0.0)
    check(0 < len(off) and it[at + 119] == 0.0 and drawn["rack_pump"][at + 119] == 0.0, f"off in the long outage: {off}")
    check(0.05 < level[at + 119] < 0.3, f"shut down within the reserve: {level[at + 119]}")
    check(it[at + 130 - 1] == 0.0 and math.isclose(it[at + 131], 60 * 800.0, rel_tol=1e-6), f"ten minutes later hosts start: {it[at + 128:at + 136]}")
    check(it[at + 134] > idle + 1.0, f"and work: {it[at + 134]}")
    check(numpy.abs(grid[at:at + 120]).max() < 1.0, "no grid power in the long outage")
    at = 2 * DAY + 10 * MINUTE  # an alarm: idle for five minutes, then off; the plant goes on
    check(math.isclose(it[at + 4], idle, rel_tol=1e-6) and it[at + 5] == 0.0 and it[at + 59] == 0.0, f"alarm: {it[at:at + 8]}")
    check(drawn["roof_pump"][at + 30] > 0, "pumps run through an alarm")
    at = 3 * DAY + 3 * MINUTE
    check((it[at:at + 30] == 0.0).all() and all((power[at:at + 30] == 0.0).all() for power in drawn.values()), "emergency off: nothing has power")
    check(numpy.abs(grid[at:at + 30]).max() == 0.0, "nor draws from the grid")
    texts = [text for _, text in events]
    expected = ["on battery", "fed from the grid", "on battery", "hosts shut down", "hosts off", "fed from the grid", "hosts shut down", "hosts off",
                "fed from the grid", "hosts off", "fed from the grid"]
    check(texts == expected, f"events {events}")

    # Without faults nothing of the compute side changes, the loop stays open, and the transformer adds its loss.
    plain = run(folder / "plain.h5", days=5, warm_up=1, site=overlay(folder / "plain.yaml", "title: plain\n"))
    chain = run(folder / "chain.h5", days=5, warm_up=1, site=overlay(folder / "chain.yaml", POWER))
    check(chain["coupling"] == "open" and chain["energy_j"]["it"] == plain["energy_j"]["it"], f"IT {chain['energy_j']['it']} J")
    e = energies(chain)
    check(0.8e3 * 5 * 86400 < e["transformer_loss"] < (0.8e3 + 4e3) * 5 * 86400 and e["battery"] == 0.0, f"transformer {e['transformer_loss']} J")
    check(e["lost"] - plain["energy_j"]["lost"] > 0.9 * (e["transformer_loss"] + 0.5 * e["ups_loss"]), "half of the UPS's heat and the transformer's is outside")

    # Servers that draw by their inlet: the plates' coolant comes in well above 20 degC, each kelvin costs 1 %; read back by `show`.
    warm = overlay(folder / "warm.yaml", "compute: {hosts: {gpu: {server: {inlet: {reference: 20 degC, leakage: 0.01 1/K}}}}}\n")
    told = run(folder / "warm.h5", days=2, warm_up=1, site=warm)
    cold = run(folder / "cold.h5", days=2, warm_up=1, site=folder / "plain.yaml")
    energies(told)
    more = told["energy_j"]["it"] / cold["energy_j"]["it"]
    check(told["coupling"] == "closed" and 1.05 < more < 1.40, f"{told['coupling']} loop, {more} times the energy of servers without leakage")
    shown = subprocess.run([sys.argv[1], "show", str(site)], capture_output=True, text=True).stdout
    check(shown.splitlines()[-1].split() == "# training patient no costs 2 min no no 1".split(), f"the matrix of {shown.splitlines()[-3:]}")

print("ok")
