// compute: and power: the hosts, the work, the scheduler, and the chain from the grid to the boards.
// Owned by the compute side; see also sim/config/scenario.hpp.
#pragma once
#include "models/core/schema.hpp"

namespace hypocaust::compute {

struct ComputeSpec {
  static const Schema& schema();
};
struct PowerSpec {
  static const Schema& schema();
};

}  // namespace hypocaust::compute
