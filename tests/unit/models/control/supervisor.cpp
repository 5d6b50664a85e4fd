#include <catch2/catch.hpp>

#include "models/control/supervisor.hpp"

using namespace hypocaust;
using namespace hypocaust::control;

namespace {

struct Plant {  // what the supervisor sees and moves; inputs rest at 0.2
  explicit Plant(const SupervisorSpec& spec) : controller(make(spec)), truth(controller->senses().size(), 30.0) { start(); }
  void start() { controller->start(truth); }
  double input(std::string_view name) const {
    for (std::size_t k = 0; k < controller->acts_on().size(); ++k)
      if (controller->acts_on()[k] == name) return out[k];
    FAIL("no input " << name);
    return 0;
  }
  void run(double seconds, double dt_s = 10.0) {
    for (double t = 0; t < seconds; t += dt_s) out.assign(controller->acts_on().size(), 0.2), controller->step(dt_s, truth, out);
  }
  std::string mode() const { return std::string(controller->mode().substr(0, controller->mode().find(':'))); }
  std::unique_ptr<Controller> controller;
  std::vector<double> truth, out;
};

SupervisorSpec site() {
  SupervisorSpec spec{.coolant = {"rack.hot"}, .store = {"reuse.top"}, .fallback = {"boiler.available"}};
  spec.limit_c = 50, spec.dump_above_c = 45, spec.store_full_c = 60, spec.release_k = 2, spec.throttle_to_frac = 0.5;
  spec.storing = {{.input = {"store.speed"}, .value_frac = 1.0}};
  spec.dumping = {{.input = {"fan.speed"}, .value_frac = 0.8}};
  spec.degraded = {{.input = {"station.speed"}, .value_frac = 0.0}};
  spec.emergency = {{.input = {"fan.speed"}, .value_frac = 1.0}};
  return spec;
}
ProtectionSpec freeze() {
  return {
      .kind = Protection::freeze, .node = {"roof.cold"}, .limit_c = 3, .forces = {{.input = {"roof.speed"}, .value_frac = 0.3}}};
}

}  // namespace

TEST_CASE("a supervisor goes through its modes, tells the cause, and forces what each mode forces") {
  Plant p(site());
  p.truth = {40, 65};  // warm, and the store is full
  p.start(), p.run(600);
  CHECK(p.mode() == "normal");
  CHECK(p.input("fan.speed") == Approx(0.2));
  p.truth = {40, 40};
  p.run(600);
  CHECK(p.mode() == "storing");
  CHECK(p.input("store.speed") == Approx(1.0));
  p.truth = {47, 40};
  p.run(600);
  CHECK(p.controller->mode() == "dumping: rack.hot at 45.4 degC, dumped above 45.0");
  CHECK(p.input("fan.speed") == Approx(0.8));
  CHECK(p.input("store.speed") == Approx(0.2));
  CHECK(p.input("boiler.available") == 0.0);
  p.truth = {52, 40};
  p.run(600);
  CHECK(p.mode() == "emergency");
  CHECK(p.input("fan.speed") == Approx(1.0));
  CHECK(p.input("station.speed") == Approx(0.0));
  CHECK(p.input("boiler.available") == 1.0);
}

TEST_CASE("a worse mode begins at once, a better one after its minimum time and a release further down") {
  SupervisorSpec spec = site();
  spec.store = {}, spec.store_full_c = not_given, spec.storing = {}, spec.minimum_s = 1800;
  Plant p(spec);
  p.truth = {47};
  p.run(120);
  CHECK(p.mode() == "dumping");
  p.truth = {44};  // below 45, not below 43
  p.run(7200);
  CHECK(p.mode() == "dumping");
  p.truth = {51};
  p.run(200);
  CHECK(p.mode() == "emergency");
  p.truth = {30};
  p.run(1500);
  CHECK(p.mode() == "emergency");  // since 1700 s at most
  p.run(600);
  CHECK(p.mode() == "normal");
}

TEST_CASE("compute is throttled only when everything has been dumping for a while, and is set free again") {
  SupervisorSpec spec = site();
  spec.throttle_after_s = 900;
  Plant p(spec);
  p.truth = {55, 40};
  p.run(800);
  CHECK(p.controller->throttle_frac() == 1.0);
  p.run(400);
  CHECK(p.controller->throttle_frac() == 0.5);
  CHECK(p.controller->protecting());
  p.truth = {40, 40};
  p.run(1200);
  CHECK(p.controller->throttle_frac() == 1.0);
}

TEST_CASE(
    "without a signal of the coolant it fails open towards cooling, leaves compute alone and sends the customer to its boiler") {
  Plant p(site());
  p.truth = {40, 65};
  p.start();
  p.controller->sensor_fault(0, {.condition = SensorCondition::dead});
  p.run(600);
  CHECK(p.controller->mode() == "degraded: no signal of rack.hot");
  CHECK(p.input("fan.speed") == Approx(0.8));
  CHECK(p.input("boiler.available") == 1.0);
  CHECK(p.controller->throttle_frac() == 1.0);
  p.controller->sensor_fault(0, {});
  p.run(1200);
  CHECK(p.mode() == "normal");
}

