#include "models/compute/power_chain.hpp"

#include <array>
#include <span>

#include "models/core/contracts.hpp"
#include "models/core/math.hpp"

namespace hypocaust::compute {
namespace {

struct Point {
  double x, y;
};
// Straight between points, held before the first, extended along the last segment's line through its end by `beyond` slope.
double interpolate(std::span<const Point> points, double x, double beyond) {
  if (x <= points.front().x) return points.front().y;
  for (std::size_t k = 1; k < points.size(); ++k) {
    const Point &a = points[k - 1], &b = points[k];
    if (x <= b.x) return a.y + (b.y - a.y) * ((x - a.x) / (b.x - a.x));
  }
  return points.back().y + beyond * (x - points.back().x);
}

double loss_per_watt(double efficiency_frac) { return 1.0 / efficiency_frac - 1.0; }

double units_w(const ServerSpec& server, double load_frac) {
  double sum_w = 0;
  for (const auto& [name, unit] : server.units.entries) {
    const double share = unit.exponent == 1.0 ? load_frac : vpow(load_frac, unit.exponent);
    sum_w += static_cast<double>(unit.count) * (unit.idle_w + share * (unit.peak_w - unit.idle_w));
  }
  return sum_w;
}

double points_w(const std::vector<LoadPoint>& points, double load_frac) {
  std::size_t k = 1;
  while (k + 1 < points.size() && load_frac > points[k].load_frac) ++k;
  const LoadPoint &a = points[k - 1], &b = points[k];
  return a.power_w + (b.power_w - a.power_w) * ((load_frac - a.load_frac) / (b.load_frac - a.load_frac));
}

double boards_w(const ServerSpec& server, double load_frac) {
  if (!server.units.entries.empty()) return units_w(server, load_frac);
  if (!server.points.empty()) return points_w(server.points, load_frac);
  if (server.curve_w.empty()) return server.idle_power_w + load_frac * (server.peak_power_w - server.idle_power_w);
  const double at = clamp(load_frac, 0.0, 1.0) * 10.0, low = vmin(vfloor(at), 9.0);
  const auto k = static_cast<std::size_t>(low);
  return server.curve_w[k] + (server.curve_w[k + 1] - server.curve_w[k]) * (at - low);
}

}  // namespace

double psu_loss_w(const PsuSpec& psu, double output_w) {
  EXPECT(output_w >= 0);
  const double p_w = psu.nominal_power_w;
  const std::array<Point, 4> points{{{0.1 * p_w, 0.1 * p_w * loss_per_watt(psu.efficiency_10_frac)},
                                     {0.2 * p_w, 0.2 * p_w * loss_per_watt(psu.efficiency_20_frac)},
                                     {0.5 * p_w, 0.5 * p_w * loss_per_watt(psu.efficiency_50_frac)},
                                     {p_w, p_w * loss_per_watt(psu.efficiency_100_frac)}}};
  return interpolate(points, output_w, loss_per_watt(psu.efficiency_100_frac));
}

double ups_loss_w(const PowerSpec& power, double it_w) {
  EXPECT(it_w >= 0);
  if (!power.ups) return 0.0;
  const UpsSpec& ups = *power.ups;
  const double p_w = ups.nominal_power_w;
  if (ups.efficiencies_frac.size() != 4) {
    const double slope = loss_per_watt(ups.efficiency_frac) - ups.no_load_loss_w / p_w;
    return ups.no_load_loss_w + slope * it_w * (ups.law == LossLaw::square ? it_w / p_w : 1.0);
  }
  std::array<Point, 5> points{{{0.0, ups.no_load_loss_w}, {}, {}, {}, {}}};
  for (std::size_t k = 0; k < 4; ++k) {
    const double output_w = 0.25 * static_cast<double>(k + 1) * p_w;
    points[k + 1] = {output_w, output_w * loss_per_watt(ups.efficiencies_frac[k])};
  }
  return interpolate(points, it_w, loss_per_watt(ups.efficiencies_frac[3]));
}

double transformer_loss_w(const PowerSpec& power, double load_w) {
  if (!power.transformer) return 0.0;
  const double load_frac = load_w / power.transformer->nominal_power_w;
  return power.transformer->no_load_loss_w + power.transformer->load_loss_w * load_frac * load_frac;
}

double dynamic_frac(const ServerSpec& server, double speed_frac) {
  LevelPoint below{0.0, 0.0};
  for (const LevelPoint& level : server.levels) {
    if (speed_frac <= level.speed_frac)
      return below.power_frac +
             (level.power_frac - below.power_frac) * (speed_frac - below.speed_frac) / (level.speed_frac - below.speed_frac);
    below = level;
  }
  return server.levels.empty() ? speed_frac : 1.0;
}

int speed_percent(const ServerSpec& server, double power_frac) {
  int percent = 100;
  while (percent > 0 && dynamic_frac(server, percent / 100.0) > power_frac + 1e-11) --percent;
  return percent;
}

int capped_percent(std::span<const HostSpec* const> groups, std::span<const int> floor_percent, double cap_w) {
  const auto most_w = [&](int percent) {
    double sum_w = 0;
    for (std::size_t g = 0; g < groups.size(); ++g) {
      const int at = percent > floor_percent[g] ? percent : floor_percent[g];
      const ServerLoad full{.load_frac = 1.0, .throttle_frac = dynamic_frac(groups[g]->server, at / 100.0)};
      sum_w += static_cast<double>(groups[g]->count) * server_power_w(groups[g]->server, full);
    }
    return sum_w;
  };
  int percent = 100;
  while (percent >= 0 && most_w(percent) > cap_w) --percent;
  return percent;
}

namespace {

// Leakage and the fans' cube law, on the boards.
double warmer_w(const InletSpec& inlet, double power_w, double inlet_c) {
  const double above_k = vmax(0.0, inlet_c - inlet.reference_c);
  const double risen_frac = clamp(above_k / (inlet.fan_full_c - inlet.reference_c), 0.0, 1.0), least = inlet.fan_speed_frac;
  const double speed_frac = least + (1.0 - least) * risen_frac;
  return power_w * inlet.leakage_frac_k * above_k +
         inlet.fan_power_w * (speed_frac * speed_frac * speed_frac - least * least * least);
}

}  // namespace

double server_power_w(const ServerSpec& server, const ServerLoad& at) {
  EXPECT(at.load_frac >= 0 && at.load_frac <= 1 && at.throttle_frac >= 0 && at.throttle_frac <= 1);
  const double idle_w = boards_w(server, 0.0);
  const double full_w = boards_w(server, at.load_frac);
  double power_w = at.throttle_frac >= 1.0 ? full_w : idle_w + at.throttle_frac * (full_w - idle_w);
  if (server.inlet) power_w += warmer_w(*server.inlet, power_w, at.inlet_c);
  if (server.psu) power_w += psu_loss_w(*server.psu, power_w);
  for (const ConversionSpec& stage : server.conversion) power_w = power_w / stage.efficiency_frac + stage.constant_loss_w;
  return power_w;
}

}  // namespace hypocaust::compute
