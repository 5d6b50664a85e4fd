#include "models/plant/pool_params.hpp"

#include <array>

#include "models/core/fluids.hpp"
#include "models/core/moist_air.hpp"

namespace hypocaust::plant {
namespace {

constexpr double stefan_boltzmann_w_m2_k4 = 5.670374e-8, surface_c = 27.0;  // CODATA 2018; about which radiation is linear
constexpr double hour_s = 3600.0;
constexpr double usual_water_c = 28.0, usual_air_c = 30.0;  // where a set-point is a series
constexpr double filter_head_pa = 1.5e5, filter_efficiency = 0.65, most_rise_k = 5.0;
constexpr double most_warmed_k = 2.0;   // of the water in a minute
constexpr double ground_w_m2_k = 0.35;  // concrete with 100 mm of insulation
constexpr double fabric_j_k_m3 = 41e3;  // medium class of ISO 13790:2008, table 12 (165 kJ/(m2 K)), on a height of 4 m

double set_point_c(const Varying& set, double usual_c) {
  const double known_c = set.largest();  // of a calendar the warmer; NaN: a series, or not given
  return known_c == known_c ? known_c : usual_c;
}

void default_to(double& value, double derived_value) {
  if (!(value >= 0)) value = derived_value;
}

}  // namespace

std::span<const std::string_view> names(Evaporation) {
  static constexpr std::array<std::string_view, 2> list{"vdi_2089", "ashrae"};
  return list;
}

const Schema& PoolHall::schema() {
  using H = PoolHall;
  static const Schema s = describe<H>(
      "pool_hall", "The hall over a pool; left out, its air is held.",
      {row<&H::volume_m3>("volume", "m3", {.need = required, .above = 0, .max = 1e6}, "of the air"),
       row<&H::heat_loss_w_k>("heat_loss", "W/K", {.need = required, .min = 0, .max = 1e6}, "through walls, roof and windows"),
       row<&H::heat_capacity_j_k>("heat_capacity", "MJ/K", {.need = derived, .above = 0, .max = 1e7},
                                  "of air and fabric; derived: 41 kJ/K a m3 of the hall"),
       row<&H::heating_power_w>("heating_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                "of the air heater at the nominal point"),
       row<&H::nominal_supply_c>("nominal_supply", "degC", {.min = 20, .max = 130}, "into the air heater at the nominal point"),
       row<&H::nominal_return_c>("nominal_return", "degC", {.min = 20, .max = 130}, "out of it at the nominal point"),
       row<&H::heat_recovery_frac>("heat_recovery", "1", {.min = 0, .max = 0.95}, "of the ventilation, sensible heat"),
       row<&H::ventilation_max_m3_s>("ventilation_max", "m3/h", {.need = derived, .min = 0, .max = 1e6},
                                     "most outdoor air, to dry the hall; derived: none beyond `ventilation`"),
       row<&H::dehumidifier_kg_s>("dehumidifier", "kg/h", {.min = 0, .max = 1e5}, "water it can take out of the air"),
       row<&H::dehumidifier_j_kg>("dehumidifier_work", "kWh/kg", {.min = 0, .max = 10}, "electricity for each kg taken out"),
       row<&H::dehumidifier_to_water_frac>("dehumidifier_to_water", "1", {.min = 0, .max = 1},
                                           "share of its heat that warms the water; the rest warms the hall"),
       row<&H::comfort_tolerance_k>("comfort_tolerance", "K", {.above = 0, .max = 20},
                                    "below the set-point of the air at which minutes of shortfall count")});
  return s;
}

const Schema& PoolParams::schema() {
  using P = PoolParams;
  constexpr Options transfer{.need = derived, .min = 0, .max = 200};
  constexpr Options factor{.need = derived, .min = 0, .max = 3};
  constexpr Options share{.min = 0, .max = 1};
  constexpr Options set_point{.need = required, .min = 1, .max = 45};
  static const Schema s = describe<P>(
      "pool", "Indoor pool and its hall: the water and the air keep their own temperature.",
      {row<&P::connection>("connection", "", {}, "to the plant; left out: an ideal source serves the pool"),
       row<&P::backup>("backup", "", {}, "the pool's own boiler, after recovered heat"),
       row<&P::hall>("hall", "", {}, "the hall; left out: its air is held at air_temperature and humidity"),
       row<&P::area_m2>("area", "m2", {.need = required, .min = 1, .max = 1e5}, "water surface"),
       row<&P::volume_m3>("volume", "m3", {.need = required, .min = 0.1, .max = 1e6}, "water in basin and balance tank"),
       row<&P::evaporation>("evaporation", "", {.need = required}, "which law: they differ by a factor of up to 2"),
       row<&P::rest_m_s>("rest_transfer", "m/h", transfer, "vdi_2089: coefficient at rest; derived: 7 m/h"),
       row<&P::in_use_m_s>("in_use_transfer", "m/h", transfer,
                           "vdi_2089: in full use: 28 m/h sport, 40 leisure, 50 waves; derived: 28 m/h"),
       row<&P::covered_m_s>("covered_transfer", "m/h", transfer, "vdi_2089: under the cover; derived: 0.7 m/h"),
       row<&P::rest_factor>("rest_activity", "1", factor, "ashrae: activity factor at rest; derived: 0.5"),
       row<&P::in_use_factor>("in_use_activity", "1", factor,
                              "ashrae: in full use: 0.65 club, 0.8 hotel, 1 public, 1.5 and more waves; derived: 1"),
       row<&P::covered_factor>("covered_activity", "1", factor, "ashrae: under the cover; derived: 0.05"),
       row<&P::water_temperature>("water_temperature", "degC", set_point, "set-point of the water"),
       row<&P::air_temperature>("air_temperature", "degC", set_point, "set-point of the hall; without a hall: its air"),
       row<&P::humidity>("humidity", "1", {.need = required, .above = 0, .max = 1},
                         "relative humidity that is not to be passed; without a hall: that of the air"),
       row<&P::occupancy>("occupancy", "1", share, "0 at rest to 1 in full use; left out: 0"),
       row<&P::cover>("cover", "1", share, "share of the surface that is covered; left out: 0"),
       row<&P::bathers>("bathers", "1", {.min = 0, .max = 1e5}, "people in the water; left out: 0"),
       row<&P::make_up>("make_up", "m3/h", {.min = 0, .max = 1e4}, "fresh water beside what evaporates; left out: 0"),
       row<&P::backwash>("backwash", "m3/h", {.min = 0, .max = 1e4}, "water drained to wash the filters; left out: 0"),
       row<&P::make_up_temperature>("make_up_temperature", "degC", {.min = 1, .max = 40}, "of fresh water; left out: 10 degC"),
       row<&P::filtration>("filtration", "1", {.min = 0, .max = 1.5}, "share of the filtration flow; left out: 1"),
       row<&P::ventilation>("ventilation", "m3/h", {.min = 0, .max = 1e6}, "least outdoor air of the hall; left out: 0"),
       row<&P::charge>("charge", "1", share, "share of store_band that may be used now; left out: 1"),
       row<&P::store_band_k>("store_band", "K", {.min = 0, .max = 5}, "above the set-point, filled by recovered heat"),
       row<&P::comfort_tolerance_k>("comfort_tolerance", "K", {.above = 0, .max = 20},
                                    "below the set-point of the water at which minutes of shortfall count"),
       row<&P::initial_c>("initial", "degC", {.need = derived, .min = 1, .max = 45}, "of the water; derived: its set-point"),
       row<&P::waste_recovery_frac>("waste_recovery", "1", {.min = 0, .max = 0.95},
                                    "heat recovered from drained water for make_up and bathers' fresh water"),
       row<&P::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                "of the water's exchanger at the nominal point"),
       row<&P::nominal_supply_c>("nominal_supply", "degC", {.min = 20, .max = 130}, "into the exchanger at the nominal point"),
       row<&P::nominal_return_c>("nominal_return", "degC", {.min = 20, .max = 130}, "out of it at the nominal point"),
       row<&P::filtration_m3_s>("filtration_flow", "m3/h", {.need = derived, .above = 0, .max = 1e5},
                                "through filters and exchanger; derived: the volume in 5 h, or what nominal_power warms by 5 K"),
       row<&P::filtration_power_w>("filtration_power", "kW", {.need = derived, .min = 0, .max = 1e4},
                                   "of the filter pump; derived: 1.5 bar at an efficiency of 65 %"),
       row<&P::pump_heat_frac>("pump_heat", "1", share, "share of the pump's electricity that ends in the water"),
       row<&P::ground_loss_w_k>("ground_loss", "W/K", {.need = derived, .min = 0, .max = 1e6},
                                "from the basin to the ground; derived: 0.35 W/(m2 K) on floor and walls of a square basin"),
       row<&P::surface_w_m2_k>("surface_transfer", "W/(m2 K)", {.min = 0, .max = 100}, "by convection from water to air"),
       row<&P::emissivity>("emissivity", "1", share, "product of those of water and walls; 0: no radiation"),
       row<&P::cover_insulation_frac>("cover_insulation", "1", share, "share of convection and radiation a cover keeps back"),
       row<&P::bather_heat_w>("bather_heat", "W", {.min = 0, .max = 1000}, "of a person in the water"),
       row<&P::bather_m3_s>("bather_fresh_water", "l/h", {.min = 0, .max = 1000}, "of a person in the water")});
  return s;
}

void PoolParams::check(Problems& problems) const {
  const bool vdi = evaporation == Evaporation::vdi_2089;
  for (const auto& [key, value] : {std::pair{"rest_transfer", rest_m_s}, std::pair{"in_use_transfer", in_use_m_s},
                                   std::pair{"covered_transfer", covered_m_s}})
    if (!vdi && value == value)
      problems.error(key,
                     "does not go with `evaporation: ashrae` (it takes activity factors); write the key that ends in _activity");
  for (const auto& [key, value] : {std::pair{"rest_activity", rest_factor}, std::pair{"in_use_activity", in_use_factor},
                                   std::pair{"covered_activity", covered_factor}})
    if (vdi && value == value)
      problems.error(
          key, "does not go with `evaporation: vdi_2089` (it takes coefficients in m/h); write the key that ends in _transfer");
  if (volume_m3 < 0.05 * area_m2)
    problems.error("volume", "is less than 0.05 m of water on the area (a basin is deeper); correct volume or area");
  if (nominal_power_w * 60 > most_warmed_k * 4.18e6 * volume_m3)
    problems.error(
        "volume",
        "is too small for nominal_power (the exchanger would warm the water by more than 2 K in a minute); correct one of them");
  if (ventilation.given() && !hall) problems.error("ventilation", "has no hall (its air is held); add `hall:` or remove it");
}

void size_pool(PoolParams& p, const Fluid& primary, Problems& problems) {
  const bool vdi = p.evaporation == Evaporation::vdi_2089;
  const double water_c = set_point_c(p.water_temperature, usual_water_c), air_c = set_point_c(p.air_temperature, usual_air_c);
  if (vdi) default_to(p.rest_m_s, 7 / hour_s), default_to(p.in_use_m_s, 28 / hour_s), default_to(p.covered_m_s, 0.7 / hour_s);
  else default_to(p.rest_factor, 0.5), default_to(p.in_use_factor, 1.0), default_to(p.covered_factor, 0.05);
  default_to(p.initial_c, water_c);
  const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = water_c});
  const double water_j_m3_k = water.rho_kg_m3 * water.cp_j_kg_k;
  default_to(p.filtration_m3_s, vmax(p.volume_m3 / (5 * hour_s), p.nominal_power_w / (water_j_m3_k * most_rise_k)));
  default_to(p.filtration_power_w, p.filtration_m3_s * filter_head_pa / filter_efficiency);
  default_to(p.ground_loss_w_k, ground_w_m2_k * (p.area_m2 + 4 * p.volume_m3 / vsqrt(p.area_m2)));
  if (p.nominal_return_c <= water_c || p.nominal_supply_c <= p.nominal_return_c)
    problems.error("nominal_return",
                   "must lie between the water's set-point and nominal_supply (the exchanger would need no end of "
                   "surface); correct one of them");
  else if (water_c + p.nominal_power_w / (p.filtration_m3_s * water_j_m3_k) >= p.nominal_supply_c)
    problems.error("filtration_flow",
                   "is too small for nominal_power (the water would leave above nominal_supply); give more flow or "
                   "less power");
  double max_kg_s = p.nominal_power_w / (primary.cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
  if (p.hall) {
    PoolHall& h = *p.hall;
    default_to(h.heat_capacity_j_k, fabric_j_k_m3 * h.volume_m3);
    default_to(h.ventilation_max_m3_s, 0);
    if (h.nominal_return_c <= air_c || h.nominal_supply_c <= h.nominal_return_c)
      problems.error("hall.nominal_return",
                     "must lie between the air's set-point and nominal_supply (the heater would need no end of "
                     "surface); correct one of them");
    max_kg_s += h.heating_power_w / (primary.cp_j_kg_k * (h.nominal_supply_c - h.nominal_return_c));
  }
  if (p.connection) default_to(p.connection->max_flow_m3_s, max_kg_s / primary.rho_kg_m3);
}

