#include "models/plant/hot_water_params.hpp"

#include <array>

#include "models/demand/hot_water_law.hpp"

namespace hypocaust::plant {
namespace {

constexpr double usual_set_c = 60.0, hygienic_c = 60.0;
constexpr double store_loss_w_k_m = 1.5;  // for each metre of a cube's edge squared: 100 mm of insulation
constexpr double no_limit_w = 1e12;
constexpr double most_warmed_k = 30.0;  // of a whole store in a minute

double set_c(const HotWaterParams& p) {
  return p.set_temperature.series.empty() && p.set_temperature.given() ? p.set_temperature.constant : usual_set_c;
}
void default_to(double& value, double derived_value) {
  if (!(value >= 0)) value = derived_value;
}
double log_mean_k(double one_k, double other_k) {
  return vabs(one_k / other_k - 1) < 1e-6 ? one_k : (one_k - other_k) / vlog(one_k / other_k);
}

}  // namespace

std::span<const std::string_view> names(HotWaterSystem) {
  static constexpr std::array<std::string_view, 2> list{"store", "instantaneous"};
  return list;
}
std::span<const std::string_view> names(Hygiene) {
  static constexpr std::array<std::string_view, 3> list{"none", "hot_store", "periodic"};
  return list;
}
std::span<const std::string_view> names(TopUpKind) {
  static constexpr std::array<std::string_view, 2> list{"gas", "electric"};
  return list;
}

const Schema& TopUpSpec::schema() {
  using T = TopUpSpec;
  static const Schema s = describe<T>(
      "top_up", "Heats hot water up to its set-point, after recovered heat.",
      {row<&T::kind>("kind", "", {.need = required}, "what it turns into heat"),
       row<&T::power_w>("power", "kW", {.above = 0, .max = 1e6}, "largest heat; left out: no limit"),
       row<&T::efficiency_frac>("efficiency", "1", {.need = derived, .above = 0, .max = 1.1},
                                "heat over fuel (lower heating value) or electricity; derived: gas 0.9, electric 0.99")});
  return s;
}
void TopUpSpec::check(Problems& problems) const {
  if (kind == TopUpKind::electric && efficiency_frac > 1)
    problems.error("efficiency", "is above 1 (an electric heater makes no more heat than it draws); lower it");
}

const Schema& HotWaterParams::schema() {
  using P = HotWaterParams;
  static const Schema s = describe<P>(
      "hot_water", "Hot water: draw-offs, store or exchanger, circulation loop, top-up.",
      {row<&P::connection>("connection", "", {}, "to the plant; left out: an ideal source serves it"),
       row<&P::top_up>("top_up", "", {}, "boiler or heater after recovered heat"),
       row<&P::system>("system", "", {.need = required}, "a store with a coil, or an exchanger at the moment of drawing"),
       row<&P::hygiene>("hygiene", "", {.need = required},
                        "against legionella: hot_store keeps 60 degC; periodic heats the whole store now and then; none"),
       row<&P::draw>("draw", "m3/h", {.min = 0, .max = 1e5}, "drawn at draw_temperature; or draw_power, profile, events"),
       row<&P::draw_power>("draw_power", "kW", {.min = 0, .max = 1e6}, "heat drawn, above cold water"),
       row<&P::profile>("profile", "", {}, "draw-offs that repeat week by week"),
       row<&P::events>("events", "", {}, "draw-offs at random"),
       row<&P::cold_water>("cold_water", "degC", {.min = 1, .max = 30}, "of the mains; left out: the ground's temperature"),
       row<&P::set_temperature>("set_temperature", "degC", {.min = 30, .max = 90}, "held by the top-up; left out: 60 degC"),
       row<&P::draw_temperature_c>("draw_temperature", "degC", {.min = 25, .max = 70}, "of mixed water at the tap"),
       row<&P::scald_limit_c>("scald_limit", "degC", {.min = 35, .max = 90},
                              "to which water is mixed before it leaves for the taps"),
       row<&P::volume_m3>("volume", "l", {.need = derived, .min = 5, .max = 1e7},
                          "of the store; derived: 50 l a kW of nominal_power"),
       row<&P::loss_w_k>("loss", "W/K", {.need = derived, .min = 0, .max = 1e5},
                         "of the store to its room; derived: 1.5 W/K a m2 of the side of a cube"),
       row<&P::ambient_c>("ambient", "degC", {.min = -20, .max = 45}, "of the room around store and loop"),
       row<&P::initial_c>("initial", "degC", {.min = 1, .max = 95}, "of the store"),
       row<&P::nominal_power_w>("nominal_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                "from the plant at the nominal point"),
       row<&P::nominal_supply_c>("nominal_supply", "degC", {.min = 15, .max = 130},
                                 "into coil or exchanger at the nominal point"),
       row<&P::nominal_return_c>("nominal_return", "degC", {.min = 12, .max = 130}, "out of it at the nominal point"),
       row<&P::nominal_cold_c>("nominal_cold", "degC", {.min = 1, .max = 60},
                               "store: content around the coil; instantaneous: water entering, at the nominal point"),
       row<&P::nominal_outlet_c>("nominal_outlet", "degC", {.need = derived, .min = 10, .max = 95},
                                 "instantaneous: water leaving at the nominal point; derived: nominal_supply less 5 K"),
       row<&P::loop_loss_w_k>("loop_loss", "W/K", {.min = 0, .max = 1e5}, "of the circulation loop to its room; 0: no loop"),
       row<&P::loop_flow_m3_s>("loop_flow", "l/h", {.need = derived, .min = 0, .max = 1e7},
                               "of the circulation loop; derived: it cools by 4 K from 60 degC"),
       row<&P::disinfection_c>("disinfection_temperature", "degC", {.min = 55, .max = 90}, "periodic: of the whole store"),
       row<&P::disinfection_hold_s>("disinfection_hold", "min", {.above = 0, .max = 1440}, "periodic: how long it is kept"),
       row<&P::disinfection_every_s>("disinfection_every", "d", {.min = 0.5, .max = 60}, "periodic: from one to the next")});
  return s;
}

void HotWaterParams::check(Problems& problems) const {
  const int drawn = draw.given() + draw_power.given() + profile.has_value() + events.has_value();
  if (drawn != 1)
    problems.error("", std::to_string(drawn) +
                           " of draw, draw_power, profile and events are given (one says what is drawn); write one of them");
  if (system == HotWaterSystem::store && nominal_power_w * 60 > most_warmed_k * 4.18e6 * volume_m3)
    problems.error(
        "volume",
        "is too small for nominal_power (the coil would warm all of it by more than 30 K in a minute); enlarge it, lower "
        "nominal_power, or use `system: instantaneous`");
  if (scald_limit_c < draw_temperature_c)
    problems.error("scald_limit", "is below draw_temperature (no tap would reach it); raise it or lower draw_temperature");
  if (set_c(*this) < draw_temperature_c)
    problems.error("set_temperature", "is below draw_temperature (no draw-off would be met); raise it");
  if (hygiene == Hygiene::hot_store && set_c(*this) < hygienic_c)
    problems.error("set_temperature",
                   "is below 60 degC (`hygiene: hot_store` keeps the store above it); raise it, or use `hygiene: periodic`");
  if (hygiene == Hygiene::periodic && system == HotWaterSystem::instantaneous)
    problems.error("hygiene", "periodic heats a store (there is none); use hot_store, or `system: store`");
  if (hygiene == Hygiene::periodic && !top_up)
    problems.error("hygiene", "periodic needs a top-up (recovered heat does not reach disinfection_temperature); add `top_up:`");
  if (loop_loss_w_k > 0 && loop_flow_m3_s == 0)
    problems.error("loop_flow",
                   "is 0 (a loop that stands still loses nothing and keeps no tap warm); give its flow, or leave it out");
  if (nominal_return_c <= nominal_cold_c || nominal_supply_c <= nominal_return_c)
    problems.error("nominal_return",
                   "must lie between nominal_cold and nominal_supply (no surface would be large enough); correct one of them");
  if (nominal_outlet_c >= nominal_supply_c)
    problems.error("nominal_outlet", "is not below nominal_supply (no surface would be large enough); lower it");
}

void size_hot_water(HotWaterParams& p, const Fluid& primary, Problems&) {
  default_to(p.volume_m3, 50e-6 * p.nominal_power_w);
  default_to(p.loss_w_k, store_loss_w_k_m * vpow(p.volume_m3, 2.0 / 3));
  default_to(p.nominal_outlet_c, vmax(p.nominal_supply_c - 5, p.nominal_cold_c + 1));
  const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = usual_set_c});
  default_to(p.loop_flow_m3_s, p.loop_loss_w_k * (usual_set_c - p.ambient_c) / (4 * water.rho_kg_m3 * water.cp_j_kg_k));
  if (p.top_up) default_to(p.top_up->efficiency_frac, p.top_up->kind == TopUpKind::electric ? 0.99 : 0.9);
  const double nominal_kg_s = p.nominal_power_w / (primary.cp_j_kg_k * (p.nominal_supply_c - p.nominal_return_c));
  if (p.connection) default_to(p.connection->max_flow_m3_s, nominal_kg_s / primary.rho_kg_m3);
}

