// weather: chosen by type: synthetic, epw, mos, csv or constant.
#pragma once
#include <span>
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::weather {

enum class Climate : int { london, stockholm, frankfurt, paris, chicago, helsinki };
std::span<const std::string_view> names(Climate);

enum class WaveKind : int { heat_wave, cold_wave };
std::span<const std::string_view> names(WaveKind);
struct OverlaySpec {  // a wave laid over the year
  WaveKind kind = WaveKind::heat_wave;
  Instant at;
  double lasts_s = 7 * 86400.0, ramp_s = 86400.0, return_period_s = 20 * 31536000.0;
  double mean_extreme_c = not_given, deviation_k = not_given;  // of the hottest or coldest hour of a year; both or none
  void check(Problems&) const;
  static const Schema& schema();
};

struct SyntheticSpec {
  Named<OverlaySpec> overlays;
  Climate climate = Climate::london;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
struct EpwSpec {
  Named<OverlaySpec> overlays;
  FilePath file;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
struct MosSpec {
  Named<OverlaySpec> overlays;
  FilePath file;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
enum class RowsAre : int { instants, hour_before, hour_after };
std::span<const std::string_view> names(RowsAre);
struct CsvSpec {
  Named<OverlaySpec> overlays;
  FilePath file;
  std::string outdoor = "outdoor", outdoor_unit = "degC";  // column of the outdoor air temperature
  std::string humidity, humidity_unit = "%";               // column of the relative humidity; empty: humidity_frac holds
  double humidity_frac = 0.75;
  std::string global, direct_normal, diffuse, wind;  // columns of radiation on the horizontal or normal to the beam, and of wind
  std::string radiation_unit = "W/m2", wind_unit = "m/s";
  RowsAre rows_are = RowsAre::instants;
  std::string time_zone = "UTC";
  double warmer_k = 0.0, ground_depth_m = 1.0;
  void check(Problems&) const;
  static const Schema& schema();
};
struct ConstantSpec {
  Named<OverlaySpec> overlays;
  double outdoor_c = not_given, humidity_frac = 0.75, ground_c = not_given, sky_light_w_m2 = 0.0, wind_m_s = 4.0;
  void derive(Problems&);
  static const Schema& schema();
};

std::span<const Schema* const> weather_types();

}  // namespace hypocaust::weather
