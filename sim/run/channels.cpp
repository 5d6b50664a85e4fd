#include "sim/run/channels.hpp"

namespace hypocaust::run {

bool glob_matches(std::string_view pattern, std::string_view text) {
  // Greedy with one memory of the last star: linear for the patterns people write, never exponential.
  std::size_t p = 0, t = 0, star = std::string_view::npos, mark = 0;
  while (t < text.size()) {
    if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) ++p, ++t;
    else if (p < pattern.size() && pattern[p] == '*') star = p++, mark = t;
    else if (star != std::string_view::npos) p = star + 1, t = ++mark;
    else return false;
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::size_t ChannelLayout::declare(output::Variable variable) {
  const std::size_t first = width_;
  width_ += variable.width();
  all_.push_back(std::move(variable));
  first_.push_back(first);
  return first;
}

std::size_t ChannelLayout::declare_weight(std::size_t place) { return weight_place_[place] = width_++; }

void ChannelLayout::select(const std::vector<std::string>& globs) {
  std::vector<bool> used(globs.size(), false);
  kept_.clear(), places_.clear(), weights_.clear();
  for (std::size_t v = 0; v < all_.size(); ++v) {
    const output::Variable& variable = all_[v];
    std::size_t place = first_[v];
    output::Variable kept = variable;
    kept.columns.clear();
    bool scalar_kept = false;
    for (std::size_t c = 0; c < variable.width(); ++c, ++place) {
      const std::string whole = variable.group + "." + variable.name;
      const std::string column = variable.columns.empty() ? "" : variable.columns[c];
      bool keep = false;
      for (std::size_t g = 0; g < globs.size(); ++g) {
        const bool fits =
            glob_matches(globs[g], whole) || (!column.empty() && (glob_matches(globs[g], whole + "." + column) ||
                                                                  glob_matches(globs[g], variable.group + "." + column)));
        if (fits) used[g] = keep = true;
      }
      if (!keep) continue;
      places_.push_back(place);
      if (const auto weight = weight_place_.find(place); weight != weight_place_.end()) weights_.push_back(weight->second);
      if (variable.columns.empty()) scalar_kept = true;
      else kept.columns.push_back(column);
    }
    if (scalar_kept || !kept.columns.empty()) kept_.push_back(std::move(kept));
  }
  for (std::size_t g = 0; g < globs.size(); ++g)
    if (!used[g])
      throw UnmatchedGlob(g, "`" + globs[g] +
                                 "` matches no channel (nothing would be recorded for it); `*` records all, `plant.*` the plant, "
                                 "`meters.*` the meters");
}

void ChannelLayout::gather(const std::vector<double>& row, std::vector<double>& kept_row) const {
  for (std::size_t k = 0; k < places_.size(); ++k) kept_row[k] = row[places_[k]];
  for (std::size_t k = 0; k < weights_.size(); ++k) kept_row[places_.size() + k] = row[weights_[k]];
}

}  // namespace hypocaust::run
