// From what cools the hosts to the junction of their hottest device, one thermal resistance (JEDEC JESD51-1: rise over power):
//   T_junction = T_coolant + resistance x P          P = device_power x (power of the hosts) / hosts_power
// The coolant is what reaches the device: liquid in the plates, bath, or air at the servers' inlet. The power is the largest
// within the step. The resistance is constant: it holds near the flow it was measured at.
#pragma once
#include <optional>

#include "models/core/schema.hpp"

namespace hypocaust::plant {

struct Junction {
  double resistance_k_w = not_given, device_power_w = not_given, hosts_power_w = not_given, limit_c = 90.0,
         throttle_above_c = not_given, throttle_to_frac = 0.2;
  static const Schema& schema() {
    static const Schema s = describe<Junction>(
        "junction", "Hottest device of the hosts, behind one thermal resistance.",
        {row<&Junction::resistance_k_w>("resistance", "K/W", {.need = required, .above = 0, .max = 10},
                                        "junction to coolant (liquid, bath, or air entering the servers)"),
         row<&Junction::device_power_w>("device_power", "W", {.need = required, .above = 0, .max = 1e4},
                                        "of the hottest device, while the hosts draw `hosts_power`"),
         row<&Junction::hosts_power_w>("hosts_power", "kW", {.need = required, .above = 0, .max = 1e5},
                                       "power of the hosts that goes with `device_power`"),
         row<&Junction::limit_c>("limit", "degC", {.min = 20, .max = 200}, "highest junction temperature allowed"),
         row<&Junction::throttle_above_c>("throttle_above", "degC", {.min = 20, .max = 200},
                                          "junction temperature that the hosts hold by slowing down; left out: they do not"),
         row<&Junction::throttle_to_frac>("throttle_to", "1", {.min = 0, .max = 1},
                                          "least share of dynamic power they slow down to")});
    return s;
  }
};

// Kelvin of junction over coolant for each watt of the hosts; 0 where no junction is given.
inline double junction_rise_k_w(const std::optional<Junction>& junction) {
  return junction ? junction->resistance_k_w * junction->device_power_w / junction->hosts_power_w : 0.0;
}
// What the nominal point says: coolant_c is the warmest in normal operation.
inline void check_junction(const std::optional<Junction>& junction, double coolant_c, Problems& problems) {
  if (junction && coolant_c + junction->resistance_k_w * junction->device_power_w > junction->limit_c)
    problems.warn("junction.limit",
                  "would be passed at the nominal point (coolant plus resistance x device_power is above it); "
                  "lower the coolant or the resistance");
  if (junction && junction->throttle_above_c >= junction->limit_c)
    problems.error("junction.throttle_above", "is not below `limit` (hosts would slow down too late); lower it");
}

}  // namespace hypocaust::plant
