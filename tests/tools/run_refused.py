"""A place that cannot be written: exit 2, one line with the path and a remedy, nothing under the final name, no partial file."""
import os
import pathlib
import resource
import subprocess
import tempfile

from product import arguments, check, run, same

REMEDIES = ("-o", "ulimit", "free space", "make the folder")


def refused(output, what, *reasons, limit=None, days=10):
    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    done = subprocess.run(arguments(output, days=days), capture_output=True, text=True, preexec_fn=before, timeout=120)
    check(done.returncode == 2, f"{what}: exit {done.returncode}, {done.stderr!r}")
    check(done.stderr.count("\n") == 1 and done.stdout == "", f"{what}: more than one line: {done.stdout!r} {done.stderr!r}")
    check(f"{output}: error: " in done.stderr, f"{what}: no `{output}: error:` in {done.stderr!r}")
    check(any(reason in done.stderr for reason in reasons), f"{what}: none of {reasons} in {done.stderr!r}")
    check(any(remedy in done.stderr for remedy in REMEDIES), f"{what}: no remedy in {done.stderr!r}")


def fill(path):
    """A file that leaves no room beside it."""
    with path.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)):
                pass
        except OSError:
            pass


def with_cache(output, folder):
    return run(output, flags=("--cache", str(folder)))


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    path = folder / "run.h5"
    run(path)
    size = path.stat().st_size
    path.rename(folder / "whole")
    path.with_suffix(".log.json").unlink()

    # A limit of the file size stands for a disk that is full after so many bytes.
    limits = [0, 1, 2048, 100_000, size // 2, size - 4096, size - 1]
    for limit in limits:
        refused(path, f"full after {limit} of {size} bytes", "File too large", limit=limit)
        check(sorted(os.listdir(folder)) == ["whole"], f"full after {limit} bytes: left {os.listdir(folder)}")
    (folder / "whole").rename(path)  # an older file stays when the new one finds no room
    refused(path, "full, with an older file there", "File too large", limit=size // 2)
    check(path.stat().st_size == size and os.listdir(folder) == [path.name], f"the older file suffered: {os.listdir(folder)}")
    path.rename(folder / "whole")

    # A real disk that is full, where this user may mount one.
    small = folder / "small"
    small.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "hypocaust-test", str(small)], capture_output=True, text=True)
    if mounted.returncode == 0:
        try:
            refused(small / "run.h5", "a full disk", "No space left on device")
            check(not os.listdir(small), f"a full disk: left {os.listdir(small)}")
            fill(small / "ballast")
            told = with_cache(folder / "cached.h5", small)
            check(any(str(small) in note and "goes on" in note for note in told["notes"]), f"a full cache: not told: {told['notes']}")
            check(os.listdir(small) == ["ballast"], f"a full cache: left {os.listdir(small)}")
            same(folder / "cached.h5", folder / "whole", "a full cache")
        finally:
            subprocess.run(["umount", str(small)], check=True)
    else:
        print(f"SKIPPED: tools: run_refused: a full disk needs the right to mount a tmpfs ({mounted.stderr.strip() or 'refused'})")
    small.rmdir()

    # Folders that are none, or not ours to write in.
    refused(folder / "missing" / "run.h5", "no such folder", "No such file or directory")
    check(not (folder / "missing").exists(), "the folder of -o was made")
    refused(folder / "whole" / "run.h5", "a file for a folder", "Not a directory")
    refused(pathlib.Path("/proc/self/run.h5"), "/proc", "No such file or directory", "Permission denied", "Operation not permitted")
    refused(folder, "a folder for a file", "is a folder")
    closed = folder / "closed"
    closed.mkdir(mode=0o500)
    if os.access(closed, os.W_OK):
        print("SKIPPED: tools: run_refused: a folder without the right to write needs a user that is not root")
    else:
        refused(closed / "run.h5", "a folder without the right to write", "Permission denied")
    closed.rmdir()
    refused(folder / ("x" * 300), "a name too long", "File name too long")
    check(set(os.listdir(folder)) <= {"whole", "cached.h5", "cached.log.json"}, f"left {os.listdir(folder)}")

    # The default folder is ours to make, and where it cannot be made that is said.
    os.chdir(folder)
    pathlib.Path("results").write_text("in the way", encoding="utf-8")
    command = [part for part in arguments("unused", days=1, warm_up=0)]
    at = command.index("-o")
    command = command[:at] + command[at + 2:]
    done = subprocess.run(command, capture_output=True, text=True)
    check(done.returncode == 2 and "results/leisure_centre: error: " in done.stderr and "-o" in done.stderr, f"results is a file: {done.stderr!r}")
    pathlib.Path("results").unlink()
    done = subprocess.run(command, capture_output=True, text=True)
    check(done.returncode == 0 and pathlib.Path("results/leisure_centre/run.h5").is_file(), f"default folder: {done.stderr!r}")
    check(sorted(os.listdir("results/leisure_centre")) == ["run.h5", "run.log.json"], f"default folder: {os.listdir('results/leisure_centre')}")

    # A cache that cannot be written is told of, and the run goes on: the same file.
    for cache in (folder / "whole", pathlib.Path("/proc/self/cache")):
        told = with_cache(folder / "cached.h5", cache)
        check(any(str(cache) in note and "goes on" in note for note in told["notes"]), f"cache {cache}: not told: {told['notes']}")
        same(folder / "cached.h5", folder / "whole", f"cache {cache}")
    told = with_cache(folder / "cached.h5", folder / "cache")
    check(not any("goes on" in note for note in told["notes"]) and told["cache"] == "miss", f"a good cache: {told['notes']}")
print(f"{len(limits) + 1} disks too small for {size} bytes, and places that are none")
