// contracts: who pays whom for heat. One record holds every clause; a `type:` word chooses which keys may and must be written.
// What is not written is no clause: settlement (settlement.hpp) adds up those that are. docs/methods/contracts.md.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::economics {

enum class Party : int { site_operator, buyer };
std::span<const std::string_view> names(Party);
enum class CalorificBasis : int { net, gross };
std::span<const std::string_view> names(CalorificBasis);

struct SeasonTier {     // holds from its day of the year until the next tier's
  std::string from;     // MM-DD, local
  double factor = 1.0;  // of the energy price
  static const Schema& schema();
};
struct HourTier {  // local hours [from, to); to <= from goes over midnight
  std::int64_t from = 0, to = 24;
  double factor = 1.0;
  static const Schema& schema();
};
struct OutdoorTier {  // outdoor temperature [from, to); a missing end is open
  double from_c = not_given, to_c = not_given;
  double factor = 1.0;
  static const Schema& schema();
};
struct QualityBand {  // heat that leaves the meter colder or slower than this earns a share, and is no compliant delivery
  double below_c = not_given, flow_below_m3_s = not_given;  // one of them, or both (either is enough)
  void check(Problems&) const;
  double factor = 0.0;
  static const Schema& schema();
};

struct PriceIndex {  // a monthly series, written in the contract so that a bill can be checked years later
  double weight_frac = not_given;
  std::string from;            // YYYY-MM of the first value
  std::vector<double> values;  // one a month
  static const Schema& schema();
};
struct Indexation {       // price = base x (fixed + sum of weight x index / index of the reference month)
  std::string reference;  // YYYY-MM
  std::int64_t reset_months = 12, lag_months = 0;
  double fixed_frac = 0.0;
  Named<PriceIndex> indices;
  double cap_frac = not_given, floor_frac = not_given;  // of the change
  enum class Limits : int { cumulative, per_reset };
  Limits limits = Limits::cumulative;
  void check(Problems&) const;
  static const Schema& schema();
};
std::span<const std::string_view> names(Indexation::Limits);
int month_number(std::string_view year_month);  // 12 x year + month - 1 of YYYY-MM; -1: no such month

struct TakeOrPay {
  double minimum_j = not_given;  // a contract year
  static const Schema& schema();
};
struct BackupFuel {  // what the buyer's own heat costs
  double price_money_j = not_given, efficiency_frac = not_given;
  CalorificBasis price_basis = CalorificBasis::net, efficiency_basis = CalorificBasis::net;
  double heat_cost_money_j() const { return price_money_j / efficiency_frac; }
  void check(Problems&) const;
  static const Schema& schema();
};
struct Shortfall {               // the seller's liability for compliant heat not delivered
  double cap_money = not_given;  // a contract year
  static const Schema& schema();
};
struct Window {
  Instant from, to;
  void check(Problems&) const;
  static const Schema& schema();
};

struct Contract {
  Ref meter, user;  // user: whose demand counts; none: all heat users
  // energy and its price
  Varying energy_price_money_j;
  std::vector<SeasonTier> tiers;
  std::vector<HourTier> hours;
  std::vector<OutdoorTier> outdoor;
  std::vector<QualityBand> bands;
  std::optional<Indexation> index;
  double credit_cap_money = not_given;  // most a contract year pays for energy
  // power and availability
  double capacity_charge_money_w_s = not_given, contracted_power_w = not_given;
  double availability_fee_money_s = not_given, availability_target_frac = not_given;
  std::optional<TakeOrPay> take_or_pay;
  std::optional<Shortfall> shortfall;
  std::optional<BackupFuel> backup;
  std::vector<Window> maintenance, buyer_outages;
  // other ways to share
  double savings_share_frac = not_given;  // the operator's
  double rent_money_s = not_given, rent_reduction_money_s = not_given, reduction_minimum_j = not_given;
  double service_fee_money_s = not_given;
  double refunded_frac = not_given;  // of the site's electricity, which the buyer pays and the operator gives back
  double electricity_price_money_j = not_given;
  Party heat_pump_paid_by = Party::site_operator;  // who bears electricity of heat pumps and pumps beyond the boundary
  std::int64_t buyer_leaves_after_years = 0;       // 0: never
  void check(Problems&) const;
};
std::span<const Schema* const> contract_types();

}  // namespace hypocaust::economics
