// The controllers of a site, wired to the nodes they sense and the inputs they move.
#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/control/controller.hpp"
#include "models/plant/plant.hpp"
#include "sim/config/scenario.hpp"
#include "sim/run/event.hpp"
#include "sim/run/junction_throttle.hpp"

namespace hypocaust::run {

class ControlLoops {
 public:
  // The scenario is checked: nodes and inputs exist, an input has one regulator at most.
  ControlLoops(const Scenario& scenario, plant::Plant& plant);

  void start(const plant::Plant& plant);
  // One (sub-)step; mode changes are appended to events (at most most_events are kept).
  void step(const plant::Plant& plant, double dt_s, std::int64_t time_s, std::vector<Event>& events);
  void outdoor(double outdoor_c);  // told to each controller: the air of the step that begins now
  bool protecting() const;
  double throttle_frac() const;                              // the least that any active guard, or a hot junction, allows
  void throttle(std::span<compute::Throttle> groups) const;  // what each host group is allowed, in the scenario's order
  std::string throttling_name() const;  // of the guard, or the cooling component of the junction; empty when none throttles

  int index(std::string_view name) const;  // of a controller; -1: there is none
  int sensors(int loop) const { return static_cast<int>(loops_[static_cast<std::size_t>(loop)].senses.size()); }
  // By its name; an empty name: the first. -1: there is none.
  int sensor(int loop, std::string_view name) const;
  std::span<const std::string> sensor_names(int loop) const {
    return loops_[static_cast<std::size_t>(loop)].controller->sensor_names();
  }
  void sensor_fault(int loop, int sensor, const control::SensorFault& fault) {
    loops_[static_cast<std::size_t>(loop)].controller->sensor_fault(static_cast<std::size_t>(sensor), fault);
  }

  // Where a schedule writes an input: the place itself, or where it stands while no guard overrules it.
  double* resting_place(double* input);

  std::size_t size() const { return loops_.size(); }
  std::vector<std::string> names() const;
  double reading_c(std::size_t loop) const { return loops_[loop].controller->reading_c(); }
  double output_frac(std::size_t loop) const { return loops_[loop].inputs.empty() ? 0.0 : *loops_[loop].inputs[0]; }

 private:
  struct Loop;
  static void look(const plant::Plant& plant, Loop& loop);
  struct Sensed {
    control::Quantity quantity;
    int index;  // of the node, or of the component
  };
  struct Loop {
    std::string name;
    std::unique_ptr<control::Controller> controller;
    std::vector<Sensed> senses;
    std::vector<double*> inputs;
    std::vector<double> truth_c, outputs;
    std::string mode;
    std::vector<std::size_t> groups{};  // host groups that it may throttle
  };
  struct Resting {  // an input only guards move: where it stands while none acts
    double* input;
    double value;
  };
  std::vector<Resting> unregulated_;
  std::vector<Loop> loops_;  // regulators by name, then guards by name
  JunctionThrottles junctions_;
};

}  // namespace hypocaust::run
