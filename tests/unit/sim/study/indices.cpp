#include "sim/study/indices.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <functional>
#include <numbers>

#include "sim/study/design.hpp"

using namespace hypocaust;
using namespace hypocaust::study;

namespace {

using Function = std::function<double(const std::vector<double>&)>;

struct Run {
  std::vector<double> values, coordinates;
};

template <class T> Run over(const T& options, std::size_t axes, const Function& f) {
  std::vector<Axis> list(axes);
  for (std::size_t k = 0; k < axes; ++k) list[k] = {.name = "a" + std::to_string(k), .from = 0, .to = 1, .group = k};
  Typed typed(T::schema());
  *typed.as<T>() = options;
  std::vector<AxisProblem> problems;
  const auto design = make_design({.spec = typed, .axes = list, .groups = axes, .seed = 3}, problems);
  Run run;
  std::vector<Coordinate> at(axes);
  for (std::int64_t k = 0; k < static_cast<std::int64_t>(design->size()); ++k) {
    design->point(k, at);
    std::vector<double> x;
    for (const Coordinate& c : at) x.push_back(c.share_frac);
    run.values.push_back(f(x));
    run.coordinates.insert(run.coordinates.end(), x.begin(), x.end());
  }
  return run;
}

// T. Ishigami and T. Homma, ISUMA 1990, with a = 7, b = 0.1 on (-pi, pi).
double ishigami(const std::vector<double>& u) {
  const auto x = [&](std::size_t k) { return std::numbers::pi * (2 * u[k] - 1); };
  return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) + 0.1 * std::pow(x(2), 4) * std::sin(x(0));
}

const double g_weights[] = {0, 1, 4.5, 9, 99, 99, 99, 99};  // Saltelli and Sobol' 1995
double sobol_g(const std::vector<double>& u) {
  double product = 1;
  for (std::size_t k = 0; k < u.size(); ++k) product *= (std::fabs(4 * u[k] - 2) + g_weights[k]) / (1 + g_weights[k]);
  return product;
}

void check(const Estimate& estimate, double exact) {
  CHECK(estimate.value == Approx(exact).margin(0.01));
  CHECK(std::fabs(estimate.value - exact) <= 2.0 * estimate.half_width + 1e-6);  // about four standard deviations
  CHECK(estimate.half_width < 0.06);
}

}  // namespace

TEST_CASE("Sobol indices of Ishigami's function are its closed forms") {
  const double pi4 = std::pow(std::numbers::pi, 4), b = 0.1, a = 7;
  const double v1 = 0.5 * std::pow(1 + b * pi4 / 5, 2), v2 = a * a / 8, v13 = b * b * pi4 * pi4 * (1.0 / 18 - 1.0 / 50),
               v = v1 + v2 + v13;
  const SobolIndices s = sobol_indices({.values = over(SaltelliDesign{4096}, 3, ishigami).values, .groups = 3, .seed = 1});
  CHECK(s.rows == 4096);
  CHECK(s.mean == Approx(3.5).epsilon(0.01));
  CHECK(s.variance == Approx(v).epsilon(0.01));
  const double first[] = {v1 / v, v2 / v, 0}, total[] = {(v1 + v13) / v, v2 / v, v13 / v};
  for (std::size_t k = 0; k < 3; ++k) check(s.first[k], first[k]), check(s.total[k], total[k]);
}

TEST_CASE("Sobol indices of Sobol's g function are its closed forms") {
  double product = 1;
  for (const double a : g_weights) product *= 1 + 1 / (3 * (1 + a) * (1 + a));
  const double v = product - 1;
  const SobolIndices s = sobol_indices({.values = over(SaltelliDesign{4096}, 8, sobol_g).values, .groups = 8, .seed = 1});
  for (std::size_t k = 0; k < 8; ++k) {
    const double own = 1 / (3 * (1 + g_weights[k]) * (1 + g_weights[k]));
    check(s.first[k], own / v);
    check(s.total[k], own * product / (1 + own) / v);
  }
}

TEST_CASE("rows with a missing value are left out, and a figure that does not vary has no index") {
  std::vector<double> values = over(SaltelliDesign{64}, 3, ishigami).values;
  values[7] = std::nan("");
  CHECK(sobol_indices({.values = values, .groups = 3, .seed = 1}).rows == 63);
  const std::vector<double> same(5 * 8, 2.0);
  CHECK(std::isnan(sobol_indices({.values = same, .groups = 3, .seed = 1}).first[0].value));
}

TEST_CASE("elementary effects of a plane are its slopes, those of a product spread") {
  const Run plane =
      over(MorrisDesign{.trajectories = 10, .levels = 4}, 3, [](const std::vector<double>& x) { return 2 * x[0] - 5 * x[1]; });
  const auto slopes = morris_effects({.values = plane.values, .coordinates = plane.coordinates, .groups = 3});
  const double exact[] = {2, -5, 0};
  for (std::size_t k = 0; k < 3; ++k) {
    CHECK(slopes[k].count == 10);
    CHECK(slopes[k].mean == Approx(exact[k]).margin(1e-12));
    CHECK(slopes[k].mean_absolute == Approx(std::fabs(exact[k])).margin(1e-12));
    CHECK(slopes[k].deviation == Approx(0).margin(1e-12));
  }
  const Run product =
      over(MorrisDesign{.trajectories = 400, .levels = 4}, 2, [](const std::vector<double>& x) { return x[0] * x[1]; });
  const auto effects = morris_effects({.values = product.values, .coordinates = product.coordinates, .groups = 2});
  CHECK(effects[0].mean == Approx(0.5).margin(0.05));  // the mean of the other coordinate over 0, 1/3, 2/3, 1
  CHECK(effects[0].deviation == Approx(std::sqrt(5.0) / 6).margin(0.03));
}

TEST_CASE("standardised coefficients of independent axes are their shares of the deviation") {
  const Run run = over(LatinHypercubeDesign{2000}, 2, [](const std::vector<double>& x) { return 3 * x[0] + 4 * x[1]; });
  const Regression r = regression({.values = run.values, .axes = run.coordinates, .count = 2});
  CHECK(r.determined_frac == Approx(1));
  CHECK(r.coefficient[0] == Approx(0.6).margin(0.02));
  CHECK(r.coefficient[1] == Approx(0.8).margin(0.02));
}
