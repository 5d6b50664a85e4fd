"""The file of a run opens as it is in xarray (both engines), h5py and ncdump, describes every value, and holds the scenario that made it."""
import pathlib
import shutil
import subprocess
import sys
import tempfile

from product import check, need, overlay, run, skip

need("numpy", "h5py", "xarray", "h5netcdf", "netCDF4")
if not shutil.which("ncdump"):
    skip("tools: run_opens needs ncdump (Debian: netcdf-bin)")
import h5py
import numpy
import xarray

DAYS, START = 10, numpy.datetime64("2025-01-01T00:00:00")
SERIES = {"plant", "weather", "power", "balance", "compute", "heat_users", "controllers", "meters"}
TABLES = {"energy", "kpi", "jobs", "heat_user_totals", "energy_by_month", "quarter_hours", "events", "inputs", "scenario"}
UNITS = {"1", "W", "W/m2", "J", "degC", "K", "Pa", "kg", "kg/s", "m/s", "m3/s", "s", "min"}


def axes_of(path, engine):
    with xarray.open_dataset(path, engine=engine, group="plant") as plant:
        check(plant["node_temperature"].dims == ("time", "node"), f"{engine}: axes {plant['node_temperature'].dims}")
        nodes, dates = [str(name) for name in plant["node"].values], plant["time"].values
        check("rack.hot" in nodes, f"{engine}: nodes are {nodes}")
        hot = plant["node_temperature"].sel(node="rack.hot", time="2025-01-03")
        check(hot.shape == (1440,) and 30 < float(hot.mean()) < 50, f"{engine}: rack.hot on 3 January: {hot}")
        layers = [str(name) for name in plant[plant["tank_temperature"].dims[1]].values]
        check(layers == [f"tank.{k}" for k in range(10)], f"{engine}: heights of the tank are {layers}")
    return dates


def read_groups(path, engine, told):
    """Time of every group with one; names along every second axis; the tables, against what was printed."""
    for group in sorted(SERIES):
        with xarray.open_dataset(path, engine=engine, group=group) as data:
            time = data["time"].values
            check(time.dtype == "datetime64[ns]", f"{engine}: /{group}/time is not decoded: {time.dtype}")
            check(time[0] == START and len(time) == DAYS * 1440, f"{engine}: /{group}/time starts {time[0]}, {len(time)} steps")
            check((numpy.diff(time) == numpy.timedelta64(60, "s")).all(), f"{engine}: /{group}/time does not go by minutes")
            for name, variable in data.data_vars.items():
                check(variable.dims[0] == "time", f"{engine}: /{group}/{name} has axes {variable.dims}")
                check(numpy.isfinite(variable.values).all(), f"{engine}: /{group}/{name} holds values that are no numbers")
                for axis in variable.dims[1:]:
                    names = data[axis].values if axis in data.coords else []
                    check(len(set(map(str, names))) == variable.sizes[axis], f"{engine}: /{group}/{name}: names along {axis} are {names}")
    for group, figures in (("energy", told["energy_j"]), ("kpi", told["kpi"])):
        with xarray.open_dataset(path, engine=engine, group=group) as table:
            for name, value in figures.items():
                check(float(table[name]) == value, f"{engine}: /{group}/{name} is {float(table[name])}, printed was {value}")
    with xarray.open_dataset(path, engine=engine, group="jobs") as jobs:
        check(int(jobs["finished"]) == told["jobs"]["finished"] > 0, f"{engine}: jobs finished {int(jobs['finished'])}")
    with xarray.open_dataset(path, engine=engine, group="energy_by_month") as months:
        check(float(months["it"].sum()) == told["energy_j"]["it"], f"{engine}: IT energy by month {months['it'].values}")
    with xarray.open_dataset(path, engine=engine, group="events") as events:
        check({"time", "source", "text"} <= set(events.variables), f"{engine}: events have {list(events.variables)}")
    with xarray.open_dataset(path, engine=engine, group="power") as power:
        mean_w = float(power["it"].astype("float64").mean())
        check(abs(mean_w * DAYS * 86400 / told["energy_j"]["it"] - 1) < 1e-6, f"{engine}: mean IT power {mean_w} W against the energy")
    with xarray.open_dataset(path, engine=engine, group="meters") as meters:
        register = meters["register"].sel(meter="sold")
        check(register.dtype == "float64" and abs(float(register[-1]) / told["energy_j"]["delivered"] - 1) < 1e-12, f"{engine}: register {register[-1]}")


