#include "sim/study/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "models/core/errors.hpp"
#include "sim/study/traces.hpp"

namespace hypocaust::study {
namespace {

// What the compute side of a point depends on beyond the base, as one text.
std::string compute_side(const Study& study, const Point& point) {
  std::string text = std::to_string(point.seed);
  for (std::size_t a = 0; a < study.axes.size(); ++a)
    if (study.axes[a].key.starts_with("compute.") || study.axes[a].key.starts_with("clock.")) text += "," + point.values[a];
  return text;
}

}  // namespace

Plan make_plan(const Study& study, const PlanOptions& options) {
  Plan plan{.combinations = static_cast<std::int64_t>(study.numbers.size()) + study.dropped,
            .dropped = study.dropped,
            .points = study.points(),
            .blocks = study.blocks()};
  std::set<std::string> sides;
  for (std::int64_t id = 0; id < plan.points; ++id) sides.insert(compute_side(study, study.point(id)));
  plan.compute_sides = study.base.scenario.compute.hosts.entries.empty() ? 0 : static_cast<std::int64_t>(sides.size());

  double columns = 0, hourly_bytes = 0;
  for (const output::Variable& channel : study.channels) {
    columns += static_cast<double>(channel.width());
    hourly_bytes +=
        static_cast<double>(channel.width()) * (channel.float64 ? 8 : 4) * study.base.scenario.clock.duration_s / 3600;
  }
  plan.bytes_a_point = hourly_bytes + 8.0 * static_cast<double>(study.figures.size()) + 200 +
                       100 * columns / static_cast<double>(study.spec.block_size);
  if (!options.measure) return plan;

  base::ChildPool children(1, child_work(study, {}));
  double start_s = 0, steps_s = 0;
  std::set<std::int64_t> chosen;  // first, middle and last: the ends of most designs
  for (const std::int64_t id : {std::int64_t{0}, plan.points / 2, plan.points - 1}) chosen.insert(id);
  for (const std::int64_t id : chosen) {
    try {
      std::istringstream told(children.call(fmt::format("measure {}", id)));
      double start = 0, steps = 0;
      told >> start >> steps;
      start_s += start, steps_s += steps, ++plan.measured;
    } catch (const UserError& error) {
      plan.measuring_trouble = fmt::format("point {}: {}", id, error.what());
    } catch (const PhysicsError& error) {
      plan.measuring_trouble = fmt::format("point {}: physics: {}", id, error.what());
    }
  }
  if (plan.measured > 0) plan.cpu_s = static_cast<double>(plan.points) * (start_s + steps_s) / static_cast<double>(plan.measured);
  return plan;
}

}  // namespace hypocaust::study
