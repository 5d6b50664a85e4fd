#include "sim/study/traces.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "models/core/errors.hpp"
#include "sim/compute/cache_entry.hpp"
#include "sim/run/pass.hpp"

namespace hypocaust::study {

base::ChildPool::Work child_work(const Study& study, const std::string& folder) {
  return [&study, folder](const std::string& request) -> std::string {
    const std::size_t blank = request.find(' ');
    const std::string what = request.substr(0, blank);
    const Point point = study.point(std::stoll(request.substr(blank + 1)));
    if (what == "closed") return to_bytes(simulate_closed(study, point));
    if (what == "measure") {
      const Cost cost = measure(study, point, 14);
      return fmt::format("{} {}", cost.start_s, cost.steps_s);
    }
    const config::Loaded site = point_site(study, point);
    const compute::ComputeInputs inputs = run::compute_inputs(site);
    const compute::CachedTrace made =
        compute::cached_trace(inputs, {.folder = (std::filesystem::path(folder) / "traces").string()});
    return compute::entry_bytes(compute::cache_key(inputs), *made.trace);
  };
}

Traces::Traces(base::ChildPool& children, int threads)
    : children_(children), most_recent_(static_cast<std::size_t>(threads) + 1) {}

std::shared_ptr<const compute::PowerTrace> Traces::find(const compute::ComputeInputs& inputs, const Point& point) {
  const std::string key = compute::cache_key(inputs);
  const std::lock_guard lock(mutex_);  // who waits would wait for the same trace, or for a core
  std::weak_ptr<const compute::PowerTrace>& known = known_[key];
  if (auto trace = known.lock()) return trace;
  auto read = compute::entry_trace(key, children_.call(fmt::format("trace {}", point.id)));
  if (!read) throw InternalError("a power trace was damaged on its way");
  auto trace = std::make_shared<const compute::PowerTrace>(std::move(*read));
  known = trace;
  recent_.push_back(trace);
  if (recent_.size() > most_recent_) recent_.pop_front();
  return trace;
}

}  // namespace hypocaust::study
