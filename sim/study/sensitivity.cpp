#include "sim/study/sensitivity.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "sim/run/channels.hpp"
#include "sim/study/block.hpp"
#include "sim/study/folder.hpp"
#include "sim/study/indices.hpp"

namespace hypocaust::study {
namespace {

// Every figure at every point; NaN where there is none.
std::vector<std::vector<double>> stored_figures(const Study& study, const std::string& folder) {
  if (!begun(folder))
    throw UserError(folder + ": error: no study was begun there; run `hypocaust sweep " + study.path +
                    "` first, or name its folder with -o");
  open_folder(study, folder);
  std::vector<std::vector<double>> all(study.figures.size(),
                                       std::vector<double>(static_cast<std::size_t>(study.points()), not_given));
  for (std::int64_t block = 0; block < study.blocks(); ++block) {
    const StoredBlock stored = read_block(study, folder, block, {.figures = true});
    if (stored.state != StoredBlock::State::complete) continue;
    for (std::size_t k = 0; k < stored.id.size(); ++k)
      for (std::size_t f = 0; f < all.size(); ++f) all[f][static_cast<std::size_t>(stored.id[k])] = stored.figures[f][k];
  }
  return all;
}

std::size_t figure_named(const Study& study, const std::string& name, const char* option) {
  std::vector<std::string_view> names;
  for (std::size_t f = 0; f < study.figures.size(); ++f) {
    if (study.figures[f].name == name) return f;
    names.push_back(study.figures[f].name);
  }
  const std::string_view near = nearest(name, names);
  throw UserError(fmt::format("{}: error: the study keeps no figure `{}`{}", option, name,
                              near.empty() ? "; its `keep` tells which" : fmt::format("; did you mean `{}`?", near)));
}

// Replications of one combination count as one: their mean.
std::vector<double> means(const Study& study, const std::vector<double>& points) {
  const auto r = static_cast<std::size_t>(study.spec.replications);
  std::vector<double> out(study.numbers.size(), 0.0);
  for (std::size_t p = 0; p < points.size(); ++p) out[p / r] += points[p] / static_cast<double>(r);
  return out;
}

class Teller {
 public:
  Teller(const Study& study, Sensitivity& out) : study_(study), out_(out) {
    groups_.resize(study.groups);
    for (const Axis& axis : study.axes) {
      std::string& name = groups_[axis.group];
      name += (name.empty() ? "" : "+") + axis.name;
    }
  }

  void begin() {
    if (study_.spec.design.as<SaltelliDesign>()) {
      out_.method = "Sobol indices", out_.columns = {"first", "first_95", "total", "total_95"};
    } else if (study_.spec.design.as<MorrisDesign>()) {
      out_.method = "elementary effects", out_.columns = {"mean", "mean_absolute", "deviation"};
    } else if (study_.spec.design.as<OneAtATimeDesign>()) {
      out_.method = "tornado", out_.columns = {"base", "least", "largest", "swing"};
    } else {
      out_.method = "regression", out_.columns = {"standardised_coefficient", "determined_frac"};
      for (const Axis& axis : study_.axes)
        if (axis.words) out_.notes.push_back("axis `" + axis.name + "` has words and takes no part in the regression");
    }
  }

  void tell(const std::string& figure, const std::vector<double>& values) {
    if (study_.spec.design.as<SaltelliDesign>()) sobol(figure, values);
    else if (study_.spec.design.as<MorrisDesign>()) morris(figure, values);
    else if (study_.spec.design.as<OneAtATimeDesign>()) tornado(figure, values);
    else line(figure, values);
  }

 private:
  void row(const std::string& figure, const std::string& axis, std::vector<double> values) {
    out_.rows.push_back({figure, axis, std::move(values)});
  }

  void sobol(const std::string& figure, const std::vector<double>& values) {
    const SobolIndices s =
        sobol_indices({.values = values, .groups = study_.groups, .seed = static_cast<std::uint64_t>(study_.spec.seed)});
    for (std::size_t g = 0; g < groups_.size(); ++g)
      row(figure, groups_[g], {s.first[g].value, s.first[g].half_width, s.total[g].value, s.total[g].half_width});
  }

  void morris(const std::string& figure, const std::vector<double>& values) {
    std::vector<double> coordinates;
    std::vector<Coordinate> at(study_.groups);
    for (const std::int64_t number : study_.numbers) {
      study_.design->point(number, at);
      for (const Coordinate& c : at) coordinates.push_back(c.share_frac);
    }
    const std::vector<Effects> effects = morris_effects({.values = values, .coordinates = coordinates, .groups = study_.groups});
    for (std::size_t g = 0; g < groups_.size(); ++g)
      row(figure, groups_[g], {effects[g].mean, effects[g].mean_absolute, effects[g].deviation});
  }

