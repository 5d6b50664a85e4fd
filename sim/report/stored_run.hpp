// A run file as a report needs it: months, intervals and energies. Columns are read when they are asked for.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "models/economics/settlement.hpp"
#include "models/meter/kpi.hpp"
#include "sim/output/run_reader.hpp"

namespace hypocaust::report {

// What the energy table has no word for; NaN: no such component, or a file of before it was counted.
struct Beside {
  double water_kg = not_given, heat_pump_heat_j = not_given, heat_pump_electricity_j = not_given;
  double held_back_s = not_given;  // time x share of dynamic power that thermal limits withheld from compute
  double over_limit_s = not_given, short_of_heat_s = not_given;
  void add(const Beside& part);
  double scop_frac() const { return heat_pump_electricity_j > 0 ? heat_pump_heat_j / heat_pump_electricity_j : not_given; }
  double wue_kg_j(const meter::Energies& e) const { return e.it_j > 0 ? water_kg / e.it_j : not_given; }
};
struct BesideColumn {
  const char* name;  // in quarter_hours
  double Beside::*member;
};
inline constexpr BesideColumn beside_columns[] = {{"water", &Beside::water_kg},
                                                  {"heat_pump_heat", &Beside::heat_pump_heat_j},
                                                  {"heat_pump_electricity", &Beside::heat_pump_electricity_j},
                                                  {"compute_held_back", &Beside::held_back_s},
                                                  {"over_limit", &Beside::over_limit_s},
                                                  {"short_of_heat", &Beside::short_of_heat_s}};
struct Emitted {                              // grid emissions
  double site_kgco2e = 0, supply_kgco2e = 0;  // the site; heat pumps and pumps beyond the boundary
  void add(const Emitted& part) { site_kgco2e += part.site_kgco2e, supply_kgco2e += part.supply_kgco2e; }
};
struct Month {
  int year = 0, month = 0;  // UTC
  double length_s = 0;
  meter::Energies energies;
  Beside beside;
};

class StoredRun {
 public:
  // Throws UserError: no run file, or one of a release that did not write what a report needs.
  explicit StoredRun(const std::string& path);

  const output::RunReader& reader() const { return reader_; }
  const std::string& path() const { return reader_.path(); }
  std::string title, currency, time_zone, scenario_yaml;
  std::int64_t start_utc_s = 0;
  double length_s = 0;
  bool whole_year() const { return length_s >= 365 * 86400.0 - 1 && length_s <= 366 * 86400.0 + 1; }
  std::vector<Month> months;
  meter::Energies energies;
  Beside beside;  // of the run
  economics::Books books;

  // A column of /quarter_hours ("meter.sold.truth"); empty when there is none.
  std::vector<double> column(const std::string& name) const;
  std::vector<double> sum_of_columns(const std::string& begin, const std::string& end) const;  // of every "user.*.demand"
  std::vector<std::string> stored_series() const;

 private:
  output::RunReader reader_;
};

}  // namespace hypocaust::report
