#include "models/economics/settlement.hpp"

#include <cmath>
#include <map>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"
#include "models/economics/tariff.hpp"

namespace hypocaust::economics {
namespace {

constexpr double mwh_j = 3.6e9;
bool given(double value) { return value == value; }
std::int64_t months_cents(double money_s, double seconds_s) { return cents_of(money_s * seconds_s); }

bool inside(const std::vector<Window>& windows, std::int64_t utc_s) {
  for (const Window& window : windows)
    if (utc_s >= window.from.utc_s && utc_s < window.to.utc_s) return true;
  return false;
}

std::string percent(double factor) {
  std::string text = std::to_string(std::lround(factor * 1000.0));
  text.insert(text.size() > 1 ? text.size() - 1 : 0, text.size() > 1 ? "." : "0.");
  return text + " %";
}

// One walk over the intervals gathers what the clauses need; each clause then writes its lines.
class Settling {
 public:
  Settling(const Terms& terms, const Books& books, const Metered& metered)
      : contract_(terms.contract), books_(books), metered_(metered), electricity_money_j_(terms.electricity_price_money_j) {
    if (given(contract_.electricity_price_money_j)) electricity_money_j_ = contract_.electricity_price_money_j;
    months_.resize(books.months.size());
  }
  Settlement result() {
    if (contract_.index) {
      IndexFactors factors = index_factors(*contract_.index, books_.months);
      if (!factors.problem.empty()) result_.notes.push_back(factors.problem);
      index_ = std::move(factors.factor);
    }
    for (std::size_t k = 0; k < books_.intervals.size(); ++k) take(k);
    close_year(false);
    for (std::size_t m = 0; m < months_.size(); ++m) write_month(static_cast<int>(m));
    write_years();
    result_.availability_frac = wanted_s_ > 0 ? available_s_ / wanted_s_ : 1.0;
    return std::move(result_);
  }

 private:
  struct Energy {
    double heat_j = 0, money = 0;
  };
  struct Month {
    std::map<std::pair<double, bool>, Energy> energy;  // by the factor that held, and whether the heat was too cold
    double length_s = 0, judged_s = 0, available_s = 0, heat_j = 0;
    double shortfall_j = 0, shortfall_money = 0, customer_side_j = 0, electricity_j = 0;
    int year = 0;
  };
  struct Year {
    int last_month = 0;
    double length_s = 0, heat_j = 0, excused_s = 0, customer_side_j = 0, price_sum = 0;
    std::size_t intervals = 0;
  };

  void take(std::size_t k);
  void close_year(bool whole);
  void write_month(int m);
  void write_years();
  void add(Line line) {
    if (line.cents < 0) std::swap(line.from, line.to), line.cents = -line.cents;  // every line is a sum to pay
    result_.lines.push_back(std::move(line));
  }
  double index_at(int month) const { return index_.empty() ? 1.0 : index_[static_cast<std::size_t>(month)]; }
  std::int64_t year_balance_cents(std::size_t year) const;

