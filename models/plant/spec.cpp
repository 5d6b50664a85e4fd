// The tables of plant.circuits and plant.nodes.
#include <array>

#include "models/core/math.hpp"
#include "models/plant/plant.hpp"

namespace hypocaust::plant {

std::span<const std::string_view> names(Boundary) {
  static constexpr std::array<std::string_view, 2> list{"data_centre", "customer"};
  return list;
}

const Schema& CircuitSpec::schema() {
  static const Schema s = describe<CircuitSpec>(
      "circuit", "A closed hydraulic loop and its fluid.",
      {row<&CircuitSpec::fluid>("fluid", "", {}, "what circulates"),
       row<&CircuitSpec::rho_kg_m3>("density", "kg/m3", {.min = 100, .max = 5000}, "density; only with `fluid: constant`"),
       row<&CircuitSpec::cp_j_kg_k>("heat_capacity", "J/(kg K)", {.min = 200, .max = 2e4},
                                    "specific heat capacity; only with `fluid: constant`"),
       row<&CircuitSpec::mu_pa_s>("viscosity", "mPa s", {.min = 0.01, .max = 1e5},
                                  "dynamic viscosity; only with `fluid: constant`"),
       row<&CircuitSpec::k_w_m_k>("conductivity", "W/(m K)", {.min = 0.01, .max = 20},
                                  "thermal conductivity; only with `fluid: constant`"),
       row<&CircuitSpec::points>("points", "", {}, "properties by rising temperature; only with `fluid: tabulated`"),
       row<&CircuitSpec::freezing_c>("freezing", "degC", {.min = -150, .max = 100},
                                     "freezing point; only with `fluid: constant` or `tabulated`"),
       row<&CircuitSpec::glycol_frac>("glycol", "1", {.min = 0, .max = 0.6}, "mass fraction of glycol; only with a glycol"),
       row<&CircuitSpec::design_c>("design_temperature", "degC", {.min = -40, .max = 100},
                                   "temperature at which the fluid's properties are taken"),
       row<&CircuitSpec::initial_c>("initial", "degC", {.min = -40, .max = 110}, "temperature at the start"),
       row<&CircuitSpec::pressure_pa>("pressure", "bar", {.min = 0, .max = 25}, "gauge pressure at the expansion vessel"),
       row<&CircuitSpec::boundary>("boundary", "", {}, "whose electricity its pumps use: in PUE, or outside it"),
       row<&CircuitSpec::friction>("friction", "", {}, "friction law of its pipes that name none"),
       row<&CircuitSpec::laminar_reynolds>("laminar_until", "1", {.min = 1000, .max = 5000},
                                           "Reynolds number up to which flow in its pipes is laminar"),
       row<&CircuitSpec::turbulent_reynolds>("turbulent_from", "1", {.min = 1000, .max = 20000},
                                             "Reynolds number from which it is turbulent; a smooth passage between")});
  return s;
}

namespace {

bool rising(const std::vector<FluidPoint>& points) {
  for (std::size_t k = 1; k < points.size(); ++k)
    if (!(points[k].t_c > points[k - 1].t_c)) return false;
  return points.size() >= 2;
}

bool within(const std::vector<FluidPoint>& points, double t_c) { return points.front().t_c <= t_c && t_c <= points.back().t_c; }

bool mixed_with_glycol(FluidKind kind) { return kind == FluidKind::propylene_glycol || kind == FluidKind::ethylene_glycol; }

struct ConstantKey {
  std::string_view key;
  double CircuitSpec::*member;
};
constexpr std::array<ConstantKey, 4> constant_keys{{{"density", &CircuitSpec::rho_kg_m3},
                                                    {"heat_capacity", &CircuitSpec::cp_j_kg_k},
                                                    {"viscosity", &CircuitSpec::mu_pa_s},
                                                    {"conductivity", &CircuitSpec::k_w_m_k}}};

void check_table(const CircuitSpec& c, Problems& problems) {
  if (c.points.size() < 2) {
    problems.error("points", "is missing (`fluid: tabulated` interpolates between at least two points); list them");
    return;
  }
  for (std::size_t k = 1; k < c.points.size(); ++k)
    if (!(c.points[k].t_c > c.points[k - 1].t_c))
      problems.error("points." + std::to_string(k) + ".temperature",
                     "is not above that of the point before it; order the points by rising temperature");
  if (rising(c.points) && !within(c.points, c.design_c))
    problems.error("design_temperature",
                   "is outside the table of `points` (nothing is extrapolated); extend the table, or move it");
}

}  // namespace

void CircuitSpec::check(Problems& problems) const {
  if (!(laminar_reynolds < turbulent_reynolds && turbulent_reynolds <= 4 * laminar_reynolds))
    problems.error(
        "turbulent_from",
        "must be above `laminar_until` and at most four times it (else friction dips between them); correct one of the two");
  for (const auto& [key, member] : constant_keys) {
    const bool given = this->*member == this->*member;
    if (fluid == FluidKind::constant && !given)
      problems.error(std::string(key), "is missing (`fluid: constant` has no property of its own); give it");
    if (fluid != FluidKind::constant && given)
      problems.error(std::string(key),
                     "says nothing here (only `fluid: constant` takes it); remove it, or write `fluid: constant`");
  }
  if (fluid == FluidKind::tabulated) check_table(*this, problems);
  else if (!points.empty())
    problems.error("points", "say nothing here (only `fluid: tabulated` takes them); remove them, or write `fluid: tabulated`");
  if (freezing_c == freezing_c && fluid != FluidKind::constant && fluid != FluidKind::tabulated)
    problems.error("freezing", "says nothing here (it follows from `fluid` and `glycol`); remove it");
  if (glycol_frac > 0 && !mixed_with_glycol(fluid))
    problems.error("glycol", "says nothing here (the fluid is no glycol); remove it, or write `fluid: propylene_glycol`");
  if (design_c < properties().freezing_c)
    problems.warn("design_temperature", "is below the freezing point of the fluid; raise it, or add glycol");
}

Fluid CircuitSpec::properties() const {
  Fluid f = fluid_at({mixed_with_glycol(fluid) ? fluid : FluidKind::water, glycol_frac, design_c});
  if (fluid == FluidKind::tabulated && rising(points) && within(points, design_c)) f = fluid_between(points, design_c);
  if (fluid == FluidKind::constant && rho_kg_m3 > 0 && cp_j_kg_k > 0 && mu_pa_s > 0 && k_w_m_k > 0)
    f = {.rho_kg_m3 = rho_kg_m3, .cp_j_kg_k = cp_j_kg_k, .mu_pa_s = mu_pa_s, .k_w_m_k = k_w_m_k, .freezing_c = -kelvin_offset_k};
  if (freezing_c == freezing_c) f.freezing_c = freezing_c;
  if (laminar_reynolds < turbulent_reynolds) f.friction = {friction, laminar_reynolds, turbulent_reynolds};
  return f;
}

double CircuitSpec::density_kg_m3(double t_c) const {
  CircuitSpec there = *this;
  const bool table = fluid == FluidKind::tabulated && rising(points);
  there.design_c = clamp(t_c, table ? points.front().t_c : -40.0, table ? points.back().t_c : 100.0);
  return there.properties().rho_kg_m3;
}

const Schema& NodeSpec::schema() {
  static const Schema s =
      describe<NodeSpec>("node", "What differs from the default at one node.",
                         {row<&NodeSpec::height_m>("height", "m", {.min = -1000, .max = 5000}, "height above the site's datum")});
  return s;
}

}  // namespace hypocaust::plant
