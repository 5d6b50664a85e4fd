#include "sim/compute/compute.hpp"

#include <algorithm>

#include "models/core/errors.hpp"
#include "sim/compute/simulation.hpp"

namespace hypocaust::compute {
namespace {

class Replay final : public ComputeSide {
 public:
  explicit Replay(std::shared_ptr<const PowerTrace> trace) : trace_(std::move(trace)) {}
  std::span<const std::string> rack_names() const override { return trace_->rack_names; }
  void step(std::int64_t k, const PlantFeedback& feedback, std::span<RackStep> racks) override {
    if (!feedback.neutral()) throw InternalError("step " + std::to_string(k) + " would throttle or shed a stored power trace");
    if (k < 0 || k >= trace_->steps)
      throw InternalError("step " + std::to_string(k) + " of a power trace of " + std::to_string(trace_->steps));
    const std::size_t n = trace_->rack_names.size();
    std::copy_n(trace_->racks.begin() + static_cast<std::ptrdiff_t>(static_cast<std::size_t>(k) * n), n, racks.begin());
  }
  ComputeTotals totals() const override { return trace_->totals; }

 private:
  std::shared_ptr<const PowerTrace> trace_;
};

class NoHosts final : public ComputeSide {
 public:
  std::span<const std::string> rack_names() const override { return {}; }
  void step(std::int64_t, const PlantFeedback&, std::span<RackStep>) override {}
  ComputeTotals totals() const override { return {}; }
};

}  // namespace

std::unique_ptr<ComputeSide> no_hosts() { return std::make_unique<NoHosts>(); }

std::unique_ptr<ComputeSide> live(const ComputeInputs& inputs, std::vector<std::string>* notes, std::vector<JobRecord>* records) {
  Work work = make_work(inputs);
  if (notes) notes->insert(notes->end(), work.notes.begin(), work.notes.end());
  return std::make_unique<Simulation>(inputs, std::move(work), SimulationOptions{.records = records});
}

PowerTrace run_to_trace(const ComputeInputs& inputs, const std::function<void()>& poll) {
  PowerTrace trace;
  const std::unique_ptr<ComputeSide> side = live(inputs, &trace.notes);
  trace.rack_names.assign(side->rack_names().begin(), side->rack_names().end());
  trace.steps = inputs.steps;
  const std::size_t n = trace.rack_names.size();
  trace.racks.resize(static_cast<std::size_t>(inputs.steps) * n);
  const std::int64_t steps_an_hour = std::max<std::int64_t>(1, 3600 / inputs.step_s);
  for (std::int64_t k = 0; k < inputs.steps; ++k) {
    if (poll && k % steps_an_hour == 0) poll();
    side->step(k, {}, std::span(trace.racks).subspan(static_cast<std::size_t>(k) * n, n));
  }
  trace.totals = side->totals();
  return trace;
}

std::unique_ptr<ComputeSide> replay(std::shared_ptr<const PowerTrace> trace) {
  return std::make_unique<Replay>(std::move(trace));
}

}  // namespace hypocaust::compute
