"""What `output:` asks for: globs choose channels, intervals keep mean, least, largest or last, months add up to the run."""
import pathlib
import subprocess
import tempfile

from product import SITE, arguments, check, need, run

need("numpy", "h5py")
import h5py
import numpy

FLOWS = ("it", "ups_loss", "auxiliary", "pump", "fan", "room_cooling", "recovered", "delivered", "consumed", "rejected", "ambient_gain", "stored",
         "lost", "demand", "backup", "unmet", "fuel")
REDUCED = {"mean": lambda hours: hours.mean(axis=1), "min": lambda hours: hours.min(axis=1), "max": lambda hours: hours.max(axis=1),
           "last": lambda hours: hours[:, -1]}
METHODS = {"mean": b"time: mean", "min": b"time: minimum", "max": b"time: maximum", "last": b"time: point"}


def values(file, name):
    return file[name][()].astype("float64")


def by_hour(minutes):
    return minutes.reshape(-1, 60, *minutes.shape[1:])


def channels(path):
    with h5py.File(path, "r") as file:
        found = set()
        file.visititems(lambda name, thing: found.add(name) if isinstance(thing, h5py.Dataset) and "cell_methods" in thing.attrs else None)
        return found


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    whole = run(folder / "minutes.h5", days=3)

    # Hours are what minutes make them; a register is read at the end of the hour, a peak is the hour's largest, whatever is kept.
    for keep, reduce in REDUCED.items():
        told = run(folder / f"{keep}.h5", days=3, sets=("output.every=1 h", f"output.keep={keep}"))
        check(told["energy_j"] == whole["energy_j"] and told["kpi"] == whole["kpi"], f"keep {keep}: recording changes the figures")
        with h5py.File(folder / "minutes.h5", "r") as minutes, h5py.File(folder / f"{keep}.h5", "r") as hours:
            check(hours["time"].shape == (72,) and (numpy.diff(hours["time"][()]) == 3600).all(), f"keep {keep}: times {hours['time'][:3]}")
            for channel in ("power/it", "plant/node_temperature", "plant/pump_electricity", "heat_users/demand"):
                expected, found = reduce(by_hour(values(minutes, channel))), values(hours, channel)
                apart = numpy.abs(found - expected).max()
                check(numpy.allclose(found, expected, rtol=1e-6, atol=1e-6), f"keep {keep}: {channel} is up to {apart} from the {keep} of its minutes")
                check(bytes(hours[channel].attrs["cell_methods"]) == METHODS[keep], f"keep {keep}: {channel} says {hours[channel].attrs['cell_methods']!r}")
            if "plant/heat_pump_cop" in minutes:  # by electricity, whatever is kept
                electricity, cop = by_hour(values(minutes, "plant/heat_pump_electricity")), by_hour(values(minutes, "plant/heat_pump_cop"))
                total = electricity.sum(axis=1)
                expected = numpy.where(total > 0, (electricity * cop).sum(axis=1) / numpy.where(total > 0, total, 1), 0)
                check(numpy.allclose(values(hours, "plant/heat_pump_cop"), expected, rtol=1e-5, atol=1e-6), f"keep {keep}: COP is not heat over electricity")
                check((values(hours, "plant/heat_pump_mode") == by_hour(values(minutes, "plant/heat_pump_mode"))[:, -1]).all(), f"keep {keep}: mode")
            check((values(hours, "meters/register") == by_hour(values(minutes, "meters/register"))[:, -1]).all(), f"keep {keep}: registers")
            check((values(hours, "compute/peak_power") == by_hour(values(minutes, "compute/peak_power")).max(axis=1)).all(), f"keep {keep}: peaks")

    # Globs: a group, a variable, a column, a component of any variable; what is not asked for is not there.
    everything = channels(folder / "minutes.h5")
    globs = {"meters.*": {"meters/power", "meters/register"}, "power.it": {"power/it"}, "plant.pump.*": {c for c in everything if c.startswith("plant/pump_")},
             "*": everything, "plant.tank.temperature.tank.9": {"plant/tank_temperature"}}
    for glob, expected in globs.items():
        run(folder / "glob.h5", days=3, sets=(f'output.record=["{glob}"]',))
        check(channels(folder / "glob.h5") == expected != set(), f"record {glob}: {sorted(channels(folder / 'glob.h5') ^ expected)} too few or too many")
        with h5py.File(folder / "glob.h5", "r") as few, h5py.File(folder / "minutes.h5", "r") as minutes:
            for channel in expected - {"plant/tank_temperature"}:
                check((few[channel][()] == minutes[channel][()]).all(), f"record {glob}: {channel} has other values")
            check(few["energy/it"][()] == whole["energy_j"]["it"], f"record {glob}: the energies changed")
    run(folder / "glob.h5", days=3, sets=("output.record=[plant.*.rack_pump, plant.node.temperature.rack.hot]",))
    with h5py.File(folder / "glob.h5", "r") as few, h5py.File(folder / "minutes.h5", "r") as minutes:
        names = [text.decode() for text in minutes["plant/node"][()]]
        check([text.decode() for text in few["plant/node"][()]] == ["rack.hot"], f"one node asked for, and there are {few['plant/node'][()]}")
        check((few["plant/node_temperature"][:, 0] == minutes["plant/node_temperature"][:, names.index("rack.hot")]).all(), "rack.hot has other values")
        check([text.decode() for text in few["plant/pump"][()]] == ["rack_pump"], f"one pump asked for, and there are {few['plant/pump'][()]}")

    # What cannot be had is refused before any work, with the remedy, and leaves no file.
    for setting, told in (("output.record=[plant.pmp.*]", "matches no channel"), ("output.every=90 s", "every"), ("output.every=7 d", "every"),
                          ("output.keep=median", "mean")):
        done = subprocess.run(arguments(folder / "refused.h5", days=3, sets=(setting,)), capture_output=True, text=True)
        check(done.returncode == 2 and told in done.stderr and "error:" in done.stderr, f"{setting}: exit {done.returncode}, {done.stderr!r}")
        check(not list(folder.glob("refused*")), f"{setting}: left {list(folder.glob('refused*'))}")

    # Months: a run from 1 January over the end of March, in UTC.
    told = run(folder / "months.h5", days=90, sets=("output.record=[power.*]",))
    with h5py.File(folder / "months.h5", "r") as file:
        starts = list(file["energy_by_month/month"][()])
        check(starts == [0, 31 * 86400, 59 * 86400], f"months start at {starts}")
        for flow in FLOWS:
            months, year = file[f"energy_by_month/{flow}"][()], told["energy_j"][flow]
            scale = max(abs(year), numpy.abs(months).max())
            check(abs(months.sum() - year) <= 1e-12 * scale, f"months of {flow} add up to {months.sum()}, the run has {year}")
        january_j = values(file, "power/it")[: 31 * 1440].sum() * 60
        check(abs(file["energy_by_month/it"][0] / january_j - 1) < 1e-6, f"January: {file['energy_by_month/it'][0]} J, its minutes {january_j} J")
print(f"{len(REDUCED)} ways to keep, {len(globs) + 1} choices of channels of {len(everything)}, three months")
