"""Scripts carry the SPDX line; a source file needs none (LICENSE covers the tree) but may not claim another licence."""
import re

import tree

problems = []
for path in tree.files(suffixes=(".sh", ".py", ".hpp", ".cpp", ".cmake")):
    text = path.read_text(encoding="utf-8")
    found = re.findall(r"^(?:#|//) SPDX-License-Identifier: *(\S+)", text, re.M)
    if any(one != "Apache-2.0" for one in found):
        problems.append(f"{tree.name(path)}: claims licence {found}; the project is Apache-2.0")
    if path.suffix == ".sh" and not found:
        problems.append(f"{tree.name(path)}: no line `# SPDX-License-Identifier: Apache-2.0`")
if "Apache License" not in (tree.ROOT / "LICENSE").read_text(encoding="utf-8"):
    problems.append("LICENSE: not the text of the Apache licence")
tree.finish("licence lines", problems)
