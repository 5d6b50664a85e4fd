#include "models/core/nearest.hpp"

#include <algorithm>
#include <cctype>

namespace hypocaust {
namespace {

std::size_t edits(std::string_view a, std::string_view b) {  // Levenshtein's distance with swaps of neighbours as one edit
  std::vector<std::size_t> before(b.size() + 1), row(b.size() + 1), next(b.size() + 1);
  for (std::size_t k = 0; k <= b.size(); ++k) row[k] = k;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    next[0] = i;
    for (std::size_t k = 1; k <= b.size(); ++k) {
      next[k] = std::min({row[k] + 1, next[k - 1] + 1, row[k - 1] + (a[i - 1] == b[k - 1] ? 0 : 1)});
      if (i > 1 && k > 1 && a[i - 1] == b[k - 2] && a[i - 2] == b[k - 1]) next[k] = std::min(next[k], before[k - 2] + 1);
    }
    std::swap(before, row);
    std::swap(row, next);
  }
  return row[b.size()];
}

bool same_but_case(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  for (std::size_t k = 0; k < a.size(); ++k)
    if (std::tolower(static_cast<unsigned char>(a[k])) != std::tolower(static_cast<unsigned char>(b[k]))) return false;
  return true;
}

}  // namespace

std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates) {
  for (std::string_view candidate : candidates)
    if (same_but_case(word, candidate)) return candidate;
  if (word.size() < 2 || word.size() > 60) return {};
  const std::size_t limit = word.size() <= 3 ? 1 : word.size() <= 7 ? 2 : 3;
  std::string_view best;
  std::size_t best_edits = limit + 1;
  for (std::string_view candidate : candidates) {
    if (candidate.size() > word.size() + limit || word.size() > candidate.size() + limit) continue;
    if (candidate.size() <= limit) continue;  // everything is near to a very short name
    if (const std::size_t count = edits(word, candidate); count < best_edits) best = candidate, best_edits = count;
  }
  return best;
}

}  // namespace hypocaust
