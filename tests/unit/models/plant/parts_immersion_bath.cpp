// immersion_bath.
#include <catch2/catch.hpp>

#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;
using test::OnePart;

namespace {
const Fluid oil{.rho_kg_m3 = 800, .cp_j_kg_k = 2200, .mu_pa_s = 5e-3, .k_w_m_k = 0.14, .freezing_c = -60};
OnePart bath(std::vector<std::pair<std::string, test::Value>> more = {}) {
  std::vector<std::pair<std::string, test::Value>> all{{"hosts", "gpu"},       {"from", "a.in"},    {"to", "a.out"},
                                                       {"nominal_power", 1e5}, {"content", 1500.0}, {"room", 25.0}};
  all.insert(all.end(), more.begin(), more.end());
  return OnePart("immersion_bath", all, {oil, oil}, 40);
}
}  // namespace

TEST_CASE("a bath settles where its liquid and its lid take the heat", "[parts]") {
  OnePart b = bath({{"loss", 100.0}});
  b.input("heat_w") = 8e4;
  const double m = 5, w_k = m * oil.cp_j_kg_k;
  for (int i = 0; i < 300; ++i) b.step({{m, 40}}, 60);
  const double settled_c = (8e4 + w_k * 40 + 100 * 25) / (w_k + 100);
  CHECK(b.channel("bath_temperature") == Approx(settled_c).epsilon(1e-9));
  CHECK(b.channel("loss") == Approx(100 * (settled_c - 25)).epsilon(1e-9));
  CHECK(b.gained_w() == Approx(8e4 - 100 * (settled_c - 25)).epsilon(1e-9));
}

TEST_CASE("a bath without flow warms as an exponential towards heat over loss", "[parts]") {
  OnePart b = bath({{"loss", 100.0}});
  b.input("heat_w") = 5e4;
  b.step({{0, 40}}, 3600);
  const double end_c = 25 + 5e4 / 100, tau_s = 1500 * oil.cp_j_kg_k / 100;
  CHECK(b.channel("bath_temperature") == Approx(end_c + (40 - end_c) * std::exp(-3600 / tau_s)).epsilon(1e-9));
  CHECK(b.gained_w() == 0.0);
  CHECK(std::fabs(b.imbalance_j) < 1e-3);
}

TEST_CASE("a bath without loss is a stirred content, and its sizes follow the nominal point", "[parts]") {
  OnePart b = bath({{"loss", 0.0}});
  b.input("heat_w") = 1e5;
  b.step({{5, 30}}, 60);
  const double end_c = 30 + 1e5 / (5 * oil.cp_j_kg_k);
  CHECK(b.channel("bath_temperature") == Approx(end_c + (40 - end_c) * std::exp(-5 * 60 / 1500.0)).epsilon(1e-9));
  OnePart sized("immersion_bath", {{"hosts", "gpu"}, {"from", "a.in"}, {"to", "a.out"}, {"nominal_power", 1e5}}, {oil, oil});
  CHECK(sized.param("content") == Approx(120 * 1e5 / (2200 * 8)));
  CHECK(sized.param("loss") == Approx(30));
}

TEST_CASE("the junction lies above the bath by resistance times the device's power at the peak", "[parts]") {
  OnePart b = bath({{"junction.resistance", 0.06}, {"junction.device_power", 500.0}, {"junction.hosts_power", 1e5}});
  b.input("heat_w") = 5e4, b.input("hosts_peak_w") = 8e4;
  b.step({{5, 40}}, 60);
  CHECK(b.channel("junction_temperature") == Approx(b.channel("bath_temperature") + 0.06 * 500 * 0.8).epsilon(1e-12));
}
