// weather: chosen by type: synthetic, epw, mos, csv or constant.
#pragma once
#include <span>
#include <string>

#include "models/core/schema.hpp"

namespace hypocaust::weather {

enum class Climate : int { london, stockholm, frankfurt, paris, chicago };
std::span<const std::string_view> names(Climate);

struct SyntheticSpec {
  Climate climate = Climate::london;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
struct EpwSpec {
  FilePath file;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
struct MosSpec {
  FilePath file;
  double warmer_k = 0.0, ground_depth_m = 1.0;
  static const Schema& schema();
};
enum class RowsAre : int { instants, hour_before, hour_after };
std::span<const std::string_view> names(RowsAre);
struct CsvSpec {
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
  double outdoor_c = not_given, humidity_frac = 0.75, ground_c = not_given, sky_light_w_m2 = 0.0, wind_m_s = 4.0;
  void derive(Problems&);
  static const Schema& schema();
};

std::span<const Schema* const> weather_types();

}  // namespace hypocaust::weather
