#include "models/plant/plant.hpp"

#include <algorithm>
#include <deque>
#include <optional>

#include "models/core/contracts.hpp"
#include "models/core/errors.hpp"
#include "models/plant/audit.hpp"
#include "models/plant/buoyancy.hpp"
#include "models/plant/heat.hpp"
#include "models/plant/hydraulics.hpp"
#include "models/plant/topology.hpp"

namespace hypocaust::plant {

struct Plant::Impl {
  explicit Impl(const PlantSpec& spec);
  void lay_out();
  void fill(const PlantSpec& spec);
  Buoyancy::Content content(int c) const;
  void list_channels();
  void store();
  void predict(double dt_s);
  StepReport step(const Step<double>& step);

  const Topology topology;
  Hydraulics hydraulics;
  Heat heat;
  std::optional<Buoyancy> buoyancy;  // after fill()

  // The arena: states and inputs by batch; flows, pressures and enthalpies (nodes, and outside at the end); flows and pressures a step
  // before, and how long that was; densities of risers.
  std::vector<double> arena;
  std::vector<std::size_t> state_at, input_at, data_at;  // per batch: first Real
  std::size_t flows_at = 0, pressures_at = 0, enthalpy_at = 0, before_at = 0, densities_at = 0;

  std::vector<std::vector<double>> packed;  // of the batches that run on packs
  std::vector<double> data;                 // derived from Params; prepared for one step length
  double prepared_dt_s = -1;
  std::vector<Batch<double>> batches;
  std::vector<Branch<double>> branches;
  std::vector<Row<double>> rows;
  std::vector<double> h_in_j_kg, h_out_w, base_w, gain_kg_s, stored_j, stored_before_j, scratch;
  std::vector<Ledger<double>> ledgers;
  double last_dt_s = 1;

  struct Reading {  // how a channel is computed
    enum What { node_temperature, node_pressure, flow, state, channel } what;
    int index, place;  // node, branch or component; place: Real of the state, or number of the channel
    int columns;
  };
  std::vector<Reading> readings;
  std::vector<ChannelInfo> channel_infos;
  std::deque<std::string> texts;  // what the infos' views point into

