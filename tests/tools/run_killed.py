"""kill -9 at 50 moments of a run: never a final name with an incomplete file. SIGTERM and SIGINT: exit 4, nothing left behind."""
import pathlib
import random
import signal
import subprocess
import tempfile
import time

from product import arguments, check

QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
moments = random.Random(1)


def begin(output, days, *flags):
    return subprocess.Popen(arguments(output, days=days, flags=flags), text=True, **QUIET)


with tempfile.TemporaryDirectory() as name:
    folder, cache = pathlib.Path(name) / "out", str(pathlib.Path(name) / "cache")
    folder.mkdir()

    def left():
        return sorted(path.name for path in folder.iterdir())

    def clear():
        for path in folder.iterdir():
            path.unlink()

    begun = time.monotonic()
    whole = begin(folder / "whole.h5", 15, "--cache", cache)
    check(whole.wait() == 0, f"a run that nobody disturbs: exit {whole.returncode}")
    life, complete = time.monotonic() - begun, (folder / "whole.h5").read_bytes()
    clear()
    killed = finished = with_partial = 0
    for trial in range(50):
        output = folder / "run.h5"
        if trial % 2:  # every second trial has an older file in its way, which must stay whole until the new one takes its name
            output.write_bytes(complete)
        process = begin(output, 15, "--cache", cache)
        time.sleep(moments.uniform(0.0, 1.4 * life))
        process.kill()
        process.wait()
        killed += process.returncode == -signal.SIGKILL
        finished += process.returncode == 0
        if output.exists():
            check(output.read_bytes() == complete, f"trial {trial}: {output.name} has its final name and is not complete")
        check(output.exists() or not trial % 2, f"trial {trial}: the older file is gone")
        strange = [found for found in left() if found not in ("run.h5", "run.log.json") and not found.endswith(".partial")]
        check(not strange, f"trial {trial}: left {strange}")
        with_partial += any(found.endswith(".partial") for found in left())
        clear()
    print(f"a life of {life:.2f} s: {killed} of 50 killed, {with_partial} with a partial file left, {finished} finished")
    check(killed >= 12 and with_partial >= 5 and finished >= 1, "the moments did not fall into the life of the runs: little was tested")
    last = begin(folder / "run.h5", 15, "--cache", cache)  # the cache they all shared is as good as new
    check(last.wait() == 0 and (folder / "run.h5").read_bytes() == complete, "after the kills the run gives another file")
    clear()

    for number, moment in ((signal.SIGTERM, "rows"), (signal.SIGINT, "rows"), (signal.SIGTERM, "start"), (signal.SIGINT, "start")):
        for coupling in ("open", "closed"):
            what = f"{number.name} at its {moment}, {coupling} loop"
            process = begin(folder / "run.h5", 365, "--no-cache", "--coupling", coupling)
            if moment == "rows":
                while process.poll() is None and not any(found.endswith(".partial") and (folder / found).stat().st_size > 0 for found in left()):
                    time.sleep(0.01)
                time.sleep(0.3)
            else:
                time.sleep(0.15)
            sent = time.monotonic()
            process.send_signal(number)
            told = process.communicate(timeout=60)[1]
            check(process.returncode == 4, f"{what}: exit {process.returncode}, {told!r}")
            check("interrupted" in told and told.count("\n") == 1, f"{what}: {told!r}")
            check(time.monotonic() - sent < 5, f"{what}: it took {time.monotonic() - sent:.1f} s")
            check(not left(), f"{what}: left {left()}")
