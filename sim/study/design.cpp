#include "sim/study/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/core/errors.hpp"
#include "models/core/random.hpp"
#include "sim/input/text_file.hpp"
#include "sim/study/sobol.hpp"

namespace hypocaust::study {
namespace {

struct Levels {
  std::vector<std::int64_t> counts;  // of each group
};

class Grid final : public Design {
 public:
  explicit Grid(Levels levels) : counts_(std::move(levels.counts)) {}
  double size() const override {
    double product = 1;
    for (const std::int64_t count : counts_) product *= static_cast<double>(count);
    return product;
  }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    for (std::size_t g = counts_.size(); g-- > 0;) {  // the last axis runs fastest
      groups[g] = {.level = index % counts_[g]};
      index /= counts_[g];
    }
  }

 private:
  std::vector<std::int64_t> counts_;
};

class OneAtATime final : public Design {
 public:
  explicit OneAtATime(Levels levels) : counts_(std::move(levels.counts)) {}
  double size() const override {
    double sum = 1;
    for (const std::int64_t count : counts_) sum += static_cast<double>(count);
    return sum;
  }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    std::fill(groups.begin(), groups.end(), Coordinate{});
    --index;  // point 0 is the base
    for (std::size_t g = 0; index >= 0 && g < counts_.size(); index -= counts_[g++])
      if (index < counts_[g]) groups[g].level = index;
  }

 private:
  std::vector<std::int64_t> counts_;
};

class Random final : public Design {
 public:
  Random(std::int64_t points, std::uint64_t seed) : points_(points), stream_(seed, "study random") {}
  double size() const override { return static_cast<double>(points_); }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    for (std::size_t g = 0; g < groups.size(); ++g)
      groups[g] = {.share_frac = stream_.uniform(static_cast<std::uint64_t>(index), static_cast<std::uint32_t>(g))};
  }

 private:
  std::int64_t points_;
  RandomStream stream_;
};

// McKay, Beckman and Conover, Technometrics 21 (1979) 239.
class LatinHypercube final : public Design {
 public:
  LatinHypercube(std::int64_t points, std::size_t groups, std::uint64_t seed) : points_(points), jitter_(seed, "study latin") {
    for (std::size_t g = 0; g < groups; ++g) {
      const RandomStream stream(seed, "study shuffle", static_cast<std::uint32_t>(g));
      std::vector<std::int32_t> order(static_cast<std::size_t>(points));
      std::iota(order.begin(), order.end(), 0);
      for (std::size_t k = order.size(); k > 1; --k)  // Fisher and Yates
        std::swap(order[k - 1], order[static_cast<std::size_t>(stream.uniform(k) * static_cast<double>(k))]);
      orders_.push_back(std::move(order));
    }
  }
  double size() const override { return static_cast<double>(points_); }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const double within = jitter_.uniform(static_cast<std::uint64_t>(index), static_cast<std::uint32_t>(g));
      groups[g] = {.share_frac = (orders_[g][static_cast<std::size_t>(index)] + within) / static_cast<double>(points_)};
    }
  }

 private:
  std::int64_t points_;
  RandomStream jitter_;
  std::vector<std::vector<std::int32_t>> orders_;
};

// Sobol's sequence under a random digital shift, which keeps its balance and moves its first point off the corner.
class Shifted {
 public:
  explicit Shifted(std::uint64_t seed) : stream_(seed, "study shift") {}
  double share_frac(std::int64_t index, std::size_t dimension) const {
    const auto shift = static_cast<std::uint32_t>(stream_.uniform(dimension) * 4294967296.0);
    const std::uint32_t bits = sobol(static_cast<std::uint32_t>(index), static_cast<int>(dimension)) ^ shift;
    return (static_cast<double>(bits) + 0.5) / 4294967296.0;
  }

 private:
  RandomStream stream_;
};

class Sobol final : public Design {
 public:
  Sobol(std::int64_t points, std::uint64_t seed) : points_(points), sequence_(seed) {}
  double size() const override { return static_cast<double>(points_); }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    for (std::size_t g = 0; g < groups.size(); ++g) groups[g] = {.share_frac = sequence_.share_frac(index, g)};
  }

 private:
  std::int64_t points_;
  Shifted sequence_;
};

