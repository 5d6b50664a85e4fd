#include "sim/config/tree.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <map>
#include <sstream>
#include <unordered_map>

namespace hypocaust::config {
namespace {

struct Stop {};  // a problem after which nothing more can be read

class Builder final : public YAML::EventHandler {
 public:
  Builder(const Source& text, int source, std::size_t from, Budget& budget, Diagnostics& diagnostics)
      : text_(text), source_(source), from_(from), budget_(budget), diagnostics_(diagnostics) {}

  bool complete = false;
  Node root;

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (complete) stop(at(mark), "a second document starts here (a scenario is one document); remove `---` and what follows");
  }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t) override {
    if (frames_.empty()) stop(at(mark), "nothing is written here; a scenario starts with `hypocaust: 1`");
    Frame& frame = frames_.back();
    if (frame.node.kind == Node::Kind::map && !frame.has_key) stop(at(mark), "a key is empty; write a name before the colon");
    const Place place = frame.node.kind == Node::Kind::map ? frame.key_place : at(mark);
    const std::string name = frame.node.kind == Node::Kind::map ? "`" + frame.key + "`" : std::string("a list item");
    diagnostics_.error(place, "",
                       name + " has no value (an empty value never deletes); write a value, or `!remove` in an overlay");
    if (diagnostics_.full()) throw Stop{};
    Node node;
    node.place = place;
    node.spoiled = true;
    close(std::move(node), 0);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) stop(at(mark), "an alias inside its own anchor has no end; write the value out");
    budget_.values += found->second.size;
    check_budget(at(mark));
    if (frames_.size() + found->second.height > Budget::most_depth) too_deep(at(mark));
    key_allowed(at(mark));
    Node node = found->second.node;
    close(std::move(node), 0);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    ++budget_.values;
    const Place place = at(mark);
    check_budget(place);
    if (!frames_.empty() && frames_.back().node.kind == Node::Kind::map && !frames_.back().has_key)
      return key(place, tag, anchor, value);
    Node node;
    node.tag = tag_of(tag, place);
    node.place = place;
    node.quoted = check_quote(place);
    node.text = value;
    const std::string& written = text_.text;
    const std::size_t line_end = std::min(written.find('\n', place.offset), written.size());
    node.place.length = std::min(value.size() + (node.quoted ? 2 : 0), line_end - std::min(place.offset, line_end));
    close(std::move(node), anchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::list);
  }
  void OnSequenceEnd() override { end(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(mark, tag, anchor, Node::Kind::map);
  }
  void OnMapEnd() override { end(); }

  Place at(const YAML::Mark& mark) const {
    const std::size_t offset = from_ + (mark.is_null() ? 0 : static_cast<std::size_t>(mark.pos));
    return {.source = source_, .offset = std::min(offset, text_.text.size()), .length = 1};
  }

 private:
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    std::size_t first_value = 0;  // budget count when it opened
    bool has_key = false;
    std::string key;
    Place key_place;
    std::unordered_map<std::string, std::size_t> seen;
    std::size_t height = 1;
  };
  struct Anchor {
    Node node;
    std::size_t size, height;
  };

  [[noreturn]] void stop(const Place& place, std::string text) {
    diagnostics_.error(place, "", std::move(text));
    throw Stop{};
  }
  [[noreturn]] void too_deep(const Place& place) { stop(place, "more than 64 levels deep; flatten the file"); }
  void check_budget(const Place& place) {
    if (budget_.values > Budget::most_values)
      stop(place, "more than 1048576 values (aliases and parts counted as often as they are used); keep data in CSV files");
  }
  void key_allowed(const Place& place) {
    if (!frames_.empty() && frames_.back().node.kind == Node::Kind::map && !frames_.back().has_key)
      stop(place, "a key must be plain text (not a list, a map or an alias)");
  }
  Tag tag_of(const std::string& tag, const Place& place) {
    if (tag.empty() || tag == "?" || tag == "!") return Tag::none;
    if (tag == "!assumed") return Tag::assumed;
    if (tag == "!remove") return Tag::remove;
    if (tag == "!replace") return Tag::replace;
    diagnostics_.error(place, "", "unknown tag `" + tag + "`; use !assumed, !remove, !replace or none");
    return Tag::none;
  }
  // yaml-cpp accepts a quote that never closes; true when the scalar at `place` is quoted.
  bool check_quote(const Place& place) {
    const std::string& text = text_.text;
    std::size_t k = place.offset;
    while (k < text.size() && (text[k] == '!' || text[k] == '&')) {  // tags and anchors come first
      k = text.find_first_of(" \n,]}", k);
      if (k != text.npos) k = text.find_first_not_of(" \n", k);
      if (k == text.npos) return false;
    }
    if (k >= text.size() || (text[k] != '"' && text[k] != '\'')) return false;
    const char quote = text[k];
    for (++k; k < text.size(); ++k) {
      if (quote == '"' && text[k] == '\\') ++k;
      else if (text[k] == quote) {
        if (quote == '\'' && k + 1 < text.size() && text[k + 1] == quote) ++k;
        else return true;
      }
    }
    stop(place, "this quote never closes (is the file cut off?); close it");
  }
  void key(const Place& place, const std::string& tag, YAML::anchor_t anchor, const std::string& value) {
    Frame& frame = frames_.back();
    if (tag_of(tag, place) != Tag::none) diagnostics_.error(place, value, "a key cannot carry a tag; tag its value");
    if (anchor) diagnostics_.error(place, value, "a key cannot be an anchor; anchor its value");
    if (value == "<<") diagnostics_.error(place, "", "merge keys (`<<`) are not part of the language; use include: or cases:");
    check_quote(place);
    frame.has_key = true;
    frame.key = value;
    frame.key_place = place;
    frame.key_place.length = value.size();
    const auto [first, fresh] = frame.seen.emplace(value, place.offset);
    if (!fresh) {
      const LineColumn before = line_column(text_, first->second);
      diagnostics_.error(frame.key_place, "",
                         "`" + value + "` is written twice (first in line " + std::to_string(before.line) + "); remove one");
      if (diagnostics_.full()) throw Stop{};
    }
  }
  void open(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, Node::Kind kind) {
    const Place place = at(mark);
    key_allowed(place);
    if (frames_.size() >= Budget::most_depth) too_deep(place);
    Frame frame;
    frame.first_value = budget_.values++;
    check_budget(place);
    frame.node.kind = kind;
    frame.node.tag = tag_of(tag, place);
    frame.node.place = place;
    frame.anchor = anchor;
    frames_.push_back(std::move(frame));
  }
  void end() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.anchor) remember(frame.anchor, frame.node, budget_.values - frame.first_value, frame.height);
    if (!frames_.empty()) frames_.back().height = std::max(frames_.back().height, frame.height + 1);
    close(std::move(frame.node), 0);
  }
  void remember(YAML::anchor_t anchor, const Node& node, std::size_t size, std::size_t height) {
    budget_.values += size;  // the copy kept for the aliases
    check_budget(node.place);
    anchors_[anchor] = {node, size, height};
  }
  void close(Node node, YAML::anchor_t anchor) {
    if (anchor) remember(anchor, node, 1, 1);
    if (frames_.empty()) {
      root = std::move(node);
      complete = true;
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.kind == Node::Kind::list) {
      frame.node.items.push_back(std::move(node));
      return;
    }
    frame.node.entries.push_back({std::move(frame.key), frame.key_place, std::move(node)});
    frame.has_key = false;
  }

  const Source& text_;
  int source_;
  std::size_t from_;
  Budget& budget_;
  Diagnostics& diagnostics_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchor> anchors_;
};

