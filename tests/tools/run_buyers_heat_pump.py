"""A buyer's own heat pump on recovered heat: its heat closes, its electricity is the buyer's, a colder network costs more of it."""
import pathlib
import tempfile

from product import ROOT, check, run

SITE = ROOT / "configs" / "sites" / "laundry_heat_pump.yaml"


def year(folder, *sets):
    told = run(folder / "run.h5", days=14, warm_up=2, site=SITE, sets=sets)
    e, user = told["energy_j"], told["heat_users"]["wash_water"]
    check(told["balance"]["worst_step_frac"] <= 1e-9, f"balance {told['balance']}")
    given = e["supplied"] + e["heat_pump"] + e["pump"]
    check(abs(given - e["consumed"] - e["lost"] - e["stored"] - e["drawn"]) <= 1e-6 * given, f"{given} J go in: {e}")
    check(e["heat_pump_outside"] == e["heat_pump"] > 0, "the unit's electricity is not the buyer's")
    check(abs(e["delivered"] - (e["supplied"] - e["drawn"])) <= 1e-6 * e["supplied"], "the meter does not read what the network gave")
    check(user["unmet_j"] == 0, f"water is short: {user}")
    return (e["delivered"] + e["heat_pump"]) / e["heat_pump"], user["consumed_j"] / user["demand_j"]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    cop, share = year(folder)
    # Lorenz at 48 %, from a source mean near 33 degC to a sink mean of 60 to 70: 338 K / 32 K x 0.48 = 5.1.
    check(4.0 < cop < 6.0, f"coefficient of performance {cop:.2f}")
    check(share > 0.8, f"{share:.2f} of the wash water's heat comes from the unit")
    colder, _ = year(folder, "plant.components.network_source.temperature=20 degC")
    check(colder < 0.8 * cop, f"{colder:.2f} at 20 degC beside {cop:.2f} at 35 degC")
print(f"coefficient of performance {cop:.2f} at 35 degC, {colder:.2f} at 20 degC; {share:.2f} of the heat")
