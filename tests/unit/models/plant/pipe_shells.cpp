#include "models/plant/pipe_shells.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using plant::Burial;
using plant::Insulation;
using plant::Shells;
using test::OnePart;

namespace {

using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart pipe(Keys more) {
  Keys all{{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("pipe", all);
}

}  // namespace

TEST_CASE("loss and wall of a measured copper pipe follow from its description") {
  // Schweiger et al., Energy 164 (2018): 20 and 22 mm, insulation 13 mm of 0.0442 W/(m K), 9.35 W/(m2 K) outside: 0.2842 W/(m K);
  // copper 8960 kg/m3 x 385 J/(kg K): 227.6 J/(m K).
  OnePart p = pipe({{"diameter", 0.020},
                    {"wall_thickness", 0.001},
                    {"material", 2.0},
                    {"wall_heat", 8960.0 * 385},
                    {"insulation.thickness", 0.013},
                    {"insulation.conductivity", 0.0442},
                    {"film", 9.35},
                    {"surroundings", 1.0}});
  CHECK(p.param("loss") == Approx(0.2842).epsilon(2e-4));
  CHECK(p.param("wall") == Approx(227.6).epsilon(2e-4));
}

TEST_CASE("a plastic pipe by its sizes, to its casing") {
  // 25 x 2.3 mm, 34 mm of 0.026 W/(m K), casing at the ground's temperature: ln(25 / 20.4) / (2 pi 0.35) = 0.092465,
  // ln(93 / 25) / (2 pi 0.026) = 8.041754 m K/W.
  const Keys keys{
      {"diameter", 0.0204}, {"wall_thickness", 0.0023}, {"wall_conductivity", 0.35}, {"insulation.conductivity", 0.026}};
  Keys thick = keys, outer = keys;
  thick.emplace_back("insulation.thickness", 0.034), outer.emplace_back("insulation.outer_diameter", 0.093);
  CHECK(pipe(thick).param("loss") == Approx(1 / (0.092465 + 8.041754)).epsilon(1e-6));
  CHECK(pipe(outer).param("loss") == Approx(pipe(thick).param("loss")).epsilon(1e-12));
}

TEST_CASE("the soil's resistance is that of a line source and its image") {
  // A source at depth sqrt(Z^2 - r^2) and a sink mirrored in the surface hold the whole circle at one temperature.
  for (const double depth_m : {0.2, 0.6, 3.0}) {
    const double r_m = 0.1, source_m = std::sqrt(depth_m * depth_m - r_m * r_m), k = 1.6;
    const auto resistance = [&](double at_m) {
      return std::log(std::fabs(source_m + at_m) / std::fabs(source_m - at_m)) / (2 * pi * k);
    };
    const Shells shells{.inner_m = 2 * r_m, .burial = Burial{.depth_m = depth_m, .conductivity_w_m_k = k, .surface_m2_k_w = 0}};
    CHECK(1 / shells.loss_w_m_k() == Approx(resistance(depth_m - r_m)).epsilon(1e-12));
    CHECK(1 / shells.loss_w_m_k() == Approx(resistance(depth_m + r_m)).epsilon(1e-12));
  }
}

TEST_CASE("two like pipes side by side lose what two sources and their images do") {
  // Far from each other's edge, the field of the neighbour at this axis is ln(distance to its image / distance to it) / (2 pi k).
  const double depth_m = 0.8, apart_m = 0.4, k = 1.5;
  const Insulation foam{.thickness_m = 0.03, .conductivity_w_m_k = 0.03};
  Shells alone{
      .inner_m = 0.05, .insulation = foam, .burial = Burial{.depth_m = depth_m, .conductivity_w_m_k = k, .surface_m2_k_w = 0}};
  Shells pair = alone;
  pair.burial->spacing_m = apart_m;
  const double image_m = std::sqrt(apart_m * apart_m + 4 * depth_m * depth_m);
  CHECK(1 / pair.loss_w_m_k() - 1 / alone.loss_w_m_k() == Approx(std::log(image_m / apart_m) / (2 * pi * k)).epsilon(1e-12));
  // The surface's resistance counts as 0.0685 m2 K/W x conductivity more depth (EN 13941-1).
  alone.burial->surface_m2_k_w = 0.0685;
  const double lifted_w_m_k = alone.loss_w_m_k();
  alone.burial->surface_m2_k_w = 0, alone.burial->depth_m += 0.0685 * k;
  CHECK(lifted_w_m_k == Approx(alone.loss_w_m_k()).epsilon(1e-12));
}

TEST_CASE("what is given wins, and without a description the defaults hold") {
  CHECK(pipe({{"diameter", 0.05}}).param("loss") == 0.2);
  CHECK(pipe({{"diameter", 0.05}}).param("wall") == 1000);
  CHECK(pipe({{"diameter", 0.05}, {"loss", 0.5}, {"insulation.thickness", 0.03}}).param("loss") == 0.5);
  OnePart steel = pipe({{"diameter", 0.05}, {"wall_thickness", 0.003}});
  CHECK(steel.param("loss") == 0.2);  // a wall alone says nothing of what is around it
  CHECK(steel.param("wall") == Approx(7800 * 450 * pi / 4 * (0.056 * 0.056 - 0.05 * 0.05)));
}

TEST_CASE("shells that do not fit are refused") {
  CHECK_THROWS_WITH(pipe({{"diameter", 0.05}, {"insulation.outer_diameter", 0.05}}),
                    Catch::Contains("insulation.outer_diameter: is not above"));
  CHECK_THROWS_WITH(pipe({{"diameter", 0.05}, {"burial.depth", 0.02}}), Catch::Contains("burial.depth: lets the pipe look out"));
  CHECK_THROWS_WITH(pipe({{"diameter", 0.05}, {"burial.depth", 1.0}, {"burial.spacing", 0.01}}),
                    Catch::Contains("burial.spacing: is below"));
  CHECK_THROWS_WITH(pipe({{"diameter", 0.05}, {"burial.depth", 1.0}, {"surroundings", 1.0}}),
                    Catch::Contains("burial: does not go with"));
  Problems problems;
  Insulation{}.check(problems);
  Insulation{.thickness_m = 0.1, .outer_m = 0.2}.check(problems);
  CHECK(problems.items.size() == 2);
}
