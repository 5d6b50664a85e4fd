#include "sim/run/faults.hpp"

#include <algorithm>

#include "models/core/errors.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::run {

using control::FaultInterval;
using control::FaultKind;

Faults::Faults(const Scenario& scenario, plant::Plant& plant, ControlLoops& loops, const control::FaultWindow& window)
    : plant_(plant), loops_(loops), leaks_(scenario, plant), carried_(static_cast<std::size_t>(plant.components()), false) {
  if (const auto& ups = scenario.power.ups)
    for (const Ref& name : ups->carries)
      if (const int c = plant.component(name.name); c >= 0) carried_[static_cast<std::size_t>(c)] = true;
  std::vector<control::RandomFault> random;
  for (const auto& entry : scenario.faults.entries)
    if (entry.value.at_random()) random.push_back({.fault = &entry.value, .name = entry.name, .from_s = window.from_s});
  const auto histories = control::fault_histories(random, static_cast<int>(scenario.repair_crews), window.seed, window.to_s);
  std::size_t next = 0;
  for (const auto& entry : scenario.faults.entries)
    add(entry.name, entry.value,
        entry.value.at_random() ? histories[next++] : control::fault_intervals(entry.value, entry.name, window));
}

// What draws electricity stands still without the grid, but for what the UPS feeds.
void Faults::wire_consumers() {
  supply_faults_ = true;
  for (int c = 0; c < plant_.components(); ++c) {
    const plant::ComponentType& type = plant_.type(c);
    double* available = plant_.input(c, "available");
    if (!available || type.heat_user || type.accounts.electricity == plant::Account::none) continue;
    consumers_.push_back({available, carried_[static_cast<std::size_t>(c)], false, 0.0});
  }
}

void Faults::forget_random(const Scenario& scenario) {
  effects_.clear();
  for (const auto& entry : scenario.faults.entries)
    if (!entry.value.at_random())
      add(entry.name, entry.value,
          {{entry.value.at.utc_s,
            entry.value.at.utc_s + std::max<std::int64_t>(1, static_cast<std::int64_t>(entry.value.lasts_s))}});
}

void Faults::add(const std::string& name, const control::FaultSpec& fault, const std::vector<FaultInterval>& intervals) {
  Effect effect{.name = name, .kind = fault.kind, .component = plant_.component(fault.component.name)};
  for (const FaultInterval& one : intervals)
    if (one.to_s > one.from_s) effect.intervals.push_back(one);
  const auto take = [&](int component, std::string_view input, double value) {
    effect.place = component < 0 ? nullptr : plant_.input(component, input);
    effect.value = value;
    if (!effect.place) throw InternalError("faults." + name + ": no input `" + std::string(input) + "`, though it was checked");
  };
  switch (fault.kind) {
    case FaultKind::out_of_order:
    case FaultKind::interface_off:
      take(effect.component, "available", 0.0);
      break;
    case FaultKind::degraded:
      take(effect.component, "capacity_frac", fault.remaining_frac);
      break;
    case FaultKind::return_rise:
      take(effect.component, "return_c", fault.offset_k);
      break;
    case FaultKind::demand_off:  // a demand law is asked by wants_nothing()
      if (effect.component < 0 || plant_.type(effect.component).shut.empty()) break;
      for (const plant::Shut& shut : plant_.type(effect.component).shut) {
        take(effect.component, shut.input, shut.value);
        effects_.push_back(effect);
        effect.name.clear();
      }
      return;
    case FaultKind::stuck: {
      const std::size_t dot = fault.input.name.rfind('.');
      take(plant_.component(fault.input.name.substr(0, dot)), fault.input.name.substr(dot + 1), fault.value_frac);
      break;
    }
    case FaultKind::leak:
      take(effect.component, "open", 1.0);
      break;
    case FaultKind::sensor_stuck:
    case FaultKind::sensor_dead:
    case FaultKind::sensor_offset:
    case FaultKind::link_down:
      return take_sensors(std::move(effect), fault);
    case FaultKind::grid_outage:
    case FaultKind::fire_alarm:
    case FaultKind::emergency_off:  // asked by of_supply()
      if (!effect.intervals.empty() && !supply_faults_) wire_consumers();
      break;
  }
  effects_.push_back(std::move(effect));
}

