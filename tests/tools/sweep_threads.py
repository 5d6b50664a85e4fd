"""Points of a study side by side in one process, and branches of an outage: the files of one thread, and no race (label `threads`)."""
import pathlib
import subprocess
import sys
import tempfile

from product import SITE, check, same

BINARY = str(pathlib.Path(sys.argv[1]).resolve())

with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    (here / "base.yaml").write_text(f'hypocaust: 1\ninclude: ["{SITE}"]\nclock: {{duration: 1 d, warm_up: 2 h}}\n')
    (here / "study.yaml").write_text("""hypocaust: 1
base: base.yaml
axes:
  tank:   {key: plant.components.tank.volume, from: 2 m3, to: 50 m3, count: 4}
  cooler: {key: plant.components.cooler.nominal_power, values: [120 kW, 160 kW]}
design: {type: grid}
block_size: 4
hourly: {record: [power.it]}
""")

    def call(*words):
        done = subprocess.run([BINARY, *words, "--quiet"], cwd=here, capture_output=True, text=True, timeout=800)
        check(done.returncode == 0, f"{words}: exit {done.returncode}\n{done.stdout}{done.stderr}")

    for threads in ("1", "4"):
        call("sweep", "study.yaml", "-o", f"sweep{threads}", "--threads", threads)
        call("outage", "base.yaml", "--what", "pool", "--duration", "2h", "--recovery", "2h", "--start", "every:6h", "--jobs", threads, "-o", f"outage{threads}")
    for file in ("study.h5", "points.csv", "manifest.csv", "blocks/block_000000.h5"):
        same(here / "sweep1" / file, here / "sweep4" / file, f"one and four threads: {file}")
    for file in sorted(path.name for path in (here / "outage1").iterdir()):
        same(here / "outage1" / file, here / "outage4" / file, f"one and four threads: {file}")
print("one and four threads leave the same files")
