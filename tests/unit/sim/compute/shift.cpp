// Shifting in the running simulation: starts, counts, and that nothing else moves.
#include <catch2/catch.hpp>

#include "machines.hpp"
#include "priority_queue_engine.hpp"

using namespace hypocaust;
using namespace hypocaust::compute;

TEST_CASE("held jobs are released on time and counted, late ones told, and jobs that may not wait left alone") {
  ComputeSpec spec = machine(1, 10);
  spec.scheduler.shift = ShiftSpec{};
  std::vector<double> cost(24, 4.0);
  cost[2] = cost[3] = 1.0;
  const ComputeInputs inputs{.spec = spec, .steps = 600, .shift_cost = cost};
  const JobTable jobs{{.submit_s = 100, .run_s = 3600, .requested_s = 3600, .cores = 10, .group = 0, .delay_s = 14400},
                      {.submit_s = 100, .run_s = 600, .requested_s = 600, .cores = 10, .group = 0},
                      {.submit_s = 200, .run_s = 3600, .requested_s = 3600, .cores = 10, .group = 0, .delay_s = 14400},
                      {.submit_s = 6900, .run_s = 400, .requested_s = 400, .cores = 10, .group = 0},
                      {.submit_s = 7000, .run_s = 60, .requested_s = 60, .cores = 10, .group = 0, .delay_s = 60}};
  for (const bool oracle : {false, true}) {
    const Played played = play(inputs, jobs, oracle ? MakeEngine(make_priority_queue_engine) : MakeEngine(make_simgrid_engine));
    REQUIRE(played.records.size() == 5);
    std::vector<double> start_s(5);
    for (const JobRecord& record : played.records) start_s[static_cast<std::size_t>(record.job)] = record.start_s;
    CHECK(start_s[1] == 100.0);
    CHECK(start_s[3] == 6900.0);
    CHECK(start_s[0] == 7300.0);   // held to 7200 s, then behind job 3
    CHECK(start_s[2] == 10900.0);  // held to 10800 s, then behind job 0
    CHECK(start_s[4] == 14500.0);  // due by 7060 s, but the released jobs were submitted before it
    CHECK(played.totals.jobs_shifted == 2);
    CHECK(played.totals.jobs_overdue == 1);
  }
}

TEST_CASE("engine and oracle agree on a month of jobs of which half are shifted, and as much work is done as without") {
  ComputeSpec spec = machine(8, 4);
  std::vector<double> cost;
  for (std::size_t hour = 0; hour < 30 * 24; ++hour) cost.push_back(static_cast<double>((hour * 7) % 24));
  JobTable jobs = poisson_jobs({.jobs = 5000, .cores = 32, .span_s = 25 * 86400, .load_frac = 0.6, .exact_requests = false});
  for (std::size_t k = 0; k < jobs.size(); k += 2) jobs[k].delay_s = 12 * 3600;
  const auto run = [&](bool shifted, MakeEngine engine) {
    spec.scheduler.shift.reset();
    if (shifted) spec.scheduler.shift = ShiftSpec{.forecast = {.kind = ForecastKind::persistence}};
    const ComputeInputs inputs{.spec = spec, .steps = 30 * 1440, .shift_cost = cost};
    return play(inputs, jobs, std::move(engine));
  };
  const Played engine = run(true, make_simgrid_engine), oracle = run(true, make_priority_queue_engine),
               plain = run(false, make_simgrid_engine);
  CHECK(differences(engine, oracle) == 0);
  CHECK(engine.totals.core_s == Approx(plain.totals.core_s).epsilon(1e-12));
  CHECK(engine.totals.jobs_shifted > 1000);
  CHECK(plain.totals.jobs_shifted == 0);
  const auto mean_cost = [&](const Played& played) {
    double sum = 0, energy_j = 0;
    for (std::size_t k = 0; k < played.racks.size(); ++k)
      sum += cost[k / 60] * played.racks[k].energy_j, energy_j += played.racks[k].energy_j;
    return sum / energy_j;
  };
  CHECK(mean_cost(engine) < 0.97 * mean_cost(plain));
}
