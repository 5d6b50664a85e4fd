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
TEST_CASE("a regulator that could not set what it senses is told", "[plant]") {
  const auto told = [](const std::string& type, const std::string& senses, const std::string& minus) {
    auto b = good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}}).circuit("b");
    b.add("expansion_vessel", "w", {{"at", "b.s"}, {"volume", 0.01}});
    b.add("pump", "other", {{"from", "b.s"}, {"to", "b.d"}, {"nominal_flow", 1e-3}, {"nominal_head", 1e5}});
    b.add("pipe", "back", {{"from", "b.d"}, {"to", "b.s"}, {"length", 10.0}, {"diameter", 0.05}});
    std::vector<std::pair<std::string, test::Value>> keys{{"from", "a.d"}, {"to", "a.s"}, {"senses", senses}, {"target", 5e4}};
    if (!minus.empty()) keys.emplace_back("minus", minus);
    if (type == "pressure_regulator") keys.emplace_back("kv", 1e-3);
    else keys.emplace_back("nominal_flow", 1e-3), keys.emplace_back("nominal_head", 1e5);
    b.add(type, "r", keys);
    std::string text;
    for (const std::string& problem : b.problems()) text += problem + "\n";
    return text;
  };
  for (const char* type : {"pressure_regulator", "regulated_pump"}) {
    CHECK(told(type, "a.d", "").empty());
    CHECK(told(type, "a.d", "a.s").empty());
    CHECK(told(type, "a.s", "a.d").empty());
    CHECK_THAT(told(type, "a.s", ""), Contains("components.r.senses: the pressure at `a.s` is set by others already"));
    CHECK_THAT(told(type, "a.d", "a.d"), Contains("components.r.minus: is the node of `senses`"));
    CHECK_THAT(told(type, "b.d", ""), Contains("components.r.senses: `b.d` is not in circuit a"));
    CHECK_THAT(told(type, "a.d", "b.d"), Contains("components.r.minus: `b.d` is not in circuit a"));
  }
}
TEST_CASE("two regulators of one pressure are told", "[plant]") {
  auto b = good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
  for (const char* name : {"r1", "r2"})
    b.add("pressure_regulator", name,
          {{"from", "a.d"}, {"to", "a.s"}, {"senses", "a.d"}, {"minus", "a.s"}, {"target", 5e4}, {"kv", 1e-3}});
  const auto texts = b.problems();
  REQUIRE(texts.size() == 1);
  CHECK_THAT(texts[0], Contains("components.r2.senses: `r1` holds the same pressure already"));
}
TEST_CASE("a given flow whose only way a valve shuts is told, unless it is 0 or another flow is given there", "[plant]") {
  const auto told = [](double position, double flow, bool second) {
    auto b = good().add("expansion_vessel", "v", {{"at", "a.s"}, {"volume", 0.01}});
    b.add("valve", "shut", {{"from", "a.d"}, {"to", "a.user"}, {"kv", 1e-3}, {"position", position}});
    b.add("heat_consumer", "user", {{"from", "a.user"}, {"to", "a.s"}, {"flow", flow}, {"power", 1e4}});
    if (second) b.add("heat_consumer", "other", {{"from", "a.user"}, {"to", "a.s"}, {"flow", 0.1}, {"power", 1e4}});
    std::string text;
    for (const std::string& problem : b.problems()) text += problem + "\n";
    return text;
  };
  CHECK_THAT(told(0, 0.5, false),
             Contains("components.user: its flow is given, and the valve `shut` (position 0) shuts its only way"));
  CHECK(told(0.1, 0.5, false).empty());
  CHECK(told(0, 0, false).empty());
  CHECK(told(0, 0.5, true).empty());
}
