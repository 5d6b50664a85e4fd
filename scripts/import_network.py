#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes a network of pandapipes (liquids) as a scenario that `hypocaust run --steady` solves.

    import_network.py NET.json -o net.yaml                  a saved network
    import_network.py FOLDER/CASE -o net.yaml               its tables as FOLDER/CASE.junction.csv, CASE.pipe.csv, ...

What a table or column means is told in docs/use/networks.md. A table that has no counterpart is an error, never left out.
"""
import argparse
import csv
import json
import math
import pathlib
import re
import sys

LAWS = ("colebrook_white", "haaland", "swamee_jain", "prandtl_nikuradse", "nikuradse_sum")
WIDE_KV_M3_H = 1e4  # the widest valve: about 1 Pa at 1 kg/s
PASSED_OVER = re.compile(r"^(res_|_)|_geodata$|^(controller|component_list|std_types?|group|fluid)$")


class Refused(Exception):
    pass


def unwrapped(value):
    """The content of a serialised object, however deep its JSON is wrapped in strings."""
    if isinstance(value, dict) and "_object" in value:
        content = value["_object"]
        return unwrapped(json.loads(content) if isinstance(content, str) else content)
    return {key: unwrapped(one) for key, one in value.items()} if isinstance(value, dict) else value


def frame(name, content):
    if not isinstance(content, dict) or not {"columns", "index", "data"} <= content.keys():
        raise Refused(f"table `{name}` is not saved as columns, index and data")
    return [dict(zip(content["columns"], row), index=index) for index, row in zip(content["index"], content["data"])]


def at_temperature(name, of, t_k):
    """A property of the fluid: a number, a line, or points between which is interpolated."""
    x, y = (of.get(key, of.get("_" + key)) for key in ("x_values", "y_values"))
    if "value" in of:
        return float(of["value"])
    if "slope" in of:
        return of["slope"] * t_k + of["offset"]
    if not x or not y:
        raise Refused(f"fluid property `{name}` is neither a constant, a line nor points: give the fluid by constants")
    k = min(max(sum(one <= t_k for one in x), 1), len(x) - 1)
    return y[k - 1] + (y[k] - y[k - 1]) * (t_k - x[k - 1]) / (x[k] - x[k - 1])


def read_json(path):
    """Tables, properties of the fluid and pump curves of a saved network."""
    net = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(net, dict) or not isinstance(net.get("_object"), dict):
        raise Refused("is not a network saved by pandapipes (no `_object`)")
    net, tables = net["_object"], {}
    for name, value in net.items():
        if isinstance(value, dict) and value.get("_class") == "DataFrame" and not PASSED_OVER.search(name):
            tables[name] = frame(name, unwrapped(value))
    fluid = unwrapped(net.get("fluid") or {})
    if fluid.get("is_gas"):
        raise Refused(f"fluid `{fluid.get('name')}` is a gas; only liquids can be brought")
    types = unwrapped(net.get("std_types") or net.get("std_type") or {}).get("pump", {})
    return tables, fluid.get("all_properties", {}), {name: one.get("reg_par") for name, one in types.items()}


def read_csv(prefix):
    tables, fluid = {}, {}
    for path in sorted(prefix.parent.glob(glob_escaped(prefix.name) + ".*.csv")):
        name = path.name[len(prefix.name) + 1:-4]
        with open(path, newline="", encoding="utf-8") as file:
            if name == "fluid":
                fluid = {row[0]: {"value": row[1]} for row in csv.reader(file) if len(row) == 2}
            elif not PASSED_OVER.search(name):
                tables[name] = list(csv.DictReader(file))
    if not tables:
        raise Refused("no such file, and no tables beside it (CASE.junction.csv, CASE.pipe.csv, ...)")
    return tables, fluid, {}


def glob_escaped(text):
    return re.sub(r"([*?[])", r"[\1]", text)


class Row:
    """A row of a table; says where it is when a value is missing or no number."""

    def __init__(self, table, values):
        try:
            self.table, self.values, self.index = table, values, int(float(values["index"]))
        except (KeyError, TypeError, ValueError):
            raise Refused(f"table `{table}` has a row without a whole number as `index`") from None
        self.where = f"table `{table}`, row {self.index}"

    def given(self, column):
        value = self.values.get(column)
        return value not in (None, "", "nan", "NaN", "None") and not (isinstance(value, float) and math.isnan(value))

    def number(self, *columns, default=None):
        for column in columns:
            if self.given(column):
                try:
                    return float(self.values[column])
                except ValueError:
                    raise Refused(f"{self.where}: `{column}` is no number: {self.values[column]!r}") from None
        if default is None:
            raise Refused(f"{self.where}: no `{'` or `'.join(columns)}`")
        return default

    def true(self, column):
        return not self.given(column) or str(self.values[column]).lower() in ("true", "1", "1.0")

    def text(self, column):
        return str(self.values[column]) if self.given(column) else ""

    def diameter_m(self):
        return self.number("diameter_m") if self.given("diameter_m") else self.number("inner_diameter_mm") / 1e3


class Network:
    """`names` gives the name here of each (table, index); junctions are nodes of the circuit `net`."""

    def __init__(self, tables, fluid, pumps, friction="colebrook_white", laminar_until=None, turbulent_from=None):
        self.tables = {name: [Row(name, row) for row in rows] for name, rows in tables.items() if rows}
        unknown = sorted(name for name in self.tables if name != "junction" and not hasattr(self, "of_" + name))
        if unknown:
            raise Refused(f"table `{unknown[0]}` has no counterpart here; without it: {', '.join(sorted(self.known()))}")
        self.pumps, self.notes, self.names, self.parts, self.met = pumps, [], {}, {}, {}
        self.t_k = self.boundary_temperature_k()
        self.rho, self.cp, self.mu = self.constants(fluid)
        self.circuit = {"fluid": "constant", "density": f"{self.rho!r} kg/m3", "heat_capacity": f"{self.cp!r} J/(kg K)",
                        "viscosity": f"{self.mu * 1e3!r} mPa s", "conductivity": "0.6 W/(m K)",
                        "initial": f"{self.t_k - 273.15!r} degC", "friction": friction}
        for key, value in (("laminar_until", laminar_until), ("turbulent_from", turbulent_from)):
            if value is not None:
                self.circuit[key] = repr(value)
        self.name_all()
        shut = {row.index for row in self.tables.get("junction", []) if not row.true("in_service")}
        for name, rows in self.tables.items():
            for row in rows:
                if name != "junction" and row.true("in_service") and not self.touches(row, shut):
                    getattr(self, "of_" + name)(row)
        for node, count in sorted(self.met.items()):
            if count == 1:  # a node exists because two components meet there
                self.beside(f"{node[4:]}_end", "flow_boundary", at=node, flow="0 kg/s")

    @staticmethod
    def touches(row, junctions):
        return any(int(row.number(column)) in junctions for column in row.values if str(column).endswith("junction") and row.given(column))

    @classmethod
    def known(cls):
        return ["junction"] + [name[3:] for name in dir(cls) if name.startswith("of_")]

    def boundary_temperature_k(self):
        given = [row.number("t_k", "t_flow_k") for name in ("ext_grid", "circ_pump_mass", "circ_pump_pressure")
                 for row in self.tables.get(name, []) if row.given("t_k") or row.given("t_flow_k")]
        return given[0] if given else 293.15

    def constants(self, fluid):
        missing = [name for name in ("density", "heat_capacity", "viscosity") if name not in fluid]
        if missing:
            raise Refused(f"the fluid has no `{missing[0]}`: needed are density, heat_capacity and viscosity")
        rho, cp, mu = (at_temperature(name, fluid[name], self.t_k) for name in ("density", "heat_capacity", "viscosity"))
        if cp < 100:  # no liquid holds so little in a joule; files of early versions hold kilojoules
            self.notes.append(f"heat_capacity {cp:g} is read as kJ/(kg K)")
            cp *= 1e3
        return rho, cp, mu

    def name_all(self):
        taken = set()
        for table, rows in self.tables.items():
            for row in rows:
                plain = re.sub(r"[^A-Za-z0-9_-]+", "_", row.text("name")).strip("_")[:150]
                short = "j" if table == "junction" else table + "_"
                name = plain or f"{short}{row.index}"
                while (table == "junction", name) in taken:
                    name += f"_{row.index}"
                taken.add((table == "junction", name))
                self.names[table, row.index] = name
        self.heights_m = {row.index: row.number("height_m", default=0.0) for row in self.tables.get("junction", [])}

    def node(self, row, column):
        index = int(row.number(column))
        if index not in self.heights_m:
            raise Refused(f"{row.where}: `{column}` names junction {index}, which is not in table `junction`")
        return "net." + self.names["junction", index]

    def add(self, name, type_, **keys):
        self.parts[name] = {"type": type_, **keys}
        for end in (keys.get("at"), keys.get("from_"), keys.get("to")):
            if end:
                self.met[end] = self.met.get(end, 0) + 1

    def beside(self, name, type_, **keys):
        """A component that stands in no table: its name makes way for those that do."""
        while name in self.names.values():
            name += "_"
        self.add(name, type_, **keys)

    def between(self, row, type_, first="from_junction", last="to_junction", **keys):
        self.add(self.names[row.table, row.index], type_, from_=self.node(row, first), to=self.node(row, last), **keys)

    def of_pipe(self, row):
        if row.number("qext_w", default=0.0) != 0:
            raise Refused(f"{row.where}: `qext_w` puts heat into a pipe; here a heat exchanger does that")
        diameter_m = row.diameter_m()
        alpha_w_m2_k = row.number("u_w_per_m2k", "alpha_w_per_m2k", default=0.0)
        outer_m = row.number("outer_diameter_mm", default=diameter_m * 1e3) / 1e3
        self.between(row, "pipe", length=f"{row.number('length_km') * 1e3!r} m", diameter=f"{diameter_m * 1e3!r} mm",
                     roughness=f"{row.number('k_mm')!r} mm", minor_losses=repr(row.number("loss_coefficient", default=0.0)),
                     loss=f"{alpha_w_m2_k * math.pi * outer_m!r} W/(m K)",
                     surroundings_temperature=f"{row.number('text_k', default=293.15) - 273.15!r} degC")

    def of_ext_grid(self, row):
        if row.given("type") and "p" not in row.text("type"):
            raise Refused(f"{row.where}: type `{row.text('type')}` gives no pressure; a pressure boundary needs one")
        self.add(self.names["ext_grid", row.index], "pressure_boundary", at=self.node(row, "junction"),
                 pressure=f"{row.number('p_bar')!r} bar", temperature=f"{row.number('t_k', default=self.t_k) - 273.15!r} degC")

    def of_sink(self, row, sign=-1):
        at = int(row.number("junction"))
        t_k = next((one.number("tfluid_k", default=self.t_k) for one in self.tables["junction"] if one.index == at), self.t_k)
        self.add(self.names[row.table, row.index], "flow_boundary", at=self.node(row, "junction"),
                 flow=f"{sign * row.number('mdot_kg_per_s') * row.number('scaling', default=1.0)!r} kg/s",
                 temperature=f"{t_k - 273.15!r} degC")

    def of_source(self, row):
        self.of_sink(row, +1)

    def of_valve(self, row):
        if row.given("et") and row.text("et") not in ("ju", "junction"):
            raise Refused(f"{row.where}: a valve between a junction and a {row.text('et')}; only junctions can be its ends")
        zeta = row.number("loss_coefficient", default=0.0)
        kv = min(900 * math.pi * row.diameter_m() ** 2 * math.sqrt(200 / zeta), WIDE_KV_M3_H) if zeta > 0 else WIDE_KV_M3_H
        self.between(row, "valve", kv=f"{kv!r} m3/h", position="1" if row.true("opened") else "0")

    def of_pump(self, row):
        curve = self.pumps.get(row.text("std_type"))
        if not isinstance(curve, list) or len(curve) != 3:
            raise Refused(f"{row.where}: no parabola for std_type `{row.text('std_type')}`; give --pump "
                          f"{row.text('std_type') or 'NAME'}=A,B,C of the head A V^2 + B V + C (bar, V in m3/h)")
        a, b, c = map(float, curve)
        if c <= 0 or a > 0 or b > 0 or a == b == 0:
            raise Refused(f"{row.where}: the curve of std_type `{row.text('std_type')}` does not fall with the flow")
        # The flow at three quarters of the head, and seven points up to it.
        flow = c / 4 / -b if a == 0 else (-b - math.sqrt(b * b - a * c)) / (2 * a)
        points = [(flow * k / 6, a * (flow * k / 6) ** 2 + b * flow * k / 6 + c) for k in range(7)]
        curve = ", ".join(f"{{flow: {v!r} m3/h, head: {p!r} bar}}" for v, p in points)
        self.between(row, "pump", nominal_flow=f"{flow!r} m3/h", nominal_head=f"{points[-1][1]!r} bar", curve=f"[{curve}]")

    def of_heat_exchanger(self, row):
        diameter_m, zeta = row.diameter_m(), row.number("loss_coefficient", default=0.0)
        self.between(row, "heat_input", power=f"{-row.number('qext_w') / 1e3!r} kW",
                     nominal_flow=f"{900 * math.pi * diameter_m ** 2!r} m3/h",  # at 1 m/s
                     nominal_drop=f"{max(zeta * self.rho / 2e3, 1e-6)!r} kPa")

    def of_heat_consumer(self, row):
        keys = {}
        for column, key, scale, shift, unit in (("controlled_mdot_kg_per_s", "flow", 1, 0, "kg/s"), ("qext_w", "power", 1e-3, 0, "kW"),
                                                ("deltat_k", "temperature_drop", 1, 0, "K"),
                                                ("treturn_k", "return_temperature", 1, -273.15, "degC")):
            if row.given(column):
                keys[key] = f"{row.number(column) * scale + shift!r} {unit}"
        self.between(row, "heat_consumer", **keys)

    def of_flow_control(self, row):
        if row.true("control_active"):
            self.between(row, "heat_consumer", flow=f"{row.number('controlled_mdot_kg_per_s')!r} kg/s", power="0 kW")
        else:
            self.between(row, "valve", kv=f"{WIDE_KV_M3_H!r} m3/h")

    def of_pressure_control(self, row):
        if row.true("control_active"):
            self.between(row, "pressure_regulator", senses=self.node(row, "controlled_junction"),
                         target=f"{row.number('controlled_p_bar')!r} bar", kv=f"{WIDE_KV_M3_H!r} m3/h")
        else:
            self.between(row, "valve", kv=f"{WIDE_KV_M3_H!r} m3/h")

    def circulation(self, row, **keys):
        t_c = f"{row.number('t_flow_k') - 273.15!r} degC"
        self.between(row, "circulation_source", "return_junction", "flow_junction", temperature=t_c, **keys)
        self.beside(self.names[row.table, row.index] + "_pressure", "pressure_boundary", at=self.node(row, "flow_junction"),
                 pressure=f"{row.number('p_flow_bar')!r} bar", temperature=t_c)

    def of_circ_pump_mass(self, row):
        self.circulation(row, flow=f"{row.number('mdot_flow_kg_per_s')!r} kg/s")

    def of_circ_pump_pressure(self, row):
        self.circulation(row, lift=f"{row.number('plift_bar')!r} bar")

    def yaml(self, title):
        def flow_map(keys):
            return "{" + ", ".join(f"{key.rstrip('_')}: {value}" for key, value in keys.items()) + "}"
        heights = {"net." + self.names["junction", index]: h for index, h in self.heights_m.items()}
        heights = [f"    {node}: {{height: {h!r} m}}" for node, h in heights.items() if h != 0 and node in self.met]
        lines = ["hypocaust: 1", f"title: {json.dumps(title)}", "clock: {start: 2025-01-01, duration: 1 d, step: 5 min, warm_up: 0 s}", "",
                 "plant:", "  circuits:", f"    net: {flow_map(self.circuit)}", *(["  nodes:"] + heights if heights else []), "  components:"]
        return "\n".join(lines + [f"    {name}: {flow_map(keys)}" for name, keys in self.parts.items()]) + "\n"


def load(path, pumps=None, **options):
    path = pathlib.Path(path)
    tables, fluid, curves = read_json(path) if path.is_file() else read_csv(path)
    return Network(tables, fluid, {**curves, **(pumps or {})}, **options)


def pump_curve(text):
    name, _, numbers = text.partition("=")
    try:
        return name, [float(one) for one in numbers.split(",")]
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=A,B,C") from None


def main():
    ask = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    ask.add_argument("network", help="NET.json, or FOLDER/CASE of its tables as CSV")
    ask.add_argument("-o", "--output", help="the scenario to write (else standard output)")
    ask.add_argument("--friction", choices=LAWS, default=LAWS[0], help="law of turbulent flow (default %(default)s)")
    ask.add_argument("--laminar-until", type=float, metavar="RE")
    ask.add_argument("--turbulent-from", type=float, metavar="RE")
    ask.add_argument("--pump", type=pump_curve, action="append", default=[], metavar="NAME=A,B,C",
                     help="head A V^2 + B V + C of a pump type, bar over m3/h")
    given = ask.parse_args()
    try:
        net = load(given.network, dict(given.pump), friction=given.friction, laminar_until=given.laminar_until,
                   turbulent_from=given.turbulent_from)
        text = net.yaml(f"{pathlib.Path(given.network).stem}, from pandapipes")
        if given.output:
            pathlib.Path(given.output).write_text(text, encoding="utf-8")
        else:
            sys.stdout.write(text)
    except (Refused, OSError, json.JSONDecodeError, UnicodeDecodeError) as why:
        print(f"import_network: error: {given.network}: {why}", file=sys.stderr)
        return 2
    for note in net.notes:
        print(f"import_network: note: {given.network}: {note}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
