"""scripts/hypocaust.py: a run, a study, one of its points, and what the program refuses."""
import os
import pathlib
import sys
import tempfile

from product import ROOT, SITE, check, need

need("xarray", "h5py", "netCDF4")
sys.path.insert(0, str(ROOT / "scripts"))
os.environ["HYPOCAUST_BINARY"] = str(pathlib.Path(sys.argv[1]).resolve())
import hypocaust

with tempfile.TemporaryDirectory() as name:
    here = pathlib.Path(name)
    os.environ["HYPOCAUST_CACHE"] = str(here / "cache")
    (here / "base.yaml").write_text(f'hypocaust: 1\ninclude: ["{SITE}"]\nclock: {{duration: 2 d, warm_up: 1 d}}\n')
    (here / "study.yaml").write_text("""hypocaust: 1
base: base.yaml
axes: {tank: {key: plant.components.tank.volume, values: [10 m3, 5 m3]}}
design: {type: grid}
""")
    result = hypocaust.run(here / "base.yaml", set={"plant.components.tank.volume": "5 m3"}, output=here / "run.h5")
    check(1.0 < result.kpi["pue"] < 2.0 and result.energy_j["it"] > 0, f"key figures: {result.told}")
    with result.open("plant") as plant:
        check(plant.sizes["time"] == 2 * 1440, "the dataset of a run")
    swept = hypocaust.sweep(here / "study.yaml", output=here / "swept", threads=2)
    with swept.open("points") as points:
        check(float(points["kpi_pue"][1]) == result.kpi["pue"], "a point of a study is not the same run")
        check(float(points["kpi_pue"][0]) != result.kpi["pue"], "the points do not differ")
    again = hypocaust.run(here / "study.yaml", point=1, output=here / "point.h5")
    check(again.energy_j == result.energy_j, "a point again is not the same run")
    try:
        hypocaust.run(here / "base.yaml", set={"plant.components.tank.volume": "5 kW"}, output=here / "bad.h5")
        check(False, "a wrong unit is accepted")
    except hypocaust.Failed as error:
        check(error.code == 2 and "m3" in str(error), str(error))
print("a run, a study and a point from Python")
