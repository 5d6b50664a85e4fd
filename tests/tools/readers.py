"""A run file opens as it is in xarray (both engines), h5py and ncdump: time decoded, units present, one time for all groups."""
import importlib
import pathlib
import shutil
import subprocess
import sys
import tempfile

for module in ("numpy", "h5py", "xarray", "h5netcdf", "netCDF4"):
    try:
        importlib.import_module(module)
    except ImportError:
        print(f"SKIPPED: tools: readers needs python3-{module.lower()}")
        sys.exit(77)
if not shutil.which("ncdump"):
    print("SKIPPED: tools: readers needs netcdf-bin (ncdump)")
    sys.exit(77)
import h5py
import numpy
import xarray

ROWS, EACH = 20163, 3  # two chunks and a remainder; three columns a variable


def check(holds, what):
    if not holds:
        sys.exit(f"FAILED: {what}")


def noise():  # the writer's generator
    state = 1
    while True:
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        yield (state >> 11) * 2.0**-53


def expected():
    """Temperature, power and register of column 0 .. EACH-1, as the writer's signals are defined."""
    uniform, power, register = noise(), [9000.0] * EACH, [0.0] * EACH
    temperatures, powers, registers = (numpy.empty((ROWS, EACH)) for _ in range(3))
    for k in range(ROWS):
        swing = 3.0 * numpy.sin(2.0 * numpy.pi * k / 1440.0)
        for c in range(EACH):
            if next(uniform) < 0.02:
                power[c] = 4000.0 + numpy.floor(64.0 * next(uniform)) * 125.0
            register[c] += power[c] * 60.0
            temperatures[k, c], powers[k, c], registers[k, c] = 45.0 + swing + 0.05 * next(uniform) + c, power[c], register[c]
    return temperatures, powers, registers


with tempfile.TemporaryDirectory() as folder:
    path = str(pathlib.Path(folder) / "run.h5")
    subprocess.run([sys.argv[1], path, str(ROWS), "1", "60", str(4 * EACH)], check=True, stdout=subprocess.DEVNULL)
    temperatures, powers, registers = expected()

    for engine in ("h5netcdf", "netcdf4"):
        with xarray.open_dataset(path, engine=engine, group="plant") as plant:
            check(plant.time.dtype == "datetime64[ns]", f"{engine}: time is not decoded: {plant.time.dtype}")
            check(plant.time.values[0] == numpy.datetime64("2023-01-01T00:00:00"), f"{engine}: first time is {plant.time.values[0]}")
            check(plant.time.values[-1] - plant.time.values[0] == numpy.timedelta64((ROWS - 1) * 60, "s"), f"{engine}: last time")
            tank = plant["tank_temperature"]
            check(tank.dims == ("time", "tank"), f"{engine}: axes are {tank.dims}")
            check(tank.attrs["units"] == "degC" and tank.attrs["long_name"] == "temperature of a tank", f"{engine}: attributes {tank.attrs}")
            check([str(name) for name in plant["tank"].values] == [f"unit_{c}" for c in range(EACH)], f"{engine}: names {plant['tank'].values}")
            check(tank.dtype == "float32", f"{engine}: type {tank.dtype}")
            check(numpy.allclose(tank.values, temperatures, rtol=1e-7, atol=0), f"{engine}: temperatures")
            noon = tank.sel(time="2023-01-02T12:00", tank="unit_1")
            check(abs(float(noon) - temperatures[36 * 60, 1]) < 1e-5, f"{engine}: selection by time and name")
            check(bool((plant["pump_speed"] == numpy.float32(0.8)).all()), f"{engine}: a constant column")
        with xarray.open_dataset(path, engine=engine, group="compute") as compute:
            check(numpy.array_equal(compute["power"].values, powers.astype("float32")), f"{engine}: powers")
            check(compute.time.values[-1] - compute.time.values[0] == numpy.timedelta64((ROWS - 1) * 60, "s"), f"{engine}: time of compute")
        with xarray.open_dataset(path, engine=engine, group="meters") as meters:
            check(meters["register"].dtype == "float64" and numpy.array_equal(meters["register"].values, registers), f"{engine}: registers")
        with xarray.open_dataset(path, engine=engine, group="kpi") as kpi:
            check(float(kpi["pue"]) == 1.25 and kpi["pue"].attrs["units"] == "1", f"{engine}: pue")
            check(bool(numpy.isnan(kpi["erf"])), f"{engine}: a figure that does not apply is NaN")
        with xarray.open_dataset(path, engine=engine, group="events") as events:
            check([str(text) for text in events["what"].values] == ["pump on", "pump off"], f"{engine}: texts of a table")

    with h5py.File(path, "r") as file:
        addresses = {name: h5py.h5o.get_info(file[name].id).addr for name in ("time", "plant/time", "compute/time", "meters/time")}
        check(len(set(addresses.values())) == 1, f"h5py: groups have times of their own: {addresses}")
        check(file["plant/tank_temperature"].chunks == (10080, 1), f"h5py: chunks {file['plant/tank_temperature'].chunks}")
        check(file["plant/tank_temperature"].compression == "gzip" and file["plant/tank_temperature"].shuffle, "h5py: filters")
        check(list(file.attrs["format_version"]) == [1, 1] and bytes(file.attrs["filetype"]) == b"hypocaust run", f"h5py: {dict(file.attrs)}")
        check(file["scenario/yaml"][()].decode() == "hypocaust: 1 # °C\n", "h5py: text of the scenario")
        undescribed = []
        file.visititems(lambda name, thing: undescribed.append(name) if isinstance(thing, h5py.Dataset) and "long_name" not in thing.attrs else None)
        check(not undescribed, f"h5py: without long_name: {undescribed}")

    header = subprocess.run(["ncdump", "-h", path], check=True, capture_output=True, text=True).stdout
    for line in ('time:units = "seconds since 2023-01-01 00:00:00"', 'time:calendar = "proleptic_gregorian"', "float tank_temperature(time, tank)",
                 'register:units = "J"', "double register(time, meter)"):
        check(line in header, f"ncdump: no `{line}` in\n{header}")
    dates = subprocess.run(["ncdump", "-t", "-v", "/plant/time", path], check=True, capture_output=True, text=True).stdout
    check('"2023-01-01 00:01"' in dates, "ncdump: time is not decoded")
print("xarray (h5netcdf, netcdf4), h5py and ncdump agree with the signals written")
