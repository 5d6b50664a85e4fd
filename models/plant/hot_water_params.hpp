// Keys of hot-water heating, and what its laws keep of them. docs/methods/hot_water.md.
#pragma once
#include <optional>
#include <span>

#include "models/core/fluids.hpp"
#include "models/core/schema.hpp"
#include "models/demand/draw_off.hpp"
#include "models/plant/user_connection.hpp"

namespace hypocaust::plant {

enum class HotWaterSystem : int { store, instantaneous };
std::span<const std::string_view> names(HotWaterSystem);
enum class Hygiene : int { none, hot_store, periodic };
std::span<const std::string_view> names(Hygiene);
enum class TopUpKind : int { gas, electric };
std::span<const std::string_view> names(TopUpKind);

struct TopUpSpec {
  TopUpKind kind = TopUpKind::gas;
  double power_w = not_given, efficiency_frac = not_given;
  void check(Problems&) const;
  static const Schema& schema();
};

struct HotWaterParams {
  std::optional<UserConnection> connection;
  std::optional<TopUpSpec> top_up;
  HotWaterSystem system = HotWaterSystem::store;
  Hygiene hygiene = Hygiene::none;
  Varying draw, draw_power, cold_water, set_temperature;
  std::optional<demand::DrawProfile> profile;
  std::optional<demand::DrawEvents> events;
  double draw_temperature_c = 45, scald_limit_c = 65, volume_m3 = not_given, loss_w_k = not_given, ambient_c = 18, initial_c = 50;
  double nominal_power_w = not_given, nominal_supply_c = 55, nominal_return_c = 30, nominal_cold_c = 10,
         nominal_outlet_c = not_given;
  double loop_loss_w_k = 0, loop_flow_m3_s = not_given;
  double disinfection_c = 70, disinfection_hold_s = 1800, disinfection_every_s = 7 * 86400.0;
  void check(Problems&) const;
  static const Schema& schema();
};

// _on: 1 or 0. k, toe: of the primary side.
template <class R> struct HotWaterData {
  R store_on, hot_store_on, periodic_on, cold_given, electric_on;
  R cp_j_kg_k, k, toe_kg_s, max_kg_s, supply_c, coil_ua_w_k, ua_w_k, approach_k;
  R water_j_kg_k, water_kg_m3, layer_kg, layer_loss_w_k, ambient_c, initial_c, draw_temperature_c, scald_limit_c;
  R top_up_w, top_up_efficiency_frac, loop_loss_w_k, loop_kg_s, disinfection_c, disinfection_hold_s, disinfection_every_s;
};

void size_hot_water(HotWaterParams& p, const Fluid& primary, Problems& problems);
HotWaterData<double> hot_water_data(const HotWaterParams& p, const Fluid& primary);

}  // namespace hypocaust::plant
