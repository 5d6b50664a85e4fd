// Logs: windowed, thinned, stretched, repeated, and fitted to the machine they play on.
#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "models/core/random.hpp"
#include "sim/compute/work_parts.hpp"
#include "sim/input/job_csv.hpp"
#include "sim/input/swf.hpp"

namespace hypocaust::compute {
namespace {

// A job holds the largest of its shares of a host's cores, accelerators and memory, and all of that share's cores: what is left
// beside it can be used by others only in the same proportion.
class Fitting {
 public:
  Fitting(const HostSpec& hosts, std::int64_t cores_per_processor) : hosts_(hosts), cores_per_processor_(cores_per_processor) {}
  std::int64_t cores(const input::LogJob& job) const {
    const double cores = static_cast<double>(hosts_.cores);
    double wanted = static_cast<double>(job.processors * cores_per_processor_);
    if (job.accelerators > 0) wanted = std::fmax(wanted, job.accelerators * cores / static_cast<double>(hosts_.gpus));
    if (job.memory_byte > 0 && hosts_.memory_byte > 0) wanted = std::fmax(wanted, job.memory_byte * cores / hosts_.memory_byte);
    return static_cast<std::int64_t>(std::ceil(std::fmin(wanted, 1e15) - 1e-9));
  }

 private:
  const HostSpec& hosts_;
  std::int64_t cores_per_processor_;
};

struct Play {
  TooLarge too_large;
  std::int64_t repeat, priority;
  const Ref& work_class;
  double scale, thin_frac;
  std::optional<LogWindow> window;
};
template <class W> Play play_of(const W& work) {
  return {.too_large = work.too_large,
          .repeat = work.repeat,
          .priority = work.priority,
          .work_class = work.work_class,
          .scale = work.scale,
          .thin_frac = work.thin_frac,
          .window = work.window};
}

// The jobs of the window, counted from its beginning, those that thinning leaves.
void cut_out(input::JobLog& log, const Play& play, const NamedWork& named, Work& out) {
  if (play.window) {
    const auto from_s = static_cast<std::int64_t>(play.window->from_s),
               to_s = from_s + static_cast<std::int64_t>(play.window->length_s);
    std::erase_if(log.jobs, [&](const input::LogJob& job) { return job.submit_s < from_s || job.submit_s >= to_s; });
    if (log.jobs.empty()) throw UserError(named.key() + ".window: error: no job was submitted in it; move it, or leave it out");
    for (input::LogJob& job : log.jobs) {
      job.submit_s -= from_s;
      if (job.deadline_s >= 0) job.deadline_s -= from_s;
    }
  }
  if (play.thin_frac >= 1.0) return;
  const RandomStream random(named.inputs.seed, "thin/" + named.name);
  const std::size_t before = log.jobs.size();
  std::uint64_t number = 0;
  std::erase_if(log.jobs, [&](const input::LogJob&) { return random.uniform(number++) >= play.thin_frac; });
  out.notes.push_back(named.key() + ": thinned to " + std::to_string(log.jobs.size()) + " of " + std::to_string(before) +
                      " jobs");
}

void add_log(input::JobLog log, const Play& play, const Ref& hosts, const Fitting& fitting, const NamedWork& named, Work& out) {
  const std::int64_t cores = named.cores_of(hosts), span_s = named.inputs.span_s();
  const std::int32_t group = named.group_of(hosts);
  named.uses(hosts, play.work_class, out);
  out.counts.read += log.counts.read, out.counts.valid += log.counts.valid;
  out.counts.zero_time += log.counts.zero_time, out.counts.zero_processors += log.counts.zero_processors;
  if (log.out_of_order > 0)
    out.notes.push_back(named.key() + ": " + std::to_string(log.out_of_order) +
                        " jobs stand after one submitted later and were sorted in");
  cut_out(log, play, named, out);
  const auto scaled_s = [&](std::int64_t t_s) { return static_cast<double>(t_s) * play.scale; };
  std::int64_t too_large = 0,
               length_s = play.window ? static_cast<std::int64_t>(std::ceil(play.window->length_s * play.scale)) : 0;
  for (const input::LogJob& job : log.jobs) {
    too_large += fitting.cores(job) > cores ? 1 : 0;
    if (!play.window) length_s = std::max(length_s, static_cast<std::int64_t>(std::ceil(scaled_s(job.submit_s))) + 1);
  }
  const double copies =
      std::min(static_cast<double>(play.repeat), std::ceil(static_cast<double>(span_s) / static_cast<double>(length_s)));
  named.refuse_too_many(copies * static_cast<double>(log.jobs.size()), out, "lower `repeat` or `thin`, or cut a `window`");
  named.too_large(too_large, hosts, play.too_large, out);
  for (std::int64_t copy = 0; copy < play.repeat && copy * length_s < span_s; ++copy)
    for (const input::LogJob& job : log.jobs) {
      const std::int64_t wanted = fitting.cores(job);
      if (wanted > cores && play.too_large == TooLarge::reject) continue;
      const auto submit_s = copy * length_s + static_cast<std::int64_t>(std::floor(scaled_s(job.submit_s)));
      if (submit_s >= span_s) break;
      out.jobs.push_back({.submit_s = submit_s,
                          .run_s = job.run_s,
                          .requested_s = job.requested_s > 0 ? job.requested_s : job.run_s,
                          .cores = static_cast<std::int32_t>(std::min(wanted, cores)),
                          .group = group,
                          .priority = static_cast<std::int32_t>(play.priority + job.priority),
                          .delay_s = named.delay_of(play.work_class),
                          .power_w = job.power_w,
                          .deadline_s = job.deadline_s < 0 ? -1 : submit_s + job.deadline_s - job.submit_s,
                          .work_class = named.class_of(play.work_class)});
    }
  if (play.repeat * length_s < span_s)
    out.notes.push_back(named.key() + ": the log's submissions last " + std::to_string(play.repeat * length_s / 86400) +
                        " days, the run " + std::to_string(span_s / 86400) +
                        "; the hosts idle afterwards (`repeat` plays it more often, `scale` stretches it)");
}

}  // namespace

void add_swf(const SwfWork& work, const NamedWork& named, Work& out) {
  add_log(input::read_swf(work.file.path), play_of(work), work.hosts,
          Fitting(named.hosts_of(work.hosts), work.cores_per_processor), named, out);
}

void add_job_csv(const JobCsvWork& work, const NamedWork& named, Work& out) {
  add_log(input::read_job_csv(work.file.path, work.columns), play_of(work), work.hosts, Fitting(named.hosts_of(work.hosts), 1),
          named, out);
}

}  // namespace hypocaust::compute
