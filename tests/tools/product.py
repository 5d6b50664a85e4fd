"""What the tests of the finished program share: its path, a site, short runs, and how a test fails or is skipped by name."""
import importlib
import json
import pathlib
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parents[2]
SITE = ROOT / "configs" / "sites" / "leisure_centre.yaml"
NAME = "tools: " + pathlib.Path(sys.argv[0]).stem


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def need(*modules):
    """Modules by name; where one is missing the test is skipped and says which."""
    for module in modules:
        try:
            importlib.import_module(module)
        except ImportError:
            skip(f"{NAME} needs python3-{module.lower()}")


def skip(why):
    print(f"SKIPPED: {why}")
    sys.exit(77)


def arguments(output, days=10, warm_up=1, sets=(), flags=("--no-cache",), site=SITE):
    """Command line of a run of `days`, after `warm_up` days that are not recorded."""
    command = [sys.argv[1], "run", str(site), "--quiet", "-o", str(output)]
    for text in (f"clock.duration={days} d", f"clock.warm_up={warm_up} d", *sets):
        command += ["--set", text]
    return command + list(flags)


def run(output, **given):
    """A run that must succeed and keep quiet; gives what `--json` prints."""
    given["flags"] = (*given.get("flags", ("--no-cache",)), "--json")
    done = subprocess.run(arguments(output, **given), capture_output=True, text=True, timeout=600)
    check(done.returncode == 0, f"exit {done.returncode}: {' '.join(arguments(output, **given)[1:])}\n{done.stderr}")
    check(done.stderr == "", f"--quiet, and yet on stderr: {done.stderr!r}")
    return json.loads(done.stdout)


def same(one, other, what):
    a, b = pathlib.Path(one).read_bytes(), pathlib.Path(other).read_bytes()
    at = next((k for k, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    check(a == b, f"{what}: files of {len(a)} and {len(b)} bytes differ first at byte {at}")


def overlay(path, text):
    """A scenario that includes the site and changes it."""
    path.write_text(f"hypocaust: 1\ninclude: [{json.dumps(str(SITE))}]\n{text}", encoding="utf-8")
    return path
