#include "sim/study/outage_verdict.hpp"

#include <algorithm>
#include <cmath>

namespace hypocaust::study {

std::string_view name_of(Verdict verdict) {
  return verdict == Verdict::survives ? "SURVIVES" : verdict == Verdict::degraded ? "DEGRADED" : "FAILS";
}

void judge(BranchResult& r) {
  r.also_without = r.without.minutes_over_limit > 0 || r.without.minutes_throttled > 0;
  const bool over = r.with.minutes_over_limit > r.without.minutes_over_limit;
  const bool throttled = r.with.minutes_throttled > r.without.minutes_throttled;
  r.verdict = !r.trouble.empty() || over ? Verdict::fails : throttled ? Verdict::degraded : Verdict::survives;
  r.tightness_frac = std::fmin((r.worst.limit_c - r.worst.coolant_c) / (r.worst.limit_c - r.worst.set_point_c),
                               1.0 - r.worst.dump_frac);  // fmin: what is not known does not count
}

double recovered_after_s(const Traces& t) {
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
