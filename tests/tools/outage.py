#!/usr/bin/env python3
"""`hypocaust outage`: a branch is bit for bit the stretch of a full run with the same outage; an outage without length is the base
year; a study killed at random and resumed gives the same table; what must be refused is refused."""
import json
import pathlib
import signal
import subprocess
import sys
import tempfile
import time

import h5py

binary = pathlib.Path(sys.argv[1]).resolve()
site = pathlib.Path(__file__).resolve().parents[2] / "configs/sites/leisure_centre.yaml"
DAYS, STEPS_A_DAY = 28, 1440
short = ["--set", f"clock.duration={DAYS} d", "--quiet"]


def run(*arguments, code=0):
    done = subprocess.run([binary, *arguments], capture_output=True, text=True, timeout=600)
    assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done


def outage(folder, *arguments, code=0):
    return run("outage", site, *short, "-o", folder, *arguments, code=code)


def same_bits(whole, branch, day):
    """Every series of the branch file against the same stretch of the whole year's file."""
    compared = 0
    with h5py.File(whole) as year, h5py.File(branch) as part:
        steps = part["time"].shape[0]
        names = []
        part.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
        for name in names:
            if name.endswith("time") or part[name].ndim == 0 or part[name].shape[0] != steps:
                continue
            stretch = year[name][day * STEPS_A_DAY : day * STEPS_A_DAY + steps]
            assert stretch.tobytes() == part[name][()].tobytes(), f"{name} differs in {branch}"
            compared += 1
    assert compared > 40, compared


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)
    # Ten starts: in the branch, and as a dated fault of a whole run.
    starts = [f"2025-01-{day + 1:02d}" for day in range(1, 11)]
    outage(folder / "ten", "--what", "pool", "--duration", "2d", "--recovery", "2d", "--record", "--start", ",".join(starts))
    for number, start in enumerate(starts):
        if number not in (0, 4, 9):  # three whole runs are enough to tell; every branch was made the same way
            continue
        scenario = folder / f"dated_{number}.yaml"
        scenario.write_text(f"hypocaust: 1\ninclude: [{site}]\nfaults:\n"
                            f"  off: {{component: pool, kind: interface_off, at: {start}, lasts: 2 d}}\n")
        run("run", scenario, *short, "-o", folder / "dated.h5")
        same_bits(folder / "dated.h5", folder / "ten" / f"branch_{number:04d}.h5", number + 1)

    # No outage at all: the base year, to the bit.
    run("run", site, *short, "-o", folder / "base.h5")
    outage(folder / "none", "--what", "cooler", "--duration", "0h", "--recovery", "3d", "--record", "--start", "2025-01-05,2025-01-20")
    same_bits(folder / "base.h5", folder / "none" / "branch_0000.h5", 4)
    same_bits(folder / "base.h5", folder / "none" / "branch_0001.h5", 19)

    # The dry cooler at a tenth cannot carry the load when nobody takes heat: told, with exit 3 only when asked for.
    small = ["--set", "plant.components.cooler.nominal_power=16 kW", "--what", "pool", "--what", "hot_water", "--start", "2025-01-08"]
    told = json.loads(outage(folder / "small", *small, "--json").stdout)
    assert told["verdicts"]["FAILS"] == 1, told["headline"]
    assert told["branches"][0]["over_limit"] > told["branches"][0]["over_limit_base_year"], told
    outage(folder / "small", *small, "--fail-on", "fails", code=3)
    assert "<svg" in (folder / "small" / "outage.svg").read_text()

    # Killed on the way, then resumed: the same table.
    arguments = ["--what", "pool", "--duration", "3d,7d", "--recovery", "7d", "--start", "every:2d"]
    late = ["--set", f"clock.duration={DAYS + 14} d", "--quiet"]
    whole = run("outage", site, *late, "-o", folder / "whole", *arguments, "--csv").stdout
    study = subprocess.Popen([binary, "outage", site, *late, "-o", folder / "killed", *arguments, "--csv"], stdout=subprocess.PIPE,
                             stderr=subprocess.PIPE)
    deadline = time.monotonic() + 120
    while not list((folder / "killed").glob("branch_*.json")) and study.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    study.send_signal(signal.SIGKILL)
    study.communicate()
    resumed = run("outage", site, *late, "-o", folder / "killed", *arguments, "--csv", "--resume").stdout
    assert resumed == whole, "a resumed study differs"
    assert run("outage", site, *late, "-o", folder / "killed", *arguments, "--csv", "--resume").stdout == whole

    # A buyer alone, without anything to hold or to store: judged, and told what of.
    school = site.parents[1] / "archetypes/school.yaml"
    lone = ["outage", school, "--set", "clock.duration=4 d", "--what", "school", "--duration", "1d", "--recovery", "1h", "--quiet"]
    told = run(*lone, "--start", "2025-01-02", "-o", folder / "lone").stdout
    assert told.startswith("SURVIVES 1 of 1") and "neither coolant limit nor dump plant" in told, told

    # No room for the records: no verdict, no lost study, and room made it goes on.
    full = ["outage", site, *short, "--what", "cooler", "--duration", "1d", "--recovery", "9d", "--start", "2025-01-05", "--record"]
    done = subprocess.run(["bash", "-c", 'ulimit -f 1500; exec "$@"', "bash", binary, *full, "-o", folder / "full"], capture_output=True, text=True)
    assert done.returncode == 2 and "NO RESULT 1 of 1" in done.stdout and "make room" in done.stderr, done.stdout + done.stderr
    mended = run(*full, "-o", folder / "full", "--resume").stdout
    assert " 1 of 1 " in mended and "NO RESULT" not in mended and (folder / "full/branch_0000.h5").exists(), mended

    # Refused, with the remedy.
    def refused(text, *arguments):
        done = outage(folder / "refused", *arguments, code=2)
        assert text in done.stderr and done.stdout == "", done.stderr

    refused("did you mean `cooler`?", "--what", "coolr")
    refused("nothing is out of order", "--start", "2025-01-08")
    refused("is no time", "--what", "pool", "--duration", "7 bananas")
    refused("is outside the simulated time", "--what", "pool", "--start", "2026-01-08")
    refused("longer than the simulated time", "--what", "pool", "--duration", "30d")
    refused("is no heat user", "--what", "cooler", "--kind", "interface_off")
    refused("is none of", "--what", "pool", "--kind", "vanished")
    refused("is given twice", "--what", "pool", "--what", "pool")
    done = outage(folder / "none", "--what", "pool", code=2)
    assert "holds another outage study" in done.stderr, done.stderr
    refused("is not on a full hour", "--what", "pool", "--start", "2025-01-08T06:30")
    done = run("outage", site, *late, "-o", folder / "killed", "--what", "hot_water", "--resume", code=2)
    assert "has changed since this study began" in done.stderr, done.stderr
print("outage: as a whole run, as the base year, killed and resumed, refused")
