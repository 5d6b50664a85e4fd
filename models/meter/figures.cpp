#include "models/meter/figures.hpp"

namespace hypocaust::meter {

std::span<const EnergyFigure> energy_figures() {
  using E = Energies;
  static constexpr EnergyFigure list[] = {
      {"it", "electricity at the servers' plug", &E::it_j},
      {"ups_loss", "lost in the uninterruptible power supply", &E::ups_loss_j},
      {"transformer_loss", "lost in the transformer", &E::transformer_loss_j},
      {"battery_loss", "lost when the battery is charged", &E::battery_loss_j},
      {"battery", "growth of what the battery holds", &E::battery_j},
      {"grid", "electricity from the grid", &E::grid_j},
      {"pump", "electricity of pumps", &E::pump_j},
      {"fan", "electricity of dry-cooler fans", &E::fan_j},
      {"heat_pump", "electricity of heat pumps", &E::heat_pump_j},
      {"room_cooling", "electricity of room cooling units", &E::room_cooling_j},
      {"auxiliary", "electricity of named loads", &E::auxiliary_j},
      {"pump_outside", "electricity of pumps beyond the data-centre boundary", &E::pump_outside_j},
      {"heat_pump_outside", "electricity of heat pumps beyond it", &E::heat_pump_outside_j},
      {"recovered", "heat into the reuse circuit at the recovery exchanger", &E::recovered_j},
      {"delivered", "heat at the customer's meter", &E::delivered_j},
      {"consumed", "delivered heat that met demand", &E::consumed_j},
      {"rejected", "heat to outdoor air", &E::rejected_j},
      {"ambient_gain", "heat gained from surroundings", &E::ambient_gain_j},
      {"stored", "growth of the heat stored in the plant", &E::stored_j},
      {"lost", "heat lost to rooms and ground", &E::lost_j},
      {"demand", "heat that users wanted", &E::demand_j},
      {"backup", "heat from backup plant", &E::backup_j},
      {"unmet", "demand that nobody met", &E::unmet_j},
      {"fuel", "fuel burnt by backup plant", &E::fuel_j},
      {"backup_electricity", "electricity of backup plant", &E::backup_electricity_j},
      {"supplied", "heat brought in by boundaries and prescribed sources", &E::supplied_j},
      {"drawn", "heat taken out by boundaries and prescribed sources", &E::drawn_j},
  };
  return list;
}

std::span<const KpiFigure> kpi_figures() {
  using K = Kpis;
  static constexpr KpiFigure list[] = {
      {"pue", "facility / it, heat pump outside the boundary (ISO/IEC 30134-2)",
       [](const K& k) { return k.heat_pump_outside.pue_frac; }},
      {"erf", "reused / facility, heat pump outside (ISO/IEC 30134-6)", [](const K& k) { return k.heat_pump_outside.erf_frac; }},
      {"ere", "(facility - reused) / it, heat pump outside", [](const K& k) { return k.heat_pump_outside.ere_frac; }},
      {"pue_heat_pump_inside", "facility / it, heat pump inside the boundary",
       [](const K& k) { return k.heat_pump_inside.pue_frac; }},
      {"erf_heat_pump_inside", "reused / facility, heat pump inside", [](const K& k) { return k.heat_pump_inside.erf_frac; }},
      {"ere_heat_pump_inside", "(facility - reused) / it, heat pump inside",
       [](const K& k) { return k.heat_pump_inside.ere_frac; }},
      {"recovered_frac", "recovered / it", [](const K& k) { return k.recovered_frac; }},
      {"useful_heat_per_it", "delivered / it", [](const K& k) { return k.useful_heat_per_it_frac; }},
      {"share_consumed", "consumed / recovered", [](const K& k) { return k.share_consumed_frac; }},
      {"demand_met_frac", "(demand - unmet) / demand", [](const K& k) { return k.demand_met_frac; }},
      {"demand_recovered_frac", "consumed / demand", [](const K& k) { return k.demand_recovered_frac; }},
  };
  return list;
}

}  // namespace hypocaust::meter
