// Networks of heated pipes and a heat exchanger whose results are closed forms (pandapipes' own test data, BSD-3): decay along a pipe,
// T(l) = T_ext + (T_0 - T_ext) exp(-alpha pi d l / (m cp)), mixing and splitting. Limit here 1e-8 of the temperature in kelvin: the digits of the set.
// The set's cp is 4182 J/(kg K): flows are scaled by 4182 / cp of our water, which leaves every m cp, and so every temperature, alone.
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>

#include "tests/support/plant_spec.hpp"
#include "tests/support/validation_data.hpp"
#include "tests/validation/table.hpp"

using namespace hypocaust;

namespace {

constexpr double set_cp_j_kg_k = 4182, alpha_w_m2_k = 5, diameter_m = 0.075, outside_c = 293 - 273.15, limit_frac = 1e-8;

struct Cells {  // of a file separated by semicolons
  explicit Cells(const std::string& name) {
    std::ifstream file(test::validation_file("pandapipes_analytic/" + name));
    for (std::string line; std::getline(file, line);) {
      std::vector<std::string> row;
      std::stringstream text(line);
      for (std::string cell; std::getline(text, cell, ';');) row.push_back(cell);
      rows.push_back(std::move(row));
    }
  }
  double at(std::size_t row, std::size_t column) const { return std::stod(rows.at(row).at(column)); }
  std::vector<std::vector<std::string>> rows;
};

class Network {
 public:
  Network() : cp_j_kg_k_(fluid_at({.kind = FluidKind::water, .t_c = 40}).cp_j_kg_k) { b_.circuit("a", {.initial_c = 25}); }
  double flow(double set_kg_s) const { return set_kg_s * set_cp_j_kg_k / cp_j_kg_k_; }
  Network& pipe(const std::string& from, const std::string& to, double length_m = 2500) {
    b_.add("pipe", from + "_" + to,
           {{"from", "a." + from},
            {"to", "a." + to},
            {"length", length_m},
            {"diameter", diameter_m},
            {"loss", alpha_w_m2_k * 3.14159265358979323846 * diameter_m},
            {"surroundings_temperature", outside_c}});
    return *this;
  }
  Network& in(const std::string& node, double set_kg_s, double t_k) {
    b_.add("flow_boundary", "in_" + node, {{"at", "a." + node}, {"flow", flow(set_kg_s)}, {"temperature", t_k - 273.15}});
    return *this;
  }
  Network& given_flow(const std::string& from, const std::string& to, double set_kg_s) {  // takes no heat
    b_.add("heat_consumer", from + "_" + to,
           {{"from", "a." + from}, {"to", "a." + to}, {"flow", flow(set_kg_s)}, {"power", 0.0}});
    return *this;
  }
  Network& heat(const std::string& from, const std::string& to, double power_w) {
    b_.add("heat_input", "heat",
           {{"from", "a." + from}, {"to", "a." + to}, {"power", power_w}, {"nominal_flow", 1e-3}, {"nominal_drop", 1e4}});
    return *this;
  }
  plant::Plant& solve(const std::string& end) {
    b_.add("pressure_boundary", "end", {{"at", "a." + end}, {"pressure", 5e5}});
    plant_.emplace_back(b_.build());
    auto step = test::minute(3600);
    step.steady = true;
    for (int i = 0; i < 10; ++i) REQUIRE(plant_.back().step(step).hydraulics == plant::Outcome::converged);
    return plant_.back();
  }
  double kelvin(const std::string& node) { return plant_.back().node_temperature_c(plant_.back().node("a." + node)) + 273.15; }
  void check(const std::string& node, double wanted_k, const char* what) {
    const double off_frac = std::fabs(kelvin(node) / wanted_k - 1);
    std::printf("%s, %s: %.4f K, closed form %.4f K, %.1e\n", what, node.c_str(), kelvin(node), wanted_k, off_frac);
    test::tell({.set = std::string("pandapipes_analytic/") + what,
                .quantity = "temperature in kelvin",
                .limit = 100 * limit_frac,
                .reached = 100 * off_frac,
                .unit = "%"});
    CHECK(off_frac <= limit_frac);
  }

 private:
  double cp_j_kg_k_;
  test::PlantBuilder b_;
  std::vector<plant::Plant> plant_;
};

}  // namespace

TEST_CASE("closed forms: one pipe of 6 km", "[validation]") {
  const Cells data("Temperature_one_pipe_an.csv");
  Network n;
  for (int i = 0; i < 6; ++i) n.pipe("n" + std::to_string(i), "n" + std::to_string(i + 1), 1000);
  n.in("n0", 1, data.at(1, 7)).solve("n6");
  for (std::size_t i = 1; i <= 6; ++i) n.check("n" + std::to_string(i), data.at(i + 1, 7), "one pipe");
}

TEST_CASE("closed forms: two streams meet, one stream parts, two meet and part", "[validation]") {
  const Cells meet("Temperature_tee_2zu_1ab_an.csv"), part("Temperature_tee_2ab_1zu_an.csv"), both("Temperature_2zu_2ab_an.csv");
  Network one;
  one.pipe("i", "m").pipe("j", "m").pipe("m", "o").in("i", 0.5, meet.at(1, 7)).in("j", 0.5, meet.at(2, 7)).solve("o");
  one.check("m", meet.at(3, 7), "two meet"), one.check("o", meet.at(4, 7), "two meet");
  Network two;
  two.pipe("i", "m").pipe("m", "o").pipe("m", "q").in("i", 2, part.at(1, 7)).in("q", -1, 300).solve("o");
  two.check("m", part.at(2, 7), "one parts"), two.check("o", part.at(3, 7), "one parts"),
      two.check("q", part.at(4, 7), "one parts");
  Network three;
  three.pipe("i", "m").pipe("j", "m").pipe("m", "o").pipe("m", "q");
  three.in("i", 1, both.at(1, 7)).in("j", 1, both.at(2, 7)).in("q", -1, 300).solve("o");
  three.check("m", both.at(3, 7), "two meet and part");
  three.check("o", both.at(4, 7), "two meet and part"), three.check("q", both.at(5, 7), "two meet and part");
}

TEST_CASE("closed forms: a mesh with its published split", "[validation]") {
  const Cells data("Temperature_masche_1load_an.csv");
  const double straight_kg_s = data.at(0, 11), around_kg_s = data.at(1, 11);
  Network n;
  n.pipe("n0", "n1").given_flow("n1", "g", straight_kg_s).pipe("g", "n2").pipe("n1", "n3").pipe("n3", "n2");
  n.in("n0", straight_kg_s + around_kg_s, data.at(1, 7)).solve("n2");
  n.check("n1", data.at(2, 7), "mesh"), n.check("n3", data.at(4, 7), "mesh"), n.check("n2", data.at(3, 7), "mesh");
}

TEST_CASE("closed forms: a heat exchanger of given heat", "[validation]") {
  const Cells data("heat_exchanger_test.csv");
  // Flow = density x velocity x area of the set, with its own cp of 4190: scaled as above, once more.
  const double set_kg_s = data.at(2, 0) * data.at(2, 2) * data.at(2, 4) * data.at(2, 1) / set_cp_j_kg_k;
  Network n;
  n.heat("i", "o", data.at(2, 6)).in("i", set_kg_s, data.at(2, 5)).solve("o");
  n.check("o", data.at(2, 7), "exchanger");
}
