#include "sim/run/faults.hpp"

#include <algorithm>

#include "models/core/errors.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::run {

using control::FaultInterval;
using control::FaultKind;

Faults::Faults(const Scenario& scenario, plant::Plant& plant, ControlLoops& loops, const control::FaultWindow& window)
    : plant_(plant), loops_(loops) {
  for (const auto& entry : scenario.faults.entries)
    add(entry.name, entry.value, control::fault_intervals(entry.value, entry.name, window));
  for (const Effect& effect : effects_)
    supply_faults_ = supply_faults_ || (control::of_supply(effect.kind) && !effect.intervals.empty());
  if (!supply_faults_) return;
  for (int c = 0; c < plant.components(); ++c) {
    const plant::ComponentType& type = plant.type(c);
    double* available = plant.input(c, "available");
    if (!available || type.heat_user || type.accounts.electricity == plant::Account::none) continue;
    bool carried = false;
    if (const auto& ups = scenario.power.ups)
      for (const Ref& name : ups->carries) carried = carried || name.name == plant.component_name(c);
    consumers_.push_back({available, carried, false, 0.0});
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
    case FaultKind::sensor_stuck:
      effect.sensor.condition = control::SensorCondition::stuck;
      break;
    case FaultKind::sensor_dead:
      effect.sensor.condition = control::SensorCondition::dead;
      break;
    case FaultKind::sensor_offset:
      effect.sensor.offset_k = fault.offset_k;
      break;
    case FaultKind::grid_outage:
    case FaultKind::fire_alarm:
    case FaultKind::emergency_off:  // asked by of_supply()
      break;
  }
  if (!fault.controller.name.empty()) effect.loop = loops_.index(fault.controller.name);
  effects_.push_back(std::move(effect));
}

bool Faults::changes_within(std::int64_t from_s, std::int64_t to_s) const {
  const auto inside = [&](std::int64_t time_s) { return time_s > from_s && time_s < to_s; };
  for (const Effect& effect : effects_)
    for (std::size_t k = effect.next; k < effect.intervals.size() && effect.intervals[k].from_s < to_s; ++k)
      if (inside(effect.intervals[k].from_s) || inside(effect.intervals[k].to_s)) return true;
  return false;
}

void Faults::lift() {
  for (Consumer& one : consumers_)
    if (one.cut) *one.available = one.kept, one.cut = false;
  for (std::size_t k = effects_.size(); k-- > 0;)  // the last that came goes first
    if (Effect& effect = effects_[k]; effect.over) *effect.place = effect.kept, effect.over = false;
}

void Faults::begin(Effect& effect) {
  effect.there = true;
  if (effect.loop >= 0) loops_.sensor_fault(effect.loop, effect.sensor);
  if (effect.place) effect.held = *effect.place;
}

void Faults::end(Effect& effect) {
  effect.there = false;
  if (effect.loop >= 0) loops_.sensor_fault(effect.loop, {});
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
