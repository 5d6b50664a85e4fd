// A study as its YAML says it: a base site, axes over its keys, a design, what is kept. docs/use/sweep.md is the user's page.
#pragma once
#include <string>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::study {

// One axis: listed values, or a range with a distribution. Numbers stay text until the key they belong to is known.
struct AxisSpec {
  std::string key;                  // dotted path in the scenario
  std::vector<std::string> values;  // listed
  std::string from, to, mode, mean, standard_deviation;
  enum class Distribution : int { uniform, log_uniform, triangular, normal };
  Distribution distribution = Distribution::uniform;
  std::int64_t count = integer_not_given;  // of values of a range in a grid
  std::string group;                       // axes of one group move together
  void check(Problems&) const;
  static const Schema& schema();
};
std::span<const std::string_view> names(AxisSpec::Distribution);

struct ConstraintSpec {  // factor x axis against another axis or a quantity; points outside are dropped
  Ref axis;
  double factor = 1.0;
  std::string at_most, at_least;
  void check(Problems&) const;
  static const Schema& schema();
};

// ---- designs: which combinations are simulated ----
struct GridDesign {
  static const Schema& schema();
};
struct OneAtATimeDesign {
  static const Schema& schema();
};
struct RandomDesign {
  std::int64_t points = integer_not_given;
  static const Schema& schema();
};
struct LatinHypercubeDesign {
  std::int64_t points = integer_not_given;
  static const Schema& schema();
};
struct SobolDesign {
  std::int64_t points = integer_not_given;
  static const Schema& schema();
};
struct SaltelliDesign {
  std::int64_t base_points = integer_not_given;
  static const Schema& schema();
};
struct MorrisDesign {
  std::int64_t trajectories = integer_not_given, levels = 4;
  void check(Problems&) const;
  static const Schema& schema();
};
struct CsvDesign {
  FilePath file;
  static const Schema& schema();
};
std::span<const Schema* const> design_types();

struct HourlySpec {
  std::vector<std::string> record;  // globs over group.variable.column; empty: none
  enum class Keep : int { mean, min, max, last };
  Keep keep = Keep::mean;
  static const Schema& schema();
};
std::span<const std::string_view> names(HourlySpec::Keep);

struct StudySpec {
  std::int64_t hypocaust = 0;
  std::string title;
  FilePath base;
  std::vector<std::string> cases;
  Named<AxisSpec> axes;
  Typed design;
  Named<ConstraintSpec> constraints;
  std::int64_t seed = 1, replications = 1, block_size = 20;
  enum class RandomNumbers : int { common, own };
  RandomNumbers random_numbers = RandomNumbers::common;
  std::vector<std::string> keep{"*"};  // globs over group.figure
  HourlySpec hourly;
  static const Schema& schema();
};
std::span<const std::string_view> names(StudySpec::RandomNumbers);

}  // namespace hypocaust::study