TEST_CASE("each protection acts on its side of its limit, has the last word, and degrades the plant") {
  SupervisorSpec spec = site();
  const std::vector<Forced> shut{{.input = {"valve.position"}, .value_frac = 0.0}};
  const auto hold = [&](const char* name, ProtectionSpec p) { spec.protections.entries.push_back({name, std::move(p)}); };
  hold("backwards", {.kind = Protection::backflow, .component = {"station_pump"}, .flow_kg_s = -0.01, .forces = shut});
  hold("dew", {.kind = Protection::condensation, .node = {"rack.cool"}, .limit_c = 17, .forces = shut});
  hold("dry", {.kind = Protection::dry_run,
               .node = {"rack.suction"},
               .pressure_pa = 2e4,
               .forces = {{.input = {"fan.speed"}, .value_frac = 0.0}}});
  hold("ice", freeze());
  hold("loss", {.kind = Protection::leak, .node = {"reuse.vessel"}, .pressure_pa = 5e4, .forces = shut});
  hold("tap", {.kind = Protection::scald, .node = {"centre.flow"}, .limit_c = 60, .forces = shut});
  const std::vector<double> good{40, 65, 0.5, 20, 1e5, 10, 1e5, 50};
  const auto told = [&](std::size_t sensor, double value) {
    Plant p(spec);
    p.truth = good;
    p.start(), p.run(300);
    CHECK(p.mode() == "normal");
    p.truth[sensor] = value;
    p.run(300);
    CHECK(p.controller->protecting());
    return std::string(p.controller->mode());
  };
  CHECK(told(2, -0.2) == "degraded: backflow protection `backwards` acts");
  CHECK(told(3, 15) == "degraded: condensation protection `dew` acts");
  CHECK(told(4, 1e4) == "degraded: dry_run protection `dry` acts");
  CHECK(told(5, 1) == "degraded: freeze protection `ice` acts");
  CHECK(told(6, 4e4) == "degraded: leak protection `loss` acts");
  CHECK(told(7, 66) == "degraded: scald protection `tap` acts");

  Plant p(spec);  // an emergency wants the fans at full; a dry pump's word comes after it
  p.truth = good, p.truth[0] = 55, p.truth[4] = 1e4;
  p.run(600);
  CHECK(p.mode() == "emergency");
  CHECK(p.input("fan.speed") == Approx(0.0));
}

TEST_CASE("every sensor of a supervisor can fail: without one it dumps, and holds people, pipes and coolant") {
  SupervisorSpec spec = site();
  const std::vector<Forced> shut{{.input = {"valve.position"}, .value_frac = 0.0}};
  spec.protections.entries.push_back(
      {"hot", {.kind = Protection::scald, .node = {"centre.flow"}, .limit_c = 60, .forces = shut}});
  spec.protections.entries.push_back({"ice", freeze()});
  spec.protections.entries.push_back(
      {"loss", {.kind = Protection::leak, .node = {"rack.v"}, .pressure_pa = 5e4, .forces = shut}});
  const std::vector<double> good{40, 65, 50, 10, 1e5};
  const auto without = [&](std::size_t sensor) {
    Plant p(spec);
    p.truth = good;
    p.start(), p.run(300);
    p.controller->sensor_fault(sensor, {.condition = SensorCondition::dead});
    p.run(900);
    CHECK(p.input("fan.speed") == Approx(0.8));
    CHECK(p.controller->throttle_frac() == 1.0);
    return p;
  };
  Plant p = without(1);
  CHECK(p.controller->mode() == "degraded: no signal of store (reuse.top)");
  CHECK_FALSE(p.controller->protecting());
  p = without(2);
  CHECK(p.controller->mode() == "degraded: no signal of hot (centre.flow)");
  CHECK(p.input("valve.position") == Approx(0.0));  // nobody is scalded
  p = without(3);
  CHECK(p.input("roof.speed") == Approx(0.3));  // nothing freezes
  p = without(4);
  CHECK(p.input("valve.position") == Approx(0.2));  // what takes cooling away waits for a signal
  const auto names = p.controller->sensor_names();
  CHECK(std::vector<std::string>(names.begin(), names.end()) ==
        std::vector<std::string>{"coolant", "store", "hot", "ice", "loss"});

  Plant q(spec);  // a pressure switch that is stuck does not see the leak; the truth falls all the same
  q.truth = good;
  q.start(), q.run(300);
  q.controller->sensor_fault(4, {.condition = SensorCondition::stuck});
  q.truth[4] = 1e4;
  q.run(300);
  CHECK(q.mode() == "normal");
  q.controller->sensor_fault(4, {});
  q.run(300);
  CHECK(q.controller->mode() == "degraded: leak protection `loss` acts");
}

TEST_CASE("a supervisor that contradicts itself is refused with the remedy") {
  const auto problems = [](const SupervisorSpec& spec) {
    Problems found;
    spec.check(found);
    for (const auto& entry : spec.protections.entries) entry.value.check(found);
    std::string text;
    for (const auto& item : found.items) text += item.key + " " + item.text + "\n";
    return text;
  };
  SupervisorSpec spec = site();
  CHECK(problems(spec).empty());
  spec.dump_above_c = 50;
  CHECK_THAT(problems(spec), Catch::Contains("dump_above is not below `limit`"));
  spec = site(), spec.store_full_c = not_given;
  CHECK_THAT(problems(spec), Catch::Contains("does not say when it is full"));
  spec = site();
  spec.protections.entries.push_back({"a", {.kind = Protection::backflow, .node = {"a.b"}}});
  CHECK_THAT(problems(spec), Catch::Contains("component is missing (a protection of kind backflow needs it)") &&
                                 Catch::Contains("node does not go with kind backflow"));
}
