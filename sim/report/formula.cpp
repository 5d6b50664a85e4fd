#include "sim/report/formula.hpp"

#include <vector>

namespace hypocaust::report {
namespace {

// Recursive descent; the depth is that of the brackets, of which a line holds few.
class Parser {
 public:
  Parser(std::string_view text, const FindFigure& find) : find_(find) {
    while (!text.empty()) {
      const std::size_t begin = text.find_first_not_of(" \t\n");
      if (begin == text.npos) break;
      text.remove_prefix(begin);
      std::size_t end = text[0] == '[' ? text.find(']') : text.find_first_of(" \t\n");
      if (text[0] == '[' && end != text.npos) ++end;
      words_.push_back(text.substr(0, end));
      text.remove_prefix(end == text.npos ? text.size() : end);
    }
  }
  FormulaResult result() {
    Quantity value = sum(0);
    if (problem_.empty() && at_ < words_.size()) problem_ = "`" + std::string(words_[at_]) + "` stands where an operator should";
    return {value, problem_};
  }

 private:
  bool next_is(std::string_view word) const { return problem_.empty() && at_ < words_.size() && words_[at_] == word; }
  Quantity sum(int depth) {
    Quantity left = product(depth);
    while (next_is("+") || next_is("-")) {
      const double sign = words_[at_++] == "+" ? 1.0 : -1.0;
      const Quantity right = product(depth);
      if (problem_.empty() && left.dimension != right.dimension) problem_ = "adds quantities of different dimensions";
      left.value += sign * right.value;
    }
    return left;
  }
  Quantity product(int depth) {
    Quantity left = factor(depth);
    while (next_is("*") || next_is("/")) {
      const bool times = words_[at_++] == "*";
      const Quantity right = factor(depth);
      left.value = times ? left.value * right.value : left.value / right.value;
      for (std::size_t k = 0; k < left.dimension.power.size(); ++k)
        left.dimension.power[k] =
            static_cast<std::int16_t>(left.dimension.power[k] + (times ? 1 : -1) * right.dimension.power[k]);
    }
    return left;
  }
  Quantity factor(int depth) {
    if (!problem_.empty()) return {};
    if (at_ == words_.size()) return problem_ = "ends where a figure should stand", Quantity{};
    const std::string_view word = words_[at_++];
    if (word == "(") {
      if (depth > 32) return problem_ = "has more than 32 brackets inside each other", Quantity{};
      const Quantity inside = sum(depth + 1);
      if (next_is(")")) ++at_;
      else if (problem_.empty()) problem_ = "has a bracket that is not closed (blanks stand around brackets)";
      return inside;
    }
    if (word.front() == '[') return constant(word);
    if (const NumberText number = parse_number(word); number.problem.empty()) return {number.value, {}};
    std::string why;
    if (const Quantity* found = find_(word, why)) return *found;
    problem_ = "`" + std::string(word) + "` is no figure" + why;
    return {};
  }
  // [500 MWh]
  Quantity constant(std::string_view word) {
    const std::string_view inside = word.substr(1, word.size() < 2 ? 0 : word.size() - 2);
    const std::size_t blank = inside.find(' ');
    const NumberText number = parse_number(inside.substr(0, blank));
    const UnitText unit = parse_unit(blank == inside.npos ? "1" : inside.substr(blank + 1));
    if (word.back() != ']') problem_ = "has a `[` that is not closed";
    else if (!number.problem.empty()) problem_ = number.problem;
    else if (!unit.problem.empty()) problem_ = unit.problem;
    return {number.value * unit.unit.scale, unit.unit.dimension};
  }

  const FindFigure& find_;
  std::vector<std::string_view> words_;
  std::size_t at_ = 0;
  std::string problem_;
};

}  // namespace

FormulaResult evaluate(std::string_view formula, const FindFigure& find) { return Parser(formula, find).result(); }

}  // namespace hypocaust::report
