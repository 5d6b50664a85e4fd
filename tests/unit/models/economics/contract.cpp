#include "models/economics/contract.hpp"

#include <catch2/catch.hpp>

using namespace hypocaust;
using namespace hypocaust::economics;

namespace {

template <class T> std::string first_problem(const T& record) {
  Problems problems;
  record.check(problems);
  return problems.items.empty() ? "" : problems.items[0].key + ": " + problems.items[0].text;
}

}  // namespace

TEST_CASE("every type of contract is known and keeps its required keys") {
  std::size_t count = 0;
  for (const Schema* schema : contract_types()) {
    CHECK(schema->find("meter")->options.need == required);
    ++count;
  }
  CHECK(count == 12);
}

TEST_CASE("tariffs with gaps and overlaps are named") {
  Contract c;
  c.hours = {{.from = 6, .to = 22}, {.from = 23, .to = 6}};
  CHECK(first_problem(c) == "hours: leaves a gap at 22 to 23 h (no price would hold); let one tier cover it");
  c.hours = {{.from = 6, .to = 22}, {.from = 21, .to = 6}};
  CHECK(first_problem(c).find("covers 21 to 22 h more than once") != std::string::npos);
  c.hours = {{.from = 6, .to = 22}, {.from = 22, .to = 6}};
  CHECK(first_problem(c).empty());
  c.outdoor = {{.to_c = 0}, {.from_c = 1}};
  CHECK(first_problem(c).find("outdoor.1.from: leaves a gap") == 0);
  c.outdoor = {{.to_c = 0}, {.from_c = -1}};
  CHECK(first_problem(c).find("outdoor.1.from: overlaps") == 0);
  c.outdoor = {{.from_c = -9, .to_c = 0}, {.from_c = 0}};
  CHECK(first_problem(c).find("outdoor.0: does not reach over every temperature") == 0);
  c.outdoor.clear();
  c.tiers = {{.from = "02-30"}};
  CHECK(first_problem(c).find("tiers.0.from: `02-30` is no day") == 0);
  c.tiers = {{.from = "10-01"}, {.from = "10-01"}};
  CHECK(first_problem(c).find("tiers.1.from: two tiers begin") == 0);
}

TEST_CASE("index weights sum to one and reach the reference month") {
  Indexation index;
  index.reference = "2024-10", index.fixed_frac = 0.5;
  index.indices.entries = {{"gas", {.weight_frac = 0.4, .from = "2024-10", .values = {1}}}};
  CHECK(first_problem(index).find("indices: weights and `fixed` do not sum to 1") == 0);
  index.indices.entries[0].value.weight_frac = 0.5;
  CHECK(first_problem(index).empty());
  index.indices.entries[0].value.from = "2024-11";
  CHECK(first_problem(index).find("indices.gas.values: do not reach the reference month 2024-10") == 0);
  index.reference = "2024-13";
  CHECK(first_problem(index).find("reference: `2024-13` is no month") == 0);
}

TEST_CASE("fuel price and efficiency count one calorific value") {
  BackupFuel fuel{.price_money_j = 1, .efficiency_frac = 0.9, .price_basis = CalorificBasis::gross};
  CHECK(first_problem(fuel).find("efficiency_basis: differs from price_basis") == 0);
  fuel.efficiency_basis = CalorificBasis::gross;
  CHECK(first_problem(fuel).empty());
}

TEST_CASE("clauses that need another clause say so") {
  Contract c;
  c.shortfall = Shortfall{};
  CHECK(first_problem(c).find("shortfall: needs the cost") == 0);
  c = {};
  c.capacity_charge_money_w_s = 1;
  CHECK(first_problem(c).find("capacity_charge: has no power") == 0);
}
