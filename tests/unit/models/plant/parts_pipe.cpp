// pipe: friction against Colebrook-White and Hagen-Poiseuille, transport and loss against closed forms.
#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
using Keys = std::vector<std::pair<std::string, test::Value>>;
OnePart length_of_pipe(Keys more, double start_c = 20) {  // 100 m of 50 mm: 194.8 kg of water at 40 degC (992.22 kg/m3)
  Keys all{{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}, {"diameter", 0.05}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("pipe", all, {}, start_c);
}
constexpr double water_kg = 194.82;
}  // namespace

TEST_CASE("friction of a pipe is that of Colebrook-White", "[parts]") {
  // 1 kg/s: 0.5133 m/s, Re 39,014 (6.527e-4 Pa s), relative roughness 0.001, f = 0.024898 by iteration: 6,509 Pa.
  OnePart p = length_of_pipe({});
  CHECK(p.flow_kg_s(6509) == Approx(1.0).epsilon(0.01));
  CHECK(p.flow_kg_s(-6509) == Approx(-p.flow_kg_s(6509)).epsilon(1e-9));
  // Bends: zeta 20 adds 20 x 992.22 x 0.5133^2 / 2 = 2,615 Pa.
  CHECK(length_of_pipe({{"minor_losses", 20.0}}).flow_kg_s(6509 + 2615) == Approx(1.0).epsilon(0.01));
}

TEST_CASE("a pipe follows its own friction law, else its circuit's, and is sized by it", "[parts]") {
  const Fluid water = plant::CircuitSpec{.friction = FrictionLaw::colebrook_white}.properties();
  const Keys keys{{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}, {"diameter", 0.05}};  // roughness 0.05 mm: 0.001 D
  const auto factor = [&](double flow_kg_s) {  // of 6,509 Pa: dp = f L / D x 8 m^2 / (pi^2 density D^4)
    return 6509 * pi * pi * water.rho_kg_m3 * std::pow(0.05, 5) / (8 * 100 * flow_kg_s * flow_kg_s);
  };
  const double flow_kg_s = OnePart("pipe", keys, {water}).flow_kg_s(6509), root = 1 / std::sqrt(factor(flow_kg_s));
  const double reynolds = 4 * flow_kg_s / (pi * 0.05 * water.mu_pa_s);
  CHECK(root == Approx(-2 * std::log10(2.51 * root / reynolds + 0.001 / 3.7)).epsilon(1e-8));
  Keys own = keys;
  own.emplace_back("friction", 4.0);  // prandtl_nikuradse
  CHECK(factor(OnePart("pipe", own, {water}).flow_kg_s(6509)) == Approx(std::pow(2 * std::log10(3710), -2)).epsilon(1e-8));
  own.pop_back(), own.emplace_back("friction", 1.0);  // haaland
  CHECK(OnePart("pipe", own, {water}).flow_kg_s(6509) == Approx(length_of_pipe({}).flow_kg_s(6509)).epsilon(1e-12));

  const Keys to_size{{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}, {"nominal_flow", 10 / 3600.0}, {"friction", 5.0}};
  CHECK(OnePart("pipe", to_size, {water}).flow_kg_s(100 * 100) == Approx(10 / 3600.0 * water.rho_kg_m3).epsilon(1e-9));
}

TEST_CASE("a roughness that a friction law does not take is refused", "[parts]") {
  CHECK_THROWS_WITH(length_of_pipe({{"friction", 4.0}, {"roughness", 1e-8}}),
                    Catch::Contains("roughness: is too small for `friction: prandtl_nikuradse`"));
  CHECK_THROWS_WITH(length_of_pipe({{"roughness", 0.01}}), Catch::Contains("roughness: is above a tenth of the diameter"));
  Problems problems;
  plant::CircuitSpec{.laminar_reynolds = 3000, .turbulent_reynolds = 3000}.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].key == "turbulent_from");
}

TEST_CASE("laminar friction is that of Hagen-Poiseuille", "[parts]") {
  // Re 1,000 at 0.02563 kg/s: 128 mu L m / (pi rho D^4) = 10.99 Pa
  OnePart p = length_of_pipe({});
  CHECK(p.flow_kg_s(10.99) == Approx(0.02563).epsilon(0.002));
}

