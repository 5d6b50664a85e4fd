#include "sim/study/spec.hpp"

namespace hypocaust::study {

std::span<const std::string_view> names(AxisSpec::Distribution) {
  static constexpr std::string_view list[] = {"uniform", "log_uniform", "triangular", "normal"};
  return list;
}
std::span<const std::string_view> names(HourlySpec::Keep) {
  static constexpr std::string_view list[] = {"mean", "min", "max", "last"};
  return list;
}
std::span<const std::string_view> names(StudySpec::RandomNumbers) {
  static constexpr std::string_view list[] = {"common", "own"};
  return list;
}

const Schema& AxisSpec::schema() {
  static const Schema s = describe<AxisSpec>(
      "axis", "A key of the scenario that the study varies: listed values, or a range with its distribution.",
      {row<&AxisSpec::key>("key", "", {.need = required},
                           "dotted path of the key in the scenario, e.g. plant.components.tank.volume"),
       row<&AxisSpec::values>("values", "", {}, "the values, each as the scenario writes it: 5 m3, true, a file, a type"),
       row<&AxisSpec::from>("from", "", {}, "lower end of a range, with its unit"),
       row<&AxisSpec::to>("to", "", {}, "upper end of a range, with its unit"),
       row<&AxisSpec::distribution>("distribution", "", {}, "of a range; a grid takes values at equal steps of its probability"),
       row<&AxisSpec::mode>("mode", "", {}, "of a triangular distribution: its most likely value"),
       row<&AxisSpec::mean>("mean", "", {}, "of a normal distribution; `from` and `to` cut it"),
       row<&AxisSpec::standard_deviation>("standard_deviation", "", {}, "of a normal distribution"),
       row<&AxisSpec::count>("count", "", {.min = 1, .max = 1e9}, "values of a range in a grid or one at a time"),
       row<&AxisSpec::group>("group", "", {}, "axes of one group move together: first value with first, and so on")});
  return s;
}

void AxisSpec::check(Problems& problems) const {
  const bool listed = !values.empty(), normal = distribution == Distribution::normal;
  const bool ends = !from.empty() && !to.empty(), one_end = from.empty() != to.empty();
  if (!listed && !ends && !normal)
    return problems.error("key",
                          "has neither `values` nor `from` and `to`; write values: [5 m3, 10 m3], or from: 5 m3, to: 20 m3");
  if (listed && (!from.empty() || !to.empty() || !mode.empty() || !mean.empty() || !standard_deviation.empty()))
    return problems.error("values", "stand beside a range (which of them holds?); remove one");
  if (listed && count != integer_not_given) problems.error("count", "does not go with `values`; remove it");
  if (listed) return;
  if (one_end && !normal) problems.error(from.empty() ? "to" : "from", "is one end of a range; write both `from` and `to`");
  if (normal && (mean.empty() || standard_deviation.empty()))
    problems.error("distribution", "normal needs `mean` and `standard_deviation`; write both");
  if (!normal && !mean.empty())
    problems.error("mean", "belongs to a normal distribution; remove it, or write distribution: normal");
  if (!normal && !standard_deviation.empty())
    problems.error("standard_deviation", "belongs to a normal distribution; remove it, or write distribution: normal");
  const bool triangular = distribution == Distribution::triangular;
  if (triangular && mode.empty()) problems.error("distribution", "triangular needs `mode`; write it");
  if (!triangular && !mode.empty())
    problems.error("mode", "belongs to a triangular distribution; remove it, or write distribution: triangular");
}

const Schema& ConstraintSpec::schema() {
  static const Schema s = describe<ConstraintSpec>(
      "constraint",
      "What a point must satisfy: factor x axis against another axis or a quantity. Points outside are dropped and counted.",
      {row<&ConstraintSpec::axis>("axis", "", {.need = required, .scope = "axis"}, "name of an axis of this study"),
       row<&ConstraintSpec::factor>("factor", "", {}, "what its value is multiplied by"),
       row<&ConstraintSpec::at_most>("at_most", "", {}, "name of an axis of the same unit, or a quantity"),
       row<&ConstraintSpec::at_least>("at_least", "", {}, "name of an axis of the same unit, or a quantity")});
  return s;
}

void ConstraintSpec::check(Problems& problems) const {
  if (at_most.empty() && at_least.empty()) problems.error("axis", "is bound by nothing; write at_most or at_least");
}

const Schema& GridDesign::schema() {
  static const Schema s = describe<GridDesign>("grid", "Every combination of the axes' values.", {});
  return s;
}
const Schema& OneAtATimeDesign::schema() {
  static const Schema s = describe<OneAtATimeDesign>(
      "one_at_a_time", "The base as it is, then each value of each axis with everything else as in the base.", {});
  return s;
}
const Schema& RandomDesign::schema() {
  static const Schema s =
      describe<RandomDesign>("random", "Independent draws from the axes' distributions.",
                             {row<&RandomDesign::points>("points", "", {.need = required, .min = 1, .max = 1e9}, "how many")});
  return s;
}
const Schema& LatinHypercubeDesign::schema() {
  static const Schema s = describe<LatinHypercubeDesign>(
      "latin_hypercube", "Each axis cut into as many equally likely pieces as there are points, each piece drawn from once.",
      {row<&LatinHypercubeDesign::points>("points", "", {.need = required, .min = 1, .max = 1e7}, "how many")});
  return s;
}
const Schema& SobolDesign::schema() {
  static const Schema s = describe<SobolDesign>(
      "sobol", "Sobol's low-discrepancy sequence with a random digital shift; powers of two keep its balance.",
      {row<&SobolDesign::points>("points", "", {.need = required, .min = 1, .max = 1e9}, "how many")});
  return s;
}
const Schema& SaltelliDesign::schema() {
  static const Schema s = describe<SaltelliDesign>(
      "saltelli", "Saltelli's design for Sobol indices: base points x (axes + 2) points.",
      {row<&SaltelliDesign::base_points>("base_points", "", {.need = required, .min = 2, .max = 1e9}, "a power of two is best")});
  return s;
}
const Schema& MorrisDesign::schema() {
  static const Schema s = describe<MorrisDesign>(
      "morris", "Morris' trajectories for elementary effects: trajectories x (axes + 1) points.",
      {row<&MorrisDesign::trajectories>("trajectories", "", {.need = required, .min = 2, .max = 1e9}, "10 to 50 are usual"),
       row<&MorrisDesign::levels>("levels", "", {.min = 2, .max = 1000}, "of each axis; an even number")});
  return s;
}
void MorrisDesign::check(Problems& problems) const {
  if (levels % 2 != 0)
    problems.error("levels", "is odd (a step of levels / (2 (levels - 1)) must lead from level to level); write 4 or 6");
}
const Schema& CsvDesign::schema() {
  static const Schema s = describe<CsvDesign>(
      "csv",
      "Points from a table: a column for each axis, headed `name` or `name [unit]`; an empty field leaves the base as it is.",
      {row<&CsvDesign::file>("file", "", {.need = required}, "CSV file")});
  return s;
}

std::span<const Schema* const> design_types() {
  static const Schema* const list[] = {&GridDesign::schema(),           &OneAtATimeDesign::schema(), &RandomDesign::schema(),
                                       &LatinHypercubeDesign::schema(), &SobolDesign::schema(),      &SaltelliDesign::schema(),
                                       &MorrisDesign::schema(),         &CsvDesign::schema()};
  return list;
}

const Schema& HourlySpec::schema() {
  static const Schema s = describe<HourlySpec>(
      "hourly", "Channels kept by the hour for every point.",
      {row<&HourlySpec::record>("record", "", {}, "globs over group.variable.column, as output.record of a scenario"),
       row<&HourlySpec::keep>("keep", "", {}, "what is kept of the hour")});
  return s;
}

const Schema& StudySpec::schema() {
  static const Schema s = describe<StudySpec>(
      "study", "Many variants of one site.",
      {row<&StudySpec::hypocaust>("hypocaust", "", {.need = required, .min = 1, .max = 1},
                                  "version of the language; first line of every file"),
       row<&StudySpec::title>("title", "", {}, "for people; printed in tables and files"),
       row<&StudySpec::base>("base", "", {.need = required}, "scenario file that every point starts from"),
       row<&StudySpec::cases>("cases", "", {}, "cases of the base laid over it, in order"),
       row<&StudySpec::axes>("axes", "", {.need = required, .scope = "axis"}, "what is varied"),
       row<&StudySpec::design>("design", "", {.need = required, .types = design_types}, "which combinations are simulated"),
       row<&StudySpec::constraints>("constraints", "", {}, "combinations that are dropped"),
       row<&StudySpec::seed>("seed", "", {.min = 0, .max = 9007199254740992.0}, "of the design and of the points' seeds"),
       row<&StudySpec::replications>("replications", "", {.min = 1, .max = 1e6}, "of each combination, each with its own seed"),
       row<&StudySpec::random_numbers>("random_numbers", "", {},
                                       "common: combinations share weather and jobs; own: each has its own"),
       row<&StudySpec::block_size>("block_size", "", {.min = 1, .max = 10000},
                                   "points that are computed, stored and resumed together"),
       row<&StudySpec::keep>("keep", "", {}, "globs over group.figure: kpi.pue, energy.*"),
       row<&StudySpec::hourly>("hourly", "", {}, "channels kept by the hour")});
  return s;
}

}  // namespace hypocaust::study
