#include <catch2/catch.hpp>

#include "models/core/math.hpp"
#include "models/demand/demand.hpp"
#include "models/demand/load_profile.hpp"

using namespace hypocaust;
using namespace hypocaust::demand;

namespace {

double constant(const Varying& varying) { return varying.constant; }

HeatDemand law(const LoadProfileSpec& spec) {
  Typed typed(LoadProfileSpec::schema());
  *typed.as<LoadProfileSpec>() = spec;
  return HeatDemand(typed);
}

}  // namespace

// Published points of the single-family house, class 1, windy: -10, 0 and 8 degC, four decimals.
TEST_CASE("the sigmoid of single-family houses passes through its published points") {
  const HeatCurve house = heat_curve({.customer = Customer::efh, .windy = true, .building_class = 1});
  CHECK(h_value(house, -10.0) == Approx(2.8541).margin(5e-5));
  CHECK(h_value(house, 0.0) == Approx(2.0267).margin(5e-5));
  CHECK(h_value(house, 8.0) == Approx(0.9677).margin(5e-5));
}

// The curves with straight lines are normalised by the guide to 1 at 8 degC; it prints 1.987948 for houses (34) at 0 degC.
TEST_CASE("every curve with straight lines is 1 at 8 degC, and falls with warmth") {
  for (int customer = 0; customer < static_cast<int>(customers); ++customer)
    for (const Curve curve : {Curve::sigmoid, Curve::linear_33, Curve::linear_34}) {
      const HeatCurve k = heat_curve({.customer = static_cast<Customer>(customer), .curve = curve});
      INFO(names(Customer{})[static_cast<std::size_t>(customer)] << ", " << names(Curve{})[static_cast<std::size_t>(curve)]);
      if (curve != Curve::sigmoid) CHECK(h_value(k, 8.0) == Approx(1.0).margin(2e-6));
      for (double t_c = -20.0; t_c < 39.0; t_c += 1.0) CHECK(h_value(k, t_c) >= h_value(k, t_c + 1.0));
      CHECK(h_value(k, 39.0) > 0.0);
      CHECK(h_value(k, 55.0) == h_value(k, 41.0));  // beyond the pole nothing moves
    }
  CHECK(h_value(heat_curve({.customer = Customer::efh, .curve = Curve::linear_34}), 0.0) == Approx(1.987948).margin(1e-6));
}

TEST_CASE("a week's factors have the mean 1 for every customer") {
  for (int customer = 0; customer < static_cast<int>(customers); ++customer) {
    double sum = 0;
    for (int weekday = 1; weekday <= 7; ++weekday) sum += weekday_factor(static_cast<Customer>(customer), weekday);
    CHECK(sum == Approx(7.0).margin(1e-9));
  }
  CHECK(weekday_factor(Customer::gwa, 6) == Approx(0.3877));  // laundries rest on Saturday
}

TEST_CASE("four days weigh as a halving series, and unknown days are left out") {
  CHECK(four_day_mean_c({8, 4, 0, -8}) == Approx((8 + 2 + 0 - 1) / 1.875));
  CHECK(four_day_mean_c({5, 5, 5, 5}) == 5.0);
  CHECK(four_day_mean_c({6, not_given, not_given, not_given}) == 6.0);
  CHECK(four_day_mean_c({6, not_given, 0, not_given}) == Approx(6 / 1.25));
}

TEST_CASE("a customer wants its value at 8 degC, by weekday and hour") {
  LoadProfileSpec spec;
  spec.customer = Customer::gko, spec.curve = Curve::linear_34, spec.customer_value_w = 12e3;
  spec.supply_c.constant = 60, spec.return_c.constant = 40;
  HeatDemand offices = law(spec);
  REQUIRE(offices.load_profile());
  HourFactors hours;
  hours.by_weekday.assign(7, {});
  for (auto& day : hours.by_weekday)
    for (std::size_t band = 0; band < temperature_bands; ++band) {
      day[band].fill(0.04);
      day[band][7] = band == 5 ? 0.08 : 0.04;  // band 5: above 5 to 10 degC
    }
  offices.complete(hours, spec.customer_value_w);
  const auto at = [&](int weekday, double four_day_c, int hour) {
    return offices
        .wanted({.outdoor_c = -40,
                 .local_second_of_day = hour * 3600 + 59,
                 .weekday = weekday,
                 .month = 1,
                 .day_of_year = 2,
                 .four_day_c = four_day_c},
                constant)
        .power_w;
  };
  CHECK(at(1, 8.0, 3) == Approx(12e3 * 1.0354 * 0.96).epsilon(1e-6));
  CHECK(at(6, 8.0, 3) == Approx(12e3 * 0.8860 * 0.96).epsilon(1e-6));
  CHECK(at(1, 8.0, 7) == Approx(2 * at(1, 8.0, 3)));
  CHECK(at(1, 10.0, 7) == Approx(2 * at(1, 10.0, 3)));  // a band holds its upper end
  CHECK(at(1, 10.1, 7) == at(1, 10.1, 3));
  CHECK(at(1, 5.0, 7) == at(1, 5.0, 3));
  CHECK(at(1, -10.0, 3) > 2 * at(1, 8.0, 3));
  CHECK(HourFactors{}.factor(3, 8.0, 11) == 1.0);
}

TEST_CASE("what does not go with a load profile is refused") {
  const auto keys = [](auto change) {
    LoadProfileSpec spec;
    spec.supply_c.constant = 60, spec.return_c.constant = 40, spec.annual_heat_w = 1e3;
    change(spec);
    Problems problems;
    spec.check(problems);
    std::string list;
    for (const auto& item : problems.items) list += item.key + " ";
    return list;
  };
  CHECK(keys([](LoadProfileSpec&) {}) == "");
  CHECK(keys([](LoadProfileSpec& s) { s.annual_heat_w = not_given; }) == "annual_heat ");
  CHECK(keys([](LoadProfileSpec& s) { s.customer_value_w = 1e3; }) == "annual_heat ");
  CHECK(keys([](LoadProfileSpec& s) { s.customer = Customer::gha, s.building_class = 3; }) == "building_class ");
  CHECK(keys([](LoadProfileSpec& s) { s.curve = Curve::linear_33, s.building_class = 3; }) == "building_class ");
  CHECK(keys([](LoadProfileSpec& s) { s.curve = Curve::linear_33, s.windy = true; }) == "windy ");
}
