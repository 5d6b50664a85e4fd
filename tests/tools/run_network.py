"""Networks alone: --steady in its three forms, its closed forms, a run through time with schedules, and what is refused."""
import csv
import io
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, check, need

NETWORKS = ROOT / "configs" / "networks"
DISTRICT = NETWORKS / "district.yaml"
RING, WATER = NETWORKS / "heating_ring.yaml", NETWORKS / "looped_water.yaml"


def hypocaust(*arguments, code=0):
    done = subprocess.run([sys.argv[1], *map(str, arguments)], capture_output=True, text=True, timeout=300)
    check(done.returncode == code, f"exit {done.returncode}, wanted {code}: {arguments}\n{done.stderr}")
    return done.stdout if code == 0 else done.stderr


def steady(site, *flags):
    return json.loads(hypocaust("run", site, "--steady", "--json", *flags))


def close(a, b, share, what):
    check(math.isclose(a, b, rel_tol=share), f"{what}: {a} and {b}")


# The ring: what leaves the source arrives, pipes are at their closed form, consumers take what they say.
ring = steady(RING)
streams, nodes = ring["streams"], ring["nodes"]
cp = streams["library"]["heat"] / (streams["library"]["flow"] * (streams["library"]["outlet"] - streams["library"]["inlet"]))
close(cp, 4184, 0.002, "cp of water")
for pipe, loss in (("supply_1", 0.35 * 300), ("supply_2", 0.31 * 250), ("return_1", 0.35 * 300), ("return_2", 0.31 * 250)):
    p = streams[pipe]
    close(p["outlet"], 8 + (p["inlet"] - 8) * math.exp(-loss / (p["flow"] * cp)), 1e-9, f"{pipe}: outlet")
close(streams["library"]["heat"], -90e3, 1e-9, "library: power")
close(streams["houses"]["heat"], -140e3, 1e-6, "houses: power")
close(streams["houses"]["outlet"], 45, 1e-9, "houses: return")
close(streams["pool"]["flow"], 0.5, 1e-12, "pool: flow")
close(nodes["heat.supply"]["pressure"] - nodes["heat.return"]["pressure"], 1.2e5, 1e-9, "lift")
close(nodes["heat.supply"]["pressure"], 3e5, 1e-9, "pressure at the vessel")
close(streams["source"]["heat"], -sum(s["heat"] for name, s in streams.items() if name != "source" and s["heat"] is not None), 1e-9, "heat in = heat out")

# The same numbers in each form.
rows = list(csv.DictReader(io.StringIO(hypocaust("run", RING, "--steady", "--csv"))))
for row in rows:
    told = ring["streams" if row["kind"] == "stream" else "nodes"][row["name"]][row["quantity"]]
    check(told == float(row["value"]), f"--csv and --json differ: {row}, {told}")
check(len(rows) == sum(v is not None for kind in ("streams", "nodes") for thing in ring[kind].values() for v in thing.values()), "rows of --csv")
table = hypocaust("run", RING, "--steady")
check(f"{streams['supply_1']['outlet']:.3f}" in table and "heat.supply" in table, table)

# The district: each regulator holds its difference, both ways of a loop pass what its consumers and bypass take.
district = steady(DISTRICT)
for loop, high, low, consumer in (("north", "s2", "r2", "houses"), ("south", "s3", "r3", "school")):
    close(district["nodes"]["heat." + high]["pressure"] - district["nodes"]["heat." + low]["pressure"], 0.6e5, 1e-6, f"{loop}: difference")
    taken = district["streams"][consumer]["flow"] + district["streams"][loop + "_bypass"]["flow"]
    for way in ("_out", "_back"):
        close(district["streams"][loop + way]["flow"], taken, 1e-9, f"{loop}{way}: flow")
close(district["streams"]["houses"]["heat"], -90e3, 1e-9, "houses at midnight")
close(district["nodes"]["heat.supply"]["temperature"], 75, 1e-12, "supply temperature")

# The water: continuity at every junction, reservoirs at their level.
water = steady(WATER)
flow = {name: s["flow"] for name, s in water["streams"].items()}
for what, balance in (("mill", flow["trunk"] - flow["north"] - flow["south"] - 12), ("school", flow["north"] - flow["link"] - 6),
                      ("station", flow["south"] + flow["link"] + flow["riser"] - 3), ("hill", flow["hill"] - flow["trunk"])):
    check(abs(balance) < 1e-9, f"continuity at {what}: {balance} kg/s")
