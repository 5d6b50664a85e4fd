#include "models/plant/twin_shells.hpp"

#include "models/core/math.hpp"

namespace hypocaust::plant {
namespace {

bool given(double value) { return value == value; }
double square(double x) { return x * x; }

struct InCasing {  // radii, half the distance between the axes, depth of the axes under a surface of no resistance
  double pipe_m, casing_m, half_m, depth_m, foam_w_m_k, soil_w_m_k;
};

// Loss of each pipe over its temperature, W/(m K): both at the same temperature, and at opposite ones.
double symmetric_w_m_k(const InCasing& c) {
  const double contrast = (c.foam_w_m_k - c.soil_w_m_k) / (c.foam_w_m_k + c.soil_w_m_k), near = c.pipe_m / (2 * c.half_m);
  const double fourth_m4 = square(square(c.casing_m)) - square(square(c.half_m));
  const double first = near - contrast * 2 * c.pipe_m * c.half_m * square(c.half_m) / fourth_m4;
  const double other = 1 + square(near) + contrast * square(2 * c.pipe_m * square(c.casing_m) * c.half_m / fourth_m4);
  const double inverse = 2 * c.foam_w_m_k / c.soil_w_m_k * vlog(2 * c.depth_m / c.casing_m) +
                         vlog(square(c.casing_m) / (2 * c.half_m * c.pipe_m)) +
                         contrast * vlog(square(square(c.casing_m)) / fourth_m4) - square(first) / other;
  return 2 * pi * c.foam_w_m_k / inverse;
}
double antisymmetric_w_m_k(const InCasing& c) {
  const double contrast = (c.foam_w_m_k - c.soil_w_m_k) / (c.foam_w_m_k + c.soil_w_m_k), near = c.pipe_m / (2 * c.half_m);
  const double fourth_m4 = square(square(c.casing_m)) - square(square(c.half_m)), casing_m2 = square(c.casing_m);
  const double surface = 2 * (1 - square(contrast)) / (1 - contrast * square(c.casing_m / (2 * c.depth_m)));
  const double first =
      near - surface * c.half_m * c.pipe_m / (4 * square(c.depth_m)) + 2 * contrast * c.pipe_m * casing_m2 * c.half_m / fourth_m4;
  const double other =
      1 - square(near) - surface * square(c.pipe_m / (2 * c.depth_m)) +
      2 * contrast * square(c.pipe_m) * casing_m2 * (square(casing_m2) + square(square(c.half_m))) / square(fourth_m4);
  const double inverse = vlog(2 * c.half_m / c.pipe_m) +
                         contrast * vlog((casing_m2 + square(c.half_m)) / (casing_m2 - square(c.half_m))) -
                         square(first) / other - surface * square(c.half_m / (2 * c.depth_m));
  return 2 * pi * c.foam_w_m_k / inverse;
}

}  // namespace

const Schema& Casing::schema() {
  static const Schema s = describe<Casing>(
      "casing", "One round casing around two pipes side by side.",
      {row<&Casing::outer_m>("outer_diameter", "mm", {.need = required, .above = 0, .max = 5000}, "of the insulation"),
       row<&Casing::spacing_m>("spacing", "mm", {.need = required, .above = 0, .max = 5000}, "between the axes of the pipes"),
       row<&Casing::conductivity_w_m_k>("conductivity", "W/(m K)", {.min = 1e-3, .max = 10}, "of the insulation")});
  return s;
}

void TwinShells::check(Problems& problems) const {
  if (!described()) return;
  const double wall_outer_m = inner_m + (given(wall_m) ? 2 * wall_m : 0.0);
  if (!burial)
    problems.error("burial",
                   "is missing (nothing says how far the ground is); give its `depth`, or `loss` and `exchange` instead");
  else if (!casing && !insulation) problems.error("casing", "is missing, and so is `insulation`; give one of the two");
  else if (casing && insulation)
    problems.error("insulation", "and `casing` exclude each other (one casing, or one around each pipe); remove one of the two");
  else if (casing) {
    if (given(burial->spacing_m)) problems.error("burial.spacing", "is for two casings (`casing.spacing` is given); remove it");
    if (!(casing->spacing_m > wall_outer_m))
      problems.error("casing.spacing", "is not above the outer diameter of the pipes (they would overlap); give more");
    else if (!(casing->outer_m > casing->spacing_m + wall_outer_m))
      problems.error("casing.outer_diameter", "does not go around both pipes; give more than spacing and pipe diameter together");
    if (!(2 * burial->depth_m > casing->outer_m))
      problems.error("burial.depth", "lets the casing look out of the ground (it is less than half its diameter); give more");
  } else {
    if (!given(burial->spacing_m))
      problems.error("burial.spacing", "is missing (the return lies beside the supply); give the distance between the axes");
    Shells{.inner_m = inner_m, .wall_m = wall_m, .wall_w_m_k = wall_w_m_k, .insulation = insulation, .burial = burial}.check(
        problems);
  }
}

TwinLoss TwinShells::loss() const {
  double symmetric, antisymmetric;  // W/(m K)
  if (casing) {
    const double wall_outer_m = inner_m + (given(wall_m) ? 2 * wall_m : 0.0);
    const double wall_m_k_w = given(wall_m) ? vlog(wall_outer_m / inner_m) / (2 * pi * wall_w_m_k) : 0.0;
    const InCasing c{.pipe_m = wall_outer_m / 2,
                     .casing_m = casing->outer_m / 2,
                     .half_m = casing->spacing_m / 2,
                     .depth_m = burial->depth_m + burial->surface_m2_k_w * burial->conductivity_w_m_k,
                     .foam_w_m_k = casing->conductivity_w_m_k,
                     .soil_w_m_k = burial->conductivity_w_m_k};
    symmetric = 1 / (1 / symmetric_w_m_k(c) + wall_m_k_w), antisymmetric = 1 / (1 / antisymmetric_w_m_k(c) + wall_m_k_w);
  } else {
    const auto loss_w_m_k = [&](const Burial& its_burial) {
      return Shells{
          .inner_m = inner_m, .wall_m = wall_m, .wall_w_m_k = wall_w_m_k, .insulation = insulation, .burial = its_burial}
          .loss_w_m_k();
    };
    Burial alone = *burial;
    alone.spacing_m = not_given;
    symmetric = loss_w_m_k(*burial);
    antisymmetric = 1 / (2 / loss_w_m_k(alone) - 1 / symmetric);  // own - neighbour = 2 own - (own + neighbour)
  }
  return {.loss_w_m_k = symmetric, .exchange_w_m_k = (antisymmetric - symmetric) / 2};
}

}  // namespace hypocaust::plant
