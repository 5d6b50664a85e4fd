// Rules of faults that no single record can see.
#pragma once
#include <string>
#include <vector>

#include "models/plant/registry.hpp"
#include "sim/config/complete.hpp"
#include "sim/config/plant_spec.hpp"

namespace hypocaust::config {

// What can befall a component of this type.
std::vector<control::FaultKind> fault_kinds(const plant::ComponentType& type);
// Why a fault of this kind cannot befall a component of this type; empty: it can.
std::string fault_problem(const plant::ComponentType& type, control::FaultKind kind);

// Why this fault cannot befall the sensor it names, where its controller exists; empty: it can.
std::string sensor_problem(const Scenario& scenario, const control::FaultSpec& fault);

// What only happens to heat users names one; two dated faults of one thing do not overlap.
void check_faults(const Scenario& scenario, const Assembly& assembly, const Unread& unread, std::vector<Found>& found);

}  // namespace hypocaust::config
