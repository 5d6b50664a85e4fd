// The year loop, written once: compute and plant advance together, step by step.
#pragma once
#include <cstdint>
#include <functional>
#include <vector>

#include "models/compute/supply.hpp"
#include "models/meter/energies.hpp"
#include "sim/compute/compute_side.hpp"
#include "sim/run/fluid_watch.hpp"
#include "sim/run/months.hpp"
#include "sim/run/quarter_hours.hpp"
#include "sim/run/site.hpp"
#include "sim/run/stage_clock.hpp"
#include "sim/run/user_figures.hpp"
#include "sim/run/year_record.hpp"

namespace hypocaust::run {

// The plant asked for throttled or shed compute while the compute side came from a stored trace: the trace is void.
struct TraceVoid {
  std::int64_t step;
  std::string why;  // "guard `hot` throttles compute"
};

// A prescribed consumer over the recorded time, J. short_j: what it did not get, step by step.
struct ConsumerYear {
  std::string name;
  int component = -1;
  double requested_j = 0, taken_j = 0, short_j = 0;
};

struct YearResult {
  meter::Energies energies;                 // of the recorded time
  std::vector<meter::Energies> by_month;    // recorded calendar months (UTC), in order
  std::vector<std::int64_t> month_start_s;  // since the start
  std::vector<Event> events;
  std::vector<UserFigures> users;
  QuarterHourTable quarter_hours;
  std::vector<ConsumerYear> consumers;
  std::vector<std::string> fluid_notes;
  double worst_step_frac = 0, year_frac = 0;
  double coolant_worst_c = -1e9;
  int coolant_worst = -1;               // index into Site::coolant_limits
  std::vector<double> thermal_worst_c;  // highest of each of Site::thermal_limits
  double minutes_over_limit = 0, minutes_unmet = 0, mean_hydraulic_iterations = 0;
  std::int64_t fallback_steps = 0;
  double largest_supply_w = 0;  // mean power drawn from the grid over the worst step
};

class YearLoop {
 public:
  using Sink = std::function<void(std::span<const double>)>;  // takes each recorded row
  // feedback_allowed: false for a stored trace; then the first throttling step throws TraceVoid.
  // record: null for a study that takes what it needs after each step.
  YearLoop(Site& site, compute::ComputeSide& compute, YearRecord* record, bool feedback_allowed);
  // Runs warm-up and recorded time. each_hour is called every simulated hour (interrupts, progress).
  // Throws PhysicsError when a solve fails or a balance does not close.
  YearResult run(const Sink& sink, const std::function<void(std::int64_t step)>& each_hour);
  const StageClock& stages() const { return clock_; }

  // The parts of run(), for a study that leaves the year at some step: start(), then advance(k) for k from -warm_up_steps on, in
  // order. Past the recorded time weather, schedules and demand are those of the recorded time again, from its beginning.
  void start();
  void advance(std::int64_t k);
  const meter::Energies& last_step() const { return step_; }
  double throttle_frac() const { return throttle_frac_; }                 // that compute was allowed over the last step
  const compute::Supply::Word& supply() const { return supply_.word(); }  // that held over the last step
  const YearResult& so_far() const { return result_; }
  void count_anew();                          // the result from here on
  void count_quarters(std::int64_t from_s) {  // /quarter_hours from that time since the start on
    quarter_hours_.begin_anew(from_s), counts_quarters_ = true;
  }
  QuarterHourTable quarters() { return quarter_hours_.so_far(); }  // what was counted, once
  void record_into(YearRecord* record) { record_ = record; }       // from the next step on
  YearResult finish();                                             // of what was counted

 private:
  double stored_j() const;
  void step(std::int64_t k);
  compute::PlantFeedback feedback(std::int64_t k);
  void sense_inlets();
  void set_demand(const weather::WeatherStep& weather, std::int64_t utc_s);
  void plant_steps(std::int64_t k, const weather::WeatherStep& weather);
  void log_modes(std::int64_t time_s);
  void account(double dt_s, const plant::StepReport& report);
  void account_limits(double dt_s);
  void account_user(const HeatUser& user, UserStep& sum, double dt_s);
  void finish_users(double step_s, bool recorded);

  Site& site_;
  compute::ComputeSide& compute_;
  YearRecord* record_;
  bool feedback_allowed_, counts_quarters_;
  StageClock clock_;
  QuarterHours quarter_hours_;
  FluidWatch watch_;
  compute::Supply supply_;
  double drawn_w_ = 0, plant_w_ = 0, carried_w_ = 0;  // in the step before: the site, its plant, what of that the UPS carries
  double carried_j_ = 0;                              // of the step under way
  std::vector<std::size_t> booked_;                   // components but the heat users
  std::vector<std::uint8_t> carried_;                 // of each component
  std::vector<double> inlet_c_;                       // of each host group; empty: none draws by it
  YearResult result_;
  Months months_;
  double throttle_frac_ = 1.0;                // the least of any group
  std::vector<compute::Throttle> throttles_;  // of each host group
  meter::Energies step_;                      // of the step under way
  struct Mode {                               // of a component that tells one
    int component;
    std::string_view text;
  };
  std::vector<Mode> modes_;
  std::vector<compute::RackStep> racks_;
  std::vector<UserStep> users_;
  std::vector<double> registers_j_;
  StepPower power_;
  double imbalance_sum_j_ = 0, throughput_sum_j_ = 0, stored_now_j_ = 0;
  double iterations_sum_ = 0;
  std::int64_t plant_steps_ = 0;
};

}  // namespace hypocaust::run
