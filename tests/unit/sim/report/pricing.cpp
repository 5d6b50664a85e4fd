#include "sim/report/pricing.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "models/core/errors.hpp"
#include "sim/report/hours.hpp"
#include "sim/report/periods.hpp"
#include "sim/report/tables.hpp"
#include "stored.hpp"

using namespace hypocaust;
using namespace hypocaust::test;
using economics::Party;

namespace {

const std::string plain = "hypocaust: 1\ncurrency: GBP\nmeters: {sold: {at: station.cold}}\nheat_users: {pool: {type: series}}\n";
const std::string priced =
    plain +
    "contracts: {sale: {type: energy, meter: sold, energy_price: 70 GBP/MWh}}\n"
    "economics: {discount_rate: 8 %, investment: {plant: 120000 GBP}, operating_cost: {care: 10000 GBP/yr}}\n"
    "carbon: {grid: {factor: 200 gCO2e/kWh}, replaces: {fuel: gas, factor: 180 gCO2e/kWh, efficiency: 90 %}}\n";

std::string message_of(const std::string& run, const std::string& contract) {
  try {
    report::price(report::StoredRun(run), contract);
  } catch (const UserError& error) {
    return error.what();
  }
  return "no error";
}

}  // namespace

TEST_CASE("500 MWh at 70 from a stored year: statement, cash flow and golden figures") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced));
  const report::Priced p = report::price(run, "");
  REQUIRE(p.statements.size() == 1);
  std::int64_t cents = 0;
  for (const economics::Line& line : p.statements[0].settlement.lines) cents += line.cents;
  CHECK(p.statements[0].settlement.lines.size() == 12);
  CHECK(p.statements[0].settlement.balance_cents(Party::site_operator) == cents);
  REQUIRE(p.money);
  // The first line of the accounts is the statement, to the cent.
  CHECK(p.money->accounts.lines[0].first_year_money == static_cast<double>(cents) / 100.0);
  const report::PartyFlow& seller = p.money->flows[0];
  CHECK(seller.flow.net_money[0] == Approx(25e3).margin(0.06));  // twelve lines, half a cent each
  CHECK(seller.npv_money == Approx(93986.967198159).epsilon(1e-5));
  CHECK(seller.simple.years == Approx(4.8).epsilon(1e-5));
  CHECK(seller.discounted.years == Approx(6.29550105217).epsilon(1e-5));
  REQUIRE(seller.internal_rates_frac.size() == 1);
  CHECK(seller.internal_rates_frac[0] == Approx(0.193700512389).epsilon(1e-5));
  CHECK(p.money->heat_cost_money_j * 3.6e9 == Approx(48.039090784645).epsilon(1e-9));
  CHECK(p.money->flows[1].flow.net_money[0] == Approx(-35e3).epsilon(1e-6));
  REQUIRE(p.carbon);
  CHECK(p.carbon->carbon.gross_kgco2e == Approx(365 * 5200 * 0.2));
  CHECK(p.carbon->carbon.avoided_kgco2e == Approx(100e3));  // 500,000 kWh / 0.9 x 0.18
}

TEST_CASE("a contract file replaces the contracts, keeps the economics, and may name a series of the run") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced, {.register_share = 1.02}));
  const std::string spot =
      folder.file("spot.yaml", "hypocaust: 1\ncontracts: {spot: {type: energy, meter: sold, energy_price: {series: spot}}}\n");
  const report::Priced p = report::price(run, spot);
  REQUIRE(p.statements.size() == 1);
  CHECK(p.statements[0].name == "spot");
  CHECK(p.statements[0].settlement.balance_cents(Party::site_operator) ==
        Approx(3570000).margin(12));  // the bill follows the register
  CHECK(p.statements[0].billed_j == Approx(1.02 * p.statements[0].true_j));
  CHECK(p.statements[0].error_money == Approx(0.02 * 35000).margin(0.12));
  CHECK(p.statements[0].low_error_money == Approx(-0.03 * 35000).margin(0.12));
  CHECK(p.statements[0].high_error_money == Approx(0.03 * 35000).margin(0.12));
  CHECK(p.money.has_value());
  const std::vector<report::Priced> both{report::price(run, ""), p};
  const std::string text = to_markdown(run, both);
  CHECK(text.find("## Contracts side by side") != text.npos);
  CHECK(text.find(" GBP, at the limits of the meter's class -10") != text.npos);
}

