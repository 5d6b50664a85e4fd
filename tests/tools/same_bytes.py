"""The bytes of a run file depend neither on the number of threads, nor on the process, its environment or the day."""
import os
import pathlib
import subprocess
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    for interval in ("60", "3600"):
        contents = []
        for number, (threads, environment) in enumerate((("1", {}), ("1", {"TZ": "Asia/Tokyo", "LC_ALL": "C", "FILLER": "x" * 5000}), ("2", {}), ("7", {}))):
            path = pathlib.Path(folder) / f"{interval}_{number}.h5"
            subprocess.run([sys.argv[1], str(path), "72000", threads, interval, "60"], check=True, stdout=subprocess.DEVNULL, env={**os.environ, **environment})
            contents.append(path.read_bytes())
        if len(contents[0]) < 50000:
            sys.exit(f"FAILED: the file has only {len(contents[0])} bytes")
        for number, content in enumerate(contents):
            if content != contents[0]:
                at = next((k for k, (a, b) in enumerate(zip(content, contents[0])) if a != b), min(len(content), len(contents[0])))
                sys.exit(f"FAILED: interval {interval} s, file {number} differs from file 0 at byte {at}")
        print(f"interval {interval} s: {len(contents)} files of {len(contents[0])} bytes are the same")
