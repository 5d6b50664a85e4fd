"""A study: one process, two threads, seven shares in any order, after kills, a truncated block and a full journal give the same
files; a point simulated again has the same figures; the files open in xarray."""
import json
import pathlib
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time

from product import SITE, check, need, run, same

need("xarray", "h5py", "netCDF4")
import h5py
import xarray

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
LARGEST_FILE = 30000  # bytes: more than the manifest takes, less than a block
draws = random.Random(1)
STUDY = """hypocaust: 1
title: tank and cooler
base: base.yaml
axes:
  tank:   {key: plant.components.tank.volume, from: 2 m3, to: 50 m3, count: 5, distribution: log_uniform}
  cooler: {key: plant.components.cooler.nominal_power, values: [120 kW, 160 kW, 200000 W, 0.21 MW]}
design: {type: grid}
block_size: 3
hourly: {record: [power.it, heat_users.consumed, meters.register, plant.node.temperature.rack.hot]}
"""


def sweep(folder, *flags, study="study.yaml", code=0):
    done = subprocess.run([BINARY, "sweep", study, "-o", folder, "--quiet", *flags], capture_output=True, text=True, timeout=600, cwd=here)
    check(done.returncode == code, f"exit {done.returncode} in place of {code}: {folder} {flags}\n{done.stdout}{done.stderr}")
    return done.stdout + done.stderr


def same_study(one, other):
    for name in ("study.h5", "points.csv", "manifest.csv", *(f"blocks/{p.name}" for p in sorted((here / one / "blocks").glob("*.h5")))):
        same(here / one / name, here / other / name, f"{one} and {other}: {name}")


