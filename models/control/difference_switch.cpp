// difference_switch: on while one temperature is enough above another, off again below a smaller difference (hysteresis):
// the classic controller of a loading pump.
#include "models/control/types.hpp"

namespace hypocaust::control {

const Schema& Switch::schema() {
  static const Schema s = describe<Switch>(
      "difference_switch", "Runs an input while one node is warmer than another by a margin.",
      {row<&Switch::senses>("senses", "", {.need = required, .scope = "node"}, "the warmer node"),
       row<&Switch::compares_with>("compares_with", "", {.need = required, .scope = "node"}, "the colder node"),
       row<&Switch::acts_on>("acts_on", "", {.need = required, .scope = "input"}, "component.input that is switched"),
       row<&Switch::on_k>("on", "K", {.min = 0, .max = 100}, "difference above which it is on"),
       row<&Switch::off_k>("off", "K", {.min = -20, .max = 100}, "difference below which it is off"),
       row<&Switch::on_value_frac>("on_value", "1", {.min = 0, .max = 1}, "value of the input while on"),
       row<&Switch::off_value_frac>("off_value", "1", {.min = 0, .max = 1}, "value of the input while off"),
       row<&Switch::stroke_s>("stroke", "s", {.min = 10, .max = 3600}, "ramp of the input from 0 to 1"),
       row<&Switch::sensor_lag_s>("sensor_lag", "s", {.above = 0, .max = 3600}, "time constant of both sensors")});
  return s;
}

void Switch::check(Problems& problems) const {
  if (off_k >= on_k) problems.error("off", "is not below `on` (the switch would chatter); give a smaller difference");
}

namespace {

class DifferenceSwitch final : public Controller {
 public:
  explicit DifferenceSwitch(const Switch& spec)
      : spec_(spec),
        senses_{spec.senses.name, spec.compares_with.name},
        acts_on_{spec.acts_on.name},
        warm_{.lag_s = spec.sensor_lag_s},
        cold_{.lag_s = spec.sensor_lag_s},
        actuator_{.stroke_s = spec.stroke_s} {}

  Duty duty() const override { return Duty::regulate; }
  std::span<const std::string> senses() const override { return senses_; }
  std::span<const std::string> acts_on() const override { return acts_on_; }
  double reading_c() const override { return warm_.reading_c; }
  std::string_view mode() const override { return warm_.lost() || cold_.lost() ? "no signal" : on_ ? "on" : "off"; }
  void sensor_fault(std::size_t sensor, const SensorFault& fault) override { (sensor == 0 ? warm_ : cold_).fault = fault; }

  void start(std::span<const double> truth_c) override {
    warm_.start(truth_c[0]), cold_.start(truth_c[1]);
    on_ = false, actuator_.position_frac = spec_.off_value_frac;
  }

  void step(double dt_s, std::span<const double> truth_c, std::span<double> outputs) override {
    warm_.step(truth_c[0], dt_s), cold_.step(truth_c[1], dt_s);
    const double difference_k = warm_.reading_c - cold_.reading_c;  // without a signal: not a number, so off
    on_ = difference_k > (on_ ? spec_.off_k : spec_.on_k);
    actuator_.step(on_ ? spec_.on_value_frac : spec_.off_value_frac, dt_s);
    outputs[0] = actuator_.position_frac;
  }

 private:
  Switch spec_;
  std::vector<std::string> senses_, acts_on_;
  Sensor warm_, cold_;
  Actuator actuator_;
  bool on_ = false;
};

}  // namespace

std::unique_ptr<Controller> make(const Switch& spec) { return std::make_unique<DifferenceSwitch>(spec); }

}  // namespace hypocaust::control