std::string translated(const std::string& message) {
  if (message.find("end of map not found") != message.npos)
    return "the indentation fits no enclosing key; line it up with its neighbours";
  if (message.find("end of sequence not found") != message.npos)
    return "the indentation fits no enclosing list; line it up with its neighbours";
  if (message.find("end of map flow") != message.npos) return "a `}` is missing (is the file cut off?); close the map";
  if (message.find("end of sequence flow") != message.npos) return "a `]` is missing (is the file cut off?); close the list";
  if (message.find("illegal map value") != message.npos)
    return "a colon where no key can stand; quote the text, or break the line";
  return message + " (YAML syntax); correct the line";
}

}  // namespace

std::size_t size_of(const Node& node) {
  std::size_t size = 1;
  for (const Node& item : node.items) size += size_of(item);
  for (const Entry& entry : node.entries) size += 1 + size_of(entry.value);
  return size;
}

Node parse_tree(const Sources& sources, int source, std::size_t from, Budget& budget, Diagnostics& diagnostics) {
  const Source& text = sources[static_cast<std::size_t>(source)];
  Builder builder(text, source, from, budget, diagnostics);
  Node nothing;
  nothing.kind = Node::Kind::map;
  nothing.place = {.source = source, .offset = from, .length = 1};
  std::istringstream stream(text.text.substr(from));
  try {
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder) || !builder.complete) {
      diagnostics.error(nothing.place, "", "nothing is written here (only comments?); a scenario starts with `hypocaust: 1`");
      return nothing;
    }
    parser.HandleNextDocument(builder);  // a second document is refused at its start
  } catch (const Stop&) {
    return nothing;  // already reported
  } catch (const YAML::Exception& error) {
    diagnostics.error(builder.at(error.mark), "", translated(error.msg));
    return nothing;
  }
  return std::move(builder.root);
}

}  // namespace hypocaust::config