def look_inside(path):
    """Every data set is described; one time, linked into each group; gives the text of the scenario."""
    with h5py.File(path, "r") as file:
        check(set(file) == SERIES | TABLES | {"time"}, f"groups are {sorted(file)}")
        check(bytes(file.attrs["filetype"]) == b"hypocaust run", f"filetype {file.attrs['filetype']!r}")
        one = h5py.h5o.get_info(file["time"].id)
        check(one.rc == 1 + len(SERIES), f"/time has {one.rc} links, expected {1 + len(SERIES)}")
        for group in SERIES:
            check(h5py.h5o.get_info(file[group]["time"].id).addr == one.addr, f"/{group}/time is a time of its own")
            check(isinstance(file[group].get("time", getlink=True), h5py.HardLink), f"/{group}/time is no hard link")

        def describe(name, thing):
            if not isinstance(thing, h5py.Dataset):
                return
            check(len(bytes(thing.attrs.get("long_name", b""))) > 3, f"/{name} has no long_name")
            is_scale = bytes(thing.attrs.get("CLASS", b"")) == b"DIMENSION_SCALE"
            numbers = thing.dtype.kind in "iuf" and not is_scale
            if numbers:
                unit = bytes(thing.attrs.get("units", b"")).decode()
                check(unit in UNITS or unit == "seconds since 2025-01-01 00:00:00", f"/{name}: unit {unit!r}")
            if thing.name.split("/")[1] in SERIES and not is_scale:
                check(bytes(thing.attrs["cell_methods"]).startswith(b"time: "), f"/{name} has no cell_methods")
                check(all(len(dimension) == 1 for dimension in thing.dims), f"/{name}: an axis without its scale")

        file.visititems(describe)
        return file["scenario/yaml"][()].decode()


def makes_itself(path, again, text, site):
    """The resolved scenario `text`, as the file `site`, gives every value of `path`; only the list of the files that were read differs."""
    site.write_text(text, encoding="utf-8")
    done = subprocess.run([sys.argv[1], "run", site, "--quiet", "--no-cache", "-o", again], capture_output=True, text=True)
    check(done.returncode == 0 and done.stderr == "", f"/scenario/yaml of {path.name} does not run: {done.stderr}")
    done = subprocess.run([sys.argv[1], "compare", path, again, "--bits"], capture_output=True, text=True)
    places = done.stdout.splitlines()
    check(places and all(place.startswith("/inputs/") for place in places), f"/scenario/yaml of {path.name} gives another run: {done.stdout}{done.stderr}")
    check(inputs_of(path, "scenario") != inputs_of(again, "scenario") == [site.name], f"scenario files read: {inputs_of(again, 'scenario')}")


