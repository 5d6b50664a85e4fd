"""A year of the leisure centre with measured weather and a real job log: both files are read whole, and the balance closes.

Numbers of the files from their descriptions: 18,239 jobs, 18,066 with run time and processors, mean 12.09 degC outdoors."""
import os
import pathlib
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "tools"))
from product import check, need, run, skip  # noqa: E402

given = os.environ.get("HYPOCAUST_VALIDATION_DATA")
data = pathlib.Path(given) if given else ROOT.parent / "shared" / "validation"
check(not given or data.is_dir(), f"HYPOCAUST_VALIDATION_DATA names no folder: {data}")
weather = data / "weather" / "GBR_ENG_London.Wea.Ctr-St.James.Park.037700_TMYx.2007-2021.epw.gz"
jobs = data / "traces" / "NASA-iPSC-1993-3.1-cln.swf.gz"
for path in (weather, jobs):
    if not path.exists():
        skip(f"regression: london needs {path.name} of the validation data (set HYPOCAUST_VALIDATION_DATA to its folder)")
need("h5py", "numpy")
import h5py  # noqa: E402

with tempfile.TemporaryDirectory() as folder:
    path = pathlib.Path(folder) / "run.h5"
    told = run(path, days=365, warm_up=14, site=ROOT / "configs" / "sites" / "leisure_centre_london.yaml",
               sets=(f"weather.file={weather}", f"compute.work.nasa.file={jobs}"))
    with h5py.File(path) as file:
        outdoor_c = file["weather/outdoor_temperature"][:].mean(dtype="f8")
check((told["jobs"]["read"], told["jobs"]["valid"]) == (18239, 18066), f"jobs {told['jobs']}")
check(told["jobs"]["too_large"] == 0, f"jobs that did not fit: {told['jobs']['too_large']}")
check(told["jobs"]["started"] > 3.5 * 18066, f"the log lasts 92 days and must repeat: {told['jobs']['started']} jobs started in a year")
check(abs(outdoor_c - 12.09) <= 0.005, f"mean of the year outdoors {outdoor_c} degC")
balance = told["balance"]
check(balance["worst_step_frac"] <= 1e-9 and balance["year_frac"] <= 1e-6, f"balance {balance}")
print(f"outdoors {outdoor_c:.3f} degC, {told['jobs']['started']} jobs started, worst step {balance['worst_step_frac']:.1e}, "
      f"PUE {told['kpi']['pue']:.3f}, recovered {told['kpi']['recovered_frac']:.3f} of IT")
