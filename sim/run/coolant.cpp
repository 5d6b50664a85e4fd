#include "sim/run/coolant.hpp"

#include <cmath>

namespace hypocaust::run {

double coolant_c(const plant::Plant& plant, const CoolantLimit& limit, double dt_s) {
  constexpr double water_j_kg_k = 4200.0, little_frac = 0.01;
  const double moved_j_k = std::fabs(plant.branch_flow_kg_s(limit.component, 0)) * dt_s * water_j_kg_k;
  return moved_j_k < little_frac * limit.heat_capacity_j_k ? plant.stored_j(limit.component) / limit.heat_capacity_j_k
                                                           : plant.branch_out_c(limit.component, 0);
}

}  // namespace hypocaust::run
