#include "models/core/fluids.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace hypocaust;

TEST_CASE("water agrees with IAPWS-IF97 at 0.3 MPa") {  // values of the python package iapws
  struct Point {
    double t_c, rho_kg_m3, cp_j_kg_k, mu_pa_s, k_w_m_k;
  };
  for (const Point& p :
       {Point{10, 999.7964, 4194.694, 1.305722e-3, 0.5789059}, Point{40, 992.3112, 4178.063, 6.527559e-4, 0.6286005},
        Point{80, 971.8917, 4195.080, 3.541114e-4, 0.6671161}}) {
    const Fluid f = fluid_at({.kind = FluidKind::water, .t_c = p.t_c});
    CHECK(f.rho_kg_m3 == Approx(p.rho_kg_m3).epsilon(2e-5));
    CHECK(f.cp_j_kg_k == Approx(p.cp_j_kg_k).epsilon(6e-5));
    CHECK(f.mu_pa_s == Approx(p.mu_pa_s).epsilon(2e-4));
    CHECK(f.k_w_m_k == Approx(p.k_w_m_k).epsilon(1e-4));
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

TEST_CASE("glycols are near the tables of inhibited glycols") {
  // ASHRAE Handbook Fundamentals, tables of inhibited ethylene and propylene glycol by volume; mass fraction from 1113.2, 1036.2 and
  // 998.2 kg/m3. Pure glycol is up to 0.7 % lighter, 11 % more viscous at 0 degC.
  const auto ethylene = FluidKind::ethylene_glycol, propylene = FluidKind::propylene_glycol;
  struct Point {
    FluidKind kind;
    double volume_frac, t_c, rho_kg_m3, cp_j_kg_k, mu_pa_s, k_w_m_k;
  };
  for (const Point& p :
       {Point{ethylene, 0.2, 40, 1021.83, 3861, 1.06e-3, 0.520}, Point{ethylene, 0.3, 0, 1051.78, 3589, 4.15e-3, 0.429},
        Point{ethylene, 0.3, 20, 1045.25, 3645, 2.20e-3, 0.453}, Point{ethylene, 0.3, 60, 1026.36, 3759, 0.90e-3, 0.488},
        Point{ethylene, 0.4, 40, 1050.62, 3535, 1.77e-3, 0.431}, Point{ethylene, 0.5, 20, 1073.35, 3281, 3.94e-3, 0.380},
        Point{propylene, 0.2, 40, 1010.16, 4016, 1.18e-3, 0.513}, Point{propylene, 0.3, 0, 1036.24, 3793, 7.08e-3, 0.423},
        Point{propylene, 0.3, 20, 1028.35, 3848, 3.06e-3, 0.445}, Point{propylene, 0.3, 60, 1006.44, 3958, 1.01e-3, 0.475},
        Point{propylene, 0.4, 40, 1025.30, 3768, 2.21e-3, 0.415}, Point{propylene, 0.5, 20, 1042.87, 3532, 6.65e-3, 0.362}}) {
    const double glycol_kg = p.volume_frac * (p.kind == ethylene ? 1113.2 : 1036.2), water_kg = (1 - p.volume_frac) * 998.2;
    const Fluid f = fluid_at({.kind = p.kind, .glycol_frac = glycol_kg / (glycol_kg + water_kg), .t_c = p.t_c});
    CHECK(f.rho_kg_m3 == Approx(p.rho_kg_m3).epsilon(0.007));
    CHECK(f.cp_j_kg_k == Approx(p.cp_j_kg_k).epsilon(p.kind == ethylene ? 0.012 : 0.006));
    CHECK(f.k_w_m_k == Approx(p.k_w_m_k).epsilon(0.02));
    CHECK(f.mu_pa_s == Approx(p.mu_pa_s).epsilon(p.t_c > 0 ? 0.05 : 0.12));
  }
}

TEST_CASE("a table is met at its points and interpolated between them") {
  const FluidPoint table[] = {{10, 1800, 1000, 2e-3, 0.070}, {30, 1750, 1050, 1e-3, 0.066}, {50, 1700, 1100, 0.5e-3, 0.062}};
  for (const FluidPoint& p : table) {
    const Fluid f = fluid_between(table, p.t_c);
    CHECK(f.rho_kg_m3 == Approx(p.rho_kg_m3).epsilon(1e-14));
    CHECK(f.mu_pa_s == Approx(p.mu_pa_s).epsilon(1e-14));
  }
  const Fluid f = fluid_between(table, 35);
  CHECK(f.rho_kg_m3 == Approx(1737.5));
  CHECK(f.cp_j_kg_k == Approx(1062.5));
  CHECK(f.k_w_m_k == Approx(0.065));
  CHECK(f.mu_pa_s == Approx(1e-3 * std::pow(0.5, 0.25)));
}

TEST_CASE("no glycol is water") {
  CHECK(fluid_at({.kind = FluidKind::propylene_glycol, .glycol_frac = 0.0, .t_c = 30.0}).cp_j_kg_k ==
        fluid_at({.t_c = 30.0}).cp_j_kg_k);
}
