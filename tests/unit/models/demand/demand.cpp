#include <catch2/catch.hpp>

#include "models/demand/demand.hpp"

using namespace hypocaust;
using namespace hypocaust::demand;

namespace {

double constant(const Varying& varying) { return varying.constant; }

DegreeHoursSpec hot_water() {
  DegreeHoursSpec spec;
  spec.constant_power_w = {.constant = 30e3};
  spec.profile = {0, 0, 0, 0, 0, 0.3, 1.2, 2, 1.6, 1.2, 1, 1.2, 1.4, 1.2, 1, 1, 1.2, 2, 2.6, 2.4, 1.7, 0.8, 0.2, 0};
  spec.supply_c.constant = 60.0, spec.return_c.constant = 10.0;
  return spec;
}

HeatDemand law(const DegreeHoursSpec& spec) {
  Typed typed(DegreeHoursSpec::schema());
  *typed.as<DegreeHoursSpec>() = spec;
  return HeatDemand(typed);
}

DemandConditions at(double outdoor_c, std::int64_t second, int weekday = 3, int month = 5) {
  return {.outdoor_c = outdoor_c, .local_second_of_day = second, .weekday = weekday, .month = month, .day_of_year = 130};
}

}  // namespace

TEST_CASE("degree-hours grow with the cold and stop at the base temperature") {
  DegreeHoursSpec spec;
  spec.base_temperature_c = 15.5, spec.power_per_kelvin_w_k = 2000.0;
  spec.supply_c.constant = 50.0, spec.return_c.constant = 30.0;
  const HeatDemand building = law(spec);
  CHECK(building.wanted(at(5.5, 0), constant).power_w == Approx(20e3));
  CHECK(building.wanted(at(15.5, 0), constant).power_w == 0.0);
  CHECK(building.wanted(at(30.0, 0), constant).power_w == 0.0);
  CHECK(building.wanted(at(5.5, 0), constant).supply_c == 50.0);
  CHECK(building.wanted(at(5.5, 0), constant).return_c == 30.0);
}

TEST_CASE("a daily profile keeps the energy of the day, at any step") {
  const HeatDemand showers = law(hot_water());
  for (const std::int64_t step : {60, 900, 3600}) {
    double energy_j = 0;
    for (std::int64_t s = 0; s < 86400; s += step)
      energy_j += showers.wanted(at(0, s), constant).power_w * static_cast<double>(step);
    CHECK(energy_j == Approx(30e3 * 86400).epsilon(1e-12));
  }
  CHECK(showers.wanted(at(0, 3 * 3600), constant).power_w == 0.0);
  // 18:00 is 2.6 of a sum of 24, so 2.6 times the mean.
  CHECK(showers.wanted(at(0, 18 * 3600), constant).power_w == Approx(30e3 * 2.6 * 24 / 24.0).epsilon(0.02));
  CHECK(showers.wanted(at(0, 18 * 3600 + 3599), constant).power_w == showers.wanted(at(0, 18 * 3600), constant).power_w);
}

TEST_CASE("weekend and month factors multiply the constant part only") {
  DegreeHoursSpec spec = hot_water();
  spec.profile.clear();
  spec.weekend_frac = 1.5, spec.monthly = {1, 1, 1, 1, 1, 1, 0.5, 1, 1, 1, 1, 1}, spec.power_per_kelvin_w_k = 1000.0,
  spec.base_temperature_c = 15.0;
  const HeatDemand user = law(spec);
  CHECK(user.wanted(at(14.0, 0, 5), constant).power_w == Approx(31e3));
  CHECK(user.wanted(at(14.0, 0, 6), constant).power_w == Approx(46e3));
  CHECK(user.wanted(at(14.0, 0, 7, 7), constant).power_w == Approx(1e3 + 22.5e3));
}

TEST_CASE("a series demand takes its values from the caller") {
  Typed typed(SeriesDemandSpec::schema());
  typed.as<SeriesDemandSpec>()->power_w.series = "load";
  typed.as<SeriesDemandSpec>()->supply_c.constant = 31.0, typed.as<SeriesDemandSpec>()->return_c.constant = 28.0;
  const HeatDemand user(typed);
  const auto resolve = [](const Varying& v) { return v.series == "load" ? 12e3 : v.constant; };
  CHECK(user.wanted(at(0, 0), resolve).power_w == 12e3);
  CHECK(user.wanted(at(0, 0), resolve).supply_c == 31.0);
  CHECK(user.wanted(at(0, 0), [](const Varying&) { return -5.0; }).power_w == 0.0);  // a user never heats the plant
}

TEST_CASE("profiles of the wrong length and users that want nothing are refused") {
  DegreeHoursSpec spec = hot_water();
  spec.profile.pop_back();
  Problems problems;
  spec.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "profile");
  CHECK(problems.items[0].text.find("23 values") != std::string::npos);
  DegreeHoursSpec idle;
  idle.supply_c.constant = 10, idle.return_c.constant = 20;
  Problems more;
  idle.check(more);
  REQUIRE(more.items.size() == 2);
  CHECK(more.items[1].key == "supply");
}
