#include "models/weather/spell.hpp"

#include <algorithm>
#include <cmath>

#include "models/core/math.hpp"
#include "models/core/moist_air.hpp"

namespace hypocaust::weather {
namespace {

constexpr std::int64_t hour_s = 3600, day_s = 86400, season_s = 15 * day_s;
constexpr double ramp_s = 12 * 3600.0;
constexpr double heat_deviation_k = 1.9, cold_deviation_k = 3.4;

std::size_t hour_of_year(std::int64_t utc_s, std::int64_t utc_offset_s) {
  const std::int64_t local_s = utc_s + utc_offset_s, day = local_s >= 0 ? local_s / day_s : -((day_s - 1 - local_s) / day_s);
  return static_cast<std::size_t>(common_day_of_year(day) * 24 + (local_s - day * day_s) / hour_s);
}

}  // namespace

std::span<const std::string_view> names(SpellKind) {
  static constexpr std::string_view list[] = {"typical", "heatwave", "coldwave"};
  return list;
}

double frequency_factor(double return_years) {
  constexpr double euler = 0.57721566490153286, root_6_over_pi = 0.77969680123368;
  return -root_6_over_pi * (euler + vlog(vlog(return_years / (return_years - 1.0))));
}

SpelledYear with_spell(const WeatherYear& year, const Spell& spell) {
  SpelledYear spelled{.year = year};
  const double sign = spell.kind == SpellKind::heatwave ? 1.0 : spell.kind == SpellKind::coldwave ? -1.0 : 0.0;
  if (sign == 0.0 || spell.to_utc_s <= spell.from_utc_s) return spelled;
  const auto extreme_c = [&](std::int64_t from_s, std::int64_t to_s) {
    double extreme = not_given;
    for (std::int64_t at_s = from_s; at_s < to_s; at_s += hour_s)
      if (const double t_c = year.hours[hour_of_year(at_s, year.utc_offset_s)].outdoor_c; !(sign * t_c <= sign * extreme))
        extreme = t_c == t_c ? t_c : extreme;
    return extreme;
  };
  const double deviation_k = sign > 0 ? heat_deviation_k : cold_deviation_k;
  const double own_c = extreme_c(spell.from_utc_s, spell.to_utc_s);
  spelled.extreme_c = extreme_c(spell.from_utc_s - season_s, spell.to_utc_s + season_s) +
                      sign * deviation_k * frequency_factor(spell.return_years);
  spelled.shift_k = spelled.extreme_c - own_c;
  if (!(spelled.shift_k == spelled.shift_k)) return {.year = year};
  const auto reach_s = static_cast<std::int64_t>(ramp_s);
  for (std::int64_t at_s = spell.from_utc_s - reach_s; at_s < spell.to_utc_s + reach_s; at_s += hour_s) {
    const double outside_s =
        std::max<double>(static_cast<double>(spell.from_utc_s - at_s), static_cast<double>(at_s + hour_s - spell.to_utc_s));
    const double share = clamp01(1.0 - std::max(0.0, outside_s) / ramp_s);
    WeatherHour& hour = spelled.year.hours[hour_of_year(at_s, year.utc_offset_s)];
    const double before_c = hour.outdoor_c;
    hour.outdoor_c += share * spelled.shift_k;
    const double same_water_frac =
        hour.relative_humidity_frac * saturation_pressure_pa(before_c) / saturation_pressure_pa(hour.outdoor_c);
    hour.relative_humidity_frac = std::min(1.0, same_water_frac);
    hour.sky_infrared_w_m2 = not_given;  // follows from air, water and cloud
  }
  return spelled;
}

}  // namespace hypocaust::weather
