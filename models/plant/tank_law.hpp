// What tanks share: stratified storage. The content is a stack of layers that move with the flow (displacement, no numerical
// mixing within a direction of flow); where a layer is colder than the one below, the two mix (buoyancy); neighbours conduct; all lose heat to
// the room. Positive flow enters at the top and leaves at the bottom (charging); negative discharges. Any flow x step is legal.
//
// A front smears over at most one layer, content / layers: a new layer merges with its neighbour while that is smaller. The
// content at the start is cut into as many layers, so that conduction is resolved in water that has not moved yet.
// Conduction: k_eff A (T_i - T_j) / distance with k_eff of water and wall (default 1 W/(m K)); each exchange is held below a
// quarter of the smaller neighbour, so that it is stable at any step.
#pragma once
#include "models/plant/parcels.hpp"
#include "models/plant/registry.hpp"

namespace hypocaust::plant {

inline constexpr int reported_heights = 10;
inline constexpr double connection_drop_pa = 100.0;  // at a content an hour, 1 kg/s at the least: nozzles are made for their flow

struct TankParams {
  Ref top, bottom;
  double volume_m3 = not_given, height_m = not_given, initial_c = not_given, ambient_c = 20.0, loss_w_k = not_given,
         insulation_w_m2_k = 0.4, conductivity_w_m_k = 1.0;
  std::int64_t layers = 20;

  // The rows of the keys above, and what a type adds.
  static std::vector<Field> rows(std::vector<Field> own) {
    using Params = TankParams;
    std::vector<Field> list{
        row<&Params::top>("top", "", port, "node at the top"),
        row<&Params::bottom>("bottom", "", port, "node at the bottom"),
        row<&Params::volume_m3>("volume", "m3", {.need = required, .above = 0, .max = 1e5}, "content"),
        row<&Params::height_m>("height", "m", {.need = derived, .above = 0, .max = 50},
                               "height of the content; derived: three diameters"),
        row<&Params::initial_c>("initial", "degC", {.min = 0, .max = 110},
                                "temperature at the start; its circuit's unless given"),
        row<&Params::layers>("layers", "", {.min = 2, .max = 48}, "layers it resolves"),
        row<&Params::ambient_c>("ambient", "degC", {.min = -30, .max = 50}, "air around it"),
        row<&Params::loss_w_k>("loss", "W/K", {.need = derived, .min = 0, .max = 1e5},
                               "conductance to the air around; derived: insulation x surface"),
        row<&Params::insulation_w_m2_k>("insulation", "W/(m2 K)", {.min = 0, .max = 50}, "heat loss coefficient of the surface"),
        row<&Params::conductivity_w_m_k>("conductivity", "W/(m K)", {.min = 0, .max = 100},
                                         "effective vertical conductivity of water and wall")};
    list.insert(list.end(), own.begin(), own.end());
    return list;
  }
  void check(Problems& problems) const {
    if (height_m > 20.0) problems.warn("height", "is taller than 20 m");
  }
};

struct TankLaw : ComponentBase {
  template <class R> struct Data {
    R content_kg, keep, tau_s, cp_j_kg_k, ambient_c, layers, merge_below_kg, conduction_kg2_s, initial_c, k, toe_kg_s;
  };

  template <class View>
  static double temperature_at(const View& v, double share_from_bottom) {  // a height as a share of the content
    const Parcels<double>& s = v.state;
    const double wanted_kg = (1.0 - share_from_bottom) * v.data.content_kg * (1.0 - 1e-12);
    const int first = index_of(s.first), last = index_of(s.count) - 1;
    double above_kg = 0.0;
    int i = 0;  // from the top
    for (; i < last; ++i)
      if ((above_kg += at(s.mass_kg, wrap(first + i, parcel_places))) >= wanted_kg) break;
    return parcel_enthalpy<double>(s, wrap(first + i, parcel_places)) / v.data.cp_j_kg_k;
  }
  static void size(TankParams& p, const Fluid*, Problems&) {
    if (!(p.height_m > 0)) p.height_m = vpow(36.0 * p.volume_m3 / pi, 1.0 / 3.0);  // volume = pi / 4 d^2 h with h = 3 d
    if (!(p.loss_w_k >= 0)) {
      const double diameter_m = vsqrt(4.0 * p.volume_m3 / (pi * p.height_m));
      p.loss_w_k = p.insulation_w_m2_k * (pi * diameter_m * p.height_m + pi / 2.0 * diameter_m * diameter_m);
    }
  }
  static Data<double> derive(const TankParams& p, const Fluid* f) {
    const double content_kg = p.volume_m3 * f->rho_kg_m3, area_m2 = p.volume_m3 / p.height_m;
    const double usual_kg_s = vmax(content_kg / 3600.0, 1.0);  // a content an hour
    // Exchange between two parcels: k A / distance, distance = (m1 + m2) / 2 / (rho A): in kg/s of enthalpy over cp.
    return {.content_kg = content_kg,
            .keep = 1.0,
            .tau_s = content_kg * f->cp_j_kg_k / vmax(p.loss_w_k, 1e-9),
            .cp_j_kg_k = f->cp_j_kg_k,
            .ambient_c = p.ambient_c,
            .layers = static_cast<double>(p.layers),
            .merge_below_kg = content_kg / static_cast<double>(p.layers),
            .conduction_kg2_s = p.conductivity_w_m_k * area_m2 * 2.0 * f->rho_kg_m3 * area_m2 / f->cp_j_kg_k,
            .initial_c = p.initial_c,
            .k = connection_drop_pa / (usual_kg_s * usual_kg_s),
            .toe_kg_s = 0.01 * usual_kg_s};
  }
  template <class R> static void prepare(Data<R>& d, double dt_s) { d.keep = vexp(-R(dt_s) / d.tau_s); }
  template <class R> static void init(const Data<R>& d, Parcels<R>& s, double t_c) {
    const R own = select(d.initial_c >= R(-273.15), d.initial_c, R(t_c));  // NaN: not given
    fill<R>(s, d.content_kg, own * d.cp_j_kg_k);
    const R theta = s.theta[0], layer_kg = d.content_kg / d.layers;
    for (int i = 0; i < parcel_places; ++i) {
      const auto on = R(i) < d.layers;
      s.mass_kg[i] = select(on, layer_kg, R(0)), s.theta[i] = select(on, theta, R(0));
    }
    s.count = d.layers;
  }
  template <class R> static void connections(const Data<R>& d, R available, Branch<R>* b) {
    quadratic(*b, d.k, d.toe_kg_s);  // its connections alone
    shut_off(*b, available);
  }
  template <class View> static double above_ambient_j(const View& v) {
    return parcels_stored_j<double>(v.state, v.data.content_kg) - v.data.content_kg * v.data.cp_j_kg_k * v.data.ambient_c;
  }

