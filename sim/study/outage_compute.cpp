#include "sim/study/outage_compute.hpp"

#include <algorithm>

#include "models/compute/power_chain.hpp"
#include "sim/compute/compute.hpp"
#include "sim/run/pass.hpp"

namespace hypocaust::study {

AroundTheYear::AroundTheYear(std::unique_ptr<compute::ComputeSide> inner, std::unique_ptr<std::vector<compute::JobRecord>> ended,
                             const run::Site& site)
    : ended_(std::move(ended)),
      inner_(std::move(inner)),
      warm_up_(site.warm_up_steps),
      end_(site.warm_up_steps + site.steps),
      step_s_(site.step_s) {
  for (const std::string& name : inner_->rack_names()) {
    const compute::HostSpec& hosts = *site.scenario.compute.hosts.find(name);
    const auto count = static_cast<double>(hosts.count);
    groups_.push_back({.idle_w = count * compute::server_power_w(hosts.server, {}),
                       .peak_w = count * compute::server_power_w(hosts.server, {.load_frac = 1})});
  }
}

void AroundTheYear::step(std::int64_t k, const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) {
  if (full_) {
    for (std::size_t r = 0; r < racks.size(); ++r)
      racks[r] = {.energy_j = groups_[r].peak_w * static_cast<double>(step_s_), .peak_w = groups_[r].peak_w};
    return allow(feedback, racks);
  }
  if (k >= end_) {
    const auto at = static_cast<std::size_t>(k - end_) * racks.size();
    std::copy_n(first_.begin() + static_cast<std::ptrdiff_t>(at), racks.size(), racks.begin());
    return allow(feedback, racks);
  }
  inner_->step(k, feedback, racks);
  if (k >= warm_up_) first_.insert(first_.end(), racks.begin(), racks.end());
}

void AroundTheYear::allow(const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) const {
  for (std::size_t r = 0; r < racks.size(); ++r) {
    const bool off = feedback.shed || static_cast<int>(r) >= feedback.groups_on;
    const compute::Throttle throttle = feedback.of_group(r);  // of what class the work is nobody knows any more
    const double frac = feedback.stopped ? 0.0 : std::min(throttle.hard_frac, throttle.soft_frac), idle_w = groups_[r].idle_w;
    const auto allowed = [&](double power, double idle) {
      return off ? 0.0 : power > idle ? idle + frac * (power - idle) : power;
    };
    if (!off && frac >= 1.0) continue;
    racks[r] = {.energy_j = allowed(racks[r].energy_j, idle_w * static_cast<double>(step_s_)),
                .peak_w = allowed(racks[r].peak_w, idle_w)};
  }
}

std::unique_ptr<AroundTheYear> compute_around_the_year(const run::Site& site) {
  const bool alone = site.scenario.compute.hosts.entries.empty();
  auto ended = std::make_unique<std::vector<compute::JobRecord>>();
  std::unique_ptr<compute::ComputeSide> inner =
      alone ? compute::no_hosts() : compute::live(run::compute_inputs(site), nullptr, ended.get());
  return std::make_unique<AroundTheYear>(std::move(inner), std::move(ended), site);
}

}  // namespace hypocaust::study
