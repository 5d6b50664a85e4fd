#include "sim/report/case_study.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <map>

#include "models/core/errors.hpp"
#include "models/core/units.hpp"
#include "models/economics/accounts.hpp"
#include "models/economics/named_formulas.hpp"
#include "sim/config/record.hpp"

namespace hypocaust::report {
namespace {

using namespace economics;
constexpr double year_s = 365 * 86400.0, j_per_mwh = 3.6e9;

struct Computed {
  double value;
  const char* unit;
};
double years_of(const Payback& b) { return b.outcome == Payback::Outcome::never ? not_given : b.years; }

std::map<std::string, Computed> compute(const CaseColumn& column) {
  const EconomicsSpec& spec = column.economics;
  const double sale_money = column.heat_j * column.heat_price_money_j;
  const SettledContract sale{.name = "sale", .to_operator_cents = std::llround(sale_money * 100.0)};
  const Accounts a = accounts(spec, {.delivered_j = column.heat_j}, std::span(&sale, 1));
  const CashFlow flow = cash_flow(a, {.party = Party::site_operator});
  const Discount discount = spec.discount();
  const std::vector<double> rates = internal_rates_frac(flow, spec.timing);
  const Annuity annuity{.rate_frac = spec.discount_rate_frac, .years = static_cast<double>(spec.years)};
  double operating_money = 0;
  for (const auto& entry : spec.operating_cost.entries) operating_money += entry.value * year_s;
  const auto every_year = [&](double value) { return std::vector<double>(static_cast<std::size_t>(spec.years), value); };
  const AnnualReuseValue value{.heat_revenue_money = sale_money,
                               .avoided_cooling_money = spec.avoided_cooling_money_s * year_s,
                               .operating_money = operating_money,
                               .capital_money = flow.capital_money,
                               .annuity = annuity};
  return {{"gross_revenue", {sale_money, "money/yr"}},
          {"net_first_year", {flow.net_money.empty() ? 0 : flow.net_money[0], "money/yr"}},
          {"net_present_value", {net_present_value_money(flow, discount), "money"}},
          {"internal_rate", {rates.size() == 1 ? rates[0] : not_given, "1"}},
          {"simple_payback", {years_of(simple_payback(flow)), "yr"}},
          {"discounted_payback", {years_of(payback(flow, discount)), "yr"}},
          {"capital_recovery", {capital_recovery_frac(annuity), "1"}},
          {"equivalent_annual_cost", {value.annualised_capital_money(), "money/yr"}},
          {"annual_reuse_value", {value.money(), "money/yr"}},
          {"levelised_cost",
           {levelised_cost_money_j({.capital_money = flow.capital_money,
                                    .costs_money = every_year(operating_money),
                                    .credits_money = every_year(0),
                                    .heat_j = every_year(column.heat_j)},
                                   discount) *
                j_per_mwh,
            "money/MWh"}}};
}

std::string number(double value) { return std::isfinite(value) ? fmt::format("{:.10g}", value) : "never"; }

Comparison compare(const Published& published, const Computed& computed) {
  Comparison c{.unit = computed.unit, .because = published.because, .simulated = computed.value, .difference_frac = not_given};
  if (published.value == published.value) {
    c.published = number(published.value);
    c.tolerance = fmt::format("{:g}", published.tolerance_frac);
    c.difference_frac = (computed.value - published.value) / (published.value != 0 ? std::fabs(published.value) : 1.0);
    c.verdict = std::fabs(c.difference_frac) <= published.tolerance_frac ? "met" : "missed";
  } else {
    c.published = published.low == published.low ? number(published.low) + " to " + number(published.high) : "never";
    c.tolerance = published.low == published.low ? "the range" : "exact";
    const bool never = !std::isfinite(computed.value);
    const bool inside =
        published.low == published.low ? !never && computed.value >= published.low && computed.value <= published.high : never;
    if (published.low == published.low && !never)
      c.difference_frac = computed.value < published.low    ? computed.value / published.low - 1
                          : computed.value > published.high ? computed.value / published.high - 1
                                                            : 0.0;
    c.verdict = inside ? "met" : "missed";
  }
  return c;
}

}  // namespace

void Published::check(Problems& problems) const {
  if ((low == low) != (high == high)) problems.error("low", "needs its other end; give `low` and `high`, or `value`");
  if (low == low && value == value) problems.error("value", "and a range are given; keep one");
  if (low > high) problems.error("low", "is above `high`; exchange them");
}
const Schema& Published::schema() {
  using P = Published;
  static const Schema s =
      describe<P>("published", "A published figure: `value`, or `low` and `high`; neither: never.",
                  {row<&P::value>("value", "1", {}, "in the unit of the quantity"),
                   row<&P::low>("low", "1", {}, "of a claimed range"), row<&P::high>("high", "1", {}, "of a claimed range"),
                   row<&P::tolerance_frac>("tolerance", "1", {.min = 0.0}, "largest relative difference"),
                   row<&P::because>("because", "", {}, "why this tolerance, or what the source says")});
  return s;
}
const Schema& CaseColumn::schema() {
  using C = CaseColumn;
  static const Schema s = describe<C>("case_column", "One column of a published table.",
                                      {row<&C::heat_j>("heat", "MWh", {.need = required, .min = 0.0}, "sold in a year"),
                                       row<&C::heat_price_money_j>("heat_price", "money/MWh", {.need = required}, "of the heat"),
                                       row<&C::economics>("economics", "", {}, "as in a scenario"),
                                       row<&C::published>("published", "", {}, "what the source says, or what follows from it")});
  return s;
}
const Schema& CaseStudy::schema() {
  using C = CaseStudy;
  static const Schema s =
      describe<C>("case_study", "A published case.",
                  {row<&C::hypocaust>("hypocaust", "", {.need = required, .min = 1, .max = 1}, "version of the language"),
                   row<&C::title>("title", "", {}, "for people"), row<&C::currency>("currency", "", {}, "three letters"),
                   row<&C::source>("source", "", {}, "where the published figures come from"),
                   row<&C::columns>("columns", "", {}, "columns of the published table")});
  return s;
}

std::vector<Comparison> reproduce(const std::string& path) {
  CaseStudy study;
  config::load_record(CaseStudy::schema(), &study, path);
  std::vector<Comparison> list;
  for (const auto& column : study.columns.entries) {
    const std::map<std::string, Computed> computed = compute(column.value);
    for (const auto& entry : column.value.published.entries) {
      std::string name = entry.name;  // "claimed_simple_payback": another source of the same quantity
      if (name.starts_with("claimed_")) name = name.substr(8);
      const auto found = computed.find(name);
      if (found == computed.end()) {
        std::string known;
        for (const auto& [one, value] : computed) known += (known.empty() ? "" : ", ") + one;
        throw UserError(path + ": error: columns." + column.name + ".published." + entry.name +
                        ": nobody computes this quantity; there are " + known + ", each also with `claimed_` in front");
      }
      Comparison c = compare(entry.value, found->second);
      c.study = std::filesystem::path(path).stem().string(), c.column = column.name, c.quantity = entry.name;
      list.push_back(std::move(c));
    }
  }
  return list;
}

std::string comparisons_text(const std::vector<Comparison>& list) {
  std::string out =
      "| case | column | quantity | published | simulated | difference | tolerance | verdict | "
      "|\n|---|---|---|---|---|---|---|---|---|\n";
  for (const Comparison& c : list)
    out += fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", c.study, c.column, c.quantity, c.published,
                       number(c.simulated), std::isfinite(c.difference_frac) ? fmt::format("{:.2e}", c.difference_frac) : "-",
                       c.tolerance, c.verdict, c.because);
  return out;
}

std::string comparisons_csv(const std::vector<Comparison>& list) {
  std::string out = "case,column,quantity,published,simulated,unit,difference,tolerance,verdict\n";
  for (const Comparison& c : list)
    out += fmt::format("{},{},{},{},{},{},{},{},{}\n", c.study, c.column, c.quantity, c.published, number(c.simulated), c.unit,
                       std::isfinite(c.difference_frac) ? fmt::format("{:.3e}", c.difference_frac) : "", c.tolerance, c.verdict);
  return out;
}

}  // namespace hypocaust::report
