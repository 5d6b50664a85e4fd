#include "sim/run/steady.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>

#include "models/core/errors.hpp"
#include "models/plant/registry.hpp"
#include "sim/base/signals.hpp"
#include "sim/run/site.hpp"
#include "sim/run/step_failure.hpp"

namespace hypocaust::run {
namespace {

constexpr int most_steps = 5000;
constexpr double still_k = 1e-6, still_frac = 1e-9, long_step_s = 3600.0;
constexpr double closure_frac = 1e-6, coldest_c = -100.0, hottest_c = 1000.0;

void set_inputs(Site& site, const weather::WeatherStep& weather) {
  site.apply_schedules(site.start_utc_s);
  if (site.users.empty()) return;
  const demand::DemandConditions conditions = site.conditions(weather, site.start_utc_s);
  for (HeatUser& user : site.users) {
    if (user.component < 0 || !user.law) continue;
    const demand::DemandStep wanted = site.wanted(user, conditions, site.start_utc_s);
    *user.demand_w = wanted.power_w, *user.supply_c = wanted.supply_c, *user.return_c = wanted.return_c;
  }
}

// What stands still need not be a solution: heat without a way out warms until a step is lost in round-off.
void refuse_state(const config::Loaded& loaded, const plant::Plant& plant, const Steady& steady, int worst_component) {
  for (int n = 0; n < plant.nodes(); ++n) {
    const std::string& node = plant.node_name(n);
    const double t_c = plant.node_temperature_c(n);
    if (t_c >= coldest_c && t_c <= hottest_c) continue;
    throw PhysicsError(
        fmt::format("{}: circuit `{}` stands at {:.4g} degC at `{}`, which is not a state of its fluid (from {:.0f} to {:.0f} "
                    "degC is taken); "
                    "the heat {} has no way {}: give it a consumer, a source, a loss or an open end",
                    loaded.path, node.substr(0, node.find('.')), t_c, node, coldest_c, hottest_c,
                    t_c < coldest_c ? "taken from it" : "put into it", t_c < coldest_c ? "in" : "out"));
  }
  if (!(steady.imbalance_frac <= closure_frac))
    throw PhysicsError(fmt::format(
        "{}: stands still and does not close: in - out is {:.1e} of the throughput (limit {:.0e}), worst at component `{}`; "
        "heat that has no way out, or a flow that no pressure drives, does this",
        loaded.path, steady.imbalance_frac, closure_frac, plant.component_name(worst_component)));
}

// How far the plant moved since the last call.
class Motion {
 public:
  explicit Motion(const plant::Plant& plant)
      : node_c_(static_cast<std::size_t>(plant.nodes()), not_given),
        stored_j_(static_cast<std::size_t>(plant.components()), 0.0) {}
  bool still(const plant::Plant& plant, double throughput_j) {
    double change_j = 0, most_j = 0;
    moved_k = 0, moved_node = -1, moved_store = -1;
    for (int n = 0; n < plant.nodes(); ++n) {
      double& before_c = node_c_[static_cast<std::size_t>(n)];
      const double now_c = plant.node_temperature_c(n), move_k = std::fabs(now_c - before_c);
      if (!(move_k <= moved_k)) moved_k = move_k, moved_node = n;
      before_c = now_c;
    }
    for (int c = 0; c < plant.components(); ++c) {
      double& before_j = stored_j_[static_cast<std::size_t>(c)];
      const double move_j = std::fabs(plant.stored_j(c) - before_j);
      if (!(move_j <= most_j)) most_j = move_j, moved_store = c;
      change_j += move_j;
      before_j = plant.stored_j(c);
    }
    stored_frac = change_j / throughput_j;
    return moved_k < still_k && stored_frac < still_frac;
  }
  // "`heat.supply` still moves by 1.0e+00 K a step", and the store that changes most where one does.
  std::string told(const plant::Plant& plant) const {
    std::string text;
    if (moved_node >= 0) text = fmt::format("`{}` still moves by {:.1e} K a step", plant.node_name(moved_node), moved_k);
    if (moved_store < 0) return text;
    return text + fmt::format("{}the stores by {:.1e} of the throughput, that of `{}` most", text.empty() ? "" : ", ",
                              stored_frac, plant.component_name(moved_store));
  }
  double moved_k = 0, stored_frac = 0;
  int moved_node = -1, moved_store = -1;

 private:
  std::vector<double> node_c_, stored_j_;
};

// The channels of the last step, asked by name.
class Readings {
 public:
  explicit Readings(const plant::Plant& plant) : plant_(plant) {
    std::size_t width = 0;
    for (const plant::ChannelInfo& channel : plant.channels()) width += static_cast<std::size_t>(channel.columns);
    values_.resize(width);
    plant.read_channels(values_);
  }
  double of(std::string_view component, std::string_view name) const {  // NaN: it has no such channel
    std::size_t at = 0;
    for (const plant::ChannelInfo& channel : plant_.channels()) {
      if (channel.component == component && channel.name == name) return values_[at];
      at += static_cast<std::size_t>(channel.columns);
    }
    return not_given;
  }
  // `velocity`, or `supply_velocity` of the stream `supply`.
  double velocity_m_s(std::string_view component, std::string_view stream) const {
    return of(component, stream.empty() ? "velocity" : std::string(stream) + "_velocity");
  }

