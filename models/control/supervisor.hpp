// The records of a supervisor: modes with what they force, and protections each with its limit. docs/methods/supervisor.md.
#pragma once
#include "models/control/types.hpp"

namespace hypocaust::control {

enum class Protection : int { over_temperature, scald, freeze, condensation, backflow, dry_run, leak };
std::span<const std::string_view> names(Protection);

struct ProtectionSpec {  // one entry of a supervisor's `protections`
  Protection kind = Protection::over_temperature;
  Ref node, component;
  double limit_c = not_given, release_k = 3.0, pressure_pa = not_given, flow_kg_s = 0.0;
  std::vector<Forced> forces;
  void check(Problems&) const;
  static const Schema& schema();
};

struct SupervisorSpec {
  Ref coolant, store, fallback;
  double limit_c = not_given, dump_above_c = not_given, store_full_c = not_given, release_k = 2.0;
  double minimum_s = 600.0, stroke_s = 60.0, sensor_lag_s = 20.0, throttle_to_frac = 1.0, throttle_after_s = 600.0;
  std::vector<Forced> storing, dumping, degraded, emergency;
  Named<ProtectionSpec> protections;
  void check(Problems&) const;
  static const Schema& schema();
};

std::unique_ptr<Controller> make(const SupervisorSpec&);

}  // namespace hypocaust::control
