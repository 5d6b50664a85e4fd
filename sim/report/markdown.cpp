#include <fmt/format.h>

#include <cmath>

#include "models/meter/figures.hpp"
#include "sim/report/followed.hpp"
#include "sim/report/margins.hpp"
#include "sim/report/periods.hpp"
#include "sim/report/tables.hpp"

namespace hypocaust::report {
namespace {

using economics::Party;
constexpr double j_per_mwh = 3.6e9;

std::string number(double value, int decimals) { return std::isfinite(value) ? fmt::format("{:.{}f}", value, decimals) : "-"; }
std::string money(std::int64_t cents) {
  return fmt::format("{}{}.{:02d}", cents < 0 ? "-" : "", std::abs(cents) / 100, std::abs(cents) % 100);
}
std::string years(const economics::Payback& b) {
  using Outcome = economics::Payback::Outcome;
  if (b.outcome == Outcome::never) return "never";
  return fmt::format("{:.2f} yr{}{}", b.years, b.outcome == Outcome::beyond ? " (beyond the years given)" : "",
                     b.falls_back ? " (falls below zero again)" : "");
}
std::string rates(const std::vector<double>& list) {
  if (list.empty()) return "none";
  std::string text;
  for (const double rate : list) text += (text.empty() ? "" : " and ") + fmt::format("{:.2f} %", 100 * rate);
  return text + (list.size() > 1 ? " (several: no meaning by itself)" : "");
}

void key_figures(std::string& out, const StoredRun& run) {
  out +=
      "\n## Energies and key figures\n\n"
      "| period | days | IT MWh | recovered | delivered | rejected | electricity | recovered/IT | heat/IT | PUE | ERF | ERE | "
      "demand met | SCOP | WUE l/kWh |\n"
      "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|\n";
  for (const Period& p : periods(run)) {
    if (p.kind == "quarter") continue;
    const meter::Energies& e = p.energies;
    const meter::Kpis k = meter::kpis(e);
    const auto mwh = [](double value_j) { return number(value_j / j_per_mwh, 2); };
    out +=
        fmt::format("| {}{} | {:.0f} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", p.label,
                    p.part() ? " (part)" : "", p.length_s / 86400.0, mwh(e.it_j), e.recovered_metered ? mwh(e.recovered_j) : "-",
                    mwh(e.delivered_j), mwh(e.rejected_j), mwh(all_electricity_j(e)), number(k.recovered_frac, 3),
                    number(k.useful_heat_per_it_frac, 3), number(k.heat_pump_outside.pue_frac, 3),
                    number(k.heat_pump_outside.erf_frac, 3), number(k.heat_pump_outside.ere_frac, 3),
                    number(k.demand_met_frac, 3), number(p.beside.scop_frac(), 2), number(3.6e6 * p.beside.wue_kg_j(e), 3));
  }
  out +=
      "\nPUE, ERF and ERE at the data-centre boundary, heat pump outside; SCOP of the heat pumps alone; WUE: water that cooling "
      "evaporates and drains, over IT. Seasons join their months wherever they lie in the "
      "run.\n";
  if (!run.whole_year())
    out += fmt::format("The run covers {:.1f} days: these are figures of that time, not of a year.\n", run.length_s / 86400.0);
  const auto kpi = [&](const char* name) { return run.reader().scalar(std::string("kpi/") + name); };
  out +=
      fmt::format("\nCoolant above its limit {} min; heat users short of heat {} min; utilisation {} of the cores; events {}.\n",
                  number(kpi("minutes_over_limit"), 0), number(kpi("minutes_unmet"), 0),
                  number(run.reader().scalar("jobs/utilisation_frac"), 3), run.reader().integers("events/time").size());
  if (run.beside.held_back_s == run.beside.held_back_s && run.length_s > 0)
    out += fmt::format(
        "Thermal limits held compute back by {} % of its dynamic power on average; coolant, air and junctions were "
        "within their limits {} % of the time.\n",
        number(100 * run.beside.held_back_s / run.length_s, 3), number(100 - 100 * run.beside.over_limit_s / run.length_s, 3));
}

void follows(std::string& out, const StoredRun& run) {
  const Followed f = followed(run);
  if (!std::isfinite(f.most_w)) return;
  out += fmt::format(
      "Did scheduling follow heat? IT drew {} kW in the quarter of the hours with most heat wanted, {} kW in that with least "
      "(correlation {}).\n",
      number(f.most_w / 1e3, 1), number(f.least_w / 1e3, 1), number(f.correlation, 2));
}

void margin_table(std::string& out, const StoredRun& run, const Priced& priced) {
  const std::string& c = run.currency;
  out += fmt::format(
      "\n## Margin of heat (operator), {}\n\n| period | delivered MWh | heat | electricity of heat supply | operating cost | "
      "margin | "
      "heat a MWh |\n|---|---|---|---|---|---|---|\n",
      c);
  for (const Margin& one : margins(run, priced)) {
    if (one.kind == "month") continue;
    out += fmt::format("| {} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {:.2f} | {} |\n", one.label, one.delivered_j / j_per_mwh,
                       one.sum.heat_money, 0.0 - one.sum.supply_money, 0.0 - one.sum.operating_money, one.sum.margin_money(),
                       one.delivered_j > 0 ? number(one.sum.heat_money / one.delivered_j * j_per_mwh, 2) : "-");
    const double it_kw = run.energies.it_j / run.length_s / 1e3;
    if (one.kind == "run" && it_kw > 0 && one.sum.operating_money > 0)
      out += fmt::format("\nOperating cost of the heat side {:.2f} {} a kW of mean IT power, of it maintenance {}.\n",
                         one.sum.operating_money / it_kw, c, number(priced.maintenance_money / it_kw, 2));
  }
}

void statement(std::string& out, const StoredRun& run, const Statement& s) {
  out += fmt::format("\n## Statement: {} ({}, meter `{}`)\n\n| month | item | quantity | to operator, {} |\n|---|---|---|---|\n",
                     s.name, s.type, s.meter, run.currency);
  for (std::size_t m = 0; m < run.months.size(); ++m)
    for (const economics::Line& line : s.settlement.lines) {
      if (line.month != static_cast<int>(m)) continue;
      const std::int64_t cents = line.to == Party::site_operator ? line.cents : -line.cents;
      out += fmt::format("| {:04d}-{:02d} | {} | {} | {} |\n", run.months[m].year, run.months[m].month, line.item,
                         line.quantity_unit.empty() ? "" : fmt::format("{:.3f} {}", line.quantity, line.quantity_unit),
                         money(cents));
    }
  const std::int64_t total_cents = s.settlement.balance_cents(Party::site_operator);
  out += fmt::format("| run | **total** | | **{}** |\n\n", money(total_cents));
  const double paid = static_cast<double>(total_cents) / 100.0;
  out += fmt::format(
      "Operator {}, buyer {}. {} for each MWh delivered. The register counted {:.3f} MWh, without its error {:.3f} MWh; "
      "the difference is worth {:.2f} {}{}.\n",
      money(total_cents), money(-total_cents),
      s.billed_j > 0 ? fmt::format("{:.2f} {}", paid / (s.billed_j / j_per_mwh), run.currency) : "-", s.billed_j / j_per_mwh,
      s.true_j / j_per_mwh, s.error_money, run.currency,
      std::isfinite(s.low_error_money)
          ? fmt::format(", at the limits of the meter's class {:.2f} to {:.2f}", s.low_error_money, s.high_error_money)
          : "");
  out += fmt::format("Available {:.2f} % of the time in which heat was wanted; {:.3f} MWh of wanted heat did not come.\n",
                     100 * s.settlement.availability_frac, s.settlement.shortfall_j / j_per_mwh);
}

void cash(std::string& out, const StoredRun& run, const MoneyReport& m) {
  const std::string& c = run.currency;
  out += fmt::format("\n## Cash flow, {} years\n\n| line | party | first year, {} | reuse only | from |\n|---|---|---|---|---|\n",
                     m.accounts.years, c);
  const auto party = [](Party p) { return names(p)[static_cast<std::size_t>(p)]; };
  for (const economics::CapitalLine& line : m.accounts.capital)
    out += fmt::format("| {}, year {} | {} | {:.2f} | {} | `{}` |\n", line.name, line.year, party(line.party), -line.cost_money,
                       line.reuse ? "yes" : "no", line.source);
  for (const economics::MoneyLine& line : m.accounts.lines)
    out += fmt::format("| {} | {} | {:.2f} | {} | {} |\n", line.name, party(line.party), line.first_year_money,
                       line.reuse ? "yes" : "no", line.source);
  out +=
      "\n| party | scope | capital | net, first year | net present value | internal rate | payback | discounted payback |\n"
      "|---|---|---|---|---|---|---|---|\n";
  for (const PartyFlow& p : m.flows) {
    const bool spent = p.flow.capital_money > 0;  // without capital there is nothing to repay
    out +=
        fmt::format("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {} | {} | {} |\n", p.party, p.scope, p.flow.capital_money,
                    p.flow.net_money.empty() ? 0.0 : p.flow.net_money[0], p.npv_money, spent ? rates(p.internal_rates_frac) : "-",
                    spent ? years(p.simple) : "-", spent ? years(p.discounted) : "-");
  }
  out += fmt::format("\nLevelised cost of delivered heat, both parties' heat side: {} {}/MWh.\n",
                     number(m.heat_cost_money_j * j_per_mwh, 2), c);
  out += fmt::format(
      "Two formulas of guides, no basis for payback (both have charged capital already): net annual benefit of the whole site "
      "{:.2f} "
      "{}/yr, annual value of reuse {:.2f} {}/yr.\n",
      m.net_benefit.money(), c, m.reuse_value.money(), c);
  if (!m.views.empty())
    out += fmt::format(
        "\n## Conservative, expected, upside (operator)\n\n| view | scope | capital | net, first year | net present value, {} | "
        "internal rate | payback | discounted payback |\n|---|---|---|---|---|---|---|---|\n",
        c);
  for (const ViewFlow& view : m.views)
    for (const PartyFlow* p : {&view.reuse, &view.whole}) {
      const bool spent = p->flow.capital_money > 0;
      out += fmt::format("| {} | {} | {:.2f} | {:.2f} | {:.2f} | {} | {} | {} |\n", view.name, p->scope, p->flow.capital_money,
                         p->flow.net_money.empty() ? 0.0 : p->flow.net_money[0], p->npv_money,
                         spent ? rates(p->internal_rates_frac) : "-", spent ? years(p->simple) : "-",
                         spent ? years(p->discounted) : "-");
    }
  if (m.financed)
    out += fmt::format("With loan and tax, whole site: owners' capital {:.2f}, least debt service cover {}.\n",
                       m.financed->equity.capital_money, number(m.financed->least_dscr_frac, 2));
  if (!m.swings.empty()) {
    out += fmt::format(
        "\n## What could be off (operator, reuse of heat)\n\n| input | range | net present value, {} | share of its variance "
        "| halves the internal rate at |\n|---|---|---|---|---|\n",
        c);
    for (const economics::Swing& s : m.swings)
      out += fmt::format("| {} | {:g} to {:g} % | {:.2f} to {:.2f} | {} | {}{} |\n",
                         names(economics::Driver{})[static_cast<std::size_t>(s.driver)], 100 * s.range.low, 100 * s.range.high,
                         s.low_npv_money, s.high_npv_money, number(s.variance_share_frac, 3),
                         std::isfinite(s.halving_factor) ? fmt::format("{:.1f} %", 100 * s.halving_factor) : "no change does",
                         s.halves_inside_range ? " (inside its range)" : "");
  }
  if (m.npv)
    out += fmt::format(
        "\n{} draws: net present value P50 {:.2f}, P90 {:.2f}, below zero in {:.1f} %; internal rate P50 {} %, P90 {} %.\n",
        m.draws, m.npv->p50, m.npv->p90, 100 * m.npv->share_below_zero_frac, number(100 * m.internal_rate->p50, 2),
        number(100 * m.internal_rate->p90, 2));
}

void emissions(std::string& out, const StoredRun& run, const CarbonReport& c) {
  const std::string kind(names(economics::GridFactor{})[static_cast<std::size_t>(c.spec.grid.kind)]);
  const double cooling_kgco2e = c.carbon.avoided_cooling_kgco2e;
  const std::string cooling = std::isfinite(cooling_kgco2e) ? number(cooling_kgco2e / 1e3, 3) : "not given";
  out += fmt::format(
      "\n## Carbon, tCO2e\n\n| | compute would run anyway | compute is additional |\n|---|---|---|\n"
      "| gross: all electricity, {} factor | {} | {} |\n| avoided: consumed heat against {} | {} | {} |\n"
      "| cooling avoided ({}) | {} | {} |\n| heat pumps and pumps beyond the boundary | {} | in gross |\n"
      "| **net avoided** | **{}** | **{}** |\n",
      kind, number(c.carbon.gross_kgco2e / 1e3, 3), number(c.carbon.gross_kgco2e / 1e3, 3),
      c.spec.replaces ? c.spec.replaces->fuel : "nothing (no baseline given)", number(c.carbon.avoided_kgco2e / 1e3, 3),
      number(c.carbon.avoided_kgco2e / 1e3, 3), c.from_twin ? "against the run without reuse" : "claimed", cooling, cooling,
      number(-c.carbon.heat_supply_kgco2e / 1e3, 3), number(c.carbon.net_avoided_kgco2e() / 1e3, 3),
      number(c.carbon.net_avoided_additional_kgco2e() / 1e3, 3));
  out += "\n| period | CUE, kgCO2e/kWh of IT | with heat pumps and pumps beyond the boundary |\n|---|---|---|\n";
  for (const Period& period : periods(run)) {
    if (period.kind == "quarter") continue;
    const std::vector<PeriodFigure> cue = carbon_figures(period.energies, emitted_in(period, c.by_month));
    out += fmt::format("| {}{} | {} | {} |\n", period.label, period.part() ? " (part)" : "", number(cue[0].value, 4),
                       number(cue[1].value, 4));
  }
  if (c.years.size() < 2) return;
  out +=
      "\n| year | grid factor | gross | net avoided, compute would run anyway | compute is additional |\n|---|---|---|---|---|\n";
  double gross = 0, anyway = 0, additional = 0;
  for (const CarbonReport::Year& one : c.years) {
    const economics::Carbon& k = one.carbon;
    gross += k.gross_kgco2e, anyway += k.net_avoided_kgco2e(), additional += k.net_avoided_additional_kgco2e();
    if (one.year == 1 || one.year % 5 == 0)
      out +=
          fmt::format("| {} | {:.1f} % | {} | {} | {} |\n", one.year, 100 * one.grid_share_frac, number(k.gross_kgco2e / 1e3, 3),
                      number(k.net_avoided_kgco2e() / 1e3, 3), number(k.net_avoided_additional_kgco2e() / 1e3, 3));
  }
  out += fmt::format("| 1 to {} | | {} | {} | {} |\n", c.years.back().year, number(gross / 1e3, 3), number(anyway / 1e3, 3),
                     number(additional / 1e3, 3));
}

void comparison(std::string& out, const StoredRun& run, const std::vector<Priced>& pricings) {
  out += fmt::format(
      "\n## Contracts side by side\n\n| contracts | to operator, {} | operator's net present value | internal rate "
      "|\n|---|---|---|---|\n",
      run.currency);
  for (const Priced& p : pricings) {
    std::int64_t cents = 0;
    for (const Statement& s : p.statements) cents += s.settlement.balance_cents(Party::site_operator);
    out += fmt::format("| {} | {} | {} | {} |\n", p.label, money(cents), p.money ? number(p.money->flows[0].npv_money, 2) : "-",
                       p.money ? rates(p.money->flows[0].internal_rates_frac) : "-");
  }
}

}  // namespace

std::string differences_markdown(const std::string& base, const std::vector<Figure>& differences) {
  if (base.empty()) return {};
  std::string out = fmt::format("\n## Against `{}`\n\n", base);
  if (differences.empty()) return out + "Nothing differs.\n";
  out += "| | what | difference | |\n|---|---|---|---|\n";
  for (const Figure& f : differences) {
    const bool heat = f.unit == "J", carbon = f.unit == "kgCO2e";
    const double value = heat ? f.value / j_per_mwh : carbon ? f.value / 1e3 : f.value;
    out += fmt::format("| {} | {} | {} | {} |\n", f.subject, f.name, number(value, heat || carbon ? 3 : 2),
                       heat     ? "MWh"
                       : carbon ? "tCO2e"
                                : f.unit);
  }
  return out;
}

std::string to_markdown(const StoredRun& run, const std::vector<Priced>& pricings) {
  std::string out = fmt::format("# {}\n\n`{}`, {:.1f} days from {:04d}-{:02d}.\n", run.title.empty() ? "Report" : run.title,
                                run.path(), run.length_s / 86400.0, run.months.empty() ? 0 : run.months[0].year,
                                run.months.empty() ? 0 : run.months[0].month);
  key_figures(out, run);
  follows(out, run);
  for (const Priced& priced : pricings) {
    if (pricings.size() > 1) out += fmt::format("\n# {}\n", priced.label);
    for (const Statement& s : priced.statements) statement(out, run, s);
    if (!priced.margins.empty()) margin_table(out, run, priced);
    if (priced.money) cash(out, run, *priced.money);
    if (priced.carbon) emissions(out, run, *priced.carbon);
    if (!priced.notes.empty() || !priced.assumed.empty()) out += "\n## Notes and assumptions\n\n";
    for (const std::string& note : priced.notes) out += "- " + note + "\n";
    for (const auto& [path, text] : priced.assumed)
      out += fmt::format("- assumed: `{}`{}\n", path, text.empty() ? "" : " = " + text);
  }
  if (pricings.size() > 1) comparison(out, run, pricings);
  return out;
}

}  // namespace hypocaust::report
