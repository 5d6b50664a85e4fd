#include "models/plant/audit.hpp"

#include <limits>

#include "models/core/math.hpp"

namespace hypocaust::plant {

void audit(const Topology& t, const AuditInput& in, StepReport& report) {
  double boundary_j = 0, change_j = 0, throughput_j = 0, worst_miss_j = -1, worst_limit_j = 1;
  std::size_t k = 0;
  for (std::size_t p = 0; p < t.branch_ends.size(); ++p) {
    const Ledger<double>& l = in.ledgers[p];
    double net_w = 0, moved_w = 0;
    for (const std::size_t last = static_cast<std::size_t>(t.branch_ends[p]); k < last; ++k) {
      const double in_w = vabs(in.branches[k].flow_kg_s) * in.h_in_j_kg[k];
      net_w += in_w - in.h_out_w[k];
      moved_w += vabs(in_w);
    }
    const double own_j = l.power_in_j + l.heat_in_j - l.heat_out_j,
                 through_j = vabs(l.power_in_j) + vabs(l.heat_in_j) + vabs(l.heat_out_j);
    const double stored_j = in.stored_after_j[p] - in.stored_before_j[p];
    const double miss_j = vabs(net_w * in.dt_s + own_j - stored_j);
    const double limit_j =
        1e-9 * vmax(through_j + moved_w * in.dt_s, in.dt_s) +
        16 * std::numeric_limits<double>::epsilon() * vmax(vabs(in.stored_after_j[p]), vabs(in.stored_before_j[p]));
    if (!(miss_j * worst_limit_j <= worst_miss_j * limit_j))  // the larger share of its limit
      worst_miss_j = miss_j, worst_limit_j = limit_j, report.worst_component = static_cast<int>(p);
    boundary_j += own_j;
    change_j += stored_j;
    throughput_j += through_j;
  }
  if (report.worst_component >= 0) report.worst_component_ratio = worst_miss_j / worst_limit_j;
  report.imbalance_j = boundary_j - change_j;
  report.throughput_j = vmax(throughput_j, in.dt_s);
}

}  // namespace hypocaust::plant