PoolData<double> pool_data(const PoolParams& p, const Fluid& primary) {
  const double water_c = set_point_c(p.water_temperature, usual_water_c), air_c = set_point_c(p.air_temperature, usual_air_c);
  const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = water_c});
  const bool vdi = p.evaporation == Evaporation::vdi_2089;
  const PoolHall hall = p.hall.value_or(
      PoolHall{.volume_m3 = 1, .heat_loss_w_k = 0, .heat_capacity_j_k = 1, .heating_power_w = 0, .ventilation_max_m3_s = 0});
  PoolData<double> d{};
  d.area_m2 = p.area_m2, d.vdi_on = vdi ? 1 : 0, d.hall_on = p.hall ? 1 : 0;
  d.rest_value = vdi ? p.rest_m_s : p.rest_factor, d.in_use_value = vdi ? p.in_use_m_s : p.in_use_factor,
  d.covered_value = vdi ? p.covered_m_s : p.covered_factor;
  d.water_j_kg_k = water.cp_j_kg_k, d.water_kg_m3 = water.rho_kg_m3;
  d.water_j_k = p.volume_m3 * water.rho_kg_m3 * water.cp_j_kg_k, d.vapour_j_kg = vapour_enthalpy_j_kg(water_c);
  d.initial_c = p.initial_c, d.initial_air_c = air_c, d.store_band_k = p.store_band_k;
  d.tolerance_k = p.comfort_tolerance_k, d.air_tolerance_k = hall.comfort_tolerance_k;
  // The water's exchanger, counterflow between the primary stream and the filtered water.
  d.cp_j_kg_k = primary.cp_j_kg_k, d.supply_c = p.nominal_supply_c, d.water_power_w = p.nominal_power_w;
  d.water_kg_s = p.nominal_power_w / (primary.cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
  d.filtration_w_k = p.filtration_m3_s * water.rho_kg_m3 * water.cp_j_kg_k;
  const double far_k = p.nominal_supply_c - water_c - p.nominal_power_w / d.filtration_w_k, near_k = p.nominal_return_c - water_c;
  d.water_ua_w_k = p.nominal_power_w / (vabs(far_k / near_k - 1) < 1e-6 ? near_k : (far_k - near_k) / vlog(far_k / near_k));
  // The air heater, in a hall of one temperature.
  d.air_power_w = hall.heating_power_w;
  d.air_kg_s = hall.heating_power_w / (primary.cp_j_kg_k * (hall.nominal_supply_c - hall.nominal_return_c));
  d.air_ua_w_k = d.air_kg_s * primary.cp_j_kg_k * vlog((hall.nominal_supply_c - air_c) / (hall.nominal_return_c - air_c));
  const UserConnection connection = p.connection.value_or(UserConnection{});
  d.max_kg_s = connection.max_flow_m3_s > 0 ? connection.max_flow_m3_s * primary.rho_kg_m3 : d.water_kg_s + d.air_kg_s;
  d.k = connection.nominal_drop_pa / (d.max_kg_s * d.max_kg_s), d.toe_kg_s = 0.01 * d.max_kg_s;
  d.pump_w = p.filtration_power_w, d.pump_heat_frac = p.pump_heat_frac, d.ground_w_k = p.ground_loss_w_k;
  const double surface_k = kelvin_from_c(surface_c);
  d.surface_w_k =
      p.area_m2 * (p.surface_w_m2_k + p.emissivity * 4 * stefan_boltzmann_w_m2_k4 * surface_k * surface_k * surface_k);
  d.cover_insulation_frac = p.cover_insulation_frac, d.bather_heat_w = p.bather_heat_w, d.bather_m3_s = p.bather_m3_s;
  d.waste_recovery_frac = p.waste_recovery_frac;
  d.backup_efficiency_frac = p.backup ? p.backup->efficiency_frac : 1;
  d.backup_w = !p.backup ? 0 : p.backup->power_w > 0 ? p.backup->power_w : d.water_power_w + d.air_power_w;
  d.air_kg = hall.volume_m3 * dry_air_kg_m3, d.air_j_k = hall.heat_capacity_j_k, d.outdoor_w_k = hall.heat_loss_w_k;
  d.air_recovery_frac = hall.heat_recovery_frac, d.most_outdoor_kg_s = hall.ventilation_max_m3_s * dry_air_kg_m3;
  d.dryer_kg_s = hall.dehumidifier_kg_s, d.dryer_j_kg = hall.dehumidifier_j_kg,
  d.dryer_to_water_frac = hall.dehumidifier_to_water_frac;
  return d;
}

}  // namespace hypocaust::plant
