#include "models/economics/contract.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "models/core/math.hpp"

namespace hypocaust::economics {
namespace {

bool given(double value) { return value == value; }

bool number_at(std::string_view text, std::size_t from, std::size_t digits, int& value) {
  if (text.size() < from + digits) return false;
  const auto [end, error] = std::from_chars(text.data() + from, text.data() + from + digits, value);
  return error == std::errc{} && end == text.data() + from + digits;
}

bool is_month_day(std::string_view text) {
  constexpr int longest[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  int month = 0, day = 0;
  return text.size() == 5 && text[2] == '-' && number_at(text, 0, 2, month) && number_at(text, 3, 2, day) && month >= 1 &&
         month <= 12 && day >= 1 && day <= longest[month - 1];
}

// Each local hour once.
void check_hours(const std::vector<HourTier>& hours, Problems& problems) {
  if (hours.empty()) return;
  std::array<int, 24> covered{};
  for (const HourTier& tier : hours)
    for (std::int64_t h = tier.from; h < (tier.to <= tier.from ? tier.to + 24 : tier.to); ++h)
      ++covered[static_cast<std::size_t>(h % 24)];
  for (std::size_t h = 0; h < 24; ++h) {
    if (covered[h] == 1) continue;
    const std::string hour = std::to_string(h) + " to " + std::to_string(h + 1) + " h";
    return problems.error("hours", covered[h] == 0
                                       ? "leaves a gap at " + hour + " (no price would hold); let one tier cover it"
                                       : "covers " + hour + " more than once (which factor holds?); end one tier before it");
  }
}

void check_outdoor(const std::vector<OutdoorTier>& tiers, Problems& problems) {
  for (std::size_t k = 0; k < tiers.size(); ++k) {
    const bool first = k == 0, last = k + 1 == tiers.size();
    if (first == given(tiers[k].from_c) || last == given(tiers[k].to_c))
      return problems.error("outdoor." + std::to_string(k),
                            "does not reach over every temperature; list tiers from cold to warm, the first without `from`, the "
                            "last without `to`");
    if (first) continue;
    if (tiers[k].from_c > tiers[k - 1].to_c)
      return problems.error("outdoor." + std::to_string(k) + ".from",
                            "leaves a gap above the tier before; begin where that ends");
    if (tiers[k].from_c < tiers[k - 1].to_c)
      return problems.error("outdoor." + std::to_string(k) + ".from", "overlaps the tier before; begin where that ends");
  }
}

constexpr Options factor_range{.need = required, .min = 0.0, .max = 100.0};

}  // namespace

std::span<const std::string_view> names(Party) {
  static constexpr std::string_view list[] = {"operator", "buyer"};
  return list;
}
std::span<const std::string_view> names(CalorificBasis) {
  static constexpr std::string_view list[] = {"net", "gross"};
  return list;
}
std::span<const std::string_view> names(Indexation::Limits) {
  static constexpr std::string_view list[] = {"cumulative", "per_reset"};
  return list;
}

int month_number(std::string_view text) {
  int year = 0, month = 0;
  if (text.size() != 7 || text[4] != '-' || !number_at(text, 0, 4, year) || !number_at(text, 5, 2, month)) return -1;
  return year >= 1900 && year <= 2200 && month >= 1 && month <= 12 ? 12 * year + month - 1 : -1;
}

void Indexation::check(Problems& problems) const {
  const std::string remedy = "write year and month, e.g. 2024-10";
  const int reference_month = month_number(reference);
  if (reference_month < 0) problems.error("reference", "`" + reference + "` is no month; " + remedy);
  double sum_frac = fixed_frac;
  for (const auto& entry : indices.entries) {
    const std::string key = "indices." + entry.name;
    sum_frac += entry.value.weight_frac;
    const int first = month_number(entry.value.from);
    if (first < 0) problems.error(key + ".from", "`" + entry.value.from + "` is no month; " + remedy);
    else if (reference_month >= 0 &&
             (reference_month < first || reference_month >= first + static_cast<int>(entry.value.values.size())))
      problems.error(key + ".values", "do not reach the reference month " + reference + "; add values or move `reference`");
  }
  if (vabs(sum_frac - 1.0) > 1e-9)
    problems.error("indices", "weights and `fixed` do not sum to 1 (the price would jump on the first day); correct one of them");
  if (given(cap_frac) && given(floor_frac) && cap_frac < floor_frac)
    problems.error("cap", "is below `floor` (no price is allowed); exchange them");
}

void BackupFuel::check(Problems& problems) const {
  if (price_basis != efficiency_basis)
    problems.error(
        "efficiency_basis",
        "differs from price_basis (fuel by the net calorific value and efficiency by the gross one, or the reverse, are "
        "about 11 % apart for gas); convert one and write the same basis for both");
}

void Window::check(Problems& problems) const {
  if (from.utc_s != integer_not_given && to.utc_s != integer_not_given && to.utc_s <= from.utc_s)
    problems.error("to", "is not after `from`; exchange them");
}

void Contract::check(Problems& problems) const {
  std::vector<std::string_view> days;
  for (std::size_t k = 0; k < tiers.size(); ++k) {
    const std::string key = "tiers." + std::to_string(k) + ".from";
    if (!is_month_day(tiers[k].from))
      problems.error(key, "`" + tiers[k].from + "` is no day of the year; write MM-DD, e.g. 10-01");
    else if (std::find(days.begin(), days.end(), tiers[k].from) != days.end())
      problems.error(key, "two tiers begin on this day (they overlap all year); remove one");
    days.push_back(tiers[k].from);
  }
  check_hours(hours, problems);
  check_outdoor(outdoor, problems);
  if (given(capacity_charge_money_w_s) && !given(contracted_power_w))
    problems.error("capacity_charge", "has no power to charge; add `contracted_power:`");
  if (shortfall && !backup) problems.error("shortfall", "needs the cost of the buyer's own heat; add `backup:`");
  if (shortfall && !given(contracted_power_w)) problems.error("shortfall", "needs the power promised; add `contracted_power:`");
  if (given(savings_share_frac) && !backup)
    problems.error("savings_share", "needs the cost of the buyer's own heat; add `backup:`");
  if (take_or_pay && !energy_price_money_j.given()) problems.error("take_or_pay", "has no price; add `energy_price:`");
}

const Schema& SeasonTier::schema() {
  static const Schema s = describe<SeasonTier>("season_tier", "The price from a day of the year on, until the next tier's day.",
                                               {row<&SeasonTier::from>("from", "", {.need = required}, "MM-DD, local date"),
                                                row<&SeasonTier::factor>("factor", "1", factor_range, "of the energy price")});
  return s;
}
const Schema& HourTier::schema() {
  static const Schema s = describe<HourTier>(
      "hour_tier", "The price in some hours of the day; tiers cover every hour once.",
      {row<&HourTier::from>("from", "", {.need = required, .min = 0, .max = 23}, "local hour at which it begins"),
       row<&HourTier::to>("to", "", {.need = required, .min = 1, .max = 24}, "local hour at which it ends"),
       row<&HourTier::factor>("factor", "1", factor_range, "of the energy price")});
  return s;
}
const Schema& OutdoorTier::schema() {
  static const Schema s = describe<OutdoorTier>("outdoor_tier", "The price in a range of outdoor temperature.",
                                                {row<&OutdoorTier::from_c>("from", "degC", {}, "left out in the first tier"),
                                                 row<&OutdoorTier::to_c>("to", "degC", {}, "left out in the last tier"),
                                                 row<&OutdoorTier::factor>("factor", "1", factor_range, "of the energy price")});
  return s;
}
void QualityBand::check(Problems& problems) const {
  if (!given(below_c) && !given(flow_below_m3_s))
    problems.error("", "says nothing; give `below` (a temperature), `flow_below`, or both");
}
const Schema& QualityBand::schema() {
  static const Schema s = describe<QualityBand>(
      "quality_band", "Heat colder or slower than agreed: what it earns. It is no compliant delivery.",
      {row<&QualityBand::below_c>("below", "degC", {}, "mean temperature of a quarter of an hour at the meter"),
       row<&QualityBand::flow_below_m3_s>("flow_below", "m3/h", {.above = 0.0},
                                          "mean flow of a quarter of an hour, while the buyer gets less than he wants"),
       row<&QualityBand::factor>("factor", "1", {.min = 0.0, .max = 1.0}, "share of the price it earns")});
  return s;
}
const Schema& PriceIndex::schema() {
  static const Schema s = describe<PriceIndex>(
      "price_index", "A published index, month by month.",
      {row<&PriceIndex::weight_frac>("weight", "1", {.need = required, .min = 0.0, .max = 1.0}, "share of the price"),
       row<&PriceIndex::from>("from", "", {.need = required}, "YYYY-MM of the first value"),
       row<&PriceIndex::values>("values", "1", {.need = required, .above = 0.0}, "one a month, without gaps")});
  return s;
}
const Schema& Indexation::schema() {
  using I = Indexation;
  static const Schema s = describe<I>(
      "index", "How the energy price follows published indices.",
      {row<&I::reference>("reference", "", {.need = required}, "YYYY-MM at which the indices count as 1"),
       row<&I::reset_months>("reset", "", {.min = 1, .max = 1200}, "months between two resets, from the first month on"),
       row<&I::lag_months>("lag", "", {.min = 0, .max = 120}, "months by which a reset looks back"),
       row<&I::fixed_frac>("fixed", "1", {.min = 0.0, .max = 1.0}, "share that never moves"),
       row<&I::indices>("indices", "", {}, "what the rest follows; weights and `fixed` sum to 1"),
       row<&I::cap_frac>("cap", "1", {.min = -1.0}, "largest change"),
       row<&I::floor_frac>("floor", "1", {.min = -1.0}, "smallest change, e.g. -5 %"),
       row<&I::limits>("limits", "", {}, "whether cap and floor limit the change since the reference, or at each reset")});
  return s;
}
const Schema& TakeOrPay::schema() {
  static const Schema s = describe<TakeOrPay>(
      "take_or_pay", "Heat paid for whether taken or not, reduced for the seller's unavailability and agreed maintenance.",
      {row<&TakeOrPay::minimum_j>("minimum", "MWh", {.need = required, .min = 0.0}, "in a contract year of 365 days")});
  return s;
}
const Schema& BackupFuel::schema() {
  using B = BackupFuel;
  static const Schema s =
      describe<B>("backup_fuel", "What the buyer's own heat costs: fuel price over efficiency.",
                  {row<&B::price_money_j>("fuel_price", "money/MWh", {.need = required, .min = 0.0}, "of the fuel"),
                   row<&B::efficiency_frac>("efficiency", "1", {.need = required, .above = 0.0, .max = 1.2}, "heat over fuel"),
                   row<&B::price_basis>("price_basis", "", {}, "calorific value that the price counts"),
                   row<&B::efficiency_basis>("efficiency_basis", "", {}, "calorific value that the efficiency counts")});
  return s;
}
const Schema& Shortfall::schema() {
  static const Schema s = describe<Shortfall>(
      "shortfall", "The operator pays the buyer's extra cost for heat that was wanted, promised and not delivered.",
      {row<&Shortfall::cap_money>("cap", "money", {.min = 0.0}, "most that a contract year pays; left out: no limit")});
  return s;
}
const Schema& Window::schema() {
  static const Schema s = describe<Window>("window", "A time agreed between the parties.",
                                           {row<&Window::from>("from", "", {.need = required}, "first instant, UTC"),
                                            row<&Window::to>("to", "", {.need = required}, "instant after the last, UTC")});
  return s;
}

}  // namespace hypocaust::economics