check(all(abs(water["nodes"][n]["pressure"]) < 1e-6 for n in ("town.hill", "town.tower")), "a reservoir's surface is not at 0 bar")

# No pump: the stove's heat moves the water by itself, forward, and a cooler stove moves less.
siphon = steady(NETWORKS / "thermosiphon.yaml")["streams"]
warm, cool = siphon["stove"], steady(NETWORKS / "thermosiphon.yaml", "--set", "plant.components.stove.power=1 kW")["streams"]["stove"]
check(0.1 < warm["flow"] < 0.14 and 0 < cool["flow"] < 0.8 * warm["flow"], f"thermosiphon: {warm['flow']} and {cool['flow']} kg/s")
close(siphon["riser"]["flow"], siphon["downpipe"]["flow"], 1e-9, "thermosiphon: continuity")
for start in (5, 95):
    other = steady(NETWORKS / "thermosiphon.yaml", "--set", f"plant.circuits.heating.initial={start} degC")["streams"]["stove"]
    close(other["flow"], warm["flow"], 1e-4, f"thermosiphon from {start} degC")

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)

    def site(text, base=RING):
        path = folder / "site.yaml"
        path.write_text(f"hypocaust: 1\ninclude: [{json.dumps(str(base))}]\n{text}", encoding="utf-8")
        return path

    # What does not come to rest says so: a loop that is warmed and never cooled.
    warmed = folder / "warmed.yaml"
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01}
plant:
  circuits: {a: {fluid: water}}
  components:
    push: {type: pump, from: a.x, to: a.y, nominal_flow: 10 m3/h, nominal_head: 1 bar}
    coil: {type: heat_input, from: a.y, to: a.x, power: 5 kW, nominal_flow: 10 m3/h}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l}
""", encoding="utf-8")
    told = hypocaust("run", warmed, "--steady", code=3)
    check("does not stand still within 5000 steps" in told and "still moves" in told, told)
    # Where the nodes stand and a store alone warms, the store is named.
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01}
plant:
  circuits: {a: {fluid: water}}
  components:
    coil: {type: heat_input, from: a.y, to: a.x, power: 5 kW, nominal_flow: 10 m3/h}
    shut: {type: valve, from: a.x, to: a.y, kv: 10 m3/h, position: 0}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l}
""", encoding="utf-8")
    told = hypocaust("run", warmed, "--steady", code=3)
    check("(the stores by 1.0e+00 of the throughput, that of `coil` most)" in told, told)
    # What stands still because a step is lost in round-off is no state: heat put into a loop of pipes without a way out.
    for power in ("-50 kW", "-1e5 kW"):
        for end in ("{type: pressure_boundary, at: b.y, pressure: 1 bar, temperature: 20 degC}", "{type: expansion_vessel, at: b.y, volume: 80 l}"):
            warmed.write_text(f"""hypocaust: 1
clock: {{start: 2025-01-01}}
plant:
  circuits: {{b: {{fluid: water}}}}
  components:
    warm: {{type: heat_consumer, from: b.y, to: b.z, flow: 1 kg/s, power: {power}}}
    back: {{type: pipe, from: b.z, to: b.y, length: 100 m, diameter: 50 mm, loss: 0 W/(m K)}}
    end: {end}
""", encoding="utf-8")
            told = hypocaust("run", warmed, "--steady", code=3)
            check("circuit `b` stands at" in told and "at `b.y`, which is not a state of its fluid" in told and "put into it has no way out" in told, told)
    told = hypocaust("run", ROOT / "configs/sites/leisure_centre.yaml", "--steady", "--quiet", code=2)
    check("compute.hosts" in told and "a steady instant has no jobs" in told, told)

    # A flow that has no way: the circuit, the place and a remedy, in an instant and through time.
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01, duration: 1 h, warm_up: 0 s}
plant:
  circuits: {a: {fluid: water}, other: {fluid: water}}
  components:
    push: {type: circulation_source, from: a.x, to: a.y, flow: 1 kg/s, temperature: 80 degC}
    shut: {type: valve, from: a.y, to: a.z, kv: 10 m3/h, position: 0}
    line: {type: pipe, from: a.z, to: a.x, length: 100 m, diameter: 50 mm, loss: 0 W/(m K)}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l}
    level: {type: pressure_boundary, at: other.x, pressure: 1 bar, temperature: 20 degC}
    tap: {type: flow_boundary, at: other.y, flow: -1 kg/s}
    way: {type: pipe, from: other.x, to: other.y, length: 100 m, diameter: 50 mm, loss: 0 W/(m K)}
