// The pressure in a circuit that has lost water: the gas of its expansion vessel pushes the vessel's water in behind what leaks.
#pragma once
#include "models/core/math.hpp"

namespace hypocaust::plant {

struct VesselGas {
  double volume_m3, precharge_pa, rest_pa;  // gauge
};

inline constexpr double atmosphere_pa = 101325.0, pipes_give_frac = 0.01;  // the pipes: of the vessel's volume, an assumption

// Gas in the vessel at rest: Boyle, from the precharge of the empty vessel. One whose gas is above the circuit holds no water.
inline double gas_at_rest_m3(const VesselGas& v) {
  return v.volume_m3 * (vmin(v.precharge_pa, v.rest_pa) + atmosphere_pa) / (v.rest_pa + atmosphere_pa);
}
// All that can get out until the circuit has no pressure left.
inline double vessel_gives_m3(const VesselGas& v) { return (1.0 + pipes_give_frac) * v.volume_m3 - gas_at_rest_m3(v); }

// Gauge pressure with this much of the vessel's water gone, its gas at constant temperature. When the vessel is empty its membrane
// lies on the inlet and only the pipes still give: the pressure falls straight from the precharge to nothing.
inline double vessel_pressure_pa(const VesselGas& v, double lost_m3) {
  const double gas_m3 = gas_at_rest_m3(v), spare_m3 = v.volume_m3 - gas_m3;
  if (lost_m3 <= spare_m3) return (v.rest_pa + atmosphere_pa) * gas_m3 / (gas_m3 + lost_m3) - atmosphere_pa;
  return vmin(v.precharge_pa, v.rest_pa) * vmax(0.0, 1.0 - (lost_m3 - spare_m3) / (pipes_give_frac * v.volume_m3));
}

}  // namespace hypocaust::plant
