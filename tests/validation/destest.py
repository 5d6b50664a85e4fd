"""DESTEST CE0: 16 houses on 24 trenches (48 pipes), steady, against the published results of six runs by other tools.

The network is written from the set's pipe table. Every number from its description: 553 kg/h and 30 K at each house, 70 degC supply, 10 degC at
the casing and no soil, PE-X (conductivity 0.35) in insulation (0.026 W/(m K)), roughness 7e-6 m, cp 4180, density 988, viscosity 5.434e-4.
"""
import csv
import pathlib
import statistics
import tempfile

import row

SET = row.data("destest_network")
HOUSE_KG_S = 553 / 3600
# Six runs; pydhn's came with the pipe table and is told apart.
TOOLS = sorted(path for path in (SET / "results").glob("*.csv") if not path.name.startswith("pydhn"))


def scenario():
    with open(SET / "input_data/Pipe_data_CE0.csv", newline="", encoding="utf-8") as file:
        pipes = list(csv.DictReader(file, skipinitialspace=True))
    lines = ["hypocaust: 1", "clock: {start: 2025-01-01}", "plant:", "  circuits:",
             "    net: {fluid: constant, density: 988 kg/m3, heat_capacity: 4180 J/(kg K), viscosity: 0.5434 mPa s, conductivity: 0.6 W/(m K), "
             "friction: colebrook_white, pressure: 5 bar}", "  components:",
             f"    plant: {{type: circulation_source, from: net.return_i, to: net.supply_i, lift: 1 bar, temperature: 70 degC}}",
             "    vessel: {type: expansion_vessel, at: net.supply_i, volume: 200 l}"]
    for pipe in pipes:
        far, near = pipe["Beginning Node"], pipe["Ending Node"]
        outer_mm, wall_mm = map(float, pipe["pipe_size"].split(" x "))
        inner_mm = float(pipe["Inner Diameter [m]"]) * 1e3
        if abs(outer_mm - 2 * wall_mm - inner_mm) > 1e-6:
            row.sys.exit(f"FAILED: {pipe['pipe_size']} and an inner diameter of {inner_mm} mm do not agree")
        keys = (f"length: {pipe['Length [m]']} m, diameter: {inner_mm!r} mm, wall_thickness: {wall_mm!r} mm, wall_conductivity: 0.35 W/(m K), "
                f"material: pe_x, insulation: {{thickness: {float(pipe['Insulation Thickness [m]']) * 1e3!r} mm, conductivity: 0.026 W/(m K)}}, "
                "roughness: 0.007 mm, surroundings_temperature: 10 degC")
        lines += [f"    supply_{near}_{far}: {{type: pipe, from: net.supply_{near}, to: net.supply_{far}, {keys}}}",
                  f"    return_{far}_{near}: {{type: pipe, from: net.return_{far}, to: net.return_{near}, {keys}}}"]
        if far.startswith("SimpleDistrict"):
            lines.append(f"    {far}: {{type: heat_consumer, from: net.supply_{far}, to: net.return_{far}, flow: {HOUSE_KG_S!r} kg/s, temperature_drop: 30 K}}")
    return "\n".join(lines) + "\n", len(pipes)


def ours(told):
    nodes, streams = told["nodes"], told["streams"]

    def drop(one, other):
        return abs(nodes[f"net.{one}"]["pressure"] - nodes[f"net.{other}"]["pressure"])

    names = ("i", "h", "g", "f", "e", "SimpleDistrict_1")
    temperatures = [nodes[f"net.{side}_{node}"]["temperature"] for side in ("supply", "return") for node in names]
    lost = -streams["supply_i_h"]["heat"]
    return [streams["plant"]["flow"] * 3600, drop("supply_i", "supply_e"), drop("return_a", "return_i"), drop("return_i", "return_h"), *temperatures,
            lost, streams["plant"]["heat"]]


def last(path):
    with open(path, newline="", encoding="utf-8") as file:
        return [float(text) for text in list(csv.reader(file))[-1][1:]]


NAMES = (["mass flow, kg/h", "drop supply i-e, Pa", "drop return a-i, Pa", "drop return i-h, Pa"] +
         [f"{side} {node}, degC" for side in ("supply", "return") for node in ("i", "h", "g", "f", "e", "house 1")] +
         ["heat loss supply i-h, W", "heat from the source, W"])
with tempfile.TemporaryDirectory() as folder:
    site = pathlib.Path(folder) / "destest.yaml"
    text, trenches = scenario()
    site.write_text(text, encoding="utf-8")
    reached = ours(row.steady(site))
if trenches != 24 or len(TOOLS) != 6:
    row.sys.exit(f"FAILED: {trenches} trenches and {len(TOOLS)} runs, expected 24 and 6")
results = [last(path) for path in TOOLS]
for name, value, theirs in zip(NAMES, reached, zip(*results), strict=True):
    middle = statistics.median(theirs)
    low, high = min(theirs), max(theirs)
    row.row("destest CE0", f'"{name}: among the six"', f'"{low:.6g} to {high:.6g}"', f"{value:.6g}", low <= value <= high)
    if "supply" in name and "degC" in name:
        row.row("destest CE0", f'"{name}: off the median"', "0.02 K", f"{value - middle:+.4f} K", abs(value - middle) <= 0.02)
    elif "return" in name and "degC" in name:
        row.row("destest CE0", f'"{name}: off the median"', "0.1 K", f"{value - middle:+.4f} K", abs(value - middle) <= 0.1)
    else:
        limit = 3 if "drop" in name else 1
        row.row("destest CE0", f'"{name}: off the median"', f"{limit} %", f"{100 * (value / middle - 1):+.2f} %", abs(value / middle - 1) <= limit / 100)
row.finish()
