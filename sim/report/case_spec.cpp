#include "sim/report/case_study.hpp"

namespace hypocaust::report {

void Published::check(Problems& problems) const {
  if ((low == low) != (high == high)) problems.error("low", "needs its other end; give `low` and `high`, or `value`");
  if (low == low && value == value) problems.error("value", "and a range are given; keep one");
  if (low > high) problems.error("low", "is above `high`; exchange them");
  if (within == within && tolerance_frac != Published{}.tolerance_frac)
    problems.error("within", "and `tolerance` are given; keep one");
  if (const UnitText text = parse_unit(unit.empty() ? "1" : unit); !text.problem.empty()) problems.error("unit", text.problem);
}
const Schema& Published::schema() {
  using P = Published;
  static const Schema s = describe<P>(
      "published", "A published figure: `value`, or `low` and `high`; neither: never.",
      {row<&P::of>("of", "", {}, "of runs: run.figure, or arithmetic of such, e.g. `year.energy.delivered / year.energy.it`"),
       row<&P::unit>("unit", "", {}, "of runs: of the numbers here, e.g. MWh; left out: a pure number"),
       row<&P::value>("value", "1", {}, "in the unit of the quantity"), row<&P::low>("low", "1", {}, "of a claimed range"),
       row<&P::high>("high", "1", {}, "of a claimed range"),
       row<&P::tolerance_frac>("tolerance", "1", {.min = 0.0}, "largest relative difference"),
       row<&P::within>("within", "1", {.min = 0.0}, "largest absolute difference, in the unit; instead of `tolerance`"),
       row<&P::because>("because", "", {}, "why this tolerance, or what the source says")});
  return s;
}
const Schema& CaseColumn::schema() {
  using C = CaseColumn;
  static const Schema s = describe<C>("case_column", "One column of a published table.",
                                      {row<&C::heat_j>("heat", "MWh", {.need = required, .min = 0.0}, "sold in a year"),
                                       row<&C::heat_price_money_j>("heat_price", "money/MWh", {.need = required}, "of the heat"),
                                       row<&C::economics>("economics", "", {}, "as in a scenario"),
                                       row<&C::published>("published", "", {}, "what the source says, or what follows from it")});
  return s;
}
const Schema& CaseRun::schema() {
  using C = CaseRun;
  static const Schema s = describe<C>(
      "case_run", "A site simulated.",
      {row<&C::site>("site", "", {.need = required}, "scenario file"),
       row<&C::cases>("cases", "", {}, "overlays of its `cases:`, in this order"),
       row<&C::sets>("set", "", {}, "path=value, as `--set`"),
       row<&C::without_reuse>("without_reuse", "", {.scope = "run"},
                              "run of the same site with its heat users disconnected: the cooling that reuse avoids")});
  return s;
}
const Schema& CaseSwept::schema() {
  using C = CaseSwept;
  static const Schema s = describe<C>("case_swept", "An assumed value of a run, and what else it could be.",
                                      {row<&C::run>("run", "", {.need = required, .scope = "run"}, "which"),
                                       row<&C::key>("key", "", {.need = required}, "of the scenario, as `--set` names it"),
                                       row<&C::values>("values", "", {.need = required}, "as `--set` takes them")});
  return s;
}
const Schema& CaseStudy::schema() {
  using C = CaseStudy;
  static const Schema s =
      describe<C>("case_study", "A published case.",
                  {row<&C::hypocaust>("hypocaust", "", {.need = required, .min = 1, .max = 1}, "version of the language"),
                   row<&C::title>("title", "", {}, "for people"), row<&C::currency>("currency", "", {}, "three letters"),
                   row<&C::source>("source", "", {}, "where the published figures come from"),
                   row<&C::columns>("columns", "", {}, "columns of the published table"),
                   row<&C::runs>("runs", "", {.scope = "run"}, "sites that are simulated"),
                   row<&C::swept>("swept", "", {}, "assumed values that `--sweep` changes"),
                   row<&C::published>("published", "", {}, "what the source says of the runs")});
  return s;
}

}  // namespace hypocaust::report
