#include "models/economics/economics_spec.hpp"

#include "models/core/units.hpp"

namespace hypocaust::economics {
namespace {

constexpr Options sum_of_money{.min = 0.0}, a_rate{.above = -1.0, .max = 10.0};

}  // namespace

std::span<const std::string_view> names(Money) {
  static constexpr std::string_view list[] = {"nominal", "real"};
  return list;
}

void Range::check(Problems& problems) const {
  if (low > 1.0) problems.error("low", "is above 100 % (the expected value would lie outside); write a share below it");
  if (high < 1.0) problems.error("high", "is below 100 % (the expected value would lie outside); write a share above it");
}

void EconomicsSpec::check(Problems& problems) const {
  for (const auto& entry : exchange_rates.entries) {
    if (const UnitText unit = parse_unit(entry.name); !unit.problem.empty() || unit.unit.currency != entry.name)
      problems.error("exchange_rates." + entry.name, "is not a currency this release knows; write e.g. EUR, GBP, USD or SEK");
    if (!entry.value.calendar.empty())
      problems.error("exchange_rates." + entry.name, "follows a calendar (a rate is one number or a series); write one of them");
  }
  if (scenarios.find("expected")) problems.error("scenarios.expected", "is what all others are shares of; remove it");
  if (rate == prices) return;
  const std::string inflation =
      inflation_frac == inflation_frac ? format_number(100 * inflation_frac) + " %" : "the inflation you expect";
  problems.error(
      "rate",
      std::string("discounts ") + (prices == Money::nominal ? "nominal" : "real") + " sums with a " +
          (rate == Money::nominal ? "nominal" : "real") +
          " rate (inflation would count once too often or not at all); convert with 1 + nominal = (1 + real)(1 + inflation) "
          "at " +
          inflation + ", and write the same word for `rate` and `prices`");
}

const Schema& Replacement::schema() {
  using R = Replacement;
  static const Schema s =
      describe<R>("replacement", "Something bought again in later years.",
                  {row<&R::cost_money>("cost", "money", {.need = required, .min = 0.0}, "each time"),
                   row<&R::after_years>("after", "", {.need = required, .min = 1, .max = 100}, "years, and every so many again"),
                   row<&R::paid_by>("paid_by", "", {}, "operator or buyer")});
  return s;
}
const Schema& Growth::schema() {
  using G = Growth;
  static const Schema s =
      describe<G>("growth", "Change a year of what lies behind the years after the simulated one.",
                  {row<&G::heat_frac>("heat", "1", a_rate, "of what contracts pay"),
                   row<&G::electricity_frac>("electricity", "1", a_rate, "of the electricity price"),
                   row<&G::fuel_frac>("fuel", "1", a_rate, "of the buyer's fuel price"),
                   row<&G::operating_frac>("operating", "1", a_rate, "of operating costs and avoided cooling"),
                   row<&G::compute_frac>("compute", "1", a_rate, "of compute and other revenue")});
  return s;
}
const Schema& LoanSpec::schema() {
  using L = LoanSpec;
  static const Schema s =
      describe<L>("loan", "Repaid by the operator in equal yearly sums.",
                  {row<&L::principal_money>("principal", "money", {.need = required, .above = 0.0}, "lent at the start"),
                   row<&L::rate_frac>("rate", "1", {.need = required, .above = -1.0, .max = 10.0}, "interest a year"),
                   row<&L::years>("years", "", {.min = 1, .max = 100}, "until it is repaid")});
  return s;
}
const Schema& TaxSpec::schema() {
  using T = TaxSpec;
  static const Schema s =
      describe<T>("tax", "On the operator's profit; losses are carried forward.",
                  {row<&T::rate_frac>("rate", "1", {.need = required, .min = 0.0, .max = 1.0}, "of profit"),
                   row<&T::depreciation_years>("depreciation", "", {.min = 1, .max = 100}, "years, straight line")});
  return s;
}
const Schema& Range::schema() {
  static const Schema s = describe<Range>("range", "A range about the expected value, as shares of it.",
                                          {row<&Range::low>("low", "1", {.min = 0.0, .max = 100.0}, "lowest share"),
                                           row<&Range::high>("high", "1", {.min = 0.0, .max = 100.0}, "highest share")});
  return s;
}
const Schema& Ranges::schema() {
  using R = Ranges;
  static const Schema s = describe<R>(
      "ranges", "How far the money could be off; triangular about the expected value.",
      {row<&R::heat>("heat", "", {}, "what contracts pay"), row<&R::electricity>("electricity", "", {}, "the electricity price"),
       row<&R::fuel>("fuel", "", {}, "the buyer's fuel price"), row<&R::operating>("operating", "", {}, "operating costs"),
       row<&R::compute>("compute", "", {}, "compute and other revenue, incentives"),
       row<&R::capital>("capital", "", {}, "investment and replacements"),
       row<&R::draws>("draws", "", {.min = 100, .max = 10000000}, "of the Monte Carlo calculation"),
       row<&R::seed>("seed", "", {.min = 0, .max = 9007199254740992.0}, "of its random numbers")});
  return s;
}

const Schema& ScenarioFactors::schema() {
  using F = ScenarioFactors;
  constexpr Options share{.min = 0.0, .max = 100.0};
  static const Schema s =
      describe<F>("scenario_factors", "How one view of the future differs from the expected one, as shares of it.",
                  {row<&F::heat_frac>("heat", "1", share, "what contracts pay"),
                   row<&F::electricity_frac>("electricity", "1", share, "its price"),
                   row<&F::fuel_frac>("fuel", "1", share, "the buyer's fuel price"),
                   row<&F::operating_frac>("operating", "1", share, "operating costs"),
                   row<&F::compute_frac>("compute", "1", share, "compute and other revenue, incentives"),
                   row<&F::capital_frac>("capital", "1", share, "investment and replacements")});
  return s;
}

const Schema& EconomicsSpec::schema() {
  using E = EconomicsSpec;
  static const Schema s = describe<E>(
      "economics", "What a cash flow needs beside the contracts.",
      {row<&E::years>("years", "", {.min = 1, .max = 100}, "of operation"),
       row<&E::discount_rate_frac>("discount_rate", "1", {.need = required, .above = -1.0, .max = 10.0}, "a year"),
       row<&E::rate>("rate", "", {}, "whether discount_rate is nominal or real"),
       row<&E::prices>("prices", "", {}, "whether prices and growth are nominal or real"),
       row<&E::inflation_frac>("inflation", "1", a_rate, "a year; told where the two differ"),
       row<&E::timing>("timing", "", {}, "when in its year money counts"),
       row<&E::electricity_price_money_j>("electricity_price", "money/MWh", {.min = -1e6}, "of the site's electricity"),
       row<&E::compute_price_money_j>("compute_price", "money/kWh", sum_of_money, "earned for each kWh at the servers' plugs"),
       row<&E::investment>("investment", "money", sum_of_money,
                           "the operator's heat side: exchangers, pipes, permits, metering ..."),
       row<&E::it_investment>("it_investment", "money", sum_of_money, "the operator's servers and rooms"),
       row<&E::buyer_investment>("buyer_investment", "money", sum_of_money, "the buyer's"),
       row<&E::replacements>("replacements", "", {}, "bought again in later years"),
       row<&E::operating_cost>("operating_cost", "money/yr", sum_of_money,
                               "the operator's heat side: maintenance, water treatment, insurance ..."),
       row<&E::it_operating_cost>("it_operating_cost", "money/yr", sum_of_money, "the operator's servers and rooms"),
       row<&E::buyer_operating_cost>("buyer_operating_cost", "money/yr", sum_of_money, "the buyer's"),
       row<&E::revenue>("revenue", "money/yr", sum_of_money, "other revenue of the operator: compute, flexibility ..."),
       row<&E::incentives>("incentives", "money/yr", sum_of_money, "paid for the reuse of heat"),
       row<&E::avoided_cooling_money_s>("avoided_cooling", "money/yr", sum_of_money,
                                        "claimed saving of cooling cost; marked as claimed"),
       row<&E::buyer_fuel>("buyer_fuel", "", {}, "what the heat bought replaces"),
       row<&E::growth>("growth", "", {}, "of the years after the first"),
       row<&E::loan>("loan", "", {}, "left out: none"),
       row<&E::tax>("tax", "", {}, "left out: none"),
       row<&E::ranges>("ranges", "", {}, "left out: no tornado, no Monte Carlo"),
       row<&E::scenarios>("scenarios", "", {},
                          "views beside the expected one, e.g. conservative and upside; left out: the ends of `ranges`"),
       row<&E::exchange_rates>(
           "exchange_rates", "money", {.above = 0.0},
           "what one of another currency is worth, by its three letters, e.g. {EUR: 0.85 GBP}, or a series of it")});
  return s;
}

}  // namespace hypocaust::economics