""", encoding="utf-8")
    told = hypocaust("validate", warmed, code=2)
    check("plant.components.push: its flow is given, and the valve `shut` (position 0) shuts its only way" in told, told)
    (folder / "shut.csv").write_text("time,p\n2024-12-31,0\n2025-01-03,0\n", encoding="utf-8")
    text = warmed.read_text(encoding="utf-8").replace("position: 0}", "position: {series: p}}")
    warmed.write_text(text + "series: {p: {file: shut.csv, column: p, unit: 1, irregular: true}}\n", encoding="utf-8")
    for flags in (["--steady"], ["-o", folder / "none.h5", "--quiet"]):
        told = hypocaust("run", warmed, *flags, code=3)
        check("the hydraulic solve did not converge in 60 iterations (worst in circuit `a` at `" in told, told)
        check("at `push`" in told or "at `shut`" in told, told)
        check("is a fixed flow driven through a shut valve" in told and "open the valve" in told, told)

    # Names of nodes hold dots: a height set by name moves the pressure there.
    raised = site("plant: {nodes: {heat.s2: {height: 3 m}}}\n")
    low, high = (steady(raised, *flags)["nodes"]["heat.s2"]["pressure"] for flags in ((), ("--set", "plant.nodes.heat.s2.height=7 m")))
    # The legs beside it hold water of 78 (IAPWS-95: 973.0 kg/m3) and 43 degC; both ways round the column is between the two.
    check(9.80665 * 4 * 972.5 < low - high < 9.80665 * 4 * 991.1, f"4 m higher: {low - high} Pa")
    told = hypocaust("validate", raised, "--set", "plant.nodes.heat.s9.height=7 m", code=2)
    check("nothing is called `heat`" in told, told)

    # A heat pump and a pump in a steady instant; a boundary by volume; what a consumer asks for and gets; boiling and freezing.
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01, duration: 2 h, warm_up: 0 s}
plant:
  circuits: {cold: {fluid: water}, warm: {fluid: water, pressure: 0.5 bar}}
  nodes: {warm.y: {height: 12 m}}
  components:
    well: {type: flow_boundary, at: cold.x, volume_flow: 18 m3/h, temperature: 12 degC}
    river: {type: pressure_boundary, at: cold.y, pressure: 1 bar}
    hp: {type: heat_pump, source: {from: cold.x, to: cold.y}, sink: {from: warm.x, to: warm.y}, nominal_power: 80 kW, lorenz: {}}
    push: {type: pump, from: warm.z, to: warm.x, nominal_flow: 14 m3/h, nominal_head: 0.8 bar}
    house: {type: heat_consumer, from: warm.y, to: warm.z, flow: 3 kg/s, return_temperature: 30 degC}
    vessel: {type: expansion_vessel, at: warm.x, volume: 80 l}
""".replace("from: warm.z, to: warm.x, nominal", "from: warm.w, to: warm.x, nominal").replace("    house:", "    back: {type: valve, from: warm.z, to: warm.w, kv: 40 m3/h}\n    house:"),
                      encoding="utf-8")
    told = steady(warmed)
    machine = told["components"]["hp"]
    check(machine["mode"] is not None and told["components"]["push"]["electricity"] > 0, told["components"])
    close(machine["cop"] * machine["electricity"], told["streams"]["hp.sink"]["heat"], 1e-6, "COP x electricity = heat to the sink")
    close(told["streams"]["hp.source"]["volume_flow"], 18 / 3600, 1e-9, "18 m3/h by volume")
    table = hypocaust("run", warmed, "--steady")
    check("electricity W" in table and f"{machine['cop']:.3f}" in table, table)
    rows = [row for row in csv.DictReader(io.StringIO(hypocaust("run", warmed, "--steady", "--csv"))) if row["kind"] == "component"]
    check(any(row["name"] == "hp" and row["quantity"] == "cop" and float(row["value"]) == machine["cop"] for row in rows), rows)

    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01, duration: 2 h, warm_up: 0 s}
