// A heat meter beside the truth: one fixed error for each calibration period, inside the limits of EN 1434-1 for its class.
// docs/methods/meters.md.
#pragma once
#include <cstdint>
#include <string_view>

#include "models/meter/spec.hpp"

namespace hypocaust::meter {

// Largest permissible errors, as shares of the heat: flow sensor, calculator, pair of temperature sensors.
struct PermissibleError {
  double flow_frac, calculator_frac, pair_frac;
  double sum_frac() const { return flow_frac + calculator_frac + pair_frac; }
};
struct MeteredFlow {
  double flow_m3_s, difference_k;
};
// accuracy_class 1, 2 or 3. Flow below starting or a difference below the least is judged at those.
PermissibleError permissible_error(const MeterSpec& spec, const MeteredFlow& point);

class HeatMeter {
 public:
  HeatMeter() = default;  // reads the truth
  // The errors of a meter depend on seed and name alone.
  HeatMeter(const MeterSpec& spec, std::string_view name, std::uint64_t seed);
  // Heat of one (sub-)step that began time_s after the start.
  void add(double heat_j, const MeteredFlow& point, std::int64_t time_s);
  double true_j() const { return true_j_; }
  // Largest error that its class, at its age, allowed the register so far: the heat of rest and crawl, all of which may be missed,
  // with it.
  double error_limit_j() const { return error_limit_j_; }
  // What the register shows: whole steps of its resolution.
  double register_j() const;

 private:
  MeterSpec spec_;
  std::string name_;
  std::uint64_t seed_ = 0;
  std::int64_t period_ = -1;                                    // calibration period that the errors below belong to
  double flow_frac_ = 0, calculator_frac_ = 0, pair_frac_ = 0;  // of the permissible errors
  double true_j_ = 0, counted_j_ = 0, error_limit_j_ = 0;
};

}  // namespace hypocaust::meter
