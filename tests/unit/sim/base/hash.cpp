#include "sim/base/hash.hpp"

#include <catch2/catch.hpp>

#include "models/core/errors.hpp"

TEST_CASE("the hash is XXH3-128, seed 0") {  // the published value of the empty input
  CHECK(hypocaust::base::hash_of("") == "99aa06d3014798d86001c324468d497f");
  CHECK(hypocaust::base::hash_of("a") != hypocaust::base::hash_of("b"));
}

TEST_CASE("a file that is not there is the user's mistake") {
  CHECK_THROWS_AS(hypocaust::base::hash_of_file("no/such/file"), hypocaust::UserError);
}
