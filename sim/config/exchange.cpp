#include "sim/config/exchange.hpp"

#include "models/core/units.hpp"

namespace hypocaust::config {

SeriesRate rate_of(const SeriesInMoney& series) {
  const UnitText unit = parse_unit(series.spec.unit);
  if (!unit.problem.empty() || unit.unit.currency.empty() || unit.unit.currency == series.currency || !series.rates) return {};
  return {series.rates->exchange_rates.find(unit.unit.currency), unit.unit.dimension.power[4]};
}

std::string currency_problem(const SeriesInMoney& series, std::string_view path) {
  const UnitText unit = parse_unit(series.spec.unit);
  if (!unit.problem.empty() || unit.unit.currency.empty() || unit.unit.currency == series.currency) return {};
  const std::string other(unit.unit.currency), own(series.currency),
      name = "series `" + std::string(series.name) + "` is in " + other;
  if (path.starts_with("economics.exchange_rates."))
    return name + " (a rate says what one of another currency is worth in " + own +
           "); convert the column and write unit: " + own;
  if (rate_of(series).rate) return {};
  return name + ", the scenario's currency is " + own +
         " (sums of two currencies cannot be added without a rate); convert the column, or give economics.exchange_rates: {" +
         other + ": ... " + own + "}";
}

}  // namespace hypocaust::config
