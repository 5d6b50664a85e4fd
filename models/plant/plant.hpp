// A plant: components between named nodes, assembled once, advanced step by step, audited every step.
#pragma once
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "models/core/fluids.hpp"
#include "models/core/schema.hpp"
#include "models/plant/component.hpp"

namespace hypocaust::plant {

struct ComponentType;  // registry.hpp

// Whose electricity a circuit's pumps use: the data centre's (in PUE) or the heat customer's (outside it).
enum class Boundary : int { data_centre, customer };
std::span<const std::string_view> names(Boundary);

struct CircuitSpec {  // one entry of plant.circuits
  FluidKind fluid = FluidKind::water;
  double glycol_frac = 0.0;
  double design_c = 40.0;  // temperature at which the fluid's properties are taken
  double initial_c = 20.0;
  double pressure_pa = 1.5e5;                   // gauge, at the expansion vessel, at rest
  Boundary boundary = Boundary::data_centre;    // key `boundary`: where PUE, ERF and ERE draw their line
  FrictionLaw friction = FrictionLaw::haaland;  // of its pipes, unless they name a law
  double laminar_reynolds = 2000, turbulent_reynolds = 4000;
  double rho_kg_m3 = not_given, cp_j_kg_k = not_given, mu_pa_s = not_given, k_w_m_k = not_given;  // fluid: constant
  std::vector<FluidPoint> points;                                                                 // fluid: tabulated
  double freezing_c = not_given;                                                                  // of both
  Fluid properties() const;                // what circulates, at design_c; water's where check() finds a fault
  double density_kg_m3(double t_c) const;  // of the same; beyond the range of its properties as at the end of it
  void check(Problems& problems) const;
  static const Schema& schema();
};
struct NodeSpec {  // one entry of plant.nodes: only what differs from the default
  double height_m = 0.0;
  static const Schema& schema();
};
struct ComponentSpec {
  std::string name;
  Typed params;  // its schema identifies the type in the registry
};
struct PlantSpec {
  Named<CircuitSpec> circuits;
  Named<NodeSpec> nodes;
  std::vector<ComponentSpec> components;
};

// A structural fault found before the run: key is the path below `plant` ("components.hp.hot.from", "circuits.rack").
// Reports: no pressure reference, disconnected part, two fixed flows in series, unknown circuit, a node only one part touches.
void check_structure(const PlantSpec& spec, Problems& problems);
// Nominal point -> what was not given, for one component (calls the type's size()); circuits must be known.
void size_component(const PlantSpec& spec, ComponentSpec& component, Problems& problems);

enum class Outcome : int { converged, fallback, failed };
struct StepReport {
  Outcome hydraulics = Outcome::converged, heat = Outcome::converged;
  int hydraulic_iterations = 0, heat_solves = 0;
  int stuck_component = -1, stuck_branch = -1;  // hydraulics failed: where its last correction was largest
  double imbalance_j = 0, throughput_j = 0;     // of the plant over the step; throughput: sum of absolute boundary heat and power
  int worst_component = -1;                     // index, by imbalance against its own limit
  double worst_component_ratio = 0;             // imbalance / limit: > 1 is a failure
};

// A recorded number of the plant; the getter is called after a step.
struct ChannelInfo {
  std::string_view type;  // component type ("tank") or "node"
  std::string component;  // component or node name
  std::string_view name, unit, doc;
  int columns = 1;
  Over over = Over::time;
};

class Plant {
 public:
  explicit Plant(const PlantSpec& spec);  // structural faults must have been checked; throws InternalError on one
  ~Plant();
  Plant(Plant&&) noexcept;

  // Components sorted by type then name; nodes by name. Indices are stable for the life of the plant.
  int component(std::string_view name) const;  // -1 when there is none
  int node(std::string_view name) const;
  int components() const;
  int nodes() const;
  const std::string& component_name(int component) const;
  const std::string& node_name(int node) const;
  const ComponentType& type(int component) const;

  // The number behind component.input ("speed", "position", "available"); nullptr when there is none. Valid for the life of the plant.
  double* input(int component, std::string_view name);
  const double* input(int component, std::string_view name) const;

  StepReport step(const Step<double>& step);

  double node_temperature_c(int node) const;             // step mean, as the heat solve left it
  double node_pressure_pa(int node) const;               // gauge
  const Ledger<double>& ledger(int component) const;     // of the last step
  std::span<const Ledger<double>> ledgers() const;       // all of them
  std::span<const double> node_enthalpies_j_kg() const;  // what node_temperature_c() divides by the heat capacity
  std::span<const double> node_pressures_pa() const;
  double stored_j(int component) const;                          // now
  Need need(int component) const;                                // of a heat user, over the last step
  double asks_c(int component, const Step<double>& step) const;  // of a heat user: the supply temperature it would like
  double heat_capacity_j_k(int component) const;                 // of what it stores: contents, metal; 0: nothing
  bool rejects(int component) const;                             // it is made to give heat away (a dry cooler)
  Rejection<double> most_rejected(int component, const Step<double>& step) const;  // of one that rejects
  std::string_view reason(int component) const;  // the mode it is in, of a type that tells one; else empty
  int branches(int component) const;
  double branch_flow_kg_s(int component, int branch) const;
  std::string_view stream_name(int component, int branch) const;  // "" (an only branch), "hot"
  const std::string& circuit_name(int component, int branch) const;
  bool opens_outside(int component, int branch) const;     // one end is not in the network
  bool connected(int component, int branch) const;         // false: an optional port that is left out
  double branch_drop_pa(int component, int branch) const;  // pressure at its start minus at its end
  double branch_rho_kg_m3(int component, int branch) const;
  double node_cp_j_kg_k(int node) const;                  // of its circuit's fluid
  double branch_heat_w(int component, int branch) const;  // enthalpy flow out minus in, positive: the stream gained heat
  double branch_in_c(int component, int branch) const;    // temperature that entered
  double branch_out_c(int component, int branch) const;   // temperature that left (entered, at zero flow)

  // Every channel the plant offers, in a fixed order; channel values are written in that order, columns consecutive.
  std::span<const ChannelInfo> channels() const;
  void read_channels(std::span<double> values) const;                      // size: sum of columns; values of the last step
  void read_channel(std::size_t channel, std::span<double> values) const;  // one of them; size: its columns
  struct Standing {  // a channel that is a number of the plant itself: its place for good, and the scale it is divided by
    const double* place = nullptr;  // none: the channel is computed
    double scale = 1.0;
  };
  Standing standing(std::size_t channel) const;

  std::span<const double> snapshot() const;  // the arena: state, inputs, warm start
  void restore(std::span<const double> arena);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace hypocaust::plant
