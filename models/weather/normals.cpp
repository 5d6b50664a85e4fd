#include "models/weather/synthetic.hpp"

namespace hypocaust::weather {
namespace {

using Months = std::array<double, 12>;

// Monthly means of the relative humidity of three EPW years, as tests/validation/synthetic_climate.cpp computes them: London St James's
// Park (TMYx 2007-2021), Stockholm Arlanda (IWEC), Chicago O'Hare (TMY3).
constexpr Months humidity_of_london{0.82, 0.78, 0.76, 0.64, 0.67, 0.66, 0.63, 0.73, 0.70, 0.78, 0.84, 0.81};
constexpr Months humidity_of_stockholm{0.91, 0.79, 0.84, 0.65, 0.64, 0.68, 0.73, 0.72, 0.82, 0.86, 0.88, 0.89};
constexpr Months humidity_of_chicago{0.71, 0.66, 0.71, 0.69, 0.63, 0.62, 0.74, 0.74, 0.75, 0.69, 0.75, 0.75};

// Monthly clearness (global radiation from the direct and diffuse columns over that outside the atmosphere) and mean wind of the
// same files.
constexpr Months clearness_of_london{0.32, 0.40, 0.45, 0.53, 0.48, 0.50, 0.46, 0.44, 0.42, 0.35, 0.38, 0.35};
constexpr Months clearness_of_stockholm{0.25, 0.31, 0.36, 0.48, 0.52, 0.47, 0.47, 0.44, 0.40, 0.36, 0.32, 0.29};
constexpr Months clearness_of_chicago{0.44, 0.46, 0.46, 0.46, 0.54, 0.54, 0.55, 0.52, 0.51, 0.48, 0.42, 0.43};
constexpr Months wind_of_london{3.0, 4.6, 3.4, 3.5, 3.7, 3.8, 4.0, 3.1, 3.8, 2.9, 4.4, 5.4};
constexpr Months wind_of_stockholm{4.4, 3.5, 4.4, 3.2, 3.0, 3.4, 3.1, 3.0, 2.8, 3.4, 3.3, 2.7};
constexpr Months wind_of_chicago{4.9, 5.1, 5.5, 4.8, 3.7, 4.9, 4.2, 3.8, 3.4, 4.8, 5.3, 4.3};

// Mean over the year and first harmonic of the spread of the daily means within the months, from the same three files.
constexpr Spread spread_of_london{.year_k = 2.6, .winter_k = 0.3}, spread_of_stockholm{.year_k = 3.2, .winter_k = 0.6},
    spread_of_chicago{.year_k = 4.3, .winter_k = 1.4};

// Range: published mean daily maximum minus minimum, but where another origin is told. What could be checked against what:
// docs/methods/weather.md.
constexpr MonthlyNormals list[] = {
    // Met Office, UK climate averages, Heathrow, 1991-2020, from copies; minimum and maximum: weatherandclimate.eu/climate/03772.
    {.mean_c = {5.6, 5.8, 7.9, 10.5, 13.7, 16.8, 19.0, 18.7, 15.9, 12.3, 8.4, 5.9},
     .daily_range_k = {5.7, 6.4, 7.6, 9.0, 9.3, 9.6, 9.7, 9.3, 8.6, 7.0, 6.2, 5.7},
     .humidity_frac = humidity_of_london,
     .clearness_frac = clearness_of_london,
     .wind_m_s = wind_of_london,
     .spread = spread_of_london,
     .latitude_deg = 51.48,
     .longitude_deg = -0.45,
     .utc_offset_s = 0},
    // Stockholm Old Observatory, averages over 1991-2020 of the observed monthly means, not homogenised: Moberg (2021), Bolin Centre
    // Database, doi 10.17043/stockholm-historical-monthly-temperature-3. Range: estimate from the EPW file of Arlanda.
    {.mean_c = {-1.0, -1.0, 1.6, 6.3, 11.4, 15.7, 18.7, 17.7, 13.1, 7.7, 3.6, 0.6},
     .daily_range_k = {4.8, 4.7, 4.9, 8.8, 10.5, 8.8, 7.8, 7.0, 6.3, 5.6, 4.9, 5.3},
     .humidity_frac = humidity_of_stockholm,
     .clearness_frac = clearness_of_stockholm,
     .wind_m_s = wind_of_stockholm,
     .spread = spread_of_stockholm,
     .latitude_deg = 59.34,
     .longitude_deg = 18.05,
     .utc_offset_s = 3600},
    // Frankfurt, 1991-2020, table of minimum, maximum and their half sum at xxlinside.com/article/frankfurt-climate-weather-by-month-
    // temperature-rain/3998, which tells neither institute nor station where the table stands.
    {.mean_c = {2.2, 3.2, 6.8, 10.9, 15.0, 18.4, 20.6, 20.2, 15.8, 10.9, 6.2, 3.0},
     .daily_range_k = {5.3, 6.9, 8.9, 10.8, 10.9, 10.9, 11.1, 11.1, 10.0, 7.8, 5.5, 4.9},
     .humidity_frac = humidity_of_london,
     .clearness_frac = clearness_of_london,
     .wind_m_s = wind_of_london,
     .spread = spread_of_london,
     .latitude_deg = 50.05,
     .longitude_deg = 8.6,
     .utc_offset_s = 3600},
    // Meteo-France, normals 1991-2020 of Paris, from one copy, which names no station. Range: that of Heathrow, for want of one.
    {.mean_c = {5.4, 6.0, 9.2, 12.2, 15.6, 18.8, 20.9, 20.8, 17.2, 13.2, 8.7, 5.9},
     .daily_range_k = {5.7, 6.4, 7.6, 9.0, 9.3, 9.6, 9.7, 9.3, 8.6, 7.0, 6.2, 5.7},
     .humidity_frac = humidity_of_london,
     .clearness_frac = clearness_of_london,
     .wind_m_s = wind_of_london,
     .spread = spread_of_london,
     .latitude_deg = 48.82,
     .longitude_deg = 2.34,
     .utc_offset_s = 3600},
    // NOAA NCEI, monthly normals 1991-2020, station USW00094846 (Chicago O'Hare): 25.2, 28.8, 39.0, 49.7, 60.6, 70.6, 75.4, 73.8,
    // 66.3, 54.0, 41.3, 30.5 degF. Range: NOAA normals 1981-2010 (Illinois State Climatologist).
    {.mean_c = {-3.8, -1.8, 3.9, 9.8, 15.9, 21.4, 24.1, 23.2, 19.1, 12.2, 5.2, -0.8},
     .daily_range_k = {8.1, 8.4, 9.7, 11.2, 12.1, 12.0, 11.2, 10.6, 11.4, 10.8, 8.8, 7.8},
     .humidity_frac = humidity_of_chicago,
     .clearness_frac = clearness_of_chicago,
     .wind_m_s = wind_of_chicago,
     .spread = spread_of_chicago,
     .latitude_deg = 41.98,
     .longitude_deg = -87.92,
     .utc_offset_s = -21600},
    // Finnish Meteorological Institute, normals 1981-2010 (mean, mean maximum and minimum) of Helsinki Kaisaniemi, WMO 02978, as the
    // institute reported them in section 2 of its monthly CLIMAT messages of 2016 to 2019, in the raw archive of the Deutscher
    // Wetterdienst (opendata.dwd.de, CDC, observations_global, CLIMAT, monthly, raw). The rest is Stockholm's.
    {.mean_c = {-3.9, -4.7, -1.3, 3.9, 10.2, 14.6, 17.8, 16.3, 11.5, 6.6, 1.6, -2.0},
     .daily_range_k = {5.2, 5.5, 5.7, 6.8, 8.1, 7.6, 7.3, 6.7, 5.9, 4.7, 4.3, 5.0},
     .humidity_frac = humidity_of_stockholm,
     .clearness_frac = clearness_of_stockholm,
     .wind_m_s = wind_of_stockholm,
     .spread = spread_of_stockholm,
     .latitude_deg = 60.18,
     .longitude_deg = 24.94,
     .utc_offset_s = 7200},
};

}  // namespace

const MonthlyNormals& normals(Climate climate) { return list[static_cast<std::size_t>(climate)]; }

}  // namespace hypocaust::weather
