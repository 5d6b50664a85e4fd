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
  std::vector<std::size_t> months;  // of the run that it joins
  bool part() const { return length_s < whole_s - 1.0; }
};
// Seasons join the months of their names (winter: December, January, February) wherever they lie in the run.
std::vector<Period> periods(const StoredRun& run);

std::string season_of(int month);  // 1 to 12

// One figure a line of tables: name, unit and value.
struct PeriodFigure {
  const char *name, *unit;
  double value;
};
// Those of energies and counts over any time: useful heat, SCOP, WUE, curtailment, compliance.
std::vector<PeriodFigure> beside_figures(const meter::Energies& energies, const Beside& beside, double length_s);
// Carbon usage effectiveness, of the emissions of any time.
Emitted emitted_in(const Period& period, const std::vector<Emitted>& by_month);
std::vector<PeriodFigure> carbon_figures(const meter::Energies& energies, const Emitted& emitted);

// Electricity of everything: data centre, heat pumps, pumps beyond the boundary, electric backup.
double all_electricity_j(const meter::Energies& energies);

}  // namespace hypocaust::report
