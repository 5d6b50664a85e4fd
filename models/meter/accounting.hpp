// Books every component's ledger into the energies of a run. Each joule once; the identity is Energies::residual_j().
#pragma once
#include <span>
#include <vector>

#include "models/meter/energies.hpp"
#include "models/plant/component.hpp"

namespace hypocaust::meter {

// One component as the books see it.
struct Booking {
  plant::Accounts accounts;
  bool outside = false;  // beyond the data-centre boundary
};

// Adds one component's ledger of one (sub-)step.
// Electricity that is not in power_in leaves with the air that is blown (rejected) or stays in the plant room (lost).
inline void book(const Booking& booking, const plant::Ledger<double>& ledger, Energies& e) {
  using plant::Account;
  switch (booking.accounts.electricity) {
    case Account::pump:
      e.pump_j += ledger.electricity_j;
      if (booking.outside) e.pump_outside_j += ledger.electricity_j;
      break;
    case Account::fan:
      e.fan_j += ledger.electricity_j;
      break;
    case Account::heat_pump:
      e.heat_pump_j += ledger.electricity_j;
      if (booking.outside) e.heat_pump_outside_j += ledger.electricity_j;
      break;
    case Account::room_cooling:
      e.room_cooling_j += ledger.electricity_j;
      break;
    case Account::backup:
      e.backup_electricity_j += ledger.electricity_j;
      break;
    default:
      e.auxiliary_j += ledger.electricity_j;
      break;
  }
  // Backup's electricity brings its heat in (heat_in), and beside the water what is left of it.
  const bool backup = booking.accounts.electricity == Account::backup && ledger.electricity_j > 0;
  const double beside_j = ledger.electricity_j - (backup ? ledger.heat_in_j : ledger.power_in_j);
  const bool blows = booking.accounts.heat_out == Account::rejected;
  (blows ? e.rejected_j : e.lost_j) += beside_j;
  if (booking.accounts.heat_in == Account::backup) {
    e.backup_j += ledger.heat_in_j;
    e.plant_backup_j += backup ? ledger.electricity_j : ledger.heat_in_j;
    e.fuel_j += ledger.fuel_j;
  } else if (booking.accounts.heat_in == Account::ambient) {
    (ledger.heat_in_j >= 0 ? e.ambient_gain_j : e.lost_j) += vabs(ledger.heat_in_j);
  } else if (booking.accounts.heat_in == Account::supplied) {
    (ledger.heat_in_j >= 0 ? e.supplied_j : e.drawn_j) += vabs(ledger.heat_in_j);
  }
  if (booking.accounts.heat_out == Account::delivered) e.consumed_j += ledger.heat_out_j;
  else if (booking.accounts.heat_out == Account::drawn)
    (ledger.heat_out_j >= 0 ? e.drawn_j : e.supplied_j) += vabs(ledger.heat_out_j);
  else if (ledger.heat_out_j < 0) e.ambient_gain_j -= ledger.heat_out_j;
  else (blows ? e.rejected_j : e.lost_j) += ledger.heat_out_j;
}

// A heat user is booked at its connection: what it took there is consumed, whatever becomes of it. Of what happens behind, only its
// backup counts; gains, losses and stores behind the connection are the user's own.
inline void book_user(const Booking& booking, const plant::Ledger<double>& ledger, double taken_j, Energies& e) {
  e.consumed_j += taken_j;
  e.fuel_j += ledger.fuel_j;
  if (booking.accounts.electricity == plant::Account::backup) e.backup_electricity_j += ledger.electricity_j;
}

}  // namespace hypocaust::meter
