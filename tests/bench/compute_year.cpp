// What the compute side costs: 64 hosts of 4 cores, 500,000 jobs, 525,600 minutes, EASY backfilling at 70 % load, no feedback.
// Must: 1.5 CPU s. SimGrid keeps the time and takes nearly all of it; the plain queue shows the share of everything else, and what
// the other rules of backfilling and shifting cost. Closed: jobs shifted, under a power cap at night, and throttled by the plant to
// another speed each quarter of an hour of every afternoon; must: 3 s. With the argument `large`: 256 hosts, 2,000,000 jobs; must: 12 s,
// 250 MB.
#include <sys/resource.h>

#include <cstdio>
#include <string>

#include "tests/unit/sim/compute/machines.hpp"
#include "tests/unit/sim/compute/priority_queue_engine.hpp"

using namespace hypocaust::compute;

namespace {
double cpu_s() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + 1e-6 * static_cast<double>(t.tv_usec); };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}
}  // namespace

struct Rule {
  const char* name;
  bool simgrid;
  Backfilling backfilling;
  bool shifted, closed = false;
};
constexpr Rule rules[] = {{"plain queue, none", false, Backfilling::none, false},
                          {"plain queue, first fit", false, Backfilling::first_fit, false},
                          {"plain queue, conservative", false, Backfilling::conservative, false},
                          {"plain queue, EASY, shifted", false, Backfilling::easy, true},
                          {"plain queue, EASY", false, Backfilling::easy, false},
                          {"SimGrid, EASY, closed", true, Backfilling::easy, true, true},
                          {"SimGrid, EASY", true, Backfilling::easy, false}};

// What the plant says at a minute of the closed loop.
PlantFeedback said(std::int64_t minute) {
  const std::int64_t of_day = minute % 1440;
  if (of_day < 720 || of_day >= 1080) return {};
  return {.throttle_frac = 0.8 + 0.01 * static_cast<double>(of_day / 15 % 20)};
}

int main(int count, char** words) {
  const bool large = count > 1 && std::string(words[1]) == "large";
  ComputeSpec spec = machine(large ? 256 : 64, 4);
  std::vector<double> cost;
  for (int hour = 0; hour < 8760; ++hour) cost.push_back(hour * 7 % 24);
  std::vector<PowerChange> nights;
  const double most_w = 2500.0 * static_cast<double>(spec.hosts.entries[0].value.count);
  for (std::int64_t day = 0; day < 365; ++day)
    nights.push_back({day * 86400, 0.8 * most_w}), nights.push_back({day * 86400 + 21600, most_w});
  const Mix mix{.jobs = large ? 2000000u : 500000u,
                .cores = large ? 1024 : 256,
                .span_s = 525600 * 60,
                .load_frac = 0.7,
                .exact_requests = true};
  for (const Rule& rule : rules) {
    if (large && (!rule.simgrid || rule.closed)) continue;
    JobTable jobs = poisson_jobs(mix);
    if (rule.shifted)
      for (std::size_t k = 0; k < jobs.size(); k += 2) jobs[k].delay_s = 12 * 3600;
    spec.scheduler.backfilling = rule.backfilling;
    spec.scheduler.shift.reset();
    if (rule.shifted) spec.scheduler.shift = ShiftSpec{};
    ComputeInputs inputs{.spec = spec, .steps = 525600, .shift_cost = cost};
    if (rule.closed) inputs.cap = nights;
    Work work = as_work(std::move(jobs));
    work.floors = {{{.percent = 0}}};
    const double before_s = cpu_s();
    Simulation simulation(
        inputs, std::move(work),
        {.make_engine = rule.simgrid ? MakeEngine(make_simgrid_engine) : MakeEngine(make_priority_queue_engine)});
    RackStep racks[1];
    double energy_j = 0;
    for (std::int64_t k = 0; k < inputs.steps; ++k) {
      simulation.step(k, rule.closed ? said(k) : PlantFeedback{}, racks);
      energy_j += racks[0].energy_j;
    }
    std::printf("%-26s %.3f CPU s, %lld jobs finished, %.1f MWh, utilisation %.4f\n", rule.name, cpu_s() - before_s,
                static_cast<long long>(simulation.totals().jobs_finished), energy_j / 3.6e9,
                simulation.totals().utilisation_frac);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory %.0f MB\n", static_cast<double>(usage.ru_maxrss) / 1024.0);
}
