"""A disk that is full after N bytes (a file size limit stands for it), for N all over the file: exit 2, a message that names the
file and the remedy, and nothing left under any name."""
import pathlib
import resource
import subprocess
import sys
import tempfile

writer, rows = sys.argv[1], 30000


def run(path, limit=None):
    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return subprocess.run([writer, str(path), str(rows), "1", "60", "40"], capture_output=True, text=True, preexec_fn=before, timeout=120)


with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "run.h5"
    if run(path).returncode != 0:
        sys.exit("FAILED: the writer fails without a limit")
    size = path.stat().st_size
    path.unlink()
    limits = [1, 100, 2048, 5000] + [size * k // 20 for k in range(1, 20)] + [size - 4096, size - 1]
    for limit in limits:
        done = run(path, limit)
        left = [entry.name for entry in pathlib.Path(folder).iterdir()]
        if done.returncode != 2:
            sys.exit(f"FAILED: full after {limit} of {size} bytes: exit {done.returncode}, {done.stderr[-600:]!r}")
        if left:
            sys.exit(f"FAILED: full after {limit} bytes: left {left}")
        if "run.h5: error: " not in done.stderr or "File too large" not in done.stderr or "ulimit" not in done.stderr:
            sys.exit(f"FAILED: full after {limit} bytes: the message lacks file, reason or remedy: {done.stderr!r}")
        if done.stderr.count("\n") != 1:
            sys.exit(f"FAILED: full after {limit} bytes: more than one line: {done.stderr!r}")
    if run(path, size + 1).returncode != 0:
        sys.exit(f"FAILED: a disk with room for {size + 1} bytes is refused")
print(f"{len(limits)} limits tried on a file of {size} bytes")
