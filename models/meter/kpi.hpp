// Key figures of a run from its energies. A figure that does not apply is NaN (null in JSON), never 0.
#pragma once
#include "models/meter/energies.hpp"

namespace hypocaust::meter {

// ISO/IEC 30134-2 (PUE) and -6 (ERF); ERE after The Green Grid, WP 29 (2010). All over one whole run.
struct BoundaryKpi {
  double pue_frac, erf_frac, ere_frac;
};
struct Kpis {
  BoundaryKpi heat_pump_outside;   // heat pump not in PUE; reuse counted before it
  BoundaryKpi heat_pump_inside;    // heat pump in PUE; reuse counted after it
  double recovered_frac;           // recovered / it
  double useful_heat_per_it_frac;  // delivered / it
  double share_consumed_frac;      // consumed / recovered
  double demand_met_frac;          // (consumed + backup of users) / demand
  double demand_recovered_frac;    // consumed / demand
};

// Electricity inside the data-centre boundary: it + losses + auxiliary + pumps, fans, room cooling and heat pumps inside it.
double facility_j(const Energies& energies);
// Energies over any period.
Kpis kpis(const Energies& energies);

}  // namespace hypocaust::meter
