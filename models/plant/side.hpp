// The record of one side of a component that joins two circuits.
#pragma once
#include "models/core/schema.hpp"

namespace hypocaust::plant {

struct Side {
  Ref from, to;
  static const Schema& schema() {
    static const Schema s =
        describe<Side>("stream", "One side of an exchanger.",
                       {row<&Side::from>("from", "", port, "inlet node"), row<&Side::to>("to", "", port, "outlet node")});
    return s;
  }
};

}  // namespace hypocaust::plant
