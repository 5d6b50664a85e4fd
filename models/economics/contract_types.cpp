// The words of `type:` under contracts: each a table of the clauses that may, and must, be written.
#include <initializer_list>

#include "models/economics/contract.hpp"

namespace hypocaust::economics {
namespace {

using C = Contract;
using Keys = std::initializer_list<std::string_view>;

std::vector<Field> every_clause() {
  constexpr Options money{.min = 0.0};
  return {
      row<&C::meter>("meter", "", {.need = required, .scope = "meter"}, "the heat meter that bills"),
      row<&C::user>("user", "", {.scope = "heat user"}, "the buyer's heat user; left out: all of them"),
      row<&C::energy_price_money_j>("energy_price", "money/MWh", {.min = -1e6}, "of heat through the meter"),
      row<&C::tiers>("tiers", "", {}, "factors by season"),
      row<&C::hours>("hours", "", {}, "factors by hour of the day"),
      row<&C::outdoor>("outdoor", "", {}, "factors by outdoor temperature, from cold to warm"),
      row<&C::bands>("bands", "", {}, "what heat colder than agreed earns"),
      row<&C::index>("index", "", {}, "how the energy price follows indices"),
      row<&C::credit_cap_money>("credit_cap", "money", money, "most that a contract year pays for energy"),
      row<&C::capacity_charge_money_w_s>("capacity_charge", "money/(kW yr)", money, "for the contracted power"),
      row<&C::contracted_power_w>("contracted_power", "kW", {.above = 0.0}, "that the operator keeps ready"),
      row<&C::availability_fee_money_s>("availability_fee", "money/yr", money, "for being ready"),
      row<&C::availability_target_frac>("availability_target", "1", {.above = 0.0, .max = 1.0},
                                        "below it, fee and capacity charge shrink in proportion, month by month"),
      row<&C::take_or_pay>("take_or_pay", "", {}, "least heat paid for"),
      row<&C::shortfall>("shortfall", "", {}, "liability for heat not delivered"),
      row<&C::backup>("backup", "", {}, "what the buyer's own heat costs"),
      row<&C::maintenance>("maintenance", "", {}, "agreed times without heat"),
      row<&C::buyer_outages>("buyer_outages", "", {}, "times in which the buyer could not take heat"),
      row<&C::savings_share_frac>("savings_share", "1", {.min = 0.0, .max = 1.0}, "the operator's share of the buyer's savings"),
      row<&C::rent_money_s>("rent", "money/yr", money, "operator to buyer, for space and power"),
      row<&C::rent_reduction_money_s>("rent_reduction", "money/yr", money, "given for heat"),
      row<&C::reduction_minimum_j>("reduction_minimum", "MWh", {.above = 0.0},
                                   "heat a contract year for the whole reduction; less gives it in proportion"),
      row<&C::service_fee_money_s>("service_fee", "money/yr", money, "buyer to operator, for heat as a service"),
      row<&C::refunded_frac>("refunded", "1", {.min = 0.0, .max = 1.0},
                             "share of the site's electricity given back to the buyer"),
      row<&C::electricity_price_money_j>("electricity_price", "money/MWh", {.min = -1e6},
                                         "that the buyer pays; left out: economics.electricity_price"),
      row<&C::heat_pump_paid_by>("heat_pump_paid_by", "", {},
                                 "who bears electricity of heat pumps and pumps beyond the boundary"),
      row<&C::buyer_leaves_after_years>("buyer_leaves_after", "", {.min = 0, .max = 100},
                                        "years until the buyer ends it; 0: never"),
  };
}

bool has(Keys keys, std::string_view key) {
  for (std::string_view one : keys)
    if (one == key) return true;
  return false;
}

// `without`: clauses that make no sense in this type.
Schema type(std::string_view name, std::string_view doc, Keys must, Keys without) {
  std::vector<Field> fields;
  for (Field& field : every_clause()) {
    if (has(without, field.key)) continue;
    if (has(must, field.key)) field.options.need = required;
    fields.push_back(field);
  }
  return describe<Contract>(name, doc, std::move(fields));
}

}  // namespace

std::span<const Schema* const> contract_types() {
  static const Keys other{"savings_share", "rent",     "rent_reduction", "reduction_minimum",
                          "service_fee",   "refunded", "credit_cap"};
  static const Schema list[] = {
      type("energy", "Heat at a price for each unit of energy.", {"energy_price"}, other),
      type("indexed", "Heat at a price that follows published indices.", {"energy_price", "index"}, other),
      type("two_part", "A charge for power and a price for energy.", {"energy_price", "capacity_charge", "contracted_power"},
           other),
      type("seasonal", "Heat at a price that depends on the season.", {"energy_price", "tiers"}, other),
      type("availability_fee", "A fee for being ready, and perhaps a price for energy.", {"availability_fee"}, other),
      type("take_or_pay", "A price for energy, of which a least amount is paid every year.", {"energy_price", "take_or_pay"},
           other),
      type("shared_savings", "The operator has a share of what the buyer saves against the buyer's own heat.",
           {"savings_share", "backup"}, {"rent", "rent_reduction", "reduction_minimum", "service_fee", "refunded", "credit_cap"}),
      type("lease", "The operator rents space and power from the buyer.", {"rent"},
           {"savings_share", "rent_reduction", "reduction_minimum", "service_fee", "refunded", "credit_cap"}),
      type("managed_service", "The buyer pays a fee for heat as a service.", {"service_fee"},
           {"savings_share", "rent", "rent_reduction", "reduction_minimum", "refunded", "credit_cap"}),
      type("capped_credit", "Heat earns a credit, up to a limit each year.", {"energy_price", "credit_cap"},
           {"savings_share", "rent_reduction", "reduction_minimum", "service_fee", "refunded"}),
      type("electricity_refund", "Heat is free; the operator gives back what its electricity costs the buyer.", {"refunded"},
           {"energy_price", "tiers", "hours", "outdoor", "bands", "index", "credit_cap", "savings_share", "rent_reduction",
            "reduction_minimum", "take_or_pay", "service_fee"}),
      type("barter", "Heat for space: the rent is reduced.", {"rent", "rent_reduction"},
           {"energy_price", "tiers", "hours", "outdoor", "index", "credit_cap", "savings_share", "take_or_pay", "service_fee",
            "refunded"}),
  };
  static const std::vector<const Schema*> pointers = [] {
    std::vector<const Schema*> found;
    for (const Schema& schema : list) found.push_back(&schema);
    return found;
  }();
  return pointers;
}

}  // namespace hypocaust::economics
