#include "models/core/units.hpp"
#include "models/core/nearest.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstring>

#include "models/core/random.hpp"

using namespace hypocaust;

namespace {
double read(std::string_view text, std::string_view unit, std::string_view currency = {}) {
  const QuantityText result = parse_quantity(text, {.unit = unit, .currency = currency});
  INFO(text << " as " << unit << ": " << result.problem);
  REQUIRE(result.problem.empty());
  return result.value;
}
std::string problem(std::string_view text, std::string_view unit, std::string_view currency = {}) {
  return parse_quantity(text, {.unit = unit, .currency = currency}).problem;
}
bool holds(const std::string& text, std::string_view piece) { return text.find(piece) != text.npos; }
}  // namespace

// Expected numbers from the definitions of the units (SI brochure; kWh = 3.6 MJ; bar = 100 kPa), computed by hand.
TEST_CASE("quantities become coherent SI") {
  CHECK(read("150 kW", "W") == 150000.0);
  CHECK(read("14 m3/h", "m3/h") == Approx(14.0 / 3600.0).epsilon(1e-15));
  CHECK(read("6 l/min", "m3/h") == Approx(1e-4).epsilon(1e-15));
  CHECK(read("1.2 bar", "Pa") == Approx(120000.0).epsilon(1e-15));
  CHECK(read("20 kPa", "bar") == 20000.0);
  CHECK(read("1 yr", "d") == 365.0 * 86400.0);
  CHECK(read("3 MWh", "kWh") == 10.8e9);
  CHECK(read("500 W/(m2 K)", "W/(m2 K)") == 500.0);
  CHECK(read("0.5 kW m-2 K-1", "W/(m2 K)") == 500.0);
  CHECK(read("0.06 EUR/kWh", "money/kWh", "EUR") == Approx(0.06 / 3.6e6).epsilon(1e-15));
  CHECK(read("45 GBP/MWh", "money/kWh", "GBP") == Approx(45.0 / 3.6e9).epsilon(1e-15));
  CHECK(read("20 GBP/(kW yr)", "money/(kW yr)", "GBP") == Approx(20.0 / (1000.0 * 31536000.0)).epsilon(1e-15));
  CHECK(read("150 gCO2e/kWh", "gCO2e/kWh") == Approx(0.150 / 3.6e6).epsilon(1e-15));
  CHECK(read("180 deg", "deg") == Approx(3.14159265358979).epsilon(1e-14));
  CHECK(read("75 %", "1") == 0.75);
  CHECK(read("0.75", "1") == 0.75);
  CHECK(read("45 degC", "degC") == 45.0);
  CHECK(read("10 K", "K") == 10.0);
  CHECK(read("-5 degC", "degC") == -5.0);
}

TEST_CASE("a temperature and a difference never mix") {
  CHECK(holds(problem("45 degC", "K"), "is a temperature, this is a temperature difference; write 45 K"));
  CHECK(holds(problem("318.15 K", "degC"), "is a temperature difference"));
  CHECK(holds(problem("2 W/degC", "W/K"), "degC stands alone"));
}

TEST_CASE("wrong quantities are named with their remedy") {
  CHECK(holds(problem("150", "W"), "has no unit"));
  CHECK(holds(problem("150", "W"), "W, kW, MW, GW"));
  CHECK(holds(problem("150 kw", "W"), "unknown unit `kw`; did you mean `kW`?"));
  CHECK(holds(problem("3 Mwh", "J"), "did you mean `MWh`?"));
  CHECK(holds(problem("3 m", "W"), "wrong dimension"));
  CHECK(holds(problem("150kW", "W"), "write 150 kW"));
  CHECK(holds(problem("500 W/m2 K", "W/(m2 K)"), "two ways"));
  CHECK_FALSE(problem("500 W/m2K", "W/(m2 K)").empty());
  CHECK(holds(problem("5 EUR/kWh", "money/kWh", "GBP"), "without a rate"));
  CHECK(holds(problem("5 EUR", "money/kWh", "EUR"), "wrong dimension"));
}

TEST_CASE("only decimal numbers are numbers") {
  for (const char* text : {"010 m", "0x1F m", "1_000 m", "1,000 m", ".5 m", "5. m", "nan m", "inf m", "1e400 m", "-inf m", "+5 m",
                           "1e m", " 5 m", "", "m", "5  m", "5 "})
    CHECK_FALSE(problem(text, "m").empty());
  CHECK(read("1e3 m", "m") == 1000.0);
  CHECK(read("-0.5 m", "m") == -0.5);
}

TEST_CASE("every finite number reads back to the same bits") {
  const RandomStream random(7, "units");
  for (const char* unit :
       {"W", "kWh", "bar", "m3/h", "%", "degC", "1", "money/kWh", "W/(m2 K)", "deg", "yr", "gCO2e/kWh", "l/min", ""}) {
    for (std::uint32_t k = 0; k < 2000; ++k) {
      const double value = (random.uniform(k, 0) - 0.3) * std::pow(10.0, 40.0 * random.uniform(k, 1) - 20.0);
      const std::string text = format_quantity(value, {.unit = unit, .currency = "EUR"});
      const QuantityText again = parse_quantity(text, {.unit = unit, .currency = "EUR"});
      INFO(unit << ": " << text << ": " << again.problem);
      REQUIRE(again.problem.empty());
      REQUIRE(std::memcmp(&again.value, &value, sizeof value) == 0);
    }
  }
  CHECK(format_quantity(3.0, {.unit = "m3"}) == "3 m3");
  CHECK(format_quantity(100000.0, {.unit = "W"}) == "100000 W");
}

TEST_CASE("the nearest word is the one a typist meant") {
  CHECK(nearest("tnk", {"tank", "pump"}) == "tank");
  CHECK(nearest("volmue", {"volume", "height"}) == "volume");
  CHECK(nearest("Volume", {"volume", "height"}) == "volume");
  CHECK(nearest("xyzzy", {"volume", "height"}).empty());
}
