// Servers by name: `server: frontier_node` finds parts/servers/frontier_node.yaml.
#include <algorithm>
#include <filesystem>

#include "models/core/nearest.hpp"
#include "sim/config/parts.hpp"

namespace hypocaust::config {
namespace {

namespace fs = std::filesystem;

Node* map_below(Node* node, std::string_view key) {
  Entry* entry = node && node->kind == Node::Kind::map ? node->find(key) : nullptr;
  return entry && entry->value.kind == Node::Kind::map ? &entry->value : nullptr;
}

}  // namespace

void Parts::expand_servers(Node& tree) {
  Node* hosts = map_below(map_below(&tree, "compute"), "hosts");
  if (!hosts) return;
  for (Entry& group : hosts->entries)
    if (Entry* server = group.value.kind == Node::Kind::map ? group.value.find("server") : nullptr)
      if (server->value.kind == Node::Kind::scalar) expand_server(server->value, "compute.hosts." + group.key + ".server");
}

void Parts::expand_server(Node& server, const std::string& path) {
  std::vector<std::string> known;
  for (const std::string& folder : folders_) {
    std::error_code error;
    for (fs::directory_iterator it(fs::path(folder) / "servers", error), end; !error && it != end; it.increment(error))
      if (it->path().extension() == ".yaml") known.push_back(it->path().stem().string());
    const std::string file = (fs::path(folder) / "servers" / (server.text + ".yaml")).string();
    if (server.text.find('/') != server.text.npos || server.text.empty() || !fs::exists(file, error)) continue;
    const std::size_t errors = diagnostics_.errors();
    Node part = layers_.read(file, server.place);
    const Entry* name = part.find("server");
    if (diagnostics_.errors() == errors && (!name || name->value.text != server.text))
      diagnostics_.error(part.place, "",
                         "a server's file says `server: " + server.text + "`, the name of its file; add the line");
    static constexpr std::string_view keys[] = {"hypocaust", "server", "source", "power"};
    for (const Entry& entry : part.entries)
      if (std::find(std::begin(keys), std::end(keys), entry.key) == std::end(keys))
        diagnostics_.error(entry.place, entry.key, "unknown key of a server's file; it holds server, source and power");
    const Node* power = map_below(&part, "power");
    if (!power && diagnostics_.errors() == errors)
      diagnostics_.error(part.place, "", "a server's file has `power:`, the keys of a server; add it");
    if (power) budget_.values += size_of(*power), server = *power;
    else server.spoiled = true;
    return;
  }
  std::sort(known.begin(), known.end());
  const std::vector<std::string_view> names(known.begin(), known.end());
  const std::string_view near = nearest(server.text, names);
  diagnostics_.error(
      server.place, path,
      "no server is called `" + server.text + "` (parts/servers holds none of that name)" +
          (near.empty() ? "; give its powers, or name one of the library" : "; did you mean `" + std::string(near) + "`?"));
  server.spoiled = true;
}

}  // namespace hypocaust::config
