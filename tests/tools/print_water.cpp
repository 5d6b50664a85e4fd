// Water's properties every half degree, for water.py: degC, kg/m3, J/(kg K), Pa s, W/(m K).
#include <cstdio>

#include "models/core/fluids.hpp"

int main() {
  for (int k = 0; k <= 220; ++k) {
    const double t_c = 0.5 * k;
    const hypocaust::Fluid f = hypocaust::fluid_at({.kind = hypocaust::FluidKind::water, .t_c = t_c});
    std::printf("%.1f %.12g %.12g %.12g %.12g\n", t_c, f.rho_kg_m3, f.cp_j_kg_k, f.mu_pa_s, f.k_w_m_k);
  }
}
