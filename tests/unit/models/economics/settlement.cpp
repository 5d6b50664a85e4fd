#include "models/economics/settlement.hpp"

#include <catch2/catch.hpp>
#include <limits>

using namespace hypocaust;
using namespace hypocaust::economics;

namespace {

constexpr double mwh = 3.6e9, per_mwh = 1 / 3.6e9, day_s = 86400, a_year = 1 / (365 * 86400.0);

// A year of days from 1 January 2025: 1 MWh of heat at 55 degC, 1.5 MWh wanted, at 40 a MWh.
struct Example {
  Books books;
  Metered metered;
  explicit Example(int days = 365) {
    constexpr int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int d = 0, month = 0, day = 1; d < days; ++d) {
      if (day == 1) books.months.push_back({.number = 12 * 2025 + month});
      books.intervals.push_back({.utc_s = d * 86400,
                                 .length_s = day_s,
                                 .month = month,
                                 .month_day = 100 * (month + 1) + day,
                                 .hour = d % 24,
                                 .outdoor_c = month < 6 ? 0.0 : 20.0,
                                 .electricity_j = 4 * mwh,
                                 .customer_side_j = 0.25 * mwh});
      if (++day > lengths[month]) day = 1, ++month;
    }
    const auto column = [&](double value) { return std::vector<double>(books.intervals.size(), value); };
    metered = {.heat_j = column(mwh),
               .supply_c = column(55),
               .demand_j = column(1.5 * mwh),
               .backup_j = column(0.5 * mwh),
               .price_money_j = column(40 * per_mwh)};
  }
  Settlement of(const Contract& contract) const {
    return settle({.contract = contract, .electricity_price_money_j = 200 * per_mwh}, books, metered);
  }
};
std::int64_t total_cents(const Settlement& s, std::string_view item) {
  std::int64_t sum_cents = 0;
  for (const Line& line : s.lines)
    if (line.item == item) sum_cents += line.to == Party::site_operator ? line.cents : -line.cents;
  return sum_cents;
}
Contract priced() {
  Contract c;
  c.energy_price_money_j.constant = 40 * per_mwh;
  return c;
}

}  // namespace

TEST_CASE("energy: twelve lines, the total is their sum") {
  const Settlement s = Example().of(priced());
  REQUIRE(s.lines.size() == 12);
  CHECK(s.lines[0].cents == 31 * 4000);
  CHECK(s.lines[0].quantity == Approx(31));
  CHECK(s.balance_cents(Party::site_operator) == 365 * 4000);
  CHECK(s.balance_cents(Party::buyer) == -365 * 4000);
}

TEST_CASE("each line is rounded, and the total is that of the rounded lines") {
  Example e;
  for (double& heat_j : e.metered.heat_j) heat_j = mwh / 3 / 1e3;  // a third of a kWh a day at 40 a MWh: 41.33 cents in January
  const Settlement s = e.of(priced());
  CHECK(s.lines[0].cents == 41);
  CHECK(s.lines[1].cents == 37);                                         // 37.33
  CHECK(s.balance_cents(Party::site_operator) == 7 * 41 + 37 + 4 * 40);  // not 486.67 rounded
  CHECK(cents_of(0.005) == 1);
  CHECK(cents_of(-0.005) == -1);
}

TEST_CASE("two parts: capacity by the day, scaled below the availability agreed") {
  Contract c = priced();
  c.capacity_charge_money_w_s = 20 * 1e-3 * a_year, c.contracted_power_w = 50e3;  // 20 a kW and year, 50 kW = 1.2 MWh a day
  CHECK(total_cents(Example().of(c), "capacity") == 7 * 8493 + 7671 + 4 * 8219);  // 31, 28 and 30 of 365 days, rounded
  c.availability_target_frac = 0.95;                                              // 1.0 of 1.2 MWh comes: 0.8333 of the time
  const Settlement s = Example().of(c);
  CHECK(s.availability_frac == Approx(1 / 1.2));
  CHECK(total_cents(s, "capacity") == Approx(100000 / 1.2 / 0.95).margin(6));
}

