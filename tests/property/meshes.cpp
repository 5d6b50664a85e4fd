// Random networks, random operation: every step converges, closes, and keeps continuity at every node.
#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "tests/property/random_component.hpp"
#include "tests/support/plant_spec.hpp"

using namespace hypocaust;

namespace {

// Closed: one vessel. Open: three pressure boundaries in its place, and a tap of given flow behind a pipe.
test::PlantBuilder random_mesh(std::uint64_t seed, bool open = false) {
  test::Draw draw(seed);
  test::PlantBuilder b;
  b.circuit("m", {.initial_c = draw.between(20, 70)});
  const int nodes = 4 + static_cast<int>(draw.between(0, 12));
  const auto node = [](int i) { return "m.n" + std::to_string(i); };
  const auto link = [&](int from, int to, const std::string& name) {
    const double kind = draw.between(0, 1);
    if (kind < 0.55)
      b.add("pipe", name,
            {{"from", node(from)},
             {"to", node(to)},
             {"length", draw.between(2, 400)},
             {"diameter", draw.between(0.02, 0.08)},
             {"wall", 500.0}});
    else if (kind < 0.75)
      b.add("valve", name, {{"from", node(from)}, {"to", node(to)}, {"kv", draw.between(2, 30) / 3600}, {"rangeability", 50.0}});
    else if (kind < 0.85)
      b.add("check_valve", name, {{"from", node(from)}, {"to", node(to)}, {"kv", draw.between(5, 30) / 3600}});
    else
      b.add("pump", name,
            {{"from", node(from)},
             {"to", node(to)},
             {"nominal_flow", draw.between(1, 10) / 3600},
             {"nominal_head", draw.between(2e4, 2e5)}});
  };
  for (int i = 0; i < nodes; ++i) {
    b.height(node(i), draw.between(-10, 30));
    link(i, (i + 1) % nodes, "ring" + std::to_string(i));
  }
  const int chords = static_cast<int>(draw.between(0, 1.5 * nodes));
  for (int i = 0; i < chords; ++i) {
    const int from = static_cast<int>(draw.between(0, nodes)), to = static_cast<int>(draw.between(0, nodes));
    if (from != to) link(from, to, "chord" + std::to_string(i));
  }
  b.add("pump", "main", {{"from", node(0)}, {"to", node(nodes / 2)}, {"nominal_flow", 5.0 / 3600}, {"nominal_head", 1e5}});
  if (!open) return b.add("expansion_vessel", "vessel", {{"at", node(0)}, {"volume", 0.1}});
  for (const int i : {0, nodes / 3, 2 * nodes / 3})
    b.add("pressure_boundary", "end" + std::to_string(i),
          {{"at", node(i)}, {"pressure", 2e5}, {"temperature", draw.between(5, 90)}});
  b.add("pipe", "to_tap", {{"from", node(0)}, {"to", std::string("m.tap")}, {"length", 20.0}, {"diameter", 0.05}});
  return b.add("flow_boundary", "tap", {{"at", std::string("m.tap")}, {"flow", -1.0}});
}

void operate(plant::Plant& p, test::Draw& draw) {
  for (int c = 0; c < p.components(); ++c) {
    for (const char* name : {"speed", "position"})
      if (double* input = p.input(c, name); input && draw.chance(0.1)) *input = draw.chance(0.3) ? 0.0 : draw.between(0, 1);
    const std::string_view type = p.type(c).schema->name;
    if (type == "pressure_boundary" && draw.chance(0.1)) *p.input(c, "pressure") = draw.between(0, 5e5);
    if (type == "flow_boundary" && draw.chance(0.1)) *p.input(c, "flow") = draw.chance(0.2) ? 0.0 : draw.between(-4, 4);
  }
}

void check_meshes(bool open, int steps_each) {
  int worst_iterations = 0, steps = 0, unconverged = 0;
  double worst_component = 0, worst_plant = 0, worst_continuity = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    plant::Plant p = random_mesh(seed, open).build();
    test::Draw draw(seed + 1000);
    const plant::PlantSpec spec = random_mesh(seed, open).sized();
    std::map<std::string, const plant::ComponentSpec*> specs;
    for (const auto& component : spec.components) specs[component.name] = &component;
    for (int i = 0; i < steps_each; ++i, ++steps) {
      operate(p, draw);
      const auto r = p.step(test::minute(draw.chance(0.1) ? 5 : 60));
      unconverged += r.hydraulics != plant::Outcome::converged || r.heat != plant::Outcome::converged;
      worst_iterations = std::max(worst_iterations, r.hydraulic_iterations);
      if (!(r.worst_component_ratio <= worst_component)) worst_component = r.worst_component_ratio;
      // Nothing may cross the boundary for hours, while a mesh without losses is pumped far above boiling: flows keep continuity
      // to 1e-12 of the largest, and what circulates carries that.
      double inside_j = 0;
      for (int c = 0; c < p.components(); ++c)
        inside_j += std::fabs(p.stored_j(c)) + std::fabs(p.branch_flow_kg_s(c, 0) * p.branch_in_c(c, 0)) * 4200.0 * 60.0;
      const double limit_j = 1e-9 * r.throughput_j + 1e-12 * inside_j;
      if (const double ratio = std::fabs(r.imbalance_j) / limit_j; !(ratio <= worst_plant)) worst_plant = ratio;
      std::map<std::string, double> sum;
      double largest = 1e-6;
      for (int c = 0; c < p.components(); ++c) {
        const auto& record = *specs.at(p.component_name(c))->params.schema();
        for (const auto& field : record.fields) {
          if (!field.options.is_port || p.component_name(c) == "vessel") continue;
          const double m = p.branch_flow_kg_s(c, 0);
          sum[static_cast<const Ref*>(field.at_const(specs.at(p.component_name(c))->params.object()))->name] +=
              field.key == "from" ? -m : m;
          largest = std::max(largest, std::fabs(m));
        }
      }
      for (const auto& [name, net] : sum)
        if (!(std::fabs(net) <= worst_continuity)) worst_continuity = std::fabs(net);
    }
  }
  WARN(steps << " steps: most iterations " << worst_iterations << ", worst component " << worst_component << " and plant "
             << worst_plant << " of their limits, continuity " << worst_continuity << " kg/s");
  CHECK(unconverged == 0);
  CHECK(worst_component < 1);
  CHECK(worst_plant < 1);
  CHECK(worst_continuity < 1e-9);
}

}  // namespace

TEST_CASE("200 random meshes converge and close at every step", "[property]") { check_meshes(false, 100); }
TEST_CASE("200 random open meshes converge and close at every step, boundaries included", "[property]") {
  check_meshes(true, 100);
}

TEST_CASE("a day of random moves on 200 random meshes, closed and open, never fails to close", "[property][slow]") {
  check_meshes(false, 1440);
  check_meshes(true, 1440);
}

TEST_CASE("a shuffled file gives the identical arena", "[property]") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    auto one = random_mesh(seed), other = random_mesh(seed);
    test::Draw draw(seed);
    for (std::size_t i = other.spec.components.size(); i > 1; --i)
      std::swap(other.spec.components[i - 1],
                other.spec.components[static_cast<std::size_t>(draw.between(0, static_cast<double>(i)))]);
    plant::Plant a = one.build(), b = other.build();
    for (int i = 0; i < 30; ++i) a.step(test::minute()), b.step(test::minute());
    REQUIRE(a.snapshot().size() == b.snapshot().size());
    CHECK(std::memcmp(a.snapshot().data(), b.snapshot().data(), a.snapshot().size_bytes()) == 0);
  }
}
