#include "models/plant/heat.hpp"

namespace hypocaust::plant {
namespace {

constexpr double still = 1e-14;  // of the largest flow: keeps a still node's value and makes still rings regular
constexpr int most_solves = 25;

// The ends of a component's branches: from and to of each, 2N in all.
std::vector<int> ends_of(const Topology& topology, const ComponentEntry& component) {
  std::vector<int> ends;
  for (std::size_t k = 0; k < component.type->branches.size(); ++k) {
    const BranchEntry& branch = topology.branches[static_cast<std::size_t>(component.first_branch) + k];
    ends.push_back(branch.from), ends.push_back(branch.to);
  }
  return ends;
}

std::vector<std::pair<int, int>> pattern(const Topology& topology) {
  std::vector<std::pair<int, int>> pairs;
  for (const ComponentEntry& component : topology.components) {
    const std::vector<int> ends = ends_of(topology, component);
    for (const int a : ends)
      for (const int b : ends)
        if (a >= 0 && b >= 0 && a != b) pairs.push_back({a, b});
  }
  return pairs;
}

}  // namespace

HeatSolve::HeatSolve(const Topology& topology)
    : topology_(topology), lu_(static_cast<int>(topology.nodes.size()), pattern(topology)), up_end_(topology.branches.size()),
      down_end_(topology.branches.size()), rhs_(topology.nodes.size()), old_j_kg_(topology.nodes.size()) {
  for (const ComponentEntry& component : topology.components) {
    const std::vector<int> ends = ends_of(topology, component);
    std::vector<int> places;
    for (const int row : ends)
      for (const int column : ends) places.push_back(row >= 0 && column >= 0 ? lu_.place(row, column) : -1);
    table_.push_back(std::move(places));
  }
  for (std::size_t n = 0; n < topology.nodes.size(); ++n) diagonal_.push_back(lu_.place(static_cast<int>(n), static_cast<int>(n)));
}

void HeatSolve::direct(const std::vector<Branch<double>>& branches) {
  for (const ComponentEntry& component : topology_.components)
    for (std::size_t k = 0; k < component.type->branches.size(); ++k) {
      const std::size_t b = static_cast<std::size_t>(component.first_branch) + k;
      const bool forward = branches[b].flow_kg_s >= 0.0;
      up_end_[b] = static_cast<int>(2 * k + (forward ? 0 : 1));
      down_end_[b] = static_cast<int>(2 * k + (forward ? 1 : 0));
    }
}

void HeatSolve::read_inlets(const std::vector<Batch>& batches, const double* enthalpy_j_kg) const {
  for (std::size_t k = 0; k < batches.size(); ++k) {
    const BatchEntry& batch = topology_.batches[k];
    const std::size_t n = batch.type->branches.size();
    for (std::size_t j = 0; j < n * static_cast<std::size_t>(batch.count); ++j) {
      const std::size_t b = static_cast<std::size_t>(batch.first_branch) + j;
      const BranchEntry& branch = topology_.branches[b];
      int up = up_end_[b] % 2 == 0 ? branch.from : branch.to;
      if (up < 0) up = branch.from >= 0 ? branch.from : branch.to;  // outside has the node's own enthalpy
      batches[k].h_in[j] = enthalpy_j_kg[up];
    }
  }
}

HeatSolve::Report HeatSolve::solve(const std::vector<Batch>& batches, const std::vector<Branch<double>>& branches, const Step<double>& step,
                                   double* enthalpy_j_kg) {
  direct(branches);
  double largest_kg_s = 1e-6;
  for (const Branch<double>& branch : branches) largest_kg_s = vmax(largest_kg_s, vabs(branch.flow_kg_s));
  for (std::size_t n = 0; n < rhs_.size(); ++n) old_j_kg_[n] = enthalpy_j_kg[n];
  read_inlets(batches, enthalpy_j_kg);

  Report report;
  bool ask_again = false;
  for (std::size_t k = 0; k < batches.size(); ++k) {
    topology_.batches[k].type->heat(batches[k], step);
    ask_again = ask_again || !topology_.batches[k].type->affine;
  }
  for (report.solves = 1; report.solves <= most_solves; ++report.solves) {
    lu_.clear();
    std::vector<double>& a = lu_.values();
    for (std::size_t n = 0; n < rhs_.size(); ++n) {
      a[static_cast<std::size_t>(diagonal_[n])] = still * largest_kg_s;
      rhs_[n] = still * largest_kg_s * old_j_kg_[n];
    }
    for (std::size_t k = 0; k < batches.size(); ++k) {
      const BatchEntry& batch = topology_.batches[k];
      const std::size_t n = batch.type->branches.size();
      for (std::size_t c = 0; c < static_cast<std::size_t>(batch.count); ++c) {
        const std::vector<int>& places = table_[static_cast<std::size_t>(batch.first_component) + c];
        for (std::size_t i = 0; i < n; ++i) {
          const std::size_t b = static_cast<std::size_t>(batch.first_branch) + c * n + i;
          const BranchEntry& branch = topology_.branches[b];
          if (branch.from < 0 || branch.to < 0) continue;  // a vessel carries no flow
          const int row_end = down_end_[b], row = row_end % 2 == 0 ? branch.from : branch.to;
          a[static_cast<std::size_t>(diagonal_[static_cast<std::size_t>(row)])] += vabs(branches[b].flow_kg_s);
          rhs_[static_cast<std::size_t>(row)] += batches[k].base_w[c * n + i];
          for (std::size_t j = 0; j < n; ++j) {
            const double gain_kg_s = batches[k].gain_kg_s[(c * n + i) * n + j];
            const int at = places[static_cast<std::size_t>(row_end) * 2 * n + static_cast<std::size_t>(up_end_[b - i + j])];
            if (gain_kg_s != 0.0 && at >= 0) a[static_cast<std::size_t>(at)] -= gain_kg_s;
          }
        }
      }
    }
    lu_.factorise();
    lu_.solve(rhs_);
    for (std::size_t n = 0; n < rhs_.size(); ++n) enthalpy_j_kg[n] = rhs_[n];
    read_inlets(batches, enthalpy_j_kg);
    for (std::size_t k = 0; k < batches.size(); ++k) {
      const BatchEntry& batch = topology_.batches[k];
      const std::size_t n = batch.type->branches.size();
      for (std::size_t i = 0; i < n * static_cast<std::size_t>(batch.count); ++i) {
        double sum_w = batches[k].base_w[i];
        for (std::size_t j = 0; j < n; ++j) sum_w += batches[k].gain_kg_s[i * n + j] * batches[k].h_in[i - i % n + j];
        batches[k].h_out_w[i] = sum_w;
      }
    }
    if (!ask_again || outlets_agree(batches, step)) return report;
  }
  report.outcome = Outcome::failed;
  return report;
}

// Asks the laws that are not affine again at the solution. True: they say what was solved (and h_out_w stands).
bool HeatSolve::outlets_agree(const std::vector<Batch>& batches, const Step<double>& step) {
  bool agree = true;
  for (std::size_t k = 0; k < batches.size(); ++k) {
    const BatchEntry& batch = topology_.batches[k];
    if (batch.type->affine) continue;
    batch.type->heat(batches[k], step);
    const std::size_t n = batch.type->branches.size();
    for (std::size_t i = 0; i < n * static_cast<std::size_t>(batch.count); ++i) {
      double now_w = batches[k].base_w[i];
      for (std::size_t j = 0; j < n; ++j) now_w += batches[k].gain_kg_s[i * n + j] * batches[k].h_in[i - i % n + j];
      if (vabs(now_w - batches[k].h_out_w[i]) > 1e-9 * vmax(vabs(now_w), 1.0)) agree = false;
    }
  }
  return agree;
}

}  // namespace hypocaust::plant
