#include "sim/study/sobol.hpp"

#include <array>
#include <catch2/catch.hpp>

using namespace hypocaust::study;

TEST_CASE("Sobol's sequence is that of another program") {  // scipy 1.10, qmc.Sobol(64, scramble=False, bits=32)
  constexpr int dimensions[] = {0, 1, 2, 5, 20, 63};
  struct Row {
    std::uint32_t index;
    std::array<std::uint32_t, 6> values;
  };
  constexpr Row rows[] = {{0, {0, 0, 0, 0, 0, 0}},
                          {1, {2147483648, 2147483648, 2147483648, 2147483648, 2147483648, 2147483648}},
                          {2, {3221225472, 1073741824, 1073741824, 3221225472, 1073741824, 3221225472}},
                          {3, {1073741824, 3221225472, 3221225472, 1073741824, 3221225472, 1073741824}},
                          {5, {3758096384, 3758096384, 536870912, 2684354560, 2684354560, 2684354560}},
                          {7, {536870912, 2684354560, 1610612736, 1610612736, 3758096384, 1610612736}},
                          {100, {1778384896, 1107296256, 3321888768, 3187671040, 3254779904, 2785017856}},
                          {1023, {4194304, 3233808384, 2629828608, 1883242496, 3720347648, 171966464}}};
  for (const Row& row : rows)
    for (std::size_t d = 0; d < 6; ++d) CHECK(sobol(row.index, dimensions[d]) == row.values[d]);
}