  // Mixes the parcel at `from` with its neighbours in one direction (at most `others`) until it lies in order with them.
  // towards, sign: 1, 1 from the top downwards; -1, -1 from below upwards.
  template <class R, class Mask>
  static void pool(Parcels<R>& s, Index<R> from, Index<R> others, Index<R> towards, R sign, Mask on) {
    using I = Index<R>;
    R mass_kg = at(s.mass_kg, from), heat = mass_kg * at(s.theta, from);
    I pooled = I(1), k = wrap(from + towards, parcel_places);
    const auto upside_down = [&] { return (pooled <= others) & (sign * (heat - mass_kg * at(s.theta, k)) < R(0)); };
    auto more = on & upside_down();
    if (!any(more)) return;
    for (; any(more); more = more & upside_down()) {
      mass_kg += select(more, at(s.mass_kg, k), R(0)), heat += select(more, at(s.mass_kg, k) * at(s.theta, k), R(0));
      pooled += select(more, I(1), I(0)), k = select(more, wrap(k + towards, parcel_places), k);
    }
    const R theta = heat / mass_kg;
    k = from;
    for (I i = I(0); any(i < pooled); i += I(1), k = wrap(k + towards, parcel_places))
      put(s.theta, k, theta, (i < pooled) & (pooled > I(1)));
  }
  // Cooling and conduction keep the order of a settled content, so only the parcel that has just entered can be out of it.
  template <class R, class Mask> static void settle(Parcels<R>& s, Mask at_top) {
    using I = Index<R>;
    const I count = index_of(s.count), end = wrap(index_of(s.first) + select(at_top, I(0), count - I(1)), parcel_places);
    pool<R>(s, end, count - I(1), select(at_top, I(1), I(-1)), select(at_top, R(1), R(-1)), count > I(0));
  }
  // Where any parcel may be out of order: from the top, each joins what lies above it.
  template <class R> static void settle_all(Parcels<R>& s) {
    using I = Index<R>;
    const I first = index_of(s.first), count = index_of(s.count);
    for (I i = I(1); any(i < count); i += I(1)) {
      const auto on = i < count;
      pool<R>(s, wrap(first + select(on, i, I(0)), parcel_places), i, I(-1), R(-1), on);
    }
  }
  template <class R> static void conduct(const Data<R>& d, Parcels<R>& s, double dt_s) {
    using I = Index<R>;
    const I first = index_of(s.first), count = index_of(s.count);
    for (I i = I(1); any(i < count); i += I(1)) {
      const auto on = i < count;
      const I a = wrap(first + select(on, i - I(1), I(0)), parcel_places), b = wrap(first + select(on, i, I(0)), parcel_places);
      const R ma = at(s.mass_kg, a), mb = at(s.mass_kg, b);
      const R exchanged = vmin(d.conduction_kg2_s * R(dt_s) / (ma + mb), R(0.25) * vmin(ma, mb));
      const R moved = exchanged * (at(s.theta, a) - at(s.theta, b));
      put(s.theta, a, at(s.theta, a) - moved / ma, on), put(s.theta, b, at(s.theta, b) + moved / mb, on);
    }
  }
  // What follows once the water lies in order: conduction, then loss, J.
  template <class R> static R rest(const Data<R>& d, Parcels<R>& s, double dt_s) {
    conduct(d, s, dt_s);
    const R loss_j = relax<R>(s, d.content_kg, d.keep, d.ambient_c * d.cp_j_kg_k);
    rebase<R>(s, d.content_kg);
    return loss_j;
  }
  template <class R> static R stored_j(const Data<R>& d, const Parcels<R>& s) { return parcels_stored_j<R>(s, d.content_kg); }
};

}  // namespace hypocaust::plant
