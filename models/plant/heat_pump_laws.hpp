// What a heat pump gives and draws at a source and a sink temperature: a measured map, or a share of Lorenz's coefficient of
// performance. With their slopes, so that a temperature that is an outlet is found by Newton's method.
#pragma once
#include <span>
#include <vector>

#include "models/core/math.hpp"
#include "models/core/schema.hpp"

namespace hypocaust::plant {

struct MapPoint {
  double source_c = not_given, sink_c = not_given, capacity_w = not_given, power_w = not_given;
  bool operator==(const MapPoint&) const = default;
  static const Schema& schema();
};
struct HeatPumpMap {
  std::vector<MapPoint> points;
  FilePath capacity_file, power_file;  // read into the points when the scenario is completed
  static const Schema& schema();
  void check(Problems& problems) const;  // a grid, its holes the unit's refusals; every capacity above its power
};
struct LorenzModel {
  double fraction_frac = 0.5, nominal_lift_k = 40.0, nominal_sink_c = 50.0, slope_k_1 = 0.0, highest_cop = 12.0,
         source_approach_k = 0.0, sink_approach_k = 0.0;
  static const Schema& schema();
};

// Which temperature of a stream the laws are asked with; usual: see heat_pump; mean: the logarithmic one, of absolute temperatures.
enum class Axis : int { usual, inlet, outlet, mean };
std::span<const std::string_view> names(Axis);

// Heat to the sink and electric power, W, and how they change with source [0] and sink [1] temperature, W/K. inside: 1 where the
// law holds, 0 outside its envelope (the numbers are then those of the edge).
template <class R> struct Performance { R heat_w, power_w, heat_w_k[2], power_w_k[2], inside; };

inline constexpr int map_places = 16;  // of an axis
template <class R> struct HeatPumpGrid {
  R steps[2];  // cells along source and sink
  R source_c[map_places], sink_c[map_places];
  R heat_w[map_places * map_places], power_w[map_places * map_places], given[map_places * map_places];  // sink runs fastest
};
// The points as a grid. Places without a point repeat the nearest sink temperature's that has one, for Newton to cross them.
HeatPumpGrid<double> make_grid(const HeatPumpMap& map);

template <class R> struct CellPlace { R index, share, inside; };  // share of the cell passed, 0 to 1; inside: 1 on the axis
template <class R> CellPlace<R> place_on(const R (&axis_c)[map_places], R steps, R t_c) {
  R index = R(0);
  for (int k = 1; k < map_places; ++k) index += select(t_c >= axis_c[k], R(1), R(0));
  index = vmin(index, steps - R(1));
  const R below_c = at(axis_c, index), above_c = at(axis_c, index + R(1)), share = (t_c - below_c) / (above_c - below_c);
  return {index, clamp01(share), select((share >= R(-1e-9)) & (share <= R(1 + 1e-9)), R(1), R(0))};
}

// Bilinear between the points, exact on them; outside from the nearest edge.
template <class R> Performance<R> look_up(const HeatPumpGrid<R>& g, R source_c, R sink_c) {
  const CellPlace<R> s = place_on(g.source_c, g.steps[0], source_c), k = place_on(g.sink_c, g.steps[1], sink_c);
  const R near = s.index * R(map_places) + k.index, far = near + R(map_places);
  const R source_k = at(g.source_c, s.index + R(1)) - at(g.source_c, s.index),
          sink_k = at(g.sink_c, k.index + R(1)) - at(g.sink_c, k.index);
  const auto between = [&](const auto& table, R& value, R* slopes) {
    const R a = at(table, near), b = at(table, near + R(1)), c = at(table, far), e = at(table, far + R(1));
    const R low = (R(1) - k.share) * a + k.share * b, high = (R(1) - k.share) * c + k.share * e;
    value = (R(1) - s.share) * low + s.share * high;
    slopes[0] = s.inside * (high - low) / source_k;
    slopes[1] = k.inside * ((R(1) - s.share) * (b - a) + s.share * (e - c)) / sink_k;
  };
  Performance<R> p;
  R given, unused[2];
  between(g.heat_w, p.heat_w, p.heat_w_k);
  between(g.power_w, p.power_w, p.power_w_k);
  between(g.given, given, unused);
  p.inside = s.inside * k.inside * select(given > R(1 - 1e-9), R(1), R(0));
  return p;
}

template <class R> struct LorenzData { R heat_w, fraction, nominal_lift_k, slope_k_1, highest_cop; };

// COP = fraction x T_sink / (T_sink - T_source), between 1 and the highest; fraction = nominal + slope x (lift - nominal lift),
// between 0.05 and 0.95. Capacity does not depend on temperatures.
template <class R> Performance<R> lorenz(const LorenzData<R>& d, R source_c, R sink_c) {
  const R lift_k = sink_c - source_c, sink_k = sink_c + R(kelvin_offset_k);
  const R free_fraction = d.fraction + d.slope_k_1 * (lift_k - d.nominal_lift_k),
          fraction = clamp(free_fraction, R(0.05), R(0.95));
  const R free_share = lift_k / (fraction * sink_k), share = clamp(free_share, R(1) / d.highest_cop, R(1));  // power over heat
  const R slope_k_1 = select((free_fraction > R(0.05)) & (free_fraction < R(0.95)), d.slope_k_1, R(0));
  const auto free = (free_share > R(1) / d.highest_cop) & (free_share < R(1));
  const R by_lift = R(1) / (fraction * sink_k) - share * slope_k_1 / fraction;
  const R factor = select(free, d.heat_w, R(0));
  return {d.heat_w, d.heat_w * share, {R(0), R(0)}, {-factor * by_lift, factor * (by_lift - share / sink_k)}, R(1)};
}

// Logarithmic mean of two temperatures counted from absolute zero, by its series in half their difference over their mean: inside
// 3e-7 of itself for differences up to 100 K.
template <class R> R log_mean_c(R one_c, R other_c) {
  const R mean_k = R(0.5) * (one_c + other_c) + R(kelvin_offset_k), x = R(0.5) * (other_c - one_c) / mean_k, y = x * x;
  return mean_k / (R(1) + y * (R(1.0 / 3) + y * (R(0.2) + y * R(1.0 / 7)))) - R(kelvin_offset_k);
}

}  // namespace hypocaust::plant
