// Water: polynomials fitted to IAPWS-IF97 at 0.3 MPa, 0 to 110 degC, by tests/tools/water.py --fit (largest deviation: density 1e-5,
// heat capacity 5e-5, viscosity 1e-4, conductivity 8e-5). Glycols: A. Melinder, Properties of Secondary Working Fluids for Indirect
// Systems, IIF/IIR, 2010: 18 coefficients a property in (mass fraction - x0) and (t - t0), mass fraction 0 to 60 %.
#include "models/core/fluids.hpp"

#include <array>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"

namespace hypocaust {
namespace {

template <std::size_t n> double polynomial(const std::array<double, n>& powers, double x) {
  double sum = 0.0;
  for (std::size_t k = n; k-- > 0;) sum = sum * x + powers[k];
  return sum;
}

Fluid water_at(double t_c) {
  static constexpr std::array rho{999.955359, 5.95596886, -81.8681196, 60.5382332, -34.8731533, 8.73378423};
  static constexpr std::array cp{4218.22592, -332.567389, 1196.59976, -2488.60009, 3076.67787, -1948.48254, 494.26878};
  static constexpr std::array ln_mu{-6.32490797, -3.4735638, 3.48161973, -3.84168535, 3.31789712, -1.71889046, 0.384612991};
  static constexpr std::array k{0.555846153, 0.252576993, -0.243113617, 0.218158241, -0.147368101, 0.0411996789};
  const double x = vmax(t_c, 0.0) / 100.0;
  return {.rho_kg_m3 = polynomial(rho, x),
          .cp_j_kg_k = polynomial(cp, x),
          .mu_pa_s = vexp(polynomial(ln_mu, x)),
          .k_w_m_k = polynomial(k, x),
          .freezing_c = 0.0};
}

struct Melinder {
  double base_c, base_percent;
  // Columns: freezing point (degC), density (kg/m3), heat capacity (J/(kg K)), conductivity (W/(m K)), ln(viscosity in mPa s).
  // Rows: powers of the concentration 0 to 5, inside each the powers of the temperature (4, 4, 4, 3, 2, 1 of them).
  std::array<std::array<double, 5>, 18> c;
};

constexpr Melinder ethylene{31.728,
                            30.8462,
                            {{{-15.25, 1034, 3737, 0.472, 0.4705},
                              {-1.566e-6, -0.4781, 2.93, 8.903e-4, -0.0255},
                              {-2.278e-7, -2.692e-3, -4.675e-3, -1.058e-6, 1.782e-4},
                              {2.169e-9, 4.725e-6, -1.389e-5, -2.789e-9, -7.669e-7},
                              {-0.808, 1.311, -17.99, -4.286e-3, 0.02471},
                              {-1.339e-6, -6.876e-3, 0.1046, -1.473e-5, -1.171e-4},
                              {2.047e-8, 4.805e-5, -4.147e-4, 1.059e-7, 1.052e-6},
                              {-2.717e-11, 1.69e-8, 1.847e-7, -1.142e-10, -1.634e-8},
                              {-0.01334, 7.49e-5, -0.09933, 1.747e-5, 3.328e-6},
                              {6.322e-8, 7.855e-5, 3.516e-4, 6.814e-8, 1.086e-6},
                              {2.373e-10, -3.995e-7, 5.109e-6, -3.612e-9, 1.051e-8},
                              {-2.183e-12, 4.982e-9, -7.138e-8, 2.365e-12, -6.475e-10},
                              {-7.293e-5, -1.062e-4, 2.61e-3, 3.017e-8, 1.659e-6},
                              {1.764e-9, 1.229e-6, -1.189e-6, -2.412e-9, 3.157e-9},
                              {-2.442e-11, -1.153e-8, -1.643e-7, 4.004e-11, 4.063e-10},
                              {1.006e-6, -9.623e-7, 1.537e-5, -1.322e-9, 3.089e-8},
                              {-7.662e-11, -7.211e-8, -4.272e-7, 2.555e-11, 1.831e-10},
                              {1.14e-9, 4.891e-8, -1.618e-6, 2.678e-11, -1.865e-9}}}};

constexpr Melinder propylene{32.7083,
                             30.7031,
                             {{{-13.25, 1018, 3882, 0.4513, 0.6837},
                               {-3.82e-5, -0.5406, 2.699, 7.955e-4, -0.03045},
                               {7.865e-7, -2.666e-3, -1.659e-3, 3.482e-8, 2.525e-4},
                               {-1.733e-9, 1.347e-5, -1.032e-5, -5.966e-9, -1.399e-6},
                               {-0.6631, 0.7604, -13.04, -4.795e-3, 0.03328},
                               {6.774e-6, -9.45e-3, 0.0507, -1.678e-5, -3.984e-4},
                               {-6.242e-8, 5.541e-5, -4.752e-5, 8.941e-8, 4.332e-6},
                               {-7.819e-10, -1.343e-7, 1.522e-6, 1.493e-10, -1.86e-8},
                               {-0.01094, -2.498e-3, -0.1598, 2.076e-5, 5.453e-5},
                               {5.332e-8, 2.7e-5, 9.534e-5, 1.563e-7, -8.6e-8},
                               {-4.169e-9, -4.018e-7, 1.167e-5, -4.615e-9, -1.593e-8},
                               {3.288e-11, 3.376e-9, -4.87e-8, 9.897e-12, -4.465e-11},
                               {-2.283e-4, -1.55e-4, 3.539e-4, -9.083e-8, -3.9e-6},
                               {-1.131e-8, 2.829e-6, 3.102e-5, -2.518e-9, 1.054e-7},
                               {1.918e-10, -7.175e-9, -2.95e-7, 6.543e-11, -1.589e-9},
                               {-3.409e-6, -1.131e-6, 5e-5, -5.952e-10, -1.587e-8},
                               {8.035e-11, -2.221e-8, -7.135e-7, -3.605e-11, 4.475e-10},
                               {1.465e-8, 2.342e-8, -4.959e-7, 2.104e-11, 3.564e-9}}}};

double melinder(const Melinder& m, std::size_t column, double percent, double t_c) {
  constexpr std::array<int, 6> temperature_powers{4, 4, 4, 3, 2, 1};
  const double x = percent - m.base_percent, y = t_c - m.base_c;
  double sum = 0.0, x_power = 1.0;
  std::size_t row = 0;
  for (const int powers : temperature_powers) {
    double y_power = 1.0;
    for (int j = 0; j < powers; ++j, y_power *= y) sum += m.c[row++][column] * x_power * y_power;
    x_power *= x;
  }
  return sum;
}

}  // namespace

std::span<const std::string_view> names(FluidKind) {
  static constexpr std::string_view list[] = {"water", "propylene_glycol", "ethylene_glycol", "constant", "tabulated"};
  return list;
}

Fluid fluid_at(const FluidState& state) {
  if (state.kind == FluidKind::water || state.glycol_frac <= 0.0) return water_at(state.t_c);
  EXPECT(state.kind != FluidKind::constant && state.kind != FluidKind::tabulated);
  EXPECT(state.glycol_frac <= 0.6);
  const Melinder& m = state.kind == FluidKind::ethylene_glycol ? ethylene : propylene;
  const double percent = 100.0 * state.glycol_frac;
  return {.rho_kg_m3 = melinder(m, 1, percent, state.t_c),
          .cp_j_kg_k = melinder(m, 2, percent, state.t_c),
          .mu_pa_s = 1e-3 * vexp(melinder(m, 4, percent, state.t_c)),
          .k_w_m_k = melinder(m, 3, percent, state.t_c),
          .freezing_c = melinder(m, 0, percent, m.base_c)};
}

const Schema& FluidPoint::schema() {
  static const Schema s = describe<FluidPoint>(
      "fluid_point", "A row of a table of properties.",
      {row<&FluidPoint::t_c>("temperature", "degC", {.need = required, .min = -100, .max = 400}, "at which"),
       row<&FluidPoint::rho_kg_m3>("density", "kg/m3", {.need = required, .min = 100, .max = 5000}, "density"),
       row<&FluidPoint::cp_j_kg_k>("heat_capacity", "J/(kg K)", {.need = required, .min = 200, .max = 2e4},
                                   "specific heat capacity"),
       row<&FluidPoint::mu_pa_s>("viscosity", "mPa s", {.need = required, .min = 0.01, .max = 1e5}, "dynamic viscosity"),
       row<&FluidPoint::k_w_m_k>("conductivity", "W/(m K)", {.need = required, .min = 0.01, .max = 20}, "thermal conductivity")});
  return s;
}

Fluid fluid_between(std::span<const FluidPoint> points, double t_c) {
  EXPECT(points.size() >= 2);
  std::size_t k = 1;
  while (k + 1 < points.size() && points[k].t_c < t_c) ++k;
  const FluidPoint &a = points[k - 1], &b = points[k];
  const double share = (t_c - a.t_c) / (b.t_c - a.t_c);
  const auto between = [share](double low, double high) { return low + share * (high - low); };
  return {.rho_kg_m3 = between(a.rho_kg_m3, b.rho_kg_m3),
          .cp_j_kg_k = between(a.cp_j_kg_k, b.cp_j_kg_k),
          .mu_pa_s = vexp(between(vlog(a.mu_pa_s), vlog(b.mu_pa_s))),
          .k_w_m_k = between(a.k_w_m_k, b.k_w_m_k),
          .freezing_c = -kelvin_offset_k};
}

}  // namespace hypocaust
