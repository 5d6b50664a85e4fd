// What surrounds a pair of alike pipes, supply and return: from it the loss of each to the ground and the exchange between them.
//
// With both pipes at T the loss of each is loss x (T - T_ground); with T_1 and T_2, exchange x (T_1 - T_2) passes between them on
// top of that. Linear steady conduction, so the two cases (T, T) and (T, -T) with the ground at 0 say everything: each loses
// T / symmetric and T / antisymmetric there (resistances, m K/W), loss = 1 / symmetric, exchange = (loss of (T, -T) - loss) / 2.
//
//   one casing    P. Wallenten, Steady-state heat loss from insulated pipes, Lund 1991, first order of the multipoles
//   two casings   symmetric = own + neighbour, antisymmetric = own - neighbour (the terms of pipe_shells.hpp; EN 13941-1:2019)
//
// Against a multipole solution of order 14, loss within 0.4 %, exchange within 6 % (the pipes almost touching) and 1 % apart.
#pragma once
#include <optional>

#include "models/plant/pipe_shells.hpp"

namespace hypocaust::plant {

struct Casing {  // round, with both pipes side by side in its insulation
  double outer_m = not_given, spacing_m = not_given, conductivity_w_m_k = 0.027;
  static const Schema& schema();
};

struct TwinLoss {
  double loss_w_m_k, exchange_w_m_k;
};

struct TwinShells {
  double inner_m = not_given, wall_m = not_given, wall_w_m_k = not_given;
  std::optional<Casing> casing;          // one casing ...
  std::optional<Insulation> insulation;  // ... or each pipe its own
  std::optional<Burial> burial;
  bool described() const { return casing || insulation || burial; }
  void check(Problems& problems) const;  // what is described is whole, and fits inside each other
  TwinLoss loss() const;
};

}  // namespace hypocaust::plant