def inputs_of(path, key, column="name"):
    with h5py.File(path, "r") as file:
        return [value.decode() for value, of in zip(file[f"inputs/{column}"][()], file["inputs/key"][()]) if of.decode() == key]


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    path = folder / "run.h5"
    told = run(path, days=DAYS)
    for engine in ("h5netcdf", "netcdf4"):
        check(axes_of(path, engine)[0] == START, f"{engine}: first time")
        read_groups(path, engine, told)
    text = look_inside(path)

    header = subprocess.run(["ncdump", "-h", path], check=True, capture_output=True, text=True).stdout
    for line in ('time:units = "seconds since 2025-01-01 00:00:00"', 'node_temperature:units = "degC"', "double register(time, meter)", "group: events"):
        check(line in header, f"ncdump: no `{line}` in\n{header}")
    dates = subprocess.run(["ncdump", "-t", "-v", "/plant/time", path], check=True, capture_output=True, text=True).stdout
    check('"2025-01-01 00:01"' in dates, "ncdump: time is not decoded")

    # The scenario inside the file makes the file again, under whatever name; so does one whose files lie in other folders.
    again = folder / "again.h5"
    makes_itself(path, again, text, folder / "resolved.yaml")
    print(f"{path.name} of {told['steps']} steps: xarray (h5netcdf, netcdf4), h5py, ncdump; its scenario gives it again")
    for part in ("sites", "shared/data"):
        (folder / part).mkdir(parents=True)
    hours = [f"2024-12-31T{hour:02d}:00Z,{hour / 4}" for hour in range(24)]
    hours += [f"2025-01-{day:02d}T{hour:02d}:00Z,{hour / 3 + day}" for day in (1, 2, 3) for hour in range(24)]
    (folder / "shared/data/weather.csv").write_text("\n".join(["time,outdoor", *hours]) + "\n", encoding="utf-8")
    weather = "weather: !replace {type: csv, file: data/weather.csv, outdoor: outdoor, outdoor_unit: degC}\n"
    overlay(folder / "shared/base.yaml", weather)
    site = folder / "sites/site.yaml"
    site.write_text("hypocaust: 1\ninclude: [../shared/base.yaml]\n", encoding="utf-8")
    run(folder / "site.h5", days=2, warm_up=1, site=site)
    makes_itself(folder / "site.h5", again, look_inside(folder / "site.h5"), folder / "sites/resolved.yaml")
    with h5py.File(folder / "site.h5", "r") as file:
        outdoor_c = file["weather/outdoor_temperature"][()]
        check(numpy.ptp(outdoor_c) > 7 and abs(outdoor_c[:1440].mean() - 4.9) < 0.3, f"the weather of the file is not what ran: {outdoor_c[:1440].mean()} degC")
    hashes = [inputs_of(of, "weather.file", "xxh3_128") for of in (folder / "site.h5", again)]
    check(hashes[0] == hashes[1] and len(hashes[0][0]) == 32, f"hashes of the weather file: {hashes}")
    (folder / "shared/data/weather.csv").write_text("\n".join(["time,outdoor", *hours]) + "\n\n", encoding="utf-8")  # one byte more, the same weather
    run(again, days=2, warm_up=1, site=site)
    check(inputs_of(again, "weather.file", "xxh3_128") != hashes[0], "another weather file has the same hash")
    done = subprocess.run([sys.argv[1], "compare", folder / "site.h5", again, "--bits"], capture_output=True, text=True)
    check(done.returncode == 2 and done.stdout.startswith("/inputs/xxh3_128") and done.stdout.count("\n") == 1, f"only the hash changed, and {done.stdout}")

    run(again, days=DAYS, sets=("clock.seed=2",))
    done = subprocess.run([sys.argv[1], "compare", path, again, "--bits"], capture_output=True, text=True)
    check(done.returncode == 2 and "/power/it" in done.stdout, f"compare --bits of two seeds: exit {done.returncode}, {done.stdout}")

    # A guard that acts in hot weather is told in the events.
    hot = folder / "hot.h5"
    run(hot, days=3, site=overlay(folder / "hot.yaml", "weather: !replace {type: constant, outdoor: 38 degC}\n"))
    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(hot, engine=engine, group="events") as events:
            texts, seconds = [str(text) for text in events["text"].values], events["time"].values
            check(len(texts) >= 2 and set(texts) == {"acting", "armed"}, f"{engine}: events {texts}")
            check({str(source) for source in events["source"].values} == {"coolant_guard"}, f"{engine}: events of {events['source'].values}")
            check(seconds.dtype.kind == "M" and (numpy.diff(seconds) > numpy.timedelta64(0)).all() and str(seconds[0]).startswith("2025-01-0"), f"{engine}: events at {seconds}")
            check(all(a != b for a, b in zip(texts, texts[1:])), f"{engine}: the same event twice in a row: {texts}")
