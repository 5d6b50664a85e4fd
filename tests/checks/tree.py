"""The files of the project, as the checks see them (no git needed: a copied tree is checked too)."""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
IGNORED = {"results", "__pycache__", ".git"}


def files(*folders, suffixes=(".hpp", ".cpp")):
    """Paths under `folders` of ROOT with one of `suffixes` (() = any), sorted, build and result folders left out."""
    found = []
    for folder in folders or (".",):
        for path in (ROOT / folder).rglob("*"):
            parts = path.relative_to(ROOT).parts
            if parts[0] in IGNORED or parts[0].startswith("build") or "__pycache__" in parts:
                continue
            if path.is_file() and (not suffixes or path.suffix in suffixes):
                found.append(path)
    return sorted(found)


def code(path):
    """The text with comments and string contents blanked; lines keep their numbers."""
    text = path.read_text(encoding="utf-8")
    pattern = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.S)

    def blank(match):
        found = match.group(0)
        lines = "\n" * found.count("\n")
        return lines if found.startswith("/") else '""' + lines

    # The words of an include line are code, not a string.
    return "\n".join(line if line.lstrip().startswith("#include") else blanked for line, blanked in
                     zip(text.split("\n"), pattern.sub(blank, text).split("\n")))


def name(path):
    return path.relative_to(ROOT).as_posix()


def finish(title, problems):
    """Prints every problem and ends the process: 0 when there is none, else 1."""
    for problem in problems:
        print(problem)
    print(f"{title}: {len(problems)} problem(s)" if problems else f"{title}: ok")
    sys.exit(1 if problems else 0)
