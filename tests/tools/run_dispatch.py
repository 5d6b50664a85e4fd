"""An order of aims in a whole run: told in the summary, another schedule for another order; and throttling where the limit binds."""
import json
import pathlib
import tempfile

from product import ROOT, check, overlay, run

SITE = ROOT / "configs" / "sites" / "thermal_dispatch.yaml"
ORDER = """
compute:
  scheduler:
    power_cap: {calendar: evening, during: 110 kW, otherwise: 200 kW}
    shift: {price: {calendar: evening, during: 0.30 GBP/kWh, otherwise: 0.20 GBP/kWh}, heat_value: 0.04 GBP/kWh, alike: 0.01 GBP/kWh}
    order: [service_level, thermal_limit, %s]
  classes: {patient: {cap_to: 40 %%}}
calendars: {evening: {hours: {weekdays: [16:00-21:00], saturday: [16:00-21:00], sunday: [16:00-21:00]}}}

"""
# Two groups, one behind plates that are too small for it: its junctions bind, those of the other do not.
TWO = """
compute:
  hosts: {aside: {count: 4, cores: 64, server: {idle_power: 700 W, peak_power: 2500 W}}}
  work:
    beside: {type: service, hosts: aside, load: 100 %}
cooling:
  aside: {type: room_unit, hosts: aside, nominal_power: 20 kW, nominal_cop: 4}
  cold_plates: {junction: {resistance: 0.05 K/W, device_power: 500 W, hosts_power: 150 kW, limit: 80 degC, throttle_above: 58 degC}}
"""

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    told = {}
    for first, second in (("power_cap, price_shift", "heat_demand_shift"), ("heat_demand_shift, price_shift", "power_cap")):
        order = f"{first}, {second}"
        site = folder / "order.yaml"
        site.write_text(f"hypocaust: 1\ninclude: [{json.dumps(str(SITE))}]\n{ORDER % order}", encoding="utf-8")
        told[order] = one = run(folder / "run.h5", days=4, warm_up=2, site=site)
        check(one["scheduler"].startswith(f"service_level, thermal_limit, {order}; heat shortfall "), one["scheduler"])
        check("at the stated 0.04 GBP/kWh" in one["scheduler"], one["scheduler"])
        check(one["jobs"]["shifted"] > 20 and one["jobs"]["over_cap_s"] == 0, f"{order}: {one['jobs']}")
    one, other = told.values()
    check(one["energy_j"]["it"] != other["energy_j"]["it"] or one["jobs"]["wait_mean_s"] != other["jobs"]["wait_mean_s"], "another order, the same schedule")

    told = run(folder / "two.h5", days=2, warm_up=1, site=overlay(folder / "two.yaml", TWO))
    check(told["coupling"] == "closed", f"{told['coupling']} loop with a junction that throttles")
    plain = run(folder / "plain.h5", days=2, warm_up=1, site=overlay(folder / "plain.yaml", TWO.replace(", throttle_above: 58 degC", "")))
    less = told["energy_j"]["it"] / plain["energy_j"]["it"]
    check(less < 0.99, f"the hot junction saves nothing: {less}")
    try:
        import h5py
    except ImportError:
        print("ok, without a look at each group: needs python3-h5py")
    else:
        with h5py.File(folder / "two.h5", "r") as file, h5py.File(folder / "plain.h5", "r") as unthrottled:
            power = [f["compute/power"][:, 0].astype("float64") for f in (file, unthrottled)]
        check(abs(power[0] - power[1]).max() < 1.0, "hosts in the room slow down with those behind the plates")
print("ok")
