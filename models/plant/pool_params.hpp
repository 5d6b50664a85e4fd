// Keys of a pool, and what its laws keep of them. docs/methods/pool.md.
#pragma once
#include <optional>
#include <span>

#include "models/core/fluids.hpp"
#include "models/core/schema.hpp"
#include "models/demand/spec.hpp"
#include "models/plant/user_connection.hpp"

namespace hypocaust::plant {

enum class Evaporation : int { vdi_2089, ashrae };
std::span<const std::string_view> names(Evaporation);

struct PoolHall {
  double volume_m3 = not_given, heat_loss_w_k = not_given, heat_capacity_j_k = not_given, heating_power_w = not_given,
         nominal_supply_c = 45, nominal_return_c = 35, heat_recovery_frac = 0, ventilation_max_m3_s = not_given,
         dehumidifier_kg_s = 0, dehumidifier_j_kg = 1.44e6, dehumidifier_to_water_frac = 0, comfort_tolerance_k = 1;
  static const Schema& schema();
};

struct PoolParams {
  std::optional<UserConnection> connection;
  std::optional<demand::Backup> backup;
  std::optional<PoolHall> hall;
  double area_m2 = not_given, volume_m3 = not_given;
  Evaporation evaporation = Evaporation::vdi_2089;
  double rest_m_s = not_given, in_use_m_s = not_given, covered_m_s = not_given;           // VDI
  double rest_factor = not_given, in_use_factor = not_given, covered_factor = not_given;  // ASHRAE
  Varying water_temperature, air_temperature, humidity, occupancy, cover, bathers, make_up, backwash, make_up_temperature,
      filtration, ventilation, charge;
  double store_band_k = 0, comfort_tolerance_k = 0.5, initial_c = not_given, waste_recovery_frac = 0;
  double nominal_power_w = not_given, nominal_supply_c = 45, nominal_return_c = 35;
  double filtration_m3_s = not_given, filtration_power_w = not_given, pump_heat_frac = 0.7;
  double ground_loss_w_k = not_given, surface_w_m2_k = 3.5, emissivity = 0.855, cover_insulation_frac = 0.8;
  double bather_heat_w = 150, bather_m3_s = 20e-3 / 3600;
  void check(Problems&) const;
  static const Schema& schema();
};

// _on: 1 or 0. filtration_w_k: capacity flow of the filtered water; k, toe: of the primary side.
template <class R> struct PoolData {
  R area_m2, rest_value, in_use_value, covered_value, vdi_on, hall_on;
  R water_j_k, water_j_kg_k, water_kg_m3, vapour_j_kg, initial_c, initial_air_c, store_band_k, tolerance_k, air_tolerance_k;
  R k, toe_kg_s, max_kg_s, cp_j_kg_k, supply_c, water_kg_s, water_ua_w_k, water_power_w, air_kg_s, air_ua_w_k, air_power_w;
  R water_band_k, air_band_k;  // set by prepare()
  R filtration_w_k, pump_w, pump_heat_frac, ground_w_k, surface_w_k, cover_insulation_frac, bather_heat_w, bather_m3_s,
      waste_recovery_frac, backup_w, backup_efficiency_frac;
  R air_kg, air_j_k, outdoor_w_k, air_recovery_frac, most_outdoor_kg_s, dryer_kg_s, dryer_j_kg, dryer_to_water_frac;
};

void size_pool(PoolParams& p, const Fluid& primary, Problems& problems);
PoolData<double> pool_data(const PoolParams& p, const Fluid& primary);

}  // namespace hypocaust::plant