HotWaterData<double> hot_water_data(const HotWaterParams& p, const Fluid& primary) {
  const Fluid water = fluid_at({.kind = FluidKind::water, .t_c = 40});
  const double supply_k = p.nominal_supply_c - p.nominal_cold_c, return_k = p.nominal_return_c - p.nominal_cold_c;
  const double stream_w_k = p.nominal_power_w / (p.nominal_supply_c - p.nominal_return_c);
  HotWaterData<double> d{};
  d.store_on = p.system == HotWaterSystem::store, d.hot_store_on = p.hygiene == Hygiene::hot_store,
  d.periodic_on = p.hygiene == Hygiene::periodic, d.cold_given = p.cold_water.given();
  d.cp_j_kg_k = primary.cp_j_kg_k, d.supply_c = p.nominal_supply_c;
  const UserConnection connection = p.connection.value_or(UserConnection{});
  d.max_kg_s = connection.max_flow_m3_s > 0 ? connection.max_flow_m3_s * primary.rho_kg_m3 : stream_w_k / primary.cp_j_kg_k;
  d.k = connection.nominal_drop_pa / (d.max_kg_s * d.max_kg_s), d.toe_kg_s = 0.01 * d.max_kg_s;
  d.coil_ua_w_k = stream_w_k * vlog(supply_k / return_k) / demand::coil_layers;
  d.ua_w_k = p.nominal_power_w / log_mean_k(p.nominal_supply_c - p.nominal_outlet_c, return_k), d.approach_k = return_k;
  d.water_j_kg_k = water.cp_j_kg_k, d.water_kg_m3 = water.rho_kg_m3;
  d.layer_kg = p.volume_m3 * water.rho_kg_m3 / demand::layers, d.layer_loss_w_k = p.loss_w_k / demand::layers;
  d.ambient_c = p.ambient_c, d.initial_c = p.initial_c, d.draw_temperature_c = p.draw_temperature_c;
  d.scald_limit_c = p.scald_limit_c;
  d.top_up_w = !p.top_up ? 0 : p.top_up->power_w > 0 ? p.top_up->power_w : no_limit_w;
  d.top_up_efficiency_frac = p.top_up ? p.top_up->efficiency_frac : 1;
  d.electric_on = p.top_up && p.top_up->kind == TopUpKind::electric;
  d.loop_loss_w_k = p.loop_loss_w_k, d.loop_kg_s = p.loop_loss_w_k > 0 ? p.loop_flow_m3_s * water.rho_kg_m3 : 0;
  d.disinfection_c = p.disinfection_c, d.disinfection_hold_s = p.disinfection_hold_s,
  d.disinfection_every_s = p.disinfection_every_s;
  return d;
}

}  // namespace hypocaust::plant
