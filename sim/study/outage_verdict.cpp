#include "sim/study/outage_verdict.hpp"

#include <algorithm>
#include <cmath>

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
  const bool throttled = r.with.minutes_throttled > r.without.minutes_throttled;
  r.verdict = !r.trouble.empty() || over ? Verdict::fails : throttled ? Verdict::degraded : Verdict::survives;
  r.tightness_frac = tightness_frac(r.worst);
}

double tightness_frac(const Worst& worst) {
  // Without bound where the coolant is so far beyond its limit that nothing could be rejected at it: then that tells.
  double least_frac = std::isinf(worst.dump_frac) ? not_given : 1.0 - worst.dump_frac;
  for (const Tightest& one : worst.of)
    least_frac = std::fmin(least_frac, one.left_frac());  // fmin: what is not known does not count
  return least_frac;
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
