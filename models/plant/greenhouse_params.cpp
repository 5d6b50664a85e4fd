#include "models/plant/greenhouse_params.hpp"

#include "models/core/moist_air.hpp"

namespace hypocaust::plant {
namespace {
constexpr double cover_per_floor_frac = 1.29;  // the Dutch house of Vanthoor et al. 2011: 18,000 m2 over 14,000 m2
}

const Schema& GreenhouseParams::schema() {
  using P = GreenhouseParams;
  static const Schema s = describe<P>(
      "greenhouse", "Greenhouse: cover, screen, vents, leaves that turn sun into vapour, floor and heating.",
      {row<&P::connection>("connection", "", {}, "to the plant; left out: an ideal source serves it"),
       row<&P::backup>("backup", "", {}, "its own boiler, after recovered heat"),
       row<&P::area_m2>("area", "m2", {.need = required, .min = 1, .max = 1e7}, "floor"),
       row<&P::cover_m2>("cover", "m2", {.need = derived, .min = 1, .max = 2e7}, "roof and walls; derived: 1.29 x area"),
       row<&P::height_m>("height", "m", {.min = 1, .max = 20}, "mean height of the air"),
       row<&P::u_w_m2_k>("u_value", "W/(m2 K)", {.min = 0.3, .max = 12}, "of the cover at a wind of 4 m/s, sky included"),
       row<&P::transmittance_frac>("transmittance", "1", {.min = 0, .max = 1},
                                   "share of the sun on the floor's area that comes in"),
       row<&P::leakage_frac>("leakage", "1", {.min = 0, .max = 0.01}, "air that leaks a m2 of floor, over the wind"),
       row<&P::screen_saving_frac>("screen_saving", "1", {.min = 0, .max = 0.9},
                                   "share of the cover's loss the closed screen keeps back"),
       row<&P::screen_below_w_m2>("screen_below", "W/m2", {.min = 0, .max = 500}, "sun outside below which the screen closes"),
       row<&P::leaf_area>("leaf_area", "1", {.min = 0, .max = 8}, "m2 of leaves a m2 of floor; left out: 2.5"),
       row<&P::set_point>("set_point", "degC", {.need = required, .min = 1, .max = 35}, "air temperature kept by heating"),
       row<&P::screen>("screen", "1", {.min = 0, .max = 1}, "how far the screen may close; left out: 1"),
       row<&P::vents_above_k>("vents_above", "K", {.min = 0, .max = 20}, "above the set-point at which vents begin to open"),
       row<&P::vents_band_k>("vents_band", "K", {.min = 0.5, .max = 20}, "over which they open wide"),
       row<&P::vents_s_1>("vents_air_change", "1/h", {.min = 0, .max = 200}, "of wide open vents"),
       row<&P::humidity_frac>("humidity", "1", {.min = 0.3, .max = 1}, "relative humidity above which vents open to dry"),
       row<&P::drying_s_1>("drying_air_change", "1/h", {.min = 0, .max = 50}, "most outdoor air to dry"),
       row<&P::heat_capacity_j_m2_k>("heat_capacity", "kJ/(m2 K)", {.min = 3, .max = 1000},
                                     "of air, crop, pipes and frame a m2 of floor"),
       row<&P::floor_j_m2_k>("floor_capacity", "kJ/(m2 K)", {.min = 1, .max = 1e4}, "of the floor and what stands on it"),
       row<&P::floor_w_m2_k>("floor_transfer", "W/(m2 K)", {.min = 0, .max = 50}, "from air to floor"),
       row<&P::ground_w_m2_k>("ground_transfer", "W/(m2 K)", {.min = 0, .max = 10}, "from floor to the ground below"),
       row<&P::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e6},
                                "of the heating at its nominal point"),
       row<&P::nominal_supply_c>("nominal_supply", "degC", {.min = 15, .max = 130}, "into the pipes at the nominal point"),
       row<&P::nominal_return_c>("nominal_return", "degC", {.min = 12, .max = 130}, "out of them at the nominal point"),
       row<&P::nominal_air_c>("nominal_air", "degC", {.min = 1, .max = 40}, "around them at the nominal point"),
       row<&P::tolerance_k>("tolerance", "K", {.above = 0, .max = 20},
                            "below the set-point at which minutes of shortfall count")});
  return s;
}

void GreenhouseParams::check(Problems& problems) const {
  if (nominal_return_c <= nominal_air_c || nominal_supply_c <= nominal_return_c)
    problems.error(
        "nominal_return",
        "must lie between nominal_air and nominal_supply (the pipes would need no end of surface); correct one of them");
  if (cover_m2 < area_m2) problems.error("cover", "is smaller than `area` (a cover spans its floor); correct one of them");
}

void size_greenhouse(GreenhouseParams& p, const Fluid& primary, Problems&) {
  if (!(p.cover_m2 > 0)) p.cover_m2 = cover_per_floor_frac * p.area_m2;
  const double nominal_kg_s = p.nominal_power_w / (primary.cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
  if (p.connection && !(p.connection->max_flow_m3_s > 0)) p.connection->max_flow_m3_s = nominal_kg_s / primary.rho_kg_m3;
}

GreenhouseData<double> greenhouse_data(const GreenhouseParams& p, const Fluid& primary) {
  const double nominal_kg_s = p.nominal_power_w / (primary.cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
  const UserConnection connection = p.connection.value_or(UserConnection{});
  const double max_kg_s = connection.max_flow_m3_s > 0 ? connection.max_flow_m3_s * primary.rho_kg_m3 : nominal_kg_s;
  const double air_kg = p.area_m2 * p.height_m * dry_air_kg_m3;
  return {.area_m2 = p.area_m2,
          .cover_m2 = p.cover_m2,
          .air_kg = air_kg,
          .u_w_m2_k = p.u_w_m2_k,
          .transmittance_frac = p.transmittance_frac,
          .leakage_frac = p.leakage_frac,
          .saving_frac = p.screen_saving_frac,
          .screen_below_w_m2 = p.screen_below_w_m2,
          .vents_above_k = p.vents_above_k,
          .vents_band_k = p.vents_band_k,
          .vents_kg_s = p.vents_s_1 * air_kg,
          .humidity_frac = p.humidity_frac,
          .drying_kg_s = p.drying_s_1 * air_kg,
          .air_j_k = p.heat_capacity_j_m2_k * p.area_m2,
          .floor_j_k = p.floor_j_m2_k * p.area_m2,
          .floor_w_k = p.floor_w_m2_k * p.area_m2,
          .ground_w_k = p.ground_w_m2_k * p.area_m2,
          .k = connection.nominal_drop_pa / (max_kg_s * max_kg_s),
          .toe_kg_s = 0.01 * max_kg_s,
          .max_kg_s = max_kg_s,
          .nominal_kg_s = nominal_kg_s,
          .cp_j_kg_k = primary.cp_j_kg_k,
          .ua_w_k = nominal_kg_s * primary.cp_j_kg_k *
                    vlog((p.nominal_supply_c - p.nominal_air_c) / (p.nominal_return_c - p.nominal_air_c)),
          .power_w = p.nominal_power_w,
          .supply_c = p.nominal_supply_c,
          .tolerance_k = p.tolerance_k,
          .initial_c = p.nominal_air_c,
          .backup_w = !p.backup               ? 0
                      : p.backup->power_w > 0 ? p.backup->power_w
                                              : p.nominal_power_w,
          .backup_efficiency_frac = p.backup ? p.backup->efficiency_frac : 1};
}

}  // namespace hypocaust::plant
