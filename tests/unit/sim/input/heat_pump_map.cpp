#include "sim/input/heat_pump_map.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"
#include "tests/unit/sim/input/temporary_file.hpp"

using namespace hypocaust;

namespace {

const char* const capacity = "0,273.15,283.15\n308.15,8000,10000\n328.15,7000,0\n";
const char* const power = "0,273.15,283.15\n308.15,2000,2100\n328.15,2800,0\n";

std::string refusal(const std::string& capacity_text, const std::string& power_text) {
  const TemporaryFile q("capacity.csv", capacity_text), p("power.csv", power_text);
  try {
    input::read_heat_pump_map({.capacity = q.path, .power = p.path});
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("a heat pump map is read from its two tables, holes left out") {
  const TemporaryFile q("capacity.csv", capacity), p("power.csv", power);
  const auto points = input::read_heat_pump_map({.capacity = q.path, .power = p.path});
  REQUIRE(points.size() == 3);
  CHECK(points[1].source_c == Approx(10).margin(1e-12));
  CHECK(points[1].sink_c == Approx(35).margin(1e-12));
  CHECK(points[1].capacity_w == 10000);
  CHECK(points[2].power_w == 2800);
}

TEST_CASE("a faulty heat pump map is refused by line and column") {
  CHECK_THAT(refusal("0,273.15,273.15\n308.15,1,1\n", power),
             Catch::Contains("capacity.csv:1:10: ") && Catch::Contains("must rise"));
  CHECK_THAT(refusal("0,273.15,283.15\n308.15,8000\n", power),
             Catch::Contains("capacity.csv:2") && Catch::Contains("has 2 fields"));
  CHECK_THAT(refusal("0,273.15,283.15\n308.15,8000,x\n", power),
             Catch::Contains("capacity.csv:2:13: ") && Catch::Contains("`x` is not a number"));
  CHECK_THAT(refusal("0,0,10\n35,8000,9000\n", power), Catch::Contains("capacity.csv:1:3: ") && Catch::Contains("in K"));
  CHECK_THAT(refusal("0,273.15,283.15\n308.15,-8,9\n", power),
             Catch::Contains("capacity.csv:2:8: ") && Catch::Contains("is negative"));
  CHECK_THAT(refusal("0\n", power), Catch::Contains("first row"));
  CHECK_THAT(refusal(capacity, "0,273.15,284.15\n308.15,2000,2100\n328.15,2800,0\n"), Catch::Contains("temperatures differ"));
  CHECK_THAT(refusal(capacity, "0,273.15,283.15\n308.15,2000,0\n328.15,2800,0\n"),
             Catch::Contains("power.csv:2") && Catch::Contains("number 2 is 0, but not in"));
  CHECK_THAT(refusal(capacity, "0,273.15,283.15\n308.15,2000,2100\n328.15,2800,3000\n"),
             Catch::Contains("capacity.csv:3") && Catch::Contains("number 2 is 0, but not in"));
  const char* const zeros = "0,273.15,283.15\n308.15,0,0\n328.15,0,0\n";
  CHECK_THAT(refusal(zeros, zeros), Catch::Contains("no capacity is above 0"));
}
