// From the grid to the boards: what each server draws by its load, and what power supplies and the UPS lose.
#pragma once
#include <vector>

#include "models/compute/spec.hpp"

namespace hypocaust::compute {

// Loss of one server's power supply (W) at an output of `output_w` >= 0. Straight in the loss between the four rated points;
// below 10 % the loss of 10 %, above 100 % with the efficiency of 100 %.
double psu_loss_w(const PsuSpec& psu, double output_w);

// Loss of the UPS (W, >= 0) at an output of `it_w` >= 0 (IT energy is counted at the servers' plugs, behind the UPS).
// No-load loss plus a share that grows straight with the load up to the nominal loss P (1/efficiency - 1); with
// `efficiencies`, straight in the loss between no load and 25, 50, 75 and 100 %. 0 without a UPS.
double ups_loss_w(const PowerSpec& power, double it_w);

// Electricity of one server at its plug (W), power supply's loss included.
struct ServerLoad {
  double load_frac = 0;      // busy cores over cores, 0 to 1
  double throttle_frac = 1;  // share of the dynamic power allowed, 0 to 1
};
// Linear P = idle + throttle x load x (peak - idle), the curve's or one's own points with straight lines between, or the sum of
// the units; throttling scales what exceeds idle. The server must be derived (idle and peak given).
double server_power_w(const ServerSpec& server, const ServerLoad& at);

}  // namespace hypocaust::compute
