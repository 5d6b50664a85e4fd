#include "sim/report/tables.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "models/meter/figures.hpp"
#include "sim/report/followed.hpp"
#include "sim/report/margins.hpp"
#include "sim/report/periods.hpp"

namespace hypocaust::report {
namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();

std::string month_label(const StoredRun& run, int month) {
  const Month& m = run.months[static_cast<std::size_t>(month)];
  return fmt::format("{:04d}-{:02d}", m.year, m.month);
}

std::string note_of(const Period& period) {
  return period.part() ? fmt::format("part: {:.1f} days", period.length_s / 86400.0) : "";
}

void add_periods(std::vector<Figure>& list, const StoredRun& run) {
  for (const Period& period : periods(run)) {
    const std::string note = note_of(period);
    const auto add = [&](const char* section, std::string_view name, double value, const char* unit) {
      list.push_back({section, period.kind, period.label, std::string(name), value, unit, note});
    };
    for (const meter::EnergyFigure& figure : meter::energy_figures()) {
      const bool unmetered = figure.name == "recovered" && !period.energies.recovered_metered;
      add("energy", figure.name, unmetered ? none : period.energies.*figure.member, "J");
    }
    const meter::Kpis kpis = meter::kpis(period.energies);
    for (const meter::KpiFigure& figure : meter::kpi_figures()) add("kpi", figure.name, figure.value(kpis), "1");
    for (const PeriodFigure& figure : beside_figures(period.energies, period.beside, period.length_s))
      add("kpi", figure.name, figure.value, figure.unit);
  }
  if (run.reader().has("heat_user_totals/name")) {
    const std::vector<std::string> users = run.reader().texts("heat_user_totals/name");
    for (const std::string& name : run.reader().datasets("heat_user_totals")) {
      if (name == "name" || name == "user") continue;
      const std::vector<double> values = run.reader().reals("heat_user_totals/" + name);
      for (std::size_t k = 0; k < users.size() && k < values.size(); ++k)
        list.push_back({"heat_user", users[k], "run", name, values[k], run.reader().units("heat_user_totals/" + name), ""});
    }
  }
  for (const std::string& name : run.reader().datasets("jobs"))
    list.push_back({"jobs", "run", "run", name, run.reader().scalar("jobs/" + name), run.reader().units("jobs/" + name), ""});
  const Followed f = followed(run);
  const auto heat = [&](const char* name, double value, const char* unit, const char* note) {
    list.push_back({"operation", "run", "run", name, value, unit, note});
  };
  heat("it_follows_heat", f.correlation, "1", "correlation of hourly IT power with heat wanted");
  heat("it_power_when_most_heat_wanted", f.most_w, "W", "in the quarter of the hours with most");
  heat("it_power_when_least_heat_wanted", f.least_w, "W", "in the quarter of the hours with least");
  for (const char* name : {"minutes_over_limit", "minutes_unmet", "coolant_worst"})
    list.push_back({"operation", "run", "run", name, run.reader().scalar(std::string("kpi/") + name),
                    run.reader().units(std::string("kpi/") + name), ""});
}

void add_money(std::vector<Figure>& list, const StoredRun& run, const Priced& priced) {
  const std::string& currency = run.currency;
  const MoneyReport& m = *priced.money;
  for (int year = 1; year <= m.accounts.years; ++year)
    for (const economics::MoneyLine& line : m.accounts.lines)
      list.push_back({"cash_flow", std::string(names(economics::Party{})[static_cast<std::size_t>(line.party)]),
                      fmt::format("year {}", year), line.name, line.money(year, economics::expected), currency, line.source});
  for (const economics::CapitalLine& line : m.accounts.capital)
    list.push_back({"cash_flow", std::string(names(economics::Party{})[static_cast<std::size_t>(line.party)]),
                    fmt::format("year {}", line.year), line.name, -line.cost_money, currency, line.source});
  for (const PartyFlow& p : m.flows) {
    const auto add = [&](const char* name, double value, const std::string& unit, std::string note = "") {
      list.push_back({"result", p.party + ", " + p.scope, "life", name, value, unit, std::move(note)});
    };
    add("capital", p.flow.capital_money, currency);
    add("net_present_value", p.npv_money, currency);
    add("equivalent_annual_cost", p.annual_cost_money, currency + "/yr");
    if (p.internal_rates_frac.empty()) add("internal_rate", none, "1", "none");
    for (const double rate : p.internal_rates_frac)
      add("internal_rate", rate, "1", p.internal_rates_frac.size() > 1 ? "one of several" : "");
    const auto back = [&](const char* name, const economics::Payback& b) {
      using Outcome = economics::Payback::Outcome;
      add(name, b.outcome == Outcome::never ? none : b.years, "yr",
          std::string(b.outcome == Outcome::never    ? "never"
                      : b.outcome == Outcome::beyond ? "beyond the years given"
                                                     : "") +
              (b.falls_back ? "; falls below zero again" : ""));
    };
    back("simple_payback", p.simple), back("discounted_payback", p.discounted);
  }
  list.push_back(
      {"result", "both, reuse of heat", "life", "levelised_cost_of_heat", m.heat_cost_money_j * 3.6e9, currency + "/MWh", ""});
  list.push_back({"result", "operator, whole site", "year 1", "net_annual_benefit", m.net_benefit.money(), currency + "/yr",
                  "a guide's formula, financing taken off: no basis for payback"});
  list.push_back({"result", "operator, whole site", "life", "payback_by_net_annual_benefit",
                  m.net_benefit.payback_years(m.flows[3].flow.capital_money), "yr",
                  "counts capital twice where there is a loan"});
  list.push_back({"result", "operator, reuse of heat", "year 1", "annual_reuse_value", m.reuse_value.money(), currency + "/yr",
                  "a guide's formula, annualised capital taken off: no basis for payback"});
  for (const ViewFlow& view : m.views)
    for (const PartyFlow* p : {&view.reuse, &view.whole}) {
      const auto add = [&](const char* name, double value, const std::string& unit) {
        list.push_back({"view", view.name + ", " + p->scope, "life", name, value, unit, ""});
      };
      const auto years = [](const economics::Payback& b) {
        return b.outcome == economics::Payback::Outcome::never ? none : b.years;
      };
      add("capital", p->flow.capital_money, currency);
      add("net_first_year", p->flow.net_money.empty() ? none : p->flow.net_money[0], currency);
      add("net_present_value", p->npv_money, currency);
      add("internal_rate", p->internal_rates_frac.size() == 1 ? p->internal_rates_frac[0] : none, "1");
      add("simple_payback", years(p->simple), "yr"), add("discounted_payback", years(p->discounted), "yr");
    }
  if (m.financed)
    list.push_back({"result", "operator, whole site", "life", "least_debt_service_cover", m.financed->least_dscr_frac, "1", ""});
  for (const economics::Swing& s : m.swings) {
    const std::string driver(names(economics::Driver{})[static_cast<std::size_t>(s.driver)]);
    list.push_back(
        {"swing", driver, "life", "net_present_value_low", s.low_npv_money, currency, fmt::format("at {:g}", s.range.low)});
    list.push_back(
        {"swing", driver, "life", "net_present_value_high", s.high_npv_money, currency, fmt::format("at {:g}", s.range.high)});
    list.push_back({"swing", driver, "life", "sobol_index", s.variance_share_frac, "1", "of the net present value"});
    list.push_back({"swing", driver, "life", "factor_that_halves_the_internal_rate", s.halving_factor, "1",
                    s.halves_inside_range ? "inside the stated range" : ""});
  }
  const auto spread = [&](const char* name, const std::optional<economics::Spread>& s, const std::string& unit) {
    if (!s) return;
    list.push_back({"monte_carlo", name, "life", "p50", s->p50, unit, fmt::format("{} draws", m.draws)});
    list.push_back({"monte_carlo", name, "life", "p90", s->p90, unit, "reached with 90 % probability"});
    list.push_back({"monte_carlo", name, "life", "share_below_zero", s->share_below_zero_frac, "1", ""});
  };
  spread("net_present_value", m.npv, currency), spread("internal_rate", m.internal_rate, "1");
}

void add_margins(std::vector<Figure>& list, const StoredRun& run, const Priced& priced) {
  for (const Margin& one : margins(run, priced)) {
    const auto add = [&](const char* name, double value, const std::string& unit) {
      list.push_back({"margin", one.kind, one.label, name, value, unit, ""});
    };
    add("heat_revenue", one.sum.heat_money, run.currency);
    add("supply_electricity", 0.0 - one.sum.supply_money, run.currency);
    add("operating_cost", 0.0 - one.sum.operating_money, run.currency);
    add("margin", one.sum.margin_money(), run.currency);
    add("heat_revenue_per_mwh", one.delivered_j > 0 ? one.sum.heat_money / one.delivered_j * 3.6e9 : none, run.currency + "/MWh");
    if (one.kind != "run") continue;
    const double it_kw = run.energies.it_j / run.length_s / 1e3;  // mean
    add("operating_cost_per_kw", it_kw > 0 ? one.sum.operating_money / it_kw : none, run.currency + "/kW");
    add("maintenance_per_kw", it_kw > 0 ? priced.maintenance_money / it_kw : none, run.currency + "/kW");
  }
}

void add_carbon(std::vector<Figure>& list, const StoredRun& run, const Priced& priced) {
  const CarbonReport& c = *priced.carbon;
  const std::string kind(names(economics::GridFactor{})[static_cast<std::size_t>(c.spec.grid.kind)]);
  const std::string fuel = c.spec.replaces ? c.spec.replaces->fuel : "no baseline given";
  const auto add = [&](const char* name, double value, std::string note) {
    list.push_back({"carbon", "run", "run", name, value, "kgCO2e", std::move(note)});
  };
  add("gross", c.carbon.gross_kgco2e, "all electricity, " + kind + " factor");
  add("avoided", c.carbon.avoided_kgco2e, "consumed heat against " + fuel);
  add("avoided_cooling", c.carbon.avoided_cooling_kgco2e,
      c.from_twin ? "against the run without reuse" : "claimed; without a figure none is counted");
  add("heat_supply", c.carbon.heat_supply_kgco2e, "heat pumps and pumps beyond the boundary");
  add("net_avoided", c.carbon.net_avoided_kgco2e(), "compute would run anyway");
  add("net_avoided_additional", c.carbon.net_avoided_additional_kgco2e(), "compute is additional");
  for (const Period& period : periods(run))
    for (const PeriodFigure& figure : carbon_figures(period.energies, emitted_in(period, c.by_month)))
      list.push_back({"kpi", period.kind, period.label, figure.name, figure.value, figure.unit, note_of(period)});
  for (const CarbonReport::Year& one : c.years) {
    const auto add_year = [&](const char* name, double value) {
      list.push_back({"carbon", "run", fmt::format("year {}", one.year), name, value, "kgCO2e",
                      fmt::format("grid factor at {:.4g} % of the first year's", 100 * one.grid_share_frac)});
    };
    add_year("gross", one.carbon.gross_kgco2e), add_year("heat_supply", one.carbon.heat_supply_kgco2e);
    add_year("net_avoided", one.carbon.net_avoided_kgco2e());
    add_year("net_avoided_additional", one.carbon.net_avoided_additional_kgco2e());
  }
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\n") == text.npos) return text;
  std::string out = "\"";
  for (const char c : text) out += c == '"' ? std::string("\"\"") : std::string(1, c);
  return out + "\"";
}

}  // namespace

