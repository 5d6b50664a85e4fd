#include "sim/config/diagnostics.hpp"

#include <algorithm>
#include <tuple>

#include "models/core/errors.hpp"

namespace hypocaust::config {
namespace {

// Every problem quotes what the user wrote; a megabyte of it helps nobody.
std::string shortened(std::string text) {
  if (text.size() <= 600) return text;
  std::size_t cut = 600;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0u) == 0x80u) --cut;
  return text.substr(0, cut) + " ...";
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0u) != 0x80u; }));
}

// The line, cut to about 100 characters around the place, and a caret under it.
std::string excerpt(const Source& source, const Place& place) {
  const LineColumn at = line_column(source, place.offset);
  std::size_t offset = std::min(place.offset, source.text.size()) - at.start, first = 0, last = at.text.size();
  if (offset > 70) first = offset - 60;
  while (first > 0 && (static_cast<unsigned char>(at.text[first]) & 0xC0u) == 0x80u) --first;
  if (last > first + 110) last = first + 110;
  while (last < at.text.size() && (static_cast<unsigned char>(at.text[last]) & 0xC0u) == 0x80u) --last;
  const std::string_view line = at.text.substr(first, last - first);
  offset -= first;
  const std::size_t length = std::max<std::size_t>(1, std::min(place.length, line.size() > offset ? line.size() - offset : 1));
  std::string number = std::to_string(at.line);
  if (number.size() < 5) number.insert(0, 5 - number.size(), ' ');
  const std::size_t under = std::max<std::size_t>(1, characters(line.substr(std::min(offset, line.size()), length)));
  return number + " | " + std::string(line) + "\n" + std::string(number.size(), ' ') + " | " +
         std::string(characters(line.substr(0, offset)), ' ') + "^" + std::string(under - 1, '~') + "\n";
}

}  // namespace

void Diagnostics::add(bool warning, const Place& place, std::string_view path, std::string text) {
  if (!warning) ++errors_;
  if (items_.size() < kept) items_.push_back({warning, place, std::string(path), shortened(std::move(text)), {}});
}

void Diagnostics::error_in(std::string where, std::string text) {
  ++errors_;
  if (items_.size() < kept) items_.push_back({false, {}, {}, shortened(std::move(text)), std::move(where)});
}

std::string Diagnostics::where(const Place& place) const {
  if (place.source < 0) return {};
  const Source& source = sources_[static_cast<std::size_t>(place.source)];
  if (source.name == "--set") return source.name;
  const LineColumn at = line_column(source, place.offset);
  return source.name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
}

std::string Diagnostics::print(const Item& item) const {
  std::string text = item.place.source < 0 ? item.where : where(item.place);
  text += item.warning ? ": warning: " : ": error: ";
  if (!item.path.empty()) text += shortened(item.path) + ": ";
  text += item.text + "\n";
  if (item.place.source >= 0) text += excerpt(sources_[static_cast<std::size_t>(item.place.source)], item.place);
  return text;
}

std::string Diagnostics::print(bool with_errors) const {
  std::vector<const Item*> order;
  for (const Item& item : items_)
    if (with_errors || item.warning) order.push_back(&item);
  std::stable_sort(order.begin(), order.end(), [](const Item* a, const Item* b) {
    return std::tie(a->place.source, a->place.offset, a->warning) < std::tie(b->place.source, b->place.offset, b->warning);
  });
  std::string text;
  for (std::size_t k = 0; k < std::min(order.size(), printed); ++k) text += print(*order[k]);
  const std::size_t total = with_errors ? std::max(order.size(), errors_) : order.size();
  if (total > printed) text += "and " + std::to_string(total - printed) + " more problems\n";
  return text;
}

std::string Diagnostics::print() const { return print(true); }
std::string Diagnostics::print_warnings() const { return print(false); }

void Diagnostics::throw_if_failed() const {
  if (!failed()) return;
  std::string text = print();
  if (text.ends_with('\n')) text.pop_back();
  throw UserError(text);
}

}  // namespace hypocaust::config
