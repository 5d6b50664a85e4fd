"""The five kinds of cooling on one site: each closes, keeps its limits and orders as physics says; with `--year`, a year each gives
results/reference/cooling_kinds.csv."""
import csv
import pathlib
import subprocess
import sys
import tempfile

from product import SITE, ROOT, check, need, run

FOLDER = ROOT / "configs" / "sites" / "cooling_kinds"
TABLE = ROOT / "results" / "reference" / "cooling_kinds.csv"
KINDS = ("air_to_water", "rear_door", "direct_to_chip", "immersion", "hybrid")

rows = {row["kind"]: row for row in csv.DictReader(TABLE.open(encoding="utf-8"))}
check(tuple(rows) == KINDS, f"{TABLE.name} lists {list(rows)}, the test knows {KINDS}")
check(sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted((*KINDS, "site")), f"{FOLDER} does not hold the five kinds and their site")

if sys.argv[2:] == ["--year"]:
    need("numpy", "h5py")
    done = subprocess.run([sys.executable, "-B", ROOT / "scripts" / "cooling_table.py", sys.argv[1]], capture_output=True, text=True)
    check(done.returncode == 0, f"cooling_table.py: {done.stderr}")
    for row in csv.DictReader(done.stdout.splitlines()):
        for column, text in row.items():
            kept = rows[row["kind"]][column]
            same = text == kept if column == "kind" or not text else abs(float(text) - float(kept)) <= max(1e-3 * abs(float(kept)), 2e-3)
            check(same, f"{row['kind']}: {column} is {text}, the table has {kept}")
    print(f"{len(KINDS)} kinds of cooling, a year each: as in {TABLE.name}")
else:
    def broken(folder, kind, what, sets=(), of=None):
        """Three days of a kind whose component is out of order for the middle one."""
        site = pathlib.Path(folder) / "broken.yaml"
        site.write_text(f"hypocaust: 1\ninclude: [{of or FOLDER / (kind + '.yaml')}]\n"
                        f"faults: {{lost: {{kind: out_of_order, component: {what}, at: 2025-01-02, lasts: 1 d}}}}\n", encoding="utf-8")
        return run(pathlib.Path(folder) / "run.h5", days=3, warm_up=1, site=site, sets=sets)["operation"]

    told = {}
    with tempfile.TemporaryDirectory() as folder:
        for kind in KINDS:
            told[kind] = run(pathlib.Path(folder) / "run.h5", days=3, warm_up=3, site=FOLDER / (kind + ".yaml"))
        # A lost room unit or pump is seen by the limits of air and junction; dampers to outdoors save what they can, and stay open.
        room, pump = broken(folder, "direct_to_chip", "room"), broken(folder, "air_to_water", "rack_pump")
        shut = broken(folder, "air_to_water", "rack_pump", sets=("cooling.racks.ventilation=0 W/K",))
        check(room["air_worst_c"] > room["air_limit_c"] and room["minutes_over_limit"] > 1000, f"a lost room unit passes: {room}")
        check(shut["junction_worst_c"] > shut["junction_limit_c"] and shut["minutes_over_limit"] > 1000, f"a lost pump passes: {shut}")
        check(pump["minutes_over_limit"] < 5, f"dampers do not help: {pump}")
        # Coolant that stands in its plates leaves by no outlet, and is above its limit all day.
        stands = broken(folder, "direct_to_chip", "rack_pump", of=SITE)
        check(1380 < stands["minutes_over_limit"] < 1500, f"standing coolant passes: {stands}")
        # Hosts that hold their junction at 66 degC: closed loop, less power, some minutes of load jumps above 68 degC.
        free, held = (run(pathlib.Path(folder) / "run.h5", days=3, warm_up=1, site=FOLDER / "direct_to_chip.yaml",
                          sets=("cooling.racks.junction.limit=68 degC", *more)) for more in ((), ("cooling.racks.junction.throttle_above=66 degC",)))
        check((free["coupling"], held["coupling"]) == ("open", "closed"), f"throttling does not close the loop: {held}")
        check(held["operation"]["minutes_over_limit"] < 0.2 * free["operation"]["minutes_over_limit"],
              f"junctions are not held: {free['operation']}, {held['operation']}")
        check(held["jobs"]["utilisation_frac"] > free["jobs"]["utilisation_frac"], "jobs of throttled hosts take no longer")
    for kind, one in told.items():
        check(one["balance"]["worst_step_frac"] < 1e-8 and one["balance"]["year_frac"] < 1e-9, f"{kind} does not close: {one['balance']}")
        check(one["operation"]["minutes_over_limit"] == 0, f"{kind} breaks a limit in January: {one['operation']}")
        check(one["operation"]["junction_worst_c"] < 90, f"{kind}: junction at {one['operation']['junction_worst_c']} degC")
    recovered = {kind: one["kpi"]["recovered_frac"] for kind, one in told.items()}
    warmest, coolest = min(recovered["immersion"], recovered["direct_to_chip"]), max(recovered["rear_door"], recovered["air_to_water"])
    check(warmest > recovered["hybrid"] > coolest, f"the warmer water does not recover more: {recovered}")
    fans = {kind: one["energy_j"]["fan"] for kind, one in told.items()}
    check(fans["air_to_water"] > fans["rear_door"], f"row coolers with less power than rear doors: {fans}")
    print(", ".join(f"{kind} {share:.2f}" for kind, share in recovered.items()), "of the IT energy recovered")
