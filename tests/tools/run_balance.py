"""What `run --json` prints: its keys, energies that close when added by hand, key figures that follow from them, and nothing else."""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from product import arguments, check, overlay, run

KEYS = {"scenario", "steps", "step_s", "file", "cache", "coupling", "energy_j", "kpi", "balance", "cpu_s", "peak_bytes"}
ENERGIES = {"it", "ups_loss", "pump", "fan", "heat_pump", "room_cooling", "auxiliary", "recovered", "delivered", "rejected", "ambient_gain",
            "stored", "lost", "demand", "backup", "unmet"}
FIGURES = {"pue", "erf", "ere", "recovered_frac", "useful_heat_per_it", "share_consumed"}
CPU = {"compute", "plant", "demand", "output", "total"}


def close(a, b, share, what):
    check(math.isclose(a, b, rel_tol=share), f"{what}: {a} and {b}")


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "run.h5"
    done = subprocess.run(arguments(path, flags=("--no-cache", "--json")), capture_output=True, text=True)
    check(done.returncode == 0 and done.stderr == "", f"exit {done.returncode}, on stderr {done.stderr!r}")
    told = json.loads(done.stdout)  # one object: anything beside it is no JSON
    check(isinstance(told, dict) and done.stdout.startswith("{") and done.stdout.endswith("}\n"), "stdout is not one object")
    for name, expected, found in (("", KEYS, told), ("energy_j.", ENERGIES, told["energy_j"]), ("kpi.", FIGURES, told["kpi"]), ("cpu_s.", CPU, told["cpu_s"])):
        check(expected <= set(found), f"no {name}{sorted(expected - set(found))}")
    check((told["scenario"], told["steps"], told["step_s"], told["file"]) == ("leisure_centre", 14400, 60, str(path)), "scenario, steps, step or file")
    most_bytes = 1e9 if "/asan/" in sys.argv[1] else 300e6  # the address sanitizer keeps for a while what is freed
    check(0 < told["peak_bytes"] < most_bytes, f"memory {told['peak_bytes']} bytes")
    check(told["cpu_s"]["total"] >= 0.95 * sum(told["cpu_s"][key] for key in CPU - {"total"}) > 0, f"CPU times {told['cpu_s']}")
    check(told["balance"]["worst_step_frac"] <= 1e-9 and told["balance"]["year_frac"] <= 1e-6, f"balance {told['balance']}")

    # What goes in: electricity of the site and heat from surroundings. What comes out: heat to users, to the air, lost, kept.
    e = told["energy_j"]
    went_in = e["it"] + e["ups_loss"] + e["auxiliary"] + e["pump"] + e["fan"] + e["heat_pump"] + e["room_cooling"] + e["ambient_gain"]
    came_out = e["consumed"] + e["rejected"] + e["lost"] + e["stored"]
    check(abs(went_in - came_out) <= 1e-9 * went_in, f"in {went_in} J, out {came_out} J")
    check(e["it"] > 60 * 700 * 10 * 86400, f"IT energy {e['it']} J is below that of idle servers")
    check(e["it"] < 60 * 2500 * 10 * 86400, f"IT energy {e['it']} J is above that of full servers")
    close(e["auxiliary"], 15.5e3 * 10 * 86400, 1e-12, "named loads of 15.5 kW over ten days")
    # What users took and made beyond their demand is in their stores: 650 m3 of pool within its band, 5 m3 of hot water.
    kept = 650 * 4.2e6 * 0.6 + 5 * 4.2e6 * 50
    check(abs(e["consumed"] + e["backup"] + e["unmet"] - e["demand"]) <= kept < 0.05 * e["demand"], "demand is met, but for the users' stores")
    close(e["fuel"], e["backup"] / 0.9, 1e-12, "fuel of a boiler of 90 %")
    kpi = told["kpi"]
    facility = e["it"] + e["ups_loss"] + e["auxiliary"] + e["pump"] + e["fan"] + e["room_cooling"]
    check(1.0 < kpi["pue"] <= facility / e["it"] * (1 + 1e-12), f"PUE {kpi['pue']}: pumps of the customer's circuits are not in it")
    close(kpi["ere"], kpi["pue"] - e["delivered"] / e["it"], 1e-12, "ERE = PUE - reused / IT")
    close(kpi["erf"], e["delivered"] / (kpi["pue"] * e["it"]), 1e-12, "ERF = reused / facility")
    close(kpi["recovered_frac"], e["recovered"] / e["it"], 1e-12, "recovered / IT")
    close(kpi["useful_heat_per_it"], e["delivered"] / e["it"], 1e-12, "delivered / IT")
    close(kpi["share_consumed"], e["consumed"] / e["recovered"], 1e-12, "consumed / recovered")

    # Without meters, what is built on recovered heat does not apply: null, never 0; users then are the customer's meter.
    bare = overlay(pathlib.Path(folder) / "bare.yaml", "meters: !remove\ncontracts: !remove\n")
    told = run(path, days=1, warm_up=0, site=bare)
    nothing = (told["energy_j"]["recovered"], told["kpi"]["recovered_frac"], told["kpi"]["share_consumed"])
    check(nothing == (None, None, None), f"no meter of recovered heat, and yet recovered, its shares are {nothing}")
    check(told["energy_j"]["delivered"] == told["energy_j"]["consumed"] > 0, "without a meter, delivered is what users took")
print(f"in {went_in:.6e} J, out {came_out:.6e} J, apart {abs(went_in - came_out) / went_in:.1e}")