TEST_CASE("flow grows with pressure everywhere, through the transition too", "[parts]") {
  OnePart p = length_of_pipe({});
  double before_kg_s = 0;
  for (double dp_pa = 1; dp_pa < 2e4; dp_pa *= 1.02) {
    const double flow_kg_s = p.flow_kg_s(dp_pa);
    CHECK(flow_kg_s > before_kg_s);
    before_kg_s = flow_kg_s;
  }
}

TEST_CASE("a front leaves a pipe without wall after its content has passed, and is sharp", "[parts]") {
  OnePart p = length_of_pipe({{"wall", 0.0}, {"loss", 0.0}});
  double late_s = 0;
  for (int t_s = 0; t_s < 400; ++t_s) {
    p.step({{1.0, 60}}, 1);
    late_s += (60 - p.out_c()) / 40;
    if (t_s < 190) CHECK(p.out_c() == Approx(20).margin(1e-3));
    if (t_s > 200) CHECK(p.out_c() == Approx(60).margin(1e-3));
    CHECK(std::fabs(p.imbalance_j) < 0.01);
  }
  CHECK(late_s == Approx(water_kg).epsilon(1e-3));
}

TEST_CASE("a wall delays a front by its heat capacity and smears it as its film does", "[parts]") {
  // 2,000 J/(m K) x 100 m / 4,179 J/(kg K) = 47.86 kg. Film at 0.5 m/s: Re 38,004, Pr 4.339, Nu 190.8, NTU = 4 St L / D = 9.26:
  // delay of the wall 47.86 s at 1 kg/s, variance 2 x 47.86^2 / 9.26 = 495 s2.
  OnePart p = length_of_pipe({{"wall", 2000.0}, {"loss", 0.0}});
  double late_s = 0, second_s2 = 0;
  for (int t_s = 0; t_s < 900; ++t_s) {
    p.step({{1.0, 60}}, 1);
    const double cold = (60 - p.out_c()) / 40;
    late_s += cold, second_s2 += 2 * (t_s + 0.5) * cold;
  }
  CHECK(late_s == Approx(water_kg + 47.86).epsilon(1e-3));
  CHECK(second_s2 - late_s * late_s == Approx(495).epsilon(0.03));
}

TEST_CASE("a reversed pipe gives back what it took", "[parts]") {
  OnePart p = length_of_pipe({{"wall", 0.0}, {"loss", 0.0}});
  for (int t_s = 0; t_s < 90; ++t_s) p.step({{1.0, 60}}, 1);  // 90 kg in
  for (int t_s = 0; t_s < 85; ++t_s) {
    p.step({{-1.0, 5}}, 1);
    CHECK(p.out_c() == Approx(60).margin(1e-6));
  }
  for (int t_s = 85; t_s < 95; ++t_s) p.step({{-1.0, 5}}, 1);
  for (int t_s = 95; t_s < 190; ++t_s) {
    p.step({{-1.0, 5}}, 1);
    CHECK(p.out_c() == Approx(20).margin(1e-6));
  }
}

TEST_CASE("the loss of a steady stream is exponential, with and without wall, at any step", "[parts]") {
  for (const double wall_j_m_k : {0.0, 1000.0, 3000.0})
    for (const double dt_s : {1.0, 60.0, 900.0, 3600.0})
      for (const double m : {0.1, 1.0}) {
        OnePart p = length_of_pipe({{"wall", wall_j_m_k}, {"loss", 1.0}}, 80);
        for (double t_s = 0; t_s < 20000 || t_s < 3 * dt_s; t_s += dt_s) p.step({{m, 80}}, dt_s);
        double out_c = 0, lost_j = 0;  // means: parcels are merged to 1/56 of the content and leave one by one
        for (int i = 0; i < 200; ++i) p.step({{m, 80}}, dt_s), out_c += p.out_c() / 200, lost_j += p.ledger.heat_out_j / 200;
        const double drop_k = 70 * (1 - std::exp(-1.0 * 100 / (m * p.cp_j_kg_k())));  // ground at 10 degC
        // What passes in one part of a step cools as the content does: within half a part, a twentieth of the time constant.
        const double share = dt_s > 60 ? 0.025 : 0.005;
        CHECK(80 - out_c == Approx(drop_k).epsilon(share));
        CHECK(lost_j / dt_s == Approx(m * p.cp_j_kg_k() * drop_k).epsilon(share));
        CHECK(std::fabs(p.imbalance_j) < 1e-9 * m * p.cp_j_kg_k() * 80 * dt_s + 1e-3);
      }
}

