// A published case beside ours: configs/case_studies/. docs/use/reproduce.md.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "models/economics/economics_spec.hpp"
#include "sim/report/formula.hpp"

namespace hypocaust::report {

struct Published {
  std::string of, unit;                                         // of runs: a formula, and the unit of the numbers below
  double value = not_given, low = not_given, high = not_given;  // a value, or a claimed range
  double tolerance_frac = 1e-6, within = not_given;             // relative; or absolute, in `unit`
  std::string because;                                          // why this tolerance; or what the source says of it
  void check(Problems&) const;
  static const Schema& schema();
};
struct CaseColumn {  // a year given as sums: no plant is simulated
  double heat_j = not_given, heat_price_money_j = not_given;
  economics::EconomicsSpec economics;
  Named<Published> published;
  static const Schema& schema();
};
struct CaseRun {  // a site simulated
  FilePath site;
  std::vector<std::string> cases, sets;
  Ref without_reuse;  // another run
  static const Schema& schema();
};
struct CaseSwept {  // an assumed key of a run, and other values for it
  Ref run;
  std::string key;
  std::vector<std::string> values;
  static const Schema& schema();
};
struct CaseStudy {
  std::int64_t hypocaust = 1;
  std::string title, currency = "EUR", source;
  Named<CaseColumn> columns;
  Named<CaseRun> runs;
  Named<CaseSwept> swept;
  Named<Published> published;  // of the runs
  static const Schema& schema();
};

struct Comparison {
  std::string study, column, quantity, published, unit, tolerance, verdict, because;
  std::string simulated_text;
  double simulated = 0, difference_frac = 0;  // NaN: "never", or no number to compare with
};

// Throws UserError: the file.
CaseStudy load_case(const std::string& path);
// The columns; throws UserError: a quantity nobody computes.
std::vector<Comparison> compare_columns(const CaseStudy& study, const std::string& path);
// The runs, by the figures of each run. Throws UserError: a formula that cannot be computed.
std::vector<Comparison> compare_runs(const CaseStudy& study, const std::string& path, const std::map<std::string, Figures>& runs);
// Energies, key figures, statements, results, carbon and heat users of a run by name: "energy.delivered".
Figures figures_of_run(const std::string& run_file, const std::string& without_reuse);

}  // namespace hypocaust::report
