#include "models/plant/plant.hpp"

#include <algorithm>
#include <limits>

#include "models/core/contracts.hpp"
#include "models/plant/heat.hpp"
#include "models/plant/hydraulics.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

struct Plant::Impl {
  explicit Impl(const PlantSpec& given) : spec(given), topology(assemble(spec)), hydraulics(topology), heat(topology) { lay_out(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  void lay_out();
  void start();
  void list_channels();
  StepReport step(const Step<double>& step);
  void audit(double dt_s, StepReport& report);

  static std::size_t reals(int count) { return static_cast<std::size_t>(count); }
  // Data, Input and State of one component.
  double* data_at(const ComponentEntry& c) const {
    return static_cast<double*>(batches[static_cast<std::size_t>(c.batch)].data) + static_cast<std::size_t>(c.place) * reals(c.type->data_reals);
  }
  double* input_at(const ComponentEntry& c) const {
    return static_cast<double*>(batches[static_cast<std::size_t>(c.batch)].input) + static_cast<std::size_t>(c.place) * reals(c.type->input_reals);
  }
  double* state_at(const ComponentEntry& c) const {
    return static_cast<double*>(batches[static_cast<std::size_t>(c.batch)].state) + static_cast<std::size_t>(c.place) * reals(c.type->state_reals);
  }
  std::size_t branch_at(int component, int branch) const {
    return static_cast<std::size_t>(topology.components[static_cast<std::size_t>(component)].first_branch + branch);
  }
  double cp_of_branch(std::size_t b) const { return topology.fluids[static_cast<std::size_t>(topology.branches[b].circuit)].cp_j_kg_k; }
  double cp_of_node(std::size_t n) const { return topology.fluids[static_cast<std::size_t>(topology.nodes[n].circuit)].cp_j_kg_k; }

  const PlantSpec spec;
  const Topology topology;
  Hydraulics hydraulics;
  HeatSolve heat;
  // The arena: inputs and states by batch, then flows, pressures, node enthalpies. A snapshot is a copy of it.
  std::vector<double> arena;
  double *flows = nullptr, *pressures_pa = nullptr, *enthalpy_j_kg = nullptr;
  std::vector<std::vector<double>> data;    // of each batch
  std::vector<Batch<double>> batches;
  std::vector<Branch<double>> branches;
  std::vector<double> base_w, gain_kg_s, h_in, h_out_w, stored_j, stored_before_j;
  std::vector<Ledger<double>> ledgers;
  double prepared_dt_s = 0.0, last_dt_s = 60.0;
  std::vector<ChannelInfo> channels;
  std::vector<const Channel*> channel_types;  // nullptr: a node's or a branch's
  std::vector<int> channel_subject;               // component, node, or branch
};

void Plant::Impl::lay_out() {
  std::size_t size = 0, gains = 0;
  for (const BatchEntry& batch : topology.batches) {
    const auto count = static_cast<std::size_t>(batch.count), n = batch.type->branches.size();
    size += count * reals(batch.type->input_reals + batch.type->state_reals);
    gains += count * n * n;
  }
  const std::size_t branch_count = topology.branches.size(), node_count = topology.nodes.size();
  arena.resize(size + branch_count + 2 * node_count);
  branches.resize(branch_count), base_w.resize(branch_count), h_in.resize(branch_count), h_out_w.resize(branch_count), gain_kg_s.resize(gains);
  ledgers.resize(topology.components.size());
  stored_j.resize(topology.components.size()), stored_before_j.resize(topology.components.size());

  double* next = arena.data();
  double* next_gain = gain_kg_s.data();
  for (const BatchEntry& entry : topology.batches) {
    const auto count = static_cast<std::size_t>(entry.count), first = static_cast<std::size_t>(entry.first_component);
    const auto branch = static_cast<std::size_t>(entry.first_branch), n = entry.type->branches.size();
    data.emplace_back(count * reals(entry.type->data_reals));
    Batch<double> batch{.count = entry.count, .data = data.back().data()};
    batch.input = next, next += count * reals(entry.type->input_reals);
    batch.state = next, next += count * reals(entry.type->state_reals);
    batch.branches = branches.data() + branch, batch.base_w = base_w.data() + branch;
    batch.h_in_j_kg = h_in.data() + branch, batch.h_out_w = h_out_w.data() + branch;
    batch.gain_kg_s = next_gain, next_gain += count * n * n;
    batch.ledgers = ledgers.data() + first, batch.stored_j = stored_j.data() + first;
    batches.push_back(batch);
  }
  flows = next, pressures_pa = flows + branch_count, enthalpy_j_kg = pressures_pa + node_count;
  start();
  list_channels();
}

void Plant::Impl::start() {
  for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
    const CircuitSpec& circuit = spec.circuits.entries[static_cast<std::size_t>(topology.nodes[n].circuit)].value;
    enthalpy_j_kg[n] = circuit.initial_c * cp_of_node(n);
    pressures_pa[n] = circuit.pressure_pa;
  }
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const ComponentEntry& component = topology.components[c];
    std::vector<Fluid> fluids;
    for (std::size_t k = 0; k < component.type->branches.size(); ++k)
      fluids.push_back(topology.fluids[static_cast<std::size_t>(topology.branches[static_cast<std::size_t>(component.first_branch) + k].circuit)]);
    component.type->derive(component.spec->params.object(), fluids.data(), data_at(component));
    double initial_c = 20.0;
    if (!fluids.empty()) {
      const auto circuit = static_cast<std::size_t>(topology.branches[static_cast<std::size_t>(component.first_branch)].circuit);
      initial_c = spec.circuits.entries[circuit].value.initial_c;
    }
    component.type->make_input(input_at(component));
    component.type->init(data_at(component), state_at(component), initial_c);
  }
}