TEST_CASE("seasons, hours and outdoor temperature multiply") {
  Contract c = priced();
  c.tiers = {{.from = "10-01", .factor = 1.1}, {.from = "04-01", .factor = 0.8}};
  CHECK(total_cents(Example().of(c), "energy at 110.0 %") == (31 + 28 + 31 + 31 + 30 + 31) * 4400);
  CHECK(total_cents(Example().of(c), "energy at 80.0 %") == (30 + 31 + 30 + 31 + 31 + 30) * 3200);
  Contract h = priced();
  h.hours = {{.from = 6, .to = 22, .factor = 1.5}, {.from = 22, .to = 6, .factor = 0.5}};
  Example e;  // day d counts at hour d mod 24
  std::int64_t wanted_cents = 0;
  for (int d = 0; d < 365; ++d) wanted_cents += d % 24 >= 6 && d % 24 < 22 ? 6000 : 2000;
  CHECK(e.of(h).balance_cents(Party::site_operator) == wanted_cents);
  Contract o = priced();
  o.outdoor = {{.to_c = 5, .factor = 2}, {.from_c = 5, .factor = 1}};
  CHECK(e.of(o).balance_cents(Party::site_operator) == (181 * 2 + 184) * 4000);
}

TEST_CASE("an index with lag, reset and cap") {
  Contract c = priced();
  Indexation index;
  index.reference = "2024-12", index.reset_months = 6, index.lag_months = 1, index.fixed_frac = 0.4;
  index.indices.entries = {{"gas", {.weight_frac = 0.6, .from = "2024-12", .values = {100, 1, 1, 1, 1, 1, 150}}}};
  const Books books = Example().books;
  // January asks for December: 1. July asks for June, the seventh value: 0.4 + 0.6 x 1.5 = 1.3.
  IndexFactors f = index_factors(index, books.months);
  REQUIRE(f.problem.empty());
  CHECK(f.factor[0] == Approx(1.0));
  CHECK(f.factor[5] == Approx(1.0));
  CHECK(f.factor[6] == Approx(1.3));
  index.cap_frac = 0.1;
  CHECK(index_factors(index, books.months).factor[6] == Approx(1.1));
  c.index = index;
  CHECK(Example().of(c).balance_cents(Party::site_operator) == 181 * 4000 + 184 * 4400);
  index.indices.entries[0].value.values.pop_back();
  CHECK(index_factors(index, books.months).problem ==
        "index `gas` holds 2024-12 to 2025-05 (a reset asks for 2025-06); add values");
}

TEST_CASE("caps at each reset compound") {
  Indexation index;
  index.reference = "2025-01", index.reset_months = 3, index.limits = Indexation::Limits::per_reset, index.cap_frac = 0.05;
  index.indices.entries = {{"cpi", {.weight_frac = 1, .from = "2025-01", .values = std::vector<double>(12, 200)}}};
  index.indices.entries[0].value.values[0] = 100;
  const IndexFactors f = index_factors(index, Example().books.months);
  CHECK(f.factor[2] == Approx(1.0));
  CHECK(f.factor[3] == Approx(1.05));
  CHECK(f.factor[6] == Approx(1.05 * 1.05));
  CHECK(f.factor[9] == Approx(1.05 * 1.05 * 1.05));
}

TEST_CASE("cold heat earns a share and is no compliant delivery") {
  Example e;
  e.metered.supply_c[0] = 52, e.metered.supply_c[1] = 40;
  Contract c = priced();
  c.bands = {{.below_c = 54, .factor = 0.8}, {.below_c = 45, .factor = 0}};
  const Settlement s = e.of(c);
  CHECK(s.balance_cents(Party::site_operator) == 363 * 4000 + 3200);
  CHECK(s.compliant_j == Approx(363 * mwh));
}

TEST_CASE("slow heat earns a share while the buyer gets less than he wants") {
  Example e;
  e.metered.flow_m3_s.assign(e.books.intervals.size(), 2.0 / 3600);
  e.metered.flow_m3_s[0] = e.metered.flow_m3_s[1] = e.metered.flow_m3_s[2] = 0.5 / 3600;
  e.metered.demand_j[1] = mwh;  // he wants no more: the flow is his choice
  e.metered.supply_c[2] = 40;   // cold as well: the least factor of all
  Contract c = priced();
  c.bands = {{.flow_below_m3_s = 1.0 / 3600, .factor = 0.8}, {.below_c = 45, .factor = 0.25}};
  const Settlement s = e.of(c);
  CHECK(s.balance_cents(Party::site_operator) == 363 * 4000 + 3200 + 1000);
  CHECK(s.compliant_j == Approx(363 * mwh));
  e.metered.flow_m3_s.clear();  // an older run file
  CHECK(e.of(c).balance_cents(Party::site_operator) == 364 * 4000 + 1000);
  Problems problems;
  QualityBand{}.check(problems);
  REQUIRE(problems.items.size() == 1);
  CHECK(problems.items[0].text.find("give `below`") != std::string::npos);
}

