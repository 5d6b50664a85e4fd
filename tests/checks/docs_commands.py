"""Runs what the documentation tells a reader to type.   docs_commands.py BINARY [PAGE...]

Every ```sh block of README.md, CONTRIBUTING.md and docs/ runs, page by page, in a temporary copy of the tree, with the given
binary in the place of build/release/hypocaust; a command that fails fails the check. Commands that install, build or run the
tests themselves (LISTED) are printed as "listed, not run". Blocks marked ```console or ```text are only shown to the reader;
blocks with no mark are not allowed, so that nobody forgets to choose.
"""
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import tree

LISTED = re.compile(r"^(\S*/)?(test|setup|bare_debian|tidy|format)\.sh\b|^git |^(sudo )?apt-get |^cmake |^ninja |^ctest |^spack |^conda |^module |^cd ")
binary = pathlib.Path(sys.argv[1]).resolve()
pages = [tree.ROOT / one for one in sys.argv[2:]] or \
    [path for path in (tree.ROOT / "README.md", tree.ROOT / "CONTRIBUTING.md") if path.exists()] + tree.files("docs", suffixes=(".md",))
problems, ran, listed = [], 0, 0


def blocks(text):
    """(line number, mark, content) of each fenced block."""
    mark, start, content = None, 0, []
    for number, line in enumerate(text.split("\n"), 1):
        fence = re.match(r"^\s*```\s*(\S*)\s*$", line)
        if fence and mark is None:
            mark, start, content = fence.group(1), number, []
        elif fence:
            yield start, mark, content
            mark = None
        elif mark is not None:
            content.append(line.strip())


def commands(content):
    """Lines joined at a trailing backslash; comments and empty lines dropped."""
    for line in "\n".join(content).replace("\\\n", " ").split("\n"):
        line = re.sub(r"\s+#\s.*$", "", line).strip()
        if line and not line.startswith("#"):
            yield line


with tempfile.TemporaryDirectory(prefix="hypocaust docs ") as folder:
    copy = pathlib.Path(folder) / "hypocaust"
    for path in tree.files(suffixes=()):
        target = copy / path.relative_to(tree.ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(path, target)
    (copy / "build/release").mkdir(parents=True)
    (copy / "build/release/hypocaust").symlink_to(binary)
    environment = dict(os.environ, HYPOCAUST_BINARY=str(binary), XDG_CACHE_HOME=str(pathlib.Path(folder) / "cache"),
                       PATH=f"{copy / 'build/release'}:/usr/bin:{os.environ.get('PATH', '')}")
    for page in pages:
        for start, mark, content in blocks(page.read_text(encoding="utf-8")):
            where = f"{tree.name(page)}:{start}"
            if not mark:
                problems.append(f"{where}: a block without a mark: sh (is run), console or text (shown only), yaml, cpp ...")
            if mark != "sh":
                continue
            for command in commands(content):
                if LISTED.match(command):
                    print(f"{where}: listed, not run: {command}")
                    listed += 1
                    continue
                done = subprocess.run(["bash", "-c", command], cwd=copy, env=environment, stdin=subprocess.DEVNULL,
                                      capture_output=True, text=True)
                ran += 1
                print(f"{where}: {'ran' if done.returncode == 0 else 'FAILED'}: {command}")
                if done.returncode != 0:
                    last = (done.stderr or done.stdout).strip()[-600:]
                    problems.append(f"{where}: `{command}` ended with {done.returncode}: {last}")
tree.finish(f"docs commands ({ran} ran, {listed} listed)", problems)
