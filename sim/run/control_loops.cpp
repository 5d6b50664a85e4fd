#include "sim/run/control_loops.hpp"

#include <algorithm>
#include <set>

#include "models/core/errors.hpp"

namespace hypocaust::run {
namespace {

// Names and the one regulator an input may have are checked with the scenario, where their places are known.
[[noreturn]] void refuse(const std::string& controller, const std::string& name) {
  throw InternalError("plant.controllers." + controller + ": `" + name + "` passed the check of names and does not exist");
}

int sensed_of(const plant::Plant& plant, const std::string& controller, const std::string& name, control::Quantity quantity) {
  const int index = quantity == control::Quantity::flow ? plant.component(name) : plant.node(name);
  if (index < 0) refuse(controller, name);
  return index;
}

double* input_of(plant::Plant& plant, const std::string& controller, const std::string& target) {
  const std::size_t dot = target.rfind('.');
  const std::string component = target.substr(0, dot), input = dot == target.npos ? "" : target.substr(dot + 1);
  const int index = plant.component(component);
  double* place = index < 0 ? nullptr : plant.input(index, input);
  if (!place) refuse(controller, target);
  return place;
}

}  // namespace

ControlLoops::ControlLoops(const Scenario& scenario, plant::Plant& plant) : junctions_(scenario, plant) {
  std::set<double*> regulated;
  for (const auto& entry : scenario.plant.controllers.entries) {
    Loop loop{.name = entry.name, .controller = control::make_controller(entry.value)};
    const auto senses = loop.controller->senses();
    const auto quantities = loop.controller->quantities();
    for (std::size_t k = 0; k < senses.size(); ++k) {
      const control::Quantity quantity = quantities.empty() ? control::Quantity::temperature : quantities[k];
      loop.senses.push_back({quantity, sensed_of(plant, entry.name, senses[k], quantity)});
    }
    for (const std::string& target : loop.controller->acts_on()) {
      double* place = input_of(plant, entry.name, target);
      if (loop.controller->duty() == control::Duty::regulate) regulated.insert(place);
      loop.inputs.push_back(place);
    }
    const auto& hosts = scenario.compute.hosts.entries;
    const auto throttled = loop.controller->throttles();
    for (std::size_t g = 0; g < hosts.size(); ++g)
      if (throttled.empty() ||
          std::any_of(throttled.begin(), throttled.end(), [&](const Ref& ref) { return ref.name == hosts[g].name; }))
        loop.groups.push_back(g);
    loop.truth_c.resize(loop.senses.size());
    loop.outputs.resize(loop.inputs.size());
    loops_.push_back(std::move(loop));
  }
  for (const Loop& loop : loops_)
    for (double* input : loop.inputs)
      if (regulated.insert(input).second) unregulated_.push_back({input, *input});
  std::stable_sort(loops_.begin(), loops_.end(),
                   [](const Loop& a, const Loop& b) { return a.controller->duty() > b.controller->duty(); });
}

void ControlLoops::look(const plant::Plant& plant, Loop& loop) {
  for (std::size_t k = 0; k < loop.senses.size(); ++k) {
    const Sensed& sensed = loop.senses[k];
    loop.truth_c[k] = sensed.quantity == control::Quantity::temperature ? plant.node_temperature_c(sensed.index)
                      : sensed.quantity == control::Quantity::pressure  ? plant.node_pressure_pa(sensed.index)
                      : plant.branches(sensed.index) > 0                ? plant.branch_flow_kg_s(sensed.index, 0)
                                                                        : 0.0;
  }
}

void ControlLoops::start(const plant::Plant& plant) {
  for (Loop& loop : loops_) {
    look(plant, loop);
    loop.controller->start(loop.truth_c);
    loop.mode = loop.controller->mode();
  }
}

void ControlLoops::step(const plant::Plant& plant, double dt_s, std::int64_t time_s, std::vector<Event>& events) {
  for (const Resting& resting : unregulated_) *resting.input = resting.value;
  for (Loop& loop : loops_) {
    look(plant, loop);
    for (std::size_t k = 0; k < loop.inputs.size(); ++k) loop.outputs[k] = *loop.inputs[k];
    loop.controller->step(dt_s, loop.truth_c, loop.outputs);
    for (std::size_t k = 0; k < loop.inputs.size(); ++k) *loop.inputs[k] = loop.outputs[k];
    const std::string_view mode = loop.controller->mode();
    if (mode != loop.mode) {
      loop.mode = mode;
      if (events.size() < most_events) events.push_back({time_s, loop.name, loop.mode});
    }
  }
  junctions_.step(plant, dt_s, time_s, events);
}

void ControlLoops::outdoor(double outdoor_c) {
  for (Loop& loop : loops_) loop.controller->outdoor(outdoor_c);
}

int ControlLoops::index(std::string_view name) const {
  for (std::size_t k = 0; k < loops_.size(); ++k)
    if (loops_[k].name == name) return static_cast<int>(k);
  return -1;
}

int ControlLoops::sensor(int loop, std::string_view name) const {
  const auto names = sensor_names(loop);
  if (name.empty()) return 0;
  const auto found = std::find(names.begin(), names.end(), name);
  return found == names.end() ? -1 : static_cast<int>(found - names.begin());
}

double* ControlLoops::resting_place(double* input) {
  for (Resting& resting : unregulated_)
    if (resting.input == input) return &resting.value;
  return input;
}

bool ControlLoops::protecting() const {
  return std::any_of(loops_.begin(), loops_.end(), [](const Loop& loop) { return loop.controller->protecting(); });
}

double ControlLoops::throttle_frac() const {
  double least = junctions_.throttle_frac();
  for (const Loop& loop : loops_) least = std::min(least, loop.controller->throttle_frac());
  return least;
}

void ControlLoops::throttle(std::span<compute::Throttle> groups) const {
  std::fill(groups.begin(), groups.end(), compute::Throttle{});
  junctions_.throttle(groups);
  for (const Loop& loop : loops_) {
    const double frac = loop.controller->throttle_frac();
    if (frac >= 1.0) continue;
    double compute::Throttle::*share = loop.controller->spares() ? &compute::Throttle::soft_frac : &compute::Throttle::hard_frac;
    for (const std::size_t g : loop.groups) groups[g].*share = std::min(groups[g].*share, frac);
  }
}

std::string ControlLoops::throttling_name() const {
  for (const Loop& loop : loops_)
    if (loop.controller->throttle_frac() < 1.0) return loop.name;
  return junctions_.name();
}

std::vector<std::string> ControlLoops::names() const {
  std::vector<std::string> list;
  for (const Loop& loop : loops_) list.push_back(loop.name);
  return list;
}

}  // namespace hypocaust::run
