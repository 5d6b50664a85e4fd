// Single water pipes solved by OpenModelica (Colebrook) and STANET (Prandtl-Colebrook, jump from laminar to turbulent at Re 2,320):
// the flow at their pressure drop, every number from the set's own tables. STANET tells pressures to 10 Pa.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <map>
#include <sstream>

#include "models/plant/plant.hpp"
#include "tests/support/validation_data.hpp"
#include "tests/unit/models/plant/parts_support.hpp"

using namespace hypocaust;

namespace {

using Row = std::map<std::string, std::string>;
std::vector<std::string> split(const std::string& line) {
  std::vector<std::string> words;
  std::stringstream text(line);
  for (std::string word; std::getline(text, word, ',');) {
    if (!word.empty() && word.back() == '\r') word.pop_back();
    words.push_back(word);
  }
  return words;
}
std::ifstream opened(const std::string& name) { return std::ifstream(test::validation_file("pandapipes_networks/" + name)); }
std::vector<Row> table(const std::string& name) {
  std::ifstream file = opened(name);
  std::string line;
  std::getline(file, line);
  const auto keys = split(line);
  std::vector<Row> rows;
  while (std::getline(file, line)) {
    const auto words = split(line);
    Row row;
    for (std::size_t k = 0; k < std::min(keys.size(), words.size()); ++k) row[keys[k]] = words[k];
    rows.push_back(std::move(row));
  }
  return rows;
}
double number(const Row& row, const std::string& key) { return std::stod(row.at(key)); }

// Our flow over theirs, less 1.
double deviation(const std::string& name, const std::string& pressure, const plant::CircuitSpec& circuit) {
  Fluid fluid = circuit.properties();
  std::ifstream file = opened(name + ".fluid.csv");
  for (std::string line; std::getline(file, line);) {
    const auto words = split(line);
    if (words.size() == 2 && words[0] == "density") fluid.rho_kg_m3 = std::stod(words[1]);
    if (words.size() == 2 && words[0] == "viscosity") fluid.mu_pa_s = std::stod(words[1]);
  }
  const auto pipes = table(name + ".pipe.csv"), junctions = table(name + ".junction.csv"), sinks = table(name + ".sink.csv");
  REQUIRE(pipes.size() == 1);
  REQUIRE(sinks.size() == 1);
  const auto at = [&](const std::string& index) {
    return *std::find_if(junctions.begin(), junctions.end(), [&](const Row& row) { return row.at("index") == index; });
  };
  const Row from = at(pipes[0].at("from_junction")), to = at(pipes[0].at("to_junction"));
  const double drop_pa = 1e5 * (number(from, pressure) - number(to, pressure)) +
                         fluid.rho_kg_m3 * gravity_m_s2 * (number(from, "height_m") - number(to, "height_m"));
  test::OnePart pipe("pipe",
                     {{"from", "a.in"},
                      {"to", "a.out"},
                      {"length", 1e3 * number(pipes[0], "length_km")},
                      {"diameter", number(pipes[0], "diameter_m")},
                      {"roughness", 1e-3 * number(pipes[0], "k_mm")},
                      {"minor_losses", number(pipes[0], "loss_coefficient")}},
                     {fluid});
  const double off = std::fabs(pipe.flow_kg_s(drop_pa)) / number(sinks[0], "mdot_kg_per_s") - 1;
  std::printf("%s: flow %+.2e\n", name.c_str(), off);
  return off;
}

}  // namespace

TEST_CASE("single pipes of OpenModelica, Colebrook", "[validation]") {
  for (const char* name : {"pipe_1", "pipe_2", "pipe_3"})
    CHECK(std::fabs(deviation(std::string("openmodelica_water_colebrook/one_pipe/") + name, "p_om",
                              {.friction = FrictionLaw::colebrook_white})) < 1e-3);
}

TEST_CASE("single pipes of STANET, Prandtl-Colebrook", "[validation]") {
  for (const char* name : {"pipe_1_PC", "pipe_2_PC", "pipe_3_PC"})
    CHECK(std::fabs(deviation(std::string("stanet_water_prandtl_colebrook/one_pipe/") + name, "p_stanet",
                              {.friction = FrictionLaw::colebrook_white, .laminar_reynolds = 2319, .turbulent_reynolds = 2321})) <
          1e-3);
}