// A. Saltelli et al., Comput. Phys. Commun. 181 (2010) 259: rows A, B, and A with one column of B; k + 2 points a row.
class Saltelli final : public Design {
 public:
  Saltelli(std::int64_t rows, std::size_t groups, std::uint64_t seed) : rows_(rows), groups_(groups), sequence_(seed) {}
  double size() const override { return static_cast<double>(rows_) * static_cast<double>(groups_ + 2); }
  bool together() const override { return true; }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    const auto each = static_cast<std::int64_t>(groups_ + 2);
    const std::int64_t row = index / each, which = index % each;  // 0: A, 1: B, 2 + g: A with column g of B
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const bool from_b = which == 1 || which == static_cast<std::int64_t>(g) + 2;
      groups[g] = {.share_frac = sequence_.share_frac(row, g + (from_b ? groups_ : 0))};
    }
  }

 private:
  std::int64_t rows_;
  std::size_t groups_;
  Shifted sequence_;
};

// M. D. Morris, Technometrics 33 (1991) 161: from a random node of a grid of levels, one axis after the other moves by
// levels / (2 (levels - 1)), in random order.
class Morris final : public Design {
 public:
  struct Options {
    std::int64_t trajectories, levels;
  };
  Morris(const Options& options, std::size_t groups, std::uint64_t seed) : options_(options), groups_(groups), seed_(seed) {}
  double size() const override { return static_cast<double>(options_.trajectories) * static_cast<double>(groups_ + 1); }
  bool together() const override { return true; }
  void point(std::int64_t index, std::span<Coordinate> groups) const override {
    const auto each = static_cast<std::int64_t>(groups_ + 1);
    const auto trajectory = static_cast<std::uint64_t>(index / each);
    const auto moved = static_cast<std::size_t>(index % each);  // axes that have moved already
    const RandomStream stream(seed_, "study morris");
    std::vector<std::size_t> order(groups_);
    std::iota(order.begin(), order.end(), std::size_t{0});
    for (std::size_t k = groups_; k > 1; --k)
      std::swap(order[k - 1], order[static_cast<std::size_t>(stream.uniform(trajectory, draw(0, k)) * static_cast<double>(k))]);
    const auto steps = static_cast<double>(options_.levels - 1), jump = static_cast<double>(options_.levels) / (2.0 * steps);
    for (std::size_t k = 0; k < groups_; ++k) {
      const std::size_t g = order[k];
      const double start = std::floor(stream.uniform(trajectory, draw(1, g)) * static_cast<double>(options_.levels)) / steps;
      const bool up = start + jump <= 1.0 + 1e-9;
      const double share = k < moved ? (up ? start + jump : start - jump) : start;
      groups[g] = {.share_frac = std::fmin(1.0, std::fmax(0.0, share))};
    }
  }

 private:
  static std::uint32_t draw(std::size_t kind, std::size_t k) { return static_cast<std::uint32_t>(2 * k + kind); }
  Options options_;
  std::size_t groups_;
  std::uint64_t seed_;
};

class Table final : public Design {
 public:
  explicit Table(std::vector<std::vector<std::string>> rows) : rows_(std::move(rows)) {}
  double size() const override { return static_cast<double>(rows_.size()); }
  void point(std::int64_t, std::span<Coordinate>) const override {}
  std::vector<std::string> given(std::int64_t index) const override { return rows_[static_cast<std::size_t>(index)]; }

 private:
  std::vector<std::vector<std::string>> rows_;
};

