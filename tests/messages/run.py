#!/usr/bin/env python3
"""Runs `hypocaust validate` on bad inputs and compares exit code and messages with what is expected.

Each folder of cases/ holds site.yaml, expected.txt (the whole of stderr; or contains.txt, lines it must hold) and perhaps args. Files too large or too strange to
keep are made here. With --write the expected texts are written instead of compared: read them before committing.
"""
import pathlib
import subprocess
import sys
import tempfile
import time

CASES = pathlib.Path(__file__).resolve().parent / "cases"
HEAD = "hypocaust: 1\nclock: {start: 2025-01-01}\nweather: {type: constant, outdoor: 10 degC}\n"


def validate(binary, folder, arguments):
    started = time.monotonic()
    done = subprocess.run([binary, "validate", *arguments], cwd=folder, capture_output=True, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode("utf-8", "replace"), time.monotonic() - started


def stored(binary, write):
    for case in sorted(CASES.iterdir()):
        extra = (case / "args").read_text().split() if (case / "args").exists() else []
        code, out, err, seconds = validate(binary, case, ["site.yaml", *extra])
        part = case / "contains.txt"  # structure of the plant: the wording belongs to the plant's own tests
        if part.exists():
            lines = part.read_text().splitlines()
            yield case.name, code == 2 and out == "" and all(line in err for line in lines), f"exit {code}\n{err}--- wanted\n{lines}"
            continue
        if write:
            (case / "expected.txt").write_text(err)
        expected = (case / "expected.txt").read_text()
        yield case.name, code == 2 and out == "" and err == expected, f"exit {code}\n{out}{err}--- expected\n{expected}"


def generated():
    bomb = "".join(f"a{k}: &a{k} [{', '.join(['*a' + str(k - 1)] * 9)}]\n" for k in range(1, 13))
    return {
        "missing file": (None, "no such file"),
        "empty": (b"", "is empty"),
        "only comments": (b"# nothing\n", "nothing is written here"),
        "binary": (b"\x7fELF\x02\x01\x01\x00" * 100, "control character"),
        "utf-16": ("hypocaust: 1\n".encode("utf-16"), "UTF-16"),
        "latin-1": ("hypocaust: 1\ntitle: caf\u00e9\n".encode("latin-1"), "site.yaml:2:11: error: is not UTF-8 (byte 0xE9)"),
        "100 MB": (b"# " + b"x" * 100_000_000, "the largest scenario file is 8 MB"),
        "deep flow": (HEAD.encode() + b"title: " + b"[" * 100_000 + b"]" * 100_000, "more than 64 levels deep"),
        "deep block": ("".join(" " * k + "a:\n" for k in range(300)).encode(), "more than 64 levels deep"),
        "alias bomb": (("a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + bomb).encode(), "more than 1048576 values"),
        "alias in itself": (b"a: &a [*a]\n", "an alias inside its own anchor"),
        "million keys": (HEAD.encode() + b"title: {" + b"a," * 1_000_000 + b"}\n", "site.yaml:4:"),
        "unknown keys": (HEAD.encode() + b"".join(b"k%d: 1\n" % k for k in range(300_000)), "more problems"),
        "carriage return": (b"hypocaust: 1\rtitle: x\n", "carriage return"),
        "a list": (b"- hypocaust: 1\n", "a scenario is a map of keys"),
    }


def made(binary):
    for name, (data, text) in generated().items():
        with tempfile.TemporaryDirectory() as folder:
            if data is not None:
                pathlib.Path(folder, "site.yaml").write_bytes(data)
            code, out, err, seconds = validate(binary, folder, ["site.yaml"])
            good = code == 2 and out == "" and text in err and err.startswith("site.yaml:") and len(err) < 60_000 and seconds < 20
            yield name, good, f"exit {code}, {seconds:.1f} s, wanted {text!r}\n{err[:2000]}"
    with tempfile.TemporaryDirectory() as folder:
        code, out, err, seconds = validate(binary, folder, [folder])
        yield "a folder", code == 2 and "is a folder" in err, err


def main():
    binary = str(pathlib.Path(sys.argv[1]).resolve())
    results = [*stored(binary, "--write" in sys.argv), *made(binary)]
    for name, good, detail in results:
        print(f"{'ok  ' if good else 'FAIL'} {name}" + ("" if good else "\n" + detail))
    failed = sum(not good for _, good, _ in results)
    print(f"{len(results)} bad inputs, {failed} without the expected message")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
