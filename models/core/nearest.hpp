// "did you mean": the name nearest to a word that names nothing.
#pragma once
#include <string_view>
#include <vector>

namespace hypocaust {

// The candidate nearest to `word` (letter case first, then up to two edits, a third for long words); empty: none is near.
std::string_view nearest(std::string_view word, const std::vector<std::string_view>& candidates);

}  // namespace hypocaust
