"""Length of files: about 100 lines is typical, 300 is long (told), above 500 fails unless its reason is written here."""
import tree

REASONS = {}  # file -> why it is above 500 lines
problems, long = [], []
paths = tree.files("models", "sim", "tests", suffixes=(".hpp", ".cpp", ".py"))
for path in paths:
    lines = path.read_text(encoding="utf-8").count("\n")
    if lines > 500 and tree.name(path) not in REASONS:
        problems.append(f"{tree.name(path)}: {lines} lines; split it, or write the reason in tests/checks/file_length.py")
    elif lines > 300:
        long.append(f"long: {tree.name(path)}: {lines} lines")
for line in long:
    print(line)
tree.finish(f"file length ({len(paths)} files)", problems)
