#include "models/plant/buoyancy.hpp"

#include <algorithm>

#include "models/core/math.hpp"

namespace hypocaust::plant {

Buoyancy::Buoyancy(const Topology& t, std::span<const Content> contents) : lift_pa_(t.branches.size(), 0.0) {
  for (std::size_t k = 0; k < t.branches.size(); ++k) {
    const auto& b = t.branches[k];
    if (b.fall_m == 0.0) continue;
    const auto& circuit = t.circuits[static_cast<std::size_t>(b.circuit)];
    const auto component = static_cast<std::size_t>(b.component);
    const ComponentType& type = *t.parts[component].type;
    const bool alone = type.branches.size() == 1;
    risers_.push_back({.branch = k,
                       .from = static_cast<std::size_t>(b.from),
                       .to = static_cast<std::size_t>(b.to),
                       .component = component,
                       .fall_pa_m3_kg = gravity_m_s2 * b.fall_m,
                       .cp_j_kg_k = circuit.fluid.cp_j_kg_k,
                       .follows_steady = type.follows_steady,
                       .content = alone ? contents[component] : Content{},
                       .densities = &circuit.densities});
  }
}

std::size_t Buoyancy::risers(const Topology& t) {
  return static_cast<std::size_t>(
      std::count_if(t.branches.begin(), t.branches.end(), [](const auto& b) { return b.fall_m != 0.0; }));
}

std::span<const double> Buoyancy::lifts_pa(const Warmth& now, std::span<double> density_kg_m3) {
  for (std::size_t i = 0; i < risers_.size(); ++i) {
    const Riser& r = risers_[i];
    const bool stores = r.content.j_k > 0 && (r.follows_steady || !now.steady);
    const double t_c = stores ? (now.stored_j[r.component] - r.content.at_zero_j) / r.content.j_k
                              : 0.5 * (now.enthalpy_j_kg[r.from] + now.enthalpy_j_kg[r.to]) / r.cp_j_kg_k;
    const double now_kg_m3 = r.densities->at_kg_m3(t_c);
    density_kg_m3[i] = density_kg_m3[i] > 0 ? 0.5 * (density_kg_m3[i] + now_kg_m3) : now_kg_m3;
    lift_pa_[r.branch] = r.fall_pa_m3_kg * density_kg_m3[i];
  }
  return lift_pa_;
}

}  // namespace hypocaust::plant
