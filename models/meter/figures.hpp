// The names of energies and key figures, once: --json, --csv, the terminal and run.h5 spell them from these lists.
#pragma once
#include <span>
#include <string_view>

#include "models/meter/kpi.hpp"

namespace hypocaust::meter {

struct EnergyFigure {
  std::string_view name, doc;
  double Energies::*member;
};
std::span<const EnergyFigure> energy_figures();

struct KpiFigure {
  std::string_view name, doc;
  double (*value)(const Kpis&);
};
std::span<const KpiFigure> kpi_figures();

}  // namespace hypocaust::meter
