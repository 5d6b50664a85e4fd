#include "models/plant/pipe_shells.hpp"

#include <array>

#include "models/core/math.hpp"

namespace hypocaust::plant {
namespace {

bool given(double value) { return value == value; }
double shell_m_k_w(double inner_m, double outer_m, double w_m_k) { return vlog(outer_m / inner_m) / (2 * pi * w_m_k); }

double soil_m_k_w(const Burial& burial, double outer_m) {
  const double w_m_k = burial.conductivity_w_m_k, z_m = burial.depth_m + burial.surface_m2_k_w * w_m_k, x = 2 * z_m / outer_m;
  double sum = vlog(x + vsqrt(x * x - 1)) / (2 * pi * w_m_k);  // arcosh(x) as a logarithm
  if (given(burial.spacing_m)) {
    const double ratio = 2 * z_m / burial.spacing_m;
    sum += vlog(1 + ratio * ratio) / (4 * pi * w_m_k);
  }
  return sum;
}

}  // namespace

std::span<const std::string_view> names(WallMaterial) {
  static constexpr std::string_view list[] = {"steel", "stainless_steel", "copper", "pe_x"};
  return list;
}

WallProperties properties(WallMaterial material) {
  static constexpr std::array<WallProperties, 4> table{
      {{50, 7800 * 450}, {17, 7900 * 500}, {380, 8900 * 380}, {0.35, 940 * 2300}}};
  return table[static_cast<std::size_t>(material)];
}

void Insulation::check(Problems& problems) const {
  if (given(thickness_m) == given(outer_m))
    problems.error("thickness", given(outer_m) ? "and `outer_diameter` say the same; remove one of the two"
                                               : "is missing, and so is `outer_diameter`; give one of the two");
}

const Schema& Insulation::schema() {
  static const Schema s = describe<Insulation>(
      "insulation", "Insulation around a pipe's wall.",
      {row<&Insulation::thickness_m>("thickness", "mm", {.above = 0, .max = 1000}, "thickness"),
       row<&Insulation::outer_m>("outer_diameter", "mm", {.above = 0, .max = 5000}, "diameter over it, instead of its thickness"),
       row<&Insulation::conductivity_w_m_k>("conductivity", "W/(m K)", {.min = 1e-3, .max = 10}, "thermal conductivity")});
  return s;
}

const Schema& Burial::schema() {
  static const Schema s = describe<Burial>(
      "burial", "Soil between a pipe and the undisturbed ground.",
      {row<&Burial::depth_m>("depth", "m", {.need = required, .above = 0, .max = 100}, "from the surface to the pipe's axis"),
       row<&Burial::conductivity_w_m_k>("conductivity", "W/(m K)", {.min = 0.05, .max = 10}, "thermal conductivity of the soil"),
       row<&Burial::spacing_m>("spacing", "m", {.above = 0, .max = 100},
                               "between the axes of this pipe and a like one beside it; left out: it lies alone"),
       row<&Burial::surface_m2_k_w>("surface_resistance", "m2 K/W", {.min = 0, .max = 1}, "of the ground's surface to the air")});
  return s;
}

double Shells::wall_outer_m() const { return inner_m + (given(wall_m) ? 2 * wall_m : 0.0); }
double Shells::outer_m() const {
  if (!insulation) return wall_outer_m();
  return given(insulation->outer_m) ? insulation->outer_m : wall_outer_m() + 2 * insulation->thickness_m;
}

void Shells::check(Problems& problems) const {
  if (insulation && given(insulation->outer_m) && !(insulation->outer_m > wall_outer_m()))
    problems.error("insulation.outer_diameter", "is not above the outer diameter of the pipe's wall; give more");
  if (burial && !(2 * burial->depth_m > outer_m()))
    problems.error("burial.depth", "lets the pipe look out of the ground (it is less than half the outer diameter); give more");
  if (burial && !(burial->spacing_m >= outer_m()) && given(burial->spacing_m))
    problems.error("burial.spacing", "is below the outer diameter (the two pipes would overlap); give more");
}

double Shells::loss_w_m_k() const {
  double sum = 0;
  if (given(wall_m)) sum += shell_m_k_w(inner_m, wall_outer_m(), wall_w_m_k);
  if (insulation) sum += shell_m_k_w(wall_outer_m(), outer_m(), insulation->conductivity_w_m_k);
  if (given(film_w_m2_k)) sum += 1 / (pi * outer_m() * film_w_m2_k);
  if (burial) sum += soil_m_k_w(*burial, outer_m());
  return 1 / sum;
}

}  // namespace hypocaust::plant
