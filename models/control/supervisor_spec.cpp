#include "models/control/supervisor.hpp"

namespace hypocaust::control {

std::span<const std::string_view> names(Protection) {
  static constexpr std::string_view list[] = {"over_temperature", "scald",   "freeze", "condensation",
                                              "backflow",         "dry_run", "leak"};
  return list;
}

const Schema& ProtectionSpec::schema() {
  using P = ProtectionSpec;
  static const Schema s = describe<P>(
      "protection", "A limit that a supervisor holds against something worse than heat unsold.",
      {row<&P::kind>(
           "kind", "", {.need = required},
           "over_temperature and scald act above `limit`; freeze and condensation below it; backflow below `flow`; dry_run "
           "and leak below `pressure`"),
       row<&P::node>("node", "", {.scope = "node"}, "where temperature or pressure is measured; not of backflow"),
       row<&P::component>("component", "", {.scope = "part of the plant"}, "backflow: whose flow is measured (its first branch)"),
       row<&P::limit_c>("limit", "degC", {.min = -60, .max = 150}, "temperature at which it acts"),
       row<&P::release_k>("release", "K", {.above = 0, .max = 50}, "how far on the safe side of the limit it lets go"),
       row<&P::pressure_pa>("pressure", "bar", {.min = 0, .max = 50},
                            "gauge pressure below which it acts; it lets go 0.1 bar above"),
       row<&P::flow_kg_s>("flow", "kg/s", {.min = -1e4, .max = 1e4}, "backflow: flow below which it acts"),
       row<&P::forces>("forces", "", {.need = required}, "inputs it takes over, with their values")});
  return s;
}

namespace {
void wants(Problems& problems, std::string_view key, bool given, bool wanted, std::string_view kind) {
  if (wanted && !given)
    problems.error(std::string(key), "is missing (a protection of kind " + std::string(kind) + " needs it); write it");
  if (!wanted && given)
    problems.error(std::string(key), "does not go with kind " + std::string(kind) + "; remove it, or write another kind");
}
}  // namespace

void ProtectionSpec::check(Problems& problems) const {
  const std::string_view word = names(kind)[static_cast<std::size_t>(kind)];
  const bool flow = kind == Protection::backflow, pressure = kind == Protection::dry_run || kind == Protection::leak;
  wants(problems, "component", !component.name.empty(), flow, word);
  wants(problems, "node", !node.name.empty(), !flow, word);
  wants(problems, "pressure", pressure_pa == pressure_pa, pressure, word);
  wants(problems, "limit", limit_c == limit_c, !flow && !pressure, word);
}

const Schema& SupervisorSpec::schema() {
  using S = SupervisorSpec;
  static const Schema s = describe<S>(
      "supervisor", "Chooses the mode of the plant: normal, storing, dumping, degraded or emergency, and holds its protections.",
      {row<&S::coolant>("coolant", "", {.need = required, .scope = "node"}, "node whose temperature compute depends on"),
       row<&S::limit_c>("limit", "degC", {.need = required, .min = 0, .max = 120}, "coolant temperature of an emergency"),
       row<&S::dump_above_c>("dump_above", "degC", {.need = required, .min = 0, .max = 120},
                             "coolant temperature from which heat is dumped"),
       row<&S::store>("store", "", {.scope = "node"}, "node of the store's top; left out: it never stores"),
       row<&S::store_full_c>("store_full", "degC", {.min = 0, .max = 120}, "temperature at which the store takes no more"),
       row<&S::release_k>("release", "K", {.above = 0, .max = 50}, "how far below its temperature a mode is left"),
       row<&S::minimum_s>("minimum_time", "min", {.min = 0, .max = 1440},
                          "a mode stays at least this long; a worse one never waits"),
       row<&S::storing>("storing", "", {}, "inputs taken over while storing"),
       row<&S::dumping>("dumping", "", {},
                        "inputs taken over while dumping; in an emergency and without a signal of the coolant too"),
       row<&S::degraded>("degraded", "", {}, "inputs taken over while something is lost; in an emergency too"),
       row<&S::emergency>("emergency", "", {}, "inputs taken over in an emergency"),
       row<&S::fallback>("fallback", "", {.scope = "input"},
                         "input that is 1 while the customer is to heat by itself (degraded, emergency), else 0"),
       row<&S::throttle_to_frac>("throttle_to", "1", {.min = 0, .max = 1},
                                 "share of dynamic server power allowed in an emergency; 100 %: compute is left alone"),
       row<&S::throttle_after_s>("throttle_after", "min", {.min = 0, .max = 1440},
                                 "time that everything may dump in an emergency before compute is throttled"),
       row<&S::stroke_s>("stroke", "s", {.min = 10, .max = 3600}, "time of the forced actuators from end to end"),
       row<&S::sensor_lag_s>("sensor_lag", "s", {.above = 0, .max = 3600}, "time constant of the temperature sensors"),
       row<&S::protections>("protections", "", {}, "limits held in every mode")});
  return s;
}

void SupervisorSpec::check(Problems& problems) const {
  if (dump_above_c >= limit_c)
    problems.error("dump_above", "is not below `limit` (nothing would be dumped before the emergency); lower it");
  const bool full = store_full_c == store_full_c;
  if (full == store.name.empty())
    problems.error(full ? "store_full" : "store",
                   full ? "does not say which store; give `store` too" : "does not say when it is full; give `store_full` too");
}

}  // namespace hypocaust::control