  // Constraints may have dropped points: each is looked up by its coordinates.
  void tornado(const std::string& figure, const std::vector<double>& values) {
    std::vector<double> least(groups_.size(), not_given), largest = least;
    double base = not_given;
    std::vector<Coordinate> at(study_.groups);
    for (std::size_t k = 0; k < values.size(); ++k) {
      study_.design->point(study_.numbers[k], at);
      std::size_t moved = groups_.size();
      for (std::size_t g = 0; g < at.size(); ++g)
        if (!at[g].base()) moved = g;
      if (moved == groups_.size()) base = values[k];
      else least[moved] = std::fmin(least[moved], values[k]), largest[moved] = std::fmax(largest[moved], values[k]);
    }
    for (std::size_t g = 0; g < groups_.size(); ++g) row(figure, groups_[g], {base, least[g], largest[g], largest[g] - least[g]});
  }

  void line(const std::string& figure, const std::vector<double>& values) {
    std::vector<std::size_t> used;
    for (std::size_t a = 0; a < study_.axes.size(); ++a)
      if (!study_.axes[a].words) used.push_back(a);
    std::vector<double> axes;
    for (std::size_t k = 0; k < study_.numbers.size(); ++k) {
      const Point point = study_.point(static_cast<std::int64_t>(k) * study_.spec.replications);
      for (const std::size_t a : used) axes.push_back(point.values[a].empty() ? not_given : std::stod(point.values[a]));
    }
    const Regression r = regression({.values = values, .axes = axes, .count = used.size()});
    for (std::size_t k = 0; k < used.size(); ++k) row(figure, study_.axes[used[k]].name, {r.coefficient[k], r.determined_frac});
  }

  const Study& study_;
  Sensitivity& out_;
  std::vector<std::string> groups_;
};

}  // namespace

Sensitivity sensitivity(const Study& study, const std::string& folder, const std::vector<std::string>& figures) {
  const std::vector<std::vector<double>> all = stored_figures(study, folder);
  Sensitivity out{.points = static_cast<std::int64_t>(study.numbers.size())};
  Teller teller(study, out);
  teller.begin();
  std::vector<bool> used(figures.size(), false);
  for (std::size_t f = 0; f < all.size(); ++f) {
    bool wanted = figures.empty();
    for (std::size_t g = 0; g < figures.size(); ++g)
      if (run::glob_matches(figures[g], study.figures[f].name)) used[g] = wanted = true;
    const std::vector<double> values = means(study, all[f]);
    const auto with_value = std::count_if(values.begin(), values.end(), [](double v) { return std::isfinite(v); });
    if (!wanted || with_value == 0) continue;
    out.without_value = std::max(out.without_value, out.points - with_value);
    teller.tell(study.figures[f].name, values);
  }
  for (std::size_t g = 0; g < figures.size(); ++g)
    if (!used[g]) figure_named(study, figures[g], "--figure");
  if (out.rows.empty())
    throw UserError(folder + ": error: no point has a value yet; run `hypocaust sweep " + study.path + "` first");
  return out;
}

std::vector<BestPoint> best(const Study& study, const std::string& folder, const BestOptions& options) {
  const std::size_t objective = figure_named(study, options.figure, "--best");
  std::vector<std::size_t> bound;
  for (const Condition& condition : options.conditions) bound.push_back(figure_named(study, condition.figure, "--where"));
  const std::vector<std::vector<double>> all = stored_figures(study, folder);
  std::vector<BestPoint> list;
  for (std::size_t p = 0; p < all[objective].size(); ++p) {
    bool holds = std::isfinite(all[objective][p]);
    for (std::size_t c = 0; c < bound.size(); ++c) {
      const double value = all[bound[c]][p], limit = options.conditions[c].value;
      holds = holds && (options.conditions[c].at_least ? value >= limit : value <= limit);
    }
    if (holds) list.push_back({static_cast<std::int64_t>(p), all[objective][p]});
  }
  std::stable_sort(list.begin(), list.end(), [&](const BestPoint& a, const BestPoint& b) {
    return options.largest ? a.value > b.value : a.value < b.value;
  });
  if (list.size() > options.most) list.resize(options.most);
  return list;
}

}  // namespace hypocaust::study
