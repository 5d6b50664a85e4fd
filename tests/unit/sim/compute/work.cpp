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
  SwfWork log;
  log.hosts.name = "gpu", log.file.path = file.path;
  log.cores_per_processor = 3, log.too_large = rule, log.repeat = 2, log.scale = 2.0;
  spec.work.entries.push_back({"log", work_of(log)});
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
  PowerCsvWork trace{.hosts = {"gpu"}, .file = {file.path}, .column = "rack", .unit = PowerUnit::kW, .repeat = true};
  spec.work.entries.push_back({"measured", work_of(trace)});
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
  trace.repeat = false;
  spec.work.entries[0].value = work_of(trace);
  CHECK_THROWS_WITH(make_work(inputs), Catch::Matchers::Contains("the trace ends after 150 s") &&
                                           Catch::Matchers::Contains("compute.work.measured.repeat: true"));
}

TEST_CASE("a log: a window of it, thinned, out of order, and the copies of the window follow at its length") {
  std::string text;
  for (int k = 0; k < 1000; ++k) text += std::to_string(k) + " " + std::to_string(k * 60) + " -1 10 1" + rest;
  const File file(text + "1000 30 -1 10 1" + rest);
  ComputeSpec spec = machine(2, 8);
  SwfWork log;
  log.hosts.name = "gpu", log.file.path = file.path, log.repeat = 2;
  log.window = LogWindow{.from_s = 6000, .length_s = 12000};
  spec.work.entries.push_back({"log", work_of(log)});
  const ComputeInputs inputs{.spec = spec, .steps = 1440};
  Work work = make_work(inputs);
  REQUIRE(work.jobs.size() == 400);
  CHECK(work.jobs[0].submit_s == 0);
  CHECK(work.jobs[200].submit_s == 12000);
  REQUIRE(!work.notes.empty());
  CHECK_THAT(work.notes[0], Catch::Matchers::Contains("1 jobs stand after one submitted later"));
  log.thin_frac = 0.25;
  spec.work.entries[0].value = work_of(log);
  work = make_work(inputs);
  CHECK(work.jobs.size() == Approx(100).margin(30));
  log.window->from_s = 1e6;
  spec.work.entries[0].value = work_of(log);
  CHECK_THROWS_WITH(make_work(inputs), Catch::Matchers::Contains("compute.work.log.window: error: no job was submitted in it"));
}

// Two hosts of 8 cores, 4 accelerators and 64 GB; 700 W idle, so 87.5 W a core.
TEST_CASE("a job table: the largest share of a host counts, known power is drawn, and missed deadlines are counted") {
  const File file(
      "at,run,cores,gpus,mem,power,due\n"
      "0,60,1,2,8,1000,90\n"   // 2 of 4 accelerators: 4 cores, 350 W idle; in time
      "0,60,1,0,48,200,59\n"   // 48 of 64 GB: 6 cores; less than its idle share of 525 W: adds nothing; late
      "600,60,3,0,1,,680\n");  // 3 cores by the curve
  ComputeSpec spec = machine(2, 8);
  spec.hosts.entries[0].value.gpus = 4, spec.hosts.entries[0].value.memory_byte = 64e9;
  JobCsvWork table;
  table.hosts.name = "gpu", table.file.path = file.path;
  table.columns.submit = {"at", "s"}, table.columns.run = {"run", "s"}, table.columns.cores = {"cores", ""};
  table.columns.gpus = {"gpus", ""}, table.columns.memory = {"mem", "GB"}, table.columns.power = {"power", "W"};
  table.columns.deadline = {"due", "s"};
  spec.work.entries.push_back({"table", work_of(table)});
  const ComputeInputs inputs{.spec = spec, .steps = 12};
  const Work work = make_work(inputs);
  REQUIRE(work.jobs.size() == 3);
  CHECK(work.jobs[0].cores == 4);
  CHECK(work.jobs[1].cores == 6);
  const Played played = play(inputs, work.jobs, make_simgrid_engine,
                             [](std::int64_t k) { return PlantFeedback{.throttle_frac = k == 10 ? 0.5 : 1.0}; });
  CHECK(played.racks[0].energy_j == Approx(60 * (1400.0 + 650.0)).epsilon(1e-12));
  CHECK(played.racks[1].energy_j == Approx(60 * 1400.0).epsilon(1e-12));
  CHECK(played.racks[10].energy_j == Approx(60 * (1400.0 + 0.5 * 3 * 225.0)).epsilon(1e-12));
  CHECK(played.totals.jobs_late == 2);  // the second; the third, throttled, ends at 690 s
  Problems problems;
  spec.hosts.entries[0].value.gpus = 0;
  spec.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "work.table.columns.gpus");
}

