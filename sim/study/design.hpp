// Which combinations a study simulates: the coordinates of every point, made on demand from its number.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/study/axis.hpp"

namespace hypocaust::study {

class Design {
 public:
  virtual ~Design() = default;
  virtual double size() const = 0;  // a double: a grid may be astronomically large
  // Coordinates of point `index` on every group of axes.
  virtual void point(std::int64_t index, std::span<Coordinate> groups) const = 0;
  // Whether its points belong together, so that none may be dropped.
  virtual bool together() const { return false; }
  // Words of the point that are given by a table, axis by axis; empty: the coordinates tell.
  virtual std::vector<std::string> given(std::int64_t) const { return {}; }
};

struct DesignInputs {
  const Typed& spec;
  const std::vector<Axis>& axes;
  std::size_t groups;
  std::uint64_t seed;
};
// Problems get keys relative to the study ("axes.tank.count", "design.points").
std::unique_ptr<Design> make_design(const DesignInputs& inputs, std::vector<AxisProblem>& problems);

}  // namespace hypocaust::study
