// The laws that run on packs of neighbouring components, against the same components one by one.
#include "models/plant/packs/packs.hpp"

#include <catch2/catch.hpp>
#include <cstdint>
#include <cstring>
#include <string>

#include "tests/property/random_component.hpp"

using namespace hypocaust;
using namespace hypocaust::plant;

namespace {

// `count` components of one type as a plant holds them.
struct Group {
  Group(const ComponentType& its_type, int count, double dt_s) : type(its_type) {
    std::vector<double>* const own[] = {&data, &input, &state};
    for (int i = 0; i < count; ++i) {
      test::Draw draw(static_cast<std::uint64_t>(i) + 1);
      const test::Component c = test::make_component(type, draw, dt_s);
      const std::vector<double>* const its[] = {&c.data, &c.input, &c.state};
      for (int k = 0; k < 3; ++k) own[k]->insert(own[k]->end(), its[k]->begin(), its[k]->end());
    }
    const auto n = static_cast<std::size_t>(count);
    branches.assign(n, {0, 0, 0, 0}), ledgers.assign(n, {});
    h_in_j_kg.assign(n, 0), h_out_w.assign(n, 0), base_w.assign(n, 0), gain_kg_s.assign(n, 0);
    scratch.assign(n * static_cast<std::size_t>(type.scratch_reals), 0);
    packed.assign(data.size() + 8, 0);
    batch = {.count = count,
             .data = data.data(),
             .input = input.data(),
             .state = state.data(),
             .branches = branches.data(),
             .h_in_j_kg = h_in_j_kg.data(),
             .h_out_w = h_out_w.data(),
             .base_w = base_w.data(),
             .gain_kg_s = gain_kg_s.data(),
             .ledgers = ledgers.data(),
             .scratch = scratch.data(),
             .packed = packed.data() + (8 - reinterpret_cast<std::uintptr_t>(packed.data()) / 8 % 8) % 8};
  }
  void shake(test::Draw& draw) {
    for (std::size_t i = 0; i < branches.size(); ++i) {
      test::Component c{.type = &type, .data = {}, .input = {}, .state = {}, .scratch = {}, .fluids = {}};
      const auto reals = static_cast<std::ptrdiff_t>(type.input_reals), first = static_cast<std::ptrdiff_t>(i) * reals;
      c.input.assign(input.begin() + first, input.begin() + first + reals);
      test::shake_inputs(c, draw);
      std::copy(c.input.begin(), c.input.end(), input.begin() + first);
      branches[i] = {test::shake_flow(draw), draw.between(-1e5, 1e5), 0, 0};
      h_in_j_kg[i] = 4180 * draw.between(5, 85);
    }
  }
  void pass() {
    for (std::size_t i = 0; i < branches.size(); ++i) h_out_w[i] = base_w[i] + gain_kg_s[i] * h_in_j_kg[i];
  }
  const ComponentType& type;
  std::vector<double> data, input, state, scratch, packed, h_in_j_kg, h_out_w, base_w, gain_kg_s;
  std::vector<Branch<double>> branches;
  std::vector<Ledger<double>> ledgers;
  Batch<double> batch;
};

template <class A> bool same(const std::vector<A>& a, const std::vector<A>& b) {
  return std::memcmp(a.data(), b.data(), a.size() * sizeof(A)) == 0;
}

}  // namespace

TEST_CASE("packs of any width give the bits of one component alone", "[property]") {
  int tried = 0;
  for (const ComponentType* type : component_types())
    for (const int widest : {8, 4}) {
      const hypocaust_packs::Loops* const loops = hypocaust_packs::loops(type->schema->name, widest);
      if (!loops || loops->width != widest) continue;  // not this type, or not this processor
      ++tried;
      for (const double dt_s : {60.0, 3600.0}) {
        constexpr int count = 19;  // packs and a rest
        Group packs(*type, count, dt_s), alone(*type, count, dt_s);
        loops->pack(&packs.batch);
        test::Draw draw(5), same_draw(5), weather(6);
        bool agree = true;
        for (int i = 0; i < 400 && agree; ++i) {
          packs.shake(draw), alone.shake(same_draw);
          const Step<double> step{.dt_s = dt_s,
                                  .outdoor_c = weather.between(-20, 38),
                                  .wet_bulb_c = 5,
                                  .ground_c = weather.between(4, 16),
                                  .steady = i % 50 == 49};
          loops->hydraulics(&packs.batch), type->hydraulics(alone.batch);
          agree = same(packs.branches, alone.branches);
          loops->heat(&packs.batch, &step), type->heat(alone.batch, step);
          agree = agree && same(packs.base_w, alone.base_w) && same(packs.gain_kg_s, alone.gain_kg_s);
          packs.pass(), alone.pass();
          loops->advance(&packs.batch, &step), type->advance(alone.batch, step);
          agree = agree && same(packs.state, alone.state) && same(packs.ledgers, alone.ledgers);
        }
        INFO(type->schema->name << " in packs of " << widest << ", step " << dt_s << " s");
        CHECK(agree);
      }
    }
#ifdef __x86_64__
  if (hypocaust_packs::avx2[0].width > 0 && __builtin_cpu_supports("avx2")) CHECK(tried >= 2);
#endif
}
