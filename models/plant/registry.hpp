// The registry of component types. COMPONENT(T, word) at the end of parts/<word>.cpp makes a type's entry from its pieces
// (models/plant/component.hpp says which); registry.cpp lists the words. The loops over a batch are written here once, for
// every type and every Real.
#pragma once
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/plant/component.hpp"

namespace hypocaust::plant {

// All components of one type in a plant, as the loops see them; arrays of `count` entries, branches consecutive.
template <class R> struct Batch {
  int count = 0;
  void* data = nullptr;           // T::Data<R>[count]
  void* input = nullptr;          // T::Input<R>[count]
  void* state = nullptr;          // T::State<R>[count]
  Branch<R>* branches = nullptr;  // [count][N]
  Row<R>* rows = nullptr;         // [count][own unknowns]
  R* h_in_j_kg = nullptr;         // [count][N] enthalpy entering each branch (the iterate, during heat())
  R* h_out_w = nullptr;           // [count][N] enthalpy flow leaving each branch
  R* base_w = nullptr;            // [count][N]
  R* gain_kg_s = nullptr;         // [count][N][N]
  Ledger<R>* ledgers = nullptr;   // [count]
  R* stored_j = nullptr;          // [count]
  void* scratch = nullptr;        // T::Scratch<R>[count]; null: the type has none
  void* packed = nullptr;         // T::Data of packs of components (packs/packs.hpp); null: they run one by one
};

// A number in an Input or State: `place` counts Reals from its start.
struct Place {
  std::string_view name, unit, doc;
  int place = 0;
  Over over = Over::time;
};
// One component after a step, for its channels.
struct RawView {
  const void *data, *input, *state;
  const Branch<double>* branches;
  const double *h_in_j_kg, *h_out_w;
  const Ledger<double>* ledger;
  double dt_s;
};
struct Channel {
  std::string_view name, unit, doc;
  int index = 0;  // in T::channels
  Over over = Over::time;
};
// An input that a user may write as a constant or a series: its name is also the key of a Varying row of Params.
struct Schedule {
  const Field* field = nullptr;
  int place = 0;  // of the input, as in Place
  const Varying& written(const void* params) const { return *static_cast<const Varying*>(field->at_const(params)); }
};

struct ComponentType {
  const Schema* schema = nullptr;
  std::span<const BranchSpec> branches;
  std::span<const std::string_view> sensors;
  int own_unknowns = 0;       // branches with own_unknown
  bool private_node = false;  // a branch ends at "~"
  bool affine = true;
  bool cools_hosts = false;    // lives in `cooling:`, not in `plant.components:`
  bool serves_demand = false;  // made from the connection of an entry of `heat_users:`; in no list
  bool heat_user = false;      // a `type:` of `heat_users:` itself
  bool can_fail = true;        // faults: it can be out of order
  bool can_wear = false;       // faults: it can lose a share of its capacity
  bool follows_steady = true;  // false: in a steady step its content stays as it is
  Accounts accounts;
  int data_reals = 0, input_reals = 0, state_reals = 0, scratch_reals = 0;
  std::vector<Place> inputs, states;  // inputs: "available" and "capacity_frac" first, then the type's
  std::vector<Schedule> schedules;
  std::vector<Shut> shut;  // of a heat user
  std::vector<Channel> channels;

