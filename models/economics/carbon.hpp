// carbon: emissions with their factors and baseline named. docs/methods/carbon.md.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "models/core/schema.hpp"

namespace hypocaust::economics {

enum class GridFactor : int { average, marginal };
std::span<const std::string_view> names(GridFactor);

struct GridSpec {
  Varying factor_kgco2e_j;
  GridFactor kind = GridFactor::average;
  double falls_frac = 0.0;        // a year
  std::vector<double> path_frac;  // of the first year's factor, in years 2, 3 ...; the last holds on
  void check(Problems&) const;
  static const Schema& schema();
};
struct ReplacedPlant {  // what would have made the consumed heat
  std::string fuel;
  double factor_kgco2e_j = not_given, efficiency_frac = not_given;
  static const Schema& schema();
};
struct CarbonSpec {
  GridSpec grid;
  std::optional<ReplacedPlant> replaces;
  double avoided_cooling_w = not_given;  // claimed electricity that cooling no longer draws, mean
  static const Schema& schema();
};

// Of the recorded time; grid emissions are sums of electricity x factor over it.
struct CarbonInput {
  double site_kgco2e = 0, customer_side_kgco2e = 0;  // the site's electricity; of heat pumps and pumps beyond the boundary
  double consumed_j = 0;
  double mean_factor_kgco2e_j = 0, length_s = 0;
};
struct Carbon {
  double gross_kgco2e = 0;  // of all electricity, whatever it was for
  double avoided_kgco2e = 0, avoided_cooling_kgco2e = 0, heat_supply_kgco2e = 0;
  // Compute would have run anyway: fuel avoided + cooling avoided (where a figure was given) - electricity of heat supply.
  double net_avoided_kgco2e() const { return avoided_kgco2e + given_cooling_kgco2e() - heat_supply_kgco2e; }
  // Compute is additional: the electricity of the site counts too.
  double net_avoided_additional_kgco2e() const { return avoided_kgco2e + given_cooling_kgco2e() - gross_kgco2e; }
  double given_cooling_kgco2e() const { return avoided_cooling_kgco2e == avoided_cooling_kgco2e ? avoided_cooling_kgco2e : 0.0; }
};
// No value (NaN) where nothing is given: avoided without a replaced plant, avoided cooling without a figure.
Carbon carbon(const CarbonSpec& spec, const CarbonInput& input);

// The grid's factor in a year (from 1) as a share of the first year's.
double grid_share_frac(const GridSpec& grid, int year);
// A later year like the first but for the grid; without_reuse: after the last buyer has left.
Carbon of_year(const Carbon& first, double grid_share_frac, bool without_reuse);

}  // namespace hypocaust::economics
