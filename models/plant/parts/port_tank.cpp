// port_tank: a stratified tank with up to three more connections at stated heights, each of which may charge or discharge.
//
// The content is a stack of layers from the top, as in a tank (models/plant/tank_law.hpp). What enters the tank and what leaves it
// over a step are matched in the order of their heights: that is the vertical flow between any two connections, and nothing moves
// against it. Each pair moves the water between its two heights: the inlet's goes into the stack at its height, that next to the
// outlet leaves, the rest shifts; what exceeds the water between them passes straight through. Then the water settles.
// Everything is linear in what enters (it depends on flows alone which water leaves), so it is solved with the network; each
// entering stream is asked for by a stack of zeros in which it alone is 1.
// The streams meet hydraulically in a private node; entering ones pass it unchanged. docs/methods/tank.md.
#include "models/plant/tank_law.hpp"

namespace hypocaust::plant {
namespace {

constexpr int port_count = 5;
// Beyond `layers`, between steps. Four pairs at most move in a step, and each may add three layers: 48 + 2 + 12 places.
constexpr int spare_layers = 2;

struct SidePort {
  Ref at;
  double height_frac = not_given;
  static const Schema& schema() {
    static const Schema s = describe<SidePort>(
        "side_port", "A connection at the side of a tank.",
        {row<&SidePort::at>("at", "", port, "node it is connected to"),
         row<&SidePort::height_frac>("height", "1", {.need = required, .min = 0, .max = 1}, "as a share of the content's")});
    return s;
  }
};

struct PortTank : TankLaw {
  static constexpr std::array<BranchSpec, port_count> branches{{{"top", "~"},
                                                                {"bottom", "~"},
                                                                {.from = "upper.at", .to = "~", .optional = true},
                                                                {.from = "middle.at", .to = "~", .optional = true},
                                                                {.from = "lower.at", .to = "~", .optional = true}}};
  struct Params : TankParams {
    std::optional<SidePort> upper, middle, lower;
    static const Schema& schema() {
      static const Schema s = describe<Params>("port_tank", "Stratified tank with connections at stated heights.",
                                               rows({row<&Params::upper>("upper", "", {}, "a connection at the side"),
                                                     row<&Params::middle>("middle", "", {}, "a connection at the side"),
                                                     row<&Params::lower>("lower", "", {}, "a connection at the side")}));
      return s;
    }
  };
  template <class R> struct Data : TankLaw::Data<R> {
    R above_kg[port_count], connected[port_count], order[port_count];  // order: ports from the top down
  };
  template <class R> struct State : Parcels<R> {};  // first = 0: the highest
  static constexpr std::array channels{
      ChannelOf<PortTank>{
          "temperature", "degC", "at ten equal heights, 0 the lowest",
          [](const ViewOf<PortTank>& v, int column) { return temperature_at(v, (column + 0.5) / reported_heights); },
          [](const Data<double>&) { return reported_heights; }},
      ChannelOf<PortTank>{"stored", "J", "heat above its surroundings",
                          [](const ViewOf<PortTank>& v, int) { return above_ambient_j(v); }},
      ChannelOf<PortTank>{"loss", "W", "heat lost to the room",
                          [](const ViewOf<PortTank>& v, int) { return v.ledger.heat_out_j / v.dt_s; }}};

  static Data<double> derive(const Params& p, const Fluid* f) {
    Data<double> d{TankLaw::derive(p, f)};
    d.k *= 0.5;  // two connections in a row drop what a tank does
    const std::optional<SidePort>* const sides[] = {&p.upper, &p.middle, &p.lower};
    double height_frac[port_count] = {1.0, 0.0};
    std::array<int, port_count> order{0, 1, 2, 3, 4};
    for (std::size_t k = 0; k < port_count; ++k) {
      const bool given = k < 2 || sides[k - 2]->has_value();
      if (k >= 2) height_frac[k] = given ? (*sides[k - 2])->height_frac : 0.5;
      d.connected[k] = given ? 1.0 : 0.0, d.above_kg[k] = (1.0 - height_frac[k]) * d.content_kg;
    }
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) { return height_frac[a] > height_frac[b]; });
    for (std::size_t k = 0; k < port_count; ++k) d.order[k] = order[k];
    return d;
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    for (int k = 0; k < port_count; ++k) {
      quadratic(b[k], d.k, d.toe_kg_s);
      shut_off(b[k], in.available * d.connected[k]);
    }
  }

