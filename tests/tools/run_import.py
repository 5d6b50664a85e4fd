"""scripts/import_network.py: a saved network of every table it knows is solved by the program; what it does not know is named."""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, check

SCRIPT = ROOT / "scripts" / "import_network.py"


def frame(columns, *rows):
    text = json.dumps({"columns": columns, "index": list(range(len(rows))), "data": rows})
    return {"_module": "pandas.core.frame", "_class": "DataFrame", "_object": text, "orient": "split"}


def constant(value):
    return {"_class": "FluidPropertyConstant", "_object": json.dumps({"value": value})}


def saved(path, **tables):
    fluid = {"name": "brine", "is_gas": False, "all_properties": {
        "density": {"_class": "FluidPropertyInterExtra", "_object": json.dumps({"x_values": [300, 400], "y_values": [1000, 900]})},
        "viscosity": constant(0.5e-3), "heat_capacity": constant(4.2)}}
    net = {"name": "net", "version": "0.2", "fluid": {"_class": "Fluid", "_object": json.dumps(fluid)},
           "std_type": {"pump": {"P9": {"_class": "PumpStdType", "_object": json.dumps(
               {"name": "P9", "reg_par": {"_module": "numpy", "_class": "array", "_object": [-0.01, -0.02, 4.0]}})}}},
           "res_pipe": frame(["v"], [1.0]), "component_list": [], **tables}
    path.write_text(json.dumps({"_module": "pandapipes.pandapipes_net", "_class": "pandapipesNet", "_object": net}), encoding="utf-8")
    return path


def bring(*arguments, code=0):
    done = subprocess.run([sys.executable, "-B", SCRIPT, *map(str, arguments)], capture_output=True, text=True, timeout=60)
    check(done.returncode == code, f"exit {done.returncode}, wanted {code}: {arguments}\n{done.stderr}")
    return done.stderr


def steady(site):
    done = subprocess.run([sys.argv[1], "run", str(site), "--steady", "--json"], capture_output=True, text=True, timeout=60)
    check(done.returncode == 0, f"exit {done.returncode}: {site}\n{done.stderr}")
    return json.loads(done.stdout)


def close(a, b, share, what):
    check(math.isclose(a, b, rel_tol=share), f"{what}: {a} and {b}")