  const double* data_of(int c) const { return data.data() + offset(data_at, c, part(c).type->data_reals); }
  double* state_of(int c) { return arena.data() + offset(state_at, c, part(c).type->state_reals); }
  double* input_of(int c) { return arena.data() + offset(input_at, c, part(c).type->input_reals); }
  const Topology::Part& part(int c) const { return topology.parts[static_cast<std::size_t>(c)]; }
  std::size_t offset(const std::vector<std::size_t>& first, int c, int reals) const {
    return first[static_cast<std::size_t>(part(c).batch)] + static_cast<std::size_t>(part(c).index * reals);
  }
  RawView view_of(int c) const {  // of component c after a step
    const auto k = static_cast<std::size_t>(part(c).first_branch);
    return {data_of(c),
            const_cast<Impl*>(this)->input_of(c),
            const_cast<Impl*>(this)->state_of(c),
            branches.data() + k,
            h_in_j_kg.data() + k,
            h_out_w.data() + k,
            &ledgers[static_cast<std::size_t>(c)],
            last_dt_s};
  }
  double cp_j_kg_k(std::size_t branch) const {
    return topology.circuits[static_cast<std::size_t>(topology.branches[branch].circuit)].fluid.cp_j_kg_k;
  }
  std::size_t branch_at(int c, int branch) const {
    EXPECT(branch >= 0 && branch < static_cast<int>(part(c).type->branches.size()));
    return static_cast<std::size_t>(part(c).first_branch) + static_cast<std::size_t>(branch);
  }
};

Plant::Impl::Impl(const PlantSpec& spec) : topology(make_topology(spec)), hydraulics(topology), heat(topology) {
  lay_out();
  fill(spec);
  list_channels();
}

void Plant::Impl::lay_out() {
  std::size_t reals = 0, data_reals = 0, gains = 0, scratch_reals = 0;
  for (const auto& b : topology.batches) {
    const auto count = static_cast<std::size_t>(b.count);
    state_at.push_back(reals);
    reals += count * static_cast<std::size_t>(b.type->state_reals);
    data_at.push_back(data_reals);
    data_reals += count * static_cast<std::size_t>(b.type->data_reals);
    gains += count * b.type->branches.size() * b.type->branches.size();
    scratch_reals += count * static_cast<std::size_t>(b.type->scratch_reals);
  }
  for (const auto& b : topology.batches) {
    input_at.push_back(reals);
    reals += static_cast<std::size_t>(b.count * b.type->input_reals);
  }
  const std::size_t links = topology.branches.size(), nodes = topology.nodes.size() + 1, parts = topology.parts.size();
  flows_at = reals;
  pressures_at = flows_at + links;
  enthalpy_at = pressures_at + nodes;
  before_at = enthalpy_at + nodes;
  densities_at = before_at + links + nodes + 1;
  arena.assign(densities_at + Buoyancy::risers(topology), 0.0);
  data.assign(data_reals, 0.0);
  branches.assign(links, {0, 0, 0, 0});
  rows.assign(static_cast<std::size_t>(topology.own_unknowns), {0, 0, 0, 0, 0});
  h_in_j_kg.assign(links, 0.0);
  h_out_w.assign(links, 0.0);
  base_w.assign(links, 0.0);
  gain_kg_s.assign(gains, 0.0);
  stored_j.assign(parts, 0.0);
  stored_before_j.assign(parts, 0.0);
  ledgers.assign(parts, {});
  scratch.assign(scratch_reals, 0.0);
  std::size_t gain = 0, left = 0;
  for (std::size_t i = 0; i < topology.batches.size(); ++i) {
    const auto& b = topology.batches[i];
    const auto branch = static_cast<std::size_t>(b.first_branch), first = static_cast<std::size_t>(b.first_part);
    batches.push_back({.count = b.count,
                       .data = data.data() + data_at[i],
                       .input = arena.data() + input_at[i],
                       .state = arena.data() + state_at[i],
                       .branches = branches.data() + branch,
                       .rows = rows.data() + b.first_own_unknown,
                       .h_in_j_kg = h_in_j_kg.data() + branch,
                       .h_out_w = h_out_w.data() + branch,
                       .base_w = base_w.data() + branch,
                       .gain_kg_s = gain_kg_s.data() + gain,
                       .ledgers = ledgers.data() + first,
                       .stored_j = stored_j.data() + first,
                       .scratch = b.type->scratch_reals > 0 ? scratch.data() + left : nullptr});
    left += static_cast<std::size_t>(b.count * b.type->scratch_reals);
    if (b.packs) {  // on a line of the cache
      constexpr std::size_t line = 64 / sizeof(double);
      auto& its = packed.emplace_back(static_cast<std::size_t>(b.count * b.type->data_reals) + line);
      batches.back().packed = its.data() + (line - reinterpret_cast<std::uintptr_t>(its.data()) / sizeof(double) % line) % line;
    }
    gain += static_cast<std::size_t>(b.count) * b.type->branches.size() * b.type->branches.size();
  }
}

void Plant::Impl::fill(const PlantSpec& spec) {
  for (int c = 0; c < static_cast<int>(topology.parts.size()); ++c) {
    const auto& p = part(c);
    std::vector<Fluid> fluids;
    for (const std::string& name : branch_circuits(*p.spec, *p.type)) fluids.push_back(spec.circuits.find(name)->properties());
    p.type->derive(p.spec->params.object(), fluids.data(), data.data() + offset(data_at, c, p.type->data_reals));
    p.type->make_input(input_of(c));
    const bool wet = !p.type->branches.empty();
    const auto* circuit =
        wet ? &topology.circuits[static_cast<std::size_t>(topology.branches[static_cast<std::size_t>(p.first_branch)].circuit)]
            : nullptr;
    p.type->init(data_of(c), state_of(c), circuit ? circuit->initial_c : 20.0);
    for (const BranchSpec& b : p.type->branches)  // what is open to outside starts as its circuit does
      if (circuit && (b.from.empty() || b.to.empty()))
        for (const Place& slot : p.type->inputs) {
          if (slot.name == "pressure") input_of(c)[slot.place] = circuit->pressure_pa;
          if (slot.name == "temperature") input_of(c)[slot.place] = circuit->initial_c;
        }
    for (const Schedule& schedule : p.type->schedules)
      if (const double constant = schedule.written(p.spec->params.object()).constant; constant == constant)
        input_of(c)[schedule.place] = constant;
  }
  for (std::size_t i = 0; i < topology.nodes.size(); ++i) {
    const auto& circuit = topology.circuits[static_cast<std::size_t>(topology.nodes[i].circuit)];
    arena[pressures_at + i] = circuit.pressure_pa;
    arena[enthalpy_at + i] = circuit.initial_c * circuit.fluid.cp_j_kg_k;
  }
  store();
  std::vector<Buoyancy::Content> contents;
  for (int c = 0; c < static_cast<int>(topology.parts.size()); ++c) contents.push_back(content(c));
  buoyancy.emplace(topology, contents);
}

// What component c would hold were it made at 0 degC, and for each kelvin above.
Buoyancy::Content Plant::Impl::content(int c) const {
  const ComponentType& kind = *part(c).type;
  double its_j[2];
  std::vector<double> state(static_cast<std::size_t>(kind.state_reals));
  for (int warmer = 0; warmer < 2; ++warmer) {
    kind.init(data_of(c), state.data(), 30.0 + warmer);
    kind.store({.count = 1,
                .data = const_cast<double*>(data_of(c)),  // a batch is read and written through one type
                .input = const_cast<Impl*>(this)->input_of(c),
                .state = state.data(),
                .stored_j = &its_j[warmer]});
  }
  const double j_k = its_j[1] - its_j[0];
  return {.at_zero_j = its_j[0] - 30.0 * j_k, .j_k = j_k};
}

void Plant::Impl::store() {
  for (std::size_t b = 0; b < batches.size(); ++b) topology.batches[b].type->store(batches[b]);
}

// Flows and pressures go on as they went over the last step, where that was as long: a start nearer to the solution than standing
// still, and still in balance at every node. Not where a flow would turn (a valve that has shut is no guide), nor where all but rest:
// what stands is right to the last digit.
void Plant::Impl::predict(double dt_s) {
  double* const now = arena.data() + flows_at;  // flows, then pressures
  double* const before = arena.data() + before_at;
  const std::size_t numbers = enthalpy_at - flows_at, flows = pressures_at - flows_at;
  bool goes_on = before[numbers] == dt_s;
  before[numbers] = dt_s;
  double largest_kg_s = 0;
  for (std::size_t i = 0; i < flows; ++i) largest_kg_s = vmax(largest_kg_s, vabs(now[i]));
  const double counts_kg_s = 1e-9 * largest_kg_s;
  bool moved = false;
  for (std::size_t i = 0; i < flows; ++i) {
    const double change_kg_s = now[i] - before[i];
    const bool counts = vabs(change_kg_s) > counts_kg_s;
    moved = moved || counts;
    goes_on = goes_on && !(counts && now[i] * (now[i] + change_kg_s) <= 0);
  }
  goes_on = goes_on && moved;
  for (std::size_t i = 0; i < numbers; ++i) {
    const double value = now[i];
    if (goes_on) now[i] += value - before[i];
    before[i] = value;
  }
}

StepReport Plant::Impl::step(const Step<double>& step) {
  EXPECT(step.dt_s > 0);
  if (step.dt_s != prepared_dt_s) {
    for (std::size_t b = 0; b < batches.size(); ++b) {
      const auto& place = topology.batches[b];
      if (place.type->prepare) place.type->prepare(batches[b], step.dt_s);
      if (place.packs) place.packs->pack(&batches[b]);
    }
    prepared_dt_s = step.dt_s;
  }
  last_dt_s = step.dt_s;
  StepReport report;
  double* const flows = arena.data() + flows_at;
  const std::size_t nodes = topology.nodes.size() + 1;
  predict(step.dt_s);
  for (std::size_t k = 0; k < branches.size(); ++k) branches[k].flow_kg_s = flows[k];
  const std::span<const double> lift_pa = buoyancy->lifts_pa({{arena.data() + enthalpy_at, nodes}, stored_j, step.steady},
                                                             {arena.data() + densities_at, arena.size() - densities_at});
  const auto wet = hydraulics.solve(topology, batches, lift_pa, {arena.data() + pressures_at, nodes}, branches, rows);
  report.hydraulics = wet.outcome;
  report.hydraulic_iterations = wet.iterations;
  for (std::size_t k = 0; k < branches.size(); ++k) flows[k] = branches[k].flow_kg_s;
  if (wet.outcome == Outcome::failed) {  // nothing has advanced
    report.stuck_component = topology.branches[static_cast<std::size_t>(wet.stuck_branch)].component;
    report.stuck_branch = wet.stuck_branch - part(report.stuck_component).first_branch;
    return report;
  }

  const auto warm =
      heat.solve(topology, step, batches, {arena.data() + enthalpy_at, nodes}, branches, h_in_j_kg, h_out_w, base_w, gain_kg_s);
  report.heat = warm.outcome;
  report.heat_solves = warm.solves;
  if (warm.outcome == Outcome::failed) return report;
  stored_before_j.swap(stored_j);
  for (std::size_t b = 0; b < batches.size(); ++b) {
    batches[b].stored_j = stored_j.data() + topology.batches[b].first_part;
    topology.batches[b].advance(batches[b], step);
    topology.batches[b].type->store(batches[b]);
  }
  audit(topology,
        {.dt_s = step.dt_s,
         .branches = branches,
         .h_in_j_kg = h_in_j_kg,
         .h_out_w = h_out_w,
         .ledgers = ledgers,
         .stored_before_j = stored_before_j,
         .stored_after_j = stored_j},
        report);
  return report;
}

void Plant::Impl::list_channels() {
  const auto text = [&](std::string_view s) -> std::string_view { return texts.emplace_back(s); };
  for (int n = 0; n < topology.named_nodes; ++n) {
    const std::string& name = topology.nodes[static_cast<std::size_t>(n)].name;
    channel_infos.push_back({"node", name, "temperature", "degC", "mean temperature of the node over the step", 1});
    readings.push_back({Reading::node_temperature, n, 0, 1});
    channel_infos.push_back({"node", name, "pressure", "Pa", "gauge pressure of the node", 1});
    readings.push_back({Reading::node_pressure, n, 0, 1});
  }
  for (int c = 0; c < static_cast<int>(topology.parts.size()); ++c) {
    const auto& p = part(c);
    const std::string_view type = p.type->schema->name;
    for (std::size_t k = 0; k < p.type->branches.size(); ++k) {
      const std::size_t branch = static_cast<std::size_t>(p.first_branch) + k;
      const auto& place = topology.branches[branch];
      if (place.hidden || place.from == topology.outside() || place.to == topology.outside()) continue;
      channel_infos.push_back(
          {type, p.name, place.stream.empty() ? "flow" : text(place.stream + ".flow"), "kg/s", "mass flow", 1});
      readings.push_back({Reading::flow, static_cast<int>(branch), 0, 1});
    }
    for (const Place& state : p.type->states) {
      channel_infos.push_back({type, p.name, state.name, state.unit, state.doc, 1, state.over});
      readings.push_back({Reading::state, c, state.place, 1});
    }
    for (const Channel& channel : p.type->channels) {
      const int columns = p.type->columns(data_of(c), channel.index);
      if (columns == 0) continue;  // the component has not what it tells
      channel_infos.push_back({type, p.name, channel.name, channel.unit, channel.doc, columns, channel.over});
      readings.push_back({Reading::channel, c, channel.index, columns});
    }
  }
}

Plant::Plant(const PlantSpec& spec) : impl_(std::make_unique<Impl>(spec)) {}
Plant::~Plant() = default;
Plant::Plant(Plant&&) noexcept = default;

int Plant::component(std::string_view name) const {
  for (int c = 0; c < components(); ++c)
    if (impl_->part(c).name == name) return c;
  return -1;
}
int Plant::node(std::string_view name) const {
  for (int n = 0; n < nodes(); ++n)
    if (node_name(n) == name) return n;
  return -1;
}
int Plant::components() const { return static_cast<int>(impl_->topology.parts.size()); }
int Plant::nodes() const { return impl_->topology.named_nodes; }
const std::string& Plant::component_name(int c) const { return impl_->part(c).name; }
const std::string& Plant::node_name(int n) const { return impl_->topology.nodes[static_cast<std::size_t>(n)].name; }
const ComponentType& Plant::type(int c) const { return *impl_->part(c).type; }

double* Plant::input(int c, std::string_view name) {
  for (const Place& slot : type(c).inputs)
    if (slot.name == name) return impl_->input_of(c) + slot.place;
  return nullptr;
}
const double* Plant::input(int c, std::string_view name) const { return const_cast<Plant*>(this)->input(c, name); }

StepReport Plant::step(const Step<double>& step) { return impl_->step(step); }

double Plant::node_temperature_c(int n) const {
  return impl_->arena[impl_->enthalpy_at + static_cast<std::size_t>(n)] / node_cp_j_kg_k(n);
}
double Plant::node_pressure_pa(int n) const { return impl_->arena[impl_->pressures_at + static_cast<std::size_t>(n)]; }
const Ledger<double>& Plant::ledger(int c) const { return impl_->ledgers[static_cast<std::size_t>(c)]; }
std::span<const Ledger<double>> Plant::ledgers() const { return impl_->ledgers; }
std::span<const double> Plant::node_enthalpies_j_kg() const {
  return {impl_->arena.data() + impl_->enthalpy_at, static_cast<std::size_t>(nodes())};
}
std::span<const double> Plant::node_pressures_pa() const {
  return {impl_->arena.data() + impl_->pressures_at, static_cast<std::size_t>(nodes())};
}
double Plant::node_cp_j_kg_k(int n) const {
  const auto circuit = static_cast<std::size_t>(impl_->topology.nodes[static_cast<std::size_t>(n)].circuit);
  return impl_->topology.circuits[circuit].fluid.cp_j_kg_k;
}
double Plant::stored_j(int c) const { return impl_->stored_j[static_cast<std::size_t>(c)]; }
double Plant::heat_capacity_j_k(int c) const { return impl_->content(c).j_k; }
bool Plant::rejects(int c) const { return type(c).most_rejected != nullptr; }
Rejection<double> Plant::most_rejected(int c, const Step<double>& step) const {
  EXPECT(rejects(c));
  return type(c).most_rejected(step, impl_->data_of(c), impl_->input_of(c));
}
std::string_view Plant::reason(int c) const { return type(c).reason ? type(c).reason(impl_->state_of(c)) : ""; }
Need Plant::need(int c) const {
  EXPECT(type(c).need);
  return type(c).need(impl_->view_of(c));
}
double Plant::asks_c(int c, const Step<double>& step) const {
  EXPECT(type(c).asks_c);
  return type(c).asks_c(step, impl_->data_of(c), impl_->input_of(c), impl_->state_of(c));
}
int Plant::branches(int c) const { return static_cast<int>(type(c).branches.size()); }
double Plant::branch_flow_kg_s(int c, int branch) const { return impl_->arena[impl_->flows_at + impl_->branch_at(c, branch)]; }
std::string_view Plant::stream_name(int c, int branch) const {
  return impl_->topology.branches[impl_->branch_at(c, branch)].stream;
}
const std::string& Plant::circuit_name(int c, int branch) const {
  return impl_->topology.circuits[static_cast<std::size_t>(impl_->topology.branches[impl_->branch_at(c, branch)].circuit)].name;
}
bool Plant::opens_outside(int c, int branch) const {
  const auto& place = impl_->topology.branches[impl_->branch_at(c, branch)];
  return place.from == impl_->topology.outside() || place.to == impl_->topology.outside();
}
bool Plant::connected(int c, int branch) const { return !impl_->topology.branches[impl_->branch_at(c, branch)].hidden; }
double Plant::branch_drop_pa(int c, int branch) const {
  const std::size_t k = impl_->branch_at(c, branch);
  return impl_->branches[k].dp_pa - impl_->buoyancy->lift_pa(k);
}
double Plant::branch_rho_kg_m3(int c, int branch) const {
  return impl_->topology.circuits[static_cast<std::size_t>(impl_->topology.branches[impl_->branch_at(c, branch)].circuit)]
      .fluid.rho_kg_m3;
}
double Plant::branch_heat_w(int c, int branch) const {
  const std::size_t k = impl_->branch_at(c, branch);
  return impl_->h_out_w[k] - vabs(impl_->branches[k].flow_kg_s) * impl_->h_in_j_kg[k];
}
double Plant::branch_in_c(int c, int branch) const {
  const std::size_t k = impl_->branch_at(c, branch);
  return impl_->h_in_j_kg[k] / impl_->cp_j_kg_k(k);
}
double Plant::branch_out_c(int c, int branch) const {
  const std::size_t k = impl_->branch_at(c, branch);
  const double flow_kg_s = vabs(impl_->branches[k].flow_kg_s);
  return flow_kg_s > 1e-9 ? impl_->h_out_w[k] / flow_kg_s / impl_->cp_j_kg_k(k) : branch_in_c(c, branch);
}

std::span<const ChannelInfo> Plant::channels() const { return impl_->channel_infos; }
void Plant::read_channels(std::span<double> values) const {
  std::size_t v = 0;
  for (std::size_t k = 0; k < impl_->readings.size(); ++k) {
    const auto columns = static_cast<std::size_t>(impl_->readings[k].columns);
    read_channel(k, values.subspan(v, columns));
    v += columns;
  }
}
Plant::Standing Plant::standing(std::size_t channel) const {
  using Reading = Impl::Reading;
  const Reading& r = impl_->readings[channel];
  const auto index = static_cast<std::size_t>(r.index);
  switch (r.what) {
    case Reading::node_temperature: {
      const auto circuit = static_cast<std::size_t>(impl_->topology.nodes[index].circuit);
      return {impl_->arena.data() + impl_->enthalpy_at + index, impl_->topology.circuits[circuit].fluid.cp_j_kg_k};
    }
    case Reading::node_pressure:
      return {impl_->arena.data() + impl_->pressures_at + index};
    case Reading::flow:
      return {&impl_->branches[index].flow_kg_s};
    case Reading::state:
      return {impl_->state_of(r.index) + r.place};
    case Reading::channel:
      return {};
  }
  return {};
}
void Plant::read_channel(std::size_t channel, std::span<double> values) const {
  const Impl::Reading& r = impl_->readings[channel];
  EXPECT(values.size() == static_cast<std::size_t>(r.columns));
  if (const Standing at = standing(channel); at.place) {
    values[0] = *at.place / at.scale;
    return;
  }
  const auto& p = impl_->part(r.index);
  const RawView view = impl_->view_of(r.index);
  for (int column = 0; column < r.columns; ++column)
    values[static_cast<std::size_t>(column)] = p.type->channel(view, r.place, column);
}

std::span<const double> Plant::snapshot() const { return impl_->arena; }
void Plant::restore(std::span<const double> arena) {
  EXPECT(arena.size() == impl_->arena.size());
  std::copy(arena.begin(), arena.end(), impl_->arena.begin());
  impl_->store();
}

}  // namespace hypocaust::plant
