#include "models/demand/spec.hpp"

#include "models/demand/profile.hpp"

namespace hypocaust::demand {
namespace {

constexpr Options user_temperature{.need = required, .min = -20.0, .max = 150.0};
constexpr std::string_view supply_doc = "temperature the user wants";
constexpr std::string_view return_doc = "temperature at which the user's water comes back (cold water for hot-water heating)";
constexpr std::string_view connection_doc = "to the plant; left out: an ideal source serves the user";
constexpr std::string_view backup_doc = "the user's own boiler, after recovered heat; left out: a shortfall is unmet";

void check_temperatures(const Varying& supply_c, const Varying& return_c, Problems& problems) {
  if (supply_c.smallest() <= return_c.largest())  // a series is not known here
    problems.error("supply", "is not above return (no heat would be wanted); write a supply temperature above the return");
}

}  // namespace

const Schema& Connection::schema() {
  static const Schema s = describe<Connection>(
      "connection", "Where a heat user meets the plant.",
      {row<&Connection::from>("from", "", port, "node the user draws from"),
       row<&Connection::to>("to", "", port, "node the user gives back to"),
       row<&Connection::max_flow_m3_s>("max_flow", "m3/h", {.need = required, .min = 1e-6}, "largest flow from the plant"),
       row<&Connection::minimum_approach_k>("minimum_approach", "K", {.above = 0.0, .max = 50.0},
                                            "nothing is drawn unless the plant is this much above the user's return"),
       row<&Connection::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0.0}, "over the user's valve and coil at max_flow")});
  return s;
}

const Schema& Backup::schema() {
  static const Schema s = describe<Backup>(
      "backup", "The user's own boiler.",
      {row<&Backup::power_w>("power", "kW", {.above = 0.0}, "largest heat; left out: no limit"),
       row<&Backup::efficiency_frac>("efficiency", "1", {.above = 0.0, .max = 1.2}, "heat over fuel, lower heating value")});
  return s;
}

void DegreeHoursSpec::check(Problems& problems) const {
  const auto weights = [&](const std::vector<double>& values, std::size_t wanted, const char* key, const char* per) {
    if (values.empty()) return;
    if (values.size() != wanted)
      problems.error(key, "has " + std::to_string(values.size()) + " values (one " + per + " is wanted); write " +
                              std::to_string(wanted) + " values");
    double sum = 0;
    for (const double value : values) sum += value;
    if (sum <= 0) problems.error(key, "is zero everywhere (no share of the heat falls anywhere); give one value above 0");
  };
  weights(profile, hours_a_day, "profile", "for each local hour");
  weights(monthly, 12, "monthly", "for each month");
  if (power_per_kelvin_w_k == 0.0 && constant_power_w.largest() == 0.0)
    problems.error("constant_power", "nothing is wanted (power_per_kelvin and constant_power are both 0); give one of them");
  check_temperatures(supply_c, return_c, problems);
}

const Schema& DegreeHoursSpec::schema() {
  using D = DegreeHoursSpec;
  static const Schema s = describe<D>(
      "degree_hours", "Heat in proportion to the cold outside, plus a constant part with a daily profile.",
      {row<&D::connection>("connection", "", {}, connection_doc), row<&D::backup>("backup", "", {}, backup_doc),
       row<&D::base_temperature_c>("base_temperature", "degC", {.min = -10.0, .max = 40.0},
                                   "outdoor temperature above which the building needs no heat"),
       row<&D::power_per_kelvin_w_k>("power_per_kelvin", "kW/K", {.min = 0.0},
                                     "heat for each kelvin that the outdoor air is below the base temperature"),
       row<&D::constant_power_w>("constant_power", "kW", {.min = 0.0},
                                 "mean heat that does not depend on the weather (hot water, evaporation)"),
       row<&D::profile>("profile", "1", {.min = 0.0},
                        "24 relative values, one for each local hour, for constant_power; scaled to a mean of 1"),
       row<&D::monthly>("monthly", "1", {.min = 0.0}, "12 factors of constant_power, January first"),
       row<&D::weekend_frac>("weekend", "1", {.min = 0.0, .max = 10.0}, "factor of constant_power on Saturday and Sunday"),
       row<&D::supply_c>("supply", "degC", user_temperature, supply_doc),
       row<&D::return_c>("return", "degC", user_temperature, return_doc)});
  return s;
}