  bool (*fixes_flow)(const void* params) = nullptr;
  bool (*meets_weather)(const void* params) = nullptr;
  void (*size)(void* params, const Fluid* of_each_branch, Problems&) = nullptr;
  void (*derive)(const void* params, const Fluid* of_each_branch, double* data) = nullptr;
  void (*make_input)(double* input) = nullptr;  // the initialisers
  void (*init)(const double* data, double* state, double t_c) = nullptr;
  void (*prepare)(const Batch<double>&, double dt_s) = nullptr;  // null: the type has none
  void (*hydraulics)(const Batch<double>&) = nullptr;
  void (*heat)(const Batch<double>&, const Step<double>&) = nullptr;
  void (*heat_again)(const Batch<double>&, const Step<double>&) = nullptr;  // of the same step, after heat(): at other inlets
  void (*advance)(const Batch<double>&, const Step<double>&) = nullptr;
  void (*store)(const Batch<double>&) = nullptr;
  double (*channel)(const RawView&, int index, int column) = nullptr;
  int (*columns)(const double* data, int index) = nullptr;
  Rejection<double> (*most_rejected)(const Step<double>&, const double* data,
                                     const double* input) = nullptr;  // null: rejects none
  std::string_view (*reason)(const double* state) = nullptr;          // the mode it is in; null: the type has none
  Need (*need)(const RawView&) = nullptr;                             // of a heat user
  double (*asks_c)(const Step<double>&, const double* data, const double* input, const double* state) = nullptr;
};

// Types for `plant.components:`, `cooling:` and `heat_users:` (there after the demand laws), sorted by word. Every type a user may
// write is in exactly one of them.
std::span<const Schema* const> component_schemas();
std::span<const Schema* const> cooling_schemas();
std::span<const Schema* const> heat_user_schemas();
std::span<const ComponentType* const> component_types();  // all, sorted by word
// The entry whose schema this is; throws InternalError when no type has it.
const ComponentType& component_type(const Schema& schema);

// The loops over one batch: written once, for all types and every Real.
template <class T, class R> struct Loops {
  using Data = typename T::template Data<R>;
  using Input = typename T::template Input<R>;
  using State = typename T::template State<R>;
  static constexpr int branches = static_cast<int>(T::branches.size());
  static constexpr int own_unknowns = [] {
    int n = 0;
    for (const BranchSpec& b : T::branches) n += b.own_unknown ? 1 : 0;
    return n;
  }();
  static Data* data(const Batch<R>& b) { return static_cast<Data*>(b.data); }
  static Input* input(const Batch<R>& b) { return static_cast<Input*>(b.input); }
  static State* state(const Batch<R>& b) { return static_cast<State*>(b.state); }

  static constexpr bool has_scratch = requires { typename T::template Scratch<R>; };
  static constexpr bool has_once =
      requires(const Step<R>& step, const Data& d, const Input& in, const State& s, const Branch<R>* branch) {
    T::once(step, d, in, s, branch);
  };
  static auto* scratch(const Batch<R>& b) { return static_cast<typename T::template Scratch<R>*>(b.scratch); }

  static void prepare(const Batch<R>& b, double dt_s) {
    if constexpr (requires(Data & d) { T::prepare(d, dt_s); })
      for (int i = 0; i < b.count; ++i) T::prepare(data(b)[i], dt_s);
  }
  static void hydraulics(const Batch<R>& b) {
    for (int i = 0; i < b.count; ++i) {
      Branch<R>* branch = b.branches + i * branches;
      if constexpr (own_unknowns > 0) T::hydraulics_row(data(b)[i], input(b)[i], state(b)[i], branch, b.rows + i * own_unknowns);
      else if constexpr (branches > 0) T::hydraulics(data(b)[i], input(b)[i], state(b)[i], branch);
    }
  }
  static void heat(const Batch<R>& b, const Step<R>& step) {
    if constexpr (has_once)
      for (int i = 0; i < b.count; ++i)
        scratch(b)[i] = T::once(step, data(b)[i], input(b)[i], state(b)[i], b.branches + i * branches);
    heat_again(b, step);
  }
  static void heat_again(const Batch<R>& b, const Step<R>& step) {
    if constexpr (branches > 0) {
      for (int i = 0; i < b.count; ++i) {
        const Branch<R>* branch = b.branches + i * branches;
        R* base = b.base_w + i * branches;
        R* gain = b.gain_kg_s + i * branches * branches;
        if constexpr (has_once) {
          write(T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch, b.h_in_j_kg + i * branches, scratch(b)[i]), base,
                gain);
        } else if constexpr (has_scratch) {
          write(T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch, scratch(b)[i]), base, gain);
        } else if constexpr (requires(HeatLaw<R, branches> law) {
                               law = T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch);
                             }) {
          write(T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch), base, gain);
        } else if constexpr (requires(HeatLaw<R, branches> law) {
                               law = T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch, b.h_in_j_kg);
                             }) {
          write(T::heat(step, data(b)[i], input(b)[i], state(b)[i], branch, b.h_in_j_kg + i * branches), base, gain);
        } else {  // heat passes unchanged
          for (int k = 0; k < branches; ++k) {
            base[k] = R(0);
            for (int j = 0; j < branches; ++j) gain[k * branches + j] = j == k ? vabs(branch[k].flow_kg_s) : R(0);
          }
        }
      }
    }
  }
  static void advance(const Batch<R>& b, const Step<R>& step) {
    for (int i = 0; i < b.count; ++i) {
      const int k = i * branches;
      if constexpr (has_scratch)
        b.ledgers[i] =
            T::advance(step, data(b)[i], input(b)[i], state(b)[i], b.branches + k, b.h_in_j_kg + k, b.h_out_w + k, scratch(b)[i]);
      else if constexpr (requires(State & s, Ledger<R> l) {
                           l = T::advance(step, data(b)[i], input(b)[i], s, b.branches, b.h_in_j_kg, b.h_out_w);
                         })
        b.ledgers[i] = T::advance(step, data(b)[i], input(b)[i], state(b)[i], b.branches + k, b.h_in_j_kg + k, b.h_out_w + k);
      else b.ledgers[i] = Ledger<R>{};
    }
  }
  static void store(const Batch<R>& b) {
    for (int i = 0; i < b.count; ++i) {
      if constexpr (requires(R r) { r = T::stored_j(data(b)[i], state(b)[i]); })
        b.stored_j[i] = T::stored_j(data(b)[i], state(b)[i]);
      else b.stored_j[i] = R(0);
    }
  }

 private:
  static void write(const HeatLaw<R, branches>& law, R* base, R* gain) {
    for (int k = 0; k < branches; ++k) {
      base[k] = law.base_w[k];
      for (int j = 0; j < branches; ++j) gain[k * branches + j] = law.gain_kg_s[k][j];
    }
  }
};

