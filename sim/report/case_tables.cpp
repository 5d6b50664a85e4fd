#include "sim/report/case_tables.hpp"

#include <fmt/format.h>

#include <cmath>

namespace hypocaust::report {
namespace {

// Differences at the level of round-off say nothing by their digits.
std::string difference(const Comparison& c, const char* none) {
  if (!std::isfinite(c.difference_frac)) return none;
  return std::fabs(c.difference_frac) < 1e-8 ? "0" : fmt::format("{:+.3g}", c.difference_frac);
}

}  // namespace

std::string comparisons_text(const std::vector<Comparison>& list) {
  std::string out =
      "| case | column | quantity | published | simulated | unit | difference | tolerance | verdict | "
      "|\n|---|---|---|---|---|---|---|---|---|---|\n";
  for (const Comparison& c : list)
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", c.study, c.column, c.quantity, c.published,
                       c.simulated_text, c.unit, difference(c, "-"), c.tolerance, c.verdict, c.because);
  return out;
}

std::string comparisons_csv(const std::vector<Comparison>& list) {
  std::string out = "case,column,quantity,published,simulated,unit,difference,tolerance,verdict\n";
  for (const Comparison& c : list)
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", c.study, c.column, c.quantity, c.published, c.simulated_text, c.unit,
                       difference(c, ""), c.tolerance, c.verdict);
  return out;
}

}  // namespace hypocaust::report
