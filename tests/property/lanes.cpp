#include "tests/property/lanes.hpp"

#include <catch2/catch.hpp>
#include <string>

namespace hypocaust::test {
namespace {
std::string first_failure;
}
std::vector<LaneCase>& lane_cases() {
  static std::vector<LaneCase> cases;
  return cases;
}
LaneCase::LaneCase(const char* its_word, void (*its_check)()) : word(its_word), check(its_check) {
  lane_cases().push_back(*this);
}
void fail_lanes(const char* what, int step, int lane, int place, double scalar, double lanes) {
  if (first_failure.empty())
    first_failure = std::string(what) + " step " + std::to_string(step) + " lane " + std::to_string(lane) + " place " +
                    std::to_string(place) + ": " + std::to_string(scalar) + " alone, " + std::to_string(lanes) + " on lanes";
}
}  // namespace hypocaust::test

TEST_CASE("two lanes give the bits of two scalar runs, for every component", "[property]") {
  using namespace hypocaust;
  REQUIRE(test::lane_cases().size() == plant::component_types().size());
  for (const test::LaneCase& lane_case : test::lane_cases()) {
    test::first_failure.clear();
    lane_case.check();
    INFO(lane_case.word);
    CHECK(test::first_failure == "");
  }
}
