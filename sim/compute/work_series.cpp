// Work that is a rate, not jobs: measured power, services with their day and week, utilisation traces; and synthetic jobs, whose
// arrivals follow the same profiles.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/compute/lublin_feitelson.hpp"
#include "models/compute/synthetic_jobs.hpp"
#include "models/core/errors.hpp"
#include "sim/compute/work_parts.hpp"
#include "sim/input/power_trace_csv.hpp"
#include "sim/input/time_zone.hpp"
#include "sim/input/utilisation_csv.hpp"

namespace hypocaust::compute {
namespace {

// Relative values scaled to a mean of 1; none: all 1.
std::vector<double> normalised(const std::vector<double>& values, std::size_t count) {
  if (values.empty()) return std::vector<double>(count, 1.0);
  const double mean = std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(count);
  std::vector<double> out;
  for (const double value : values) out.push_back(value / mean);
  return out;
}

// The factor of each hour of the span, in the site's local time.
std::vector<double> hour_factors(const std::vector<double>& day, const std::vector<double>& week, const ComputeInputs& inputs) {
  const std::vector<double> by_hour = normalised(day, 24), by_day = normalised(week, 7);
  const input::TimeZone zone(inputs.time_zone);
  const std::int64_t begin_utc_s = inputs.start_utc_s - inputs.warm_up_s();
  std::vector<double> factors;
  for (std::int64_t t_s = 0; t_s < inputs.span_s(); t_s += 3600) {
    const input::LocalTime local = zone.local(begin_utc_s + t_s);
    factors.push_back(by_hour[static_cast<std::size_t>(local.second_of_day / 3600)] *
                      by_day[static_cast<std::size_t>(local.weekday - 1)]);
  }
  return factors;
}

void count(JobTable jobs, const Ref& work_class, const NamedWork& named, Work& out) {
  for (Job& job : jobs) job.delay_s = named.delay_of(work_class), job.work_class = named.class_of(work_class);
  out.counts.read += static_cast<std::int64_t>(jobs.size()), out.counts.valid += static_cast<std::int64_t>(jobs.size());
  out.jobs.insert(out.jobs.end(), jobs.begin(), jobs.end());
}

std::vector<PowerChange>& measured_of(const Ref& hosts, const NamedWork& named, Work& out) {
  std::vector<PowerChange>& changes = out.measured[static_cast<std::size_t>(named.group_of(hosts))];
  if (!changes.empty())
    throw UserError(named.key() + ": error: hosts `" + hosts.name +
                    "` already have a measured power (a group has one); use another host group");
  return changes;
}

}  // namespace

namespace {

WorkloadRequest request_of(const LublinFeitelsonWork& work, const NamedWork& named) {
  const std::int64_t begin_utc_s = named.inputs.start_utc_s - named.inputs.warm_up_s();
  return {.seed = named.inputs.seed,
          .name = named.name,
          .span_s = named.inputs.span_s(),
          .second_of_day_s = ((begin_utc_s % 86400) + 86400) % 86400,
          .cores = named.cores_of(work.hosts),
          .group = named.group_of(work.hosts)};
}

SyntheticInputs inputs_of(const SyntheticWork& work, std::span<const double> factors, const NamedWork& named) {
  return {.seed = named.inputs.seed,
          .name = named.name,
          .span_s = named.inputs.span_s(),
          .hour_factor = factors,
          .cores = named.cores_of(work.hosts),
          .group = named.group_of(work.hosts)};
}

}  // namespace

void check_lublin_feitelson(const LublinFeitelsonWork& work, const NamedWork& named, const Work& out) {
  named.refuse_too_many(expected_jobs(work, request_of(work, named)), out, "raise `cores_per_processor` or lower `load`");
}

void add_lublin_feitelson(const LublinFeitelsonWork& work, const NamedWork& named, Work& out) {
  check_lublin_feitelson(work, named, out);
  JobTable jobs = lublin_feitelson_jobs(work, request_of(work, named));
  for (Job& job : jobs) job.priority = static_cast<std::int32_t>(work.priority);
  named.uses(work.hosts, work.work_class, out);
  count(std::move(jobs), work.work_class, named, out);
}

void check_synthetic(const SyntheticWork& work, const NamedWork& named, const Work& out) {
  const std::vector<double> factors = hour_factors(work.day, work.week, named.inputs);
  const double expected = expected_jobs(work, inputs_of(work, factors, named));
  if (std::isinf(expected))
    throw UserError(named.key() + ".cores: error: every size is larger than the " + std::to_string(named.cores_of(work.hosts)) +
                    " cores of `" + work.hosts.name + "` (no job is left); lower one, or write too_large: truncate");
  named.refuse_too_many(expected, out, "lengthen `mean_run` or lower `load`");
}

void add_synthetic(const SyntheticWork& work, const NamedWork& named, Work& out) {
  check_synthetic(work, named, out);
  const std::vector<double> factors = hour_factors(work.day, work.week, named.inputs);
  SyntheticJobs made = synthetic_jobs(work, inputs_of(work, factors, named));
  const std::int64_t left_out = work.too_large == TooLarge::reject ? made.too_large : 0;
  named.uses(work.hosts, work.work_class, out);
  count(std::move(made.jobs), work.work_class, named, out);
  out.counts.read += left_out, out.counts.valid += left_out;
  named.too_large(made.too_large, work.hosts, work.too_large, out);
}

void add_power(const PowerCsvWork& work, const NamedWork& named, Work& out) {
  static constexpr double watts[] = {1.0, 1e3, 1e6};
  const input::PowerTraceCsv trace =
      input::read_power_trace(work.file.path, {.name = work.column, .watts = watts[static_cast<int>(work.unit)] * work.scale});
  const std::int64_t span_s = named.inputs.span_s();
  if (!work.repeat && trace.end_s < span_s)
    throw UserError(work.file.path + ": error: the trace ends after " + std::to_string(trace.end_s) +
                    " s (warm-up and duration take " + std::to_string(span_s) + " s); set " + named.key() +
                    ".repeat: true, or give a longer trace");
  std::vector<PowerChange>& changes = measured_of(work.hosts, named, out);
  named.uses(work.hosts, work.work_class, out);
  out.measured_class[static_cast<std::size_t>(named.group_of(work.hosts))] = named.class_of(work.work_class);
  for (std::int64_t begin_s = 0; begin_s < span_s; begin_s += trace.end_s)
    for (std::size_t k = 0; k < trace.time_s.size() && begin_s + trace.time_s[k] < span_s; ++k)
      if (changes.empty() || changes.back().power_w != trace.power_w[k])
        changes.push_back({begin_s + trace.time_s[k], trace.power_w[k]});
}

void add_service(const ServiceWork& work, const NamedWork& named, Work& out) {
  std::vector<double> loads = hour_factors(work.day, work.week, named.inputs);
  for (double& load : loads) load *= work.load_frac;
  named.uses(work.hosts, work.work_class, out);
  out.services.push_back({.group = named.group_of(work.hosts),
                          .every_s = 3600,
                          .load_frac = std::move(loads),
                          .work_class = named.class_of(work.work_class)});
}

void add_utilisation(const UtilisationCsvWork& work, const NamedWork& named, Work& out) {
  std::vector<double> loads = input::read_utilisation(
      work.file.path, {.name = work.column, .scale = work.scale * (work.unit == ShareUnit::percent ? 0.01 : 1.0)});
  const auto every_s = static_cast<std::int64_t>(work.every_s);
  const std::int64_t length_s = static_cast<std::int64_t>(loads.size()) * every_s, span_s = named.inputs.span_s();
  if (length_s < span_s) {
    if (!work.repeat)
      throw UserError(work.file.path + ": error: the trace lasts " + std::to_string(length_s) + " s (warm-up and duration take " +
                      std::to_string(span_s) + " s); set " + named.key() + ".repeat: true, or give a longer trace");
    const std::size_t once = loads.size();
    while (static_cast<std::int64_t>(loads.size()) * every_s < span_s) loads.push_back(loads[loads.size() - once]);
  }
  named.uses(work.hosts, work.work_class, out);
  out.services.push_back({.group = named.group_of(work.hosts),
                          .every_s = every_s,
                          .load_frac = std::move(loads),
                          .work_class = named.class_of(work.work_class)});
}

}  // namespace hypocaust::compute