TEST_CASE("a part of a year has no cash flow, and says so") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced, {.days = 40}));
  const report::Priced p = report::price(run, "");
  CHECK_FALSE(p.money);
  REQUIRE_FALSE(p.notes.empty());
  CHECK(p.notes[0] == "no cash flow: the run covers 40 days, and a year is not made up from a part of one; run 365 days");
  const std::vector<report::Period> list = report::periods(run);
  CHECK_FALSE(list[0].part());
  CHECK(list[1].part());  // nine days of February
  CHECK(list.back().part());
}

TEST_CASE("bad contract files are refused where they are wrong") {
  const Folder folder;
  const std::string run = stored_run(folder, priced);
  const auto contract = [&](const std::string& text) { return folder.file("c.yaml", "hypocaust: 1\n" + text); };
  CHECK(message_of(run, contract("contracts: {c: {type: energy, meter: sould, energy_price: 1 GBP/MWh}}\n"))
            .find("c.yaml:2:38: error: contracts.c.meter: no meter is called `sould`; did you mean `sold`?") !=
        std::string::npos);
  CHECK(message_of(run, contract("currency: EUR\n")).find("currency: `EUR` is not the run's currency GBP") != std::string::npos);
  CHECK(message_of(run, contract("contracts: {c: {type: energy, meter: sold, energy_price: 1 EUR/MWh}}\n")).find("EUR") !=
        std::string::npos);
  CHECK(message_of(run, contract("economics: {discount_rate: -101 %}\n")).find("-101 % is out of range") != std::string::npos);
  CHECK(message_of(run, contract("economics: {rate: real}\n")).find("discounts nominal sums with a real rate") !=
        std::string::npos);
  CHECK(message_of(run, contract("plant: {}\n")).find("plant: unknown key") != std::string::npos);
  CHECK(
      message_of(
          run,
          contract("contracts: {c: {type: indexed, meter: sold, energy_price: 1 GBP/MWh, index: {reference: 2025-01, reset: 6, "
                   "indices: {gas: {weight: 100 %, from: 2025-01, values: [1, 1]}}}}}\n"))
          .find(
              "c.yaml: error: contracts.c.index: index `gas` holds 2025-01 to 2025-02 (a reset asks for 2025-07); add values") !=
      std::string::npos);
  CHECK(message_of(folder.file("no.h5", "nothing"), "").find("is no HDF5 file") != std::string::npos);
}

TEST_CASE("tables say what does not apply") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, plain));
  const std::vector<report::Priced> list{report::price(run, "")};
  CHECK(list[0].statements.empty());
  CHECK_FALSE(list[0].money);
  const std::string csv = to_csv(figures(run, list));
  CHECK(csv.starts_with("section,subject,period,name,value,unit,note\n"));
  CHECK(csv.find("energy,run,run,recovered,,J,") != csv.npos);  // no meter counts it: no value
  CHECK(csv.find("kpi,run,run,pue,1.3,1,") != csv.npos);
  CHECK(to_json(run, figures(run, list), list).find("\"value\": null") != std::string::npos);
}

