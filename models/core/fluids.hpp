// Properties of the coolants, SI, at one temperature and a design pressure of 1 to 10 bar (liquids: pressure ignored).
#pragma once
#include <span>
#include <string_view>

#include "models/core/friction.hpp"
#include "models/core/schema.hpp"

namespace hypocaust {

enum class FluidKind : int { water, propylene_glycol, ethylene_glycol, constant, tabulated };
std::span<const std::string_view> names(FluidKind);

// A circuit's fluid, constant over a run: specific enthalpy is cp_j_kg_k * t_c, counted from liquid at 0 degC.
// friction: the law of the circuit's pipes that name none.
struct Fluid {
  double rho_kg_m3, cp_j_kg_k, mu_pa_s, k_w_m_k, freezing_c;
  FrictionChoice friction{};
};

struct FluidState {
  FluidKind kind;
  double glycol_frac = 0.0;  // mass fraction, 0 (water) to 0.6
  double t_c = 40.0;         // -40 to 100 degC; water below 0 degC is taken at 0 degC
};
Fluid fluid_at(const FluidState& state);  // of the kinds known by name

struct FluidPoint {  // a row of a table of properties
  double t_c = not_given, rho_kg_m3 = not_given, cp_j_kg_k = not_given, mu_pa_s = not_given, k_w_m_k = not_given;
  static const Schema& schema();
};
// Linear between two points, the viscosity in its logarithm. Points by rising temperature, at least two, t_c within them.
Fluid fluid_between(std::span<const FluidPoint> points, double t_c);

}  // namespace hypocaust
