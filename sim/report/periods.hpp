// Energies and key figures by month, season, quarter and over the run.
#pragma once
#include <string>
#include <vector>

#include "sim/report/stored_run.hpp"

namespace hypocaust::report {

struct Period {
  std::string kind, label;           // "month", "2025-01"; "season", "winter"; "quarter", "2025 Q1"; "run", "run"
  double length_s = 0, whole_s = 0;  // recorded, and of the whole period: a part is told as such
  meter::Energies energies;
  Beside beside;
  bool part() const { return length_s < whole_s - 1.0; }
};
// Seasons join the months of their names (winter: December, January, February) wherever they lie in the run.
std::vector<Period> periods(const StoredRun& run);

std::string season_of(int month);  // 1 to 12

// Electricity of everything: data centre, heat pumps, pumps beyond the boundary, electric backup.
double all_electricity_j(const meter::Energies& energies);

}  // namespace hypocaust::report
