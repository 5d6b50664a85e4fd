"""exp, log, pow, sin and the like are called in models/core/math.hpp only, so that laws run on lanes and bits stay ours."""
import re

import tree

CALL = re.compile(r"(?<![\w.:>])(?:std::)?(exp|exp2|expm1|log|log2|log10|log1p|pow|sqrt|cbrt|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|"
                  r"tanh|hypot|erf|erfc|tgamma|lgamma)\s*\(")
HOME = "models/core/math.hpp"
problems = []
for path in tree.files("models"):
    if tree.name(path) == HOME:
        continue
    for number, line in enumerate(tree.code(path).split("\n"), 1):
        for match in CALL.finditer(line):
            problems.append(f"{tree.name(path)}:{number}: {match.group(1)}(): use v{match.group(1)} of {HOME} (add it there if it is missing)")
        if re.search(r"std::(\w+_distribution|random_device|mt19937)|\brand\s*\(", line):
            problems.append(f"{tree.name(path)}:{number}: random numbers come from models/core/random.hpp only")
tree.finish("math functions", problems)
