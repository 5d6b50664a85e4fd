"""Every C++ file is as clang-format 14 leaves it (.clang-format). Skipped by name where that clang-format is not installed."""
import re
import shutil
import subprocess
import sys

import tree

tool = shutil.which("clang-format-14") or shutil.which("clang-format")
version = re.search(r"version (\d+)", subprocess.run([tool, "--version"], capture_output=True, text=True).stdout) if tool else None
if not version or version.group(1) != "14":
    print("SKIPPED: format needs clang-format 14 (Debian 12: apt-get install clang-format)")
    sys.exit(77)
paths = tree.files("models", "sim", "tests")
problems = []
for path in paths:
    done = subprocess.run([tool, "--dry-run", "-Werror", str(path)], capture_output=True, text=True)
    if done.returncode != 0:
        first = done.stderr.split("\n", 1)[0].replace(str(tree.ROOT) + "/", "")
        problems.append(f"{first}  (scripts/format.sh puts it right)")
tree.finish(f"format ({len(paths)} files)", problems)
