// Conservative, expected, upside: the same cash flow with other factors, side by side. docs/methods/cash_flow.md.
#pragma once
#include <string>
#include <vector>

#include "models/economics/risk.hpp"

namespace hypocaust::economics {

struct View {
  std::string name;
  Factors factors;
};
// Those of `scenarios`, with the expected one, by name. Without any, and with `ranges`: conservative has every driver at the end of
// its range that is worth less to the flow, upside at the other. Empty: neither is given.
std::vector<View> views(const EconomicsSpec& spec, const DriverFlows& flows);

}  // namespace hypocaust::economics