TEST_CASE("a standing pipe cools with water and wall together, towards ground or air", "[parts]") {
  for (const double dt_s : {5.0, 60.0, 3600.0}) {
    OnePart ground = length_of_pipe({{"wall", 2000.0}, {"loss", 0.5}}, 70),
            air = length_of_pipe({{"wall", 2000.0}, {"loss", 0.5}, {"surroundings", 1.0}}, 70);
    const double capacity_j_k = ground.stored_j() / 70, share = std::exp(-0.5 * 100 * 7200 / capacity_j_k);
    CHECK(capacity_j_k == Approx(water_kg * 4179 + 2000 * 100).epsilon(1e-3));
    for (double t_s = 0; t_s < 7200; t_s += dt_s) ground.step({{0, 0}}, dt_s, -5), air.step({{0, 0}}, dt_s, -5);
    CHECK(ground.gained_w() == 0.0);
    CHECK(ground.stored_j() / capacity_j_k == Approx(10 + 60 * share).epsilon(1e-9));
    CHECK(air.stored_j() / capacity_j_k == Approx(-5 + 75 * share).epsilon(1e-9));
  }
}

TEST_CASE("a step that passes many contents of a pipe gives their mean", "[parts]") {
  OnePart p = length_of_pipe({{"wall", 0.0}, {"loss", 0.0}});
  p.step({{1.0, 60}}, 3600);
  CHECK(p.out_c() == Approx((water_kg * 20 + (3600 - water_kg) * 60) / 3600).epsilon(1e-4));
  CHECK(p.stored_j() == Approx(water_kg * p.cp_j_kg_k() * 60).epsilon(1e-3));
}

TEST_CASE("a pipe sized by flow and gradient has that gradient", "[parts]") {
  OnePart p("pipe",
            {{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}, {"nominal_flow", 10 / 3600.0}, {"nominal_gradient", 150.0}});
  CHECK(p.flow_kg_s(15000) == Approx(10 / 3.6 * 0.99222).epsilon(1e-3));
  CHECK_THROWS_WITH(OnePart("pipe", {{"from", "a.in"}, {"to", "a.out"}, {"length", 100.0}}), Catch::Contains("nominal_flow"));
}

TEST_CASE("a year of leaky contents closes every step", "[parts]") {
  // Contents are kept as a scaled sum. When the scale is renewed, every 40 days here, twice in still water, nothing that rounding
  // has done since the last time may show as heat.
  OnePart tank("tank", {{"top", "b.top"}, {"bottom", "b.bottom"}, {"volume", 2.0}, {"loss", 7.2}, {"ambient", 20.0}}, {}, 40);
  OnePart p = length_of_pipe({{"loss", 0.2}}, 40);
  for (OnePart* part : {&tank, &p}) {
    double worst = 0;
    for (int minute = 0; minute < 525600; ++minute) {
      const bool still = minute / 1440 % 50 >= 25;
      const double flow_kg_s = still ? 0.0 : 0.3 * (minute % 7 - 2), in_c = 30 + 10 * std::sin(minute * 1e-3) + minute % 3;
      part->step({{flow_kg_s, in_c}});
      const double through_j = std::fabs(flow_kg_s) * part->cp_j_kg_k() * in_c * 60 + std::fabs(part->ledger.heat_out_j);
      worst = std::max(worst, std::fabs(part->imbalance_j) / (1e-9 * through_j + 16 * 2.2e-16 * std::fabs(part->stored_j())));
    }
    CHECK(worst < 1);
  }
}
