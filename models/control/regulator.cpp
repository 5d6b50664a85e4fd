// temperature_regulator: proportional-integral control of one temperature by one input, with sensor lag, actuator stroke
// and anti-windup (clamped integral; Astrom and Hagglund, Advanced PID Control, 2006, section 3.5).
#include "models/control/types.hpp"

namespace hypocaust::control {

std::span<const std::string_view> names(Opens) {
  static constexpr std::string_view list[] = {"above", "below"};
  return list;
}

const Schema& Regulator::schema() {
  static const Schema s = describe<Regulator>(
      "temperature_regulator", "Keeps a temperature at its target by moving one input (a speed, a position).",
      {row<&Regulator::senses>("senses", "", {.need = required, .scope = "node"}, "node whose temperature is kept"),
       row<&Regulator::acts_on>("acts_on", "", {.need = required, .scope = "input"}, "component.input that is moved"),
       row<&Regulator::target_c>("target", "degC", {.min = -30, .max = 120}, "temperature wanted; or reset"),
       row<&Regulator::reset>("reset", "", {}, "the temperature wanted follows the outdoor air; or target"),
       row<&Regulator::opens>("opens", "", {},
                              "the input rises while the temperature is above (cooling) or below (heating) its target"),
       row<&Regulator::band_k>("proportional_band", "K", {.above = 0, .max = 200},
                               "deviation that moves the input over its whole range"),
       row<&Regulator::integral_time_s>("integral_time", "min", {.above = 0, .max = 1440},
                                        "time in which a lasting deviation repeats its proportional action"),
       row<&Regulator::stroke_s>("stroke", "s", {.min = 10, .max = 3600}, "time of the actuator from end to end"),
       row<&Regulator::sensor_lag_s>("sensor_lag", "s", {.above = 0, .max = 3600}, "time constant of the sensor"),
       row<&Regulator::minimum_frac>("minimum", "1", {.min = 0, .max = 1}, "lowest value of the input"),
       row<&Regulator::maximum_frac>("maximum", "1", {.min = 0, .max = 1}, "highest value of the input"),
       row<&Regulator::initial_frac>("initial", "1", {.min = 0, .max = 1}, "value of the input at the start")});
  return s;
}

void Regulator::check(Problems& problems) const {
  if (reset && target_c == target_c)
    problems.error("reset", "does not go with target (each says what is wanted); remove one of them");
  if (!reset && target_c != target_c)
    problems.error("target", "is missing (nothing says which temperature is wanted); give it, or a `reset`");
  if (minimum_frac > maximum_frac) problems.error("minimum", "is above `maximum` (the input would have no range); swap them");
}

namespace {

class TemperatureRegulator final : public Controller {
 public:
  explicit TemperatureRegulator(const Regulator& spec)
      : spec_(spec),
        senses_{spec.senses.name},
        acts_on_{spec.acts_on.name},
        sensor_{.lag_s = spec.sensor_lag_s},
        actuator_{.stroke_s = spec.stroke_s},
        target_c_(spec.reset ? spec.reset->mild_target_c : spec.target_c) {}

  Duty duty() const override { return Duty::regulate; }
  std::span<const std::string> senses() const override { return senses_; }
  std::span<const std::string> acts_on() const override { return acts_on_; }
  double reading_c() const override { return sensor_.reading_c; }
  std::string_view mode() const override { return sensor_.lost() ? "no signal" : "regulating"; }
  void outdoor(double outdoor_c) override {
    if (spec_.reset) target_c_ = target_c(curve_of(*spec_.reset), outdoor_c);
  }
  void sensor_fault(std::size_t, const SensorFault& fault) override { sensor_.fault = fault; }

  void start(std::span<const double> truth_c) override {
    sensor_.start(truth_c[0]);
    actuator_.position_frac = integral_frac_ = clamp(spec_.initial_frac, spec_.minimum_frac, spec_.maximum_frac);
  }

  void step(double dt_s, std::span<const double> truth_c, std::span<double> outputs) override {
    sensor_.step(truth_c[0], dt_s);
    if (sensor_.lost()) {  // what cools opens, what heats closes
      actuator_.step(spec_.opens == Opens::above ? spec_.maximum_frac : spec_.minimum_frac, dt_s);
      outputs[0] = actuator_.position_frac;
      return;
    }
    const double deviation_k = spec_.opens == Opens::above ? sensor_.reading_c - target_c_ : target_c_ - sensor_.reading_c;
    const double proportional_frac = deviation_k / spec_.band_k;
    integral_frac_ =
        clamp(integral_frac_ + proportional_frac * dt_s / spec_.integral_time_s, spec_.minimum_frac, spec_.maximum_frac);
    actuator_.step(clamp(proportional_frac + integral_frac_, spec_.minimum_frac, spec_.maximum_frac), dt_s);
    outputs[0] = actuator_.position_frac;
  }

 private:
  Regulator spec_;
  std::vector<std::string> senses_, acts_on_;
  Sensor sensor_;
  Actuator actuator_;
  double target_c_, integral_frac_ = 0.0;
};

}  // namespace

std::unique_ptr<Controller> make(const Regulator& spec) { return std::make_unique<TemperatureRegulator>(spec); }

}  // namespace hypocaust::control
