#include "sim/report/pricing.hpp"

#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "models/core/errors.hpp"
#include "sim/config/exchange.hpp"
#include "sim/input/series.hpp"

namespace hypocaust::report {
namespace {

using economics::Party;

class Pricing {
 public:
  Pricing(const StoredRun& run, const std::string& contract_file, const StoredRun* twin)
      : run_(run),
        twin_(twin),
        where_(contract_file.empty() ? run.path() : contract_file),
        loaded_(config::load_commercial({.file = run.path(),
                                         .yaml = run.scenario_yaml,
                                         .contract_file = contract_file,
                                         .stored_series = run.stored_series()})) {}
  Priced result();

 private:
  std::size_t size() const { return run_.books.intervals.size(); }
  std::vector<double> values(const Varying& varying, const std::string& key) const;
  void exchange(const std::string& name, const input::SeriesSpec& spec, std::vector<double>& list) const;
  std::vector<double> differences(const std::string& column, const std::string& key) const;
  Statement statement(const std::string& name, const Typed& typed, const std::vector<double>& electricity_money_j);
  MoneyReport money(const economics::EconomicsSpec& spec, const std::vector<double>& electricity_money_j);
  // Electricity that the site does not draw because heat is taken from it; heat supply apart.
  double saved_j(std::size_t k) const { return twin_->books.intervals[k].electricity_j - run_.books.intervals[k].electricity_j; }
  void check_twin();
  void add_margins(const std::vector<double>& electricity_money_j);
  CarbonReport carbon(const economics::CarbonSpec& spec) const;
  void add_carbon_years(const economics::EconomicsSpec& spec);

