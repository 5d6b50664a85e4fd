// A report as rows of figures (CSV, JSON) and as Markdown for people.
#pragma once
#include <string>
#include <vector>

#include "sim/report/pricing.hpp"

namespace hypocaust::report {

struct Figure {
  std::string section, subject, period, name;  // "statement", "heat_sale", "2025-01", "energy"
  double value = 0;                            // NaN: does not apply
  std::string unit, note;
};
// Everything of a run: energies, key figures; then of each pricing: statement lines, cash flow by year, results, carbon.
std::vector<Figure> figures(const StoredRun& run, const std::vector<Priced>& pricings);
std::string to_csv(const std::vector<Figure>& figures);
std::string to_json(const StoredRun& run, const std::vector<Figure>& figures, const std::vector<Priced>& pricings);

std::string to_markdown(const StoredRun& run, const std::vector<Priced>& pricings);

}  // namespace hypocaust::report
