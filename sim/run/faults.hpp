// What is broken while the year runs. A fault lies over the inputs of components: schedules and controllers move them as if
// nothing were wrong, then the fault has the last word, and when it ends the input is theirs again.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/control/fault.hpp"
#include "models/plant/plant.hpp"
#include "sim/config/scenario.hpp"
#include "sim/run/control_loops.hpp"
#include "sim/run/leaks.hpp"

namespace hypocaust::run {

class Faults {
 public:
  // The faults of the scenario that begin in the window. Names and inputs are checked with the scenario.
  Faults(const Scenario& scenario, plant::Plant& plant, ControlLoops& loops, const control::FaultWindow& window);
  // Leaves only the dated ones, for a study that draws its own.
  void forget_random(const Scenario& scenario);
  // One more, e.g. the outage of a branch.
  void add(const std::string& name, const control::FaultSpec& fault, const std::vector<control::FaultInterval>& intervals);

  bool empty() const { return effects_.empty(); }
  // Whether a fault begins or ends after from_s and before to_s: such a step is cut.
  bool changes_within(std::int64_t from_s, std::int64_t to_s) const;
  // Before schedules and controllers: every input as they left it.
  void lift();
  // After them: what begins or ends at utc_s begins or ends (with an event at time_s), and what is broken takes its inputs.
  void apply(std::int64_t utc_s, std::int64_t time_s, std::vector<Event>& events);
  bool wants_nothing(int component) const;  // a heat user with demand_off now
  // Whether a fault of this kind, which befalls the whole site, is there at any time from from_s to to_s.
  bool of_supply(control::FaultKind kind, std::int64_t from_s, std::int64_t to_s) const;
  bool supply_may_fail() const { return supply_faults_; }
  struct Fed {
    bool all = true, carried = true;  // components of the plant; those that the UPS feeds
  };
  void feed(const Fed& fed) { fed_ = fed; }  // from the next apply() on

 private:
  struct Effect {
    std::string name;  // empty: another effect of the fault before it, whose events tell of both
    control::FaultKind kind;
    int component = -1;
    double* place = nullptr;  // of the input it takes; null: a sensor, or a demand
    double value = 0;         // it gets; or is added (return_rise); NaN: stays where it was
    int loop = -1, sensor_of_loop = 0;
    control::SensorFault sensor{};
    std::vector<control::FaultInterval> intervals;
    std::size_t next = 0;              // interval that is there or comes next
    bool there = false, over = false;  // now; and its value stands in the place
    double kept = 0, held = 0;         // what the others wanted; where it is stuck
  };
  void begin(Effect& effect);
  void end(Effect& effect);
  void take_sensors(Effect effect, const control::FaultSpec& fault);
  void wire_consumers();

  plant::Plant& plant_;
  ControlLoops& loops_;
  Leaks leaks_;
  std::vector<bool> carried_;  // of each component: the UPS feeds it
  std::vector<Effect> effects_;
  struct Consumer {  // of electricity
    double* available;
    bool carried, cut;
    double kept;
  };
  std::vector<Consumer> consumers_;  // of the plant, where the supply may fail
  Fed fed_;
  bool supply_faults_ = false;
};

}  // namespace hypocaust::run
