#include "sim/study/design.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <set>

using namespace hypocaust;
using namespace hypocaust::study;

namespace {

std::vector<Axis> ranges(std::size_t count) {
  std::vector<Axis> axes;
  for (std::size_t k = 0; k < count; ++k)
    axes.push_back({.name = "a" + std::to_string(k), .from = 0, .to = 1, .count = 3, .group = k});
  return axes;
}

template <class T> std::unique_ptr<Design> made(const T& options, const std::vector<Axis>& axes, std::size_t groups) {
  Typed typed(T::schema());
  *typed.as<T>() = options;
  std::vector<AxisProblem> problems;
  auto design = make_design({.spec = typed, .axes = axes, .groups = groups, .seed = 7}, problems);
  CHECK(problems.empty());
  return design;
}

std::vector<Coordinate> at(const Design& design, std::int64_t index, std::size_t groups) {
  std::vector<Coordinate> list(groups);
  design.point(index, list);
  return list;
}

}  // namespace

TEST_CASE("a grid holds every combination once, the last axis fastest") {
  const auto design = made(GridDesign{}, ranges(3), 3);
  REQUIRE(design->size() == 27);
  std::set<std::vector<std::int64_t>> seen;
  for (int k = 0; k < 27; ++k) {
    const auto point = at(*design, k, 3);
    seen.insert({point[0].level, point[1].level, point[2].level});
  }
  CHECK(seen.size() == 27);
  CHECK(at(*design, 1, 3)[2].level == 1);
  CHECK(at(*design, 9, 3)[0].level == 1);
}

TEST_CASE("axes of one group move together, and must have as many values") {
  auto axes = ranges(2);
  axes[1].group = 0;
  CHECK(made(GridDesign{}, axes, 1)->size() == 3);
  axes[1].count = 4;
  Typed typed(GridDesign::schema());
  std::vector<AxisProblem> problems;
  make_design({.spec = typed, .axes = axes, .groups = 1, .seed = 7}, problems);
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].key == "axes.a1");
}

TEST_CASE("one at a time: the base, then each value alone") {
  const auto design = made(OneAtATimeDesign{}, ranges(2), 2);
  REQUIRE(design->size() == 7);
  CHECK((at(*design, 0, 2)[0].base() && at(*design, 0, 2)[1].base()));
  CHECK((at(*design, 3, 2)[0].level == 2 && at(*design, 3, 2)[1].base()));
  CHECK((at(*design, 4, 2)[0].base() && at(*design, 4, 2)[1].level == 0));
}

TEST_CASE("a Latin hypercube has one point in each piece of each axis") {
  const auto design = made(LatinHypercubeDesign{50}, ranges(3), 3);
  std::set<int> pieces[3];
  bool same_order = true;
  for (int k = 0; k < 50; ++k) {
    const auto point = at(*design, k, 3);
    for (std::size_t g = 0; g < 3; ++g) pieces[g].insert(static_cast<int>(point[g].share_frac * 50));
    same_order = same_order && static_cast<int>(point[0].share_frac * 50) == static_cast<int>(point[1].share_frac * 50);
  }
  for (const auto& axis : pieces) CHECK(axis.size() == 50);
  CHECK(!same_order);
}

TEST_CASE("a shifted Sobol sequence of a power of two has one point in each piece of each axis") {
  const auto design = made(SobolDesign{64}, ranges(5), 5);
  for (std::size_t g = 0; g < 5; ++g) {
    std::set<int> pieces;
    for (int k = 0; k < 64; ++k) pieces.insert(static_cast<int>(at(*design, k, 5)[g].share_frac * 64));
    CHECK(pieces.size() == 64);
  }
  for (const Coordinate& c : at(*design, 0, 5)) CHECK(c.share_frac > 0);
}

TEST_CASE("Saltelli's rows are A, B, and A with one column of B") {
  const auto design = made(SaltelliDesign{8}, ranges(3), 3);
  REQUIRE(design->size() == 40);
  CHECK(design->together());
  for (int row = 0; row < 8; ++row) {
    const auto a = at(*design, 5 * row, 3), b = at(*design, 5 * row + 1, 3);
    for (std::size_t g = 0; g < 3; ++g) {
      const auto mixed = at(*design, 5 * row + 2 + static_cast<int>(g), 3);
      for (std::size_t h = 0; h < 3; ++h) CHECK(mixed[h].share_frac == (h == g ? b[h] : a[h]).share_frac);
      CHECK(a[g].share_frac != b[g].share_frac);
    }
  }
}

TEST_CASE("Morris' trajectories move one axis a step, each once, by the step of the method") {
  const auto design = made(MorrisDesign{.trajectories = 20, .levels = 4}, ranges(4), 4);
  REQUIRE(design->size() == 100);
  bool up = false, down = false;
  for (int t = 0; t < 20; ++t) {
    std::set<std::size_t> moved;
    for (int k = 0; k < 4; ++k) {
      const auto before = at(*design, 5 * t + k, 4), after = at(*design, 5 * t + k + 1, 4);
      for (std::size_t g = 0; g < 4; ++g) {
        const double step = after[g].share_frac - before[g].share_frac;
        if (step == 0) continue;
        moved.insert(g);
        CHECK(std::fabs(step) == Approx(4.0 / 6.0));
        (step > 0 ? up : down) = true;
        CHECK(after[g].share_frac * 3 == Approx(std::round(after[g].share_frac * 3)).margin(1e-12));  // a level
      }
    }
    CHECK(moved.size() == 4);
  }
  CHECK((up && down));
}