  // Adds a layer below what is there; a sliver of rounding joins its neighbour.
  template <class R, class Mask> static void add(Parcels<R>& to, Index<R>& count, R mass_kg, R theta, R sliver_kg, Mask on) {
    using I = Index<R>;
    const auto joins = on & (count > I(0)) & (mass_kg < sliver_kg) & (mass_kg > R(0));
    const auto own = on & (!joins) & (mass_kg > R(0));
    const I last = select(joins, count - I(1), I(0));
    const R there_kg = at(to.mass_kg, last), sum_kg = there_kg + mass_kg;
    put(to.theta, last, (there_kg * at(to.theta, last) + mass_kg * theta) / vmax(sum_kg, R(1e-300)), joins);
    put(to.mass_kg, last, sum_kg, joins);
    const I next = select(own, count, I(0));
    put(to.mass_kg, next, mass_kg, own), put(to.theta, next, theta, own);
    count += select(own, I(1), I(0));
  }
  // Adds the layers of `s` between two depths (mass from the top); or only weighs their theta.
  template <class R, class Mask>
  static void add_between(const Parcels<R>& s, R low_kg, R high_kg, Parcels<R>& to, Index<R>& count, R sliver_kg, Mask on) {
    using I = Index<R>;
    const I layers = index_of(s.count);
    R above_kg = R(0);
    for (I i = I(0); any(i < layers); i += I(1)) {
      const auto is = i < layers;
      const I k = select(is, i, I(0));
      const R m_kg = select(is, at(s.mass_kg, k), R(0));
      add<R>(to, count, vmin(above_kg + m_kg, high_kg) - vmax(above_kg, low_kg), at(s.theta, k), sliver_kg, on & is);
      above_kg += m_kg;
    }
  }
  template <class R> static R theta_between(const Parcels<R>& s, R low_kg, R high_kg) {
    using I = Index<R>;
    const I layers = index_of(s.count);
    R above_kg = R(0), sum = R(0);
    for (I i = I(0); any(i < layers); i += I(1)) {
      const auto is = i < layers;
      const I k = select(is, i, I(0));
      const R m_kg = select(is, at(s.mass_kg, k), R(0));
      sum += vmax(vmin(above_kg + m_kg, high_kg) - vmax(above_kg, low_kg), R(0)) * at(s.theta, k);
      above_kg += m_kg;
    }
    return sum;
  }
  // Merges two neighbours while there are more than `layers` and a few: those whose mixing loses least, weighed by the square of their
  // difference and 1 K, so that fronts stay sharp and still water stays finely cut.
  template <class R> static void thin_out(const Data<R>& d, Parcels<R>& s) {
    using I = Index<R>;
    const R most = d.layers + R(spare_layers), k_per_theta = s.scale / d.cp_j_kg_k;
    for (auto more = s.count > most; any(more); more = s.count > most) {
      const I count = index_of(s.count);
      I chosen = I(0);
      R least_loss = R(1e300);
      for (I i = I(0); any(i + I(1) < count); i += I(1)) {
        const auto is = more & (i + I(1) < count);
        const I k = select(is, i, I(0));
        const R a_kg = at(s.mass_kg, k), b_kg = at(s.mass_kg, k + I(1)),
                apart_k = k_per_theta * (at(s.theta, k) - at(s.theta, k + I(1)));
        const R loss = a_kg * b_kg / vmax(a_kg + b_kg, R(1e-300)) * (apart_k * apart_k + R(1));
        const auto less = is & (loss < least_loss);
        chosen = select(less, k, chosen), least_loss = select(less, loss, least_loss);
      }
      const R a_kg = at(s.mass_kg, chosen), b_kg = at(s.mass_kg, chosen + I(1));
      put(s.theta, chosen, (a_kg * at(s.theta, chosen) + b_kg * at(s.theta, chosen + I(1))) / vmax(a_kg + b_kg, R(1e-300)), more);
      put(s.mass_kg, chosen, a_kg + b_kg, more);
      for (I i = I(1); any(i + I(1) < count); i += I(1)) {
        const auto is = more & (i + I(1) < count) & (i > chosen);
        const I k = select(is, i, I(0));
        put(s.mass_kg, k, at(s.mass_kg, k + I(1)), is), put(s.theta, k, at(s.theta, k + I(1)), is);
      }
      s.count -= select(more, R(1), R(0));
    }
  }
  // total_kg enters at the depth in_kg (mass above) and as much leaves at out_kg. Returns what left: J, and what passed through, kg.
  template <class R> static Leaving<R> transfer(const Data<R>& d, Parcels<R>& s, R in_kg, R out_kg, R total_kg, R h_in_j_kg) {
    using I = Index<R>;
    const auto on = total_kg > R(0);
    const auto down = out_kg >= in_kg;
    const R moved_kg = vmin(total_kg, vabs(out_kg - in_kg)), through_kg = total_kg - moved_kg;
    const R from_kg = select(down, in_kg, out_kg + moved_kg), to_kg = select(down, out_kg - moved_kg, in_kg);  // what shifts
    const R left_sum = theta_between<R>(s, select(down, to_kg, out_kg), select(down, out_kg, from_kg));
    const R theta = (h_in_j_kg - s.offset_j_kg) / s.scale, sliver_kg = R(1e-9) * d.content_kg;
    Parcels<R> next = s;
    I count = I(0);
    add_between<R>(s, R(0), vmin(in_kg, out_kg), next, count, sliver_kg, on);
    add<R>(next, count, moved_kg, theta, sliver_kg, on & down);
    add_between<R>(s, from_kg, to_kg, next, count, sliver_kg, on);
    add<R>(next, count, moved_kg, theta, sliver_kg, on & !down);
    add_between<R>(s, vmax(in_kg, out_kg), R(1e300), next, count, sliver_kg, on);
    next.count = R(count);
    for (int i = 0; i < parcel_places; ++i)
      s.mass_kg[i] = select(on, next.mass_kg[i], s.mass_kg[i]), s.theta[i] = select(on, next.theta[i], s.theta[i]);
    s.count = select(on, next.count, s.count);
    s.sum_theta += select(on, moved_kg * theta - left_sum, R(0));
    return {select(on, s.scale * left_sum + s.offset_j_kg * moved_kg, R(0)), select(on, through_kg, R(0))};
  }
  // All pairs of the step, from the top; out_j: enthalpy that left by each port.
  template <class R>
  static void pass(const Data<R>& d, Parcels<R>& s, const Branch<R>* b, double dt_s, const R* h_in_j_kg, R* out_j) {
    using I = Index<R>;
    R into_kg[port_count], out_of_kg[port_count], h_j_kg[port_count];
    for (int k = 0; k < port_count; ++k) {
      const R total_kg = b[k].flow_kg_s * R(dt_s) * d.connected[k];
      into_kg[k] = vmax(total_kg, R(0)), out_of_kg[k] = vmax(-total_kg, R(0)), h_j_kg[k] = h_in_j_kg[k], out_j[k] = R(0);
    }
    for (int i = 0; i < port_count; ++i)
      for (int o = 0; o < port_count; ++o) {
        const I in = index_of(d.order[i]), out = index_of(d.order[o]);
        const R total_kg = vmin(at(into_kg, in), at(out_of_kg, out));
        if (!any(total_kg > R(0))) continue;
        const auto on = total_kg > R(0);
        const R h = at(h_j_kg, in);
        const Leaving<R> left = transfer<R>(d, s, at(d.above_kg, in), at(d.above_kg, out), total_kg, h);
        put(out_j, out, at(out_j, out) + left.enthalpy_j + left.through_kg * h, on);
        put(into_kg, in, at(into_kg, in) - total_kg, on), put(out_of_kg, out, at(out_of_kg, out) - total_kg, on);
      }
  }
  template <class R> static HeatLaw<R, port_count> heat(const Step<R>& st, const Data<R>& d, const Input<R>&, const State<R>& s,
                                                        const Branch<R>* b) {
    HeatLaw<R, port_count> law{};
    Parcels<R> content = s, blank = s;
    blank.scale = R(1), blank.offset_j_kg = R(0), blank.sum_theta = R(0);
    for (int i = 0; i < parcel_places; ++i) blank.theta[i] = R(0);
    R h[port_count] = {R(0), R(0), R(0), R(0), R(0)}, out_j[port_count];
    pass<R>(d, content, b, st.dt_s, h, out_j);
    for (int k = 0; k < port_count; ++k) law.base_w[k] = out_j[k] / R(st.dt_s);
    for (int j = 0; j < port_count; ++j) {
      const R enters_kg_s = vmax(b[j].flow_kg_s, R(0));
      law.gain_kg_s[j][j] = enters_kg_s;  // on to the private node
      if (!any(enters_kg_s > R(0))) continue;
      Parcels<R> unit = blank;
      h[j] = R(1);
      pass<R>(d, unit, b, st.dt_s, h, out_j);
      h[j] = R(0);
      for (int k = 0; k < port_count; ++k) law.gain_kg_s[k][j] += select(enters_kg_s > R(0), out_j[k] / R(st.dt_s), R(0));
    }
    return law;
  }
  template <class R> static Ledger<R> advance(const Step<R>& st, const Data<R>& d, const Input<R>&, State<R>& s,
                                              const Branch<R>* b, const R* h_in_j_kg, const R*) {
    R out_j[port_count];
    pass<R>(d, s, b, st.dt_s, h_in_j_kg, out_j);
    settle_all<R>(s);
    thin_out<R>(d, s);
    return {.heat_out_j = rest<R>(d, s, st.dt_s)};
  }
};

}  // namespace
COMPONENT(PortTank, port_tank)
}  // namespace hypocaust::plant
