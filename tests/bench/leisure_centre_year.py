#!/usr/bin/env python3
"""Processor time, memory and file size of the default site's year.

Motive: a study is thousands of years; the default site, every channel recorded, must stay within 4 s of one core and 300 MB.
Runs the given binary RUNS times with an empty compute cache and RUNS times with a filled one; prints medians.
Usage: leisure_centre_year.py BINARY SITE [RUNS]
Last result: see docs/develop/performance.md.
"""
import os
import resource
import statistics
import subprocess
import sys
import tempfile


def measure(binary, site, folder, cache):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output = os.path.join(folder, "run.h5")
    subprocess.run([binary, "run", site, "--quiet", "--json", "--cache", cache, "-o", output], check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu_s = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu_s, after.ru_maxrss / 1024, os.path.getsize(output) / 1e6


def main():
    binary, site = os.path.abspath(sys.argv[1]), sys.argv[2]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with tempfile.TemporaryDirectory() as folder:
        for name in ("compute simulated", "compute from the cache"):
            figures = []
            for k in range(runs):
                cache = os.path.join(folder, "cache" if name.endswith("cache") else f"cache_{k}")
                if name.endswith("cache") and k == 0:
                    measure(binary, site, folder, cache)  # fills it
                figures.append(measure(binary, site, folder, cache))
            cpu_s, memory_mb, file_mb = (statistics.median(column) for column in zip(*figures))
            print(f"{name}: {cpu_s:.2f} CPU s (median of {runs}), {memory_mb:.0f} MB resident, file {file_mb:.0f} MB")


if __name__ == "__main__":
    main()