std::vector<Figure> figures(const StoredRun& run, const std::vector<Priced>& pricings) {
  std::vector<Figure> list;
  add_periods(list, run);
  for (const Priced& priced : pricings) {
    const std::size_t first = list.size();
    for (const Statement& s : priced.statements) {
      for (const economics::Line& line : s.settlement.lines) {
        const double sign = line.to == economics::Party::site_operator ? 1.0 : -1.0;
        list.push_back({"statement", s.name, month_label(run, line.month), line.item,
                        sign * static_cast<double>(line.cents) / 100.0, run.currency,
                        line.quantity_unit.empty() ? "" : fmt::format("{:.3f} {}", line.quantity, line.quantity_unit)});
      }
      list.push_back({"statement", s.name, "run", "total",
                      static_cast<double>(s.settlement.balance_cents(economics::Party::site_operator)) / 100.0, run.currency,
                      "to the operator"});
      list.push_back({"statement", s.name, "run", "billed", s.billed_j, "J", "by the register"});
      list.push_back({"statement", s.name, "run", "truth", s.true_j, "J", "without the meter's error"});
      list.push_back({"meter_error", s.name, "run", "worth", s.error_money, run.currency, "to the operator, of the whole bill"});
      list.push_back({"meter_error", s.name, "run", "worth_at_lower_limit", s.low_error_money, run.currency, "of the class"});
      list.push_back({"meter_error", s.name, "run", "worth_at_upper_limit", s.high_error_money, run.currency, "of the class"});
      list.push_back(
          {"statement", s.name, "run", "availability", s.settlement.availability_frac, "1", "of wanted heat, by time"});
      list.push_back({"statement", s.name, "run", "shortfall", s.settlement.shortfall_j, "J", ""});
    }
    if (!priced.margins.empty()) add_margins(list, run, priced);
    if (priced.money) add_money(list, run, priced);
    if (priced.carbon) add_carbon(list, run, priced);
    if (pricings.size() > 1)
      for (std::size_t k = first; k < list.size(); ++k) list[k].section = priced.label + ": " + list[k].section;
  }
  return list;
}