namespace detail {
template <class T> ViewOf<T> view_of(const RawView& raw) {
  return {*static_cast<const typename T::template Data<double>*>(raw.data),
          *static_cast<const typename T::template Input<double>*>(raw.input),
          *static_cast<const typename T::template State<double>*>(raw.state),
          raw.branches,
          raw.h_in_j_kg,
          raw.h_out_w,
          *raw.ledger,
          raw.dt_s};
}
template <class Owner> int place_of(double Owner::*member) {
  static const Owner example{};
  return static_cast<int>((reinterpret_cast<const char*>(&(example.*member)) - reinterpret_cast<const char*>(&example)) /
                          static_cast<std::ptrdiff_t>(sizeof(double)));
}
template <class Struct> constexpr int reals_of() {
  static_assert(
      std::is_trivially_copyable_v<Struct> && sizeof(Struct) % sizeof(double) == 0 && alignof(Struct) == alignof(double),
      "Data, Input and State hold only Real");
  return static_cast<int>(sizeof(Struct) / sizeof(double));
}
}  // namespace detail

// The type-erased entry of T. Optional pieces are found by their presence.
template <class T> ComponentType describe_type() {
  using L = Loops<T, double>;
  using Data = typename T::template Data<double>;
  using Input = typename T::template Input<double>;
  using State = typename T::template State<double>;
  static_assert(std::is_base_of_v<Condition<double>, Input>, "every Input derives from Condition");
  ComponentType t;
  t.schema = &T::Params::schema();
  t.branches = {T::branches.data(), T::branches.size()};
  t.sensors = {T::sensors.data(), T::sensors.size()};
  t.own_unknowns = L::own_unknowns;
  for (const BranchSpec& b : T::branches) t.private_node = t.private_node || b.from == "~" || b.to == "~";
  t.affine = T::affine;
  if constexpr (requires { T::cools_hosts; }) t.cools_hosts = T::cools_hosts;
  if constexpr (requires { T::serves_demand; }) t.serves_demand = T::serves_demand;
  if constexpr (requires { T::heat_user; }) {
    t.heat_user = T::heat_user;
    t.need = [](const RawView& raw) { return T::need(detail::view_of<T>(raw)); };
    t.asks_c = [](const Step<double>& step, const double* data, const double* input, const double* state) {
      return T::asks_c(step, *reinterpret_cast<const Data*>(data), *reinterpret_cast<const Input*>(input),
                       *reinterpret_cast<const State*>(state));
    };
  }
  t.accounts = T::accounts;
  t.can_fail = T::can_fail, t.can_wear = T::can_wear, t.follows_steady = T::follows_steady;
  t.data_reals = detail::reals_of<Data>();
  t.input_reals = detail::reals_of<Input>();
  t.state_reals = detail::reals_of<State>();
  if constexpr (L::has_scratch) t.scratch_reals = detail::reals_of<typename T::template Scratch<double>>();
  t.inputs = {{"available", "1", "1 works, 0 is out of order", detail::place_of<Input>(&Input::available)},
              {"capacity_frac", "1", "share of the nominal capacity left", detail::place_of<Input>(&Input::capacity_frac)}};
  if constexpr (requires { T::inputs[0]; })
    for (const auto& slot : T::inputs) t.inputs.push_back({slot.name, slot.unit, slot.doc, detail::place_of<Input>(slot.member)});
  for (const Place& input : t.inputs)
    if (const Field* field = t.schema->find(input.name); field && field->type->kind == Kind::varying)
      t.schedules.push_back({field, input.place});
  if constexpr (requires { T::shut[0]; }) t.shut.assign(T::shut.begin(), T::shut.end());
  if constexpr (requires { T::states[0]; })
    for (const auto& slot : T::states)
      t.states.push_back({slot.name, slot.unit, slot.doc, detail::place_of<State>(slot.member), slot.over});
  if constexpr (requires { T::channels[0]; }) {
    for (const auto& channel : T::channels)
      t.channels.push_back({channel.name, channel.unit, channel.doc, static_cast<int>(t.channels.size()), channel.over});
    t.channel = [](const RawView& raw, int index, int column) {
      return T::channels[static_cast<std::size_t>(index)].value(detail::view_of<T>(raw), column);
    };
    t.columns = [](const double* data, int index) {
      const auto count = T::channels[static_cast<std::size_t>(index)].count;
      return count ? count(*reinterpret_cast<const Data*>(data)) : 1;
    };
  }
  if constexpr (requires(const typename T::Params& p) { T::fixes_flow(p); })
    t.fixes_flow = [](const void* p) { return T::fixes_flow(*static_cast<const typename T::Params*>(p)); };
  if constexpr (requires(const typename T::Params& p) { T::meets_weather(p); })
    t.meets_weather = [](const void* p) { return T::meets_weather(*static_cast<const typename T::Params*>(p)); };
  if constexpr (requires(typename T::Params & p, const Fluid* f, Problems& problems) { T::size(p, f, problems); })
    t.size = [](void* p, const Fluid* f, Problems& problems) { T::size(*static_cast<typename T::Params*>(p), f, problems); };
  t.derive = [](const void* p, const Fluid* f, double* data) {
    const Data d = T::derive(*static_cast<const typename T::Params*>(p), f);
    std::memcpy(data, &d, sizeof d);
  };
  t.make_input = [](double* input) {
    const Input fresh{};
    std::memcpy(input, &fresh, sizeof fresh);
  };
  t.init = [](const double* data, double* state, double t_c) {
    State fresh{};
    if constexpr (requires(const Data& d) { T::init(d, fresh, t_c); }) T::init(*reinterpret_cast<const Data*>(data), fresh, t_c);
    std::memcpy(state, &fresh, sizeof fresh);
    (void)data, (void)t_c;
  };
  if constexpr (requires(Data & d) { T::prepare(d, 60.0); }) t.prepare = &L::prepare;
  if constexpr (requires(const Step<double>& step, const Data& d, const Input& in) { T::most_rejected(step, d, in); })
    t.most_rejected = [](const Step<double>& step, const double* data, const double* input) {
      return T::most_rejected(step, *reinterpret_cast<const Data*>(data), *reinterpret_cast<const Input*>(input));
    };
  if constexpr (requires(const State& s) { T::reason(s); })
    t.reason = [](const double* state) { return T::reason(*reinterpret_cast<const State*>(state)); };
  t.hydraulics = &L::hydraulics;
  t.heat = &L::heat;
  t.heat_again = &L::heat_again;
  t.advance = &L::advance;
  t.store = &L::store;
  return t;
}

}  // namespace hypocaust::plant

// Ends parts/<word>.cpp, inside namespace hypocaust::plant. A test may define its own before this header.
#ifndef COMPONENT
#define COMPONENT(T, word)                                \
  const ComponentType& word##_type();                     \
  const ComponentType& word##_type() {                    \
    static const ComponentType type = describe_type<T>(); \
    return type;                                          \
  }
#endif
