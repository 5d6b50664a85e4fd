// When faults come, and what a controller does without a signal.
#include "models/control/fault.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "models/control/types.hpp"

using namespace hypocaust;
using namespace hypocaust::control;

namespace {

constexpr std::int64_t day_s = 86'400, year_s = 365 * day_s;

FaultSpec random_fault(RepairLaw law) {
  FaultSpec fault;
  fault.component = {"pump"}, fault.mean_between_s = 1000 * 3600.0, fault.mean_repair_s = 100 * 3600.0, fault.repair = law;
  return fault;
}
double out_of_order_s(const std::vector<FaultInterval>& list) {
  double sum_s = 0;
  for (const FaultInterval& one : list) sum_s += static_cast<double>(one.to_s - one.from_s);
  return sum_s;
}

}  // namespace

TEST_CASE("a dated fault is there once, and only where it meets the window") {
  FaultSpec fault;
  fault.component = {"pump"}, fault.at.utc_s = 10 * day_s, fault.lasts_s = 7.0 * day_s;
  CHECK(fault_intervals(fault, "f", {.seed = 1, .from_s = 0, .to_s = year_s}) ==
        std::vector<FaultInterval>{{10 * day_s, 17 * day_s}});
  CHECK(fault_intervals(fault, "f", {.seed = 1, .from_s = 12 * day_s, .to_s = year_s}).size() == 1);
  CHECK(fault_intervals(fault, "f", {.seed = 1, .from_s = 17 * day_s, .to_s = year_s}).empty());
  CHECK(fault_intervals(fault, "f", {.seed = 1, .from_s = 0, .to_s = 10 * day_s}).empty());
}

TEST_CASE("random faults are there as long as their mean times say") {
  // Share out of order = repair / (order + repair); 400 years hold about 3,200 failures, so 3 standard deviations are near 8 %.
  for (const RepairLaw law : {RepairLaw::exponential, RepairLaw::lognormal, RepairLaw::fixed}) {
    const auto list = fault_intervals(random_fault(law), "pump_trip", {.seed = 7, .from_s = 0, .to_s = 400 * year_s});
    CHECK(out_of_order_s(list) / (400.0 * year_s) == Approx(100.0 / 1100.0).epsilon(0.08));
    for (std::size_t k = 1; k < list.size(); ++k) REQUIRE(list[k].from_s > list[k - 1].to_s);
  }
}

TEST_CASE("a wait for the part lengthens every repair, and the failures are the same") {
  FaultSpec fault = random_fault(RepairLaw::fixed);
  const auto quick = fault_intervals(fault, "pump_trip", {.seed = 7, .from_s = 0, .to_s = year_s});
  fault.spare_part_s = 14.0 * day_s;
  const auto slow = fault_intervals(fault, "pump_trip", {.seed = 7, .from_s = 0, .to_s = year_s});
  REQUIRE(!quick.empty());
  CHECK(slow.front().from_s == quick.front().from_s);
  CHECK(slow.front().to_s - slow.front().from_s == quick.front().to_s - quick.front().from_s + 14 * day_s);
}

TEST_CASE("the name and the seed make a fault's own numbers") {
  const FaultSpec fault = random_fault(RepairLaw::exponential);
  const FaultWindow window{.seed = 7, .from_s = 0, .to_s = 10 * year_s};
  const auto a = fault_intervals(fault, "a", window);
  CHECK(a == fault_intervals(fault, "a", window));
  CHECK(a != fault_intervals(fault, "b", window));
  CHECK(a != fault_intervals(fault, "a", {.seed = 8, .from_s = 0, .to_s = 10 * year_s}));
}

TEST_CASE("one crew repairs one thing at a time, first come, first served") {
  // Two pumps that fail soon after each repair (mean 1 h) and take 100 h each. Hand-computed from the times in order alone.
  FaultSpec pump;
  pump.component = {"pump"}, pump.mean_between_s = 3600, pump.mean_repair_s = 360'000, pump.repair = RepairLaw::fixed;
  const std::vector<RandomFault> both{{.fault = &pump, .name = "a", .from_s = 0}, {.fault = &pump, .name = "b", .from_s = 0}};
  const auto free = fault_histories(both, as_many_as_needed, 7, 30 * day_s);
  const auto in_order_s = [&](std::size_t which, std::size_t k) {
    return k == 0 ? free[which][0].from_s : free[which][k].from_s - free[which][k - 1].to_s;
  };
  REQUIRE((free[0].size() > 3 && free[1].size() > 3));
  const std::size_t first = free[0][0].from_s < free[1][0].from_s ? 0 : 1, second = 1 - first;
  const auto one = fault_histories(both, 1, 7, 30 * day_s);
  // The crew is with the first from its failure on; the second waits for it; the first fails again and waits in turn.
  const std::int64_t begin_s = in_order_s(first, 0), repair_s = 360'000;
  CHECK(one[first][0] == FaultInterval{begin_s, begin_s + repair_s});
  CHECK(one[second][0] == FaultInterval{in_order_s(second, 0), begin_s + 2 * repair_s});
  CHECK(one[first][1] == FaultInterval{begin_s + repair_s + in_order_s(first, 1), begin_s + 3 * repair_s});
  CHECK(one[second][1] == FaultInterval{begin_s + 2 * repair_s + in_order_s(second, 1), begin_s + 4 * repair_s});
  CHECK(fault_histories(both, 2, 7, 30 * day_s) == free);  // two crews are as many as needed
}