JUNCTION = ["name", "tfluid_k", "height_m", "in_service"]
PIPE = ["name", "from_junction", "to_junction", "length_km", "diameter_m", "k_mm", "loss_coefficient", "alpha_w_per_m2k", "text_k", "qext_w"]
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    junctions = frame(JUNCTION, *([text, 290.0, height, True] for text, height in (
        ("Süd 1", 0.0), ("Süd 1", 10.0), (None, 0.0), ("c", 0.0), ("d", 0.0), ("e", 0.0), ("f", 0.0), ("g", 0.0), ("h", 0.0))))
    open_net = saved(
        folder / "open.json", junction=junctions,
        ext_grid=frame(["junction", "p_bar", "t_k", "type"], [0, 5.0, 350.0, "pt"], [6, 1.0, 350.0, "p"]),
        pipe=frame(PIPE, ["p", 0, 1, 0.1, 0.1, 0.1, 2.0, 10.0, 280.0, 0.0], ["dead", 1, 8, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0]),
        pump=frame(["from_junction", "to_junction", "std_type"], [1, 2, "P9"]),
        valve=frame(["from_junction", "to_junction", "diameter_m", "opened", "loss_coefficient"], [2, 3, 0.1, True, 8.0], [2, 4, 0.1, False, 0.0]),
        heat_exchanger=frame(["from_junction", "to_junction", "diameter_m", "qext_w", "loss_coefficient"], [3, 4, 0.1, 42000.0, 0.0]),
        pressure_control=frame(["from_junction", "to_junction", "controlled_junction", "controlled_p_bar"], [4, 5, 5, 2.0]),
        flow_control=frame(["from_junction", "to_junction", "controlled_mdot_kg_per_s"], [5, 6, 1.5]),
        source=frame(["junction", "mdot_kg_per_s", "scaling"], [6, 0.5, 3.0]),
        sink=frame(["junction", "mdot_kg_per_s", "scaling", "in_service"], [6, 2.5, 1.0, True], [5, 0.5, 1.0, True], [3, 9.0, 1.0, False]))
    told = bring(open_net, "-o", folder / "open.yaml", "--friction", "haaland")
    check("heat_capacity 4.2 is read as kJ/(kg K)" in told, told)
    site = steady(folder / "open.yaml")
    streams, nodes = site["streams"], site["nodes"]
    rho, cp = 950.0, 4200.0
    close(streams["p"]["flow"], 2.0, 1e-9, "what the flow control passes and a sink takes")
    close(streams["p"]["volume_flow"], 2.0 / rho, 1e-9, "density between two points")
    close(streams["p"]["outlet"], 6.85 + 70 * math.exp(-10 * math.pi * 0.1 * 100 / (2 * cp)), 1e-6, "loss on the inner diameter")
    close(streams["heat_exchanger_0"]["outlet"], streams["heat_exchanger_0"]["inlet"] - 42000 / (2 * cp), 1e-6, "heat taken out")
    flow = 2.0 / rho * 3600
    head = nodes["net.j2"]["pressure"] - nodes["net.S_d_1_1"]["pressure"] - rho * 9.80665 * 10
    close(head, 1e5 * (4 - 0.02 * flow - 0.01 * flow ** 2), 0.02, "head of the pump, height kept")
    drop = 8 * rho / 2 * (2 / rho / (math.pi / 4 * 0.01)) ** 2
    toe = 0.01 * 900 * math.pi * 0.01 * math.sqrt(200 / 8) * rho / 3600  # of every valve (docs/methods/valve.md), kg/s
    close(nodes["net.j2"]["pressure"] - nodes["net.c"]["pressure"], drop * (1 + toe / 2), 1e-5, "drop of the valve")
    close(streams["valve_1"]["flow"] + 1, 1, 1e-9, "a shut valve")
    close(nodes["net.e"]["pressure"], 2e5, 1e-6, "pressure behind the control")
    close(streams["flow_control_0"]["flow"], 1.5, 1e-9, "given flow")
    close(streams["ext_grid_1"]["flow"], 2.5 - 1.5 - 3 * 0.5, 1e-9, "sink, source with its scaling")

    closed = saved(
        folder / "closed.json", junction=frame(JUNCTION, *([text, 290.0, 0.0, True] for text in "abc")),
        circ_pump_pressure=frame(["return_junction", "flow_junction", "p_flow_bar", "plift_bar", "t_flow_k"], [2, 0, 6.0, 2.0, 350.0]),
        pipe=frame(PIPE, ["p", 0, 1, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0]),
        heat_consumer=frame(["from_junction", "to_junction", "qext_w", "controlled_mdot_kg_per_s", "deltat_k", "treturn_k"],
                            [1, 2, 84000.0, None, 20.0, None]))
    bring(closed, "-o", folder / "closed.yaml")
    site = steady(folder / "closed.yaml")
    close(site["streams"]["heat_consumer_0"]["flow"], 1.0, 1e-9, "flow of heat over temperature drop")
    close(site["nodes"]["net.a"]["pressure"], 6e5, 1e-9, "pressure at the flow junction")
    close(site["nodes"]["net.c"]["pressure"], 4e5, 1e-9, "lift")
    by_mass = saved(
        folder / "mass.json", junction=frame(JUNCTION, *([text, 290.0, 0.0, True] for text in "ab")),
        circ_pump_mass=frame(["return_junction", "flow_junction", "p_flow_bar", "mdot_flow_kg_per_s", "t_flow_k"], [1, 0, 6.0, 2.0, 350.0]),
        pipe=frame(PIPE, ["circ_pump_mass_0_pressure", 0, 1, 0.1, 0.1, 0.1, 0.0, 5.0, 280.0, 0.0]))
    bring(by_mass, "-o", folder / "mass.yaml")
    close(steady(folder / "mass.yaml")["streams"]["circ_pump_mass_0_pressure"]["flow"], 2.0, 1e-9, "given circulation, a name that is taken")

    # What cannot be brought is named, with what to do.
    grid = frame(["junction", "p_bar", "t_k", "type"], [0, 5.0, 350.0, "pt"])
    for tables, words in (
            ({"compressor": frame(["from_junction", "to_junction", "pressure_ratio"], [0, 1, 1.1])}, "table `compressor` has no counterpart here"),
            ({"pump": frame(["from_junction", "to_junction", "std_type"], [0, 1, "P7"])}, "give --pump P7=A,B,C"),
            ({"pipe": frame(PIPE, ["p", 0, 99, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0])}, "table `pipe`, row 0: `to_junction` names junction 99"),
            ({"pipe": frame(PIPE, ["p", 0, 1, 0.1, None, 0.1, 0.0, 0.0, 280.0, 0.0])}, "table `pipe`, row 0: no `inner_diameter_mm`"),
            ({"pipe": frame(PIPE, ["p", 0, 1, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 5.0])}, "`qext_w` puts heat into a pipe")):
        told = bring(saved(folder / "refused.json", junction=junctions, ext_grid=grid, **tables), code=2)
        check(words in told and "Traceback" not in told, f"{words!r} is not in: {told}")
    # What touches a junction out of service is left out.
    left = saved(folder / "left.json", junction=frame(JUNCTION, ["a", 290.0, 0.0, True], ["b", 290.0, 0.0, True], ["c", 290.0, 0.0, False]), ext_grid=grid,
                 pipe=frame(PIPE, ["p", 0, 1, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0], ["q", 0, 1, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0],
                            ["gone", 1, 2, 0.1, 0.1, 0.1, 0.0, 0.0, 280.0, 0.0]), sink=frame(["junction", "mdot_kg_per_s"], [1, 2.0]))
    bring(left, "-o", folder / "left.yaml")
    streams = steady(folder / "left.yaml")["streams"]
    check("gone" not in streams, f"a pipe to a junction out of service: {sorted(streams)}")
    close(streams["p"]["flow"], 1.0, 1e-9, "two like pipes share the flow")
    (folder / "rows.pipe.csv").write_text("name,from_junction\np,0\n")
    told = bring(folder / "rows", code=2)
    check("table `pipe` has a row without a whole number as `index`" in told and "Traceback" not in told, told)
    (folder / "broken.json").write_text("{")
    (folder / "other.json").write_text("[]")
    for path, words in ((folder / "broken.json", "Expecting"), (folder / "other.json", "is not a network saved by pandapipes"),
                        (folder / "nothing", "no such file, and no tables beside it")):
        told = bring(path, code=2)
        check(words in told and "Traceback" not in told, f"{words!r} is not in: {told}")
print("every table brought and solved")
