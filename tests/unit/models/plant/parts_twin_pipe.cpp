// twin_pipe: conductances against a multipole solution of the two-dimensional conduction problem (order 14: a least-squares fit of
// pipes, casing and surface that leaves less than 3e-5 of the temperature there), streams against the equations of two streams.
#include <catch2/catch.hpp>

#include "models/plant/twin_shells.hpp"
#include "tests/property/random_component.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {

struct Case {
  double depth_m, casing_m, pipe_m, half_spacing_m, foam_w_m_k, soil_w_m_k, symmetric_w_m_k, antisymmetric_w_m_k;
};
constexpr Case cases[] = {{0.8, 0.10, 0.030, 0.0397, 0.027, 1.5, 0.1256663, 0.2743241},
                          {1.0, 0.2, 0.0572, 0.0697, 0.025, 1.5, 0.1043665, 0.2835184},
                          {0.6, 0.0625, 0.01345, 0.02295, 0.03, 1.0, 0.0986382, 0.2000095},
                          {0.8, 0.1575, 0.0445, 0.057, 0.027, 2.0, 0.1151043, 0.2780770}};

plant::TwinShells shells(const Case& c) {
  return {.inner_m = 2 * c.pipe_m,
          .casing = plant::Casing{2 * c.casing_m, 2 * c.half_spacing_m, c.foam_w_m_k},
          .insulation = {},
          .burial = plant::Burial{.depth_m = c.depth_m, .conductivity_w_m_k = c.soil_w_m_k, .surface_m2_k_w = 0}};
}

OnePart pair(double length_m, double loss_w_m_k, double exchange_w_m_k, double start_c = 20) {
  return OnePart("twin_pipe",
                 {{"supply.from", "a.a"},
                  {"supply.to", "a.b"},
                  {"return.from", "a.c"},
                  {"return.to", "a.d"},
                  {"length", length_m},
                  {"diameter", 0.04},
                  {"wall", 0.0},
                  {"loss", loss_w_m_k},
                  {"exchange", exchange_w_m_k},
                  {"surroundings_temperature", 10.0}},
                 {}, start_c);
}

// Outlets of two streams by the classical Runge-Kutta method in 4,000 pieces; the second stream's inlet is met by shooting.
struct Ends {
  double first_c, second_c;
};
Ends march(double a0, double x0, double a1, double x1, double in0_k, double at0_k, double sign) {
  double t[2] = {in0_k, at0_k};
  const int n = 4000;
  const auto slope = [&](const double* y, double* out) {
    out[0] = -a0 * y[0] + x0 * y[1], out[1] = sign * (-a1 * y[1] + x1 * y[0]);
  };
  for (int i = 0; i < n; ++i) {
    double k[4][2], y[2];
    slope(t, k[0]);
    for (int j = 0; j < 3; ++j) {
      for (int c = 0; c < 2; ++c) y[c] = t[c] + (j == 2 ? 1.0 : 0.5) / n * k[j][c];
      slope(y, k[j + 1]);
    }
    for (int c = 0; c < 2; ++c) t[c] += (k[0][c] + 2 * k[1][c] + 2 * k[2][c] + k[3][c]) / (6.0 * n);
  }
  return {t[0], t[1]};
}

}  // namespace

TEST_CASE("two pipes in one casing lose and exchange what the conduction between them says", "[parts]") {
  for (const Case& c : cases) {
    const plant::TwinLoss found = shells(c).loss();
    CHECK(found.loss_w_m_k == Approx(c.symmetric_w_m_k).epsilon(0.004));
    CHECK(found.loss_w_m_k + 2 * found.exchange_w_m_k == Approx(c.antisymmetric_w_m_k).epsilon(0.06));
  }
}

TEST_CASE("two casings: line sources and their images", "[parts]") {
  // Soil alone: a pipe of radius r at depth Z beside its like at S, by superposition of four line sources (r << Z).
  const double r = 0.01, depth = 2.0, spacing = 0.3, w_m_k = 1.5;
  const plant::TwinShells soil{
      .inner_m = 2 * r,
      .casing = {},
      .insulation = plant::Insulation{.thickness_m = 1e-9, .conductivity_w_m_k = 1.0},
      .burial = plant::Burial{.depth_m = depth, .conductivity_w_m_k = w_m_k, .spacing_m = spacing, .surface_m2_k_w = 0}};
  const double own = std::log(2 * depth / r) / (2 * pi * w_m_k),
               other = std::log(std::sqrt(4 * depth * depth + spacing * spacing) / spacing) / (2 * pi * w_m_k);
  const plant::TwinLoss found = soil.loss();
  CHECK(found.loss_w_m_k == Approx(1 / (own + other)).epsilon(1e-5));
  CHECK(found.loss_w_m_k + 2 * found.exchange_w_m_k == Approx(1 / (own - other)).epsilon(1e-5));
}

TEST_CASE("a twin pipe exchanges nothing at equal temperatures", "[parts]") {
  OnePart p = pair(100, 0.0, 0.2, 60);
  for (int i = 0; i < 200; ++i) p.step({{0.5, 60}, {0.3, 60}});
  CHECK(p.out_c(0) == Approx(60).epsilon(1e-12));
  CHECK(p.out_c(1) == Approx(60).epsilon(1e-12));
  CHECK(std::fabs(p.channel("loss")) < 1e-9);
}

