// One axis of a study, ready to give values: each is the text the scenario would have, its unit apart.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/config/config.hpp"
#include "sim/study/spec.hpp"

namespace hypocaust::study {

// Where a point lies on an axis: a value by its number, a share of probability, or neither (the base as it is).
struct Coordinate {
  std::int64_t level = -1;
  double share_frac = -1.0;
  bool base() const { return level < 0 && share_frac < 0; }
};

struct Axis {
  std::string name, key;
  std::string unit;                 // of every value; "" for words and pure numbers
  bool words = false;               // values are words, not numbers
  bool whole = false;               // values are whole numbers
  bool rebinds = false;             // changes structure: the scenario is read again instead of patched
  bool file = false;                // values name files, relative to `folder`
  std::string folder;               // of the study
  std::vector<std::string> listed;  // numbers in `unit`, or words; empty for a range
  AxisSpec::Distribution distribution = AxisSpec::Distribution::uniform;
  double from = not_given, to = not_given, mode = not_given, mean = not_given, deviation = not_given;  // in `unit`
  std::int64_t count = integer_not_given;                                                              // levels
  std::size_t group = 0;  // the coordinate that moves it

  std::string text(const Coordinate& at) const;        // without unit; empty: as in the base
  std::string written(const std::string& text) const;  // as the scenario has it: with unit, a file with its folder
  std::string heading() const { return unit.empty() ? name : name + " [" + unit + "]"; }
  double quantile(double share_frac) const;  // of a range
};

// The value below which a standard normal variable lies with this probability, 0 < p < 1.
double normal_quantile(double p);

struct AxisProblem {
  std::string key, text;  // key: of the axis record ("values.2"); text: "value and problem (why); remedy"
};
// Resolves an axis against the base: unit, kind of value, every value read by the key's own row. Problems are appended.
// start: the axis with its name and folder.
struct AxisInputs {
  const AxisSpec& spec;
  const config::Loaded& base;
  const config::LoadOptions& load;  // how the base was read
};
Axis resolve_axis(Axis start, const AxisInputs& inputs, std::vector<AxisProblem>& problems);

}  // namespace hypocaust::study