TEST_CASE("the buyer's plant and the grid need no crew of the site") {
  FaultSpec pump, buyer;
  pump.component = {"pump"}, pump.mean_between_s = 3600, pump.mean_repair_s = 360'000, pump.repair = RepairLaw::fixed;
  buyer = pump, buyer.component = {"pool"}, buyer.kind = FaultKind::interface_off;
  const std::vector<RandomFault> both{{.fault = &pump, .name = "a", .from_s = 0}, {.fault = &buyer, .name = "b", .from_s = 0}};
  CHECK(fault_histories(both, 1, 7, 30 * day_s) == fault_histories(both, as_many_as_needed, 7, 30 * day_s));
}

TEST_CASE("a spare on site is taken first, and the next one comes with its lead time") {
  // Repair 10 h, one spare on site, 14 days for another; it fails within hours each time.
  FaultSpec pump;
  pump.component = {"pump"}, pump.mean_between_s = 3600, pump.mean_repair_s = 36'000, pump.repair = RepairLaw::fixed;
  const RandomFault quick{.fault = &pump, .name = "p", .from_s = 0};
  const auto free = fault_histories({&quick, 1}, as_many_as_needed, 7, 60 * day_s).front();
  FaultSpec stocked = pump;
  stocked.spare_part_s = 14.0 * day_s, stocked.spares = 1;
  const RandomFault spared{.fault = &stocked, .name = "p", .from_s = 0};
  const auto list = fault_histories({&spared, 1}, as_many_as_needed, 7, 60 * day_s).front();
  REQUIRE((free.size() > 3 && list.size() > 3));
  CHECK(list[0] == free[0]);  // the spare
  const std::int64_t second_s = free[1].from_s;
  CHECK(list[1] == FaultInterval{second_s, list[0].from_s + 14 * day_s + 36'000});  // what the first failure ordered
  const std::int64_t third_s = list[1].to_s + (free[2].from_s - free[1].to_s);
  CHECK(list[2] == FaultInterval{third_s, std::max(third_s, second_s + 14 * day_s) + 36'000});
  stocked.spares = 0;
  CHECK(fault_histories({&spared, 1}, as_many_as_needed, 7, 60 * day_s).front()[0] ==
        FaultInterval{free[0].from_s, free[0].from_s + 14 * day_s + 36'000});
}

TEST_CASE("a stuck sensor keeps its reading while its probe follows the truth") {
  Sensor sensor{.lag_s = 20.0, .reading_c = 30.0};
  sensor.fault.condition = SensorCondition::stuck;
  sensor.step(60.0, 3600.0);
  CHECK(sensor.reading_c == 30.0);
  sensor.fault = {};
  sensor.step(60.0, 1.0);
  CHECK(sensor.reading_c == Approx(60.0));
  sensor.fault.offset_k = 4.0;
  sensor.step(60.0, 1.0);
  CHECK(sensor.reading_c == Approx(64.0));
}

TEST_CASE("without a signal the plant fails open towards cooling") {
  const std::vector<double> truth_c{40.0};
  std::vector<double> out{0.5};
  const SensorFault dead{.condition = SensorCondition::dead};
  const auto settled = [&](Controller& controller) {
    controller.start(truth_c);
    controller.sensor_fault(0, dead);
    for (int k = 0; k < 100; ++k) out[0] = 0.5, controller.step(60.0, truth_c, out);
    CHECK(std::isnan(controller.reading_c()));
    return out[0];
  };
  Regulator regulator{.senses = {"a.b"}, .acts_on = {"v.position"}, .target_c = 40.0, .opens = Opens::above};
  regulator.maximum_frac = 0.9, regulator.minimum_frac = 0.1;
  CHECK(settled(*make(regulator)) == Approx(0.9));
  regulator.opens = Opens::below;
  CHECK(settled(*make(regulator)) == Approx(0.1));
  const auto guard = make(Guard{
      .senses = {"a.b"}, .limit_c = 49.0, .throttle_to_frac = 0.5, .forces = {{.input = {"v.position"}, .value_frac = 1.0}}});
  CHECK(settled(*guard) == Approx(1.0));
  CHECK(guard->throttle_frac() == 1.0);  // blindness is no reason to slow compute down
  CHECK(guard->mode() == "acting: no signal");
}