TEST_CASE("a twin without reuse prices the cooling avoided, and a base run tells what an outage costs whom") {
  const Folder folder;
  const std::string with_price =
      std::string(priced).replace(priced.find("{discount_rate"), 1, "{electricity_price: 100 GBP/MWh, ");
  const report::StoredRun run(stored_run(folder, with_price));
  std::filesystem::rename(folder.path / "run.h5", folder.path / "run_kept.h5");
  const report::StoredRun twin(stored_run(folder, with_price, {.heat_mwh = 0, .site_mwh = 5.4}));
  const report::Priced p = report::price(run, "", &twin);
  double saved_money = 0;
  for (const economics::MoneyLine& line : p.money->accounts.lines)
    if (line.name == "avoided cooling") saved_money += line.first_year_money;
  CHECK(saved_money == Approx(365 * 0.2 * 100));
  CHECK(p.carbon->carbon.avoided_cooling_kgco2e == Approx(365 * 200 * 0.2));
  const std::vector<report::Figure> lost = against(twin, report::price(twin, ""), run, report::price(run, ""));
  double total = 0, electricity = 0;
  for (const report::Figure& f : lost) {
    if (f.name == "total, to the operator") total = f.value;
    if (f.subject == "operator" && f.name == "electricity") electricity = f.value;
  }
  CHECK(total == Approx(-35e3).epsilon(1e-5));
  CHECK(electricity == Approx(-365 * 0.2 * 100));
  CHECK(report::differences_markdown("base.h5", {}).find("Nothing differs") != std::string::npos);
  std::filesystem::rename(folder.path / "run.h5", folder.path / "twin_kept.h5");
  const report::StoredRun part(stored_run(folder, with_price, {.days = 40}));
  CHECK_THROWS_AS(report::price(run, "", &part), UserError);
}

TEST_CASE("sums in another currency are exchanged at the rate given, and refused without one") {
  const Folder folder;
  const std::string run = stored_run(folder, priced);
  const std::string euro = "contracts: {sale: {type: energy, meter: sold, energy_price: 87.5 EUR/MWh}}\n";
  const std::string with = folder.file(
      "rate.yaml", "hypocaust: 1\n" + euro + "economics: {exchange_rates: {EUR: 0.8 GBP}, investment: {plant: 150000 EUR}}\n");
  const report::Priced p = report::price(report::StoredRun(run), with);
  CHECK(p.statements[0].settlement.balance_cents(Party::site_operator) == Approx(3500000).margin(12));
  CHECK(p.money->flows[0].flow.capital_money == Approx(120e3));
  const std::string without = message_of(run, folder.file("none.yaml", "hypocaust: 1\n" + euro));
  CHECK(without.find(
            "87.5 EUR/MWh is in EUR, the scenario's currency is GBP (sums of two currencies cannot be added without a rate); "
            "write it in GBP, or give economics.exchange_rates: {EUR: ... GBP}") != std::string::npos);
  const auto rates = [&](const std::string& text) {
    return message_of(run, folder.file("bad.yaml", "hypocaust: 1\neconomics: {exchange_rates: {" + text + "}}\n"));
  };
  CHECK(rates("EURO: 0.8 GBP").find("economics.exchange_rates.EURO: is not a currency") != std::string::npos);
  CHECK(rates("EUR: 0 GBP").find("out of range") != std::string::npos);
  CHECK(rates("EUR: 0.8").find("has no unit") != std::string::npos);
}

TEST_CASE("prices of a series in another currency are exchanged, at a rate that stands or moves") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced));
  std::string days = "hours,price,rate\n";
  for (int day = 0; day < 366; ++day) days += std::to_string(24 * day) + ",87.5," + (day % 2 == 0 ? "0.6" : "1.0") + "\n";
  folder.file("prices.csv", days);
  const std::string head =
      "hypocaust: 1\nseries:\n  spot: {file: prices.csv, column: price, unit: EUR/MWh, start: 2025-01-01, repeat: true}\n  rate: "
      "{file: "
      "prices.csv, column: rate, unit: GBP, start: 2025-01-01, repeat: true}\n"
      "contracts: {sale: {type: energy, meter: sold, energy_price: {series: spot}}}\n";
  const auto cents = [&](const std::string& rates) {
    const std::string file = folder.file("rates.yaml", head + "economics: {exchange_rates: {" + rates + "}}\n");
    return report::price(run, file).statements[0].settlement.balance_cents(Party::site_operator);
  };
  CHECK(cents("EUR: 0.8 GBP") == Approx(3500000).margin(12));
  CHECK(cents("EUR: {series: rate}") == Approx(3500000.0 * (183 * 0.6 + 182 * 1.0) / 365 / 0.8).margin(12));
  const std::string none = message_of(run.path(), folder.file("none.yaml", head));
  CHECK(none.find("contracts.sale.energy_price: series `spot` is in EUR, the scenario's currency is GBP (sums of two currencies "
                  "cannot be added without a rate); convert the column, or give economics.exchange_rates: {EUR: ... GBP}") !=
        std::string::npos);
  const std::string moving = message_of(
      run.path(),
      folder.file("moving.yaml", head + "economics: {exchange_rates: {EUR: {series: rate}}, investment: {plant: 10 EUR}}\n"));
  CHECK(
      moving.find("economics.investment.plant: 10 EUR is in EUR, whose rate moves with a series (of when should one sum be?)") !=
      std::string::npos);
}

