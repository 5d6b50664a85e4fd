# SPDX-License-Identifier: Apache-2.0
"""Runs sites and studies from Python; needs nothing beyond the standard library, and xarray to open results.

    import hypocaust
    result = hypocaust.run("configs/sites/leisure_centre.yaml", set={"plant.components.tank.volume": "5 m3"})
    result.kpi["pue"], result.energy_j["recovered"], result.open("plant")["tank_temperature"]
    table = hypocaust.sweep("configs/sweeps/tank_and_dry_cooler.yaml", threads=8).open("points")

The program is `hypocaust` on the path, or what the environment variable HYPOCAUST_BINARY names.
"""
import json
import os
import subprocess


class Failed(Exception):
    """What the program said, and its exit code: 2 the input, 3 the physics, 4 interrupted, 1 a fault of the program."""

    def __init__(self, code, message):
        super().__init__(message.strip())
        self.code = code


class Result:
    """What the program prints with --json, by name; `file` is the HDF5 file."""

    def __init__(self, told):
        self.told = told

    def __getattr__(self, name):
        try:
            return self.told[name]
        except KeyError:
            raise AttributeError(name) from None

    def open(self, group):
        """A group of the file ("plant", "meters"; of a study "points", "hourly") as an xarray dataset."""
        import xarray
        return xarray.open_dataset(self.file, group=group)


def _call(words):
    binary = os.environ.get("HYPOCAUST_BINARY", "hypocaust")
    done = subprocess.run([binary, *map(str, words), "--json", "--quiet"], capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed(done.returncode, done.stderr)
    return Result(json.loads(done.stdout))


def run(site, set=None, cases=(), output=None, point=None):
    """One run of a site. set: values by path, with units; point: of a study, in place of a site."""
    words = ["run", site]
    for path, value in (set or {}).items():
        words += ["--set", f"{path}={value}"]
    for case in cases:
        words += ["--case", case]
    if output is not None:
        words += ["-o", output]
    if point is not None:
        words += ["--point", point]
    return _call(words)


def sweep(study, output=None, threads=None):
    """A whole study, or the rest of one."""
    words = ["sweep", study]
    if output is not None:
        words += ["-o", output]
    if threads is not None:
        words += ["--threads", threads]
    return _call(words)
