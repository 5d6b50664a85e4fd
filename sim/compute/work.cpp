#include "sim/compute/work.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/compute/lublin_feitelson.hpp"
#include "models/core/errors.hpp"
#include "sim/input/power_trace_csv.hpp"
#include "sim/input/swf.hpp"

namespace hypocaust::compute {
namespace {

std::int32_t group_of(const ComputeSpec& spec, const Ref& hosts) {
  for (std::size_t k = 0; k < spec.hosts.entries.size(); ++k)
    if (spec.hosts.entries[k].name == hosts.name) return static_cast<std::int32_t>(k);
  throw UserError("compute.work: error: there are no hosts `" + hosts.name + "`; name an entry of compute.hosts");
}

std::int64_t cores_of(const ComputeSpec& spec, std::int32_t group) {
  const HostSpec& hosts = spec.hosts.entries[static_cast<std::size_t>(group)].value;
  return hosts.count * hosts.cores;
}

void add_swf(const SwfWork& work, const std::string& name, const ComputeInputs& inputs, Work& out) {
  const input::SwfLog log = input::read_swf(work.file.path);
  const std::int32_t group = group_of(inputs.spec, work.hosts);
  const std::int64_t cores = cores_of(inputs.spec, group);
  out.counts.read += log.counts.read, out.counts.valid += log.counts.valid;
  out.counts.zero_time += log.counts.zero_time, out.counts.zero_processors += log.counts.zero_processors;
  std::int64_t too_large = 0, length_s = 0;
  for (const input::SwfJob& job : log.jobs) {
    too_large += job.processors * work.cores_per_processor > cores ? 1 : 0;
    length_s = std::max(length_s, static_cast<std::int64_t>(std::ceil(static_cast<double>(job.submit_s) * work.scale)) + 1);
  }
  out.counts.too_large += too_large;
  for (std::int64_t copy = 0; copy < work.repeat && copy * length_s < inputs.span_s(); ++copy)
    for (const input::SwfJob& job : log.jobs) {
      std::int64_t job_cores = job.processors * work.cores_per_processor;
      if (job_cores > cores && work.too_large == TooLarge::reject) continue;
      job_cores = std::min(job_cores, cores);
      const auto submit_s =
          copy * length_s + static_cast<std::int64_t>(std::floor(static_cast<double>(job.submit_s) * work.scale));
      if (submit_s >= inputs.span_s()) continue;
      out.jobs.push_back({.submit_s = submit_s,
                          .run_s = job.run_s,
                          .requested_s = job.requested_s > 0 ? job.requested_s : job.run_s,
                          .cores = static_cast<std::int32_t>(job_cores),
                          .group = group,
                          .priority = static_cast<std::int32_t>(work.priority)});
    }
  if (too_large > 0)
    out.notes.push_back("compute.work." + name + ": " + std::to_string(too_large) + " jobs are larger than the " +
                        std::to_string(cores) + " cores of `" + work.hosts.name + "` and are " +
                        (work.too_large == TooLarge::reject ? "left out" : "cut to them"));
  if (work.repeat * length_s < inputs.span_s())
    out.notes.push_back("compute.work." + name + ": the log's submissions last " +
                        std::to_string(work.repeat * length_s / 86400) + " days, the run " +
                        std::to_string(inputs.span_s() / 86400) +
                        "; the hosts idle afterwards (`repeat` plays it more often, `scale` stretches it)");
}

void add_power(const PowerCsvWork& work, const std::string& name, const ComputeInputs& inputs, Work& out) {
  static constexpr double watts[] = {1.0, 1e3, 1e6};
  const input::PowerTraceCsv trace =
      input::read_power_trace(work.file.path, {.name = work.column, .watts = watts[static_cast<int>(work.unit)] * work.scale});
  const std::int64_t span_s = inputs.span_s();
  if (!work.repeat && trace.end_s < span_s)
    throw UserError(work.file.path + ": error: the trace ends after " + std::to_string(trace.end_s) +
                    " s (warm-up and duration take " + std::to_string(span_s) + " s); set compute.work." + name +
                    ".repeat: true, or give a longer trace");
  std::vector<PowerChange>& changes = out.measured[static_cast<std::size_t>(group_of(inputs.spec, work.hosts))];
  if (!changes.empty())
    throw UserError("compute.work." + name + ": error: hosts `" + work.hosts.name +
                    "` already have a measured power (a group has one); use another host group");
  for (std::int64_t begin_s = 0; begin_s < span_s; begin_s += trace.end_s)
    for (std::size_t k = 0; k < trace.time_s.size() && begin_s + trace.time_s[k] < span_s; ++k)
      if (changes.empty() || changes.back().power_w != trace.power_w[k])
        changes.push_back({begin_s + trace.time_s[k], trace.power_w[k]});
}

}  // namespace

Work make_work(const ComputeInputs& inputs) {
  Work out;
  out.measured.resize(inputs.spec.hosts.entries.size());
  for (const auto& [name, typed] : inputs.spec.work.entries) {
    if (const auto* model = typed.as<LublinFeitelsonWork>()) {
      const std::int32_t group = group_of(inputs.spec, model->hosts);
      const std::int64_t begin_utc_s = inputs.start_utc_s - inputs.warm_up_s();
      JobTable jobs = lublin_feitelson_jobs(*model, {.seed = inputs.seed,
                                                     .name = name,
                                                     .span_s = inputs.span_s(),
                                                     .second_of_day_s = ((begin_utc_s % 86400) + 86400) % 86400,
                                                     .cores = cores_of(inputs.spec, group),
                                                     .group = group});
      for (Job& job : jobs) job.priority = static_cast<std::int32_t>(model->priority);
      out.counts.read += static_cast<std::int64_t>(jobs.size()), out.counts.valid += static_cast<std::int64_t>(jobs.size());
      out.jobs.insert(out.jobs.end(), jobs.begin(), jobs.end());
    } else if (const auto* log = typed.as<SwfWork>()) {
      add_swf(*log, name, inputs, out);
    } else if (const auto* power = typed.as<PowerCsvWork>()) {
      add_power(*power, name, inputs, out);
    } else {
      throw InternalError("compute.work." + name + ": a type nobody makes work from");
    }
  }
  std::stable_sort(out.jobs.begin(), out.jobs.end(), [](const Job& a, const Job& b) { return a.submit_s < b.submit_s; });
  if (out.jobs.size() > static_cast<std::size_t>(std::numeric_limits<std::int32_t>::max() - 2))
    throw UserError("compute.work: error: " + std::to_string(out.jobs.size()) +
                    " jobs (at most 2^31 in one run); lower `load` or `repeat`");
  for (const Job& job : out.jobs)
    if (!out.measured[static_cast<std::size_t>(job.group)].empty())
      throw UserError("compute.work: error: hosts `" + inputs.spec.hosts.entries[static_cast<std::size_t>(job.group)].name +
                      "` have both jobs and a measured power (the power of jobs is already in it); use two host groups");
  return out;
}

}  // namespace hypocaust::compute
