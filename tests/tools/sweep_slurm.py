"""A study as an array of 20 tasks on a private Slurm: the files of one process, to the byte; a requeued task does no harm."""
import os
import pathlib
import subprocess
import sys
import tempfile

from product import ROOT, SITE, check, same, skip

BINARY = str(pathlib.Path(sys.argv[1]).resolve())
WITH_SLURM = ["bash", str(ROOT / "tests" / "support" / "with_slurm.sh"), "20", "--"]

with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    (here / "base.yaml").write_text(f'hypocaust: 1\ninclude: ["{SITE}"]\nclock: {{duration: 2 d, warm_up: 1 d}}\n')
    (here / "study of a tank.yaml").write_text("""hypocaust: 1
base: base.yaml
axes:
  tank:   {key: plant.components.tank.volume, from: 2 m3, to: 50 m3, count: 15, distribution: log_uniform}
  cooler: {key: plant.components.cooler.nominal_power, values: [120 kW, 160 kW, 200 kW, 240 kW]}
design: {type: grid}
block_size: 3
hourly: {record: [power.it, meters.register]}
""")
    sweep = [BINARY, "sweep", "study of a tank.yaml", "--quiet"]

    def call(command):
        return subprocess.run(command, cwd=here, capture_output=True, text=True, timeout=800)

    script = call(sweep + ["-o", "array", "--slurm", "--print", "--array", "20", "--partition", "test", "--time", "10:00", "--sbatch", "comment=x"])
    for line in ("#SBATCH --array=1-20", "#SBATCH --partition=test", "#SBATCH --time=10:00", "#SBATCH --comment=x", '--shard "$SLURM_ARRAY_TASK_ID/20"'):
        check(script.returncode == 0 and line in script.stdout, f"--slurm --print lacks {line}: {script.stdout}{script.stderr}")
    check(not (here / "array").exists(), "--print has written something")

    on_slurm = call([*WITH_SLURM, *sweep, "-o", "array", "--slurm", "--array", "20"])
    if on_slurm.returncode == 77:
        skip(on_slurm.stdout.strip().removeprefix("SKIPPED: "))
    check(on_slurm.returncode == 0 and "60 done, 0 failed, 0 missing" in on_slurm.stdout, f"exit {on_slurm.returncode}\n{on_slurm.stdout}{on_slurm.stderr}")
    logs = sorted((here / "array" / "slurm").glob("*.log"))
    check(len(logs) == 20, f"{len(logs)} tasks ran, not 20")
    one = call(sweep + ["-o", "one"])
    check(one.returncode == 0, one.stderr)
    for file in ("study.h5", "points.csv", "manifest.csv", *(f"blocks/{path.name}" for path in (here / "one" / "blocks").iterdir())):
        same(here / "one" / file, here / "array" / file, f"an array of 20 and one process: {file}")

    # the slurmd that ran tasks dies with them, the controller too; submitted again, nothing is lost and nothing double
    kill = ('"$@" & sweep=$!; for _ in $(seq 200); do [ -n "$(ls again/journals 2>/dev/null)" ] && break; sleep 0.05; done; '
            'for pid in $(pgrep -P $PPID slurm); do kill -9 $pid; done; kill $sweep; wait $sweep; exit 0')
    call([*WITH_SLURM, "bash", "-c", kill, "kill", *sweep, "-o", "again", "--slurm", "--array", "20"])
    again = call([*WITH_SLURM, *sweep, "-o", "again", "--slurm", "--array", "20"])
    check(again.returncode == 0, f"after killed daemons: exit {again.returncode}\n{again.stdout}{again.stderr}")
    for file in ("study.h5", "points.csv"):
        same(here / "one" / file, here / "again" / file, f"after killed daemons: {file}")
print("an array of 20 tasks leaves the files of one process")
