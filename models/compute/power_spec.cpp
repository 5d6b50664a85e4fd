// The schema tables of power: from the grid to the servers' plugs.
#include <cmath>
#include <string>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

std::span<const std::string_view> names(LossLaw) {
  static constexpr std::string_view list[] = {"straight", "square"};
  return list;
}

const Schema& BatterySpec::schema() {
  using B = BatterySpec;
  static const Schema s = describe<B>(
      "battery", "Battery of the UPS; full at the start.",
      {row<&B::capacity_j>("capacity", "kWh", {.need = required, .above = 0, .max = 1e6},
                           "what it gives out between full and empty"),
       row<&B::recharge_w>("recharge", "kW", {.need = required, .above = 0, .max = 1e6},
                           "taken from the grid while it is not full"),
       row<&B::efficiency_frac>("efficiency", "1", {.min = 0.5, .max = 1},
                                "given out over taken in; the rest is heat while it charges"),
       row<&B::reserve_frac>("reserve", "1", {.min = 0, .max = 1}, "of the capacity: at this level the hosts begin to shut down"),
       row<&B::power_w>("power", "kW", {.above = 0, .max = 1e6},
                        "the most it gives; asked for more, it trips and the hosts are off; "
                        "left out: whatever is asked")});
  return s;
}

void UpsSpec::derive(Problems&) {
  if (efficiencies_frac.size() == 4 && std::isnan(efficiency_frac)) efficiency_frac = efficiencies_frac.back();
  if (std::isnan(no_load_loss_w)) no_load_loss_w = 0.25 * nominal_power_w * (1.0 / efficiency_frac - 1.0);
}

void UpsSpec::check(Problems& problems) const {
  if (!efficiencies_frac.empty() && efficiencies_frac.size() != 4)
    problems.error("efficiencies", std::to_string(efficiencies_frac.size()) +
                                       " values (four are needed, at 25, 50, 75 and 100 % of nominal power)");
  if (efficiencies_frac.empty() && std::isnan(efficiency_frac))
    problems.error("efficiency", "missing; give the efficiency at nominal power, or `efficiencies` at 25, 50, 75 and 100 %");
  if (efficiencies_frac.empty() && no_load_loss_w > nominal_power_w * (1.0 / efficiency_frac - 1.0))
    problems.error("no_load_loss", "larger than the loss at nominal power (loss grows with load); lower it or the efficiency");
  if (!efficiencies_frac.empty() && law == LossLaw::square)
    problems.error("law", "goes with `efficiency` (four efficiencies say the losses themselves); remove one of them");
  if (!battery && !carries.empty())
    problems.error("carries", "goes with `battery` (nothing is carried without one); add it, or remove the list");
}

const Schema& UpsSpec::schema() {
  static const Schema s = describe<UpsSpec>(
      "ups", "Uninterruptible power supply between the grid and the servers.",
      {row<&UpsSpec::nominal_power_w>("nominal_power", "W", {.need = required, .above = 0}, "nominal output"),
       row<&UpsSpec::efficiency_frac>("efficiency", "1", {.need = derived, .above = 0, .max = 1},
                                      "efficiency at nominal power; derived: last of `efficiencies`"),
       row<&UpsSpec::no_load_loss_w>("no_load_loss", "W", {.need = derived, .min = 0},
                                     "loss without load; derived: a quarter of the loss at nominal power"),
       row<&UpsSpec::efficiencies_frac>("efficiencies", "1", {.above = 0, .max = 1},
                                        "efficiency at 25, 50, 75 and 100 % of nominal power"),
       row<&UpsSpec::law>("law", "", {}, "the rest of the loss grows with the load, or with its square"),
       row<&UpsSpec::loss_to_room_frac>("loss_to_room", "1", {.min = 0, .max = 1},
                                        "share of its loss (and the battery's) that is heat in the room; the rest is outside"),
       row<&UpsSpec::battery>("battery", "", {}, "without it the hosts fail with the grid"),
       row<&UpsSpec::carries>("carries", "", {.scope = "part of the plant"},
                              "pumps and fans that it feeds too while the battery lasts")});
  return s;
}

const Schema& TransformerSpec::schema() {
  using T = TransformerSpec;
  static const Schema s = describe<T>(
      "transformer", "Between the grid and everything on the site: loss = no-load loss + load loss x (load / nominal power)^2.",
      {row<&T::nominal_power_w>("nominal_power", "W", {.need = required, .above = 0}, "rated power"),
       row<&T::no_load_loss_w>("no_load_loss", "W", {.need = required, .min = 0}, "loss of the core, at any load"),
       row<&T::load_loss_w>("load_loss", "W", {.need = required, .min = 0}, "loss of the windings at nominal power"),
       row<&T::loss_to_room_frac>("loss_to_room", "1", {.min = 0, .max = 1},
                                  "share of its loss that is heat in the room; the rest is outside")});
  return s;
}

const Schema& SupplyFailureSpec::schema() {
  using F = SupplyFailureSpec;
  static const Schema s = describe<F>(
      "supply failure", "What is done when the grid fails (a fault of kind grid_outage), and when it is back.",
      {row<&F::shed_after_s>("shed_after", "s", {.min = 0, .max = 86400}, "until the class with `shed: 1` is shed"),
       row<&F::shed_every_s>("shed_every", "s", {.min = 0, .max = 86400}, "between one class and the next"),
       row<&F::shut_down_s>("shut_down", "s", {.min = 0, .max = 86400}, "hosts idle so long, without work, before they are off"),
       row<&F::restart_after_s>("restart_after", "s", {.min = 0, .max = 2592000},
                                "the grid must have been back so long before hosts are switched on, one group a step")});
  return s;
}

const Schema& PowerSpec::schema() {
  static const Schema s = describe<PowerSpec>(
      "power", "From the grid to the boards.",
      {row<&PowerSpec::supply_limit_w>(
           "supply_limit", "W", {.above = 0},
           "what the grid connection grants: exceeding it is reported; recharging and restarting hosts wait for it"),
       row<&PowerSpec::transformer>("transformer", "", {}, "without it nothing is lost before the UPS"),
       row<&PowerSpec::ups>("ups", "", {}, "uninterruptible supply; without it nothing is lost before the servers"),
       row<&PowerSpec::failure>("failure", "", {}, "what is done when the grid fails"),
       row<&PowerSpec::loads>("loads", "W", {.min = 0, .scope = "load"},
                              "named loads beside IT and cooling: lighting, switchgear, ventilation"),
       row<&PowerSpec::loads_to_room_frac>("loads_to_room", "1", {.min = 0, .max = 1},
                                           "share of the loads' heat that reaches the room")});
  return s;
}

}  // namespace hypocaust::compute