plant:
  circuits: {a: {fluid: water}}
  nodes: {a.y: {height: 14 m}}
  components:
    well: {type: pressure_boundary, at: a.x, pressure: 1 bar, temperature: 5 degC}
    house: {type: heat_consumer, from: a.x, to: a.y, flow: 1 kg/s, power: 50 kW}
    drain: {type: pressure_boundary, at: a.y, pressure: -0.2 bar}
    frost: {type: flow_boundary, at: a.f, flow: 0.1 kg/s, temperature: -5 degC}
    line: {type: pipe, from: a.f, to: a.y, length: 1 m, diameter: 20 mm, loss: 0 W/(m K)}
""", encoding="utf-8")
    told = json.loads(hypocaust("run", warmed, "-o", folder / "short.h5", "--quiet", "--json"))
    house = told["consumers"]["house"]
    close(house["requested_j"], 50e3 * 7200, 1e-12, "requested")
    close(house["short_j"], house["requested_j"] - house["taken_j"], 1e-9, "short")
    check(20e3 * 7200 < house["taken_j"] < 22e3 * 7200, f"taken {house}")
    check(any("circuit `a` was below its freezing point of 0.0 degC for 120 min, first at 2025-01-01 00:00:00 UTC: -5.0 degC at `a.f`" in note for note in told["notes"]), told["notes"])
    check(not any("vapour" in note for note in told["notes"]), told["notes"])
    text = hypocaust("run", warmed, "-o", folder / "short.h5", "--quiet", "--set", "plant.components.well.pressure=-1 bar", "--set", "plant.components.well.temperature=30 degC")
    check("requested" in text and " short" not in text and "circuit `a` was below the vapour pressure of its fluid for 120 min" in text, text)

    # Masters and ranges of what is written.
    regulated = """plant:
  components:
    bypass: {type: valve, from: heat.s2, to: heat.r2, kv: 4 m3/h, position: 30 %}
  controllers:
    mix: {type: temperature_regulator, senses: heat.r2, acts_on: bypass.position, target: 50 degC, opens: below}
