// Series in another currency: whether a rate is given for them, and which.
#pragma once
#include <string>
#include <string_view>

#include "models/economics/economics_spec.hpp"
#include "sim/input/series_spec.hpp"

namespace hypocaust::config {

struct SeriesInMoney {
  std::string_view name;
  const input::SeriesSpec& spec;
  std::string_view currency;              // of the scenario
  const economics::EconomicsSpec* rates;  // null: there are no economics
};
// The rate of a series' currency and its power in the unit (-1: kWh for a sum); null: it needs none, or has none.
struct SeriesRate {
  const Varying* rate = nullptr;
  int power = 1;
};
SeriesRate rate_of(const SeriesInMoney& series);
// What is wrong with its currency where the key `path` names it; empty: nothing.
std::string currency_problem(const SeriesInMoney& series, std::string_view path);

}  // namespace hypocaust::config
