"""No path of somebody's machine, no conflict mark, no forgotten note, no tab or trailing blank, in any text file."""
import re

import tree

TEXT = {".hpp", ".cpp", ".py", ".sh", ".md", ".yaml", ".yml", ".cmake", ".txt", ".json", ".supp", ".expected", ""}
PATTERNS = [
    (re.compile(r"(?<![\w.$}/<\"'])/(?:root|work|scratch)/"), "path of a machine"),
    (re.compile(r"/home/(?!a user/|user/|you/|\$)[a-z]\w*/"), "path of a machine"),
    (re.compile(r"/tmp/[A-Za-z]\w*"), "path of a machine (use a temporary folder of the run)"),
    (re.compile(r"^(<{7}|={7}|>{7})( |$)"), "mark of a merge conflict"),
    (re.compile(r"\b(TO" r"DO|FIX" r"ME|XX" r"X|HA" r"CK)\b"), "unfinished note: finish it, or say in the text what is not done"),
    (re.compile(r"[ \t]+$"), "blank at the end of a line"),
    (re.compile(r"\t"), "tab"),
]
# What may hold what others may not, with the reason.
EXCEPT = {"tests/checks/words.py": "names the patterns", "LICENSE": "not our text", ".git": "a worktree's pointer"}
problems = []
for path in tree.files(suffixes=()):
    name = tree.name(path)
    if path.suffix not in TEXT or name in EXCEPT or name.startswith("tests/messages/"):
        continue
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError:
        problems.append(f"{name}: not UTF-8")
        continue
    for number, line in enumerate(lines, 1):
        for pattern, what in PATTERNS:
            if pattern.search(line):
                problems.append(f"{name}:{number}: {what}: {line.strip()[:100]}")
tree.finish("words", problems)
