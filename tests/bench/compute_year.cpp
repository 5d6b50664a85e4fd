// What the compute side costs: 64 hosts of 4 cores, 500,000 jobs, 525,600 minutes, EASY backfilling at 70 % load, no feedback.
// Must: 1.5 CPU s. SimGrid keeps the time and takes nearly all of it; the plain queue shows the share of everything else.
#include <sys/resource.h>

#include <cstdio>

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

int main() {
  const ComputeSpec spec = machine(64, 4);
  const ComputeInputs inputs{.spec = spec, .steps = 525600};
  const JobTable jobs =
      poisson_jobs({.jobs = 500000, .cores = 256, .span_s = inputs.span_s(), .load_frac = 0.7, .exact_requests = true});
  for (const bool simgrid : {false, true}) {
    const double before_s = cpu_s();
    Simulation simulation(inputs, as_work(jobs),
                          {.make_engine = simgrid ? MakeEngine(make_simgrid_engine) : MakeEngine(make_priority_queue_engine)});
    RackStep racks[1];
    double energy_j = 0;
    for (std::int64_t k = 0; k < inputs.steps; ++k) {
      simulation.step(k, {}, racks);
      energy_j += racks[0].energy_j;
    }
    std::printf("%-16s %.3f CPU s, %lld jobs finished, %.1f MWh, utilisation %.4f\n", simgrid ? "SimGrid" : "priority queue",
                cpu_s() - before_s, static_cast<long long>(simulation.totals().jobs_finished), energy_j / 3.6e9,
                simulation.totals().utilisation_frac);
  }
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("peak memory %.0f MB\n", static_cast<double>(usage.ru_maxrss) / 1024.0);
}
