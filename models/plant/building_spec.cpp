#include "models/plant/building_spec.hpp"

#include <array>
#include <cmath>
#include <string>

namespace hypocaust::plant {
namespace {

// By construction. Effective capacity a floor area: ISO 13790 (2008), table 12. Resistance from a surface to its storage: the
// rooms of VDI 6007-1 (type S heavy, type L light); medium lies between (geometric mean).
constexpr std::array<double, 3> capacity_j_m2_k{110e3, 165e3, 260e3};
constexpr std::array<double, 3> interior_r1_m2_k_w{0.244, 0.105, 0.045};
constexpr double exterior_r1_m2_k_w = 0.045, inner_film_m2_k_w = 0.13, thinnest_rest_m2_k_w = 0.04;  // ISO 6946: films
constexpr double surfaces_floor_ratio = 4.5;                                                         // ISO 13790, 7.2.2.2
constexpr double contents_j_m2_k = 10e3;                            // air and furniture: ISO 52016-1 (2017), table B.17
constexpr double on_walls_w_m2_k = 2.7, on_interior_w_m2_k = 2.24;  // VDI 6007-1

struct EmitterDefaults {
  double supply_c, return_c, exponent, release_s;
};
constexpr std::array<EmitterDefaults, 4> emitter_defaults{
    {{55, 45, 1.3, 900}, {35, 28, 1.1, 3 * 3600}, {45, 38, 1.0, 60}, {60, 40, 1.0, 60}}};

std::string in_kw(double power_w) {
  return std::to_string(std::lround(power_w) / 1000) + "." + std::to_string(std::lround(power_w) % 1000 / 100) + " kW";
}

}  // namespace

std::span<const std::string_view> names(Construction) {
  static constexpr std::array<std::string_view, 3> list{"light", "medium", "heavy"};
  return list;
}
std::span<const std::string_view> names(EmitterKind) {
  static constexpr std::array<std::string_view, 4> list{"radiator", "floor_heating", "fan_coil", "air_coil"};
  return list;
}

const Schema& BuildingWindow::schema() {
  using W = BuildingWindow;
  static const Schema s = describe<W>(
      "building_window", "Windows of one orientation.",
      {row<&W::area_m2>("area", "m2", {.need = required, .above = 0, .max = 1e6}, "opening, frame included"),
       row<&W::azimuth_rad>("azimuth", "deg", {.need = required, .min = -360, .max = 360},
                            "the way it looks, clockwise from north: 90 deg is east, 180 deg south"),
       row<&W::tilt_rad>("tilt", "deg", {.min = 0, .max = 180}, "0 looks up, 90 deg is a wall"),
       row<&W::u_w_m2_k>("u_value", "W/(m2 K)", {.above = 0, .max = 7}, "of glass and frame"),
       row<&W::glass_factor>("g_value", "1", {.min = 0, .max = 1}, "share of the sun on the glass that warms the room"),
       row<&W::frame_frac>("frame", "1", {.min = 0, .below = 1}, "share of the opening that is frame")});
  return s;
}

const Schema& TwoElements::schema() {
  using T = TwoElements;
  constexpr Options area{.need = required, .above = 0, .max = 1e7}, resistance{.need = required, .above = 0, .max = 1e3},
      capacity{.need = required, .above = 0, .max = 1e13};
  static const Schema s =
      describe<T>("two_elements", "Resistances and capacities after VDI 6007-1.",
                  {row<&T::exterior_m2>("exterior_area", "m2", area, "of the exterior walls"),
                   row<&T::exterior_r1_k_w>("exterior_resistance", "K/W", resistance, "R1: surface to storage"),
                   row<&T::exterior_c1_j_k>("exterior_capacity", "MJ/K", capacity, "C1"),
                   row<&T::rest_k_w>("rest_resistance", "K/W", resistance, "storage to outdoors, outer film included"),
                   row<&T::interior_m2>("interior_area", "m2", area, "of the interior walls, floors and ceilings"),
                   row<&T::interior_r1_k_w>("interior_resistance", "K/W", resistance, "R1: surface to storage"),
                   row<&T::interior_c1_j_k>("interior_capacity", "MJ/K", capacity, "C1"),
                   row<&T::air_j_k>("air_capacity", "MJ/K", {.need = required, .min = 0, .max = 1e12}, "of air and furniture")});
  return s;
}

const Schema& BuildingEmitter::schema() {
  using E = BuildingEmitter;
  static const Schema s = describe<E>(
      "building_emitter", "How heat reaches the rooms.",
      {row<&E::kind>("kind", "", {}, "radiator, floor_heating, fan_coil, or air_coil in the supply air"),
       row<&E::nominal_power_w>("nominal_power", "kW", {.need = derived, .above = 0, .max = 1e6},
                                "at the nominal temperatures; derived: 1.1 times the design load"),
       row<&E::supply_c>("nominal_supply", "degC", {.need = derived, .min = 15, .max = 130},
                         "inlet; derived: radiator 55, floor_heating 35, fan_coil 45, air_coil 60 degC"),
       row<&E::return_c>("nominal_return", "degC", {.need = derived, .min = 12, .max = 130},
                         "outlet; derived: radiator 45, floor_heating 28, fan_coil 38, air_coil 40 degC"),
       row<&E::room_c>("nominal_room", "degC", {.min = -40, .max = 40}, "air that the emitter meets at the nominal point"),
       row<&E::exponent>("exponent", "1", {.need = derived, .min = 1, .max = 1.6},
                         "n of the characteristic; derived: radiator 1.3, floor_heating 1.1, coils 1"),
       row<&E::release_s>("release_time", "s", {.need = derived, .min = 1, .max = 1e6},
                          "time in which its mass gives its heat to the room; derived: radiator 15 min, floor_heating 3 h, "
                          "coils 1 min")});
  return s;
}

void BuildingEmitter::check(Problems& problems) const {
  if (return_c >= supply_c) problems.error("nominal_return", "is not below `nominal_supply` (it gives heat off); lower it");
  else if (room_c >= return_c)
    problems.error("nominal_room", "is not below `nominal_return` (a room cannot cool water below itself); lower it");
}

const Schema& BuildingSpec::schema() {
  using B = BuildingSpec;
  static const Schema s = describe<B>(
      "building", "A heated building: rooms with mass, emitters, a thermostat.",
      {row<&B::connection>("connection", "", {}, "to the plant; left out: an ideal source serves the building"),
       row<&B::backup>("backup", "", {}, "its own heater, after recovered heat, from half a `band` below the set-point"),
       row<&B::floor_m2>("floor_area", "m2", {.need = required, .above = 0, .max = 1e7}, "heated floor of all storeys"),
       row<&B::storey_height_m>("storey_height", "m", {.above = 1, .max = 50}, "floor to floor"),
       row<&B::storeys>("storeys", "", {.min = 1, .max = 200}, "above each other; they shape the envelope"),
       row<&B::construction>("construction", "", {}, "mass of walls and floors"),
       row<&B::u_w_m2_k>("u_value", "W/(m2 K)", {.above = 0, .max = 4}, "mean of the opaque envelope"),
       row<&B::envelope_m2>("envelope_area", "m2", {.need = derived, .above = 0, .max = 1e7},
                            "opaque walls, roof and ground floor; derived: of a square building, less its windows"),
       row<&B::transmission_w_k>("transmission", "W/K", {.need = derived, .above = 0, .max = 1e7},
                                 "heat loss of the opaque envelope; derived: u_value times envelope_area"),
       row<&B::two_elements>("two_elements", "", {}, "resistances and capacities in place of construction and transmission"),
       row<&B::windows>("windows", "", {.scope = "window"}, "by orientation; at most 8"),
       row<&B::shading>("shading", "1", {.min = 0, .max = 1}, "share of the sun that blinds let pass; left out: 1"),
       row<&B::infiltration_s_1>("infiltration", "1/h", {.min = 0, .max = 20}, "air change through leaks"),
       row<&B::air_change>("air_change", "1/h", {.min = 0, .max = 50}, "of ventilation; left out: 0.4 1/h"),
       row<&B::heat_recovery_frac>("heat_recovery", "1", {.min = 0, .max = 1}, "of the ventilation's heat"),
       row<&B::gains_w_m2>("gains", "W/m2", {.min = 0, .max = 1000}, "of people, light and devices, a floor area, when occupied"),
       row<&B::occupancy>("occupancy", "1", {.min = 0, .max = 10}, "factor of `gains`; left out: 1"),
       row<&B::set_point>("set_point", "degC", {.min = 5, .max = 35}, "air temperature wanted; left out: 20 degC"),
       row<&B::tolerance_k>("tolerance", "K", {.min = 0, .max = 10}, "below the set-point by which comfort begins to lack"),
       row<&B::band_k>("band", "K", {.min = 0.05, .max = 10},
                       "proportional band of the thermostat: open half of it below the set-point, closed half above"),
       row<&B::sensor_time_s>("sensor_time", "s", {.min = 1, .max = 7200}, "lag of the thermostat"),
       row<&B::stroke_s>("stroke", "s", {.min = 1, .max = 7200}, "time of the valve from closed to open"),
       row<&B::initial_c>("initial", "degC", {.min = -20, .max = 40}, "rooms and walls at the start"),
       row<&B::emitter>("emitter", "", {}, "how heat reaches the rooms"),
       row<&B::design_outdoor_c>("design_outdoor", "degC", {.min = -60, .max = 15}, "coldest day the heating is made for"),
       row<&B::supply_reserve_k>("supply_reserve", "K", {.min = 0, .max = 40},
                                 "of an ideal source above the emitter's heating curve")});
  return s;
}

double BuildingSpec::windows_w_k() const {
  double sum_w_k = 0;
  for (const auto& window : windows.entries) sum_w_k += window.value.u_w_m2_k * window.value.area_m2;
  return sum_w_k;
}

double BuildingSpec::design_load_w() const {
  // By calendar: the larger of its two values. A series is not known here.
  const double most_s_1 = air_change.largest(), most_c = set_point.largest();
  const double through_s_1 = most_s_1 == most_s_1 ? most_s_1 : 0.4 / 3600, room_c = most_c == most_c ? most_c : 20.0;
  const double air_w_k = air_j_m3_k * volume_m3() * (infiltration_s_1 + through_s_1 * (1 - heat_recovery_frac));
  const double walls_w_k =
      two_elements ? 1 / (two_elements->rest_k_w + two_elements->exterior_r1_k_w + inner_film_m2_k_w / two_elements->exterior_m2)
                   : transmission_w_k;
  return (walls_w_k + windows_w_k() + air_w_k) * vmax(room_c - design_outdoor_c, 1.0);
}

demand::ZoneSpec BuildingSpec::zone() const {
  if (two_elements) {
    const TwoElements& t = *two_elements;
    return {.exterior = {t.exterior_m2, on_walls_w_m2_k, t.exterior_r1_k_w, t.exterior_c1_j_k},
            .interior = {t.interior_m2, on_interior_w_m2_k, t.interior_r1_k_w, t.interior_c1_j_k},
            .rest_k_w = t.rest_k_w,
            .air_j_k = t.air_j_k};
  }
  const auto kind = static_cast<std::size_t>(construction);
  const double interior_m2 = vmax(surfaces_floor_ratio * floor_m2 - envelope_m2, floor_m2);
  const double capacity_j_m2 = capacity_j_m2_k[kind] * floor_m2 / (envelope_m2 + interior_m2);  // of each wall, J/(m2 K)
  const double rest_m2_k_w = vmax(envelope_m2 / transmission_w_k - inner_film_m2_k_w - exterior_r1_m2_k_w, thinnest_rest_m2_k_w);
  return {.exterior = {envelope_m2, on_walls_w_m2_k, exterior_r1_m2_k_w / envelope_m2, capacity_j_m2 * envelope_m2},
          .interior = {interior_m2, on_interior_w_m2_k, interior_r1_m2_k_w[kind] / interior_m2, capacity_j_m2 * interior_m2},
          .rest_k_w = rest_m2_k_w / envelope_m2,
          .air_j_k = contents_j_m2_k * floor_m2};
}

void BuildingSpec::check(Problems& problems) const {
  if (windows.entries.size() > static_cast<std::size_t>(most_windows))
    problems.error("windows", "has " + std::to_string(windows.entries.size()) +
                                  " entries (a building takes 8); put windows of like orientation together");
  if (!two_elements && envelope_m2 / transmission_w_k < inner_film_m2_k_w + exterior_r1_m2_k_w + thinnest_rest_m2_k_w)
    problems.error("transmission",
                   "is more than its envelope can lose (U above 4.6 W/(m2 K)); lower it, or enlarge envelope_area");
}

void size_building(BuildingSpec& b, const Fluid& fluid, Problems& problems) {
  double glazed_m2 = 0;
  for (const auto& window : b.windows.entries) glazed_m2 += window.value.area_m2;
  const double storeys = static_cast<double>(b.storeys), footprint_m2 = b.floor_m2 / storeys;
  const double shell_m2 = 2 * footprint_m2 + 4 * vsqrt(footprint_m2) * b.storey_height_m * storeys;
  if (!(b.envelope_m2 > 0)) {
    b.envelope_m2 = shell_m2 - glazed_m2;
    if (!(b.envelope_m2 > 0)) {
      problems.error("windows",
                     "have more area than the envelope of a square building; correct their area, or give envelope_area");
      b.envelope_m2 = shell_m2;
    }
  }
  if (!(b.transmission_w_k > 0)) b.transmission_w_k = b.u_w_m2_k * b.envelope_m2;
  BuildingEmitter& e = b.emitter;
  const EmitterDefaults& usual = emitter_defaults[static_cast<std::size_t>(e.kind)];
  if (!(e.supply_c == e.supply_c)) e.supply_c = usual.supply_c;
  if (!(e.return_c == e.return_c)) e.return_c = usual.return_c;
  if (!(e.exponent == e.exponent)) e.exponent = usual.exponent;
  if (!(e.release_s == e.release_s)) e.release_s = usual.release_s;
  const double load_w = b.design_load_w();
  if (!(e.nominal_power_w > 0)) e.nominal_power_w = 1.1 * load_w;
  else if (e.nominal_power_w < load_w)
    problems.warn("emitter.nominal_power", "of " + in_kw(e.nominal_power_w) + " is below the design load of " + in_kw(load_w) +
                                               " at design_outdoor (rooms will be cold, and unmet heat be counted); raise it");
  if (b.connection && !(b.connection->max_flow_m3_s > 0) && e.supply_c > e.return_c)
    b.connection->max_flow_m3_s = e.nominal_power_w / (fluid.cp_j_kg_k * fluid.rho_kg_m3 * (e.supply_c - e.return_c));
}

}  // namespace hypocaust::plant
