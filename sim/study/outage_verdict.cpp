#include "sim/study/outage_verdict.hpp"

#include <algorithm>
#include <cmath>
#include <unordered_map>

namespace hypocaust::study {

std::string_view name_of(Verdict verdict) {
  return verdict == Verdict::survives ? "SURVIVES" : verdict == Verdict::degraded ? "DEGRADED" : "FAILS";
}

void judge(BranchResult& r) {
  r.also_without = r.without.minutes_throttled > 0;
  bool over = false;  // medium by medium: a room that is too warm every day does not excuse hot coolant
  for (std::size_t m = 0; m < r.with.minutes_over.size(); ++m) {
    over = over || r.with.minutes_over[m] > r.without.minutes_over[m];
    r.also_without = r.also_without || r.without.minutes_over[m] > 0;
  }
  const auto more = [&](double WindowFigures::*figure) {
    return r.with.*figure > r.without.*figure;
  };  // not of what is not known
  const bool lost = more(&WindowFigures::jobs_lost) || more(&WindowFigures::power_cuts);
  const bool less =
      more(&WindowFigures::minutes_throttled) || more(&WindowFigures::minutes_down) || more(&WindowFigures::jobs_late);
  r.also_without = r.also_without || r.without.minutes_down > 0 || r.without.jobs_lost > 0 || r.without.power_cuts > 0;
  r.verdict = !r.trouble.empty() || over || lost ? Verdict::fails : less ? Verdict::degraded : Verdict::survives;
  r.tightness_frac = tightness_frac(r.worst);
}

double tightness_frac(const Worst& worst) {
  // Without bound where the coolant is so far beyond its limit that nothing could be rejected at it: then that tells.
  double least_frac = std::isinf(worst.dump_frac) ? not_given : 1.0 - worst.dump_frac;
  for (const Tightest& one : worst.of)
    least_frac = std::fmin(least_frac, one.left_frac());  // fmin: what is not known does not count
  return least_frac;
}

JobDelays job_delays(const JobEnds& ends) {
  std::unordered_map<std::int64_t, double> end_s;
  for (const JobEnd& one : ends.with) end_s[one.job] = one.end_s;
  JobDelays delays;
  for (const JobEnd& one : ends.without) {
    if (one.end_s <= ends.from_s || one.end_s > ends.to_s) continue;
    const auto found = end_s.find(one.job);
    const double later_s = (found == end_s.end() ? ends.to_s : found->second) - one.end_s;
    if (found != end_s.end() && !(later_s > 0)) continue;
    ++delays.delayed, delays.longest_s = std::max(delays.longest_s, later_s);
  }
  return delays;
}

double recovered_after_s(const StoreTraces& t) {
  constexpr float near_k = 0.5F;
  const std::int64_t settled_steps = std::max<std::int64_t>(1, 6 * 3600 / t.step_s);
  if (t.stores == 0 || t.with.size() != t.without.size()) return not_given;
  const auto steps = static_cast<std::int64_t>(t.with.size() / t.stores);
  std::int64_t near_since = t.outage_steps;
  for (std::int64_t k = t.outage_steps; k < steps; ++k) {
    for (std::size_t s = 0; s < t.stores; ++s) {
      const std::size_t at = static_cast<std::size_t>(k) * t.stores + s;
      if (!(std::fabs(t.with[at] - t.without[at]) < near_k)) near_since = k + 1;
    }
    if (k + 1 - near_since >= settled_steps) return static_cast<double>((near_since - t.outage_steps) * t.step_s);
  }
  return not_given;
}

}  // namespace hypocaust::study
