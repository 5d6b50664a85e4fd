// All problems of a scenario, found in one pass, sorted by place, each with its line and a caret.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "sim/config/source.hpp"

namespace hypocaust::config {

class Diagnostics {
 public:
  explicit Diagnostics(const Sources& sources) : sources_(sources) {}
  // path: dotted path of the value, empty for a file as a whole; text: "value and problem (why); remedy".
  void error(const Place& place, std::string_view path, std::string text) { add(false, place, path, std::move(text)); }
  void warn(const Place& place, std::string_view path, std::string text) { add(true, place, path, std::move(text)); }
  void error_in(std::string where, std::string text);  // no source to quote: a file that is missing, an option
  bool failed() const { return errors_ > 0; }
  bool full() const { return items_.size() >= kept; }
  std::size_t errors() const { return errors_; }
  std::string print() const;  // errors and warnings, sorted, at most 50; ends with a newline unless empty
  std::string print_warnings() const;
  void throw_if_failed() const;                 // UserError with print()
  std::string where(const Place& place) const;  // "site.yaml:8:124"

 private:
  struct Item {
    bool warning;
    Place place;
    std::string path, text, where;
  };
  static constexpr std::size_t kept = 200, printed = 50;
  void add(bool warning, const Place& place, std::string_view path, std::string text);
  std::string print(const Item& item) const;
  std::string print(bool with_errors) const;

  const Sources& sources_;
  std::vector<Item> items_;
  std::size_t errors_ = 0;
};

}  // namespace hypocaust::config
