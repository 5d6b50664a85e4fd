"""The district network: each of its kinds closes and lacks nothing, and shows what feeding in at its place means; hot water goes before rooms."""
import csv
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, check, run

NETWORKS = ROOT / "configs" / "networks"
KINDS = ("district_heat_users", "feed_in_return_to_supply", "feed_in_supply_to_supply", "feed_in_return_to_return")
RECORD = ("output.every=5 min",)


def mean(rows, column):
    check(column in rows[0], f"no channel {column}")
    return sum(float(row[column]) for row in rows) / len(rows)


class Told:
    """A run of a day: what `--json` says, and its channels."""

    def __init__(self, folder, name, *sets, days=2):
        text = folder / "channels.csv"
        self.json = run(folder / "run.h5", days=days, warm_up=1, site=NETWORKS / (name + ".yaml"), sets=(*RECORD, *sets),
                        flags=("--no-cache", "--channels-csv", str(text)))
        with text.open(encoding="utf-8") as file:
            self.rows = list(csv.DictReader(file))
        balance = self.json["balance"]
        check(balance["worst_step_frac"] <= 1e-9 and balance["year_frac"] <= 1e-6, f"{name} does not close: {balance}")

    def mean(self, channel, unit):
        return mean(self.rows, f"plant.{channel} [{unit}]")

    def carried_c(self, node):
        """Temperature of a node of the trunk, weighed by the network's flow."""
        flow = [max(float(row["plant.regulated_pump.flow.network_pump [kg/s]"]), 0) for row in self.rows]
        return sum(f * float(row[f"plant.{node} [degC]"]) for f, row in zip(flow, self.rows)) / sum(flow)

    def most(self, channel, unit):
        return max(float(row[f"plant.{channel} [{unit}]"]) for row in self.rows)

    def at_outdoor(self, channel, unit):
        return [(float(row["weather.outdoor_temperature [degC]"]), float(row[f"plant.{channel} [{unit}]"])) for row in self.rows]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    # What `show` prints of parts and the controllers they bring reads back to the same.
    shown = [folder / "shown.yaml", folder / "again.yaml"]
    for source, target in zip((NETWORKS / "feed_in_return_to_supply.yaml", shown[0]), shown):
        done = subprocess.run([sys.argv[1], "show", source], capture_output=True, text=True)
        check(done.returncode == 0, done.stderr)
        target.write_text(done.stdout, encoding="utf-8")
    plain = [[line.split("#")[0].rstrip() for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")] for path in shown]
    check(plain[0] == plain[1], "`show` does not read back")
    told = {kind: Told(folder, kind) for kind in KINDS}
    for kind, one in told.items():
        for user, figures in one.json["heat_users"].items():
            check(figures["unmet_j"] <= 1e-3 * figures["demand_j"] and figures["minutes_short"] == 0, f"{kind}: {user} lacks heat: {figures}")
        check(one.mean("regulated_pump.flow.network_pump", "kg/s") > 0.5, f"{kind}: the network stands")
        # The supply stands on its curve, level below -5 and above 12 degC, between them within 2 K of it once the boilers have settled.
        off = [abs(supply_c - (72 + 10 * min(max((12 - outdoor_c) / 17, 0), 1))) for outdoor_c, supply_c in one.at_outdoor("node.temperature.heat.supply", "degC")]
        check(sum(off) / len(off) < 2.5, f"{kind}: the supply is {sum(off) / len(off):.2f} K off its curve")
    bought_j = sum(told["district_heat_users"].json["heat_users"][user]["consumed_j"] for user in ("office", "school"))
    delivered_j = told["district_heat_users"].json["energy_j"]["delivered"]
    check(abs(delivered_j / bought_j - 1) < 0.05, f"the meters of office and school count {delivered_j} J of {bought_j} J")
    base, fed = told["district_heat_users"], {kind: told[kind] for kind in KINDS[1:]}
    to_supply, from_supply, to_return = fed.values()

    fuel_j = {kind: one.json["energy_j"]["fuel"] for kind, one in told.items()}
    cop, pumping_w, heat_w = {}, {}, {}
    for kind, one in fed.items():
        heat_w[kind] = one.mean("heat_pump.heat.prosumer.heat_pump", "W")
        cop[kind] = heat_w[kind] / one.mean("heat_pump.electricity.prosumer.heat_pump", "W")
        pumping_w[kind] = one.mean("regulated_pump.electricity.prosumer.feed_pump", "W")
        check(heat_w[kind] > 9e3, f"{kind}: only {heat_w[kind]:.0f} W are fed in")
        check(one.mean("node.temperature.cooling.cold", "degC") < 36, f"{kind}: the servers are not cooled")
        # What is fed in replaces fuel of boilers of 85 and 97 %, but for what warmer pipes lose.
        check(fuel_j["district_heat_users"] - fuel_j[kind] > 0.8 * heat_w[kind] * 2 * 86400, f"{kind}: {fuel_j}")
    check(cop["feed_in_return_to_return"] > cop["feed_in_return_to_supply"] > cop["feed_in_supply_to_supply"], f"coefficients of performance {cop}")
    check(pumping_w["feed_in_return_to_supply"] > 1.5 * pumping_w["feed_in_return_to_return"], f"pumping {pumping_w}")
    back_c = {kind: one.carried_c("node.temperature.heat.r1") for kind, one in told.items()}
    check(back_c["feed_in_return_to_return"] > max(back_c["district_heat_users"], back_c["feed_in_return_to_supply"]) + 1, f"return of the plant {back_c}")
    fed_c = [one.mean("node.temperature.heat.r2_fed", "degC") for one in (base, to_return)]
    check(fed_c[1] > fed_c[0] + 4, f"return behind the prosumer {fed_c}")
    flow = {kind: one.mean("regulated_pump.flow.network_pump", "kg/s") for kind, one in told.items()}
    check(flow["feed_in_return_to_supply"] < 0.95 * flow["district_heat_users"], f"flow of the plant {flow}")
    check(flow["feed_in_return_to_return"] > 0.97 * flow["district_heat_users"], f"flow of the plant {flow}")
    check(from_supply.mean("node.temperature.heat.s2_fed", "degC") > base.mean("node.temperature.heat.s2_fed", "degC") + 2, "users beyond get no warmer water")
    check(flow["feed_in_supply_to_supply"] < flow["district_heat_users"], f"flow of the plant {flow}")

    # A contract too small for both: hot water keeps what it takes, the rooms give way and catch up.
    small = Told(folder, "district_heat_users", "plant.components.flats_station.limit=0.45 kg/s")
    users, less = base.json["heat_users"], small.json["heat_users"]
    share = less["flats_hot_water"]["consumed_j"] / users["flats_hot_water"]["consumed_j"]
    check(share > 0.99, f"hot water takes {share:.3f} of what it took")
    check(small.most("flow_regulator.flow.flats_station.limiter", "kg/s") <= 0.45 * (1 + 1e-7), "more passes the limiter than it lets")
    peak = [one.most("plate_exchanger.heat.flats_station.exchanger", "W") for one in (base, small)]
    check(peak[1] < 0.8 * peak[0], f"the rooms' largest heat is {peak[1]:.0f} W beside {peak[0]:.0f}, and nothing gave way")
    check(0.9 < less["flats"]["consumed_j"] / users["flats"]["consumed_j"] < 1, f"flats: {less['flats']} beside {users['flats']}")

    # The three kinds again as the page has them.
    if sys.argv[2:] == ["--table"]:
        print("| | COP of the heat pump | fed in, kW | pump of the prosumer, W | return of the plant, degC | flow of the plant, kg/s | fuel, kWh a day |")
        print("|---|---|---|---|---|---|---|")
        for kind in KINDS:
            own = f"{cop[kind]:.2f} | {heat_w[kind] / 1e3:.1f} | {pumping_w[kind]:.0f}" if kind in cop else "- | - | -"
            print(f"| {kind} | {own} | {back_c[kind]:.1f} | {flow[kind]:.2f} | {fuel_j[kind] / 3.6e6 / 2:.0f} |")
print("coefficients of performance " + ", ".join(f"{value:.2f}" for value in cop.values()) + "; return of the plant " +
      ", ".join(f"{value:.1f}" for value in back_c.values()) + " degC")