std::unique_ptr<Design> read_table(const std::string& path, const std::vector<Axis>& axes) {
  const input::TextFile file = input::read_text_file(path, "the points of a study");
  std::vector<input::Field> fields;
  std::vector<std::size_t> column(axes.size());
  std::vector<std::vector<std::string>> rows;
  if (!file.lines.empty()) input::split_fields(file.lines.front(), fields);
  for (std::size_t a = 0; a < axes.size(); ++a) {
    std::size_t found = fields.size();
    for (std::size_t f = 0; f < fields.size(); ++f)
      if (fields[f].text == axes[a].name || fields[f].text == axes[a].heading()) found = f;
    if (found == fields.size())
      file.fail({.line = 1}, "has no column `" + axes[a].heading() + "` (every axis of the study is one); add it");
    column[a] = found;
  }
  for (const input::Field& field : fields) {
    bool known = field.text == "id";
    for (const Axis& axis : axes) known = known || field.text == axis.name || field.text == axis.heading();
    if (!known)
      file.fail(
          {.line = 1, .column = field.column},
          input::shown(field.text) + " is no axis of the study (a heading is `name` or `name [unit]` in the unit of the axis)");
  }
  for (std::size_t k = 1; k < file.lines.size(); ++k) {
    if (file.lines[k].find_first_not_of(" \t") == std::string_view::npos) continue;
    input::split_fields(file.lines[k], fields);
    std::vector<std::string>& row = rows.emplace_back();
    for (std::size_t a = 0; a < axes.size(); ++a) {
      if (column[a] >= fields.size()) file.fail({.line = k + 1}, "has too few fields; end it as the heading does");
      const input::Field& field = fields[column[a]];
      double number = 0;
      if (!axes[a].words && !field.text.empty() && !input::read_number(field.text, number))
        file.fail({.line = k + 1, .column = field.column},
                  input::shown(field.text) + " is no number; the unit stands in the heading: `" + axes[a].heading() + "`");
      row.emplace_back(field.text);
    }
  }
  if (rows.empty()) file.fail({}, "has no points below its heading; add rows");
  return std::make_unique<Table>(std::move(rows));
}

// A design that takes the ends of a range cannot take those of an uncut normal distribution.
void check_ends(const Axis& axis, std::vector<AxisProblem>& problems) {
  if (!axis.listed.empty() || axis.distribution != AxisSpec::Distribution::normal) return;
  if (!std::isfinite(axis.from) || !std::isfinite(axis.to))
    problems.push_back(
        {"axes." + axis.name, "reaches to infinity (this design takes the ends of a range); give `from` and `to`"});
}

// How many values each group has in a grid.
Levels levels(const DesignInputs& inputs, std::vector<AxisProblem>& problems) {
  Levels out{std::vector<std::int64_t>(inputs.groups, 0)};
  for (const Axis& axis : inputs.axes) {
    check_ends(axis, problems);
    if (axis.count == integer_not_given)
      problems.push_back({"axes." + axis.name, "has no `count` (this design takes so many values of the range); add count: 5"});
    std::int64_t& count = out.counts[axis.group];
    if (count != 0 && axis.count != count)
      problems.push_back({"axes." + axis.name, fmt::format("has {} values, another axis of its group {} (they move together); "
                                                           "give both as many",
                                                           axis.count, count)});
    count = axis.count;
  }
  return out;
}

}  // namespace

std::unique_ptr<Design> make_design(const DesignInputs& in, std::vector<AxisProblem>& problems) {
  const auto bounded = [&](std::size_t dimensions) {
    if (dimensions > static_cast<std::size_t>(most_sobol_dimensions))
      problems.push_back(
          {"design", fmt::format("needs {} dimensions of Sobol's sequence (there are {}); use fewer axes, or random", dimensions,
                                 most_sobol_dimensions)});
    return dimensions <= static_cast<std::size_t>(most_sobol_dimensions);
  };
  if (in.spec.as<GridDesign>()) return std::make_unique<Grid>(levels(in, problems));
  if (in.spec.as<OneAtATimeDesign>()) return std::make_unique<OneAtATime>(levels(in, problems));
  if (const auto* random = in.spec.as<RandomDesign>()) return std::make_unique<Random>(random->points, in.seed);
  if (const auto* latin = in.spec.as<LatinHypercubeDesign>())
    return std::make_unique<LatinHypercube>(latin->points, in.groups, in.seed);
  if (const auto* one = in.spec.as<SobolDesign>(); one && bounded(in.groups))
    return std::make_unique<Sobol>(one->points, in.seed);
  if (const auto* one = in.spec.as<SaltelliDesign>(); one && bounded(2 * in.groups))
    return std::make_unique<Saltelli>(one->base_points, in.groups, in.seed);
  if (const auto* one = in.spec.as<MorrisDesign>()) {
    for (const Axis& axis : in.axes) check_ends(axis, problems);
    return std::make_unique<Morris>(Morris::Options{one->trajectories, one->levels}, in.groups, in.seed);
  }
  if (const auto* table = in.spec.as<CsvDesign>()) return read_table(table->file.path, in.axes);
  return std::make_unique<Grid>(Levels{});
}

}  // namespace hypocaust::study
