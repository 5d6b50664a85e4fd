"""Half the step gives the same energies, half the sub-step the same worst coolant temperature while a guard acts.

Last measured: 60 s against 30 s moves no energy of 30 days by more than 0.008 % of IT energy (fuel; jobs and IT energy
do not move); 5 s against 2.5 s moves the worst coolant temperature by 0.00001 K where the guard only cools, and by 0.05 K where it
throttles, there in a swing of ten minutes."""
import pathlib
import tempfile

from product import check, overlay, run

ENERGY_FRAC, TEMPERATURE_K = 0.005, 0.2
HOT = "weather: !replace {type: constant, outdoor: 38 degC}\n"
THROTTLES = "plant: {controllers: {coolant_guard: {throttle_to: 30 %}}}\n"

with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    step = {s: run(folder / f"step_{s}.h5", days=30, warm_up=5, sets=(f"clock.step={s} s",)) for s in (60, 30)}
    check((step[60]["steps"], step[30]["steps"]) == (43200, 86400), "the step was not halved")
    check(step[60]["jobs"] == step[30]["jobs"], f"the jobs depend on the step: {step[60]['jobs']} and {step[30]['jobs']}")
    it_j = step[60]["energy_j"]["it"]
    moved = {flow: abs(step[30]["energy_j"][flow] - value) / it_j for flow, value in step[60]["energy_j"].items()}
    check(max(moved.values()) <= ENERGY_FRAC, f"half the step moves energies by shares of IT energy: {moved}")
    check(moved["it"] <= 1e-12, f"IT energy depends on the step, by {moved['it']}")
    largest = max(moved, key=moved.get)
    print(f"step 60 s and 30 s: {largest} moves most, by {100 * moved[largest]:.4f} % of IT energy")

    for what, text in (("cools", HOT), ("throttles", HOT + THROTTLES)):
        site = overlay(folder / f"{what}.yaml", text)
        worst, acted = {}, {}
        for s in ("5", "2.5"):
            told = run(folder / "hot.h5", days=5, site=site, sets=(f"clock.sub_step={s} s", "output.record=[controllers.*]"))
            worst[s] = told["operation"]["coolant_worst_c"]
            acted[s] = told["operation"]["mean_hydraulic_iterations"]
            check(what != "throttles" or told["coupling"] == "closed" and told["notes"], f"throttling heard by the jobs: {told['coupling']}, {told['notes']}")
        check(acted["5"] != acted["2.5"] and worst["5"] > 49, f"the guard that {what} never acted: nothing was tested ({worst})")
        apart_k = abs(worst["5"] - worst["2.5"])
        check(apart_k <= TEMPERATURE_K, f"half the sub-step moves the worst coolant temperature by {apart_k} K where the guard {what}")
        print(f"sub-step 5 s and 2.5 s, the guard {what}: {worst['5']:.4f} and {worst['2.5']:.4f} degC, apart {apart_k:.5f} K")
