// The factors of an energy price at one instant.
#pragma once
#include <span>

#include "models/economics/contract.hpp"

namespace hypocaust::economics {

// month_day: 100 x month + day, local. The latest tier that has begun; before the first of the year, the last of the year before.
double season_factor(std::span<const SeasonTier> tiers, int month_day);
double hour_factor(std::span<const HourTier> tiers, int hour);
double outdoor_factor(std::span<const OutdoorTier> tiers, double outdoor_c);
// The least factor of the bands that hold; 1 where none does. NaN holds in no band: nothing flowed, or flow does not count now.
struct Quality {
  double supply_c, flow_m3_s;
};
double band_factor(std::span<const QualityBand> bands, const Quality& quality);

}  // namespace hypocaust::economics
