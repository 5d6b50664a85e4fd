// Schema tables: one row per key a user may write, bound to one member of a plain struct.
//
// The table is data and knows no YAML. From it come parsing with units, range checks, every message, `hypocaust show`,
// the JSON Schema and the reference page. The default of a key is the initialiser of its member.
// A struct used as a record declares `static const Schema& schema();`, built once with describe<T>(...).
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace hypocaust {

inline constexpr double not_given = std::numeric_limits<double>::quiet_NaN();  // a number nobody wrote (yet)
inline constexpr std::int64_t integer_not_given = std::numeric_limits<std::int64_t>::min();

// What derive() and check() found; the binder turns a key (relative to the record, "hot.from") into a place in a file.
struct Problems {
  struct Item {
    bool warning;
    std::string key, text;  // text: "value and problem (why); remedy"
  };
  std::vector<Item> items;
  void error(std::string key, std::string text) { items.push_back({false, std::move(key), std::move(text)}); }
  void warn(std::string key, std::string text) { items.push_back({true, std::move(key), std::move(text)}); }
};

// ---- what a member may be -----------------------------------------------------------------------------------------
// double: quantity with the row's unit          std::int64_t, bool, std::string         enum class E with names(E)
// Ref: name of something else                    Varying: quantity, series or calendar   Instant: date or date and time
// FilePath: path relative to the file it is in   struct with schema(): record            std::optional<record>
// std::vector<T>: list                           Named<T>: map of names                  Typed: record chosen by `type:`
struct Ref {
  std::string name;
};
struct FilePath {
  std::string path;  // after binding: usable from the current folder
};
struct Varying {
  double constant = not_given;
  std::string series;                                // name of an entry of `series:`; else empty
  std::string calendar;                              // name of an entry of `calendars:`; else empty
  double during = not_given, otherwise = not_given;  // while that calendar is open, and while it is not
  int place = -1;  // of the entry among the scenario's series or calendars, once the scenario is complete; -1: constant
  bool given() const { return !series.empty() || !calendar.empty() || constant == constant; }
  double smallest() const { return calendar.empty() ? constant : during < otherwise ? during : otherwise; }  // NaN: a series
  double largest() const { return calendar.empty() ? constant : during > otherwise ? during : otherwise; }
};
struct Instant {
  std::int64_t utc_s = integer_not_given;  // POSIX seconds; dates are UTC
};
template <class T> struct Named {
  struct Entry {
    std::string name;
    T value{};
  };
  std::vector<Entry> entries;  // sorted by name, so that the order in a file changes nothing
  const T* find(std::string_view name) const {
    for (const Entry& entry : entries)
      if (entry.name == name) return &entry.value;
    return nullptr;
  }
};

struct Schema;
// A record whose schema was chosen by its `type:` key. Owns the object; copies are deep.
class Typed {
 public:
  Typed() = default;
  explicit Typed(const Schema& schema);
  Typed(const Typed& other);
  Typed(Typed&& other) noexcept
      : schema_(std::exchange(other.schema_, nullptr)), object_(std::exchange(other.object_, nullptr)) {}
  Typed& operator=(Typed other) noexcept {
    std::swap(schema_, other.schema_);
    std::swap(object_, other.object_);
    return *this;
  }
  ~Typed();
  const Schema* schema() const { return schema_; }
  void* object() { return object_; }
  const void* object() const { return object_; }
  template <class T> const T* as() const;  // nullptr when the object is of another type
  template <class T> T* as();

 private:
  const Schema* schema_ = nullptr;
  void* object_ = nullptr;
};

// ---- rows ---------------------------------------------------------------------------------------------------------
enum class Kind {
  quantity,
  varying,
  integer,
  boolean,
  text,
  choice,
  reference,
  instant,
  file,
  record,
  optional,
  list,
  named,
  typed
};

// How the binder handles a type without knowing it.
struct TypeInfo {
  Kind kind;
  const Schema& (*nested)() = nullptr;                       // record
  std::span<const std::string_view> (*choices)() = nullptr;  // choice; the member is read and written as int
  const TypeInfo& (*element)() = nullptr;                    // optional, list, named
  std::size_t (*size)(const void*) = nullptr;                // list, named; optional: 0 or 1
  void (*resize)(void*, std::size_t) = nullptr;              // list, named; optional: 0 or 1
  void* (*at)(void*, std::size_t) = nullptr;                 // list, named, optional
  std::string* (*name)(void*, std::size_t) = nullptr;        // named
};

enum class Need { optional, required, derived };
inline constexpr Need required = Need::required, derived = Need::derived;
using Types = std::span<const Schema* const> (*)();

struct Options {
  Need need = Need::optional;
  double min = -std::numeric_limits<double>::infinity();  // in the row's unit
  double above = -std::numeric_limits<double>::infinity();
  double below = std::numeric_limits<double>::infinity();
  double max = std::numeric_limits<double>::infinity();
  std::string_view scope{};     // Ref, list of Ref: what it names; Named: what its names define ("host", "heat user", ...)
  bool is_port = false;         // Ref to a node, `circuit.name`
  std::string_view formerly{};  // old spelling, read with a warning
  Types types = nullptr;        // Typed: the schemas that `type:` chooses from
};
inline constexpr Options port{.need = Need::required, .is_port = true};

struct Field {
  std::string_view key, unit, doc;  // unit "" = no dimension; shares use unit "1" (accepts 75 % and 0.75); counts are integers
  Options options;
  const TypeInfo* type;
  void* (*at)(void* owner);
  const void* at_const(const void* owner) const { return at(const_cast<void*>(owner)); }
};

struct Schema {
  std::string_view name, doc;
  std::vector<Field> fields;
  void* (*make)();
  void* (*clone)(const void*);
  void (*destroy)(void*);
  void (*derive)(void*, Problems&);       // no-op unless T has derive(Problems&); fills what was not given
  void (*check)(const void*, Problems&);  // no-op unless T has check(Problems&) const; rules over several fields
  const void* tag;                        // identifies T
  const Field* find(std::string_view key) const {
    for (const Field& field : fields)
      if (field.key == key) return &field;
    return nullptr;
  }
};

// ---- machinery ----------------------------------------------------------------------------------------------------
namespace detail {
template <class M> struct Member;
template <class O, class T> struct Member<T O::*> {
  using Owner = O;
  using Type = T;
};
template <class T> struct is_vector : std::false_type {};
template <class T> struct is_vector<std::vector<T>> : std::true_type {};
template <class T> struct is_named : std::false_type {};
template <class T> struct is_named<Named<T>> : std::true_type {};
template <class T> struct is_optional : std::false_type {};
template <class T> struct is_optional<std::optional<T>> : std::true_type {};
template <class T> inline constexpr char tag_of = 0;
}  // namespace detail

template <class T> const TypeInfo& type_info() {
  static const TypeInfo info = [] {
    TypeInfo i{};
    if constexpr (std::is_same_v<T, double>) i.kind = Kind::quantity;
    else if constexpr (std::is_same_v<T, Varying>) i.kind = Kind::varying;
    else if constexpr (std::is_same_v<T, std::int64_t>) i.kind = Kind::integer;
    else if constexpr (std::is_same_v<T, bool>) i.kind = Kind::boolean;
    else if constexpr (std::is_same_v<T, std::string>) i.kind = Kind::text;
    else if constexpr (std::is_same_v<T, Ref>) i.kind = Kind::reference;
    else if constexpr (std::is_same_v<T, Instant>) i.kind = Kind::instant;
    else if constexpr (std::is_same_v<T, FilePath>) i.kind = Kind::file;
    else if constexpr (std::is_same_v<T, Typed>) i.kind = Kind::typed;
    else if constexpr (std::is_enum_v<T>) {
      static_assert(sizeof(T) == sizeof(int), "choices are enum class : int");
      i.kind = Kind::choice;
      i.choices = [] { return std::span<const std::string_view>(names(T{})); };
    } else if constexpr (detail::is_vector<T>::value) {
      i.kind = Kind::list;
      i.element = []() -> const TypeInfo& { return type_info<typename T::value_type>(); };
      i.size = [](const void* p) { return static_cast<const T*>(p)->size(); };
      i.resize = [](void* p, std::size_t n) { static_cast<T*>(p)->resize(n); };
      i.at = [](void* p, std::size_t k) -> void* { return &(*static_cast<T*>(p))[k]; };
    } else if constexpr (detail::is_named<T>::value) {
      using Value = decltype(typename T::Entry{}.value);
      i.kind = Kind::named;
      i.element = []() -> const TypeInfo& { return type_info<Value>(); };
      i.size = [](const void* p) { return static_cast<const T*>(p)->entries.size(); };
      i.resize = [](void* p, std::size_t n) { static_cast<T*>(p)->entries.resize(n); };
      i.at = [](void* p, std::size_t k) -> void* { return &static_cast<T*>(p)->entries[k].value; };
      i.name = [](void* p, std::size_t k) -> std::string* { return &static_cast<T*>(p)->entries[k].name; };
    } else if constexpr (detail::is_optional<T>::value) {
      i.kind = Kind::optional;
      i.element = []() -> const TypeInfo& { return type_info<typename T::value_type>(); };
      i.size = [](const void* p) -> std::size_t { return static_cast<const T*>(p)->has_value() ? 1 : 0; };
      i.resize = [](void* p, std::size_t n) {
        T& value = *static_cast<T*>(p);
        if (n == 0) value.reset();
        else if (!value) value.emplace();
      };
      i.at = [](void* p, std::size_t) -> void* { return &**static_cast<T*>(p); };
    } else {
      i.kind = Kind::record;
      i.nested = &T::schema;
    }
    return i;
  }();
  return info;
}

template <auto M> Field row(std::string_view key, std::string_view unit, Options options, std::string_view doc) {
  using Owner = typename detail::Member<decltype(M)>::Owner;
  using T = typename detail::Member<decltype(M)>::Type;
  return {.key = key, .unit = unit, .doc = doc, .options = options, .type = &type_info<T>(), .at = [](void* owner) -> void* {
            return &(static_cast<Owner*>(owner)->*M);
          }};
}

template <class T> Schema describe(std::string_view name, std::string_view doc, std::vector<Field> fields) {
  Schema s{};
  s.name = name;
  s.doc = doc;
  s.fields = std::move(fields);
  s.make = []() -> void* { return new T{}; };
  s.clone = [](const void* p) -> void* { return new T(*static_cast<const T*>(p)); };
  s.destroy = [](void* p) { delete static_cast<T*>(p); };
  s.derive = [](void* p, Problems& problems) {
    if constexpr (requires(T & t) { t.derive(problems); }) static_cast<T*>(p)->derive(problems);
  };
  s.check = [](const void* p, Problems& problems) {
    if constexpr (requires(const T& t) { t.check(problems); }) static_cast<const T*>(p)->check(problems);
  };
  s.tag = &detail::tag_of<T>;
  return s;
}

// The field and member at a dotted path ("plant.components.tank.volume", "tiers.0.factor"); both null when there is none.
struct Located {
  const Field* field = nullptr;    // the row; for an element of a list or map, the row of that list or map
  const TypeInfo* type = nullptr;  // the type at `member`
  void* member = nullptr;
};
Located locate(const Schema& schema, void* object, std::string_view path);

inline Typed::Typed(const Schema& schema) : schema_(&schema), object_(schema.make()) {}
inline Typed::Typed(const Typed& other)
    : schema_(other.schema_), object_(other.schema_ ? other.schema_->clone(other.object_) : nullptr) {}
inline Typed::~Typed() {
  if (schema_) schema_->destroy(object_);
}
template <class T> const T* Typed::as() const {
  return schema_ && schema_->tag == &detail::tag_of<T> ? static_cast<const T*>(object_) : nullptr;
}
template <class T> T* Typed::as() { return schema_ && schema_->tag == &detail::tag_of<T> ? static_cast<T*>(object_) : nullptr; }

}  // namespace hypocaust