void SeriesDemandSpec::check(Problems& problems) const { check_temperatures(supply_c, return_c, problems); }

const Schema& SeriesDemandSpec::schema() {
  using D = SeriesDemandSpec;
  static const Schema s =
      describe<D>("series", "Heat wanted as a constant or from a series.",
                  {row<&D::connection>("connection", "", {}, connection_doc), row<&D::backup>("backup", "", {}, backup_doc),
                   row<&D::power_w>("power", "kW", {.need = required, .min = 0.0}, "heat wanted"),
                   row<&D::supply_c>("supply", "degC", user_temperature, supply_doc),
                   row<&D::return_c>("return", "degC", user_temperature, return_doc)});
  return s;
}

void LoadProfileSpec::check(Problems& problems) const {
  const bool house = customer == Customer::efh || customer == Customer::mfh, sigmoid = curve == Curve::sigmoid;
  if ((annual_heat_w == annual_heat_w) == (customer_value_w == customer_value_w))
    problems.error("annual_heat", std::string(annual_heat_w == annual_heat_w ? "is given, and customer_value too"
                                                                             : "is not given, nor is customer_value") +
                                      " (one of them says how much heat); write one");
  if (building_class != building_classes && !(house && sigmoid))
    problems.error("building_class",
                   "does not go with this customer and curve (only the sigmoids of efh and mfh have classes); "
                   "remove it");
  if (windy && !sigmoid) problems.error("windy", "does not go with straight lines (they have no windy form); remove it");
  check_temperatures(supply_c, return_c, problems);
}

const Schema& LoadProfileSpec::schema() {
  using L = LoadProfileSpec;
  static const Schema s = describe<L>(
      "standard_load_profile", "Heat of a usual customer by the mean temperature of four days (gas load profiles of BDEW).",
      {row<&L::connection>("connection", "", {}, connection_doc), row<&L::backup>("backup", "", {}, backup_doc),
       row<&L::customer>(
           "customer", "", {.need = required},
           "efh, mfh: single-, multi-family houses; gmk metal, gpd paper, gha retail, gbd services, gko public bodies, gbh "
           "hotels, gga restaurants, gba bakeries, gwa laundries, ggb horticulture, gmf household-like, ghd all trades"),
       row<&L::curve>("curve", "", {}, "of heat over temperature: a sigmoid, or one with straight lines (SigLinDe 33 or 34)"),
       row<&L::windy>("windy", "", {}, "sigmoid: the form for windy places"),
       row<&L::building_class>("building_class", "", {.min = 1, .max = building_classes},
                               "sigmoid of efh and mfh: 1 to 10 by the share of old buildings, 11 the mean"),
       row<&L::annual_heat_w>("annual_heat", "MWh/yr", {.above = 0.0, .max = 1e7}, "in the year of the scenario's weather"),
       row<&L::customer_value_w>("customer_value", "kWh/d", {.above = 0.0, .max = 1e9}, "heat of a day at about 8 degC"),
       row<&L::hour_factors>("hour_factors", "", {}, "table of each hour's share; left out: the same in every hour"),
       row<&L::supply_c>("supply", "degC", user_temperature, supply_doc),
       row<&L::return_c>("return", "degC", user_temperature, return_doc)});
  return s;
}

std::span<const Schema* const> heat_user_types() {
  static const Schema* const list[] = {&DegreeHoursSpec::schema(), &SeriesDemandSpec::schema(), &LoadProfileSpec::schema()};
  return list;
}

}  // namespace hypocaust::demand
