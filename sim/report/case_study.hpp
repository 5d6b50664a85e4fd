// A published case beside ours: configs/case_studies/. docs/use/reproduce.md.
#pragma once
#include <string>
#include <vector>

#include "models/economics/economics_spec.hpp"

namespace hypocaust::report {

struct Published {
  double value = not_given, low = not_given, high = not_given;  // a value, or a claimed range
  double tolerance_frac = 1e-6;
  std::string because;  // why this tolerance; or what the source says of it
  void check(Problems&) const;
  static const Schema& schema();
};
struct CaseColumn {  // a year given as sums: no plant is simulated
  double heat_j = not_given, heat_price_money_j = not_given;
  economics::EconomicsSpec economics;
  Named<Published> published;
  static const Schema& schema();
};
struct CaseStudy {
  std::int64_t hypocaust = 1;
  std::string title, currency = "EUR", source;
  Named<CaseColumn> columns;
  static const Schema& schema();
};

struct Comparison {
  std::string study, column, quantity, published, unit, tolerance, verdict, because;
  double simulated = 0, difference_frac = 0;  // NaN: "never", or no number to compare with
};
// Throws UserError: the file, or a quantity nobody computes.
std::vector<Comparison> reproduce(const std::string& path);

std::string comparisons_text(const std::vector<Comparison>& list);
std::string comparisons_csv(const std::vector<Comparison>& list);

}  // namespace hypocaust::report