TEST_CASE("views, the guides' formulas and later years of carbon are in the rows and in the text") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced));
  const std::string more = folder.file("more.yaml",
                                       "hypocaust: 1\neconomics: {scenarios: {conservative: {heat: 80 %}, upside: {heat: 120 "
                                       "%}}, loan: {principal: 60000 GBP, rate: 5 %}}\n"
                                       "carbon: {grid: {falls: 10 %}}\n");
  const std::vector<report::Priced> list{report::price(run, more)};
  const auto value = [rows = figures(run, list)](const std::string& section, const std::string& subject,
                                                 const std::string& period, const std::string& name) {
    for (const report::Figure& f : rows)
      if (f.section == section && f.subject == subject && f.period == period && f.name == name) return f.value;
    return std::nan("");
  };
  CHECK(value("view", "conservative, reuse of heat", "life", "net_first_year") == Approx(18e3).epsilon(1e-5));
  CHECK(value("view", "expected, reuse of heat", "life", "simple_payback") == Approx(4.8).epsilon(1e-5));
  CHECK(value("view", "upside, reuse of heat", "life", "net_first_year") == Approx(32e3).epsilon(1e-5));
  const double service = 60e3 * economics::capital_recovery_frac({.rate_frac = 0.05, .years = 10});
  CHECK(value("result", "operator, whole site", "year 1", "net_annual_benefit") == Approx(25e3 - service).epsilon(1e-5));
  CHECK(value("result", "operator, reuse of heat", "year 1", "annual_reuse_value") ==
        Approx(25e3 - 14019.5453923224).epsilon(1e-5));
  const double gross = 365 * 5200 * 0.2;
  CHECK(value("carbon", "run", "year 2", "gross") == Approx(0.9 * gross));
  CHECK(value("carbon", "run", "year 15", "net_avoided") == Approx(100e3));
  const std::string text = to_markdown(run, list);
  CHECK(text.find("## Conservative, expected, upside (operator)") != text.npos);
  CHECK(text.find("| conservative | reuse of heat |") != text.npos);
  CHECK(text.find("| 15 | 22.9 % |") != text.npos);
}

