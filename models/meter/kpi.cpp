#include "models/meter/kpi.hpp"

#include <limits>

namespace hypocaust::meter {
namespace {

double ratio(double part_j, double whole_j) { return whole_j > 0 ? part_j / whole_j : std::numeric_limits<double>::quiet_NaN(); }

BoundaryKpi boundary(double it_j, double facility_j, double reused_j) {
  return {.pue_frac = ratio(facility_j, it_j),
          .erf_frac = it_j > 0 ? ratio(reused_j, facility_j) : std::numeric_limits<double>::quiet_NaN(),  // no data centre
          .ere_frac = ratio(facility_j - reused_j, it_j)};
}

}  // namespace

// A heat pump whose circuit lies inside the boundary is inside in both views; the two differ by those outside.
double facility_j(const Energies& e) {
  return e.it_j + e.ups_loss_j + e.transformer_loss_j + e.battery_loss_j + e.auxiliary_j + (e.pump_j - e.pump_outside_j) +
         e.fan_j + e.room_cooling_j + (e.heat_pump_j - e.heat_pump_outside_j);
}

Kpis kpis(const Energies& e) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  const double recovered_j = e.recovered_metered ? e.recovered_j : none;
  return {
      .heat_pump_outside = boundary(e.it_j, facility_j(e), e.delivered_j - e.heat_pump_outside_j),
      .heat_pump_inside = boundary(e.it_j, facility_j(e) + e.heat_pump_outside_j, e.delivered_j),
      .recovered_frac = ratio(recovered_j, e.it_j),
      .useful_heat_per_it_frac = ratio(e.delivered_j, e.it_j),
      .share_consumed_frac = recovered_j > 0 ? e.consumed_j / recovered_j : none,
      .demand_met_frac = ratio(e.demand_j - e.unmet_j, e.demand_j),
      .demand_recovered_frac = ratio(e.consumed_j, e.demand_j),
  };
}

}  // namespace hypocaust::meter
