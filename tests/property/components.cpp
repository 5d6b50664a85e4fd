// Every registered component, whatever its kind: closes its balance, and repeats its bits from a snapshot.
#include <catch2/catch.hpp>
#include <limits>

#include "tests/property/random_component.hpp"

using namespace hypocaust;

namespace {

struct Ran {
  std::vector<double> state;
  double worst_ratio = 0;
};

// What the law shuts (an optional port that is left out) has no flow; the second branch takes up what the others leave over.
void balance_flows(const plant::ComponentType& t, const plant::Batch<double>& batch,
                   std::vector<plant::Branch<double>>& branches) {
  double into_kg_s = 0;
  std::vector<plant::Branch<double>> asked = branches;
  t.hydraulics(batch);
  for (std::size_t k = 0; k < branches.size(); ++k) {
    if (branches[k].conductance == 0 && branches[k].offset_kg_s == 0) asked[k].flow_kg_s = 0;
    branches[k] = asked[k];
  }
  for (std::size_t k = 0; k < branches.size(); ++k)
    if (k != 1) into_kg_s += t.branches[k].to == "~" ? branches[k].flow_kg_s : -branches[k].flow_kg_s;
  branches[1].flow_kg_s = t.branches[1].to == "~" ? -into_kg_s : into_kg_s;
}
// What leaves the private node has its enthalpy: that of what flows into it.
void mix_at_private_node(const plant::ComponentType& t, const plant::Batch<double>& batch) {
  const std::size_t n = t.branches.size();
  const auto leaves = [&](std::size_t k) {  // the private node
    return (t.branches[k].from == "~") == (batch.branches[k].flow_kg_s >= 0);
  };
  double out_kg_s = 0, in_w = 0;  // out_kg_s: less what the law sends back
  for (std::size_t k = 0; k < n; ++k) {
    if (leaves(k)) {
      out_kg_s += std::fabs(batch.branches[k].flow_kg_s);
      continue;
    }
    in_w += batch.base_w[k];
    for (std::size_t j = 0; j < n; ++j)
      if (leaves(j)) out_kg_s -= batch.gain_kg_s[k * n + j];
      else in_w += batch.gain_kg_s[k * n + j] * batch.h_in_j_kg[j];
  }
  for (std::size_t k = 0; k < n; ++k)
    if (leaves(k)) batch.h_in_j_kg[k] = out_kg_s > 0 ? in_w / out_kg_s : 0.0;
}

// 400 steps of random inputs, flows, inlet enthalpies and lengths; worst imbalance against its limit (design: 1e-9 of throughput
// including enthalpy flow, plus 16 epsilons of the store).
Ran run(test::Component& c, std::uint64_t seed, int steps, double dt_s) {
  test::Draw draw(seed);
  const plant::ComponentType& t = *c.type;
  const std::size_t n = t.branches.size();
  std::vector<plant::Branch<double>> branches(n);
  std::vector<double> h_in(n), h_out(n), base(n), gain(n * n);
  plant::Ledger<double> ledger;
  double stored_j = 0;
  const plant::Batch<double> batch{.count = 1,
                                   .data = c.data.data(),
                                   .input = c.input.data(),
                                   .state = c.state.data(),
                                   .branches = branches.data(),
                                   .h_in_j_kg = h_in.data(),
                                   .h_out_w = h_out.data(),
                                   .base_w = base.data(),
                                   .gain_kg_s = gain.data(),
                                   .ledgers = &ledger,
                                   .stored_j = &stored_j,
                                   .scratch = c.scratch.data()};
  Ran ran;
  for (int i = 0; i < steps; ++i) {
    test::shake_inputs(c, draw);
    const plant::Step<double> step{
        .dt_s = dt_s, .outdoor_c = draw.between(-20, 38), .wet_bulb_c = 5, .ground_c = draw.between(4, 16)};
    for (std::size_t k = 0; k < n; ++k) {
      branches[k] = {test::shake_flow(draw), draw.between(-1e5, 1e5), 0, 0};
      const bool enters = branches[k].flow_kg_s >= 0 ? t.branches[k].from.empty() : t.branches[k].to.empty();
      h_in[k] = enters ? 0.0 : c.fluids[0].cp_j_kg_k * draw.between(5, 85);  // outside has no enthalpy of its own
    }
    if (t.private_node) balance_flows(t, batch, branches);
    t.store(batch);
    const double before_j = stored_j;
    t.heat(batch, step);
    if (t.private_node) mix_at_private_node(t, batch);
    double net_j = 0, through_j = 0;
    for (std::size_t k = 0; k < n; ++k) {
      h_out[k] = base[k];
      for (std::size_t j = 0; j < n; ++j) h_out[k] += gain[k * n + j] * h_in[j];
      const double in_w = std::fabs(branches[k].flow_kg_s) * h_in[k];
      net_j += (in_w - h_out[k]) * step.dt_s;
      through_j += in_w * step.dt_s;
    }
    t.advance(batch, step);
    t.store(batch);
    net_j += ledger.power_in_j + ledger.heat_in_j - ledger.heat_out_j - (stored_j - before_j);
    through_j += std::fabs(ledger.power_in_j) + std::fabs(ledger.heat_in_j) + std::fabs(ledger.heat_out_j);
    const double limit_j = 1e-9 * std::fmax(through_j, step.dt_s) +
                           16 * std::numeric_limits<double>::epsilon() * std::fmax(std::fabs(stored_j), std::fabs(before_j));
    const double ratio = std::fabs(net_j) / limit_j;
    if (!(ratio <= ran.worst_ratio)) ran.worst_ratio = ratio;
  }
  ran.state = c.state;
  return ran;
}

}  // namespace

