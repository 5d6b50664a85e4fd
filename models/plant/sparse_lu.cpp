#include "models/plant/sparse_lu.hpp"

#include <algorithm>

namespace hypocaust::plant {

SparseLu::SparseLu(int size, const std::vector<std::pair<int, int>>& pairs) : size_(size) {
  const auto n = static_cast<std::size_t>(size);
  std::vector<std::set<int>> graph(n), filled(n);
  for (const auto& [row, column] : pairs)
    if (row != column) graph[static_cast<std::size_t>(row)].insert(column), graph[static_cast<std::size_t>(column)].insert(row);
  filled = graph;
  // Minimum degree, ties by index: eliminating a node joins its neighbours.
  std::vector<bool> done(n, false);
  for (int step = 0; step < size; ++step) {
    int best = -1;
    for (int k = 0; k < size; ++k)
      if (!done[static_cast<std::size_t>(k)] && (best < 0 || graph[static_cast<std::size_t>(k)].size() < graph[static_cast<std::size_t>(best)].size())) best = k;
    order_.push_back(best);
    done[static_cast<std::size_t>(best)] = true;
    const std::set<int> neighbours = graph[static_cast<std::size_t>(best)];
    for (const int a : neighbours) {
      graph[static_cast<std::size_t>(a)].erase(best);
      for (const int b : neighbours)
        if (a != b) graph[static_cast<std::size_t>(a)].insert(b), filled[static_cast<std::size_t>(a)].insert(b);
    }
  }
  index_.resize(n);
  int next = 0;
  for (std::size_t row = 0; row < n; ++row) {
    filled[row].insert(static_cast<int>(row));
    for (const int column : filled[row]) index_[row].push_back({column, next++});
  }
  values_.resize(static_cast<std::size_t>(next));
  reciprocal_.resize(n);
  std::vector<int> rank(n);
  for (int k = 0; k < size; ++k) rank[static_cast<std::size_t>(order_[static_cast<std::size_t>(k)])] = k;
  for (const int pivot : order_) {
    below_start_.push_back(static_cast<std::int32_t>(below_.size()));
    upper_start_.push_back(static_cast<std::int32_t>(upper_.size()));
    diagonal_.push_back(place(pivot, pivot));
    std::vector<int> later;
    for (const auto& [column, at] : index_[static_cast<std::size_t>(pivot)])
      if (rank[static_cast<std::size_t>(column)] > rank[static_cast<std::size_t>(pivot)]) later.push_back(column), upper_.push_back({column, at});
    for (const int row : later) {
      const auto first = static_cast<std::int32_t>(updates_.size());
      for (const int column : later) updates_.push_back({place(row, column), place(pivot, column)});
      below_.push_back({row, place(row, pivot), first, static_cast<std::int32_t>(updates_.size())});
    }
  }
  below_start_.push_back(static_cast<std::int32_t>(below_.size()));
  upper_start_.push_back(static_cast<std::int32_t>(upper_.size()));
}

int SparseLu::place(int row, int column) const {
  const auto& list = index_[static_cast<std::size_t>(row)];
  const auto found = std::lower_bound(list.begin(), list.end(), std::pair{column, -1});
  return found != list.end() && found->first == column ? found->second : -1;
}

void SparseLu::factorise() {
  double* const a = values_.data();
  for (std::size_t p = 0; p < order_.size(); ++p) {
    const double reciprocal = 1.0 / a[diagonal_[p]];
    reciprocal_[p] = reciprocal;
    for (std::int32_t r = below_start_[p]; r < below_start_[p + 1]; ++r) {
      const Below& row = below_[static_cast<std::size_t>(r)];
      const double factor = a[row.factor] * reciprocal;
      a[row.factor] = factor;
      if (factor == 0.0) continue;  // a closed branch
      for (std::int32_t u = row.first; u < row.last; ++u) a[updates_[static_cast<std::size_t>(u)].target] -= factor * a[updates_[static_cast<std::size_t>(u)].upper];
    }
  }
}

void SparseLu::solve(std::vector<double>& x) const {
  const double* const a = values_.data();
  for (std::size_t p = 0; p < order_.size(); ++p) {
    const double known = x[static_cast<std::size_t>(order_[p])];
    for (std::int32_t r = below_start_[p]; r < below_start_[p + 1]; ++r) {
      const Below& row = below_[static_cast<std::size_t>(r)];
      x[static_cast<std::size_t>(row.row)] -= a[row.factor] * known;
    }
  }
  for (std::size_t p = order_.size(); p-- > 0;) {
    double sum = x[static_cast<std::size_t>(order_[p])];
    for (std::int32_t u = upper_start_[p]; u < upper_start_[p + 1]; ++u)
      sum -= a[upper_[static_cast<std::size_t>(u)].second] * x[static_cast<std::size_t>(upper_[static_cast<std::size_t>(u)].first)];
    x[static_cast<std::size_t>(order_[p])] = sum * reciprocal_[p];
  }
}

}  // namespace hypocaust::plant
