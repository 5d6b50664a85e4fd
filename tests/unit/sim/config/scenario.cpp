// The whole door: load, show, patch on a scenario without a plant and on the project's own site.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "models/core/errors.hpp"
#include "sim/config/config.hpp"

using namespace hypocaust;
using namespace hypocaust::config;

namespace {
const std::string site = HYPOCAUST_SOURCE_DIR "/configs/sites/leisure_centre.yaml";

std::string problem_of(const LoadOptions& options) {
  try {
    load(options);
  } catch (const UserError& error) {
    return error.what();
  }
  return {};
}
}  // namespace

TEST_CASE("the leisure centre loads, and what show prints reads back to the same values") {
  const Loaded loaded = load({.path = site, .cases = {}, .sets = {}});
  const std::string first = resolved_yaml(loaded);
  std::string name = (std::filesystem::temp_directory_path() / "hypocaust-XXXXXX").string();
  REQUIRE(mkdtemp(name.data()) != nullptr);
  std::ofstream(name + "/again.yaml") << first;
  const Loaded again = load({.path = name + "/again.yaml", .cases = {}, .sets = {}});
  std::filesystem::remove_all(name);
  CHECK(resolved_yaml(again) == first);
  CHECK(loaded.scenario.clock.duration_s == 365 * 86400.0);
  CHECK(loaded.scenario.output.every_s == loaded.scenario.clock.step_s);
  REQUIRE(loaded.files.size() == 3);  // the site, the archetype it includes, and that one's pool
}

TEST_CASE("every server of the library loads by its name, and reads back from what show prints") {
  std::size_t count = 0;
  for (const auto& file : std::filesystem::directory_iterator(HYPOCAUST_SOURCE_DIR "/configs/parts/servers")) {
    const Loaded loaded = load({.path = site, .cases = {}, .sets = {"compute.hosts.gpu.server=" + file.path().stem().string()}});
    const compute::ServerSpec& server = loaded.scenario.compute.hosts.entries[0].value.server;
    CHECK(server.peak_power_w > server.idle_power_w);
    std::string name = (std::filesystem::temp_directory_path() / "hypocaust-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    std::ofstream(name + "/again.yaml") << resolved_yaml(loaded);
    const Loaded again = load({.path = name + "/again.yaml", .cases = {}, .sets = {}});
    std::filesystem::remove_all(name);
    CHECK(resolved_yaml(again) == resolved_yaml(loaded));
    ++count;
  }
  CHECK(count >= 4);
}

TEST_CASE("a patch has the checks of the file, and derived values follow it") {
  Loaded loaded = load({.path = site, .cases = {}, .sets = {}});
  Scenario scenario = loaded.bound;
  patch(scenario, "clock.step", "30 s");
  complete(scenario);
  CHECK(scenario.clock.step_s == 30.0);
  CHECK(scenario.output.every_s == 30.0);
  CHECK_THROWS_AS(patch(scenario, "clock.step", "30"), UserError);
  CHECK_THROWS_AS(patch(scenario, "clock.step", "2 h"), UserError);
  CHECK_THROWS_AS(patch(scenario, "clock.steps", "30 s"), UserError);
  CHECK_THROWS_AS(patch(scenario, "title", "x"), UserError);
}

TEST_CASE("names that point at nothing are errors with what was meant") {
  const auto problem = [](std::string set) { return problem_of({.path = site, .cases = {}, .sets = {std::move(set)}}); };
  const auto holds = [](const std::string& text, std::string_view piece) { return text.find(piece) != text.npos; };
  CHECK(holds(problem("meters.sold.at=station.cald"), "did you mean `station.cold`?"));
  CHECK(holds(problem("plant.controllers.rack_inlet.senses=rack.hto"), "did you mean `rack.hot`?"));
  CHECK(holds(problem("plant.controllers.rack_inlet.acts_on=rack_pump.sped"), "did you mean `rack_pump.speed`?"));
  CHECK(holds(problem("cooling.room.hosts=gpus"), "did you mean `gpu`?"));
  CHECK(holds(problem("plant.components.tank.top=reus.supply"), "did you mean `reuse`?"));
}
