// Keys of a greenhouse, and what its laws keep of them. docs/methods/greenhouse.md.
#pragma once
#include <optional>

#include "models/core/fluids.hpp"
#include "models/core/schema.hpp"
#include "models/demand/spec.hpp"
#include "models/plant/user_connection.hpp"

namespace hypocaust::plant {

struct GreenhouseParams {
  std::optional<UserConnection> connection;
  std::optional<demand::Backup> backup;
  double area_m2 = not_given, cover_m2 = not_given, height_m = 4.2, u_w_m2_k = 6.0, transmittance_frac = 0.65,
         leakage_frac = 1e-4;
  double screen_saving_frac = 0.0, screen_below_w_m2 = 5.0;
  Varying set_point, screen, leaf_area;
  double vents_above_k = 3.0, vents_band_k = 4.0, vents_s_1 = 20.0 / 3600, humidity_frac = 0.85, drying_s_1 = 1.5 / 3600;
  double heat_capacity_j_m2_k = 30e3, floor_j_m2_k = 200e3, floor_w_m2_k = 6.0, ground_w_m2_k = 0.5;
  double nominal_power_w = not_given, nominal_supply_c = 60, nominal_return_c = 40, nominal_air_c = 18, tolerance_k = 2.0;
  void check(Problems&) const;
  static const Schema& schema();
};

// k, toe: of the primary side; power: of the heating at its nominal point.
template <class R> struct GreenhouseData {
  R area_m2, cover_m2, air_kg, u_w_m2_k, transmittance_frac, leakage_frac, saving_frac, screen_below_w_m2;
  R vents_above_k, vents_band_k, vents_kg_s, humidity_frac, drying_kg_s;
  R air_j_k, floor_j_k, floor_w_k, ground_w_k;
  R k, toe_kg_s, max_kg_s, nominal_kg_s, cp_j_kg_k, ua_w_k, power_w, supply_c, tolerance_k, initial_c, backup_w,
      backup_efficiency_frac;
};

void size_greenhouse(GreenhouseParams& p, const Fluid& primary, Problems& problems);
GreenhouseData<double> greenhouse_data(const GreenhouseParams& p, const Fluid& primary);

}  // namespace hypocaust::plant