TEST_CASE("take or pay: the seller's outage and agreed maintenance reduce it, the buyer's does not") {
  Contract c = priced();
  c.contracted_power_w = mwh / day_s;  // 1 MWh a day
  c.take_or_pay = TakeOrPay{.minimum_j = 400 * mwh};
  CHECK(total_cents(Example().of(c), "take or pay") == 35 * 4000);
  Example outage;  // ten days without heat
  for (int d = 0; d < 10; ++d) outage.metered.heat_j[static_cast<std::size_t>(d)] = 0;
  CHECK(total_cents(outage.of(c), "take or pay") == cents_of(40 * (400 * 355 / 365.0 - 355)));
  c.buyer_outages = {{.from = {0}, .to = {10 * 86400}}};
  CHECK(total_cents(outage.of(c), "take or pay") == 45 * 4000);
  c.maintenance = c.buyer_outages, c.buyer_outages.clear();
  CHECK(total_cents(outage.of(c), "take or pay") == cents_of(40 * (400 * 355 / 365.0 - 355)));
  const Settlement part = Example(200).of(c);
  CHECK(total_cents(part, "take or pay") == 0);
  REQUIRE(part.notes.size() == 1);
  CHECK(part.notes[0].find("200 days") != std::string::npos);
}

TEST_CASE("shortfall is paid at the extra cost of the buyer's own heat, up to the cap") {
  Contract c = priced();
  c.contracted_power_w = 1.2 * mwh / day_s;
  c.backup = BackupFuel{.price_money_j = 63 * per_mwh, .efficiency_frac = 0.9};  // 70 a MWh of heat: 30 more
  c.shortfall = Shortfall{};
  CHECK(total_cents(Example().of(c), "shortfall") == -365 * 600);  // 0.2 MWh a day
  c.shortfall->cap_money = 100;
  CHECK(total_cents(Example().of(c), "shortfall") == -10000);
  c.shortfall->cap_money = not_given;
  c.buyer_outages = {{.from = {0}, .to = {100 * 86400}}};
  CHECK(total_cents(Example().of(c), "shortfall") == -265 * 600);
}

TEST_CASE("shared savings: yearly, after charges and the heat pump's electricity") {
  Contract c;
  c.savings_share_frac = 0.5;
  c.backup = BackupFuel{.price_money_j = 63 * per_mwh, .efficiency_frac = 0.9};
  c.heat_pump_paid_by = Party::buyer;
  Example e;
  e.metered.price_money_j.clear();
  const Settlement s = e.of(c);
  CHECK(total_cents(s, "electricity of heat pump and pumps") == 365 * 5000);  // 0.25 MWh a day at 200
  CHECK(total_cents(s, "share of savings") == 365 * (7000 - 5000) / 2);
  for (std::size_t d = 0; d < 200; ++d) e.metered.heat_j[d] = 0;  // months that lose are carried
  CHECK(total_cents(e.of(c), "share of savings") == 0);           // 165 x 70 - 365 x 50 < 0: nothing is paid, nothing is taken
}

TEST_CASE("rent, barter, service, capped credit, refunded electricity") {
  Contract barter;
  barter.rent_money_s = 3650 * a_year, barter.rent_reduction_money_s = 1825 * a_year, barter.reduction_minimum_j = 730 * mwh;
  Example e;
  CHECK(total_cents(e.of(barter), "rent") == -365000);
  CHECK(total_cents(e.of(barter), "rent reduction") == 91250);  // half the heat, half the reduction
  Contract service;
  service.service_fee_money_s = 7300 * a_year;
  CHECK(e.of(service).balance_cents(Party::site_operator) == 730000 + 365 * 4000);
  Contract capped = priced();
  capped.credit_cap_money = 5000;
  CHECK(e.of(capped).balance_cents(Party::site_operator) == 500000);
  Contract refund;
  refund.refunded_frac = 1.0, refund.electricity_price_money_j = 250 * per_mwh;
  CHECK(total_cents(e.of(refund), "electricity refunded") == -365 * 100000);
}

TEST_CASE("every price zero: no sum anywhere") {
  Contract c = priced();
  c.energy_price_money_j.constant = 0;
  Example e;
  for (double& price : e.metered.price_money_j) price = 0;
  const Settlement s = e.of(c);
  for (const Line& line : s.lines) CHECK(line.cents == 0);
  CHECK(s.balance_cents(Party::site_operator) == 0);
}