 private:
  const plant::Plant& plant_;
  std::vector<double> values_;
};

void read_components(const plant::Plant& plant, const Readings& readings, Steady& steady) {
  for (int c = 0; c < plant.components(); ++c) {
    const double electricity_w = plant.ledger(c).electricity_j / steady.step_s;
    const std::string_view mode = plant.reason(c);
    if (electricity_w == 0 && mode.empty()) continue;
    const std::string& name = plant.component_name(c);
    const double cop = readings.of(name, "cop");
    steady.components.push_back({.name = name,
                                 .type = std::string(plant.type(c).schema->name),
                                 .electricity_w = electricity_w,
                                 .cop = cop > 0 ? cop : not_given,
                                 .mode = std::string(mode)});
  }
}

void read_streams(const plant::Plant& plant, const Readings& readings, Steady& steady) {
  for (int c = 0; c < plant.components(); ++c)
    for (int b = 0; b < plant.branches(c); ++b) {
      if (!plant.connected(c, b)) continue;
      const std::string& component = plant.component_name(c);
      const std::string_view stream = plant.stream_name(c, b);
      const double flow_kg_s = plant.branch_flow_kg_s(c, b);
      const bool open = plant.opens_outside(c, b);
      steady.streams.push_back({.name = stream.empty() ? component : component + "." + std::string(stream),
                                .type = std::string(plant.type(c).schema->name),
                                .flow_kg_s = flow_kg_s,
                                .flow_m3_s = flow_kg_s / plant.branch_rho_kg_m3(c, b),
                                .velocity_m_s = readings.velocity_m_s(component, stream),
                                .drop_pa = open ? not_given : plant.branch_drop_pa(c, b),
                                .in_c = open ? not_given : plant.branch_in_c(c, b),
                                .out_c = open ? not_given : plant.branch_out_c(c, b),
                                .heat_w = open ? not_given : plant.branch_heat_w(c, b)});
    }
}

// Some hours as they would pass, where heights may drive a flow: which way it turns, and whether it does, is decided on the way.
void set_out(Site& site, const weather::WeatherStep& weather, std::vector<Event>& events) {
  constexpr int minutes = 240;
  const plant::Step<double> minute = plant_step(weather, 60.0);
  for (int i = 0; i < minutes; ++i) {
    site.loops.step(site.plant, minute.dt_s, 0, events);
    site.ask(minute);
    refuse_failure(site.plant, site.plant.step(minute), "minute " + std::to_string(i) + " before the steady instant");
  }
}

}  // namespace

Steady solve_steady(const config::Loaded& loaded) {
  if (!loaded.scenario.compute.hosts.entries.empty())
    throw UserError(
        config::at(loaded, "compute.hosts") +
        "a steady instant has no jobs (their heat changes from minute to minute); run without --steady, or remove the "
        "hosts and write their heat as a heat_input");
  const std::unique_ptr<Site> site = checked_site(loaded);
  plant::Plant& plant = site->plant;
  const weather::WeatherStep weather = site->weather.mean(site->start_utc_s, site->start_utc_s + site->step_s);
  set_inputs(*site, weather);
  site->loops.start(plant);
  Steady steady{
      .scenario = std::filesystem::path(loaded.path).stem().string(),
      .step_s = site->loops.size() > 0 ? static_cast<double>(site->step_s) : long_step_s};  // controllers keep their pace
  plant::Step<double> instant = plant_step(weather, steady.step_s);
  instant.steady = true;
  std::vector<Event> events;
  if (!loaded.scenario.plant.nodes.entries.empty()) set_out(*site, weather, events);
  Motion motion(plant);
  int worst_component = -1;
  for (bool still = false; !still;) {
    if (steady.steps == most_steps)
      throw PhysicsError(
          fmt::format("{}: does not stand still within {} steps of {:.0f} s ({}); a heat balance that is not closed warms "
                      "without end, a controller with a narrow band hunts",
                      loaded.path, most_steps, steady.step_s, motion.told(plant)));
    if (steady.steps % 100 == 0) base::poll_interrupt();
    site->loops.step(plant, steady.step_s, 0, events);
    site->ask(instant);
    const plant::StepReport report = plant.step(instant);
    refuse_failure(plant, report, fmt::format("{}: steady step {}", loaded.path, steady.steps));
    still = motion.still(plant, report.throughput_j) && report.hydraulics == plant::Outcome::converged;
    steady.imbalance_frac = std::fabs(report.imbalance_j) / report.throughput_j;
    worst_component = report.worst_component;
    ++steady.steps;
  }
  refuse_state(loaded, plant, steady, worst_component);
  const Readings readings(plant);
  read_streams(plant, readings, steady);
  read_components(plant, readings, steady);
  for (int n = 0; n < plant.nodes(); ++n)
    steady.nodes.push_back({plant.node_name(n), plant.node_pressure_pa(n), plant.node_temperature_c(n)});
  return steady;
}

}  // namespace hypocaust::run
