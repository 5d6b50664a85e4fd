// heat_users: what people want. Each type holds its own demand law and the connection common to all.
#pragma once
#include <optional>
#include <span>
#include <vector>

#include "models/core/schema.hpp"
#include "models/demand/load_profile.hpp"

namespace hypocaust::demand {

struct Connection {                  // to the plant; absent: an ideal source of the wanted temperature
  Ref from, to;                      // nodes
  double max_flow_m3_s = not_given;  // required
  double minimum_approach_k = 3.0;   // nothing is drawn unless the supply is this much above the user's return
  double nominal_drop_pa = 20e3;     // over the user's valve and coil at max_flow
  static const Schema& schema();
};
struct Backup {                  // the user's own boiler, after recovered heat
  double power_w = not_given;    // derived: no limit
  double efficiency_frac = 0.9;  // heat over fuel, lower heating value
  static const Schema& schema();
};

struct DegreeHoursSpec {
  std::optional<Connection> connection;
  std::optional<Backup> backup;
  double base_temperature_c = 15.5, power_per_kelvin_w_k = 0.0;
  Varying constant_power_w{.constant = 0.0};
  std::vector<double> profile;  // 24 local hours of constant_power; empty: the same all day
  std::vector<double> monthly;  // 12 factors of constant_power; empty: 1
  double weekend_frac = 1.0;    // factor of constant_power on Saturday and Sunday
  Varying supply_c, return_c;   // user's side: wanted, and entering
  void check(Problems&) const;
  static const Schema& schema();
};
struct SeriesDemandSpec {
  std::optional<Connection> connection;
  std::optional<Backup> backup;
  Varying power_w, supply_c, return_c;
  void check(Problems&) const;
  static const Schema& schema();
};

struct LoadProfileSpec {
  std::optional<Connection> connection;
  std::optional<Backup> backup;
  Customer customer = Customer::efh;
  Curve curve = Curve::sigmoid;
  bool windy = false;
  std::int64_t building_class = building_classes;
  double annual_heat_w = not_given, customer_value_w = not_given;  // one of them; mean powers
  FilePath hour_factors;                                           // empty: the same heat in every hour of a day
  Varying supply_c, return_c;
  CurveChoice choice() const { return {customer, curve, windy, static_cast<int>(building_class)}; }
  void check(Problems&) const;
  static const Schema& schema();
};

std::span<const Schema* const> heat_user_types();

}  // namespace hypocaust::demand
