// From the grid to the boards: what each server draws by its load, and what power supplies and the UPS lose.
#pragma once
#include <span>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

// Loss of one server's power supply (W) at an output of `output_w` >= 0. Straight in the loss between the four rated points;
// below 10 % the loss of 10 %, above 100 % with the efficiency of 100 %.
double psu_loss_w(const PsuSpec& psu, double output_w);

// Loss of the UPS (W, >= 0) at an output of `it_w` >= 0 (IT energy is counted at the servers' plugs, behind the UPS).
// No-load loss plus a share that grows with the load, or its square, up to the nominal loss P (1/efficiency - 1); with
// `efficiencies`, straight in the loss between no load and 25, 50, 75 and 100 %. 0 without a UPS.
double ups_loss_w(const PowerSpec& power, double it_w);

// Loss of the transformer (W, >= 0) at a load of `load_w` >= 0 behind it: core + windings x (load / nominal power)^2, the load taken
// at a power factor of 1 (IEC 60076-1 gives both losses). 0 without a transformer.
double transformer_loss_w(const PowerSpec& power, double load_w);

// Electricity of one server at its plug (W), power supply's loss included.
struct ServerLoad {
  double load_frac = 0;      // busy cores over cores, 0 to 1
  double throttle_frac = 1;  // share of the dynamic power allowed, 0 to 1
  double inlet_c = -1e9;     // of what cools it; far below: as at the reference
};
// Linear P = idle + throttle x load x (peak - idle), the curve's or one's own points with straight lines between, or the sum of
// the units; throttling scales what exceeds idle. With `inlet`, leakage and fans are added on the boards. The server must be derived
// (idle and peak given).
double server_power_w(const ServerSpec& server, const ServerLoad& at);

// Share of the dynamic power at a speed of the cores, 0 to 1: straight between (0, 0) and the server's levels; without levels the
// speed itself. And the highest speed in whole per cent that keeps such a share.
double dynamic_frac(const ServerSpec& server, double speed_frac);
int speed_percent(const ServerSpec& server, double power_frac);

// The speed in whole per cent that keeps all hosts, every core busy, at or below cap_w: one for all, but for groups whose floor is
// higher. floor_percent: of each group, 0 to 100. Infeasible: -1 (groups at their floors exceed the cap).
int capped_percent(std::span<const HostSpec* const> groups, std::span<const int> floor_percent, double cap_w);

}  // namespace hypocaust::compute
