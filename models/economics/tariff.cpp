#include "models/economics/tariff.hpp"

#include "models/core/math.hpp"

namespace hypocaust::economics {

double season_factor(std::span<const SeasonTier> tiers, int month_day) {
  double factor = 1.0;
  int best = -1;  // the latest tier that has begun; before the first of the year the last of the year before holds
  for (const SeasonTier& tier : tiers) {
    const int from = (tier.from[0] - '0') * 1000 + (tier.from[1] - '0') * 100 + (tier.from[3] - '0') * 10 + (tier.from[4] - '0');
    const int age = from <= month_day ? from + 10000 : from;
    if (age > best) best = age, factor = tier.factor;
  }
  return factor;
}

double hour_factor(std::span<const HourTier> tiers, int hour) {
  for (const HourTier& tier : tiers) {
    const bool over_midnight = tier.to <= tier.from;
    if (over_midnight ? hour >= tier.from || hour < tier.to : hour >= tier.from && hour < tier.to) return tier.factor;
  }
  return 1.0;
}

double outdoor_factor(std::span<const OutdoorTier> tiers, double outdoor_c) {
  for (const OutdoorTier& tier : tiers)
    if (tier.to_c != tier.to_c || outdoor_c < tier.to_c) return tier.factor;
  return 1.0;
}

double band_factor(std::span<const QualityBand> bands, const Quality& quality) {
  double factor = 1.0;
  for (const QualityBand& band : bands)
    if (quality.supply_c < band.below_c || quality.flow_m3_s < band.flow_below_m3_s) factor = vmin(factor, band.factor);
  return factor;
}

}  // namespace hypocaust::economics
