#include "models/core/fluids.hpp"

#include <catch2/catch.hpp>

using namespace hypocaust;

TEST_CASE("water agrees with IAPWS-IF97 at 0.3 MPa") {  // values of the python package iapws
  struct Point {
    double t_c, rho_kg_m3, cp_j_kg_k, mu_pa_s, k_w_m_k;
  };
  for (const Point& p :
       {Point{10, 999.7964, 4194.694, 1.305722e-3, 0.5789059}, Point{40, 992.3112, 4178.063, 6.527559e-4, 0.6286005},
        Point{80, 971.8917, 4195.080, 3.541114e-4, 0.6671161}}) {
    const Fluid f = fluid_at({.kind = FluidKind::water, .t_c = p.t_c});
    CHECK(f.rho_kg_m3 == Approx(p.rho_kg_m3).epsilon(1e-4));
    CHECK(f.cp_j_kg_k == Approx(p.cp_j_kg_k).epsilon(8e-4));
    CHECK(f.mu_pa_s == Approx(p.mu_pa_s).epsilon(4e-3));
    CHECK(f.k_w_m_k == Approx(p.k_w_m_k).epsilon(2e-3));
  }
}

TEST_CASE("glycols: freezing points and properties of the handbooks") {
  // ASHRAE Handbook Fundamentals (2009), chapter 31: 30 % propylene glycol freezes at -12.7 degC, 30 % ethylene at -14.1 degC;
  // 30 % propylene at 20 degC: 1,024 kg/m3 and 3,835 J/(kg K) within a per cent or two of the two sources.
  const Fluid propylene = fluid_at({.kind = FluidKind::propylene_glycol, .glycol_frac = 0.30, .t_c = 20.0});
  CHECK(propylene.freezing_c == Approx(-12.7).margin(0.3));
  CHECK(propylene.rho_kg_m3 == Approx(1024.0).epsilon(0.005));
  CHECK(propylene.cp_j_kg_k == Approx(3835.0).epsilon(0.01));
  CHECK(propylene.mu_pa_s == Approx(2.85e-3).epsilon(0.1));
  const Fluid ethylene = fluid_at({.kind = FluidKind::ethylene_glycol, .glycol_frac = 0.30, .t_c = 20.0});
  CHECK(ethylene.freezing_c == Approx(-14.1).margin(0.6));
  CHECK(fluid_at({.kind = FluidKind::ethylene_glycol, .glycol_frac = 0.5}).freezing_c < ethylene.freezing_c);
}

TEST_CASE("no glycol is water") {
  CHECK(fluid_at({.kind = FluidKind::propylene_glycol, .glycol_frac = 0.0, .t_c = 30.0}).cp_j_kg_k ==
        fluid_at({.t_c = 30.0}).cp_j_kg_k);
}
