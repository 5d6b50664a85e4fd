// An outage, a change: what it costs whom, against a base run under the same contracts.
#include "models/meter/figures.hpp"
#include "sim/report/tables.hpp"

namespace hypocaust::report {
namespace {

// Sums of the lines of a clause ("energy ..." of all tiers together), to the operator.
double clause_money(const Priced& priced, const std::string& contract, std::string_view clause) {
  std::int64_t cents = 0;
  for (const Statement& s : priced.statements)
    for (const economics::Line& line : s.settlement.lines)
      if (s.name == contract && line.item.starts_with(clause))
        cents += line.to == economics::Party::site_operator ? line.cents : -line.cents;
  return static_cast<double>(cents) / 100.0;
}

}  // namespace

std::vector<Figure> against(const StoredRun& run, const Priced& priced, const StoredRun& base, const Priced& base_priced) {
  std::vector<Figure> list;
  const auto add = [&](const std::string& subject, const std::string& name, double now, double before, const std::string& unit) {
    if (now != before) list.push_back({"against", subject, "run", name, now - before, unit, ""});
  };
  for (const meter::EnergyFigure& figure : meter::energy_figures())
    add("energy", std::string(figure.name), run.energies.*figure.member, base.energies.*figure.member, "J");
  for (const char* name : {"jobs/finished", "kpi/minutes_over_limit", "kpi/minutes_unmet"})
    if (run.reader().has(name) && base.reader().has(name))
      add("operation", std::string(name).substr(std::string(name).find('/') + 1), run.reader().scalar(name),
          base.reader().scalar(name), run.reader().units(name));
  for (const Statement& s : priced.statements) {
    for (const char* clause : {"energy", "capacity", "availability fee", "take or pay", "shortfall", "share of savings",
                               "above the year's credit cap", "rent reduction", "electricity"})
      add(s.name, clause, clause_money(priced, s.name, clause), clause_money(base_priced, s.name, clause), run.currency);
    add(s.name, "total, to the operator", clause_money(priced, s.name, ""), clause_money(base_priced, s.name, ""), run.currency);
  }
  add("operator", "electricity", -priced.electricity_money, -base_priced.electricity_money, run.currency);
  add("buyer", "fuel of backup", -priced.backup_fuel_money, -base_priced.backup_fuel_money, run.currency);
  if (priced.carbon && base_priced.carbon) {
    add("carbon", "gross", priced.carbon->carbon.gross_kgco2e, base_priced.carbon->carbon.gross_kgco2e, "kgCO2e");
    add("carbon", "net_avoided", priced.carbon->carbon.net_avoided_kgco2e(), base_priced.carbon->carbon.net_avoided_kgco2e(),
        "kgCO2e");
  }
  return list;
}

}  // namespace hypocaust::report