  const StoredRun& run_;
  const StoredRun* twin_;
  std::string where_;
  config::LoadedCommercial loaded_;
  Priced priced_;
};

// A constant, the run's own series, or one of the contract file.
std::vector<double> Pricing::values(const Varying& varying, const std::string& key) const {
  if (varying.series.empty()) return std::vector<double>(size(), varying.given() ? varying.constant : 0.0);
  if (const auto* spec = loaded_.commercial.series.find(varying.series)) {
    const input::Series series = input::load_series(varying.series, *spec);
    const auto& intervals = run_.books.intervals;
    if (!intervals.empty())
      series.require(intervals.front().utc_s, intervals.back().utc_s + static_cast<std::int64_t>(intervals.back().length_s));
    std::vector<double> list;
    for (const economics::Interval& one : intervals)
      list.push_back(series.mean(one.utc_s, one.utc_s + static_cast<std::int64_t>(one.length_s)));
    exchange(varying.series, *spec, list);
    return list;
  }
  std::vector<double> stored = run_.column("series." + varying.series);
  if (stored.size() != size())
    throw UserError(where_ + ": error: " + key + ": series `" + varying.series +
                    "` is not in the run file; name its file under `series:` in the contract file");
  return stored;
}

// Of a contract file's series in another currency; what the run file holds was exchanged by the run.
void Pricing::exchange(const std::string& name, const input::SeriesSpec& spec, std::vector<double>& list) const {
  const config::Commercial& c = loaded_.commercial;
  const config::SeriesRate rate =
      config::rate_of({.name = name, .spec = spec, .currency = c.currency, .rates = c.economics ? &*c.economics : nullptr});
  if (!rate.rate) return;
  const std::vector<double> worth = values(*rate.rate, "economics.exchange_rates");
  for (std::size_t k = 0; k < list.size(); ++k) list[k] *= std::pow(worth[k], rate.power);
}

std::vector<double> Pricing::differences(const std::string& column, const std::string& key) const {
  const std::vector<double> reading = run_.column(column);
  if (reading.size() != size())
    throw UserError(where_ + ": error: " + key + ": the run file holds no `" + column + "`; run the scenario again");
  std::vector<double> list(reading.size());
  for (std::size_t k = 0; k < list.size(); ++k) list[k] = reading[k] - (k > 0 ? reading[k - 1] : 0.0);
  return list;
}

Statement Pricing::statement(const std::string& name, const Typed& typed, const std::vector<double>& electricity_money_j) {
  const auto& contract = *typed.as<economics::Contract>();
  const std::string key = "contracts." + name, meter = "meter." + contract.meter.name;
  Statement s{.name = name, .type = std::string(typed.schema()->name), .meter = contract.meter.name};
  economics::Metered metered{.heat_j = differences(meter + ".register", key + ".meter"),
                             .supply_c = run_.column(meter + ".supply_temperature"),
                             .flow_m3_s = run_.column(meter + ".flow")};
  for (const economics::QualityBand& band : contract.bands)
    if (band.flow_below_m3_s == band.flow_below_m3_s && metered.flow_m3_s.size() != size())
      throw UserError(where_ + ": error: " + key + ".bands: the run file holds no `" + meter + ".flow`; run the scenario again");
  const std::vector<double> truth = differences(meter + ".truth", key + ".meter");
  for (const double heat_j : metered.heat_j) s.billed_j += heat_j;
  for (const double heat_j : truth) s.true_j += heat_j;
  const auto of_user = [&](const char* what) {
    return contract.user.name.empty() ? run_.sum_of_columns("user.", std::string(".") + what)
                                      : run_.column("user." + contract.user.name + "." + what);
  };
  metered.demand_j = of_user("demand"), metered.backup_j = of_user("backup");
  if (contract.energy_price_money_j.given()) metered.price_money_j = values(contract.energy_price_money_j, key + ".energy_price");
  // The site's price, weighed by what it used, where a contract names none.
  double money = 0, electricity_j = 0;
  for (std::size_t k = 0; k < size(); ++k) {
    const economics::Interval& one = run_.books.intervals[k];
    money += electricity_money_j[k] * (one.electricity_j + one.customer_side_j),
        electricity_j += one.electricity_j + one.customer_side_j;
  }
  const economics::Terms terms{.contract = contract,
                               .electricity_price_money_j = electricity_j > 0 ? money / electricity_j : 0.0};
  s.settlement = economics::settle(terms, run_.books, metered);
  const bool limited = !run_.column(meter + ".error_limit").empty();  // not in older files
  const std::vector<double> limit_j =
      limited ? differences(meter + ".error_limit", key + ".meter") : std::vector<double>(size(), 0.0);
  const auto bill_money = [&](double share) {  // were the register to count the truth and this share of its limit
    for (std::size_t k = 0; k < size(); ++k) metered.heat_j[k] = truth[k] + share * limit_j[k];
    return static_cast<double>(economics::settle(terms, run_.books, metered).balance_cents(Party::site_operator)) / 100.0;
  };
  const double true_money = bill_money(0);
  s.error_money = static_cast<double>(s.settlement.balance_cents(Party::site_operator)) / 100.0 - true_money;
  if (limited) s.low_error_money = bill_money(-1) - true_money, s.high_error_money = bill_money(1) - true_money;
  for (const std::string& note : s.settlement.notes) {
    if (note.find("add values") != note.npos) throw UserError(where_ + ": error: " + key + ".index: " + note);
    priced_.notes.push_back("contract `" + name + "`: " + note);
  }
  return s;
}

MoneyReport Pricing::money(const economics::EconomicsSpec& spec, const std::vector<double>& electricity_money_j) {
  MoneyReport m;
  economics::YearFigures figures{.it_j = run_.energies.it_j, .delivered_j = run_.energies.delivered_j};
  for (std::size_t k = 0; k < size(); ++k) {
    figures.site_electricity_money += run_.books.intervals[k].electricity_j * electricity_money_j[k];
    figures.customer_side_money += run_.books.intervals[k].customer_side_j * electricity_money_j[k];
  }
  if (twin_) {
    figures.avoided_cooling_money = 0;
    for (std::size_t k = 0; k < size(); ++k) figures.avoided_cooling_money += saved_j(k) * electricity_money_j[k];
  }
  std::vector<economics::SettledContract> contracts;
  for (const Statement& one : priced_.statements) {
    const auto& contract = *loaded_.commercial.contracts.find(one.name)->as<economics::Contract>();
    contracts.push_back({.name = one.name,
                         .to_operator_cents = one.settlement.balance_cents(Party::site_operator),
                         .leaves_after_years = static_cast<int>(contract.buyer_leaves_after_years),
                         .refunds_electricity = contract.refunded_frac == contract.refunded_frac});
  }
  m.accounts = economics::accounts(spec, figures, contracts);
  const economics::Discount discount = spec.discount();
  const economics::Annuity annuity{.rate_frac = spec.discount_rate_frac, .years = static_cast<double>(spec.years)};
  const auto flow = [&](const char* party, std::optional<Party> who, bool reuse_only, const economics::Factors& factors) {
    PartyFlow p{.party = party,
                .scope = reuse_only ? "reuse of heat" : "whole site",
                .flow = economics::cash_flow(m.accounts, {.party = who, .reuse_only = reuse_only}, factors)};
    p.npv_money = economics::net_present_value_money(p.flow, discount);
    p.internal_rates_frac = economics::internal_rates_frac(p.flow, spec.timing);
    p.simple = economics::simple_payback(p.flow), p.discounted = economics::payback(p.flow, discount);
    p.annual_cost_money = p.flow.capital_money * economics::capital_recovery_frac(annuity);
    return p;
  };
  const auto add = [&](const char* party, std::optional<Party> who, bool reuse_only) {
    m.flows.push_back(flow(party, who, reuse_only, economics::expected));
  };
  add("operator", Party::site_operator, true), add("buyer", Party::buyer, true), add("both", std::nullopt, true);
  add("operator", Party::site_operator, false), add("both", std::nullopt, false);

  economics::HeatCost cost{.capital_money = m.flows[2].flow.capital_money};
  for (int year = 1; year <= m.accounts.years; ++year) {
    double costs_money = 0, credits_money = 0;
    for (const economics::MoneyLine& line : m.accounts.lines) {
      if (!line.reuse || line.driver == economics::Driver::heat || line.driver == economics::Driver::fuel) continue;
      const double money_now = line.money(year, economics::expected);
      (money_now < 0 ? costs_money : credits_money) += std::fabs(money_now);
    }
    for (const economics::CapitalLine& line : m.accounts.capital)
      if (line.reuse && line.year == year) costs_money += line.cost_money;
    cost.costs_money.push_back(costs_money), cost.credits_money.push_back(credits_money),
        cost.heat_j.push_back(figures.delivered_j);
  }
  m.heat_cost_money_j = economics::levelised_cost_money_j(cost, discount);
  if (spec.loan || spec.tax) {
    economics::Financing financing;
    if (spec.loan)
      financing.loan = {.principal_money = spec.loan->principal_money,
                        .rate_frac = spec.loan->rate_frac,
                        .years = static_cast<int>(spec.loan->years)};
    if (spec.tax)
      financing.tax = {.rate_frac = spec.tax->rate_frac, .depreciation_years = static_cast<int>(spec.tax->depreciation_years)};
    m.financed = economics::financed(m.flows[3].flow, financing);
  }
  const economics::DriverFlows drivers = economics::driver_flows(m.accounts, {.party = Party::site_operator});
  for (const economics::View& view : economics::views(spec, drivers))
    m.views.push_back({view.name, flow("operator", Party::site_operator, true, view.factors),
                       flow("operator", Party::site_operator, false, view.factors)});
  const double financing_money = spec.loan ? economics::debt_service({.principal_money = spec.loan->principal_money,
                                                                      .rate_frac = spec.loan->rate_frac,
                                                                      .years = static_cast<int>(spec.loan->years)})[0]
                                                 .service_money()
                                           : 0.0;
  m.net_benefit = economics::net_annual_benefit(m.accounts, financing_money);
  m.reuse_value = economics::annual_reuse_value(m.accounts, annuity);
  m.swings = economics::swings(drivers, spec.ranges.value_or(economics::Ranges{}), discount);
  if (spec.ranges) {
    m.draws = spec.ranges->draws;
    std::vector<economics::Draw> draws(static_cast<std::size_t>(m.draws));
    constexpr std::size_t block = 1024;  // a draw depends on its number alone: any sharing gives the same
    tbb::parallel_for(std::size_t{0}, (draws.size() + block - 1) / block, [&](std::size_t b) {
      const std::size_t first = b * block, count = std::min(block, draws.size() - first);
      economics::draw({.flows = drivers, .ranges = *spec.ranges, .discount = discount, .first = static_cast<std::int64_t>(first)},
                      std::span(draws).subspan(first, count));
    });
    std::vector<double> npv, rate;
    for (const economics::Draw& one : draws) npv.push_back(one.npv_money), rate.push_back(one.internal_rate_frac);
    m.npv = economics::spread(std::move(npv)), m.internal_rate = economics::spread(std::move(rate));
  }
  return m;
}

CarbonReport Pricing::carbon(const economics::CarbonSpec& spec) const {
  const std::vector<double> factor = values(spec.grid.factor_kgco2e_j, "carbon.grid.factor");
  economics::CarbonInput input{.consumed_j = run_.energies.consumed_j, .length_s = run_.length_s};
  double factor_s = 0;
  std::vector<Emitted> by_interval(size()), by_month(run_.months.size());
  for (std::size_t k = 0; k < size(); ++k) {
    const economics::Interval& one = run_.books.intervals[k];
    by_interval[k] = {one.electricity_j * factor[k], one.customer_side_j * factor[k]};
    by_month[static_cast<std::size_t>(one.month)].add(by_interval[k]);
    input.site_kgco2e += by_interval[k].site_kgco2e, input.customer_side_kgco2e += by_interval[k].supply_kgco2e;
    factor_s += factor[k] * one.length_s;
  }
  if (run_.length_s > 0) input.mean_factor_kgco2e_j = factor_s / run_.length_s;
  CarbonReport report{.carbon = economics::carbon(spec, input), .spec = spec, .from_twin = twin_ != nullptr};
  report.by_interval = std::move(by_interval), report.by_month = std::move(by_month);
  if (twin_) report.carbon.avoided_cooling_kgco2e = 0;
  for (std::size_t k = 0; twin_ && k < size(); ++k) report.carbon.avoided_cooling_kgco2e += saved_j(k) * factor[k];
  return report;
}

void Pricing::add_margins(const std::vector<double>& electricity_money_j) {
  const auto& economics = loaded_.commercial.economics;
  priced_.margins.resize(run_.months.size());
  for (const Statement& s : priced_.statements)
    for (const economics::Line& line : s.settlement.lines)
      priced_.margins[static_cast<std::size_t>(line.month)].heat_money +=
          static_cast<double>(line.to == Party::site_operator ? line.cents : -line.cents) / 100.0;
  for (std::size_t k = 0; k < size(); ++k) {
    const economics::Interval& one = run_.books.intervals[k];
    priced_.margins[static_cast<std::size_t>(one.month)].supply_money += one.customer_side_j * electricity_money_j[k];
  }
  if (!economics) return;
  for (const auto& entry : economics->operating_cost.entries) {
    for (std::size_t m = 0; m < run_.months.size(); ++m)
      priced_.margins[m].operating_money += entry.value * run_.months[m].length_s;
    if (entry.name.starts_with("maintenance"))
      priced_.maintenance_money = (priced_.maintenance_money == priced_.maintenance_money ? priced_.maintenance_money : 0.0) +
                                  entry.value * run_.length_s;
  }
}

void Pricing::add_carbon_years(const economics::EconomicsSpec& spec) {
  std::int64_t leaves = 0;  // the year in which the last buyer goes; 0: somebody stays
  bool stays = loaded_.commercial.contracts.entries.empty();
  for (const auto& entry : loaded_.commercial.contracts.entries) {
    const std::int64_t after = entry.value.as<economics::Contract>()->buyer_leaves_after_years;
    leaves = std::max(leaves, after), stays = stays || after == 0;
  }
  CarbonReport& report = *priced_.carbon;
  for (int year = 1; year <= static_cast<int>(spec.years); ++year) {
    const double share = economics::grid_share_frac(report.spec.grid, year);
    report.years.push_back({year, share, economics::of_year(report.carbon, share, !stays && year > leaves)});
  }
}

// Everything but the reuse of heat must be the same, or the difference means nothing.
void Pricing::check_twin() {
  const bool same_time = twin_->start_utc_s == run_.start_utc_s && twin_->books.intervals.size() == size();
  if (!same_time)
    throw UserError(twin_->path() + ": error: covers another time than " + run_.path() +
                    " (their difference would be no saving); run both from the same start for the same duration");
  if (std::fabs(twin_->energies.it_j - run_.energies.it_j) > 1e-6 * run_.energies.it_j)
    throw UserError(twin_->path() + ": error: its servers used other energy than those of " + run_.path() +
                    " (their difference would be no saving of cooling); use the same compute, seed and weather");
  if (twin_->energies.delivered_j > 1e-3 * run_.energies.delivered_j)
    priced_.notes.push_back("the run without reuse delivers heat too: what it saves on cooling is understated");
}

Priced Pricing::result() {
  const config::Commercial& c = loaded_.commercial;
  priced_.assumed = loaded_.assumed;
  if (twin_) check_twin();
  const std::vector<double> electricity_money_j =
      c.economics ? values(c.economics->electricity_price_money_j, "economics.electricity_price")
                  : std::vector<double>(size(), 0.0);
  for (const auto& entry : c.contracts.entries)
    priced_.statements.push_back(statement(entry.name, entry.value, electricity_money_j));
  if (!priced_.statements.empty()) add_margins(electricity_money_j);
  if (c.economics && run_.whole_year()) priced_.money = money(*c.economics, electricity_money_j);
  else if (c.economics)
    priced_.notes.push_back("no cash flow: the run covers " + std::to_string(std::lround(run_.length_s / 86400.0)) +
                            " days, and a year is not made up from a part of one; run 365 days");
  if (c.economics && !c.economics->electricity_price_money_j.given())
    priced_.notes.push_back("economics.electricity_price is not given: electricity costs nothing in these sums");
  for (std::size_t k = 0; k < size(); ++k)
    priced_.electricity_money +=
        (run_.books.intervals[k].electricity_j + run_.books.intervals[k].customer_side_j) * electricity_money_j[k];
  if (c.economics && c.economics->buyer_fuel)
    priced_.backup_fuel_money = run_.energies.fuel_j * c.economics->buyer_fuel->price_money_j;
  if (c.carbon) priced_.carbon = carbon(*c.carbon);
  if (priced_.carbon && c.economics && run_.whole_year()) add_carbon_years(*c.economics);
  return std::move(priced_);
}

}  // namespace

Priced price(const StoredRun& run, const std::string& contract_file, const StoredRun* without_reuse) {
  Priced priced = Pricing(run, contract_file, without_reuse).result();
  priced.label = contract_file.empty() ? "contracts of the run" : contract_file;
  return priced;
}

}  // namespace hypocaust::report
