// What a controller is: it reads nodes through its own sensors, keeps a few numbers of state, and moves named inputs of
// components. Regulators earn; guards protect people, pipes and compute, and overrule regulators on the same input.
#pragma once
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/control/sensor.hpp"
#include "models/core/schema.hpp"

namespace hypocaust::control {

enum class Duty : int { protect, regulate };  // the fixed order of duty; protection is applied last and wins

enum class Quantity : int { temperature, pressure, flow };  // degC and gauge Pa of a node, kg/s of a component's first branch

class Controller {
 public:
  virtual ~Controller() = default;
  virtual Duty duty() const = 0;
  virtual std::span<const std::string> senses() const = 0;  // nodes, `circuit.name`; or components, where their flow is sensed
  virtual std::span<const Quantity> quantities() const { return {}; }  // of each; empty: temperatures all
  virtual std::span<const std::string> acts_on() const = 0;            // `component.input`
  // One (sub-)step. truth_c: what senses() names, in that order. outputs: one per acts_on(), holding the value of the
  // input so far in this step (regulators first, then guards).
  virtual void step(double dt_s, std::span<const double> truth_c, std::span<double> outputs) = 0;
  // The outdoor air of the step that begins now, told before step(). NaN: not known yet.
  virtual void outdoor(double) {}
  // Sensors at the truth, actuators where they start.
  virtual void start(std::span<const double> truth_c) = 0;
  virtual bool protecting() const { return false; }              // an active protection: steps are cut into sub-steps
  virtual double throttle_frac() const { return 1.0; }           // share of dynamic power it allows to compute
  virtual std::span<const Ref> throttles() const { return {}; }  // host groups; empty: all
  virtual bool spares() const { return false; }                  // work that may not be capped keeps its speed, for now
  virtual std::string_view mode() const = 0;                     // changes are events
  virtual double reading_c() const = 0;                          // what its (first) sensor says; NaN: nothing
  // The condition of a sensor from now on, counted as senses(). Without a signal a controller fails open towards cooling.
  virtual void sensor_fault(std::size_t sensor, const SensorFault& fault) = 0;
  virtual std::span<const std::string> sensor_names() const { return {}; }  // of each of senses(); empty: they need none
};

// The controller of one entry of plant.controllers. Its schema is one of controller_types().
std::unique_ptr<Controller> make_controller(const Typed& spec);

}  // namespace hypocaust::control
