"""Includes only along the arrows of docs/develop/architecture.md, outside libraries only where they belong."""
import re

import tree

# folder -> folders it may include from, itself apart
MODELS = {
    "models/core": set(),
    "models/weather": {"models/core"},
    "models/compute": {"models/core"},
    "models/demand": {"models/core"},
    "models/plant": {"models/core", "models/demand"},
    "models/control": {"models/core"},
    "models/meter": {"models/core", "models/plant", "models/demand"},
    "models/economics": {"models/core", "models/meter"},
}
ORDER = ["base", "input", "config", "compute output", "run report", "study", "cli"]  # base <- ... <- cli; one entry = no arrow inside
# library header -> the only folders that may include it
HOMES = {
    r"(simgrid|xbt)/|simgrid\.h": {"sim/compute"},
    r"hdf5|H5": {"sim/output"},
    r"libdeflate\.h": {"sim/output"},
    r"yaml-cpp/": {"sim/config"},
    r"CLI/": {"sim/cli"},
    r"(tbb|oneapi)/": {"sim/output", "sim/study", "sim/run", "sim/report"},
    r"zlib\.h": {"sim/input"},
    r"xxhash\.h": {"sim/base", "sim/compute"},
    r"date/": {"sim/input", "sim/base"},
    r"Random123/": {"models/core"},
    r"nlohmann/": {"sim/cli", "sim/config", "sim/output", "sim/base", "sim/study", "sim/report"},
    r"fmt/": None,  # anywhere in sim
}


def allowed(folder):
    if folder in MODELS:
        return MODELS[folder]
    layer = folder.split("/")[1]
    below = set(MODELS)
    for group in ORDER:
        if layer in group.split():
            return below
        below |= {f"sim/{one}" for one in group.split()}
    return None


def folder_of(include_or_name):
    parts = include_or_name.split("/")
    return "/".join(parts[:2]) if len(parts) > 2 else parts[0]


problems = []
for path in tree.files("models", "sim"):
    folder = folder_of(tree.name(path))
    may = allowed(folder)
    if may is None:
        problems.append(f"{tree.name(path)}: {folder} has no place in the order of layers; add it to tests/checks/layering.py")
        continue
    for number, line in enumerate(tree.code(path).split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        quote, what = match.groups()
        where = f"{tree.name(path)}:{number}: "
        if quote == '"':
            if not what.startswith(("models/", "sim/")):
                problems.append(where + f'"{what}": write our includes from the root, "models/..." or "sim/..."')
            elif folder_of(what) != folder and folder_of(what) not in may:
                problems.append(where + f"{folder} may not know {folder_of(what)}")
            continue
        homes = [home for pattern, home in HOMES.items() if re.match(pattern, what)]
        standard = re.fullmatch(r"[a-z_]+|c[a-z]+", what)  # <vector>, <cmath>
        if homes:
            if homes[0] is None and not folder.startswith("sim/"):
                problems.append(where + f"<{what}> belongs to sim/ only")
            elif homes[0] is not None and folder not in homes[0]:
                problems.append(where + f"<{what}> belongs to {', '.join(sorted(homes[0]))} only")
        elif folder.startswith("models/"):
            if not standard:
                problems.append(where + f"models/ knows the standard library and Random123 only, not <{what}>")
            elif what in ("thread", "mutex", "atomic", "future", "iostream", "fstream", "filesystem", "chrono", "ctime", "random"):
                problems.append(where + f"models/ has no I/O, threads, clock or <random>: <{what}>")
tree.finish("layering", problems)
