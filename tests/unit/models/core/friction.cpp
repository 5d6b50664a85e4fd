#include "models/core/friction.hpp"

#include <catch2/catch.hpp>
#include <cmath>

using namespace hypocaust;

namespace {

constexpr FrictionLaw laws[] = {FrictionLaw::haaland, FrictionLaw::colebrook_white, FrictionLaw::swamee_jain,
                                FrictionLaw::prandtl_nikuradse, FrictionLaw::nikuradse_sum};
double factor(FrictionLaw law, double rough_ratio, double reynolds) {
  return drag(friction_of({.law = law}, rough_ratio), reynolds).value / reynolds;
}

}  // namespace

TEST_CASE("colebrook_white solves its equation to round-off") {
  for (const double rough : {0.0, 1e-6, 1e-4, 1e-2, 0.05, 0.1})
    for (double re = 4001; re < 1e9; re *= 1.3) {
      const double root = 1 / std::sqrt(factor(FrictionLaw::colebrook_white, rough, re));
      CHECK(root + 2 * std::log10(2.51 * root / re + rough / 3.7) == Approx(0).margin(1e-13 * root));
    }
}

TEST_CASE("each law gives its published form") {
  // F. M. White, Fluid Mechanics (7th ed. 2011), section 6.6: smooth pipes (Prandtl) and fully rough ones (Nikuradse).
  for (const auto& [re, f] : {std::pair{1e4, 0.0309}, {1e5, 0.0180}, {1e6, 0.0116}, {1e7, 0.0081}, {1e8, 0.0059}})
    CHECK(factor(FrictionLaw::colebrook_white, 0, re) == Approx(f).margin(6e-5));
  for (const auto& [rough, f] : {std::pair{1e-4, 0.0120}, {1e-3, 0.0196}, {1e-2, 0.0379}, {5e-2, 0.0716}})
    CHECK(factor(FrictionLaw::prandtl_nikuradse, rough, 1e9) == Approx(f).margin(1.5e-4));
  const double re = 123456, rough = 2e-3;
  CHECK(factor(FrictionLaw::haaland, rough, re) ==
        Approx(std::pow(-1.8 * std::log10(6.9 / re + std::pow(rough / 3.7, 1.11)), -2)).epsilon(1e-13));
  CHECK(factor(FrictionLaw::swamee_jain, rough, re) ==
        Approx(0.25 / std::pow(std::log10(rough / 3.7 + 5.74 / std::pow(re, 0.9)), 2)).epsilon(1e-13));
  const double full = std::pow(2 * std::log10(3.71 / rough), -2);
  CHECK(factor(FrictionLaw::prandtl_nikuradse, rough, re) == Approx(full).epsilon(1e-13));
  CHECK(factor(FrictionLaw::nikuradse_sum, rough, re) == Approx(full + 64 / re).epsilon(1e-13));
  CHECK(factor(FrictionLaw::nikuradse_sum, rough, 50) == Approx(full + 64.0 / 50).epsilon(1e-13));
}

TEST_CASE("laminar flow is 64 / Re in every law but the sum") {
  for (const FrictionLaw law : laws)
    if (law != FrictionLaw::nikuradse_sum)
      for (const double re : {1e-9, 1.0, 1999.0}) CHECK(factor(law, 1e-3, re) == Approx(64 / re).epsilon(1e-15));
}

TEST_CASE("the explicit laws stay near Colebrook-White where their authors say so") {
  // Haaland 1983: 1.5 % for Re 4,000 to 1e8 and roughness to 0.05 (2 % found here); Swamee and Jain 1976: 1 % for Re 5,000 to 1e8,
  // roughness 1e-6 to 0.01 (3 % found here at the lowest Re).
  for (double re = 5000; re < 1e8; re *= 1.2)
    for (const double rough : {1e-6, 1e-5, 1e-4, 1e-3, 1e-2}) {
      const double exact = factor(FrictionLaw::colebrook_white, rough, re);
      CHECK(factor(FrictionLaw::haaland, rough, re) == Approx(exact).epsilon(0.02));
      CHECK(factor(FrictionLaw::swamee_jain, rough, re) == Approx(exact).epsilon(0.03));
    }
}

TEST_CASE("friction is continuous in value and slope, and growth is the slope of the drop") {
  for (const FrictionLaw law : laws)
    for (const double rough : {1e-4, 1e-3, 0.02, 0.1})
      for (const FrictionChoice choice : {FrictionChoice{.law = law}, FrictionChoice{law, 2320, 2400}}) {
        const Friction<double> d = friction_of(choice, rough);
        INFO(names(law)[static_cast<std::size_t>(law)] << " " << rough << " " << choice.turbulent_reynolds);
        for (const double re : {choice.laminar_reynolds, choice.turbulent_reynolds}) {
          const Drag<double> before = drag(d, re * (1 - 1e-12)), after = drag(d, re * (1 + 1e-12));
          CHECK(before.value == Approx(after.value).epsilon(1e-9));
          CHECK(before.growth == Approx(after.growth).epsilon(1e-7));
        }
        for (double re = 100; re < 1e7; re *= 1.01) {
          const double step = 1e-6 * re;  // the drop goes with f Re^2 = value x Re
          const double slope = (drag(d, re + step).value * (re + step) - drag(d, re - step).value * (re - step)) / (2 * step);
          CHECK(drag(d, re).growth == Approx(slope).epsilon(3e-6));
        }
      }
}

TEST_CASE("the drop grows with the flow, whatever the roughness, or the law is refused") {
  for (const FrictionLaw law : laws)
    for (double rough = 0; rough <= rough_ratio_most; rough = rough > 0 ? rough * 1.5 : 1e-6)
      for (const double high : {2010.0, 4000.0, 8000.0}) {
        const Friction<double> d = friction_of({law, 2000, high}, rough);
        INFO(names(law)[static_cast<std::size_t>(law)] << " " << rough << " " << high);
        if (law != FrictionLaw::prandtl_nikuradse) CHECK(drop_grows(d));
        if (drop_grows(d))
          for (double re = 1900; re < 1.1e4; re += 7) CHECK(drag(d, re).growth > 0);
      }
  CHECK(drop_grows(friction_of({.law = FrictionLaw::prandtl_nikuradse}, 1e-4)));
  CHECK(!drop_grows(friction_of({.law = FrictionLaw::prandtl_nikuradse}, 1e-6)));
}
