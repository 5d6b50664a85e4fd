// What a planner says of a building (an entry `type: building` of heat_users), and the zone that follows from it.
// docs/methods/building.md has every rule with its source.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "models/core/fluids.hpp"
#include "models/core/schema.hpp"
#include "models/demand/spec.hpp"
#include "models/demand/zone.hpp"
#include "models/plant/user_connection.hpp"

namespace hypocaust::plant {

enum class Construction : int { light, medium, heavy };
enum class EmitterKind : int { radiator, floor_heating, fan_coil, air_coil };
std::span<const std::string_view> names(Construction);
std::span<const std::string_view> names(EmitterKind);

struct BuildingWindow {
  double area_m2 = not_given, azimuth_rad = not_given, tilt_rad = 0.5 * pi;
  double u_w_m2_k = 1.3, glass_factor = 0.6, frame_frac = 0.3;
  static const Schema& schema();
};
struct TwoElements {  // resistances and capacities, where they are known
  double exterior_m2 = not_given, exterior_r1_k_w = not_given, exterior_c1_j_k = not_given, rest_k_w = not_given;
  double interior_m2 = not_given, interior_r1_k_w = not_given, interior_c1_j_k = not_given;
  double air_j_k = not_given;
  static const Schema& schema();
};
struct BuildingEmitter {
  EmitterKind kind = EmitterKind::radiator;
  double nominal_power_w = not_given, supply_c = not_given, return_c = not_given, room_c = 20.0, exponent = not_given,
         release_s = not_given;
  void check(Problems&) const;
  static const Schema& schema();
};

struct BuildingSpec {
  std::optional<UserConnection> connection;
  std::optional<demand::Backup> backup;
  double floor_m2 = not_given, storey_height_m = 2.8;
  std::int64_t storeys = 1;
  Construction construction = Construction::medium;
  double u_w_m2_k = 0.5, envelope_m2 = not_given, transmission_w_k = not_given;
  std::optional<TwoElements> two_elements;
  Named<BuildingWindow> windows;
  Varying shading;
  double infiltration_s_1 = 0.1 / 3600;
  Varying air_change;
  double heat_recovery_frac = 0.0;
  double gains_w_m2 = 3.0;
  Varying occupancy, set_point;
  double tolerance_k = 1.0, band_k = 1.0, sensor_time_s = 600.0, stroke_s = 180.0, initial_c = 20.0;
  BuildingEmitter emitter;
  double design_outdoor_c = -12.0, supply_reserve_k = 3.0;

  double volume_m3() const { return floor_m2 * storey_height_m; }
  double windows_w_k() const;
  double design_load_w() const;  // steady, at design_outdoor, without sun or gains
  demand::ZoneSpec zone() const;
  void check(Problems&) const;
  static const Schema& schema();
};
inline constexpr int most_windows = 8;
inline constexpr double air_j_m3_k = 1.204 * 1006.0;  // dry air at 20 degC, 101,325 Pa

// Fills what was not given; warns of an emitter below the design load.
void size_building(BuildingSpec& b, const Fluid& fluid, Problems& problems);

}  // namespace hypocaust::plant