TEST_CASE("steady twin pipes without loss follow the effectiveness of two streams", "[parts]") {
  const double ntu = 0.8, flow_kg_s = 0.05;
  OnePart p = pair(100, 0.0, ntu * flow_kg_s * 4178.6 / 100);
  const double n = p.param("exchange") * 100 / (flow_kg_s * p.cp_j_kg_k());
  p.step({{flow_kg_s, 80}, {flow_kg_s, 40}}, 60, 10, true);
  CHECK(p.out_c(0) == Approx(80 - 40 * n / (1 + n)).epsilon(1e-5));  // counterflow, balanced
  CHECK(p.out_c(1) == Approx(40 + 40 * n / (1 + n)).epsilon(1e-5));
  p.step({{flow_kg_s, 80}, {-flow_kg_s, 40}}, 60, 10, true);
  CHECK(p.out_c(0) == Approx(80 - 20 * (1 - std::exp(-2 * n))).epsilon(1e-5));  // the same way
  CHECK(p.out_c(1) == Approx(40 + 20 * (1 - std::exp(-2 * n))).epsilon(1e-5));
}

TEST_CASE("steady twin pipes with loss and unlike flows follow their equations", "[parts]") {
  test::Draw draw(4);
  for (int i = 0; i < 40; ++i) {
    const double length_m = draw.between(20, 2000), loss = draw.between(0.05, 0.5), exchange = draw.between(0.02, 0.5);
    const double m0 = draw.between(0.05, 2), m1 = draw.between(0.05, 2), in0 = draw.between(20, 90), in1 = draw.between(20, 90);
    OnePart p = pair(length_m, loss, exchange);
    const double c0 = m0 * p.cp_j_kg_k(), c1 = m1 * p.cp_j_kg_k();
    const double a0 = (loss + exchange) * length_m / c0, x0 = exchange * length_m / c0, a1 = (loss + exchange) * length_m / c1,
                 x1 = exchange * length_m / c1;
    const Ends same = march(a0, x0, a1, x1, in0 - 10, in1 - 10, 1);
    p.step({{m0, in0}, {-m1, in1}}, 60, 10, true);
    CHECK(p.out_c(0) - 10 == Approx(same.first_c).epsilon(1e-6));
    CHECK(p.out_c(1) - 10 == Approx(same.second_c).epsilon(1e-6));
    const double at0 = march(a0, x0, a1, x1, in0 - 10, 0, -1).second_c, slope = march(a0, x0, a1, x1, 0, 1, -1).second_c;
    const double leaves = (in1 - 10 - at0) / slope;  // the second stream where it leaves, beside the first one's inlet
    p.step({{m0, in0}, {m1, in1}}, 60, 10, true);
    CHECK(p.out_c(0) - 10 == Approx(march(a0, x0, a1, x1, in0 - 10, leaves, -1).first_c).epsilon(1e-6));
    CHECK(p.out_c(1) - 10 == Approx(leaves).epsilon(1e-6));
    CHECK(std::fabs(p.imbalance_j) < 1e-4);
  }
}

TEST_CASE("a twin pipe in time comes to rest at its steady state", "[parts]") {
  for (const double direction : {1.0, -1.0})
    for (const double dt_s : {60.0, 900.0, 3600.0}) {
      OnePart settled = pair(300, 0.15, 0.1), p = pair(300, 0.15, 0.1, 50);
      settled.step({{0.4, 80}, {direction * 0.4, 45}}, 60, 10, true);
      for (double t = 0; t < 40 * 3600; t += dt_s) {
        p.step({{0.4, 80}, {direction * 0.4, 45}}, dt_s);
        REQUIRE(std::fabs(p.imbalance_j) < 1e-9 * 0.4 * 4180 * 80 * dt_s);
      }
      INFO("step " << dt_s << " s, direction " << direction);
      // The exchange itself moves the outlets by 0.6 K; the mean of the neighbour, and what passes before it cools, by 0.03 K.
      CHECK(p.out_c(0) == Approx(settled.out_c(0)).margin(0.03));
      CHECK(p.out_c(1) == Approx(settled.out_c(1)).margin(0.03));
    }
}

TEST_CASE("the difference of two still pipes dies exponentially, at any step", "[parts]") {
  for (const double dt_s : {60.0, 600.0, 3600.0, 86400.0}) {
    OnePart p = pair(50, 0.0, 0.3, 40);
    for (int i = 0; i < 30; ++i) p.step({{50.0, 80}, {50.0, 40}}, 60);
    const double start_j = p.stored_j();
    for (double t = 0; t < 86400 - 1; t += dt_s) p.step({{0, 0}, {0, 0}}, dt_s);
    CHECK(p.stored_j() == Approx(start_j).epsilon(1e-12));
    // The last step of filling has exchanged for a minute.
    const double water_j_k = 992.22 * pi / 4 * 0.04 * 0.04 * 50 * p.cp_j_kg_k(), per_s = 0.3 * 50 * 2 / water_j_k;
    const double first_k = 40 * std::exp(-per_s * (86460 - dt_s)), last_k = 40 * std::exp(-per_s * 86460);
    CHECK(p.channel("exchange") * dt_s == Approx(water_j_k / 2 * (first_k - last_k)).epsilon(1e-3));
  }
}

TEST_CASE("a twin pipe out of order passes nothing", "[parts]") {
  OnePart p = pair(100, 0.2, 0.1);
  CHECK(p.flow_kg_s(1e4, 0) > 0.1);
  p.input("available") = 0;
  CHECK(p.flow_kg_s(1e4, 0) == 0.0);
  CHECK(p.flow_kg_s(-1e4, 1) == 0.0);
}
