#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
OnePart boiler(double start_c = 60) {
  return OnePart("boiler", {{"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1e5}, {"target", 60.0}, {"efficiency", 0.8}}, {},
                 start_c);
}
}  // namespace

TEST_CASE("a boiler lifts the stream to its target, with the fuel its efficiency asks for", "[parts]") {
  OnePart b = boiler();
  for (int i = 0; i < 30; ++i) b.step({{1.0, 45}});
  CHECK(b.out_c() == Approx(60).margin(1e-6));
  CHECK(b.ledger.heat_in_j / 60 == Approx(15 * b.cp_j_kg_k()).epsilon(1e-6));
  CHECK(b.ledger.fuel_j * 0.8 == Approx(b.ledger.heat_in_j).epsilon(1e-12));
}

TEST_CASE("a boiler's target follows the outdoor air", "[parts]") {
  OnePart b("boiler", {{"from", "a.in"},
                       {"to", "a.out"},
                       {"nominal_power", 1e6},
                       {"reset.cold", -10.0},
                       {"reset.cold_target", 80.0},
                       {"reset.mild", 10.0},
                       {"reset.mild_target", 60.0}});
  for (const auto& [outdoor_c, target_c] : {std::pair{-20.0, 80.0}, std::pair{5.0, 65.0}, std::pair{25.0, 60.0}}) {
    for (int i = 0; i < 200; ++i) b.step({{1.0, 40}}, 60, outdoor_c);
    CHECK(b.out_c() == Approx(target_c).margin(1e-6));
  }
}

TEST_CASE("a boiler is off when the stream is warm enough, and never cools it", "[parts]") {
  OnePart b = boiler(65);
  for (int i = 0; i < 30; ++i) b.step({{1.0, 65}});
  CHECK(b.ledger.fuel_j == 0.0);
  CHECK(b.out_c() == Approx(65).epsilon(1e-12));
}

TEST_CASE("a boiler at full power leaves the stream below its target", "[parts]") {
  OnePart b = boiler();
  for (int i = 0; i < 30; ++i) b.step({{2.0, 30}});
  CHECK(b.ledger.heat_in_j / 60 == Approx(1e5).epsilon(1e-12));
  CHECK(b.out_c() == Approx(30 + 1e5 / (2 * b.cp_j_kg_k())).epsilon(1e-9));
  b.input("available") = 0;
  for (int i = 0; i < 30; ++i) b.step({{2.0, 30}});
  CHECK(b.ledger.heat_in_j == 0.0);
  CHECK(b.out_c() == Approx(30).epsilon(1e-9));
}

TEST_CASE("a boiler without flow holds its content at the target and burns nothing more", "[parts]") {
  for (const double dt_s : {5.0, 60.0, 900.0}) {
    OnePart b = boiler(20);
    double fuel_j = 0;
    for (double t = 0; t < 7200; t += dt_s) b.step({{0, 20}}, dt_s), fuel_j += b.ledger.fuel_j;
    CHECK(fuel_j * 0.8 == Approx(50 * b.cp_j_kg_k() * 40).epsilon(1e-6));  // 0.5 kg a kW lifted by 40 K
    CHECK(b.ledger.heat_in_j < 1.0);
  }
}

TEST_CASE("a boiler settles at any ratio of flow to content, at any step", "[parts]") {
  for (const double dt_s : {5.0, 60.0, 300.0, 3600.0})
    for (const double m : {0.01, 0.1, 0.3, 1.0, 3.0}) {
      OnePart b = boiler(40);
      for (int i = 0; i < 400; ++i) b.step({{m, 55}}, dt_s);
      CHECK(b.out_c() == Approx(60).margin(1e-3));
    }
}

namespace {
OnePart boiler_of_kind(double kind, const std::vector<std::pair<std::string, test::Value>>& more = {}) {
  std::vector<std::pair<std::string, test::Value>> all{
      {"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1e5}, {"target", 60.0}, {"kind", kind}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("boiler", all, {}, 60);
}
constexpr double condensing_gas = 1, electric = 2;
}  // namespace

TEST_CASE("an electric boiler draws electricity and burns nothing, and loses what misses the water", "[parts]") {
  OnePart b = boiler_of_kind(electric);
  for (int i = 0; i < 30; ++i) b.step({{1.0, 45}});
  CHECK(b.out_c() == Approx(60).margin(1e-6));
  CHECK(b.ledger.fuel_j == 0.0);
  CHECK(b.ledger.electricity_j * 0.99 == Approx(b.ledger.heat_in_j).epsilon(1e-12));
  CHECK(b.channel("electricity") == Approx(b.ledger.electricity_j / 60).epsilon(1e-12));
  CHECK_THROWS_WITH(boiler_of_kind(electric, {{"efficiency", 1.05}}), Catch::Contains("no more heat than it draws"));
}

TEST_CASE("a condensing boiler has its nominal efficiency at full load and 60 degC, more where its return is colder", "[parts]") {
  const auto efficiency = [](double flow_kg_s, double return_c) {
    OnePart b = boiler_of_kind(condensing_gas);
    for (int i = 0; i < 60; ++i) b.step({{flow_kg_s, return_c}});
    return b.ledger.heat_in_j / b.ledger.fuel_j;
  };
  OnePart above = boiler_of_kind(condensing_gas, {{"target", 85.0}});
  for (int i = 0; i < 60; ++i) above.step({{2.0, 60}});
  CHECK(above.ledger.heat_in_j / 60 == Approx(1e5).epsilon(1e-12));
  CHECK(above.ledger.heat_in_j / above.ledger.fuel_j == Approx(0.97).epsilon(1e-12));
  // The maker's table at 90 degF and full load: 0.951 against 0.878 at 140 degF.
  CHECK(efficiency(5.0, (90.0 - 32) / 1.8) == Approx(0.97 * 0.951 / 0.878).epsilon(1e-3));
  CHECK(efficiency(5.0, 30) > efficiency(5.0, 45));
  CHECK(efficiency(5.0, 45) > efficiency(5.0, 55));
  CHECK(efficiency(0.2, 30) > efficiency(5.0, 30));                         // part load
  CHECK(efficiency(5.0, 5) == Approx(0.97 * 0.970 / 0.878).epsilon(1e-3));  // level beyond the curve
  CHECK_THROWS_WITH(boiler_of_kind(condensing_gas, {{"efficiency", 1.08}}), Catch::Contains("80/60 degC"));
}
