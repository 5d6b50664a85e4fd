// over_temperature_guard: above its limit it forces inputs (dump valve open, fans full) and may throttle compute; it lets go
// once the temperature is `release` below the limit. The plant fails open towards cooling.
#include "models/control/types.hpp"

namespace hypocaust::control {

const Schema& Forced::schema() {
  static const Schema s =
      describe<Forced>("forced", "An input that a guard takes over while it acts.",
                       {row<&Forced::input>("input", "", {.need = required, .scope = "input"}, "component.input"),
                        row<&Forced::value_frac>("value", "1", {.min = 0, .max = 1}, "its value while the guard acts")});
  return s;
}

const Schema& Guard::schema() {
  static const Schema s = describe<Guard>(
      "over_temperature_guard", "Protects compute and pipes from a temperature above its limit.",
      {row<&Guard::senses>("senses", "", {.need = required, .scope = "node"}, "node whose temperature is guarded"),
       row<&Guard::limit_c>("limit", "degC", {.need = required, .min = 0, .max = 120}, "temperature at which it acts"),
       row<&Guard::release_k>("release", "K", {.above = 0, .max = 50}, "how far below the limit it lets go"),
       row<&Guard::forces>("forces", "", {}, "inputs it takes over, with their values"),
       row<&Guard::throttle_to_frac>("throttle_to", "1", {.min = 0, .max = 1},
                                     "share of dynamic server power allowed while it acts; 100 % couples nothing back"),
       row<&Guard::hosts>("hosts", "", {.scope = "host"}, "host groups that it throttles; left out: all"),
       row<&Guard::spare_for_s>("spare_for", "min", {.min = 0, .max = 1440},
                                "so long it throttles only as far as `cap_to` of the work's classes allows; then all work"),
       row<&Guard::stroke_s>("stroke", "s", {.min = 10, .max = 3600}, "time of the forced actuators from end to end"),
       row<&Guard::sensor_lag_s>("sensor_lag", "s", {.above = 0, .max = 3600}, "time constant of the sensor")});
  return s;
}

void Guard::check(Problems& problems) const {
  if (throttle_to_frac < 1.0) return;
  if (!hosts.empty()) problems.error("hosts", "goes with `throttle_to` (it throttles nothing); add it, or remove the list");
  if (spare_for_s > 0) problems.error("spare_for", "goes with `throttle_to` (it throttles nothing); add it, or remove the key");
}

namespace {

class OverTemperatureGuard final : public Controller {
 public:
  explicit OverTemperatureGuard(const Guard& spec) : spec_(spec), senses_{spec.senses.name}, sensor_{.lag_s = spec.sensor_lag_s} {
    for (const Forced& forced : spec.forces) acts_on_.push_back(forced.input.name);
  }

  Duty duty() const override { return Duty::protect; }
  std::span<const std::string> senses() const override { return senses_; }
  std::span<const std::string> acts_on() const override { return acts_on_; }
  double reading_c() const override { return sensor_.reading_c; }
  bool protecting() const override { return acting_; }
  double throttle_frac() const override { return acting_ && !sensor_.lost() ? spec_.throttle_to_frac : 1.0; }
  std::span<const Ref> throttles() const override { return spec_.hosts; }
  bool spares() const override { return acting_s_ < spec_.spare_for_s; }
  std::string_view mode() const override { return sensor_.lost() ? "acting: no signal" : acting_ ? "acting" : "armed"; }
  void sensor_fault(std::size_t, const SensorFault& fault) override { sensor_.fault = fault; }

  void start(std::span<const double> truth_c) override {
    sensor_.start(truth_c[0]);
    acting_ = false;
    taken_frac_ = acting_s_ = 0.0;
  }

  // The forced value is approached at the stroke's rate from where the regulator left the input (`outputs` as it comes in).
  void step(double dt_s, std::span<const double> truth_c, std::span<double> outputs) override {
    sensor_.step(truth_c[0], dt_s);
    acting_ = sensor_.lost() || sensor_.reading_c > spec_.limit_c - (acting_ ? spec_.release_k : 0.0);
    acting_s_ = acting_ ? acting_s_ + dt_s : 0.0;
    taken_frac_ = clamp01(taken_frac_ + (acting_ ? dt_s : -dt_s) / spec_.stroke_s);
    for (std::size_t k = 0; k < spec_.forces.size(); ++k)
      if (taken_frac_ > 0.0) outputs[k] += taken_frac_ * (spec_.forces[k].value_frac - outputs[k]);
  }

 private:
  Guard spec_;
  std::vector<std::string> senses_, acts_on_;
  Sensor sensor_;
  bool acting_ = false;
  double acting_s_ = 0.0;
  double taken_frac_ = 0.0;  // 0: the regulator's value, 1: the forced value
};

}  // namespace

std::unique_ptr<Controller> make(const Guard& spec) { return std::make_unique<OverTemperatureGuard>(spec); }

}  // namespace hypocaust::control
