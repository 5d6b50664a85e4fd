// Small machines and workloads shared by these tests.
#pragma once
#include "models/core/errors.hpp"
#include "models/core/math.hpp"
#include "models/core/random.hpp"
#include "sim/compute/compute.hpp"
#include "sim/compute/simulation.hpp"

namespace hypocaust::compute {

inline ComputeSpec machine(std::int64_t hosts, std::int64_t cores, Backfilling backfilling = Backfilling::easy) {
  ComputeSpec spec;
  spec.hosts.entries.push_back(
      {"gpu",
       {.count = hosts, .cores = cores, .server = {.idle_power_w = 700.0, .peak_power_w = 2500.0, .curve_w = {}, .psu = {}}}});
  spec.scheduler.backfilling = backfilling;
  return spec;
}

// An entry of compute.work with these values.
template <class W> Typed work_of(const W& values) {
  for (const Schema* schema : work_types()) {
    Typed typed(*schema);
    if (W* work = typed.as<W>()) {
      *work = values;
      return typed;
    }
  }
  throw InternalError("no type of work has these values");
}

struct Mix {
  std::size_t jobs;
  std::int64_t cores, span_s;
  double load_frac;
  bool exact_requests;
};
// Poisson arrivals, lognormal run times, 1, 2 or 4 cores (60, 30, 10 %), now and then an eighth of the machine.
inline JobTable poisson_jobs(const Mix& mix) {
  const RandomStream random(7, "arrivals");
  JobTable jobs(mix.jobs);
  double at_s = 0, core_s = 0;
  for (std::size_t k = 0; k < mix.jobs; ++k) {
    const double u = random.uniform(k, 1);
    jobs[k].cores = static_cast<std::int32_t>(u < 0.6     ? 1
                                              : u < 0.9   ? 2
                                              : u < 0.999 ? 4
                                                          : std::max<std::int64_t>(4, mix.cores / 8));
    jobs[k].run_s = std::max<std::int64_t>(1, static_cast<std::int64_t>(1000.0 * vexp(random.normal(k, 2))));
    core_s += static_cast<double>(jobs[k].run_s * jobs[k].cores);
  }
  const double stretch = mix.load_frac * static_cast<double>(mix.cores * mix.span_s) / core_s;  // run times that give the load
  for (std::size_t k = 0; k < mix.jobs; ++k) {
    at_s += random.exponential(k, 3) * static_cast<double>(mix.span_s) / static_cast<double>(mix.jobs);
    jobs[k].submit_s = static_cast<std::int64_t>(at_s);
    jobs[k].run_s = std::max<std::int64_t>(1, static_cast<std::int64_t>(static_cast<double>(jobs[k].run_s) * stretch));
    jobs[k].requested_s =
        mix.exact_requests
            ? jobs[k].run_s
            : static_cast<std::int64_t>(static_cast<double>(jobs[k].run_s) * (0.8 + 3.0 * random.uniform(k, 4))) + 1;
  }
  return jobs;
}

inline Work as_work(JobTable jobs, std::size_t groups = 1) {
  Work work;
  work.counts.read = work.counts.valid = static_cast<std::int64_t>(jobs.size());
  work.jobs = std::move(jobs);
  work.measured.resize(groups);
  return work;
}

struct Played {
  std::vector<RackStep> racks;
  std::vector<JobRecord> records;
  ComputeTotals totals;
};
template <class Feedback> Played play(const ComputeInputs& inputs, const JobTable& jobs, MakeEngine engine, Feedback feedback) {
  Played out;
  Simulation simulation(inputs, as_work(jobs, inputs.spec.hosts.entries.size()),
                        {.make_engine = std::move(engine), .records = &out.records});
  const std::size_t n = inputs.spec.hosts.entries.size();
  out.racks.resize(static_cast<std::size_t>(inputs.steps) * n);
  for (std::int64_t k = 0; k < inputs.steps; ++k)
    simulation.step(k, feedback(k), std::span(out.racks).subspan(static_cast<std::size_t>(k) * n, n));
  out.totals = simulation.totals();
  return out;
}
inline Played play(const ComputeInputs& inputs, const JobTable& jobs, MakeEngine engine) {
  return play(inputs, jobs, std::move(engine), [](std::int64_t) { return PlantFeedback{}; });
}

inline std::size_t differences(const Played& a, const Played& b) {
  std::size_t different = a.records.size() == b.records.size() ? 0 : 1;
  for (std::size_t k = 0; k < std::min(a.records.size(), b.records.size()); ++k) {
    const JobRecord &x = a.records[k], &y = b.records[k];
    different += x.job == y.job && x.first_host == y.first_host && x.start_s == y.start_s && x.end_s == y.end_s ? 0 : 1;
  }
  for (std::size_t k = 0; k < a.racks.size(); ++k)
    different += a.racks[k].energy_j == b.racks[k].energy_j && a.racks[k].peak_w == b.racks[k].peak_w ? 0 : 1;
  return different;
}

}  // namespace hypocaust::compute
