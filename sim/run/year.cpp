#include "sim/run/year.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/compute/power_chain.hpp"
#include "models/plant/registry.hpp"
#include "sim/run/coolant.hpp"
#include "sim/run/months.hpp"
#include "sim/run/step_failure.hpp"

namespace hypocaust::run {

YearLoop::YearLoop(Site& site, compute::ComputeSide& compute, YearRecord* record, bool feedback_allowed)
    : site_(site),
      compute_(compute),
      record_(record),
      feedback_allowed_(feedback_allowed),
      counts_quarters_(record != nullptr),
      quarter_hours_(site),
      watch_(site),
      supply_(site.scenario.power, site.scenario.compute),
      months_(site.start_utc_s, site.steps * site.step_s),
      racks_(compute.rack_names().size()),
      users_(site.users.size()),
      registers_j_(site.meters.size(), 0.0) {
  for (int c = 0; c < site.plant.components(); ++c)
    if (!site.plant.type(c).heat_user) booked_.push_back(static_cast<std::size_t>(c));
  const auto& ups = site.scenario.power.ups;
  if (ups && !ups->carries.empty()) carried_.resize(static_cast<std::size_t>(site.plant.components()), 0);
  if (ups)
    for (const Ref& component : ups->carries)
      if (const int c = site.plant.component(component.name); c >= 0) carried_[static_cast<std::size_t>(c)] = 1;
}

YearResult YearLoop::run(const Sink& sink, const std::function<void(std::int64_t)>& each_hour) {
  start();
  const std::int64_t steps_an_hour = std::max<std::int64_t>(1, 3600 / site_.step_s);
  for (std::int64_t k = -site_.warm_up_steps; k < site_.steps; ++k) {
    if ((k + site_.warm_up_steps) % steps_an_hour == 0) each_hour(k);
    advance(k);
    if (k >= 0 && record_) sink(record_->kept_row());
    clock_.end_of(Stage::output);
  }
  return finish();
}

// Of the plant; what a heat user stores is its own.
double YearLoop::stored_j() const {
  double sum_j = 0;
  for (const std::size_t c : booked_) sum_j += site_.plant.stored_j(static_cast<int>(c));
  return sum_j;
}

void YearLoop::start() {
  site_.loops.start(site_.plant);
  modes_.clear();
  for (int c = 0; c < site_.plant.components(); ++c)
    if (const std::string_view mode = site_.plant.reason(c); !mode.empty()) modes_.push_back({c, mode});
  count_anew();
}

void YearLoop::count_anew() {
  result_ = {};
  imbalance_sum_j_ = throughput_sum_j_ = iterations_sum_ = 0, plant_steps_ = 0;
  result_.month_start_s = months_.starts_s();
  result_.by_month.resize(result_.month_start_s.size());
  for (const HeatUser& user : site_.users) {
    result_.users.push_back({.name = user.name});
    if (user.law) result_.users.back().minutes_short = not_given;
  }
  for (int c = 0; c < site_.plant.components(); ++c)
    if (site_.plant.type(c).schema->name == "heat_consumer")
      result_.consumers.push_back({.name = site_.plant.component_name(c), .component = c});
  result_.thermal_worst_c.assign(site_.thermal_limits.size(), -1e9);
  watch_ = FluidWatch(site_);
}

void YearLoop::advance(std::int64_t k) {
  if (k == 0) stored_now_j_ = stored_j();
  clock_.begin_step(k + site_.warm_up_steps);
  step(k);
  if (k < 0) return;
  meter::add(result_.energies, step_);
  meter::add(result_.by_month[months_.index_at(k % site_.steps * site_.step_s)], step_);
}

YearResult YearLoop::finish() {
  bool recovered = false, delivered = false;
  for (const MeterPoint& point : site_.meters) {
    recovered = recovered || point.counts == meter::Counts::recovered;
    delivered = delivered || point.counts == meter::Counts::delivered;
  }
  const auto finish = [&](meter::Energies& e) {
    e.recovered_metered = recovered, e.delivered_metered = delivered;
    if (!delivered) e.delivered_j = e.consumed_j;  // no meter of its own: what users took
  };
  finish(result_.energies);
  for (meter::Energies& month : result_.by_month) finish(month);
  if (counts_quarters_) result_.quarter_hours = quarter_hours_.finish(site_);
  result_.year_frac = std::fabs(imbalance_sum_j_) / std::max(throughput_sum_j_, 1.0);
  result_.mean_hydraulic_iterations = plant_steps_ > 0 ? iterations_sum_ / static_cast<double>(plant_steps_) : 0.0;
  result_.fluid_notes = watch_.notes(site_.start_utc_s);
  return std::move(result_);
}

void YearLoop::step(std::int64_t k) {
  const double step_s = static_cast<double>(site_.step_s);
  const std::int64_t from_s = site_.start_utc_s + (k < 0 ? k : k % site_.steps) * site_.step_s;
  const bool recorded = k >= 0;
  step_ = {};

  site_.faults.lift();
  compute_.step(k + site_.warm_up_steps, feedback(k), racks_);
  double it_j = 0;
  for (const compute::RackStep& rack : racks_) it_j += rack.energy_j;
  power_ = {.it_w = it_j / step_s};
  const double auxiliary_w = supply_.word().plant_fed ? site_.auxiliary_w(from_s, from_s + site_.step_s) : 0.0;
  power_.auxiliary_w = auxiliary_w;
  const compute::Supply::Loads loads{.dt_s = step_s, .it_w = power_.it_w, .auxiliary_w = auxiliary_w, .plant_w = plant_w_};
  const compute::Supply::Losses losses = supply_.losses(loads);
  power_.ups_loss_w = losses.ups_w, power_.transformer_loss_w = losses.transformer_w;
  const double room_w = losses.room_w + site_.scenario.power.loads_to_room_frac * auxiliary_w;
  const double placed_w = site_.heat_paths.apply(racks_, step_s, room_w);
  step_.it_j = it_j;
  step_.ups_loss_j = losses.ups_w * step_s, step_.battery_loss_j = losses.battery_w * step_s;
  step_.transformer_loss_j = losses.transformer_w * step_s;
  step_.auxiliary_j = auxiliary_w * step_s;
  // What reaches neither plant nor room unit.
  step_.lost_j = (power_.it_w + losses.room_w + losses.outside_w + auxiliary_w - placed_w) * step_s;
  clock_.end_of(Stage::compute);

  const weather::WeatherStep weather = site_.weather.mean(from_s, from_s + site_.step_s);
  site_.apply_schedules(from_s);
  set_demand(weather, from_s);
  clock_.end_of(Stage::demand);

  if (record_) record_->begin_step();
  if (recorded && counts_quarters_) quarter_hours_.begin_step(k * site_.step_s);
  carried_j_ = 0;
  const double over_min = result_.minutes_over_limit, unmet_min = result_.minutes_unmet;
  plant_steps(k, weather);
  finish_users(step_s, recorded);
  carried_w_ = carried_j_ / step_s;
  plant_w_ = (step_.pump_j + step_.fan_j + step_.heat_pump_j + step_.room_cooling_j + step_.backup_electricity_j) / step_s;
  step_.battery_j = supply_.settle(loads, losses, carried_w_);
  step_.grid_j = step_.electricity_j() + step_.battery_j;
  drawn_w_ = step_.grid_j / step_s;
  power_.battery_w = step_.battery_j / step_s, power_.grid_w = drawn_w_, power_.battery_frac = supply_.battery_frac();
  if (recorded) {
    const double stored_before_j = stored_now_j_;
    stored_now_j_ = stored_j();
    step_.stored_j = stored_now_j_ - stored_before_j;
    result_.largest_supply_w = std::max(result_.largest_supply_w, drawn_w_);
    if (record_) record_->finish_step(site_, power_, weather, racks_, users_, registers_j_);
    if (counts_quarters_)
      quarter_hours_.finish_step({.energies = step_,
                                  .users = users_,
                                  .outdoor_c = weather.outdoor_c,
                                  .throttle_frac = throttle_frac_,
                                  .over_limit_s = 60.0 * (result_.minutes_over_limit - over_min),
                                  .unmet_s = 60.0 * (result_.minutes_unmet - unmet_min)});
  }
  clock_.end_of(Stage::plant);
}

// What compute hears before the step: guards, the supply, and how warm its coolant comes in.
compute::PlantFeedback YearLoop::feedback(std::int64_t k) {
  using Phase = compute::SupplyPhase;
  const std::int64_t from_s = site_.start_utc_s + k * site_.step_s, to_s = from_s + site_.step_s;
  const Phase::Kind before = supply_.word().phase;
  const compute::Supply::Word& word =
      supply_.look({.dt_s = static_cast<double>(site_.step_s),
                    .grid = !site_.faults.of_supply(control::FaultKind::grid_outage, from_s, to_s),
                    .fire_alarm = site_.faults.of_supply(control::FaultKind::fire_alarm, from_s, to_s),
                    .emergency_off = site_.faults.of_supply(control::FaultKind::emergency_off, from_s, to_s),
                    .drawn_w = drawn_w_,
                    .carried_w = carried_w_});
  site_.faults.feed({.all = word.plant_fed, .carried = word.carried_fed});
  if (word.phase != before && result_.events.size() < most_events)
    result_.events.push_back({k * site_.step_s, "power",
                              std::string(compute::phase_text(word.phase)) + (word.overloaded ? ": battery overloaded" : "")});
  sense_inlets();
  throttle_frac_ = site_.loops.throttle_frac();
  throttles_.resize(racks_.size());
  site_.loops.throttle(throttles_);
  const compute::PlantFeedback said{
      .shed = word.phase == Phase::off,
      .stopped = word.phase == Phase::shutting_down,
      .classes_shed = word.classes_shed,
      .groups_on = word.phase == Phase::starting ? word.groups_on : compute::PlantFeedback::every_group,
      .inlet_c = inlet_c_,
      .throttles = throttle_frac_ < 1.0 ? std::span<const compute::Throttle>(throttles_) : std::span<const compute::Throttle>()};
  if (!said.neutral() && !feedback_allowed_)
    throw TraceVoid{k, throttle_frac_ < 1.0       ? "guard `" + site_.loops.throttling_name() + "` throttles compute"
                       : word.phase != Phase::fed ? "the supply of the hosts fails"
                                                  : "servers draw by the temperature of their inlet"};
  return said;
}

// The warmest of what cools a group; where nothing does the powers stay as stated.
void YearLoop::sense_inlets() {
  for (std::size_t g = 0; g < site_.inlets.size(); ++g) {
    inlet_c_.resize(site_.inlets.size(), -1e9);
    double warmest_c = -1e9;
    for (const Inlet& inlet : site_.inlets[g]) {
      double t_c = 0;
      if (inlet.channel < 0) t_c = site_.plant.branch_in_c(inlet.component, 0);
      else site_.plant.read_channel(static_cast<std::size_t>(inlet.channel), {&t_c, 1});
      warmest_c = std::max(warmest_c, std::round(10.0 * t_c) / 10.0);
    }
    inlet_c_[g] = warmest_c;
  }
}

void YearLoop::set_demand(const weather::WeatherStep& weather, std::int64_t utc_s) {
  if (site_.users.empty()) return;
  const demand::DemandConditions conditions = site_.conditions(weather, utc_s);
  site_.draw(conditions, utc_s);
  for (std::size_t u = 0; u < site_.users.size(); ++u) {
    HeatUser& user = site_.users[u];
    users_[u] = {};
    if (!user.law) continue;  // tells its need after the step
    demand::DemandStep wanted = site_.wanted(user, conditions, utc_s);
    if (site_.faults.wants_nothing(user.component)) wanted.power_w = 0;
    users_[u] = {.demand_j = wanted.power_w * static_cast<double>(site_.step_s)};
    if (user.component < 0) continue;
    *user.demand_w = wanted.power_w, *user.supply_c = wanted.supply_c, *user.return_c = wanted.return_c;
  }
}

// One plant step, or sub-steps while a protection acts or where a fault begins or ends. Controllers act once per plant step, on what they sensed.
void YearLoop::plant_steps(std::int64_t k, const weather::WeatherStep& weather) {
  const double step_s = static_cast<double>(site_.step_s);
  const std::int64_t from_s = site_.start_utc_s + k * site_.step_s;
  const bool cut = site_.loops.protecting() || site_.faults.changes_within(from_s, from_s + site_.step_s);
  const int parts = cut ? static_cast<int>(std::ceil(step_s / site_.sub_step_s)) : 1;
  const double dt_s = step_s / parts;
  for (int part = 0; part < parts; ++part) {
    const std::int64_t time_s = k * site_.step_s + static_cast<std::int64_t>(part * dt_s);
    site_.faults.lift();
    site_.loops.step(site_.plant, dt_s, time_s, result_.events);
    site_.faults.apply(site_.start_utc_s + time_s, time_s, result_.events);
    const plant::Step<double> now = plant_step(weather, dt_s);
    site_.ask(now);
    const plant::StepReport report = site_.plant.step(now);
    const bool failed = report.hydraulics == plant::Outcome::failed || report.heat == plant::Outcome::failed;
    if (failed || report.worst_component_ratio > 1.0)
      refuse_failure(site_.plant, report, fmt::format("step {} ({} s after the start)", k, k * site_.step_s));
    if (k < 0) continue;
    log_modes(time_s);
    account(dt_s, report);
    watch_.take(site_.plant, dt_s, time_s);
    if (record_) record_->add_plant(site_, dt_s / step_s);
  }
}

// Changes of mode over the step that began at time_s; the first recorded step tells what changed while warming up.
void YearLoop::log_modes(std::int64_t time_s) {
  for (Mode& mode : modes_) {
    const std::string_view now = site_.plant.reason(mode.component);
    if (now == mode.text) continue;
    mode.text = now;
    if (result_.events.size() < most_events)
      result_.events.push_back({time_s, site_.plant.component_name(mode.component), std::string(now)});
  }
}

void YearLoop::account(double dt_s, const plant::StepReport& report) {
  const std::span<const plant::Ledger<double>> ledgers = site_.plant.ledgers();
  for (const std::size_t c : booked_) meter::book(site_.bookings[c], ledgers[c], step_);
  for (std::size_t m = 0; m < site_.meters.size(); ++m) {
    const MeterPoint& point = site_.meters[m];
    const double heat_j = point.heat_w(site_.plant) * dt_s;
    registers_j_[m] += heat_j;
    if (point.counts == meter::Counts::recovered) step_.recovered_j += heat_j;
    if (point.counts == meter::Counts::delivered) step_.delivered_j += heat_j;
  }
  for (std::size_t c = 0; c < carried_.size(); ++c)
    if (carried_[c]) carried_j_ += ledgers[c].electricity_j;
  if (counts_quarters_) quarter_hours_.add_meters(site_, dt_s);
  for (std::size_t u = 0; u < site_.users.size(); ++u) account_user(site_.users[u], users_[u], dt_s);
  for (ConsumerYear& consumer : result_.consumers) {
    const plant::Ledger<double>& ledger = site_.plant.ledger(consumer.component);
    consumer.requested_j += ledger.wanted_j, consumer.taken_j += ledger.heat_out_j;
    consumer.short_j += std::max(0.0, ledger.wanted_j - ledger.heat_out_j);
  }
  account_limits(dt_s);
  const double frac = std::fabs(report.imbalance_j) / std::max(report.throughput_j, dt_s);  // floor: 1 W
  result_.worst_step_frac = std::max(result_.worst_step_frac, frac);
  imbalance_sum_j_ += report.imbalance_j, throughput_sum_j_ += report.throughput_j;
  power_.imbalance_w += report.imbalance_j / static_cast<double>(site_.step_s);
  power_.hydraulic_iterations += report.hydraulic_iterations * dt_s / static_cast<double>(site_.step_s);
  iterations_sum_ += report.hydraulic_iterations, ++plant_steps_;
  if (report.hydraulics == plant::Outcome::fallback || report.heat == plant::Outcome::fallback) ++result_.fallback_steps;
}

// Coolant, air and junctions: the highest of each, and the time with any of them above its limit.
void YearLoop::account_limits(double dt_s) {
  bool over = false;
  for (std::size_t r = 0; r < site_.coolant_limits.size(); ++r) {
    const double t_c = coolant_c(site_.plant, site_.coolant_limits[r], dt_s);
    if (t_c > result_.coolant_worst_c) result_.coolant_worst_c = t_c, result_.coolant_worst = static_cast<int>(r);
    over = over || t_c > site_.coolant_limits[r].limit_c;
  }
  for (std::size_t r = 0; r < site_.thermal_limits.size(); ++r) {
    double t_c = 0;
    site_.plant.read_channel(site_.thermal_limits[r].channel, {&t_c, 1});
    result_.thermal_worst_c[r] = std::max(result_.thermal_worst_c[r], t_c);
    over = over || t_c > site_.thermal_limits[r].limit_c;
  }
  if (over) result_.minutes_over_limit += dt_s / 60.0;
}

void YearLoop::account_user(const HeatUser& user, UserStep& sum, double dt_s) {
  if (user.component < 0) return;
  if (user.law) {
    sum.consumed_j += site_.plant.ledger(user.component).heat_out_j;
    return;
  }
  double taken_j = 0;
  for (int b = 0; b < site_.plant.branches(user.component); ++b) taken_j -= site_.plant.branch_heat_w(user.component, b) * dt_s;
  meter::book_user(site_.bookings[static_cast<std::size_t>(user.component)], site_.plant.ledger(user.component), taken_j, step_);
  const plant::Need need = site_.plant.need(user.component);
  sum.consumed_j += taken_j;
  sum.demand_j += need.demand_j, sum.backup_j += need.backup_j, sum.unmet_j += need.unmet_j, sum.short_s += need.short_s;
}

// A shortfall below a demand law goes to the user's own backup, then is unmet.
void YearLoop::finish_users(double step_s, bool recorded) {
  bool short_of_heat = false;
  for (std::size_t u = 0; u < site_.users.size(); ++u) {
    UserStep& user = users_[u];
    const HeatUser& site_user = site_.users[u];
    if (site_user.law) {
      if (site_user.component < 0) user.consumed_j = user.demand_j;  // no connection: an ideal source
      const double short_j = std::max(0.0, user.demand_j - user.consumed_j);
      user.backup_j = std::min(short_j, site_user.backup_w * step_s);
      user.unmet_j = short_j - user.backup_j;
      if (user.backup_j > 0) step_.fuel_j += user.backup_j / site_user.backup_efficiency_frac;
    }
    step_.demand_j += user.demand_j;
    step_.backup_j += user.backup_j;
    step_.unmet_j += user.unmet_j;
    const bool unmet = user.unmet_j > 1e-6 * user.demand_j;
    short_of_heat = short_of_heat || unmet;
    if (!recorded) continue;
    UserFigures& figures = result_.users[u];
    figures.demand_j += user.demand_j, figures.consumed_j += user.consumed_j, figures.backup_j += user.backup_j;
    figures.unmet_j += user.unmet_j, figures.minutes_unmet += unmet ? step_s / 60.0 : 0.0;
    figures.minutes_short += user.short_s / 60.0;
  }
  if (short_of_heat && recorded) result_.minutes_unmet += step_s / 60.0;
}

}  // namespace hypocaust::run
