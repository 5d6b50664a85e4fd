"""No two files define a type of one full name: the linker would take the functions of either for both, and say nothing."""
import collections
import re

import tree

places = collections.defaultdict(list)
for path in tree.files("models", "sim"):
    spaces = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if opened := re.match(r"namespace ?([\w:]*) ?\{", line):
            spaces.append(opened.group(1))  # "": without a name, of this file alone
        elif re.match(r"\}\s*// namespace", line):
            spaces.pop()
        elif (found := re.match(r"(?:struct|class) (\w+)(?: final)?(?: : [^{]*)? ?\{", line)) and "" not in spaces:
            places["::".join([*spaces, found.group(1)])].append(f"{tree.name(path)}:{number}")
tree.finish("one definition", [f"{name} is defined at {' and '.join(where)}; rename one, or put it into a namespace without a name"
                               for name, where in places.items() if len(where) > 1])
