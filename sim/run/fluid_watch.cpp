#include "sim/run/fluid_watch.hpp"

#include <fmt/format.h>

#include <limits>

#include "models/core/moist_air.hpp"
#include "sim/base/utc_text.hpp"
#include "sim/config/plant_spec.hpp"

namespace hypocaust::run {
namespace {

constexpr double atmosphere_pa = 101325.0, boils_c = 100.0, hottest_c = 200.0,  // the last: range of the vapour pressure
    round_off_k = 1e-3;

// Of water; a glycol's is a little lower (the warning comes early).
double vapour_pa(double t_c) { return saturation_pressure_pa(t_c < 0 ? 0.0 : t_c > hottest_c ? hottest_c : t_c); }

}  // namespace

FluidWatch::FluidWatch(const Site& site) : users_(site) {
  const plant::PlantSpec spec = config::plant_spec(site.scenario);  // with the circuits of ideal sources
  for (const auto& entry : spec.circuits.entries) {
    circuits_.push_back(entry.name);
    const double freezing_c = entry.value.properties().freezing_c;
    freezing_c_.push_back(freezing_c == freezing_c ? freezing_c : -std::numeric_limits<double>::infinity());
  }
  for (int n = 0; n < site.plant.nodes(); ++n) {
    const std::string& name = site.plant.node_name(n);
    std::size_t c = 0;
    while (circuits_[c] != name.substr(0, name.find('.'))) ++c;
    const FluidKind kind = spec.circuits.entries[c].value.fluid;
    const double cp_j_kg_k = site.plant.node_cp_j_kg_k(n);
    nodes_.push_back({c, freezing_c_[c], kind != FluidKind::constant && kind != FluidKind::tabulated, freezing_c_[c] * cp_j_kg_k,
                      boils_c * cp_j_kg_k});
    names_.push_back(name);
  }
  vacuum_.resize(circuits_.size()), frost_.resize(circuits_.size());
}

void FluidWatch::note(Trouble& trouble, int node, double depth, double t_c, double pa, std::int64_t time_s) {
  if (trouble.node < 0) trouble.first_s = time_s;
  if (trouble.node >= 0 && depth <= trouble.worst) return;
  trouble.node = node, trouble.worst = depth, trouble.t_c = t_c, trouble.pa = pa;
}

void FluidWatch::take(const plant::Plant& plant, double dt_s, std::int64_t time_s) {
  users_.take(plant, time_s);
  std::size_t dry = circuits_.size(), frozen = circuits_.size();  // the last circuit counted in this step
  const std::span<const double> h_j_kg = plant.node_enthalpies_j_kg(), pa = plant.node_pressures_pa();
  for (std::size_t n = 0; n < nodes_.size(); ++n) {
    const NodePlace& place = nodes_[n];
    if (!(pa[n] < 0) && !(h_j_kg[n] > place.boiling_j_kg) && !(h_j_kg[n] < place.freezing_j_kg)) continue;
    const int node = static_cast<int>(n);
    const double t_c = plant.node_temperature_c(node);
    if (place.boils) {
      if (const double lack_pa = vapour_pa(t_c) - atmosphere_pa - pa[n]; lack_pa > 0) {
        note(vacuum_[place.circuit], node, lack_pa, t_c, pa[n], time_s);
        if (dry != place.circuit)
          vacuum_[place.circuit].minutes += dt_s / 60.0, dry = place.circuit;  // nodes lie circuit by circuit
      }
    }
    if (t_c < place.freezing_c - round_off_k) {
      note(frost_[place.circuit], node, place.freezing_c - t_c, t_c, pa[n], time_s);
      if (frozen != place.circuit) frost_[place.circuit].minutes += dt_s / 60.0, frozen = place.circuit;
    }
  }
}

std::vector<std::string> FluidWatch::notes(std::int64_t start_utc_s) const {
  std::vector<std::string> texts = users_.notes(start_utc_s);
  for (std::size_t c = 0; c < circuits_.size(); ++c) {
    if (const Trouble& v = vacuum_[c]; v.node >= 0)
      texts.push_back(fmt::format(
          "circuit `{}` was below the vapour pressure of its fluid for {:.0f} min, first at {} UTC: {:.2f} bar (gauge) at `{}` "
          "and {:.1f} "
          "degC would boil, and the figures of that time are no guide; raise the circuit's `pressure`, or move its vessel",
          circuits_[c], v.minutes, base::utc_text(start_utc_s + v.first_s), v.pa / 1e5, names_[static_cast<std::size_t>(v.node)],
          v.t_c));
    if (const Trouble& f = frost_[c]; f.node >= 0)
      texts.push_back(
          fmt::format("circuit `{}` was below its freezing point of {:.1f} degC for {:.0f} min, first at {} UTC: {:.1f} degC at "
                      "`{}`; give it glycol, "
                      "flow or heat",
                      circuits_[c], freezing_c_[c], f.minutes, base::utc_text(start_utc_s + f.first_s), f.t_c,
                      names_[static_cast<std::size_t>(f.node)]));
  }
  return texts;
}

}  // namespace hypocaust::run