TEST_CASE("every component closes its balance at any flow, step and input", "[property]") {
  for (const plant::ComponentType* type : plant::component_types())
    for (const double dt_s : {1.0, 60.0, 3600.0})
      for (std::uint64_t seed = 1; seed <= 10; ++seed) {
        test::Draw draw(seed);
        test::Component c = test::make_component(*type, draw, dt_s);
        INFO(type->schema->name << " seed " << seed << " step " << dt_s << " s");
        CHECK(run(c, seed, 400, dt_s).worst_ratio < 1);
      }
}

TEST_CASE("every component repeats its bits from a snapshot of state and input", "[property]") {
  for (const plant::ComponentType* type : plant::component_types()) {
    test::Draw draw(3);
    test::Component c = test::make_component(*type, draw, 60);
    run(c, 4, 50, 60);
    test::Component copy = c;
    const auto first = run(c, 5, 200, 60).state, second = run(copy, 5, 200, 60).state;
    INFO(type->schema->name);
    CHECK(std::equal(first.begin(), first.end(), second.begin(),
                     [](double a, double b) { return std::memcmp(&a, &b, sizeof a) == 0; }));
  }
}

TEST_CASE("a component that reads the weather says so", "[property]") {
  for (const plant::ComponentType* type : plant::component_types()) {
    test::Draw draw(6);
    test::Component c = test::make_component(*type, draw, 60);
    const std::size_t n = type->branches.size();
    const auto outlets = [&](double weather_c) {
      test::Component copy = c;
      std::vector<plant::Branch<double>> branches(n, {1.0, 1e4, 0, 0});
      std::vector<double> h_in(n, 60 * 4180.0), h_out(n, 59 * 4180.0), base(n), gain(n * n);
      plant::Ledger<double> ledger;
      const plant::Batch<double> batch{.count = 1,
                                       .data = copy.data.data(),
                                       .input = copy.input.data(),
                                       .state = copy.state.data(),
                                       .branches = branches.data(),
                                       .h_in_j_kg = h_in.data(),
                                       .h_out_w = h_out.data(),
                                       .base_w = base.data(),
                                       .gain_kg_s = gain.data(),
                                       .ledgers = &ledger,
                                       .scratch = copy.scratch.data()};
      const plant::Step<double> step{.dt_s = 60, .outdoor_c = weather_c, .wet_bulb_c = weather_c, .ground_c = weather_c};
      type->heat(batch, step), type->advance(batch, step);
      std::vector<double> all = copy.state;
      all.insert(all.end(), base.begin(), base.end()), all.insert(all.end(), gain.begin(), gain.end());
      all.insert(all.end(), {ledger.power_in_j, ledger.heat_in_j, ledger.heat_out_j, ledger.electricity_j, ledger.fuel_j});
      return all;
    };
    test::Draw again(7);
    test::shake_inputs(c, again);
    const bool reads = outlets(-10) != outlets(35), says = type->meets_weather && type->meets_weather(c.params.object());
    INFO(type->schema->name);
    CHECK(reads == says);
  }
}

