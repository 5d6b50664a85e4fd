// The scenario: everything a YAML file can say, as plain structs. Each record is declared where its domain lives.
#pragma once
#include <optional>
#include <string>

#include "models/compute/spec.hpp"
#include "models/control/fault.hpp"
#include "models/control/spec.hpp"
#include "models/core/schema.hpp"
#include "models/demand/spec.hpp"
#include "models/economics/carbon.hpp"
#include "models/economics/economics_spec.hpp"
#include "models/meter/spec.hpp"
#include "models/plant/plant.hpp"
#include "models/weather/spec.hpp"
#include "sim/input/calendar_spec.hpp"
#include "sim/input/series_spec.hpp"

namespace hypocaust {

struct ClockSpec {
  Instant start;
  double duration_s = 365 * 86400.0, step_s = 60.0, sub_step_s = 5.0, warm_up_s = 14 * 86400.0;
  std::int64_t seed = 1;
  void check(Problems&) const;
  static const Schema& schema();
};

struct SiteSpec {
  std::string time_zone = "UTC";
  double latitude_rad = not_given, longitude_rad = not_given, altitude_m = 0.0, ground_reflectance_frac = 0.2;
  static const Schema& schema();
};

struct PlantSection {  // plant: as written; components chosen by `type:`, parts already expanded
  Named<plant::CircuitSpec> circuits;
  Named<plant::NodeSpec> nodes;
  Named<Typed> components, controllers;
  static const Schema& schema();
};

struct OutputSpec {
  std::vector<std::string> record{"*"};  // globs over group.variable.column
  double every_s = not_given;            // derived: the step
  enum class Keep : int { mean, min, max, last };
  Keep keep = Keep::mean;
  std::int64_t compression = 1;
  static const Schema& schema();
};
std::span<const std::string_view> names(OutputSpec::Keep);

struct Scenario {
  std::int64_t hypocaust = 0;
  std::string title, currency = "EUR";
  ClockSpec clock;
  SiteSpec site;
  Typed weather;  // models/weather/spec.hpp
  compute::ComputeSpec compute;
  compute::PowerSpec power;
  Named<Typed> cooling;  // component types that take the heat of hosts
  PlantSection plant;
  Named<Typed> heat_users;  // models/demand/spec.hpp, and component types that are heat users
  Named<input::SeriesSpec> series;
  Named<input::CalendarSpec> calendars;
  Named<meter::MeterSpec> meters;
  Named<Typed> contracts;  // models/economics/contract.hpp
  std::optional<economics::EconomicsSpec> economics;
  std::optional<economics::CarbonSpec> carbon;
  Named<control::FaultSpec> faults;
  std::int64_t repair_crews = control::as_many_as_needed;
  OutputSpec output;
  static const Schema& schema();
};

}  // namespace hypocaust
