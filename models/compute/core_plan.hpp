// Free cores as planned from now on: a step function of time that ends in "all that will be free".
#pragma once
#include <cstdint>
#include <vector>

namespace hypocaust::compute {

class CorePlan {
 public:
  void reset(double now_s, std::int64_t cores);
  void forget_before(double now_s);  // what held before now
  struct Change {
    double from_s, to_s;
    std::int64_t cores;  // + free, - taken
  };
  void change(const Change& change);
  void change_from(double from_s, std::int64_t cores);  // for good
  struct Wish {
    double from_s, length_s;
    std::int64_t cores;
  };
  // The earliest instant at or after from_s from which that many cores are free for so long. The wish must fit at the end.
  double earliest(const Wish& wish) const;

 private:
  struct Piece {
    double at_s;
    std::int64_t cores;  // free from at_s to the next piece
  };
  std::size_t cut(double at_s);  // the piece that begins there, made if need be
  std::vector<Piece> pieces_;    // ascending, never empty after reset
};

}  // namespace hypocaust::compute
