#include "sim/study/outage_prices.hpp"

#include <algorithm>
#include <chrono>
#include <cmath>

#include "models/core/errors.hpp"

namespace hypocaust::study {
namespace {

using economics::Party;

const std::vector<double>* column(const run::QuarterHourTable& table, const std::string& name) {
  for (const run::QuarterColumn& one : table.columns)
    if (one.name == name) return &one.values;
  return nullptr;
}
const std::vector<double>& wanted(const run::QuarterHourTable& table, const std::string& name) {
  const std::vector<double>* found = column(table, name);
  if (!found) throw InternalError("no quarter-hours of `" + name + "`");
  return *found;
}

// A register turned into what it counted in each interval.
std::vector<double> counted(const std::vector<double>& reading) {
  std::vector<double> list(reading.size());
  for (std::size_t k = 0; k < list.size(); ++k) list[k] = reading[k] - (k > 0 ? reading[k - 1] : 0.0);
  return list;
}

std::vector<double> of_users(const run::QuarterHourTable& table, const std::string& user, const std::string& what) {
  if (!user.empty()) return wanted(table, "user." + user + "." + what);
  std::vector<double> sum(table.start_s.size(), 0.0);
  for (const run::QuarterColumn& one : table.columns)
    if (one.name.starts_with("user.") && one.name.ends_with("." + what))
      for (std::size_t k = 0; k < sum.size(); ++k) sum[k] += one.values[k];
  return sum;
}

bool is_register(const std::string& name) {
  return name.starts_with("meter.") &&
         (name.ends_with(".register") || name.ends_with(".truth") || name.ends_with(".error_limit"));
}

// The base year with the branch's rows in the place of its own; beyond the end the year begins again. Registers become what they
// counted in each interval, and are summed up anew.
run::QuarterHourTable with_branch(const run::QuarterHourTable& base, const run::QuarterHourTable& branch) {
  run::QuarterHourTable whole = base;
  const std::size_t rows = base.start_s.size();
  for (run::QuarterColumn& one : whole.columns) {
    const std::vector<double>* part = column(branch, one.name);
    if (!part || branch.start_s.empty()) continue;  // a series: the same in both
    const bool sums = is_register(one.name);
    const auto first = static_cast<std::size_t>(
        std::lower_bound(base.start_s.begin(), base.start_s.end(), branch.start_s.front()) - base.start_s.begin());
    std::vector<double> values = sums ? counted(*part) : *part;
    if (sums) {
      values[0] -= first > 0 ? one.values[first - 1] : 0.0;  // the branch's register goes on where the year's stood
      one.values = counted(one.values);
    }
    for (std::size_t k = 0; k < values.size(); ++k) one.values[(first + k) % rows] = values[k];
    if (sums)
      for (std::size_t k = 1; k < rows; ++k) one.values[k] += one.values[k - 1];
  }
  return whole;
}

}  // namespace

OutagePrices::OutagePrices(const run::Site& site, const run::QuarterHourTable& base) : site_(site), base_(base) {
  const Scenario& s = site.scenario;
  priced_ = !s.contracts.entries.empty() || s.economics || s.carbon;
  if (!priced_ || base.start_s.empty()) return;
  const std::vector<double>& length = wanted(base, "length");
  int last = -1;
  for (std::size_t k = 0; k < base.start_s.size(); ++k) {
    const std::int64_t utc_s = site.start_utc_s + base.start_s[k];
    const std::chrono::year_month_day day{
        std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds{std::chrono::seconds{utc_s}})};
    const int number = 12 * static_cast<int>(day.year()) + static_cast<int>(static_cast<unsigned>(day.month())) - 1;
    if (number != last) books_.months.push_back({.number = number}), last = number;
    const input::LocalTime local = site.zone.local(utc_s);
    books_.intervals.push_back({.utc_s = utc_s,
                                .length_s = length[k],
                                .month = static_cast<int>(books_.months.size()) - 1,
                                .month_day = 100 * local.month + local.day,
                                .hour = static_cast<int>(local.second_of_day / 3600)});
  }
  electricity_money_j_ = s.economics ? values(s.economics->electricity_price_money_j) : std::vector<double>(length.size(), 0.0);
  factor_kgco2e_j_ = s.carbon ? values(s.carbon->grid.factor_kgco2e_j) : std::vector<double>(length.size(), 0.0);
  without_ = settled(base);
}

std::vector<double> OutagePrices::values(const Varying& varying) const {
  if (varying.series.empty()) return std::vector<double>(base_.start_s.size(), varying.given() ? varying.constant : 0.0);
  return wanted(base_, "series." + varying.series);
}

