"""kill -9 at 50 moments spread over the writer's life: never a final name with an incomplete file, and only *.partial beside it."""
import pathlib
import random
import subprocess
import sys
import tempfile
import time

writer, rows = sys.argv[1], 60000
command = lambda path: [writer, str(path), str(rows), "1", "60", "40"]
moments = random.Random(1)
with tempfile.TemporaryDirectory() as folder:
    whole = pathlib.Path(folder) / "whole.h5"
    begun = time.monotonic()
    subprocess.run(command(whole), check=True, stdout=subprocess.DEVNULL)
    life, complete = time.monotonic() - begun, whole.read_bytes()
    whole.unlink()
    killed = finished = with_partial = 0
    for trial in range(50):
        path = pathlib.Path(folder) / f"run_{trial}.h5"
        process = subprocess.Popen(command(path), stdout=subprocess.DEVNULL)
        time.sleep(moments.uniform(0.0, 1.05 * life))
        process.kill()
        process.wait()
        killed += process.returncode == -9
        left = [entry.name for entry in pathlib.Path(folder).iterdir()]
        if path.exists():
            finished += 1
            if path.read_bytes() != complete:
                sys.exit(f"FAILED: trial {trial}: {path.name} has its final name and is not complete")
        strange = [name for name in left if name != path.name and not name.endswith(".partial")]
        if strange:
            sys.exit(f"FAILED: trial {trial}: left behind {strange}")
        with_partial += any(name.endswith(".partial") for name in left)
        for name in left:
            (pathlib.Path(folder) / name).unlink()
    print(f"{killed} of 50 killed, {with_partial} of them left a partial file, {finished} were complete")
    if killed < 25 or with_partial < 10:
        sys.exit("FAILED: the moments did not fall into the writer's life: nothing was tested")

    # An interrupted writer cleans up: exit 4, nothing left.
    process = subprocess.Popen([writer, f"{folder}/run.h5", "50000000", "1", "60", "40"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(1000):
        if any(pathlib.Path(folder).iterdir()):
            break
        time.sleep(0.01)
    time.sleep(0.3)
    process.terminate()
    if process.wait(timeout=60) != 4 or any(pathlib.Path(folder).iterdir()):
        sys.exit(f"FAILED: SIGTERM: exit {process.returncode}, left {list(pathlib.Path(folder).iterdir())}")
