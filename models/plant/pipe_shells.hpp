// What surrounds a pipe: wall, insulation, outer film or soil; from them the steady heat loss and the wall's heat capacity.
//
// Loss in W/(m K) = 1 / sum of resistances per metre (m K/W):
//   cylindrical shell      ln(outer / inner) / (2 pi conductivity)                                   (wall, insulation)
//   outer film             1 / (pi outer coefficient)                                                (ISO 12241)
//   soil above an axis     arcosh(2 Z / outer) / (2 pi conductivity), Z = depth + 0.0685 m2 K/W x conductivity
//   neighbour pipe         ln(1 + (2 Z / spacing)^2) / (4 pi conductivity)
// Z lifts the surface by its own resistance. Soil and neighbour: EN 13941-1:2019, after P. Wallenten, Steady-state heat loss from
// insulated pipes, Lund 1991. With the neighbour at the same temperature the loss of each is as computed here; with another
// temperature the sum of both losses is, as long as both pipes are alike.
#pragma once
#include <optional>

#include "models/core/schema.hpp"

namespace hypocaust::plant {

enum class WallMaterial : int { steel, stainless_steel, copper, pe_x };
std::span<const std::string_view> names(WallMaterial);
struct WallProperties {
  double conductivity_w_m_k, heat_j_m3_k;  // heat capacity per volume
};
// At 40 degC. EN 12524 / EN ISO 10456 table 3 (conductivity, density x specific heat); PE-X: EN ISO 15875-2, 0.35 W/(m K).
WallProperties properties(WallMaterial);

struct Insulation {
  double thickness_m = not_given, outer_m = not_given;  // one of the two
  double conductivity_w_m_k = 0.027;                    // polyurethane foam of bonded pipes, aged (EN 253: at most 0.029)
  void check(Problems& problems) const;
  static const Schema& schema();
};
struct Burial {
  double depth_m = not_given;       // of the axis
  double conductivity_w_m_k = 1.5;  // moist soil
  double spacing_m = not_given;     // between the axes of this pipe and its neighbour; none unless given
  double surface_m2_k_w = 0.0685;   // of the ground's surface
  static const Schema& schema();
};

struct Shells {
  double inner_m = not_given, wall_m = not_given, wall_w_m_k = not_given;
  std::optional<Insulation> insulation;
  std::optional<Burial> burial;
  double film_w_m2_k = not_given;
  // Diameters outside the wall and outside the insulation.
  double wall_outer_m() const;
  double outer_m() const;
  void check(Problems& problems) const;  // fits inside each other
  double loss_w_m_k() const;
};

}  // namespace hypocaust::plant
