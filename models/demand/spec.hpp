// heat_users: what people want. Each type holds its own demand law and the connection common to all.
#pragma once
#include <optional>
#include <span>

#include "models/core/schema.hpp"

namespace hypocaust::demand {

struct Connection {  // to the plant; absent: an ideal source of the wanted temperature
  Ref from, to;                          // nodes
  double max_flow_kg_s = not_given;      // required; written in m3/h, l/min or kg/s of water: see row
  double minimum_approach_k = 3.0;       // nothing is drawn unless the supply is this much above the user's return
  double nominal_drop_pa = 20e3;         // over the user's valve and coil at max_flow
  static const Schema& schema();
};
struct Backup {  // the user's own boiler, after recovered heat
  double power_w = not_given;            // derived: no limit
  double efficiency_frac = 0.9;          // heat over fuel, lower heating value
  static const Schema& schema();
};
std::span<const Schema* const> heat_user_types();

}  // namespace hypocaust::demand