// Everything a component answers at some state, inputs and flows.
namespace {
std::vector<double> answers(test::Component c, std::uint64_t seed, std::string_view input, double value) {
  test::Draw draw(seed);
  const plant::ComponentType& t = *c.type;
  const std::size_t n = t.branches.size();
  test::shake_inputs(c, draw);
  for (const plant::Place& slot : t.inputs) {
    double& place = c.input[static_cast<std::size_t>(slot.place)];
    if (slot.name == "available" || slot.name == "capacity_frac") place = slot.name == input ? value : 1.0;
  }
  std::vector<plant::Branch<double>> branches(n);
  std::vector<plant::Row<double>> rows(n);
  std::vector<double> h_in(n), h_out(n), base(n), gain(n * n), all;
  plant::Ledger<double> ledger;
  const plant::Batch<double> batch{.count = 1,
                                   .data = c.data.data(),
                                   .input = c.input.data(),
                                   .state = c.state.data(),
                                   .branches = branches.data(),
                                   .rows = rows.data(),
                                   .h_in_j_kg = h_in.data(),
                                   .h_out_w = h_out.data(),
                                   .base_w = base.data(),
                                   .gain_kg_s = gain.data(),
                                   .ledgers = &ledger,
                                   .scratch = c.scratch.data()};
  const plant::Step<double> step{.dt_s = 60, .outdoor_c = draw.between(-10, 30), .wet_bulb_c = 5, .ground_c = 10};
  for (int k = 0; k < 20; ++k) {
    for (std::size_t b = 0; b < n; ++b)
      branches[b] = {draw.between(-3, 3), draw.between(-1e5, 1e5), 0, 0}, h_in[b] = c.fluids[0].cp_j_kg_k * draw.between(5, 85);
    t.hydraulics(batch);
    for (std::size_t b = 0; b < n; ++b)
      all.insert(all.end(), {branches[b].conductance, branches[b].offset_kg_s, rows[b].flow_c, rows[b].rhs});
    t.heat(batch, step);
    all.insert(all.end(), base.begin(), base.end()), all.insert(all.end(), gain.begin(), gain.end());
    for (std::size_t b = 0; b < n; ++b) {
      h_out[b] = base[b];
      for (std::size_t j = 0; j < n; ++j) h_out[b] += gain[b * n + j] * h_in[j];
    }
    t.advance(batch, step);
    all.insert(all.end(), {ledger.power_in_j, ledger.heat_in_j, ledger.heat_out_j, ledger.electricity_j, ledger.fuel_j});
  }
  all.insert(all.end(), c.state.begin(), c.state.end());
  return all;
}
}  // namespace

TEST_CASE("a component that can fail or wear says so, and one that says so does", "[property]") {
  for (const plant::ComponentType* type : plant::component_types()) {
    bool fails = false, wears = false;
    for (std::uint64_t seed = 1; seed <= 40; ++seed) {
      test::Draw draw(seed);
      const test::Component c = test::make_component(*type, draw, 60);
      const auto whole = answers(c, seed, "", 1.0);
      const auto differs = [&](const std::vector<double>& other) {
        return std::memcmp(whole.data(), other.data(), whole.size() * sizeof(double)) != 0;
      };
      fails = fails || differs(answers(c, seed, "available", 0.0));
      wears = wears || differs(answers(c, seed, "capacity_frac", 0.4));
    }
    INFO(type->schema->name << ": can_fail and can_wear (models/plant/component.hpp) tell which faults it answers to");
    CHECK(fails == type->can_fail);
    CHECK(wears == type->can_wear);
  }
}
