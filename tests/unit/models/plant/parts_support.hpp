// One component alone, driven by hand: its laws asked through the registry as the plant asks them, without a network.
#pragma once
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/plant_spec.hpp"

namespace hypocaust::test {

struct Stream {
  double flow_kg_s = 0, in_c = 20;
};

class OnePart {
 public:
  // Keys in SI. fluids: one for each branch; water at 40 degC unless given. Throws when sizing finds a problem.
  OnePart(const std::string& type, const std::vector<std::pair<std::string, Value>>& keys, std::vector<Fluid> fluids = {},
          double start_c = 20)
      : OnePart(PlantBuilder::make(type, keys), std::move(fluids), start_c) {}
  explicit OnePart(Typed its_params, std::vector<Fluid> fluids = {}, double start_c = 20)
      : params(std::move(its_params)), type_(plant::component_type(*params.schema())), fluids_(std::move(fluids)) {
    const std::size_t n = type_.branches.size();
    while (fluids_.size() < n + 1) fluids_.push_back(fluid_at({.kind = FluidKind::water, .t_c = 40}));
    Problems problems;
    if (type_.size) type_.size(params.object(), fluids_.data(), problems);
    params.schema()->check(params.object(), problems);
    for (const auto& item : problems.items)
      if (!item.warning) throw std::runtime_error(item.key + ": " + item.text);
    data_.resize(static_cast<std::size_t>(type_.data_reals));
    input_.resize(static_cast<std::size_t>(type_.input_reals));
    state_.resize(static_cast<std::size_t>(type_.state_reals));
    scratch_.resize(static_cast<std::size_t>(type_.scratch_reals));
    branches_.resize(n), h_in_.resize(n), h_out_.resize(n), base_.resize(n), gain_.resize(n * n);
    type_.derive(params.object(), fluids_.data(), data_.data());
    type_.make_input(input_.data());
    type_.init(data_.data(), state_.data(), start_c);
  }

  double& input(std::string_view name) {
    for (const plant::Place& place : type_.inputs)
      if (place.name == name) return input_[static_cast<std::size_t>(place.place)];
    throw std::runtime_error("no input " + std::string(name));
  }
  double param(const std::string& key) { return *static_cast<double*>(locate(*params.schema(), params.object(), key).member); }

  // What branch k does with a pressure difference, found by iterating its linear form.
  double flow_kg_s(double dp_pa, std::size_t k = 0) {
    branches_[k] = {.flow_kg_s = 1, .dp_pa = dp_pa, .conductance = 0, .offset_kg_s = 0};
    for (int i = 0; i < 100; ++i) {
      type_.hydraulics(batch());
      branches_[k].flow_kg_s = branches_[k].offset_kg_s + branches_[k].conductance * dp_pa;
    }
    return branches_[k].flow_kg_s;
  }

  void step(const std::vector<Stream>& streams, double dt_s = 60, double outdoor_c = 10, bool steady = false) {
    const plant::Step<double> now{
        .dt_s = dt_s, .outdoor_c = outdoor_c, .wet_bulb_c = outdoor_c - 2, .ground_c = 10, .light = light, .steady = steady};
    dt_s_ = dt_s;
    const std::size_t n = branches_.size();
    for (std::size_t k = 0; k < n; ++k) {
      branches_[k] = {.flow_kg_s = streams.at(k).flow_kg_s, .dp_pa = 0, .conductance = 0, .offset_kg_s = 0};
      h_in_[k] = streams.at(k).in_c * fluids_[k].cp_j_kg_k;
    }
    if (type_.prepare) type_.prepare(batch(), dt_s);
    const double before_j = stored_j();
    if (n > 0) type_.heat(batch(), now);
    double in_w = 0, out_w = 0;
    for (std::size_t k = 0; k < n; ++k) {
      h_out_[k] = base_[k];
      for (std::size_t j = 0; j < n; ++j) h_out_[k] += gain_[k * n + j] * h_in_[j];
      in_w += std::fabs(branches_[k].flow_kg_s) * h_in_[k], out_w += h_out_[k];
    }
    type_.advance(batch(), now);
    imbalance_j = (in_w - out_w) * dt_s + ledger.power_in_j + ledger.heat_in_j - ledger.heat_out_j - (stored_j() - before_j);
  }
  double out_c(std::size_t k = 0) const { return h_out_[k] / (std::fabs(branches_[k].flow_kg_s) * fluids_[k].cp_j_kg_k); }
  // Heat the stream gained, W.
  double gained_w(std::size_t k = 0) const { return h_out_[k] - std::fabs(branches_[k].flow_kg_s) * h_in_[k]; }
  double stored_j() {
    type_.store(batch());
    return stored_;
  }
  plant::Need need() const { return type_.need(view()); }
  double channel(std::string_view name, int column = 0) const {
    for (const plant::Place& state : type_.states)
      if (state.name == name) return state_[static_cast<std::size_t>(state.place)];
    for (const plant::Channel& channel : type_.channels)
      if (channel.name == name) return type_.channel(view(), channel.index, column);
    throw std::runtime_error("no channel " + std::string(name));
  }
  std::string_view reason() const { return type_.reason(state_.data()); }
  double cp_j_kg_k(std::size_t k = 0) const { return fluids_[k].cp_j_kg_k; }

  plant::Ledger<double> ledger;
  Light<double> light;
  double imbalance_j = 0;
  Typed params;

 private:
  plant::RawView view() const {
    return {data_.data(), input_.data(), state_.data(), branches_.data(), h_in_.data(), h_out_.data(), &ledger, dt_s_};
  }
  plant::Batch<double> batch() {
    return {.count = 1,
            .data = data_.data(),
            .input = input_.data(),
            .state = state_.data(),
            .branches = branches_.data(),
            .h_in_j_kg = h_in_.data(),
            .h_out_w = h_out_.data(),
            .base_w = base_.data(),
            .gain_kg_s = gain_.data(),
            .ledgers = &ledger,
            .stored_j = &stored_,
            .scratch = scratch_.data()};
  }
  const plant::ComponentType& type_;
  std::vector<Fluid> fluids_;
  std::vector<double> data_, input_, state_, scratch_, h_in_, h_out_, base_, gain_;
  std::vector<plant::Branch<double>> branches_;
  double stored_ = 0, dt_s_ = 60;
};

}  // namespace hypocaust::test
