#include "sim/config/scenario.hpp"

#include <cmath>

#include "models/plant/registry.hpp"

namespace hypocaust {
namespace {

bool whole(double ratio) { return std::fabs(ratio - std::round(ratio)) < 1e-9 * std::fmax(1.0, std::fabs(ratio)); }

}  // namespace

const Schema& ClockSpec::schema() {
  static const Schema s = describe<ClockSpec>(
      "clock", "When the simulation starts, how long it runs and how finely.",
      {row<&ClockSpec::start>("start", "", {.need = required}, "first recorded instant: a date, or date and time, in UTC"),
       row<&ClockSpec::duration_s>("duration", "s", {.above = 0, .max = 100.0 * 31536000},
                                   "recorded time; a whole number of steps"),
       row<&ClockSpec::step_s>("step", "s", {.min = 1, .max = 3600}, "whole seconds that divide a day"),
       row<&ClockSpec::sub_step_s>("sub_step", "s", {.above = 0, .max = 5},
                                   "longest piece of a step while events or protections are active"),
       row<&ClockSpec::warm_up_s>("warm_up", "s", {.min = 0, .max = 31536000},
                                  "simulated before the first record and not counted"),
       row<&ClockSpec::seed>("seed", "", {.min = 0, .max = 9007199254740992.0}, "of every random stream")});
  return s;
}

void ClockSpec::check(Problems& problems) const {
  if (!whole(step_s)) return problems.error("step", "is not a whole number of seconds; write e.g. 60 s");
  if (!whole(86400.0 / step_s))
    return problems.error("step", "does not divide a day (86400 s); write e.g. 30 s, 60 s, 300 s or 900 s");
  if (!whole(duration_s / step_s)) problems.error("duration", "is not a whole number of steps; make it a multiple of `step`");
  if (!whole(warm_up_s / step_s)) problems.error("warm_up", "is not a whole number of steps; make it a multiple of `step`");
  if (step_s > 900.0)
    problems.warn("step",
                  "is longer than 15 min (controllers act once a step, and loops that turn over faster hunt); 60 s to 300 s suit "
                  "most sites");
  if (!whole(static_cast<double>(start.utc_s) / step_s))
    problems.error("start", "does not lie on a step counted from midnight; start on a full step");
}

const Schema& SiteSpec::schema() {
  static const Schema s = describe<SiteSpec>(
      "site", "Where the site is.",
      {row<&SiteSpec::time_zone>("time_zone", "", {}, "IANA name, for calendars, daily profiles and files in local time"),
       row<&SiteSpec::latitude_rad>("latitude", "deg", {.min = -90, .max = 90},
                                    "north is positive; left out: that of the weather file or climate"),
       row<&SiteSpec::longitude_rad>("longitude", "deg", {.min = -180, .max = 180},
                                     "east is positive; left out: that of the weather file or climate"),
       row<&SiteSpec::altitude_m>("altitude", "m", {.min = -430, .max = 9000}, "above sea level"),
       row<&SiteSpec::ground_reflectance_frac>("ground_reflectance", "1", {.min = 0, .max = 1},
                                               "share of sunlight that the ground around reflects: 0.2 grass, 0.7 snow")});
  return s;
}

const Schema& PlantSection::schema() {
  static const Schema s = describe<PlantSection>(
      "plant",
      "Circuits, and the components between their nodes. A node is circuit.name and exists because components meet there.",
      {row<&PlantSection::circuits>("circuits", "", {.scope = "circuit"}, "closed loops, each with its fluid"),
       row<&PlantSection::nodes>("nodes", "", {.scope = "declared node"}, "nodes that differ from the default, by circuit.name"),
       row<&PlantSection::components>("components", "", {.scope = "component", .types = plant::component_schemas},
                                      "what the plant is made of"),
       row<&PlantSection::controllers>("controllers", "", {.scope = "controller", .types = control::controller_types},
                                       "what moves valves, pumps and fans")});
  return s;
}

std::span<const std::string_view> names(OutputSpec::Keep) {
  static constexpr std::string_view list[] = {"mean", "min", "max", "last"};
  return list;
}

const Schema& OutputSpec::schema() {
  static const Schema s = describe<OutputSpec>(
      "output", "What the run file keeps.",
      {row<&OutputSpec::record>("record", "", {}, "globs over group.variable.column"),
       row<&OutputSpec::every_s>("every", "s", {.need = derived, .min = 1, .max = 31536000},
                                 "interval between records, whole steps; derived: the step"),
       row<&OutputSpec::keep>("keep", "", {}, "what a record holds of its interval"),
       row<&OutputSpec::compression>("compression", "", {.min = 0, .max = 9}, "level of the deflate filter; 0: none")});
  return s;
}

const Schema& Scenario::schema() {
  static const Schema s = describe<Scenario>(
      "scenario", "A site: what it computes, how it is cooled, who wants its heat.",
      {row<&Scenario::hypocaust>("hypocaust", "", {.need = required, .min = 1, .max = 1},
                                 "version of the language; first line of every file"),
       row<&Scenario::title>("title", "", {}, "for people; printed in tables and files"),
       row<&Scenario::currency>("currency", "", {}, "three letters (ISO 4217); one currency a scenario"),
       row<&Scenario::clock>("clock", "", {}, "time"),
       row<&Scenario::site>("site", "", {}, "place"),
       row<&Scenario::weather>("weather", "", {.types = weather::weather_types},
                               "outdoor conditions; a network that meets neither air nor ground needs none"),
       row<&Scenario::compute>("compute", "", {}, "hosts, work and scheduler"),
       row<&Scenario::power>("power", "", {}, "from the grid to the boards"),
       row<&Scenario::cooling>("cooling", "", {.scope = "cooling", .types = plant::cooling_schemas}, "how heat leaves the hosts"),
       row<&Scenario::plant>("plant", "", {}, "the heating and cooling plant"),
       row<&Scenario::heat_users>("heat_users", "", {.scope = "heat user", .types = plant::heat_user_schemas}, "who wants heat"),
       row<&Scenario::series>("series", "", {.scope = "series"}, "columns of CSV files, usable as {series: name}"),
       row<&Scenario::calendars>("calendars", "", {.scope = "calendar"},
                                 "times that come and go, usable as {calendar: name, during: ..., otherwise: ...}"),
       row<&Scenario::meters>("meters", "", {.scope = "meter"}, "where heat is measured"),
       row<&Scenario::contracts>("contracts", "", {.scope = "contract", .types = economics::contract_types},
                                 "who pays whom for heat"),
       row<&Scenario::economics>("economics", "", {}, "what a cash flow needs beside the contracts; left out: none is made"),
       row<&Scenario::carbon>("carbon", "", {}, "emission factors and the heat that is replaced; left out: no carbon figures"),
       row<&Scenario::faults>("faults", "", {.scope = "fault"}, "what breaks, by date or at random"),
       row<&Scenario::repair_crews>("repair_crews", "", {.min = 1, .max = control::as_many_as_needed},
                                    "how many random faults can be under repair at once; left out: all"),
       row<&Scenario::output>("output", "", {}, "the run file")});
  return s;
}

}  // namespace hypocaust
