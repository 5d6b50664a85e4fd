#include "sim/run/channels.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"

using namespace hypocaust;
using namespace hypocaust::run;

TEST_CASE("globs match as people expect") {
  CHECK(glob_matches("*", "plant.tank.temperature"));
  CHECK(glob_matches("plant.*", "plant.tank.temperature"));
  CHECK(glob_matches("*.temperature", "plant.tank.temperature"));
  CHECK(glob_matches("p?ant.*", "plant.x"));
  CHECK_FALSE(glob_matches("meters.*", "plant.tank"));
  CHECK_FALSE(glob_matches("plant", "plant.tank"));
  CHECK_FALSE(glob_matches("a*a*a*a*a*a*a*b", std::string(5000, 'a')));
}

TEST_CASE("a selection keeps columns in order and drops the rest") {
  ChannelLayout layout;
  CHECK(layout.declare({.group = "weather", .name = "outdoor"}) == 0);
  CHECK(layout.declare({.group = "plant", .name = "pump.flow", .dimension = "pump", .columns = {"a", "b"}}) == 1);
  CHECK(layout.declare({.group = "plant", .name = "tank.top", .dimension = "tank", .columns = {"t"}}) == 3);
  layout.select({"plant.pump.flow.b", "weather.*"});
  REQUIRE(layout.kept().size() == 2);
  CHECK(layout.kept()[1].columns == std::vector<std::string>{"b"});
  std::vector<double> kept(layout.kept_width());
  layout.gather({1, 2, 3, 4}, kept);
  CHECK(kept == std::vector<double>{1, 3});
  layout.select({"plant.t"});  // group and component name
  CHECK(layout.kept_width() == 1);
}

TEST_CASE("a glob that matches nothing is the user's mistake, with its text") {
  ChannelLayout layout;
  layout.declare({.group = "weather", .name = "outdoor"});
  CHECK_THROWS_AS(layout.select({"*", "wheather.*"}), UserError);
  CHECK_THROWS_WITH(layout.select({"wheather.*"}), Catch::Contains("`wheather.*` matches no channel"));
}
