// supervisor: the order of duty as modes. An emergency is worse than degraded, that than dumping, that than storing, that than
// normal. A worse mode begins at once, a better one after the minimum time and with hysteresis; each change tells its cause.
// Protections act in every mode and have the last word, in the order of their names.
#include "models/control/supervisor.hpp"

#include <algorithm>
#include <cmath>

namespace hypocaust::control {
namespace {

enum class Mode : int { normal, storing, dumping, degraded, emergency };
constexpr std::string_view mode_names[] = {"normal", "storing", "dumping", "degraded", "emergency"};
constexpr double pressure_release_pa = 1e4;

// Tenths without a locale.
std::string tenths(double value) {
  const long t = std::lround(value * 10.0);
  return (t < 0 ? "-" : "") + std::to_string(std::labs(t) / 10) + "." + std::to_string(std::labs(t) % 10);
}

class Supervisor final : public Controller {
 public:
  explicit Supervisor(const SupervisorSpec& spec) : spec_(spec) {
    sense("coolant", spec.coolant.name, Quantity::temperature);
    if (!spec.store.name.empty()) sense("store", spec.store.name, Quantity::temperature);
    for (const auto* list : {&spec.storing, &spec.dumping, &spec.degraded, &spec.emergency})
      for (const Forced& forced : *list) place_of(forced.input.name);
    if (!spec.fallback.name.empty()) fallback_ = place_of(spec.fallback.name);
    for (const auto& entry : spec.protections.entries) {
      const ProtectionSpec& p = entry.value;
      const bool flow = p.kind == Protection::backflow, pressure = p.kind == Protection::dry_run || p.kind == Protection::leak;
      sense(entry.name, flow ? p.component.name : p.node.name,
            flow       ? Quantity::flow
            : pressure ? Quantity::pressure
                       : Quantity::temperature);
      for (const Forced& forced : p.forces) place_of(forced.input.name);
    }
    acting_.assign(spec.protections.entries.size(), false);
    places_.resize(acts_on_.size());
  }

  Duty duty() const override { return Duty::protect; }
  std::span<const std::string> senses() const override { return senses_; }
  std::span<const Quantity> quantities() const override { return quantities_; }
  std::span<const std::string> acts_on() const override { return acts_on_; }
  double reading_c() const override { return sensors_[0].reading_c; }
  bool protecting() const override {
    return mode_ == Mode::emergency || std::find(acting_.begin(), acting_.end(), true) != acting_.end();
  }
  double throttle_frac() const override { return throttles_ ? spec_.throttle_to_frac : 1.0; }
  std::string_view mode() const override { return text_; }
  void sensor_fault(std::size_t sensor, const SensorFault& fault) override { sensors_[sensor].fault = fault; }
  std::span<const std::string> sensor_names() const override { return sensor_names_; }

  void start(std::span<const double> truth) override {
    for (std::size_t k = 0; k < sensors_.size(); ++k) sensors_[k].start(truth[k]);
    std::fill(acting_.begin(), acting_.end(), false);
    std::fill(places_.begin(), places_.end(), PlaceNow{});
    mode_ = Mode::normal, since_s_ = 0, in_emergency_s_ = 0, throttles_ = false;
    text_ = mode_names[0];
  }

  void step(double dt_s, std::span<const double> truth, std::span<double> outputs) override {
    for (std::size_t k = 0; k < sensors_.size(); ++k) {
      if (quantities_[k] == Quantity::temperature) sensors_[k].step(truth[k], dt_s);
      else sensors_[k].follow(truth[k]);  // pressure and flow switches answer at once
    }
    protect();
    choose(dt_s);
    in_emergency_s_ = mode_ == Mode::emergency ? in_emergency_s_ + dt_s : 0.0;
    throttles_ = mode_ == Mode::emergency && !sensors_[0].lost() && spec_.throttle_to_frac < 1.0 &&
                 in_emergency_s_ > spec_.throttle_after_s;
    force(dt_s, outputs);
  }

 private:
  struct PlaceNow {  // of an input: what it is forced to, and how far it has gone there
    double value_frac = not_given, taken_frac = 0.0;
    bool forced = false;
  };

  void sense(const std::string& sensor, const std::string& name, Quantity quantity) {
    sensor_names_.push_back(sensor), senses_.push_back(name), quantities_.push_back(quantity);
    sensors_.push_back({.lag_s = spec_.sensor_lag_s});
  }
  std::size_t place_of(const std::string& input) {
    const auto found = std::find(acts_on_.begin(), acts_on_.end(), input);
    if (found == acts_on_.end()) return acts_on_.push_back(input), acts_on_.size() - 1;
    return static_cast<std::size_t>(found - acts_on_.begin());
  }
  std::size_t first_lost() const {
    const auto lost = std::find_if(sensors_.begin(), sensors_.end(), [](const Sensor& sensor) { return sensor.lost(); });
    return static_cast<std::size_t>(lost - sensors_.begin());
  }
  std::size_t first_protection() const { return spec_.store.name.empty() ? 1 : 2; }

