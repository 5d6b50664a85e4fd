#include "models/core/schema.hpp"

#include <catch2/catch.hpp>

using namespace hypocaust;

namespace {
struct Inner {
  double length_m = 2.0;
  static const Schema& schema() {
    static const Schema s = describe<Inner>("inner", "", {row<&Inner::length_m>("length", "m", {}, "")});
    return s;
  }
};
struct Outer {
  Inner inner;
  Named<Inner> things;
  std::vector<Inner> list;
  std::optional<Inner> maybe;
  Typed chosen;
  static const Schema& schema() {
    static const Schema s = describe<Outer>("outer", "",
                                            {row<&Outer::inner>("inner", "", {}, ""), row<&Outer::things>("things", "", {}, ""),
                                             row<&Outer::list>("list", "", {}, ""), row<&Outer::maybe>("maybe", "", {}, ""),
                                             row<&Outer::chosen>("chosen", "", {}, "")});
    return s;
  }
};
}  // namespace

TEST_CASE("a dotted path finds its member, whatever holds it") {
  Outer outer;
  outer.things.entries = {{"station", {}}, {"station.pump", {}}};
  outer.list.resize(2);
  outer.chosen = Typed(Inner::schema());
  CHECK(locate(Outer::schema(), &outer, "inner.length").member == &outer.inner.length_m);
  CHECK(locate(Outer::schema(), &outer, "things.station.length").member == &outer.things.entries[0].value.length_m);
  CHECK(locate(Outer::schema(), &outer, "things.station.pump.length").member == &outer.things.entries[1].value.length_m);
  CHECK(locate(Outer::schema(), &outer, "list.1.length").member == &outer.list[1].length_m);
  CHECK(locate(Outer::schema(), &outer, "chosen.length").member == &outer.chosen.as<Inner>()->length_m);
  CHECK(locate(Outer::schema(), &outer, "maybe.length").member == nullptr);
  outer.maybe.emplace();
  CHECK(locate(Outer::schema(), &outer, "maybe.length").member == &outer.maybe->length_m);
  for (const char* path : {"", "inner.width", "list.2.length", "list.x", "things.tank", "inner.length.more"})
    CHECK(locate(Outer::schema(), &outer, path).member == nullptr);
}

TEST_CASE("a typed record copies deeply and knows its type") {
  Typed a(Inner::schema());
  a.as<Inner>()->length_m = 5.0;
  Typed b = a;
  b.as<Inner>()->length_m = 7.0;
  CHECK(a.as<Inner>()->length_m == 5.0);
  CHECK(a.as<Outer>() == nullptr);
  CHECK(Typed().schema() == nullptr);
}