StepReport Plant::Impl::step(const Step<double>& step) {
  EXPECT(step.dt_s > 0);
  StepReport report;
  if (step.dt_s != prepared_dt_s) {
    for (std::size_t k = 0; k < batches.size(); ++k) if (topology.batches[k].type->prepare) topology.batches[k].type->prepare(batches[k], step.dt_s);
    prepared_dt_s = step.dt_s;
  }
  last_dt_s = step.dt_s;
  for (std::size_t b = 0; b < branches.size(); ++b) branches[b].flow_kg_s = flows[b];
  const Hydraulics::Report flow = hydraulics.solve(batches, branches, pressures_pa);
  const HeatSolve::Report heat_report = heat.solve(batches, branches, step, enthalpy_j_kg);
  for (std::size_t b = 0; b < branches.size(); ++b) flows[b] = branches[b].flow_kg_s;
  report.hydraulics = flow.outcome, report.hydraulic_iterations = flow.iterations;
  report.heat = heat_report.outcome, report.heat_solves = heat_report.solves;
  for (std::size_t k = 0; k < batches.size(); ++k) topology.batches[k].type->store(batches[k]);
  stored_before_j = stored_j;
  for (std::size_t k = 0; k < batches.size(); ++k) topology.batches[k].type->advance(batches[k], step);
  for (std::size_t k = 0; k < batches.size(); ++k) topology.batches[k].type->store(batches[k]);
  audit(step.dt_s, report);
  return report;
}

// Every component and the plant, every step: what came in, less what went out, is what is stored.
void Plant::Impl::audit(double dt_s, StepReport& report) {
  constexpr double epsilon = std::numeric_limits<double>::epsilon();
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const ComponentEntry& component = topology.components[c];
    double carried_j = 0, moved_j = 0;
    for (std::size_t k = 0; k < component.type->branches.size(); ++k) {
      const std::size_t b = static_cast<std::size_t>(component.first_branch) + k;
      if (topology.branches[b].from < 0 || topology.branches[b].to < 0) continue;
      const double in_w = vabs(branches[b].flow_kg_s) * h_in[b];
      carried_j += (in_w - h_out_w[b]) * dt_s;
      moved_j += (vabs(in_w) + vabs(h_out_w[b])) * dt_s;
    }
    const Ledger<double>& ledger = ledgers[c];
    const double boundary_j = ledger.power_in_j + ledger.heat_in_j - ledger.heat_out_j;
    const double crossed_j = vabs(ledger.power_in_j) + vabs(ledger.heat_in_j) + vabs(ledger.heat_out_j);
    const double grown_j = stored_j[c] - stored_before_j[c], imbalance_j = carried_j + boundary_j - grown_j;
    const double limit_j = 1e-9 * vmax(moved_j + crossed_j, dt_s) + 16.0 * epsilon * vabs(stored_j[c]);
    const double ratio = vabs(imbalance_j) / limit_j;
    if (!(ratio <= report.worst_component_ratio)) report.worst_component_ratio = ratio, report.worst_component = static_cast<int>(c);
    report.imbalance_j += boundary_j - grown_j;
    report.throughput_j += crossed_j;
  }
}

void Plant::Impl::list_channels() {
  const auto add = [&](ChannelInfo info, const Channel* type, int subject) {
    channels.push_back(std::move(info)), channel_types.push_back(type), channel_subject.push_back(subject);
  };
  for (std::size_t n = 0; n < topology.nodes.size(); ++n) {
    add({"node", topology.nodes[n].name, "temperature", "degC", "mean temperature"}, nullptr, static_cast<int>(n));
    add({"node", topology.nodes[n].name, "pressure", "Pa", "gauge pressure"}, nullptr, static_cast<int>(n));
  }
  for (std::size_t c = 0; c < topology.components.size(); ++c) {
    const ComponentEntry& component = topology.components[c];
    static constexpr std::string_view flow_names[] = {"flow", "flow_2", "flow_3", "flow_4"};
    for (std::size_t k = 0; k < component.type->branches.size(); ++k) {
      const BranchSpec& branch = component.type->branches[k];
      if (branch.from.empty() || branch.to.empty()) continue;
      add({component.type->schema->name, component.name, flow_names[std::min<std::size_t>(k, 3)], "kg s-1", "mass flow, positive from its first port"}, nullptr,
          component.first_branch + static_cast<int>(k));
    }
    for (const Channel& channel : component.type->channels)
      add({component.type->schema->name, component.name, channel.name, channel.unit, channel.doc, component.type->columns(data_at(component), channel.index)},
          &channel, static_cast<int>(c));
  }
}

