#include "models/economics/carbon.hpp"

#include <algorithm>

#include "models/core/math.hpp"

namespace hypocaust::economics {

std::span<const std::string_view> names(GridFactor) {
  static constexpr std::string_view list[] = {"average", "marginal"};
  return list;
}

void GridSpec::check(Problems& problems) const {
  if (falls_frac != 0.0 && !path_frac.empty()) problems.error("path", "and `falls` are given; keep one");
}

const Schema& GridSpec::schema() {
  using G = GridSpec;
  static const Schema s =
      describe<G>("grid", "Emissions of electricity from the grid.",
                  {row<&G::factor_kgco2e_j>("factor", "gCO2e/kWh", {.need = required, .min = 0.0}, "a constant or a series"),
                   row<&G::kind>("kind", "", {}, "what the factor is"),
                   row<&G::falls_frac>("falls", "1", {.min = -1.0, .below = 1.0}, "a year, for the years after the first"),
                   row<&G::path_frac>("path", "1", {.min = 0.0, .max = 10.0},
                                      "instead: factor in years 2, 3 ... as shares of the first year's; the last holds on")});
  return s;
}
const Schema& ReplacedPlant::schema() {
  using R = ReplacedPlant;
  static const Schema s =
      describe<R>("replaced_plant", "What would have made the heat; factor and efficiency on one calorific basis.",
                  {row<&R::fuel>("fuel", "", {.need = required}, "its name, printed beside the figure"),
                   row<&R::factor_kgco2e_j>("factor", "gCO2e/kWh", {.need = required, .min = 0.0}, "of the fuel"),
                   row<&R::efficiency_frac>("efficiency", "1", {.need = required, .above = 0.0, .max = 10.0},
                                            "heat over fuel; of an electric heat pump its COP")});
  return s;
}
const Schema& CarbonSpec::schema() {
  using C = CarbonSpec;
  static const Schema s =
      describe<C>("carbon", "Emissions, gross and net.",
                  {row<&C::grid>("grid", "", {}, "electricity"),
                   row<&C::replaces>("replaces", "", {}, "the baseline of heat; left out: nothing is avoided on paper"),
                   row<&C::avoided_cooling_w>("avoided_cooling", "kW", {.min = 0.0},
                                              "mean electricity that cooling no longer draws; claimed")});
  return s;
}

Carbon carbon(const CarbonSpec& spec, const CarbonInput& input) {
  Carbon result{.gross_kgco2e = input.site_kgco2e + input.customer_side_kgco2e,
                .avoided_kgco2e = not_given,
                .avoided_cooling_kgco2e = not_given,
                .heat_supply_kgco2e = input.customer_side_kgco2e};
  if (spec.replaces) result.avoided_kgco2e = input.consumed_j / spec.replaces->efficiency_frac * spec.replaces->factor_kgco2e_j;
  if (spec.avoided_cooling_w == spec.avoided_cooling_w)
    result.avoided_cooling_kgco2e = spec.avoided_cooling_w * input.length_s * input.mean_factor_kgco2e_j;
  return result;
}

double grid_share_frac(const GridSpec& grid, int year) {
  if (year <= 1) return 1.0;
  if (grid.path_frac.empty()) return vpow(1.0 - grid.falls_frac, year - 1);
  return grid.path_frac[std::min(grid.path_frac.size(), static_cast<std::size_t>(year - 1)) - 1];
}

Carbon of_year(const Carbon& first, double grid_share_frac, bool without_reuse) {
  const double reuse = without_reuse ? 0.0 : 1.0;  // an unknown figure stays unknown
  return {.gross_kgco2e = grid_share_frac * (first.gross_kgco2e - (without_reuse ? first.heat_supply_kgco2e : 0.0)),
          .avoided_kgco2e = reuse * first.avoided_kgco2e,
          .avoided_cooling_kgco2e = reuse * grid_share_frac * first.avoided_cooling_kgco2e,
          .heat_supply_kgco2e = reuse * grid_share_frac * first.heat_supply_kgco2e};
}

}  // namespace hypocaust::economics
