#include "models/compute/supply.hpp"

#include "models/compute/power_chain.hpp"
#include "models/core/math.hpp"

namespace hypocaust::compute {

std::string_view phase_text(SupplyPhase::Kind phase) {
  static constexpr std::string_view list[] = {"fed from the grid", "on battery", "hosts shut down", "hosts off",
                                              "hosts start, group by group"};
  return list[phase];
}

Supply::Supply(const PowerSpec& power, const ComputeSpec& compute) : power_(&power) {
  for (const auto& [name, group] : compute.hosts.entries) {
    const double hosts = static_cast<double>(group.count), idle_w = hosts * server_power_w(group.server, {}),
                 peak_w = hosts * server_power_w(group.server, {.load_frac = 1.0});
    start_w_.push_back(group.start ? vmax(idle_w, hosts * group.start->power_w) : idle_w);
    most_it_w_ += peak_w, idle_it_w_ += idle_w;
  }
  for (const auto& [name, work_class] : compute.classes.entries)
    last_shed_ = work_class.shed > last_shed_ ? static_cast<int>(work_class.shed) : last_shed_;
  if (power.ups && power.ups->battery) stored_j_ = capacity_j_ = power.ups->battery->capacity_j;
  word_.groups_on = static_cast<int>(start_w_.size());
}

void Supply::go(SupplyPhase::Kind phase) {
  if (word_.phase == phase) return;
  word_.phase = phase, in_phase_s_ = 0, grid_back_s_ = 0, word_.overloaded = false;
  word_.groups_on = phase == SupplyPhase::off || phase == SupplyPhase::starting ? 0 : static_cast<int>(start_w_.size());
}

// Whether the battery feeds this IT power over a step and holds left_j afterwards.
bool Supply::lasts(double power_w, double dt_s, double left_j) const {
  return stored_j_ - (power_w + ups_loss_w(*power_, power_w)) * dt_s >= left_j;
}

// Whether hosts that draw what they drew in the step before ask more of the battery than it gives.
bool Supply::overloads(double carried_w) const {
  return capacity_j_ > 0 && it_w_ + ups_loss_w(*power_, it_w_) + carried_w > power_->ups->battery->power_w;
}

void Supply::lose_grid(const Outlook& outlook) {
  using P = SupplyPhase;
  const double dt_s = outlook.dt_s, carried_j = outlook.carried_w * dt_s;
  const double reserve_j = capacity_j_ > 0 ? power_->ups->battery->reserve_frac * capacity_j_ : 0.0;
  if (word_.phase == P::fed) go(P::on_battery);
  if (word_.phase == P::starting) go(P::off);
  if ((word_.phase == P::on_battery || word_.phase == P::shutting_down) && overloads(outlook.carried_w))
    go(P::off), word_.overloaded = true;
  if (word_.phase == P::on_battery && (outlook.fire_alarm || !lasts(most_it_w_, dt_s, reserve_j + carried_j)))
    go(P::shutting_down);
  if (word_.phase == P::shutting_down && (in_phase_s_ >= power_->failure.shut_down_s || !lasts(idle_it_w_, dt_s, carried_j)))
    go(P::off);
  if (word_.phase == P::on_battery && in_phase_s_ >= power_->failure.shed_after_s) {
    const double every_s = power_->failure.shed_every_s, since_s = in_phase_s_ - power_->failure.shed_after_s;
    const double order = every_s > 0 ? 1.0 + vfloor(since_s / every_s) : last_shed_;
    word_.classes_shed = static_cast<int>(vmin(order, last_shed_));
  }
  in_phase_s_ += dt_s;
}

void Supply::have_grid(const Outlook& outlook) {
  using P = SupplyPhase;
  word_.classes_shed = 0;
  if (outlook.fire_alarm) {
    if (word_.phase != P::off) go(P::shutting_down);
    if (in_phase_s_ >= power_->failure.shut_down_s) go(P::off);
    in_phase_s_ += outlook.dt_s;
    return;
  }
  if (word_.phase == P::on_battery || word_.phase == P::shutting_down) go(P::fed);
  if (word_.phase == P::off && grid_back_s_ >= power_->failure.restart_after_s) go(P::starting);
  grid_back_s_ += outlook.dt_s;
  if (word_.phase != P::starting) return;
  // One group a step, and only where the connection bears it beside what was drawn last.
  const auto next = static_cast<std::size_t>(word_.groups_on);
  if (next < start_w_.size() && !(outlook.drawn_w + start_w_[next] > power_->supply_limit_w)) ++word_.groups_on;
  if (word_.groups_on == static_cast<int>(start_w_.size())) go(P::fed);
}

const Supply::Word& Supply::look(const Outlook& outlook) {
  using P = SupplyPhase;
  grid_ = outlook.grid && !outlook.emergency_off;
  if (outlook.emergency_off) go(P::off), grid_back_s_ = 0, word_.classes_shed = 0;
  else if (outlook.grid) have_grid(outlook);
  else lose_grid(outlook);
  if (!grid_) grid_back_s_ = 0;
  if (word_.phase != P::on_battery) word_.classes_shed = 0;
  word_.plant_fed = grid_;
  word_.carried_fed = grid_ || ((word_.phase == P::on_battery || word_.phase == P::shutting_down) && !outlook.emergency_off);
  return word_;
}

Supply::Losses Supply::losses(const Loads& loads) {
  Losses out;
  it_w_ = loads.it_w;
  const bool ups_on = grid_ || word_.carried_fed;
  out.ups_w = ups_on ? ups_loss_w(*power_, loads.it_w) : 0.0;
  const double behind_w = loads.it_w + out.ups_w + loads.auxiliary_w + loads.plant_w;
  if (grid_ && capacity_j_ > 0) {
    const BatterySpec& battery = *power_->ups->battery;
    out.charge_w = vmin(battery.recharge_w, (capacity_j_ - stored_j_) / (battery.efficiency_frac * loads.dt_s));
    if (power_->supply_limit_w == power_->supply_limit_w)
      out.charge_w =
          vmin(out.charge_w, vmax(0.0, power_->supply_limit_w - transformer_loss_w(*power_, power_->supply_limit_w) - behind_w));
    out.battery_w = (1.0 - battery.efficiency_frac) * out.charge_w;
  }
  if (grid_) out.transformer_w = transformer_loss_w(*power_, behind_w + out.charge_w);
  const double ups_room_frac = power_->ups ? power_->ups->loss_to_room_frac : 1.0,
               transformer_room_frac = power_->transformer ? power_->transformer->loss_to_room_frac : 0.0;
  out.room_w = ups_room_frac * (out.ups_w + out.battery_w) + transformer_room_frac * out.transformer_w;
  out.outside_w = out.ups_w + out.battery_w + out.transformer_w - out.room_w;
  return out;
}

double Supply::settle(const Loads& loads, const Losses& losses, double carried_w) {
  const double power_w = grid_               ? losses.charge_w - losses.battery_w
                         : word_.carried_fed ? -(loads.it_w + losses.ups_w + carried_w)
                                             : 0.0;
  stored_j_ += power_w * loads.dt_s;
  return power_w * loads.dt_s;
}

}  // namespace hypocaust::compute
