#include "sim/study/outage_compute.hpp"

#include <algorithm>

#include "models/compute/power_chain.hpp"
#include "sim/compute/compute.hpp"
#include "sim/run/pass.hpp"

namespace hypocaust::study {

AroundTheYear::AroundTheYear(std::unique_ptr<compute::ComputeSide> inner, const run::Site& site)
    : inner_(std::move(inner)), warm_up_(site.warm_up_steps), end_(site.warm_up_steps + site.steps), step_s_(site.step_s) {
  for (const std::string& name : inner_->rack_names()) {
    const compute::HostSpec& hosts = *site.scenario.compute.hosts.find(name);
    const auto count = static_cast<double>(hosts.count);
    groups_.push_back({.idle_w = count * compute::server_power_w(hosts.server, {}),
                       .peak_w = count * compute::server_power_w(hosts.server, {.load_frac = 1})});
  }
}

void AroundTheYear::step(std::int64_t k, const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) {
  if (full_) {
    for (std::size_t r = 0; r < racks.size(); ++r) {
      const Full& group = groups_[r];
      const compute::Throttle throttle = feedback.of_group(r);
      const double allowed_frac = std::min(throttle.hard_frac, throttle.soft_frac);
      const double power_w = feedback.shed ? 0.0 : group.idle_w + allowed_frac * (group.peak_w - group.idle_w);
      racks[r] = {.energy_j = power_w * static_cast<double>(step_s_), .peak_w = power_w};
    }
    return;
  }
  if (k >= end_) {
    const auto at = static_cast<std::size_t>(k - end_) * racks.size();
    std::copy_n(first_.begin() + static_cast<std::ptrdiff_t>(at), racks.size(), racks.begin());
    return;
  }
  inner_->step(k, feedback, racks);
  if (k >= warm_up_) first_.insert(first_.end(), racks.begin(), racks.end());
}

std::unique_ptr<AroundTheYear> compute_around_the_year(const run::Site& site) {
  const bool alone = site.scenario.compute.hosts.entries.empty();
  return std::make_unique<AroundTheYear>(alone ? compute::no_hosts() : compute::live(run::compute_inputs(site)), site);
}

}  // namespace hypocaust::study
