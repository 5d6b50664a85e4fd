"""Every site archetype at the low and the high end of its band: runs, closes, keeps its limits and serves its user, in at least fifteen
combinations of cooling, heat user and size."""
import pathlib
import re
import tempfile

from product import ROOT, check, run

FOLDER = ROOT / "configs" / "sites" / "archetypes"
KINDS = {"air_to_water", "rear_door", "direct_to_chip", "immersion", "hybrid"}

combinations, kinds_seen = set(), set()
with tempfile.TemporaryDirectory() as folder:
    files = sorted(FOLDER.glob("*.yaml"))
    check(len(files) == 10, f"{FOLDER} holds {len(files)} sites")
    for path in files:
        text = path.read_text(encoding="utf-8")
        kind = (KINDS & set(re.findall(r"cooling/(\w+)\.yaml", text))).pop()
        low_kw, high_kw = (float(x) for x in re.search(r"^# .*?, ([\d.]+) to ([\d.]+) kW:", text).groups())
        for power_kw, case in ((low_kw, ()), (high_kw, ("--case", "high"))):
            told = run(pathlib.Path(folder) / "run.h5", days=1, warm_up=1, site=path, flags=("--no-cache", *case))
            what = f"{path.stem} at {power_kw:g} kW"
            balance, operation, users = told["balance"], told["operation"], told["heat_users"]
            check(balance["worst_step_frac"] < 1e-8 and balance["year_frac"] < 1e-9, f"{what} does not close: {balance}")
            check(operation["minutes_over_limit"] == 0, f"{what} breaks a limit: {operation}")
            check(operation["junction_worst_c"] < operation["junction_limit_c"], f"{what}: no junction below its limit: {operation}")
            mean_kw = told["energy_j"]["it"] / 86400e3
            check(0.2 * power_kw < mean_kw <= power_kw * 1.001, f"{what}: its servers draw {mean_kw} kW")
            check(told["energy_j"]["recovered"] > 0.1 * told["energy_j"]["it"], f"{what} recovers next to nothing in January")
            for name, user in users.items():
                check(user["consumed_j"] > 0 and user["unmet_j"] == 0, f"{what}: {name} gets {user}")
            combinations.add((kind, tuple(users), power_kw))
            kinds_seen.add(kind)
check(kinds_seen == KINDS, f"cooling kinds without an archetype: {KINDS - kinds_seen}")
check(len(combinations) >= 15, f"only {len(combinations)} combinations of cooling, user and size")
print(f"{len(combinations)} combinations of cooling, heat user and size: a day each, closed, within limits, served")