// ---- the façade ---------------------------------------------------------------------------------------------------
Plant::Plant(const PlantSpec& spec) : impl_(std::make_unique<Impl>(spec)) {}
Plant::~Plant() = default;
Plant::Plant(Plant&&) noexcept = default;

int Plant::component(std::string_view name) const {
  const auto& list = impl_->topology.components;
  const auto found = std::find_if(list.begin(), list.end(), [&](const ComponentEntry& c) { return c.name == name; });
  return found == list.end() ? -1 : static_cast<int>(found - list.begin());
}
int Plant::node(std::string_view name) const { return impl_->topology.node(name); }
int Plant::components() const { return static_cast<int>(impl_->topology.components.size()); }
int Plant::nodes() const { return static_cast<int>(impl_->topology.nodes.size()); }
const std::string& Plant::component_name(int component) const { return impl_->topology.components[static_cast<std::size_t>(component)].name; }
const std::string& Plant::node_name(int node) const { return impl_->topology.nodes[static_cast<std::size_t>(node)].name; }
const ComponentType& Plant::type(int component) const { return *impl_->topology.components[static_cast<std::size_t>(component)].type; }

double* Plant::input(int component, std::string_view name) {
  for (const Place& slot : type(component).inputs)
    if (slot.name == name) return impl_->input_at(impl_->topology.components[static_cast<std::size_t>(component)]) + slot.place;
  return nullptr;
}
const double* Plant::input(int component, std::string_view name) const { return const_cast<Plant*>(this)->input(component, name); }

StepReport Plant::step(const Step<double>& step) { return impl_->step(step); }

double Plant::node_temperature_c(int node) const {
  const auto n = static_cast<std::size_t>(node);
  return impl_->enthalpy_j_kg[n] / impl_->cp_of_node(n);
}
double Plant::node_pressure_pa(int node) const { return impl_->pressures_pa[node]; }
const Ledger<double>& Plant::ledger(int component) const { return impl_->ledgers[static_cast<std::size_t>(component)]; }
double Plant::stored_j(int component) const { return impl_->stored_j[static_cast<std::size_t>(component)]; }
int Plant::branches(int component) const { return static_cast<int>(type(component).branches.size()); }
double Plant::branch_flow_kg_s(int component, int branch) const { return impl_->flows[impl_->branch_at(component, branch)]; }
double Plant::branch_heat_w(int component, int branch) const {
  const std::size_t b = impl_->branch_at(component, branch);
  return impl_->h_out_w[b] - vabs(impl_->flows[b]) * impl_->h_in[b];
}
double Plant::branch_in_c(int component, int branch) const {
  const std::size_t b = impl_->branch_at(component, branch);
  return impl_->h_in[b] / impl_->cp_of_branch(b);
}
double Plant::branch_out_c(int component, int branch) const {
  const std::size_t b = impl_->branch_at(component, branch);
  const double flow_kg_s = vabs(impl_->flows[b]);
  return flow_kg_s > 1e-9 ? impl_->h_out_w[b] / flow_kg_s / impl_->cp_of_branch(b) : branch_in_c(component, branch);
}

std::span<const ChannelInfo> Plant::channels() const { return impl_->channels; }

void Plant::read_channels(std::span<double> values) const {
  const Impl& p = *impl_;
  std::size_t next = 0;
  for (std::size_t k = 0; k < p.channels.size(); ++k) {
    const int subject = p.channel_subject[k];
    if (const Channel* channel = p.channel_types[k]) {
      const ComponentEntry& component = p.topology.components[static_cast<std::size_t>(subject)];
      const auto b = static_cast<std::size_t>(component.first_branch);
      const RawView view{p.data_at(component), p.input_at(component), p.state_at(component), p.branches.data() + b, p.h_in.data() + b,
                         p.h_out_w.data() + b, &p.ledgers[static_cast<std::size_t>(subject)], p.last_dt_s};
      for (int c = 0; c < p.channels[k].columns; ++c) values[next++] = component.type->channel(view, channel->index, c);
    } else if (p.channels[k].type == "node") {
      values[next++] = p.channels[k].name == "temperature" ? node_temperature_c(subject) : p.pressures_pa[subject];
    } else {
      values[next++] = p.flows[subject];
    }
  }
}

std::span<const double> Plant::snapshot() const { return impl_->arena; }
void Plant::restore(std::span<const double> arena) {
  EXPECT(arena.size() == impl_->arena.size());
  std::copy(arena.begin(), arena.end(), impl_->arena.begin());
  for (std::size_t k = 0; k < impl_->batches.size(); ++k) impl_->topology.batches[k].type->store(impl_->batches[k]);
}

}  // namespace hypocaust::plant
