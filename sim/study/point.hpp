// One point simulated: its kept figures and hours, or why there are none.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/compute/compute.hpp"
#include "sim/study/study.hpp"

namespace hypocaust::study {

enum class Status : int { done, failed, missing };
std::string_view name_of(Status status);

struct PointResult {
  std::int64_t id = 0;
  Status status = Status::missing;
  std::string hash, message;               // message: why it failed
  std::vector<double> figures;             // as Study::figures; NaN where one does not apply
  std::vector<std::vector<double>> hours;  // a series for each column of Study::channels; empty: that point has no such channel
};

// The compute side of a point: nothing for a site without hosts.
using FindTrace = std::function<std::shared_ptr<const compute::PowerTrace>(const compute::ComputeInputs&, const Point&)>;

// Open loop over the trace that `find` gives. What the user or the physics got wrong becomes the result's message.
// Throws run::TraceVoid when the plant throttles compute: the point must run closed.
PointResult simulate_open(const Study& study, const Point& point, const FindTrace& find);
// Compute and plant together; holds the one engine of a process.
PointResult simulate_closed(const Study& study, const Point& point);

// Processor seconds before the first step and of all steps over a trace, judged from a run of `days` in this process, which gets
// an engine. Throws UserError and PhysicsError.
struct Cost {
  double start_s = 0, steps_s = 0;
};
Cost measure(const Study& study, const Point& point, double days);

// For journals and pipes; text holds exactly one result. Empty optional: damaged.
std::string to_bytes(const PointResult& result);
bool from_bytes(std::string_view bytes, PointResult& result);

}  // namespace hypocaust::study
