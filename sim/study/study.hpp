// A study ready to be simulated: base site, axes, design, what is kept, and every point by its number.
#pragma once
#include <memory>
#include <string>
#include <vector>

#include "sim/config/config.hpp"
#include "sim/output/run_file.hpp"
#include "sim/study/axis.hpp"
#include "sim/study/design.hpp"
#include "sim/study/spec.hpp"

namespace hypocaust::study {

struct Figure {                 // one kept key figure
  std::string name, unit, doc;  // "energy.it"
};

struct Constraint {  // in the axis' unit
  std::size_t axis;
  double factor;
  double at_most = not_given, at_least = not_given;
  std::size_t most_axis = none, least_axis = none;
  double most_per_unit = 1, least_per_unit = 1;  // of that axis' unit in this one
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
};

struct Point {
  std::int64_t id = 0, replication = 0;
  std::int64_t seed = 0;            // clock.seed of its scenario
  std::vector<std::string> values;  // of each axis, without unit; empty: as in the base
  std::string hash;                 // of everything its result depends on
};

struct Study {
  std::string path, name;
  StudySpec spec;
  config::LoadOptions base_options;
  config::Loaded base;
  std::vector<Axis> axes;  // sorted by name
  std::size_t groups = 0;  // of axes that move together
  std::unique_ptr<Design> design;
  std::vector<Constraint> constraints;
  std::vector<Figure> figures;             // kept, in their order
  std::vector<output::Variable> channels;  // kept by the hour, of the base
  std::string identity;                    // text: what made it; the same text, the same results
  std::string base_hash;
  double size = 0;                    // combinations x replications before constraints
  std::vector<std::int64_t> numbers;  // of the combinations that satisfy the constraints
  std::int64_t dropped = 0;           // combinations that do not

  std::int64_t points() const { return static_cast<std::int64_t>(numbers.size()) * spec.replications; }
  std::int64_t blocks() const { return (points() + spec.block_size - 1) / spec.block_size; }
  Point point(std::int64_t id) const;
  std::string hash() const;  // of identity; names the study in its files
};

struct LoadStudyOptions {
  std::string path;
  bool many = false;  // more than a million points are meant
};
// Throws UserError with every problem found, each with its place.
std::unique_ptr<Study> load_study(const LoadStudyOptions& options);

// The scenario of a point: the base with the point's values and seed, complete.
config::Loaded point_site(const Study& study, const Point& point);

}  // namespace hypocaust::study