OutagePrices::Settled OutagePrices::settled(const run::QuarterHourTable& table) const {
  Settled sum;
  economics::Books books = books_;
  const std::vector<double>&electricity_j = wanted(table, "electricity"),
        &customer_j = wanted(table, "customer_side_electricity"), &outdoor_c = wanted(table, "outdoor_temperature");
  double all_j = 0;
  for (std::size_t k = 0; k < books.intervals.size(); ++k) {
    economics::Interval& one = books.intervals[k];
    one.electricity_j = electricity_j[k], one.customer_side_j = customer_j[k], one.outdoor_c = outdoor_c[k];
    const double used_j = electricity_j[k] + customer_j[k];
    sum.electricity_money += used_j * electricity_money_j_[k], sum.electricity_kgco2e += used_j * factor_kgco2e_j_[k];
    all_j += used_j;
  }
  for (const auto& entry : site_.scenario.contracts.entries) {
    const auto& contract = *entry.value.as<economics::Contract>();
    economics::Metered metered{.heat_j = counted(wanted(table, "meter." + contract.meter.name + ".register")),
                               .supply_c = wanted(table, "meter." + contract.meter.name + ".supply_temperature"),
                               .flow_m3_s = wanted(table, "meter." + contract.meter.name + ".flow"),
                               .demand_j = of_users(table, contract.user.name, "demand"),
                               .backup_j = of_users(table, contract.user.name, "backup")};
    if (contract.energy_price_money_j.given()) metered.price_money_j = values(contract.energy_price_money_j);
    const economics::Settlement settlement = economics::settle(
        {.contract = contract, .electricity_price_money_j = all_j > 0 ? sum.electricity_money / all_j : 0.0}, books, metered);
    for (const std::string& note : settlement.notes)
      if (const std::string text = "contract `" + entry.name + "`: " + note;
          std::find(notes_.begin(), notes_.end(), text) == notes_.end())
        notes_.push_back(text);
    for (const economics::Line& line : settlement.lines) {
      const double money = 0.01 * static_cast<double>(line.to == Party::site_operator ? line.cents : -line.cents);
      double& account = line.item.starts_with("energy") ? sum.sales_money
                        : line.item == "take or pay"    ? sum.take_or_pay_money
                        : line.item == "shortfall"      ? sum.shortfall_money
                                                        : sum.other_money;
      account += money;
    }
  }
  return sum;
}

Price OutagePrices::of(const BranchResult& b, const WindowFigures& year) const {
  Price p;
  if (!priced_ || b.died) return p;
  const Scenario& s = site_.scenario;
  const Settled with = settled(with_branch(base_, b.quarters));
  const double fuel_j = b.with.energies.fuel_j - b.without.energies.fuel_j;
  p.lost_sales_money = without_.sales_money - with.sales_money;
  p.take_or_pay_money = with.take_or_pay_money - without_.take_or_pay_money;
  p.shortfall_money = without_.shortfall_money - with.shortfall_money;
  p.other_contract_money = without_.other_money - with.other_money;
  p.operator_money = p.lost_sales_money - p.take_or_pay_money + p.shortfall_money + p.other_contract_money;
  p.buyer_money = -p.operator_money;
  if (s.economics) {
    p.electricity_money = with.electricity_money - without_.electricity_money;
    double revenue_money = 0;
    for (const auto& entry : s.economics->revenue.entries) revenue_money += entry.value;
    const double years = static_cast<double>(site_.steps * site_.step_s) / economics::contract_year_s,
                 lost_core_s = b.without.core_s - b.with.core_s;
    if (year.core_s > 0 && lost_core_s == lost_core_s) p.compute_money = revenue_money * years * lost_core_s / year.core_s;
    if (s.economics->compute_price_money_j == s.economics->compute_price_money_j)
      p.compute_money = (p.compute_money == p.compute_money ? p.compute_money : 0.0) +
                        s.economics->compute_price_money_j * (b.without.energies.it_j - b.with.energies.it_j);
    p.operator_money += p.electricity_money + (p.compute_money == p.compute_money ? p.compute_money : 0.0);
    if (s.economics->buyer_fuel) {
      p.backup_fuel_money = fuel_j * s.economics->buyer_fuel->price_money_j;
      p.buyer_money += p.backup_fuel_money;
    }
  }
  if (s.carbon) {
    p.operator_kgco2e = with.electricity_kgco2e - without_.electricity_kgco2e;
    if (s.carbon->replaces) p.buyer_kgco2e = fuel_j * s.carbon->replaces->factor_kgco2e_j;
  }
  return p;
}

}  // namespace hypocaust::study
