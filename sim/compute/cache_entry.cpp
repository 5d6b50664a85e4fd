#include "sim/compute/cache_entry.hpp"

#include <cstdio>
#include <cstring>
#include <type_traits>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace hypocaust::compute {
namespace {

constexpr char magic[8] = {'h', 'y', 'p', 'o', 'p', 't', '0', '4'};
static_assert(std::is_trivially_copyable_v<ComputeTotals> && std::is_trivially_copyable_v<RackStep> && sizeof(RackStep) == 16);

template <class T> void put_raw(std::string& out, const T& value) {
  out.append(reinterpret_cast<const char*>(&value), sizeof value);
}
void put_text(std::string& out, const std::string& text) {
  put_raw(out, static_cast<std::uint64_t>(text.size()));
  out += text;
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}
  bool raw(void* to, std::size_t size) {
    if (size > bytes_.size() - at_) return false;
    std::memcpy(to, bytes_.data() + at_, size);
    at_ += size;
    return true;
  }
  bool text(std::string& out) {
    std::uint64_t size = 0;
    if (!raw(&size, sizeof size) || size > bytes_.size() - at_) return false;
    out.assign(bytes_.substr(at_, size));
    at_ += size;
    return true;
  }
  bool texts(std::vector<std::string>& out) {
    std::uint64_t n = 0;
    if (!raw(&n, sizeof n) || n > bytes_.size()) return false;
    out.resize(n);
    for (std::string& item : out)
      if (!text(item)) return false;
    return true;
  }
  std::size_t left() const { return bytes_.size() - at_; }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

}  // namespace

std::string entry_bytes(const std::string& key, const PowerTrace& trace) {
  std::string out(magic, sizeof magic);
  out.reserve(key.size() + trace.racks.size() * sizeof(RackStep) + 4096);
  put_text(out, key);
  for (const auto* list : {&trace.rack_names, &trace.notes}) {
    put_raw(out, static_cast<std::uint64_t>(list->size()));
    for (const std::string& text : *list) put_text(out, text);
  }
  put_raw(out, trace.totals);
  put_raw(out, trace.steps);
  out.append(reinterpret_cast<const char*>(trace.racks.data()), trace.racks.size() * sizeof(RackStep));
  put_raw(out, static_cast<std::uint64_t>(XXH3_64bits(out.data(), out.size())));
  return out;
}

std::optional<PowerTrace> entry_trace(const std::string& key, const std::string& bytes) {
  if (bytes.size() < sizeof magic + sizeof(std::uint64_t) || std::memcmp(bytes.data(), magic, sizeof magic) != 0) return {};
  const std::size_t body = bytes.size() - sizeof(std::uint64_t);
  std::uint64_t checksum = 0;
  std::memcpy(&checksum, bytes.data() + body, sizeof checksum);
  if (checksum != XXH3_64bits(bytes.data(), body)) return {};
  Reader reader(std::string_view(bytes).substr(sizeof magic, body - sizeof magic));
  PowerTrace trace;
  std::string stored_key;
  if (!reader.text(stored_key) || stored_key != key || !reader.texts(trace.rack_names) || !reader.texts(trace.notes)) return {};
  if (!reader.raw(&trace.totals, sizeof trace.totals) || !reader.raw(&trace.steps, sizeof trace.steps) || trace.steps < 0)
    return {};
  const std::size_t row_bytes = trace.rack_names.size() * sizeof(RackStep);
  if (reader.left() != static_cast<std::size_t>(trace.steps) * row_bytes) return {};
  trace.racks.resize(reader.left() / sizeof(RackStep));
  if (!trace.racks.empty() && !reader.raw(trace.racks.data(), reader.left())) return {};
  return trace;
}

std::string entry_name(const std::string& key) {
  const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  char text[64];
  std::snprintf(text, sizeof text, "%016llx%016llx.trace", static_cast<unsigned long long>(hash.high64),
                static_cast<unsigned long long>(hash.low64));
  return text;
}

}  // namespace hypocaust::compute