std::string to_csv(const std::vector<Figure>& figures) {
  std::string out = "section,subject,period,name,value,unit,note\n";
  for (const Figure& f : figures)
    out += fmt::format("{},{},{},{},{},{},{}\n", quoted(f.section), quoted(f.subject), f.period, quoted(f.name),
                       std::isfinite(f.value) ? fmt::format("{:.17g}", f.value) : "", f.unit, quoted(f.note));
  return out;
}

std::string to_json(const StoredRun& run, const std::vector<Figure>& figures, const std::vector<Priced>& pricings) {
  nlohmann::ordered_json j;
  j["file"] = run.path(), j["title"] = run.title, j["currency"] = run.currency, j["days"] = run.length_s / 86400.0;
  nlohmann::ordered_json& rows = j["figures"] = nlohmann::ordered_json::array();
  for (const Figure& f : figures) {
    nlohmann::ordered_json row{{"section", f.section}, {"subject", f.subject}, {"period", f.period}, {"name", f.name}};
    row["value"] = std::isfinite(f.value) ? nlohmann::ordered_json(f.value) : nlohmann::ordered_json(nullptr);
    row["unit"] = f.unit;
    if (!f.note.empty()) row["note"] = f.note;
    rows.push_back(std::move(row));
  }
  for (const Priced& priced : pricings)
    for (const std::string& note : priced.notes) j["notes"].push_back(note);
  return j.dump(1) + "\n";
}

}  // namespace hypocaust::report
