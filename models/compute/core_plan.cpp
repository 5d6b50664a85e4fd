#include "models/compute/core_plan.hpp"

#include <algorithm>

#include "models/core/contracts.hpp"

namespace hypocaust::compute {

void CorePlan::reset(double now_s, std::int64_t cores) { pieces_.assign(1, {now_s, cores}); }

void CorePlan::forget_before(double now_s) {
  std::size_t past = 0;
  while (past + 1 < pieces_.size() && pieces_[past + 1].at_s <= now_s) ++past;
  pieces_.erase(pieces_.begin(), pieces_.begin() + static_cast<std::ptrdiff_t>(past));
  pieces_.front().at_s = std::max(pieces_.front().at_s, now_s);
}

std::size_t CorePlan::cut(double at_s) {
  EXPECT(at_s >= pieces_.front().at_s);
  const auto next =
      std::upper_bound(pieces_.begin(), pieces_.end(), at_s, [](double t_s, const Piece& piece) { return t_s < piece.at_s; });
  const auto place = static_cast<std::size_t>(next - pieces_.begin());
  if (pieces_[place - 1].at_s == at_s) return place - 1;
  pieces_.insert(next, {at_s, pieces_[place - 1].cores});
  return place;
}

void CorePlan::change(const Change& change) {
  const std::size_t from = cut(change.from_s), to = cut(change.to_s);
  for (std::size_t k = from; k < to; ++k) pieces_[k].cores += change.cores;
  // Equal neighbours become one, or the plan would grow with every promise ever made.
  for (const std::size_t k : {to, from})
    if (k > 0 && pieces_[k].cores == pieces_[k - 1].cores) pieces_.erase(pieces_.begin() + static_cast<std::ptrdiff_t>(k));
}

void CorePlan::change_from(double from_s, std::int64_t cores) {
  for (std::size_t k = cut(from_s); k < pieces_.size(); ++k) pieces_[k].cores += cores;
}

double CorePlan::earliest(const Wish& wish) const {
  EXPECT(pieces_.back().cores >= wish.cores);
  double start_s = wish.from_s;
  for (std::size_t k = 0; k < pieces_.size(); ++k) {
    const bool last = k + 1 == pieces_.size();
    if (!last && pieces_[k + 1].at_s <= start_s) continue;  // over before the start
    if (pieces_[k].cores < wish.cores) start_s = pieces_[k + 1].at_s;
    else if (last || pieces_[k + 1].at_s >= start_s + wish.length_s) break;
  }
  return start_s;
}

}  // namespace hypocaust::compute
