#include "models/meter/spec.hpp"

namespace hypocaust::meter {

std::span<const std::string_view> names(Counts) {
  static constexpr std::string_view list[] = {"nothing", "recovered", "delivered"};
  return list;
}

const Schema& MeterSpec::schema() {
  static const Schema s =
      describe<MeterSpec>("meter", "A heat meter on one stream of a component.",
                          {row<&MeterSpec::at>("at", "", {.need = required, .scope = "stream"},
                                               "component.stream; the heat this stream gains is counted"),
                           row<&MeterSpec::counts>("counts", "", {}, "the word of the energy table under which it counts")});
  return s;
}

}  // namespace hypocaust::meter
