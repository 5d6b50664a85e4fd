"""A building alone and in a plant, through the finished program: an ideal source keeps it warm at the same laws, cold supply is told, `show` reads back."""
import math
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, check, need, run

need("numpy", "h5py")
import h5py

SCHOOL = ROOT / "configs" / "archetypes" / "school.yaml"
NETWORK = """plant:
  circuits: {net: {initial: 50 degC}}
  components:
    source: {type: circulation_source, from: net.back, to: net.flow, lift: 30 kPa, temperature: 55 degC}
    vessel: {type: expansion_vessel, at: net.back, volume: 100 l}
heat_users: {school: {connection: {from: net.flow, to: net.back}}}
"""


def close(a, b, share, what):
    check(math.isclose(a, b, rel_tol=share), f"{what}: {a} and {b}")


def column(path, name):
    with h5py.File(path, "r") as file:
        return file["plant/building_" + name][:, 0].astype("float64")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    alone = run(folder / "alone.h5", days=14, warm_up=7, site=SCHOOL)
    user, e = alone["heat_users"]["school"], alone["energy_j"]
    check(user["minutes_short"] == 0 and user["unmet_j"] == 0, f"an ideal source leaves the school cold: {user}")
    close(user["consumed_j"], user["demand_j"], 0.05, "what it took, and what a twin kept at the set-point wanted")
    close(e["consumed"], user["consumed_j"], 1e-12, "energies and user")
    close(e["supplied"], e["consumed"], 1e-6, "what the ideal source brought")
    room = column(folder / "alone.h5", "room_temperature")
    check(abs(room.mean() - 20) < 0.6, f"room at {room.mean():.2f} degC")

    # The scenario as `show` prints it gives the same run.
    shown = subprocess.run([sys.argv[1], "show", SCHOOL], capture_output=True, text=True, check=True).stdout
    check("_ideal" not in shown, "`show` prints the ideal source's nodes")
    (folder / "shown.yaml").write_text(shown, encoding="utf-8")
    again = run(folder / "again.h5", days=14, warm_up=7, site=folder / "shown.yaml")
    check(again["heat_users"] == alone["heat_users"], f"`show` reads back to another building: {again['heat_users']}")

    # In a plant: return temperature by the emitter's law, heat by flow and temperatures.
    site = folder / "site.yaml"
    site.write_text(f'hypocaust: 1\ninclude: ["{SCHOOL}"]\n{NETWORK}', encoding="utf-8")
    warm = run(folder / "warm.h5", days=14, warm_up=7, site=site)
    check(warm["heat_users"]["school"]["unmet_j"] == 0, f"55 degC leaves the school cold: {warm['heat_users']}")
    with h5py.File(folder / "warm.h5", "r") as file:
        names = [text.decode() for text in file["plant/node"][:]]
        back = file["plant/node_temperature"][:, names.index("net.back")].astype("float64")
    flow = column(folder / "warm.h5", "connection_flow")
    check(20 < back[flow > 0.1].mean() < 40, f"return of {back[flow > 0.1].mean():.1f} degC")
    taken = (flow * 4181 * (55 - back)).sum() * 60
    close(taken, warm["heat_users"]["school"]["consumed_j"], 0.01, "flow x cp x drop, and heat taken")
    close(warm["heat_users"]["school"]["demand_j"], user["demand_j"], 1e-9, "what is wanted does not depend on the plant")

    cold = run(folder / "cold.h5", days=14, warm_up=7, site=site, sets=("plant.components.source.temperature=28 degC",))
    school = cold["heat_users"]["school"]
    check(school["minutes_short"] > 14 * 1440 / 2 and school["unmet_j"] > 0.1 * school["demand_j"], f"28 degC, and yet {school}")
    helped = run(folder / "helped.h5", days=14, warm_up=7, site=site, sets=("plant.components.source.temperature=28 degC", "heat_users.school.backup.efficiency=90 %"))
    school = helped["heat_users"]["school"]
    check(school["unmet_j"] == 0 and school["backup_j"] > 0, f"with backup: {school}")
    close(helped["energy_j"]["fuel"], school["backup_j"] / 0.9, 1e-9, "fuel")

    # Shut for a week: it wants nothing, cools, and wants more than ever when it opens again.
    shut = folder / "shut.yaml"
    shut.write_text(f'hypocaust: 1\ninclude: ["{SCHOOL}"]\nfaults: {{holiday: {{component: school, kind: demand_off, at: 2025-01-05, lasts: 7 d}}}}\n', encoding="utf-8")
    holiday = run(folder / "shut.h5", days=14, warm_up=7, site=shut)["heat_users"]["school"]
    check(holiday["demand_j"] < 0.8 * user["demand_j"], f"shut for half the time, and yet {holiday}")
    usual, after = column(folder / "alone.h5", "room_heat"), column(folder / "shut.h5", "room_heat")
    check(after[5 * 1440 : 11 * 1440].max() < 0.1 * usual.max(), "a shut building is heated")
    check(after[11 * 1440 :].max() > 1.3 * usual.max(), f"no rebound: {after.max():.0f} W after {usual.max():.0f} W")
    room = column(folder / "shut.h5", "room_temperature")
    check(5 < room.min() < 16 and abs(room[-1] - 20) < 1, f"rooms fell to {room.min():.1f} degC and are at {room[-1]:.1f} degC")

    done = subprocess.run([sys.argv[1], "validate", SCHOOL, "--set", "heat_users.school.emitter.nominal_power=20 kW"], capture_output=True, text=True)
    check(done.returncode == 0 and "20.0 kW is below the design load of" in done.stderr, f"no warning: {done.stderr}")

    # Rooms that no one could enter are told, at the end, with the figures.
    hot = subprocess.run([sys.argv[1], "run", SCHOOL, "--quiet", "--no-cache", "-o", folder / "hot.h5", "--set", "clock.duration=4 d", "--set", "clock.warm_up=1 d",
                          "--set", "heat_users.school.gains=900 W/m2"], capture_output=True, text=True)
    check(hot.returncode == 0 and "note: heat user `school` reached " in hot.stdout and "which no room stands" in hot.stdout, f"no note: {hot.stdout[-2000:]}")
    usual_run = subprocess.run([sys.argv[1], "run", SCHOOL, "--quiet", "--no-cache", "-o", folder / "hot.h5", "--set", "clock.duration=2 d"], capture_output=True, text=True)
    check(usual_run.returncode == 0 and "which no" not in usual_run.stdout, f"a note of nothing: {usual_run.stdout[-2000:]}")
print(f"school: {user['consumed_j'] / 3.6e9:.2f} MWh in 14 days, return {back[flow > 0.1].mean():.1f} degC; at 28 degC short for {cold['heat_users']['school']['minutes_short']:.0f} min")