TEST_CASE("services add up hour by hour in local time, follow the week, and share no hosts with jobs") {
  ComputeSpec spec = machine(10, 8);
  ServiceWork web, backup;
  web.hosts.name = backup.hosts.name = "gpu";
  web.load_frac = 0.4, web.week = {1, 1, 1, 1, 1, 0, 0};  // 0.56 from Monday to Friday
  backup.load_frac = 0.05;
  backup.day.assign(24, 0.0), backup.day[2] = 1;  // all of its day between 2 and 3 o'clock: 1.2, which is more than there is
  spec.work.entries.push_back({"backup", work_of(backup)});
  spec.work.entries.push_back({"web", work_of(web)});
  // Friday 2025-07-11 00:00 in Berlin is 22:00 UTC of the day before
  ComputeInputs inputs{.spec = spec, .start_utc_s = 1752184800, .steps = 48 * 60, .time_zone = "Europe/Berlin"};
  Work work = make_work(inputs);
  REQUIRE(work.notes.size() == 1);
  CHECK_THAT(work.notes[0], Catch::Matchers::Contains("for 2.0 h the services of `gpu` ask for more"));
  Simulation simulation(inputs, work);
  RackStep rack[1];
  std::vector<double> power_w;
  for (std::int64_t k = 0; k < inputs.steps; ++k) {
    simulation.step(k, {.throttle_frac = k == 5 ? 0.5 : 1.0}, rack);
    power_w.push_back(rack[0].energy_j / 60.0);
  }
  CHECK(power_w[0] == Approx(10 * (700 + 0.56 * 1800)));
  CHECK(power_w[5] == Approx(10 * (700 + 0.28 * 1800)));
  CHECK(power_w[2 * 60] == Approx(25e3));
  CHECK(power_w[3 * 60] == Approx(10 * (700 + 0.56 * 1800)));
  CHECK(power_w[24 * 60] == Approx(7e3));  // Saturday
  CHECK(simulation.totals().utilisation_frac == Approx((23 * 0.56 + 1 + 1) / 48).epsilon(1e-6));
  SyntheticWork jobs;
  jobs.hosts.name = "gpu", jobs.load_frac = 0.5, jobs.mean_run_s = 600, jobs.cores = {1};
  spec.work.entries.push_back({"jobs", work_of(jobs)});
  CHECK_THROWS_WITH(make_work(inputs), Catch::Matchers::Contains("have both jobs and a service"));
}

TEST_CASE("a utilisation trace plays row by row and again, or must be long enough") {
  const File file("hour,cpu\n0,50\n1,100\n");
  ComputeSpec spec = machine(10, 8);
  UtilisationCsvWork trace;
  trace.hosts.name = "gpu", trace.file.path = file.path, trace.column = "cpu", trace.unit = ShareUnit::percent,
  trace.every_s = 120;
  trace.repeat = true;
  spec.work.entries.push_back({"trace", work_of(trace)});
  const ComputeInputs inputs{.spec = spec, .steps = 5};
  Simulation simulation(inputs, make_work(inputs));
  RackStep rack[1];
  const double expected_w[] = {16e3, 16e3, 25e3, 25e3, 16e3};
  for (std::int64_t k = 0; k < 5; ++k) {
    simulation.step(k, {}, rack);
    CHECK(rack[0].energy_j == Approx(60 * expected_w[k]));
  }
  trace.repeat = false;
  spec.work.entries[0].value = work_of(trace);
  CHECK_THROWS_WITH(make_work(inputs), Catch::Matchers::Contains("the trace lasts 240 s") &&
                                           Catch::Matchers::Contains("compute.work.trace.repeat: true"));
}