"""
    told = hypocaust("validate", site(regulated), code=2)
    check("site.yaml:7:" in told and "plant.controllers.mix.acts_on: `bypass.position` is written with the component already" in told, told)
    guarded = regulated.replace("{type: temperature_regulator, senses: heat.r2, acts_on: bypass.position, target: 50 degC, opens: below}",
                                "{type: over_temperature_guard, senses: heat.r2, limit: 95 degC, forces: [{input: bypass.position, value: 0}]}")
    hypocaust("validate", site(guarded))
    (folder / "pos.csv").write_text("time,p\n2024-12-31,0.2\n2025-01-01,0.5\n2025-01-02,1.5\n2025-01-03,0\n")
    scheduled = "series: {p: {file: pos.csv, column: p, unit: 1}}\nplant: {components: {bypass: {type: valve, from: heat.s2, to: heat.r2, kv: 4 m3/h, position: {series: p}}}}\n"
    told = hypocaust("validate", site(scheduled), code=2)
    check("plant.components.bypass.position: series `p` holds 1.5 (a value here must be >= 0 and <= 1)" in told, told)

    # Through time: a scheduled position is the exact mean of each step, the energies close, nothing of computers is said.
    need("h5py")
    import h5py
    (folder / "pos.csv").write_text("time,p\n2024-12-31,0.2\n2025-01-01,0.5\n2025-01-01T12:00:30,0.8\n2025-01-02,0.1\n", encoding="utf-8")
    scheduled = scheduled.replace("unit: 1}", "unit: 1, irregular: true, repeat: true}")
    out = folder / "run.h5"
    text = hypocaust("run", site(scheduled), "-o", out, "--quiet", "--set", "clock.duration=1 d")
    check("compute side" not in text and "Key figures" not in text and "supplied" in text, text)
    with h5py.File(out, "r") as file:
        position = file["plant/valve_position"][:, 0]
    check([round(float(position[k]), 6) for k in (0, 719, 720, 721, 1439)] == [0.5, 0.5, 0.65, 0.8, 0.8], f"scheduled position {position[718:723]}")
    # A pump that trips and tries again: as many events are told as the file holds.
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01, duration: 6 h, warm_up: 0 s}
plant:
  circuits: {a: {fluid: water}}
  components:
    push: {type: pump, from: a.x, to: a.y, nominal_flow: 10 m3/h, nominal_head: 1 bar}
    shut: {type: valve, from: a.y, to: a.x, kv: 10 m3/h, position: 0}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l}
""", encoding="utf-8")
    told = hypocaust("run", warmed, "-o", out, "--quiet")
    count = json.loads(hypocaust("run", warmed, "-o", out, "--quiet", "--json"))["operation"]["events"]
    with h5py.File(out, "r") as file:
        check(count == len(file["events/text"]) > 0, f"{count} events, {len(file['events/text'])} in the file")
    check(f"  events {count}: " in told, told)

    # A network that stands: what is missed is weighed against 1 W, as in every step.
    warmed.write_text("""hypocaust: 1
clock: {start: 2025-01-01, duration: 240 h, warm_up: 0 s}
plant:
  circuits: {a: {fluid: water, initial: 60 degC}}
  components:
    push: {type: pump, from: a.x, to: a.y, nominal_flow: 10 m3/h, nominal_head: 1 bar, speed: 0}
    line: {type: pipe, from: a.y, to: a.x, length: 3000 m, diameter: 200 mm, loss: 0.3 W/(m K), surroundings_temperature: 60 degC}
    vessel: {type: expansion_vessel, at: a.x, volume: 80 l}
""", encoding="utf-8")
    told = json.loads(hypocaust("run", warmed, "-o", out, "--quiet", "--json"))
    check(told["kpi"]["erf"] is None and told["balance"]["year_frac"] < 1e-6, told)

    # The recorded channels as text: the same numbers, hours made of minutes.
    text = folder / "ring.csv"
    told = json.loads(hypocaust("run", RING, "-o", out, "--quiet", "--json", "--no-cache", "--channels-csv", text, "--set", "output.every=1 h"))
    rows = list(csv.reader(io.StringIO(text.read_text())))
    check(len(rows) == 49 and rows[0][0] == "time" and rows[1][0] == "2025-01-01 00:00:00Z", f"{len(rows)} rows, first {rows[1][0]}")
    with h5py.File(out, "r") as file:
        names = [name.decode() if isinstance(name, bytes) else name for name in file["plant/pipe"][()]]
        for name in names:
            at = rows[0].index(f"plant.pipe.loss.{name} [W]")
            for hour in (0, 17, 47):
                close(float(rows[hour + 1][at]), float(file["plant/pipe_loss"][hour, names.index(name)]), 1e-6, f"loss of {name}")
    check(all(len(row) == len(rows[0]) for row in rows), "a row of another length")
    check(not list(folder.glob("*.partial")), "something partial is left")
    refused = hypocaust("run", RING, "-o", out, "--quiet", "--channels-csv", folder / "no" / "ring.csv", code=2)
    check("ring.csv: error: " in refused, refused)
    refused = hypocaust("run", RING, "--steady", "--channels-csv", text, code=2)
    check("excludes" in refused, refused)
    check(told["cache"] == "off" and all(value is None for value in told["kpi"].values()), f"cache {told['cache']}, {told['kpi']}")
    e = told["energy_j"]
    close(e["supplied"], e["consumed"] + e["lost"] + e["drawn"] + e["stored"], 1e-9, "supplied = consumed + lost + drawn + stored")
    told = json.loads(hypocaust("run", WATER, "-o", out, "--quiet", "--json"))["energy_j"]
    close(told["supplied"], told["drawn"] + told["stored"] + told["lost"], 1e-9, "water: supplied = drawn + stored")
    hypocaust("run", DISTRICT, "-o", out, "--quiet")
    with (NETWORKS / "district_heat.csv").open(encoding="utf-8") as file:
        houses_w = [1e3 * float(row["houses"]) for row in csv.DictReader(file)]
    with h5py.File(out, "r") as file:
        names = [name.decode() if isinstance(name, bytes) else name for name in file["plant/heat_consumer"][()]]
        taken_w = file["plant/heat_consumer_heat"][:, names.index("houses")]
    close(float(taken_w.mean()), sum(houses_w) / len(houses_w), 1e-6, "houses: two days of their series")
print(f"ring: source {streams['source']['heat'] / 1e3:.1f} kW, water: trunk {flow['trunk']:.3f} kg/s")
