// The compute side of an outage study: the engine, and what goes on where it has no work or is not asked.
#pragma once
#include <memory>
#include <vector>

#include "sim/compute/compute_side.hpp"
#include "sim/compute/job_record.hpp"
#include "sim/run/site.hpp"

namespace hypocaust::study {

// The engine while it has work; past the recorded time, where branches go on, what it drew at the beginning of that time. From
// at_full_load() on: every host at the full power of its server. Of these powers a guard throttles what exceeds idle, hosts that shut
// down idle, and hosts that are off draw nothing; no job is delayed then.
class AroundTheYear final : public compute::ComputeSide {
 public:
  AroundTheYear(std::unique_ptr<compute::ComputeSide> inner, std::unique_ptr<std::vector<compute::JobRecord>> ended,
                const run::Site& site);
  std::span<const std::string> rack_names() const override { return inner_->rack_names(); }
  void step(std::int64_t k, const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) override;
  compute::ComputeTotals totals() const override { return inner_->totals(); }
  void at_full_load() { full_ = true; }
  bool is_full() const { return full_; }
  const std::vector<compute::JobRecord>& ended() const { return *ended_; }  // every job so far, in the order of its end

 private:
  void allow(const compute::PlantFeedback& feedback, std::span<compute::RackStep> racks) const;

  std::unique_ptr<std::vector<compute::JobRecord>> ended_;
  std::unique_ptr<compute::ComputeSide> inner_;
  std::int64_t warm_up_, end_, step_s_;
  std::vector<compute::RackStep> first_;
  struct Full {
    double idle_w, peak_w;
  };
  std::vector<Full> groups_;  // of each rack
  bool full_ = false;
};

// Of a site without hosts too.
std::unique_ptr<AroundTheYear> compute_around_the_year(const run::Site& site);

}  // namespace hypocaust::study
