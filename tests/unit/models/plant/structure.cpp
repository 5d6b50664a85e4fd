#include <catch2/catch.hpp>

#include "tests/support/plant_spec.hpp"

using namespace hypocaust;
using Catch::Matchers::Contains;
using test::PlantBuilder;

namespace {
PlantBuilder good() {
  PlantBuilder b;
  b.circuit("a").add("pump", "pump", {{"from", "a.s"}, {"to", "a.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 1e5}});
  b.add("pipe", "pipe", {{"from", "a.d"}, {"to", "a.s"}, {"length", 10.0}, {"diameter", 0.05}});
  return b;
}
}  // namespace

TEST_CASE("a sound plant has no structural fault", "[plant]") {
  CHECK(good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}}).problems().empty());
}
TEST_CASE("a circuit without a vessel is told, with the line to add", "[plant]") {
  const auto texts = good().problems();
  REQUIRE(texts.size() == 1);
  CHECK_THAT(texts[0], Contains("circuits.a: has no expansion vessel") && Contains("type: expansion_vessel, at: a.s"));
}
TEST_CASE("a dead end is told with the node that was meant", "[plant]") {
  const auto texts = good().add("expansion_vessel", "v", {{"at", "a.ss"}, {"volume", 0.01}}).problems();
  REQUIRE(!texts.empty());
  CHECK_THAT(texts[0], Contains("components.v.at: nothing else meets at node `a.ss` (a dead end); did you mean `a.s`?"));
}
TEST_CASE("an unknown circuit is told", "[plant]") {
  const auto texts = good().add("expansion_vessel", "v", {{"at", "b.s"}, {"volume", 0.01}}).problems();
  REQUIRE(texts.size() == 1);
  CHECK_THAT(texts[0], Contains("components.v.at: `b.s` is in no circuit of plant.circuits"));
}
TEST_CASE("a part without a way to the vessel is told by its nodes", "[plant]") {
  auto b = good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  b.add("pipe", "x", {{"from", "a.m"}, {"to", "a.n"}, {"length", 10.0}, {"diameter", 0.05}});
  b.add("pipe", "y", {{"from", "a.n"}, {"to", "a.m"}, {"length", 10.0}, {"diameter", 0.05}});
  const auto texts = b.problems();
  REQUIRE(texts.size() == 1);
  CHECK_THAT(texts[0], Contains("`a.m`, `a.n` are cut off from the rest of circuit a"));
}
TEST_CASE("two vessels in one circuit are told", "[plant]") {
  auto b = good()
               .add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}})
               .add("expansion_vessel", "w", {{"at", "a.d"}, {"volume", 0.01}});
  const auto texts = b.problems();
  REQUIRE(texts.size() == 1);
  CHECK_THAT(texts[0], Contains("already has the expansion vessel"));
}
TEST_CASE("a stream from one circuit to another is told", "[plant]") {
  auto b = good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}}).circuit("b");
  b.add("pipe", "x", {{"from", "a.d"}, {"to", "b.n"}, {"length", 10.0}, {"diameter", 0.05}});
  CHECK_THAT(b.problems().front(), Contains("liquid cannot pass between circuits"));
}
