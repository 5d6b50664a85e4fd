// The energies of a run, J, each booked once; docs/methods/kpi.md has the words and the identity.
#pragma once
#include <cstdint>

namespace hypocaust::meter {

struct Energies {
  // electricity
  double it_j = 0, ups_loss_j = 0, auxiliary_j = 0;   // at the servers' plug; lost in the UPS; named loads
  double transformer_loss_j = 0, battery_loss_j = 0;  // lost in the transformer, and when the battery is charged
  double battery_j = 0, grid_j = 0;                   // growth of what the battery holds; taken from the grid
  double pump_j = 0, fan_j = 0, heat_pump_j = 0, room_cooling_j = 0;
  double pump_outside_j = 0, heat_pump_outside_j = 0;  // the part of the two above beyond the data-centre boundary
  // heat
  double recovered_j = 0, delivered_j = 0, consumed_j = 0;  // into the reuse circuit; at the customer's meter; by heat users
  double rejected_j = 0, ambient_gain_j = 0, stored_j = 0, lost_j = 0;
  double demand_j = 0, backup_j = 0, unmet_j = 0;  // of heat users; backup: users' own and the plant's boilers
  double plant_backup_j = 0;                    // what boilers in series bring in: heat of the fired, electricity of the electric
  double fuel_j = 0, backup_electricity_j = 0;  // what backup takes
  double supplied_j = 0,
         drawn_j = 0;  // brought in and taken out by boundaries and prescribed sources, liquid counted from 0 degC
  // 0: no meter counts it (recovered then has no value). As wide as leaves no unnamed bytes in what studies store as it is.
  std::int32_t recovered_metered = 0, delivered_metered = 0;

  // All electricity of the site, the battery aside.
  double electricity_j() const {
    return it_j + ups_loss_j + transformer_loss_j + battery_loss_j + auxiliary_j + pump_j + fan_j + heat_pump_j + room_cooling_j +
           backup_electricity_j;
  }
  // What came in minus what went out or was kept; 0 but for round-off and what the plant's audit allows.
  double residual_j() const {
    return it_j + ups_loss_j + transformer_loss_j + battery_loss_j + auxiliary_j + pump_j + fan_j + heat_pump_j + room_cooling_j +
           plant_backup_j + ambient_gain_j + supplied_j - consumed_j - rejected_j - lost_j - drawn_j - stored_j;
  }
  double throughput_j() const {
    return it_j + ups_loss_j + transformer_loss_j + battery_loss_j + auxiliary_j + pump_j + fan_j + heat_pump_j + room_cooling_j +
           plant_backup_j + ambient_gain_j + supplied_j + consumed_j + rejected_j + lost_j + drawn_j;
  }
};

inline constexpr double Energies::*energy_members[] = {&Energies::it_j,
                                                       &Energies::ups_loss_j,
                                                       &Energies::auxiliary_j,
                                                       &Energies::pump_j,
                                                       &Energies::fan_j,
                                                       &Energies::heat_pump_j,
                                                       &Energies::room_cooling_j,
                                                       &Energies::pump_outside_j,
                                                       &Energies::heat_pump_outside_j,
                                                       &Energies::recovered_j,
                                                       &Energies::delivered_j,
                                                       &Energies::consumed_j,
                                                       &Energies::rejected_j,
                                                       &Energies::ambient_gain_j,
                                                       &Energies::stored_j,
                                                       &Energies::lost_j,
                                                       &Energies::demand_j,
                                                       &Energies::backup_j,
                                                       &Energies::unmet_j,
                                                       &Energies::plant_backup_j,
                                                       &Energies::fuel_j,
                                                       &Energies::supplied_j,
                                                       &Energies::drawn_j,
                                                       &Energies::backup_electricity_j,
                                                       &Energies::transformer_loss_j,
                                                       &Energies::battery_loss_j,
                                                       &Energies::battery_j,
                                                       &Energies::grid_j};

// sum += sign x part, number by number.
inline void add(Energies& sum, const Energies& part, double sign = 1.0) {
  for (double Energies::*member : energy_members) sum.*member += sign * part.*member;
}

}  // namespace hypocaust::meter
