// From compute.work to jobs and measured powers: repeat, scale, processors in cores, jobs too large, traces.
#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "machines.hpp"
#include "models/core/errors.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

namespace {

struct File {
  explicit File(const std::string& contents)
      : path((std::filesystem::temp_directory_path() / ("hypocaust_work_test_" + std::to_string(getpid()))).string()) {
    std::ofstream(path) << contents;
  }
  ~File() { std::filesystem::remove(path); }
  std::string path;
};
const std::string rest = " -1 -1 -1 -1 -1 -1 1 1 -1 -1 -1 -1 -1\n";

}  // namespace

TEST_CASE("a log: repeated, stretched, its processors in cores, too large jobs cut or left out and counted") {
  const File file("1 0 -1 100 2" + rest + "2 99 -1 100 50" + rest);
  const TooLarge rule = GENERATE(TooLarge::reject, TooLarge::truncate);
  ComputeSpec spec = machine(2, 8);
  Typed typed(*work_types()[2]);
  *typed.as<SwfWork>() = {
      .hosts = {"gpu"}, .file = {file.path}, .cores_per_processor = 3, .too_large = rule, .repeat = 2, .scale = 2.0};
  spec.work.entries.push_back({"log", typed});
  const Work work = make_work({.spec = spec, .steps = 1440});
  CHECK(work.counts.read == 2);
  CHECK(work.counts.too_large == 1);
  CHECK(work.notes.size() == 2);  // too large; ends before the run
  REQUIRE(work.jobs.size() == (rule == TooLarge::reject ? 2 : 4));
  CHECK(work.jobs[0].cores == 6);
  if (rule == TooLarge::reject) {
    CHECK(work.jobs[1].submit_s == 199);
  } else {
    CHECK(work.jobs[1].submit_s == 198);
    CHECK(work.jobs[1].cores == 16);
    CHECK(work.jobs[2].submit_s == 199);
  }
}

TEST_CASE("measured power: exact joules, peaks, throttled above idle, and too short a trace is refused") {
  const File file("time,rack\n0,10\n90,12\n120,10\n");
  ComputeSpec spec = machine(10, 8);  // 7 kW idle
  Typed typed(*work_types()[1]);
  *typed.as<PowerCsvWork>() = {.hosts = {"gpu"}, .file = {file.path}, .column = "rack", .unit = PowerUnit::kW, .repeat = true};
  spec.work.entries.push_back({"measured", typed});
  const ComputeInputs inputs{.spec = spec, .steps = 5};
  Simulation simulation(inputs, make_work(inputs));
  RackStep rack[1];
  simulation.step(0, {}, rack);
  CHECK(rack[0].energy_j == 60 * 10e3);
  simulation.step(1, {}, rack);
  CHECK(rack[0].energy_j == 30 * 10e3 + 30 * 12e3);
  CHECK(rack[0].peak_w == 12e3);
  simulation.step(2, {.throttle_frac = 0.5}, rack);  // the trace starts again at 150 s
  CHECK(rack[0].energy_j == Approx(60 * (7e3 + 1.5e3)));
  simulation.step(3, {.shed = true}, rack);
  CHECK(rack[0].energy_j == 0.0);
  typed.as<PowerCsvWork>()->repeat = false;
  spec.work.entries[0].value = typed;
  CHECK_THROWS_WITH(make_work(inputs), Catch::Matchers::Contains("the trace ends after 150 s") &&
                                           Catch::Matchers::Contains("compute.work.measured.repeat: true"));
}
