"""A run never writes over what it reads, over a device, a pipe or a link, or two of its files into one: exit 2, nothing touched."""
import os
import pathlib
import shutil
import stat
import subprocess
import sys
import tempfile

from product import ROOT, check

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    os.chdir(folder)
    binary = str(ROOT / sys.argv[1])
    shutil.copytree(ROOT / "configs" / "networks", folder / "nets")
    site = pathlib.Path("site.yaml")
    site.write_text("hypocaust: 1\ninclude: [nets/looped_water.yaml]\nclock: {duration: 1 h, warm_up: 0 s}\n"
                    "series: {extra: {file: extra.csv, column: x, unit: 1}}\n"
                    "weather: {type: epw, file: w.epw}\n", encoding="utf-8")
    pathlib.Path("extra.csv").write_text("time,x\n2024-12-31,1\n2025-01-03,1\n")
    rest = "0,0,300,0,0,0,0,0,0,0,180,3.0,5,5,20,77777,9,999999999,10,0.1,0,88,0,0,0"
    head = ["LOCATION,T,-,ABC,made,000000,51.5,-0.1,0.0,25.0"] + [f"{h},0" for h in ("DESIGN CONDITIONS", "TYPICAL/EXTREME PERIODS", "GROUND TEMPERATURES")] \
        + ["HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0", "COMMENTS 1,", "COMMENTS 2,", "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31"]
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    rows = [f"2019,{m + 1},{d + 1},{h},0,?,10.5,5.0,70,101000,{rest}" for m in range(12) for d in range(days[m]) for h in range(1, 25)]
    pathlib.Path("w.epw").write_text("\n".join(head + rows) + "\n")
    pathlib.Path("logged.log.json").symlink_to("nowhere.json")
    pathlib.Path("linked.csv").symlink_to("extra.csv")
    pathlib.Path("old.h5").write_text("old")
    pathlib.Path("link.h5").symlink_to("old.h5")
    pathlib.Path("dangling.h5").symlink_to("nowhere.h5")
    os.link("extra.csv", "hard.csv")
    os.mkfifo("pipe")

    def state():
        found = {}
        for path in sorted(folder.rglob("*")):
            mode = path.lstat().st_mode
            found[str(path)] = (stat.S_IFMT(mode), path.read_bytes() if stat.S_ISREG(mode) else b"")
        return found

    before = state()

    def refused(*flags, says):
        done = subprocess.run([binary, "run", str(site), "--quiet", "--no-cache", *flags], capture_output=True, text=True, timeout=120)
        check(done.returncode == 2, f"{flags}: exit {done.returncode}\n{done.stderr}")
        check(done.stdout == "" and done.stderr.count("\n") == 1, f"{flags}: {done.stdout!r} {done.stderr!r}")
        check(says in done.stderr and "; name another file with -" in done.stderr, f"{flags}: {done.stderr!r}")
        check(state() == before, f"{flags}: a file was touched")

    inputs = ("site.yaml", "nets/looped_water.yaml", "nets/../site.yaml", str(folder / "site.yaml"), "extra.csv", "hard.csv", "linked.csv", "w.epw",
              "nets/station_draw.csv")
    for path in inputs:
        refused("-o", path, says="`, which this run reads")
        refused("-o", "run.h5", "--channels-csv", path, says="`, which this run reads")
    for path, says in (("pipe", "is a device or pipe"), ("link.h5", "is a symbolic link to `old.h5`"), ("dangling.h5", "is a symbolic link to `nowhere.h5`")):
        refused("-o", path, says=says)
        refused("-o", "run.h5", "--channels-csv", path, says=says)
    refused("-o", "logged.h5", says="the log beside the result file is a symbolic link")
    if not os.access("/dev", os.W_OK):  # where the bug would harm nobody
        refused("-o", "/dev/full", says="is a device or pipe")
    refused("-o", "run.h5", "--channels-csv", "nets/../run.h5", says="the file of --channels-csv and the result file are one file")
    refused("-o", "run.h5", "--channels-csv", "run.log.json", says="the file of --channels-csv and the log beside the result file are one file")

    # An older result, a folder that is a link, and a file of another run are written as before.
    os.symlink("nets", "place")
    for flags in (("-o", "old.h5"), ("-o", "place/run.h5", "--channels-csv", "place/run.csv")):
        done = subprocess.run([binary, "run", str(site), "--quiet", "--no-cache", *flags], capture_output=True, text=True, timeout=120)
        check(done.returncode == 0, f"{flags}: exit {done.returncode}\n{done.stderr}")
    check(pathlib.Path("nets/run.csv").is_file() and pathlib.Path("old.h5").stat().st_size > 1000, "nothing was written")
print(f"{len(inputs)} inputs, links, pipes and names that meet are left alone")