with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    (here / "base.yaml").write_text(f'hypocaust: 1\ninclude: ["{SITE}"]\nclock: {{duration: 2 d, warm_up: 1 d}}\n')
    (here / "study.yaml").write_text(STUDY)

    begun = time.monotonic()
    sweep("one", "--threads", "1")
    life = time.monotonic() - begun
    sweep("two", "--threads", "2")
    same_study("one", "two")
    order = list(range(1, 8))
    draws.shuffle(order)
    for k in order:
        sweep("shares", "--shard", f"{k}/7", "--threads", "1")
    check("0 missing" in sweep("shares", "--collect"), "seven shares are not the whole")
    same_study("one", "shares")

    # kill -9 at any moment, several times, two processes at once; then the same command to its end
    kills = 0
    for trial in range(30):
        if kills >= 6:
            break
        pair = [subprocess.Popen([BINARY, "sweep", "study.yaml", "-o", "killed", "--quiet", "--threads", "2"], cwd=here,
                                 stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) for _ in range(2)]
        time.sleep(draws.uniform(0.3, 1.0) * life / 2)
        alive = sum(process.poll() is None for process in pair)
        for process in pair:
            process.kill()
            process.wait()
        kills += alive
        if not alive:  # the machine has become faster since: begin anew, and sooner
            life *= 0.7
            shutil.rmtree(here / "killed")
    check(kills >= 2, "the moments did not fall into the life of the studies: little was tested")
    sweep("killed")
    same_study("one", "killed")
    check(not list((here / "killed" / "journals").iterdir()), "journals are left of complete blocks")

    # a block cut short, one lost, one of another study: told, and computed again
    blocks = here / "two" / "blocks"
    whole = (blocks / "block_000001.h5").read_bytes()
    (blocks / "block_000001.h5").write_bytes(whole[:len(whole) // 2])
    (blocks / "block_000002.h5").unlink()
    (blocks / "block_000003.h5").write_bytes(whole)
    text = sweep("two", "--status")
    check("11 done" in text and "9 missing" in text, f"status of a damaged study: {text}")
    check("block_000001.h5: is damaged" in text and "block_000003.h5: holds other points" in text, text)
    sweep("two", "--collect")
    with xarray.open_dataset(here / "two" / "study.h5", group="points") as points:
        check(list(points["status"].values[3:12]) == [2] * 9, "missing points have no status of their own")
    with xarray.open_dataset(here / "two" / "study.h5", group="hourly") as hours:
        check(bool(hours["power_it"].isel(point=7).isnull().all()), "the hours of a lost block are not NaN")
    sweep("two", "--resume")
    same_study("one", "two")

    # SIGTERM: the points under way finish, exit 4, nothing is lost
    for number in (signal.SIGTERM, signal.SIGUSR1):
        process = subprocess.Popen([BINARY, "sweep", "study.yaml", "-o", f"stopped{number}", "--quiet", "--threads", "1"], cwd=here,
                                   stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        while process.poll() is None and not list((here / f"stopped{number}").glob("journals/*")):
            time.sleep(0.01)
        process.send_signal(number)
        told = process.communicate(timeout=60)
        check(process.returncode == 4 and number.name in told[1], f"{number.name}: exit {process.returncode}, {told}")
        sweep(f"stopped{number}", "--resume")
        same_study("one", f"stopped{number}")

    # no room: exit 2, one line; with room again the same command goes on
    full = subprocess.run([BINARY, "sweep", "study.yaml", "-o", "full", "--quiet", "--threads", "1"], cwd=here, capture_output=True, text=True,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_FILE, resource.RLIM_INFINITY)))
    check(full.returncode == 2 and "error: cannot write" in full.stderr and full.stderr.count("\n") == 1, f"no room: exit {full.returncode}, {full.stderr}")
    check(list((here / "full" / "journals").iterdir()), "no room from the start: little was tested")
    sweep("full", "--resume")
    same_study("one", "full")

    # two collectors at once
    both = [subprocess.Popen([BINARY, "sweep", "study.yaml", "-o", "shares", "--collect", "--quiet"], cwd=here, stdout=subprocess.DEVNULL) for _ in range(2)]
    check([process.wait() for process in both] == [0, 0], "two collectors at once")
    same_study("one", "shares")

    # one point again, minute by minute
    done = subprocess.run([BINARY, "run", "study.yaml", "--point", "13", "--no-cache", "--quiet", "-o", "point.h5"], cwd=here, capture_output=True, text=True)
    check(done.returncode == 0, done.stderr)
    with h5py.File(here / "point.h5") as file, h5py.File(here / "one" / "study.h5") as study:
        for group in ("energy", "kpi", "jobs"):
            for figure in file[group]:
                a, b = float(file[group][figure][()]), float(study["points"][f"{group}_{figure}"][13])
                check(a == b or (a != a and b != b), f"point 13 again: {group}.{figure} is {a!r}, was {b!r}")
        minutes, hour = file["meters/register"][59:60, 0], study["hourly/meters_register_recovered"][0, 13]
        check(minutes[0] == hour, f"point 13 again: the first hour ends with {minutes[0]} J, was {hour} J")

    # other readers
    with xarray.open_dataset(here / "one" / "study.h5", group="points", engine="netcdf4") as points:
        check(points.sizes["point_number"] == 20 and points["axis_tank"].attrs["units"] == "m3", "the table in netCDF")
        check(len(set(points["kpi_pue"].values)) == 20, "the points do not differ")
    for engine in ("netcdf4", "h5netcdf"):
        with xarray.open_dataset(here / "one" / "study.h5", group="hourly", engine=engine) as hours:
            check(hours["power_it"].sizes == {"time": 48, "point": 20} and not bool(hours["power_it"].isnull().any()), f"hours with {engine}")

    # an edited study is refused, and the change is shown
    (here / "study.yaml").write_text(STUDY.replace("0.21 MW", "0.22 MW"))
    text = sweep("one", code=2)
    check("was begun with another study" in text and "0.21 MW" in text and "0.22 MW" in text, text)
    # what still holds is kept: 15 of 20 points, now with other numbers and in other blocks
    edited = STUDY.replace("160 kW, ", "").replace("0.21 MW", "0.21 MW, 130 kW").replace("block_size: 3", "block_size: 4")
    (here / "study.yaml").write_text(edited)
    sweep("fresh")
    told = json.loads(sweep("one", "--adopt", "--json"))
    check(told["computed"] == 5 and told["done"] == 20, f"--adopt: {told}")
    same_study("fresh", "one")
    (here / "study.yaml").write_text(STUDY)

    # points that fail keep their message, and the others their figures
    (here / "failing.yaml").write_text(STUDY.replace("  tank:", "  warm_up: {key: clock.warm_up, values: [1 d, 90 s]}\n  tank:").replace("count: 5", "count: 2").replace("200000 W, 0.21 MW", "180 kW"))
    text = sweep("failing", study="failing.yaml")
    check("6 done, 6 failed, 0 missing" in text and "point 1 failed" in text and "not a whole number of steps" in text, text)
    first = (here / "failing" / "points.csv").read_bytes()
    check("6 failed" in sweep("failing", "--retry-failed", study="failing.yaml"), "failed points tried again")
    check((here / "failing" / "points.csv").read_bytes() == first, "failed points tried again are not the same")

    # a plant that throttles compute: that point runs with both together, the others over the trace; a run does the same
    (here / "closed.yaml").write_text("""hypocaust: 1
base: base.yaml
axes: {limit: {key: plant.controllers.coolant_guard.limit, values: [49 degC, 40 degC]}}
design: {type: grid}
""")
    (here / "base.yaml").write_text((here / "base.yaml").read_text() + "plant: {controllers: {coolant_guard: {throttle_to: 50 %}}}\n")
    sweep("closed", study="closed.yaml")
    figures = run(here / "limit.h5", site=here / "base.yaml", days=2, sets=("plant.controllers.coolant_guard.limit=40 degC",))
    check(figures["coupling"] == "closed", "the guard does not throttle: nothing was tested")
    with h5py.File(here / "closed" / "study.h5") as study:
        check(float(study["points/energy_it"][1]) == figures["energy_j"]["it"] < float(study["points/energy_it"][0]), "a throttled point")
print("every way gives the same files")