TEST_CASE("SCOP, WUE and CUE, the margin of heat by season, maintenance a kW") {
  const Folder folder;
  const report::StoredRun run(stored_run(folder, priced));
  const std::string care = folder.file(
      "care.yaml", "hypocaust: 1\neconomics: {electricity_price: 100 GBP/MWh, operating_cost: {maintenance: 3650 GBP/yr}}\n");
  const std::vector<report::Priced> list{report::price(run, care)};
  const auto value = [rows = figures(run, list)](const std::string& section, const std::string& period, const std::string& name) {
    for (const report::Figure& f : rows)
      if (f.section == section && f.period == period && f.name == name) return f.value;
    return std::nan("");
  };
  CHECK(value("kpi", "run", "scop") == Approx(4));
  CHECK(value("kpi", "summer", "scop") == Approx(4));
  CHECK(value("kpi", "2025-03", "wue") == Approx(0.5));  // 2,000 kg on 4,000 kWh
  CHECK(value("kpi", "run", "cue") == Approx(0.2 * 5.2 / 4));
  CHECK(value("kpi", "2025-02", "cue") == Approx(0.2 * 5.2 / 4));
  CHECK(value("kpi", "autumn", "cue") == Approx(0.2 * 5.2 / 4));
  CHECK(value("kpi", "2025-07", "curtailed_frac") == Approx(0.01));
  CHECK(value("kpi", "summer", "temperature_compliance_frac") == Approx(0.98));
  CHECK(value("kpi", "run", "heat_compliance_frac") == Approx(0.9));
  CHECK(value("kpi", "run", "cue_heat_pump_inside") == Approx(0.2 * 5.2 / 4));  // nothing beyond the boundary here
  CHECK(value("margin", "winter", "heat_revenue") == Approx(35000.0 * 90 / 365).margin(0.02));
  CHECK(value("margin", "winter", "operating_cost") == Approx(-90 * (10e3 / 365 + 10)));
  CHECK(value("margin", "run", "margin") == Approx(35e3 - 10e3 - 3650).margin(0.07));
  CHECK(value("margin", "run", "heat_revenue_per_mwh") == Approx(70).epsilon(1e-5));
  const double it_kw = 4000.0 / 24;
  CHECK(value("margin", "run", "maintenance_per_kw") == Approx(3650 / it_kw));
  CHECK(value("margin", "run", "operating_cost_per_kw") == Approx(13650 / it_kw));
  const std::string text = to_markdown(run, list);
  CHECK(text.find("## Margin of heat (operator), GBP") != text.npos);
  CHECK(text.find("| 4.00 | 0.500 |") != text.npos);
  CHECK(text.find("| winter | 0.2600 | 0.2600 |") != text.npos);
  CHECK(text.find("held compute back by 1.000 % of its dynamic power on average") != text.npos);
  // a band of flow needs the flow, which this file lacks
  CHECK(message_of(run.path(),
                   folder.file("flow.yaml",
                               "hypocaust: 1\ncontracts: {sale: {type: energy, meter: sold, energy_price: 70 GBP/MWh, bands: "
                               "[{flow_below: 1 m3/h}]}}\n"))
            .find("contracts.sale.bands: the run file holds no `meter.sold.flow`; run the scenario again") != std::string::npos);
}

TEST_CASE("key figures of every hour follow from its intervals, carbon from the hour's factor") {
  const Folder folder;
  std::string factors = "hours,factor\n";
  for (int day = 0; day < 3; ++day) factors += std::to_string(24 * day) + "," + std::to_string(100 * (day + 1)) + "\n";
  folder.file("factors.csv", factors);
  const std::string grid =
      folder.file("grid.yaml",
                  "hypocaust: 1\nseries: {grid: {file: factors.csv, column: factor, unit: gCO2e/kWh, start: 2025-01-01}}\n"
                  "carbon: {grid: {factor: {series: grid}}}\n");
  const report::StoredRun run(stored_run(folder, priced, {.days = 3}));
  const report::HourTable table = hours(run, report::price(run, grid));
  REQUIRE(table.utc_s.size() == 3);  // intervals of a day here
  const auto value = [&](const std::string& name, std::size_t hour) {
    for (const report::HourColumn& column : table.columns)
      if (column.name == name) return column.values[hour];
    return -1.0;
  };
  CHECK(value("pue", 0) == Approx(1.3));
  CHECK(value("ere", 1) == Approx((5.2 - 500.0 / 365) / 4));
  CHECK(value("wue", 2) == Approx(0.5));
  CHECK(value("scop", 2) == Approx(4));
  CHECK(value("demand_met_frac", 0) == Approx(1));
  CHECK(value("curtailed_frac", 0) == Approx(0.01));
  CHECK(std::isnan(value("recovered_frac", 0)));  // no meter counts it
  for (std::size_t day = 0; day < 3; ++day) CHECK(value("cue", day) == Approx(0.1 * static_cast<double>(day + 1) * 1.3));
  const std::string csv = to_csv(table);
  CHECK(csv.starts_with("time,it [J],facility [J],recovered [J],"));
  CHECK(csv.find("\n2025-01-03 00:00:00,1.44e+10,1.872e+10,,") != csv.npos);
}
