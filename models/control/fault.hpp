// faults: what breaks, when, and for how long: by date, or at random from mean times (docs/methods/faults.md).
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::control {

enum class FaultKind : int {
  out_of_order,   // a component does nothing
  degraded,       // a component has `remaining` of its capacity
  stuck,          // an input stays at `value`, or where it was
  sensor_stuck,   // a controller reads what its sensor read when it stuck
  sensor_dead,    // a controller reads nothing
  sensor_offset,  // a controller reads `offset` too much
  interface_off,  // a heat user takes nothing; what it wants persists
  demand_off,     // a heat user wants nothing
  return_rise,    // what a heat user sends back is `offset` warmer
  link_down,      // the field network: no controller reads any of its sensors
  leak,           // water gets out at a `leak` of the plant
  grid_outage,    // the site's grid connection is dead
  fire_alarm,     // hosts shut down in order and stay off
  emergency_off   // nothing on the site has power, what the UPS feeds included
};
bool of_supply(FaultKind kind);   // the last three: they name no part
bool of_site(FaultKind kind);     // they and link_down: the whole site has them
bool needs_crew(FaultKind kind);  // somebody of the site's own must come and repair it
std::span<const std::string_view> names(FaultKind);

enum class RepairLaw : int { exponential, lognormal, fixed };
std::span<const std::string_view> names(RepairLaw);

struct FaultSpec {  // one entry of faults
  FaultKind kind = FaultKind::out_of_order;
  Ref component, input, controller;
  std::string sensor;  // of the controller, where it has several
  Instant at;
  double lasts_s = not_given;
  double remaining_frac = not_given, value_frac = not_given, offset_k = not_given;
  double mean_between_s = not_given, mean_repair_s = not_given, spare_part_s = 0.0;
  RepairLaw repair = RepairLaw::exponential;
  std::int64_t spares = 0;  // on site

  bool at_random() const { return mean_between_s == mean_between_s; }
  void check(Problems&) const;
  static const Schema& schema();
};

struct FaultInterval {  // POSIX seconds, [from_s, to_s)
  std::int64_t from_s, to_s;
  bool operator==(const FaultInterval&) const = default;
};
struct FaultWindow {
  std::uint64_t seed;
  std::int64_t from_s, to_s;  // intervals that begin in [from_s, to_s) are given
};
constexpr int as_many_as_needed = 1'000'000;
struct RandomFault {
  const FaultSpec* fault;
  std::string name;     // of its stream of random numbers
  std::int64_t from_s;  // in order then, POSIX seconds
};
// When random faults are there that share repair crews, each until to_s. A failure takes the next spare: one on site, else the one
// that was ordered first and nobody waits for; each failure orders another, which comes spare_part later. With the part in hand it
// waits for a crew (first come, first served; in the order of the list at one instant), where its kind needs one. Draws depend on
// the seed, the name and the number of the failure alone; what waits for a crew moves with the other faults.
std::vector<std::vector<FaultInterval>> fault_histories(std::span<const RandomFault> faults, int crews, std::uint64_t seed,
                                                        std::int64_t to_s);
// When the fault called `name` is there. Dated: once. At random: alternating times in order and out of order, drawn from the
// stream "faults" of the seed and the name, so that another fault never shifts these. Times in order are exponential with mean
// mean_between; repairs follow their law (lognormal: log-sd 1) and wait for their part, with as many crews as needed. Whole seconds,
// at least one.
std::vector<FaultInterval> fault_intervals(const FaultSpec& fault, std::string_view name, const FaultWindow& window);

}  // namespace hypocaust::control
