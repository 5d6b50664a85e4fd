#include "sim/study/indices.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/core/random.hpp"

namespace hypocaust::study {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr int resamples = 200;

struct Moments {
  double mean = 0, variance = 0;
};
Moments moments(std::span<const double> values) {
  Moments m;
  const auto n = static_cast<double>(values.size());
  for (const double v : values) m.mean += v / n;
  for (const double v : values) m.variance += (v - m.mean) * (v - m.mean) / n;
  return m;
}

// Whether a figure varies beyond round-off.
bool varies(const Moments& m) { return m.variance > 1e-24 * m.mean * m.mean && m.variance > 0; }

using Rows = std::vector<const double*>;  // each A, B, AB_1 ... AB_k

struct Pair {
  double first, total;
};
// First order after Saltelli et al. (2010), table 2 (b); total effect after Jansen (1999), table 2 (f).
std::vector<Pair> indices(const Rows& rows, std::size_t groups) {
  std::vector<double> both;
  for (const double* row : rows) both.push_back(row[0]), both.push_back(row[1]);
  const Moments m = moments(both);
  std::vector<Pair> result(groups, {none, none});
  if (!varies(m)) return result;
  const auto n = static_cast<double>(rows.size());
  for (std::size_t g = 0; g < groups; ++g) {
    double first = 0, total = 0;
    for (const double* row : rows) {
      const double a = row[0] - m.mean, b = row[1] - m.mean, mixed = row[2 + g] - m.mean;
      first += b * (mixed - a);
      total += 0.5 * (a - mixed) * (a - mixed);
    }
    result[g] = {first / n / m.variance, total / n / m.variance};
  }
  return result;
}

}  // namespace

SobolIndices sobol_indices(const SaltelliValues& given) {
  const std::size_t each = given.groups + 2;
  SobolIndices out;
  out.first.assign(given.groups, {none, none});
  out.total = out.first;
  Rows rows;
  for (std::size_t r = 0; r + each <= given.values.size(); r += each) {
    const std::span<const double> row = given.values.subspan(r, each);
    if (std::all_of(row.begin(), row.end(), [](double v) { return std::isfinite(v); })) rows.push_back(row.data());
  }
  out.rows = static_cast<std::int64_t>(rows.size());
  if (rows.size() < 2) return out;
  std::vector<double> both;
  for (const double* row : rows) both.push_back(row[0]), both.push_back(row[1]);
  const Moments m = moments(both);
  out.mean = m.mean, out.variance = m.variance;
  const std::vector<Pair> point = indices(rows, given.groups);
  std::vector<std::vector<double>> first(given.groups), total(given.groups);
  const RandomStream stream(given.seed, "study bootstrap");
  Rows drawn(rows.size());
  for (int s = 0; s < resamples; ++s) {
    for (std::size_t r = 0; r < rows.size(); ++r)
      drawn[r] =
          rows[static_cast<std::size_t>(stream.uniform(r, static_cast<std::uint32_t>(s)) * static_cast<double>(rows.size()))];
    const std::vector<Pair> again = indices(drawn, given.groups);
    for (std::size_t g = 0; g < given.groups; ++g) first[g].push_back(again[g].first), total[g].push_back(again[g].total);
  }
  for (std::size_t g = 0; g < given.groups; ++g) {
    out.first[g] = {point[g].first, 1.96 * std::sqrt(moments(first[g]).variance)};
    out.total[g] = {point[g].total, 1.96 * std::sqrt(moments(total[g]).variance)};
  }
  return out;
}

std::vector<Effects> morris_effects(const MorrisValues& given) {
  std::vector<std::vector<double>> effects(given.groups);
  const std::size_t each = given.groups + 1;
  for (std::size_t p = 0; p + 1 < given.values.size(); ++p) {
    if ((p + 1) % each == 0) continue;  // the last of its trajectory
    for (std::size_t g = 0; g < given.groups; ++g) {
      const double moved = given.coordinates[(p + 1) * given.groups + g] - given.coordinates[p * given.groups + g];
      const double effect = (given.values[p + 1] - given.values[p]) / moved;
      if (moved != 0 && std::isfinite(effect)) effects[g].push_back(effect);
    }
  }
  std::vector<Effects> out;
  for (const std::vector<double>& list : effects) {
    Effects e{none, none, none, static_cast<std::int64_t>(list.size())};
    if (list.size() >= 2) {
      const Moments m = moments(list);
      e.mean = m.mean, e.mean_absolute = 0;
      for (const double effect : list) e.mean_absolute += std::fabs(effect) / static_cast<double>(list.size());
      e.deviation = std::sqrt(m.variance * static_cast<double>(list.size()) / static_cast<double>(list.size() - 1));
    }
    out.push_back(e);
  }
  return out;
}

Regression regression(const RegressionValues& given) {
  const std::size_t k = given.count;
  Regression out{.coefficient = std::vector<double>(k, none), .determined_frac = none};
  std::vector<std::vector<double>> columns(k + 1);  // axes, then the figure
  for (std::size_t p = 0; p < given.values.size(); ++p) {
    const std::span<const double> row = given.axes.subspan(p * k, k);
    if (!std::isfinite(given.values[p]) || !std::all_of(row.begin(), row.end(), [](double v) { return std::isfinite(v); }))
      continue;
    for (std::size_t a = 0; a < k; ++a) columns[a].push_back(row[a]);
    columns[k].push_back(given.values[p]);
  }
  out.points = static_cast<std::int64_t>(columns[k].size());
  if (columns[k].size() < k + 2) return out;
  for (std::vector<double>& column : columns) {
    const Moments m = moments(column);
    if (!varies(m)) return out;
    for (double& v : column) v = (v - m.mean) / std::sqrt(m.variance);
  }
  const auto n = static_cast<double>(out.points);
  const auto correlation = [&](std::size_t a, std::size_t b) {
    double sum = 0;
    for (std::size_t p = 0; p < columns[a].size(); ++p) sum += columns[a][p] * columns[b][p];
    return sum / n;
  };
  // Normal equations by Gauss' elimination with row exchange; k is small.
  std::vector<std::vector<double>> m(k, std::vector<double>(k + 1));
  for (std::size_t i = 0; i < k; ++i)
    for (std::size_t j = 0; j <= k; ++j) m[i][j] = correlation(i, j);
  const std::vector<std::vector<double>> original = m;
  for (std::size_t i = 0; i < k; ++i) {
    std::size_t pivot = i;
    for (std::size_t r = i + 1; r < k; ++r)
      if (std::fabs(m[r][i]) > std::fabs(m[pivot][i])) pivot = r;
    if (std::fabs(m[pivot][i]) < 1e-10) return out;  // axes that move together
    std::swap(m[i], m[pivot]);
    for (std::size_t r = i + 1; r < k; ++r)
      for (std::size_t j = k + 1; j-- > i;) m[r][j] -= m[i][j] * m[r][i] / m[i][i];
  }
  out.determined_frac = 0;
  for (std::size_t i = k; i-- > 0;) {
    double rest = m[i][k];
    for (std::size_t j = i + 1; j < k; ++j) rest -= m[i][j] * out.coefficient[j];
    out.coefficient[i] = rest / m[i][i];
  }
  for (std::size_t i = 0; i < k; ++i) out.determined_frac += out.coefficient[i] * original[i][k];
  return out;
}

}  // namespace hypocaust::study