  const Contract& contract_;
  const Books& books_;
  const Metered& metered_;
  double electricity_money_j_;
  std::vector<double> index_;
  std::vector<Month> months_;
  std::vector<Year> years_;
  Year year_;
  double wanted_s_ = 0, available_s_ = 0;
  Settlement result_;
};

void Settling::take(std::size_t k) {
  const Interval& now = books_.intervals[k];
  Month& month = months_[static_cast<std::size_t>(now.month)];
  const double heat_j = metered_.heat_j[k], supply_c = metered_.supply_c[k];
  const bool short_of_heat = metered_.demand_j[k] > heat_j;  // who wants no more may throttle as he likes
  const double flow_m3_s = metered_.flow_m3_s.empty() || !short_of_heat ? not_given : metered_.flow_m3_s[k];
  const double band = band_factor(contract_.bands, {.supply_c = supply_c, .flow_m3_s = flow_m3_s});
  const double compliant_j = band < 1.0 ? 0.0 : heat_j;
  double price_money_j = 0;  // of compliant heat now
  if (!metered_.price_money_j.empty()) {
    const double tier = season_factor(contract_.tiers, now.month_day) * hour_factor(contract_.hours, now.hour) *
                        outdoor_factor(contract_.outdoor, now.outdoor_c),
                 factor = tier * band, base_money_j = metered_.price_money_j[k] * index_at(now.month);
    price_money_j = base_money_j * tier;
    Energy& energy = month.energy[{factor, band < 1.0}];
    energy.heat_j += heat_j, energy.money += heat_j * base_money_j * factor;
    year_.price_sum += base_money_j;
  }
  const double promised_j = given(contract_.contracted_power_w) ? contract_.contracted_power_w * now.length_s : 1e300;
  const double wanted_j = vmin(metered_.demand_j[k], promised_j), short_j = vmax(0.0, wanted_j - compliant_j);
  const bool upkeep = inside(contract_.maintenance, now.utc_s), refused = inside(contract_.buyer_outages, now.utc_s);
  const double available_frac = wanted_j > 0 ? vmin(1.0, vmax(0.0, compliant_j) / wanted_j) : 1.0;
  if (!upkeep && !refused) {
    month.judged_s += now.length_s, month.available_s += available_frac * now.length_s;
    wanted_s_ += now.length_s, available_s_ += available_frac * now.length_s;
    if (contract_.backup) {
      month.shortfall_j += short_j;
      month.shortfall_money += short_j * vmax(0.0, contract_.backup->heat_cost_money_j() - price_money_j);
    }
    result_.shortfall_j += short_j;
  }
  year_.excused_s += upkeep ? now.length_s : refused ? 0.0 : (1.0 - available_frac) * now.length_s;
  month.length_s += now.length_s, month.heat_j += heat_j;
  month.customer_side_j += now.customer_side_j, month.electricity_j += now.electricity_j;
  month.year = static_cast<int>(years_.size());
  result_.delivered_j += heat_j, result_.compliant_j += compliant_j;
  year_.length_s += now.length_s, year_.heat_j += heat_j, year_.customer_side_j += now.customer_side_j;
  year_.last_month = now.month, ++year_.intervals;
  if (year_.length_s >= contract_year_s - 1e-6) close_year(true);
}

void Settling::close_year(bool whole) {
  if (whole) years_.push_back(year_);
  else if (year_.length_s > 0 && (contract_.take_or_pay || given(contract_.savings_share_frac)))
    result_.notes.push_back("what is settled once a contract year is not settled for the last " +
                            std::to_string(std::lround(year_.length_s / 86400.0)) + " days of the run (a part of a year)");
  year_ = {};
}

void Settling::write_month(int m) {
  const Month& month = months_[static_cast<std::size_t>(m)];
  for (const auto& [held, energy] : month.energy) {
    const auto& [factor, cold] = held;
    const std::string label = (factor == 1.0 ? "" : " at " + percent(factor)) + (cold ? " (below quality)" : "");
    if (energy.heat_j != 0)
      add({.month = m,
           .item = "energy" + label,
           .quantity_unit = "MWh",
           .quantity = energy.heat_j / mwh_j,
           .cents = cents_of(energy.money)});
  }
  const double share = month.judged_s > 0 ? month.available_s / month.judged_s : 1.0;
  const double scale_frac =
      given(contract_.availability_target_frac) ? vmin(1.0, share / contract_.availability_target_frac) : 1.0;
  const auto fixed = [&](const char* item, double money_s, Party from, Party to) {
    if (given(money_s) && money_s != 0)
      add({.month = m,
           .item = item,
           .quantity_unit = "d",
           .quantity = month.length_s / 86400.0,
           .cents = months_cents(money_s, month.length_s),
           .from = from,
           .to = to});
  };
  const Party seller = Party::site_operator, buyer = Party::buyer;
  if (given(contract_.capacity_charge_money_w_s))
    fixed("capacity", contract_.capacity_charge_money_w_s * contract_.contracted_power_w * scale_frac, buyer, seller);
  fixed("availability fee", contract_.availability_fee_money_s * scale_frac, buyer, seller);
  fixed("service fee", contract_.service_fee_money_s, buyer, seller);
  fixed("rent", contract_.rent_money_s, seller, buyer);
  if (given(contract_.rent_reduction_money_s)) {
    const double due_j =
        given(contract_.reduction_minimum_j) ? contract_.reduction_minimum_j * month.length_s / contract_year_s : 0.0;
    const double earned_frac = due_j > 0 ? clamp01(month.heat_j / due_j) : 1.0;
    fixed("rent reduction", contract_.rent_reduction_money_s * earned_frac, buyer, seller);
  }
  if (given(contract_.refunded_frac))
    add({.month = m,
         .item = "electricity refunded",
         .quantity_unit = "MWh",
         .quantity = month.electricity_j / mwh_j,
         .cents = cents_of(contract_.refunded_frac * month.electricity_j * electricity_money_j_),
         .from = seller,
         .to = buyer});
  if (contract_.heat_pump_paid_by == buyer && month.customer_side_j > 0)
    add({.month = m,
         .item = "electricity of heat pump and pumps",
         .quantity_unit = "MWh",
         .quantity = month.customer_side_j / mwh_j,
         .cents = cents_of(month.customer_side_j * electricity_money_j_)});
}

std::int64_t Settling::year_balance_cents(std::size_t year) const {
  std::int64_t sum_cents = 0;
  for (const Line& line : result_.lines)
    if (months_[static_cast<std::size_t>(line.month)].year == static_cast<int>(year))
      sum_cents += line.to == Party::site_operator ? line.cents : -line.cents;
  return sum_cents;
}

// Clauses reckoned over a contract year; part years among them where the clause is a limit, not a settlement.
void Settling::write_years() {
  for (std::size_t y = 0; y <= years_.size(); ++y) {
    std::int64_t energy_cents = 0, paid_cents = 0;
    for (std::size_t m = 0; m < months_.size(); ++m) {
      if (months_[m].year != static_cast<int>(y)) continue;
      if (given(contract_.credit_cap_money)) {
        std::int64_t month_cents = 0;
        for (const Line& line : result_.lines)
          if (line.month == static_cast<int>(m) && line.item.starts_with("energy"))
            month_cents += line.to == Party::site_operator ? line.cents : -line.cents;
        const std::int64_t left_cents = std::max<std::int64_t>(0, cents_of(contract_.credit_cap_money) - energy_cents);
        energy_cents += month_cents;
        if (month_cents > left_cents)
          add({.month = static_cast<int>(m),
               .item = "above the year's credit cap",
               .cents = month_cents - left_cents,
               .from = Party::site_operator,
               .to = Party::buyer});
      }
      if (!contract_.shortfall || months_[m].shortfall_j <= 0) continue;
      std::int64_t due_cents = cents_of(months_[m].shortfall_money);
      if (given(contract_.shortfall->cap_money))
        due_cents = std::min(due_cents, cents_of(contract_.shortfall->cap_money) - paid_cents);
      paid_cents += due_cents;
      if (due_cents > 0)
        add({.month = static_cast<int>(m),
             .item = "shortfall",
             .quantity_unit = "MWh",
             .quantity = months_[m].shortfall_j / mwh_j,
             .cents = due_cents,
             .from = Party::site_operator,
             .to = Party::buyer});
    }
    if (y == years_.size()) continue;
    const Year& year = years_[y];
    if (contract_.take_or_pay) {
      const double least_j = contract_.take_or_pay->minimum_j * (1.0 - year.excused_s / year.length_s);
      const double missing_j = vmax(0.0, least_j - year.heat_j);
      if (missing_j > 0)
        add({.month = year.last_month,
             .item = "take or pay",
             .quantity_unit = "MWh",
             .quantity = missing_j / mwh_j,
             .cents = cents_of(missing_j * year.price_sum / static_cast<double>(year.intervals))});
    }
    if (given(contract_.savings_share_frac)) {
      // Fuel of the buyer's own backup is on both sides and cancels.
      const double saved_money =
          year.heat_j * contract_.backup->heat_cost_money_j() - static_cast<double>(year_balance_cents(y)) / 100.0;
      if (saved_money > 0)
        add({.month = year.last_month,
             .item = "share of savings",
             .quantity_unit = "MWh",
             .quantity = year.heat_j / mwh_j,
             .cents = cents_of(contract_.savings_share_frac * saved_money)});
    }
  }
}

}  // namespace

double Books::length_s() const {
  double sum_s = 0;
  for (const Interval& interval : intervals) sum_s += interval.length_s;
  return sum_s;
}

std::int64_t cents_of(double money) { return std::llround(money * 100.0); }

std::int64_t Settlement::balance_cents(Party of) const {
  std::int64_t sum_cents = 0;
  for (const Line& line : lines) sum_cents += line.to == of ? line.cents : -line.cents;
  return sum_cents;
}

Settlement settle(const Terms& terms, const Books& books, const Metered& metered) {
  EXPECT(metered.heat_j.size() == books.intervals.size() && metered.demand_j.size() == books.intervals.size());
  return Settling(terms, books, metered).result();
}

}  // namespace hypocaust::economics
