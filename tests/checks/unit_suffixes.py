"""Every double of models/ that is a member or a parameter says its unit by its ending, or is listed as dimensionless."""
import re

import tree

# SI endings, longest first where one ends another. Compounds join them: w_m2_k, j_kg_k, kg_m3, pa_s ...
UNITS = "byte w j s m m2 m3 kg k c pa a v rad deg lx mol money kgco2e flop bit count m_1 k_1 s_1".split()
DENOMINATORS = "w j s s2 m m2 m3 m4 kg kg2 k k2 k4 pa c rad h mol".split()
UNIT = re.compile(rf"(?:^|_)(?:{'|'.join(UNITS)}|frac)(?:_(?:{'|'.join(DENOMINATORS)}))*_?$")

# Numbers without a dimension, or whose dimension varies; each ending or name with its reason.
DIMENSIONLESS = {
    # shares, counts, ratios
    "frac", "ratio", "factor", "share", "count", "index", "number", "exponent", "cop", "efficiency", "effectiveness", "weight",
    "reynolds", "prandtl", "rough", "nusselt", "grashof", "ntu", "friction", "emissivity", "albedo", "steps", "iterations", "draw",
    "damping", "shape", "scale", "position", "turns", "layers", "cores", "speed", "gain", "determinant", "load", "fraction",
    # condition and switches held as Real (0 or 1)
    "available", "on", "off", "open", "closed", "mode", "enabled", "active", "head", "tail", "start", "years", "sign", "inside", "mapped", "arrangement", "aligned", "least", "connected",
    # whatever the row, table or channel says
    "value", "values", "constant", "min", "max", "above", "below", "low", "high", "given", "unit", "none", "mean", "sum", "total",
    "unused", "guess", "rest", "result", "candidate", "base", "boost", "reach", "command", "part", "whole", "weighted", "slope",
    # linear forms of the network (kg/s and Pa, or rows scaled): models/plant/component.hpp names their units
    "sine", "cosine", "conductance", "rhs", "coefficient", "coefficients", "pivot", "residual",
}
# Whole names, where an ending would allow too much.
NAMES = {
    "quantity",  # of a line of a bill: its unit stands beside it (quantity_unit)
    "p50", "p90",  # quantiles of values of any unit
    "longest_ln_run", "longest_ln_gap",  # natural logarithms of seconds (workload model)
    "points", "points_before", "prob", "most",  # the workload model's own numbers: cumulated weights, shares, a bound
    "day_memory", "hour_memory", "clear_memory", "warm_when_clear", "clear_winter_cold",  # correlations
    "east", "north", "swing",  # parts of a unit vector; swing of a sine
    "beam", "sky",  # locals of a template
    "half_range", "beyond",  # share of a range; what a curve gives outside its points
    "day", "warmest_h",  # calendar: day of the year, hour of the day
    "rangeability", "equal_percentage", "zeta", "natural_draught", "in_air", "parts", "percent", "base_percent",  # pure numbers
    "run_spread", "exponential",  # standard deviation of a logarithm; an exponential variable of mean 1
    "minor",  # loss of fittings as dp / (flow x |flow|): models/plant/parts/pipe.cpp
    "law", "rough_ratio_most", "per_reynolds", "cubic", "growth", "per_ln", "root", "root_slope", "inverse",  # pure numbers: models/core/friction.hpp
    "first", "place", "top", "block", "end", "keep", "theta", "sum_theta",  # a ring of parcels, its scaled enthalpies
    "by_volume", "when_failed",  # switches held as Real
    "share_from_bottom", "cop_per_carnot", "f_air", "own",
    "data", "state", "input",  # arrays of Real of every kind
    "slopes", "near", "by_heat", "by_inlet", "by_lift", "by_taken", "power", "ran", "refused",  # locals of templates
    "mass", "heat", "add", "counter", "least", "shaft", "flow", "wanted", "equal", "order", "hpt", "ln10", "grow",  # locals of templates
}
MATHEMATICS = {"models/core/math.hpp", "models/core/exp_log.hpp", "models/core/random.hpp", "models/core/random.cpp", "models/core/units.hpp",
               "models/core/units.cpp", "models/core/schema.hpp", "models/core/schema.cpp", "models/core/table.hpp",
               "models/core/contracts.hpp"}  # work on numbers of any unit
DECLARATION = re.compile(r"\b(?:double|Real|R)(?:\s*const)?\s*[&*]*\s+[&*]*\s*((?:[a-zA-Z]\w*(?:\s*(?:=\s*[^,;(){}]+|\{[^{}]*\}|\[[^\]]*\]))?"
                         r"\s*,\s*(?!(?:double|R|Real|const|int|bool|std|auto)\b))*[a-zA-Z]\w*)\s*(?=[=;,){\[])")



def scopes(text):
    """For each position of `text`: True inside a function body (locals are free), False among members and parameters."""
    inside, stack, start = [], [False], 0
    for position, character in enumerate(text):
        inside.append(stack[-1])
        if character == "{":
            opener = text[start:position]
            stack.append(stack[-1] or not re.search(r"\b(struct|class|union|namespace|enum)\b[^()]*$|^\s*template\b[^()]*\b(struct|class)\b", opener))
            start = position + 1
        elif character == "}":
            if len(stack) > 1:
                stack.pop()
            start = position + 1
        elif character == ";":
            start = position + 1
    return inside


problems, checked = [], 0
for path in tree.files("models"):
    if tree.name(path) in MATHEMATICS:
        continue
    text = tree.code(path)
    local = scopes(text)
    for match in DECLARATION.finditer(text):
        if local[match.start()]:
            continue
        number = text.count("\n", 0, match.start()) + 1
        for one in match.group(1).split(","):
            name = re.match(r"\s*(\w+)", one).group(1)
            bare = name.rstrip("_")
            checked += 1
            if UNIT.search(name) or len(bare) <= 2 or bare in NAMES or bare.rsplit("_", 1)[-1] in DIMENSIONLESS:
                continue
            problems.append(f"{tree.name(path)}:{number}: `{name}` has no unit: end it in _w, _j, _s, _m, _m2, _m3, _kg, _kg_s, _pa, _c,"
                            " _k, _frac ... (docs/develop/testing.md), or list it as dimensionless in tests/checks/unit_suffixes.py")
if checked < 100:
    problems.append(f"only {checked} doubles were seen: this check no longer reads the code")
tree.finish(f"unit suffixes ({checked} doubles)", problems)
