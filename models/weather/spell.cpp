#include "models/weather/spell.hpp"

#include <algorithm>

#include "models/weather/wave.hpp"

namespace hypocaust::weather {
namespace {

constexpr std::int64_t hour_s = 3600, day_s = 86400, season_s = 15 * day_s;
constexpr std::int64_t ramp_hours = 12;
constexpr double heat_deviation_k = 1.9, cold_deviation_k = 3.4;

}  // namespace

std::span<const std::string_view> names(SpellKind) {
  static constexpr std::string_view list[] = {"typical", "heatwave", "coldwave"};
  return list;
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
  spelled.extreme_c = extreme_c(spell.from_utc_s - season_s, spell.to_utc_s + season_s) +
                      sign * deviation_k * frequency_factor(spell.return_years);
  const std::size_t first = hour_of_year(spell.from_utc_s - ramp_hours * hour_s, year.utc_offset_s);
  const auto hours = static_cast<std::size_t>((spell.to_utc_s - spell.from_utc_s + hour_s - 1) / hour_s + 2 * ramp_hours);
  spelled.shift_k = lay_over(spelled.year.hours, {.kind = sign > 0 ? WaveKind::heat_wave : WaveKind::cold_wave,
                                                  .first_hour = first,
                                                  .hours = std::min(hours, year.hours.size()),
                                                  .ramp_hours = static_cast<std::size_t>(ramp_hours),
                                                  .target_c = spelled.extreme_c});
  if (spelled.shift_k != spelled.shift_k) return {.year = year};
  return spelled;
}

}  // namespace hypocaust::weather