  void protect() {
    cause_ = {};
    for (std::size_t k = 0; k < acting_.size(); ++k) {
      const auto& entry = spec_.protections.entries[k];
      const ProtectionSpec& p = entry.value;
      const Sensor& sensor = sensors_[first_protection() + k];
      const double now = sensor.reading_c;  // without a signal it is above and below nothing
      const bool hot = p.kind == Protection::over_temperature || p.kind == Protection::scald;
      if (sensor.lost()) {
        acting_[k] = hot || p.kind == Protection::freeze;
        continue;
      }
      switch (p.kind) {
        case Protection::over_temperature:
        case Protection::scald:
          acting_[k] = now > p.limit_c - (acting_[k] ? p.release_k : 0.0);
          break;
        case Protection::freeze:
        case Protection::condensation:
          acting_[k] = now < p.limit_c + (acting_[k] ? p.release_k : 0.0);
          break;
        case Protection::backflow:
          acting_[k] = now < p.flow_kg_s;
          break;
        case Protection::dry_run:
        case Protection::leak:
          acting_[k] = now < p.pressure_pa + (acting_[k] ? pressure_release_pa : 0.0);
          break;
      }
      if (acting_[k] && cause_.empty())
        cause_ = std::string(names(p.kind)[static_cast<std::size_t>(p.kind)]) + " protection `" + entry.name + "` acts";
    }
  }

  // The mode that the readings ask for, and why. in: the mode that is left only a release further down.
  Mode asked(Mode in, std::string& why) const {
    if (sensors_[0].lost()) return why = "no signal of " + senses_[0], Mode::degraded;
    const std::size_t lost = first_lost();
    const double coolant_c = sensors_[0].reading_c;
    const auto above = [&](double limit_c, Mode mode) { return coolant_c > limit_c - (in >= mode ? spec_.release_k : 0.0); };
    const std::string coolant = senses_[0] + " at " + tenths(coolant_c) + " degC";
    if (above(spec_.limit_c, Mode::emergency)) return why = coolant + ", limit " + tenths(spec_.limit_c), Mode::emergency;
    if (lost < sensors_.size()) return why = "no signal of " + sensor_names_[lost] + " (" + senses_[lost] + ")", Mode::degraded;
    if (!cause_.empty()) return why = cause_, Mode::degraded;
    if (above(spec_.dump_above_c, Mode::dumping))
      return why = coolant + ", dumped above " + tenths(spec_.dump_above_c), Mode::dumping;
    if (!spec_.store.name.empty()) {
      const double store_c = sensors_[1].reading_c;
      const bool was = in == Mode::storing;
      if (store_c < spec_.store_full_c - (was ? 0.0 : spec_.release_k))
        return why = senses_[1] + " at " + tenths(store_c) + " degC, full at " + tenths(spec_.store_full_c), Mode::storing;
    }
    return why = coolant, Mode::normal;
  }

  void choose(double dt_s) {
    since_s_ += dt_s;
    std::string why;
    const Mode next = asked(mode_, why);
    if (next == mode_ || (next < mode_ && since_s_ < spec_.minimum_s)) return;
    mode_ = next, since_s_ = 0;
    text_ = std::string(mode_names[static_cast<int>(next)]) + ": " + why;
  }

  void take(const std::vector<Forced>& list) {
    for (const Forced& forced : list) {
      PlaceNow& place = places_[place_of(forced.input.name)];
      place.value_frac = forced.value_frac, place.forced = true;
    }
  }

  // The worse the mode, the later its word; protections last. Inputs are approached at the stroke's rate from where regulators left
  // them, and given back so.
  void force(double dt_s, std::span<double> outputs) {
    for (PlaceNow& place : places_) place.forced = false;
    const bool blind = first_lost() < sensors_.size(), emergency = mode_ == Mode::emergency;
    if (mode_ == Mode::storing) take(spec_.storing);
    if (mode_ == Mode::dumping || emergency || blind) take(spec_.dumping);
    if (mode_ == Mode::degraded || emergency) take(spec_.degraded);
    if (emergency) take(spec_.emergency);
    for (std::size_t k = 0; k < acting_.size(); ++k)
      if (acting_[k]) take(spec_.protections.entries[k].value.forces);
    for (std::size_t k = 0; k < places_.size(); ++k) {
      PlaceNow& place = places_[k];
      place.taken_frac = clamp01(place.taken_frac + (place.forced ? dt_s : -dt_s) / spec_.stroke_s);
      if (place.taken_frac > 0.0) outputs[k] += place.taken_frac * (place.value_frac - outputs[k]);
    }
    if (!spec_.fallback.name.empty()) outputs[fallback_] = mode_ >= Mode::degraded ? 1.0 : 0.0;
  }

  SupervisorSpec spec_;
  std::vector<std::string> sensor_names_, senses_, acts_on_;
  std::vector<Quantity> quantities_;
  std::vector<Sensor> sensors_;
  std::vector<PlaceNow> places_;
  std::vector<bool> acting_;  // of each protection
  std::size_t fallback_ = 0;
  Mode mode_ = Mode::normal;
  std::string text_{mode_names[0]}, cause_;
  double since_s_ = 0, in_emergency_s_ = 0;
  bool throttles_ = false;
};

}  // namespace

std::unique_ptr<Controller> make(const SupervisorSpec& spec) { return std::make_unique<Supervisor>(spec); }

}  // namespace hypocaust::control
