#include "models/plant/audit.hpp"

#include <limits>

#include "models/core/math.hpp"

namespace hypocaust::plant {

void audit(const Topology& t, const AuditInput& in, StepReport& report) {
  double boundary_j = 0, change_j = 0, throughput_j = 0, worst = -1;
  for (std::size_t p = 0; p < t.parts.size(); ++p) {
    const auto& part = t.parts[p];
    const Ledger<double>& l = in.ledgers[p];
    double net_w = 0, moved_w = 0;
    const std::size_t first = static_cast<std::size_t>(part.first_branch), last = first + part.type->branches.size();
    for (std::size_t k = first; k < last; ++k) {
      const double in_w = vabs(in.branches[k].flow_kg_s) * in.h_in_j_kg[k];
      net_w += in_w - in.h_out_w[k];
      moved_w += vabs(in_w);
    }
    const double own_j = l.power_in_j + l.heat_in_j - l.heat_out_j,
                 through_j = vabs(l.power_in_j) + vabs(l.heat_in_j) + vabs(l.heat_out_j);
    const double stored_j = in.stored_after_j[p] - in.stored_before_j[p];
    const double miss_j = net_w * in.dt_s + own_j - stored_j;
    const double limit_j =
        1e-9 * vmax(through_j + moved_w * in.dt_s, in.dt_s) +
        16 * std::numeric_limits<double>::epsilon() * vmax(vabs(in.stored_after_j[p]), vabs(in.stored_before_j[p]));
    const double ratio = vabs(miss_j) / limit_j;
    if (!(ratio <= worst)) worst = ratio, report.worst_component = static_cast<int>(p), report.worst_component_ratio = ratio;
    boundary_j += own_j;
    change_j += stored_j;
    throughput_j += through_j;
  }
  report.imbalance_j = boundary_j - change_j;
  report.throughput_j = vmax(throughput_j, in.dt_s);
}

}  // namespace hypocaust::plant
