#!/usr/bin/env python3
"""`hypocaust reliability`: faults are there as often as their mean times say, a year depends on its number alone, compute and heat suffer from
what concerns them and from nothing else, and what must be refused is refused."""
import json
import math
import pathlib
import subprocess
import sys
import tempfile

binary = pathlib.Path(sys.argv[1]).resolve()
site = pathlib.Path(__file__).resolve().parents[2] / "configs/sites/leisure_centre.yaml"
short = ["--set", "clock.duration=2 d", "--set", "clock.warm_up=1 d", "--quiet"]
BUYER = "  buyer: {component: pool, kind: interface_off, mean_time_between: 20 h, mean_time_to_repair: 5 h, repair: fixed}\n"
PUMP = "  pump: {component: rack_pump, mean_time_between: 60 h, mean_time_to_repair: 3 h}\n"


def run(*arguments, code=0):
    done = subprocess.run([binary, "reliability", *arguments], capture_output=True, text=True, timeout=900)
    assert done.returncode == code, f"{arguments}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    return done


with tempfile.TemporaryDirectory() as folder:
    folder = pathlib.Path(folder)

    def scenario(name, faults):
        path = folder / f"{name}.yaml"
        path.write_text(f"hypocaust: 1\ninclude: [{site}]\n" + (f"faults:\n{faults}" if faults else ""))
        return path

    def told(name, faults, years, *more):
        return json.loads(run(scenario(name, faults), *short, "--years", str(years), "-o", folder / name, "--json", *more).stdout)

    # The buyer alone: heat suffers, compute does not. Share of time out: mean_repair / (mean_between + mean_repair), whatever year it is.
    buyer = told("buyer", BUYER, 12)
    fault = buyer["faults"]["buyer"]
    assert abs(fault["expected_out_frac"] - 0.2) < 1e-12 and abs(fault["out_frac"] - 0.2) < 4 * 0.1 / math.sqrt(12), fault
    assert buyer["compute_available"] == {"mean": 1.0, "low": 1.0, "high": 1.0}, buyer
    heat = buyer["heat_available"]
    assert heat["low"] < heat["mean"] < heat["high"] and heat["mean"] < 0.999, heat
    assert buyer["heat_not_taken_mwh"]["mean"] > 0 and buyer["more_backup_mwh"]["mean"] > 0, buyer

    # The rack pump with it: compute passes its limit now; the buyer's failures are the same, fault by fault.
    both = told("both", BUYER + PUMP, 12)
    assert both["faults"]["buyer"] == fault, (both["faults"], fault)
    # Coolant that stands in its plates is above its limit within minutes, though no outlet tells: compute is down about as long as the pump.
    out = both["faults"]["pump"]["out_frac"]
    assert 1 - 1.6 * out < both["compute_available"]["mean"] < 1 - 0.6 * out, (out, both["compute_available"])
    assert both["tightness"]["0"] < 0 < both["tightness"]["base_year"], both

    # Four years, then twelve in the same folder: the same as twelve at once.
    told("few", BUYER, 4)
    again = told("few", BUYER, 12, "--resume")
    for name in ("compute_available", "heat_available", "tightness", "faults"):
        assert again[name] == buyer[name], (name, again[name], buyer[name])
    text = run(scenario("buyer", BUYER), *short, "--years", "12", "-o", folder / "buyer", "--resume").stdout
    assert "compute available" in text and "(95 %: " in text and "expected, %" in text, text

    def refused(text, *arguments):
        done = run(*arguments, *short, code=2)
        assert text in done.stderr and done.stdout == "", done.stderr

    refused("has no entry at random", scenario("none", ""), "-o", folder / "none")
    refused("nothing to resume here", scenario("buyer", BUYER), "-o", folder / "new", "--resume")
    refused("holds years of another scenario", scenario("both", BUYER + PUMP), "-o", folder / "buyer")
print("reliability: shares of time, years by their number, compute and heat, resumed, refused")
