// check_valve: passes forward flow with a small loss and holds backflow (a leak of one part in a thousand of the flow at the
// same pressure, as a real flap has; it also keeps the solve regular). Out of order its flap stays open: it passes both ways alike.
#include "models/plant/registry.hpp"
#include "models/plant/valve_law.hpp"

namespace hypocaust::plant {
namespace {

struct CheckValve : ComponentBase {
  static constexpr std::array<BranchSpec, 1> branches{{{"from", "to"}}};
  static constexpr bool can_wear = true;
  struct Params {
    Ref from, to;
    double kv_m3_s = not_given;
    static const Schema& schema() {
      static const Schema s = describe<Params>(
          "check_valve", "Valve that holds backflow.",
          {row<&Params::from>("from", "", port, "inlet node"), row<&Params::to>("to", "", port, "outlet node"),
           row<&Params::kv_m3_s>("kv", "m3/h", {.need = required, .min = 1e-6, .max = 1e4}, "forward flow of water at 1 bar")});
      return s;
    }
  };
  template <class R> struct Data { R k, toe_kg_s; };
  static Data<double> derive(const Params& p, const Fluid* f) {
    return {.k = valve_k(*f, p.kv_m3_s), .toe_kg_s = 0.01 * p.kv_m3_s * f->rho_kg_m3};
  }
  template <class R> static void hydraulics(const Data<R>& d, const Input<R>& in, const State<R>&, Branch<R>* b) {
    const R left_frac = kv_left(in.capacity_frac), k = d.k / (left_frac * left_frac);
    quadratic(*b, k * select((b->flow_kg_s >= R(0)) | (in.available < R(0.5)), R(1), R(backflow_factor)), d.toe_kg_s);
  }
};

}  // namespace
COMPONENT(CheckValve, check_valve)
}  // namespace hypocaust::plant