void Faults::take_sensors(Effect effect, const control::FaultSpec& fault) {
  const bool link = fault.kind == FaultKind::link_down;
  effect.sensor.condition = fault.kind == FaultKind::sensor_stuck    ? control::SensorCondition::stuck
                            : fault.kind == FaultKind::sensor_offset ? control::SensorCondition::good
                                                                     : control::SensorCondition::dead;
  if (fault.kind == FaultKind::sensor_offset) effect.sensor.offset_k = fault.offset_k;
  for (int loop = 0; loop < static_cast<int>(loops_.size()); ++loop)
    for (int sensor = 0; sensor < loops_.sensors(loop); ++sensor) {
      const bool named = loop == loops_.index(fault.controller.name) && sensor == loops_.sensor(loop, fault.sensor);
      if (!link && !named) continue;
      effect.loop = loop, effect.sensor_of_loop = sensor;
      effects_.push_back(effect);
      effect.name.clear();  // its events are told once
    }
}

bool Faults::changes_within(std::int64_t from_s, std::int64_t to_s) const {
  const auto inside = [&](std::int64_t time_s) { return time_s > from_s && time_s < to_s; };
  for (const Effect& effect : effects_)
    for (std::size_t k = effect.next; k < effect.intervals.size() && effect.intervals[k].from_s < to_s; ++k)
      if (inside(effect.intervals[k].from_s) || inside(effect.intervals[k].to_s)) return true;
  return false;
}

void Faults::lift() {
  leaks_.lift();
  for (Consumer& one : consumers_)
    if (one.cut) *one.available = one.kept, one.cut = false;
  for (std::size_t k = effects_.size(); k-- > 0;)  // the last that came goes first
    if (Effect& effect = effects_[k]; effect.over) *effect.place = effect.kept, effect.over = false;
}

void Faults::begin(Effect& effect) {
  effect.there = true;
  if (effect.loop >= 0) loops_.sensor_fault(effect.loop, effect.sensor_of_loop, effect.sensor);
  if (effect.place) effect.held = *effect.place;
}

void Faults::end(Effect& effect) {
  effect.there = false;
  if (effect.loop < 0) return;
  loops_.sensor_fault(effect.loop, effect.sensor_of_loop, {});
  for (const Effect& other : effects_)  // another fault of the sensor goes on
    if (other.there && other.loop == effect.loop && other.sensor_of_loop == effect.sensor_of_loop)
      loops_.sensor_fault(other.loop, other.sensor_of_loop, other.sensor);
}

void Faults::apply(std::int64_t utc_s, std::int64_t time_s, std::vector<Event>& events) {
  const auto tell = [&](const Effect& effect, const char* text) {
    if (!effect.name.empty() && events.size() < most_events) events.push_back({time_s, effect.name, text});
  };
  for (Effect& effect : effects_) {
    if (effect.there && utc_s >= effect.intervals[effect.next].to_s) {
      end(effect), tell(effect, "over"), ++effect.next;
    }
    if (!effect.there && effect.next < effect.intervals.size() && utc_s >= effect.intervals[effect.next].from_s) {
      begin(effect), tell(effect, "begins");
    }
    if (!effect.there || !effect.place) continue;
    effect.kept = *effect.place, effect.over = true;
    if (effect.kind == FaultKind::return_rise) *effect.place += effect.value;
    else *effect.place = effect.value == effect.value ? effect.value : effect.held;
  }
  for (Consumer& one : consumers_)
    if (!(one.carried ? fed_.carried : fed_.all)) one.kept = *one.available, *one.available = 0.0, one.cut = true;
  leaks_.apply(utc_s, time_s, events);
}

bool Faults::of_supply(FaultKind kind, std::int64_t from_s, std::int64_t to_s) const {
  for (const Effect& effect : effects_)
    for (std::size_t k = effect.next; effect.kind == kind && k < effect.intervals.size() && effect.intervals[k].from_s < to_s;
         ++k)
      if (effect.intervals[k].to_s > from_s) return true;
  return false;
}

bool Faults::wants_nothing(int component) const {
  for (const Effect& effect : effects_)
    if (effect.there && effect.kind == FaultKind::demand_off && effect.component == component) return true;
  return false;
}

}  // namespace hypocaust::run
