#include "sim/report/case_study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <optional>

#include "models/core/errors.hpp"
#include "models/core/nearest.hpp"
#include "models/economics/accounts.hpp"
#include "models/economics/named_formulas.hpp"
#include "sim/config/record.hpp"
#include "sim/report/tables.hpp"

namespace hypocaust::report {
namespace {

using namespace economics;
constexpr double year_s = 365 * 86400.0, j_per_mwh = 3.6e9;

struct Computed {
  double value;
  std::string unit;
  int digits = 10;
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

std::string number(double value) { return fmt::format("{:.10g}", value); }

// `none`: what a computed figure without value is called.
Comparison compare(const Published& published, const Computed& computed, const char* none) {
  Comparison c{.unit = computed.unit, .because = published.because, .simulated = computed.value, .difference_frac = not_given};
  c.simulated_text = std::isfinite(computed.value) ? fmt::format("{:.{}g}", computed.value, computed.digits) : none;
  if (published.value == published.value) {
    c.published = number(published.value);
    const double difference = computed.value - published.value;
    c.difference_frac = difference / (published.value != 0 ? std::fabs(published.value) : 1.0);
    const bool absolute = published.within == published.within;
    c.tolerance = absolute ? fmt::format("within {:g}", published.within) : fmt::format("{:g}", published.tolerance_frac);
    const bool met =
        absolute ? std::fabs(difference) <= published.within : std::fabs(c.difference_frac) <= published.tolerance_frac;
    c.verdict = met ? "met" : "missed";
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

std::string name_of(const std::string& path) { return std::filesystem::path(path).stem().string(); }

// "year.energy.delivered": the run's name, then the figure's.
const Quantity* find_figure(const std::map<std::string, Figures>& runs, std::string_view name, std::string& why) {
  const std::size_t point = name.find('.');
  const auto run = runs.find(std::string(name.substr(0, point)));
  std::vector<std::string_view> near;
  if (run == runs.end() || point == name.npos) {
    for (const auto& [one, figures] : runs) near.push_back(one);
    std::string list;
    for (const std::string_view one : near) list += (list.empty() ? "" : ", ") + std::string(one);
    why = "; write run.figure, where run is one of " + list;
    return nullptr;
  }
  const std::string_view figure = name.substr(point + 1);
  const auto found = run->second.find(figure);
  if (found != run->second.end()) return &found->second;
  for (const auto& [one, value] : run->second) near.push_back(one);
  const std::string_view guess = nearest(figure, near);
  why = guess.empty() ? " of that run; `hypocaust report --csv` lists them"
                      : "; did you mean `" + std::string(run->first + ".").append(guess) + "`?";
  return nullptr;
}

}  // namespace

CaseStudy load_case(const std::string& path) {
  CaseStudy study;
  config::load_record(CaseStudy::schema(), &study, path);
  if (study.columns.entries.empty() && study.runs.entries.empty())
    throw UserError(path + ": error: nothing is compared here; write `columns:`, or `runs:` and `published:`");
  return study;
}

std::vector<Comparison> compare_columns(const CaseStudy& study, const std::string& path) {
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
      Comparison c = compare(entry.value, found->second, "never");
      c.study = name_of(path), c.column = column.name, c.quantity = entry.name;
      list.push_back(std::move(c));
    }
  }
  return list;
}

std::vector<Comparison> compare_runs(const CaseStudy& study, const std::string& path,
                                     const std::map<std::string, Figures>& runs) {
  std::vector<Comparison> list;
  const FindFigure find = [&](std::string_view name, std::string& why) { return find_figure(runs, name, why); };
  for (const auto& entry : study.published.entries) {
    const std::string where = path + ": error: published." + entry.name + ".of: ";
    if (entry.value.of.empty())
      throw UserError(where + "is missing (a run has many figures); write e.g. `of: " +
                      (runs.empty() ? "year" : runs.begin()->first) + ".energy.delivered`");
    const FormulaResult result = evaluate(entry.value.of, find);
    if (!result.problem.empty()) throw UserError(where + result.problem);
    const Unit unit = parse_unit(entry.value.unit.empty() ? "1" : entry.value.unit).unit;
    if (unit.dimension != result.quantity.dimension)
      throw UserError(path + ": error: published." + entry.name + ".unit: `" + entry.value.unit + "` has not the dimension of `" +
                      entry.value.of + "`; write a unit that has");
    Comparison c =
        compare(entry.value, {result.quantity.value / unit.scale, entry.value.unit.empty() ? "1" : entry.value.unit, 6}, "-");
    c.study = name_of(path), c.column = "runs", c.quantity = entry.name;
    list.push_back(std::move(c));
  }
  return list;
}

Figures figures_of_run(const std::string& run_file, const std::string& without_reuse) {
  const StoredRun run(run_file);
  std::optional<StoredRun> twin;
  if (!without_reuse.empty()) twin.emplace(without_reuse);
  const std::vector<Priced> pricings{price(run, "", twin ? &*twin : nullptr)};
  Figures named;
  for (const Figure& figure : figures(run, pricings)) {
    std::string name = figure.section;
    const bool period =
        figure.subject == figure.period || figure.subject == "month" || figure.subject == "season" || figure.subject == "quarter";
    if (!period) name += "." + figure.subject;
    if (figure.period != "run" && figure.period != "life") name += "." + figure.period;
    name += "." + figure.name;
    std::erase(name, ',');
    std::replace(name.begin(), name.end(), ' ', '_');
    const UnitText unit = parse_unit(figure.unit.empty() ? "1" : figure.unit);
    named.insert_or_assign(name, Quantity{figure.value * unit.unit.scale, unit.unit.dimension});
  }
  return named;
}

}  // namespace hypocaust::report
