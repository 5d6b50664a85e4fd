#include "sim/run/pass.hpp"

namespace hypocaust::run {

compute::ComputeInputs compute_inputs(const Scenario& s) {
  const auto step_s = static_cast<std::int64_t>(s.clock.step_s);
  const auto warm_up = static_cast<std::int64_t>(s.clock.warm_up_s) / step_s,
             steps = static_cast<std::int64_t>(s.clock.duration_s) / step_s;
  return {.spec = s.compute,
          .start_utc_s = s.clock.start.utc_s,
          .step_s = step_s,
          .warm_up_steps = warm_up,
          .steps = warm_up + steps,
          .seed = static_cast<std::uint64_t>(s.clock.seed)};
}

}  // namespace hypocaust::run
