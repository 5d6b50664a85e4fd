#!/usr/bin/env python3
"""Mutates the leisure-centre site (bytes, lines, words, numbers) and runs the program on what comes out.

Whatever the file holds, `validate` and `run` must end within 20 s with exit code 0 (fine), 2 (a message that says what is wrong) or
3 (the simulation could not go on), never with 1, a signal or a hang; and exit 2 or 3 must come with a message. The seed is fixed;
`fuzz.py BINARY --seconds 60 --seed 1`.
Inputs that break a rule are kept in --keep FOLDER, when given, and printed by number.
"""
import argparse
import collections
import pathlib
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time

SITE = pathlib.Path(__file__).resolve().parents[2] / "configs" / "sites" / "leisure_centre.yaml"
LONGEST_S = 20
VALUES = ["0", "-1", "1e400", "-0.0", "nan", "inf", ".nan", "~", "''", "[]", "{}", "yes", "1e-300 W", "1e300 W", "0 m3", "-5 K", "0 %", "100 %",
          "1e9 m", "1e-9 m3/h", "-273.15 degC", "99 degC", "0 degC", "1 s", "86400 s", "100000 yr", "0 s", "*x", "&x 1", "!assumed 3 K", "!remove",
          "rack.cold", "reuse.return", "gpu", "tank", "pump", "18446744073709551616", "-9223372036854775808", "1970-01-01", "9999-12-31",
          "2024-02-29", "0x10", "1_000 W", "1,5 W", "1 W/W", "W", "%", "\u00e9", "a" * 3000]
NUMBER = re.compile(rb"(?<![\w.])-?\d+(?:\.\d+)?")


def bytes_changed(text, pick):
    data = bytearray(text)
    for _ in range(pick.randint(1, 4)):
        at = pick.randrange(len(data))
        how = pick.randrange(3)
        if how == 0:
            data[at] = pick.choice(b"{}[]:,-&*!|>'\"#% \n\t0aZ") if pick.random() < 0.7 else pick.randrange(256)
        elif how == 1:
            del data[at]
        else:
            data.insert(at, pick.choice(b"{}[]:,-&*!|>'\"#% \n\t0aZ"))
    return bytes(data)


def lines_changed(text, pick):
    lines = text.split(b"\n")
    at, other = pick.randrange(len(lines)), pick.randrange(len(lines))
    how = pick.randrange(5)
    if how == 0:
        del lines[at]
    elif how == 1:
        lines.insert(other, lines[at])
    elif how == 2:
        lines[at], lines[other] = lines[other], lines[at]
    elif how == 3:
        lines = lines[:at]
    else:
        del lines[min(at, other):max(at, other)]
    return b"\n".join(lines)


def number_changed(text, pick):
    found = list(NUMBER.finditer(text))
    for _ in range(pick.randint(1, 2)):
        match = pick.choice(found)
        value = float(match.group())
        new = pick.choice([0.0, -value, value * 10, value / 10, value * 1000, value / 1000, value * 1e9, value + 1, value * 1.1, value * 0.9])
        text = text[:match.start()] + f"{new:.10g}".encode() + text[match.end():]
        found = list(NUMBER.finditer(text))
    return text


def value_changed(text, pick):
    match = pick.choice(list(re.finditer(rb":[ ]+([^,{}\[\]\n#]+)", text)))
    return text[:match.start(1)] + pick.choice(VALUES).encode() + text[match.end(1):]


def word_swapped(text, pick):
    words = list(re.finditer(rb"[A-Za-z_.]{3,}", text))
    one, two = pick.choice(words), pick.choice(words)
    return text[:one.start()] + two.group() + text[one.end():]


KINDS = [bytes_changed, lines_changed, number_changed, value_changed, word_swapped]
RUN_KINDS = [number_changed, number_changed, value_changed, lines_changed, word_swapped]


def attempt(command, folder, memory_gb):
    def limited():  # a site too large for the machine must say so, not take the machine with it
        if memory_gb > 0:
            resource.setrlimit(resource.RLIMIT_AS, (int(memory_gb * 1e9),) * 2)

    started = time.monotonic()
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, timeout=LONGEST_S, preexec_fn=limited)
    except subprocess.TimeoutExpired:
        return "hang", "", time.monotonic() - started
    return done.returncode, done.stderr.decode("utf-8", "replace"), time.monotonic() - started


def main():
    options = argparse.ArgumentParser()
    options.add_argument("binary")
    options.add_argument("--seconds", type=float, default=60)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--runs", type=float, default=0.5, help="share of the time spent on `run` rather than `validate`")
    options.add_argument("--memory", type=float, default=2, help="GB of address space; 0: no limit (sanitizers need that)")
    options.add_argument("--keep", help="folder for inputs that break a rule")
    given = options.parse_args()
    binary, pick, text = str(pathlib.Path(given.binary).resolve()), random.Random(given.seed), SITE.read_bytes()
    counts, bad, number = collections.Counter(), [], 0
    start, spent = time.monotonic(), {"run": 0.0, "validate": 0.0}
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(SITE.parents[1] / "archetypes", pathlib.Path(folder, "archetypes"))  # where the site's `include:` looks
        site = pathlib.Path(folder, "sites", "site.yaml")
        site.parent.mkdir()
        while time.monotonic() - start < given.seconds:
            verb = "run" if spent["run"] <= given.runs * (spent["run"] + spent["validate"]) and given.runs > 0 else "validate"
            data = pick.choice(RUN_KINDS if verb == "run" else KINDS)(text, pick)
            number += 1
            site.write_bytes(data)
            command = [binary, verb, "sites/site.yaml"]
            if verb == "run":
                command += ["--no-cache", "--quiet", "-o", "run.h5", "--set", "clock.duration=1 d", "--set", "clock.warm_up=0 s"]
            code, message, seconds = attempt(command, folder, given.memory)
            spent[verb] += seconds
            counts[verb, code] += 1
            if code not in (0, 2, 3) or (code in (2, 3) and "error" not in message):
                bad.append((number, verb, code, message))
                print(f"input {number}: {verb} ends with {code} after {seconds:.1f} s\n{message[:600]}", flush=True)
                if given.keep:
                    pathlib.Path(given.keep, f"{given.seed}_{number}.yaml").write_bytes(data)
    for (verb, code), count in sorted(counts.items(), key=str):
        print(f"{verb:9} exit {code}: {count}")
    print(f"{number} inputs, {len(bad)} broke a rule")
    return 1 if bad or number < 20 else 0


if __name__ == "__main__":
    sys.exit(main())
