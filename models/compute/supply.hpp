// The site's supply over time: grid, UPS and battery, and what happens to hosts and plant when one of them is gone. Looked at before
// each step for what holds over it; booked for what it took. docs/methods/power_chain.md has the rules.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

struct SupplyPhase {
  enum Kind : int { fed, on_battery, shutting_down, off, starting };
};
std::string_view phase_text(SupplyPhase::Kind phase);

class Supply {
 public:
  Supply(const PowerSpec& power, const ComputeSpec& compute);

  struct Outlook {  // known before a step
    double dt_s;
    bool grid = true, fire_alarm = false, emergency_off = false;
    double drawn_w = 0;    // by the whole site in the step before
    double carried_w = 0;  // of it, by components of the plant that the UPS feeds
  };
  struct Word {  // what holds over the step
    SupplyPhase::Kind phase = SupplyPhase::fed;
    int classes_shed = 0, groups_on = 0;
    bool plant_fed = true, carried_fed = true;  // components of the plant: all, those the UPS feeds
    bool overloaded = false;                    // the battery was asked for more than it gives: why the hosts are off
  };
  const Word& look(const Outlook& outlook);

  struct Loads {  // of the step, before its plant is solved
    double dt_s, it_w, auxiliary_w;
    double plant_w = 0;  // electricity of the plant in the step before: what the transformer and the supply limit see
  };
  struct Losses {
    double ups_w = 0, battery_w = 0, transformer_w = 0;
    double room_w = 0, outside_w = 0;  // where their heat goes
    double charge_w = 0;               // taken from the grid for the battery
  };
  Losses losses(const Loads& loads);
  // The battery gives what IT, UPS and the components it carries took; nothing while the grid is there. Returns the growth of what
  // it holds over the step, J: charge and discharge together.
  double settle(const Loads& loads, const Losses& losses, double carried_w);

  double battery_frac() const { return capacity_j_ > 0 ? stored_j_ / capacity_j_ : 0.0; }
  const Word& word() const { return word_; }

 private:
  bool lasts(double power_w, double dt_s, double left_j) const;
  bool overloads(double carried_w) const;
  void lose_grid(const Outlook& outlook);
  void have_grid(const Outlook& outlook);
  void go(SupplyPhase::Kind phase);

  const PowerSpec* power_;
  std::vector<double> start_w_;  // of each host group: the most it draws at once when it is switched on
  double most_it_w_ = 0, idle_it_w_ = 0;
  double capacity_j_ = 0, stored_j_ = 0;
  double in_phase_s_ = 0, grid_back_s_ = 0;
  double it_w_ = 0;  // of the step before
  bool grid_ = true;
  int last_shed_ = 0;  // the largest `shed` of a class
  Word word_;
};

}  // namespace hypocaust::compute
