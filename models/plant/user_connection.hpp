// Where a heat user that is a component meets the plant: the record `connection` of its parameters. Left out, the user stands in a
// circuit of its own with an ideal source (sim/config/plant_spec.cpp).
#pragma once
#include "models/core/schema.hpp"

namespace hypocaust::plant {

struct UserConnection {
  Ref from, to;
  double max_flow_m3_s = not_given;  // derived by the user's size()
  double nominal_drop_pa = 20e3;     // over the user's valve and what is behind it at max_flow; the lift of an ideal source
  static const Schema& schema() {
    static const Schema s = describe<UserConnection>(
        "user_connection", "Where a heat user meets the plant.",
        {row<&UserConnection::from>("from", "", port, "node the user draws from"),
         row<&UserConnection::to>("to", "", port, "node the user gives back to"),
         row<&UserConnection::max_flow_m3_s>("max_flow", "m3/h", {.need = derived, .min = 1e-6, .max = 1e5},
                                             "largest flow from the plant; derived: the user's nominal power and temperatures"),
         row<&UserConnection::nominal_drop_pa>("nominal_drop", "kPa", {.above = 0.0, .max = 1000},
                                               "over the user's valve and what is behind it at max_flow")});
    return s;
  }
};

}  // namespace hypocaust::plant
