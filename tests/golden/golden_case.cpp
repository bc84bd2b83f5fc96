#include "golden/golden_case.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>

#include "tallystick/core/decimal.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::golden {
namespace {

using Words = std::vector<std::string>;

[[noreturn]] void refuse(const std::string& what) {
  throw std::runtime_error(what);
}

void allow_keys(const YAML::Node& map, const std::set<std::string>& allowed) {
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    if (!allowed.contains(key)) refuse("does not know the key '" + key + "'");
  }
}

std::string required_text(const YAML::Node& map, const std::string& key) {
  if (!map[key]) refuse("lacks the key '" + key + "'");
  return map[key].as<std::string>();
}

Words words_of(const std::string& line) {
  std::istringstream in(line);
  Words words;
  for (std::string word; in >> word;) words.push_back(word);
  return words;
}

core::TimePoint time_of(const std::string& text) {
  const auto time = core::parse_time(text);
  if (!time) refuse("'" + text + "' is no time");
  return *time;
}

core::Decimal quantity_of(const std::string& text) {
  const auto quantity = core::Decimal::parse(text);
  if (!quantity) refuse("'" + text + "' is no quantity");
  return *quantity;
}

// `user-{1..3}` stands for user-1, user-2 and user-3.
Words resources_of(const std::string& text) {
  const auto open = text.find('{');
  if (open == std::string::npos) return {text};
  const auto dots = text.find("..", open);
  const auto close = text.find('}', open);
  int first = 0;
  int last = 0;
  const auto number = [&](std::size_t from, std::size_t to, int& value) {
    return std::from_chars(text.data() + from, text.data() + to, value).ec == std::errc{};
  };
  if (dots == std::string::npos || close == std::string::npos || !number(open + 1, dots, first) ||
      !number(dots + 2, close, last)) {
    refuse("'" + text + "' is no range of resources");
  }
  Words resources;
  for (int i = first; i <= last; ++i) {
    resources.push_back(text.substr(0, open) + std::to_string(i) + text.substr(close + 1));
  }
  return resources;
}

// (source, id) of an event that is named `source/id`, or by its id alone.
std::pair<std::string, std::string> pair_of(const std::string& name) {
  const auto slash = name.rfind('/');
  if (slash == std::string::npos) return {"golden", name};
  return {name.substr(0, slash), name.substr(slash + 1)};
}

// Numbers the lines of each organization through the whole case.
class EventLines {
 public:
  std::vector<NamedEvent> read(const YAML::Node& blocks) {
    std::vector<NamedEvent> events;
    for (const auto& block : blocks) {
      organization_ = block.first.as<std::string>();
      std::istringstream text(block.second.as<std::string>());
      for (std::string line; std::getline(text, line);) read_line(line, events);
    }
    return events;
  }

 private:
  void read_line(const std::string& line, std::vector<NamedEvent>& events) {
    Words words = words_of(line);
    if (words.empty()) return;
    std::string name = std::to_string(++counts_[organization_]);
    if (words.front().ends_with(':')) {
      name = words.front().substr(0, words.front().size() - 1);
      words.erase(words.begin());
    }
    if (words.size() == 2 && words.front() == "void") {
      add_void(name, words.back(), events);
    } else if (words.size() == 4 || words.size() == 5) {
      add_usage(name, words, events);
    } else {
      refuse("'" + line + "' is no event: [id:] product resource time quantity [until], or void id");
    }
  }

  void add_void(const std::string& name, const std::string& target, std::vector<NamedEvent>& events) const {
    core::VoidEvent event;
    std::tie(event.source, event.id) = pair_of(name);
    std::tie(event.target_source, event.target_id) = pair_of(target);
    events.push_back({organization_, std::move(event)});
  }

  void add_usage(const std::string& name, const Words& words, std::vector<NamedEvent>& events) const {
    const Words resources = resources_of(words[1]);
    for (const std::string& resource : resources) {
      core::UsageEvent event;
      std::tie(event.source, event.id) = pair_of(name);
      if (resources.size() > 1) event.id += "-" + resource;
      event.product = words[0];
      event.resource = resource;
      event.time = time_of(words[2]);
      event.quantity = quantity_of(words[3]);
      if (words.size() == 5) event.until = time_of(words[4]);
      events.push_back({organization_, std::move(event)});
    }
  }

  std::string organization_;
  std::map<std::string, int> counts_;
};

std::string joined(const YAML::Node& list) {
  std::string text;
  for (const auto& entry : list) text += (text.empty() ? "" : ", ") + entry.as<std::string>();
  return text;
}

// Resources as reports list them: `user-{1..3} <date>` stands for three, in the byte order of their names.
std::string listed(const YAML::Node& resources) {
  if (!resources.IsSequence()) refuse("has resources that are no list");
  std::string text;
  for (const auto& entry : resources) {
    const auto words = entry.as<std::string>();
    const auto space = words.find(' ');
    if (space == std::string::npos) refuse("'" + words + "' is no listed resource: its name, then its date");
    Words names = resources_of(words.substr(0, space));
    std::ranges::sort(names);
    for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name + words.substr(space);
  }
  return text;
}

// A fact of its own for each entry: of `levels: {500: PT31M}` it is `levels 500`.
void add_entries(Facts& facts, const std::string& name, const YAML::Node& map) {
  for (const auto& entry : map) {
    auto key = entry.first.as<std::string>();
    if (name == "hours") key = core::to_string(time_of(key));
    facts[name + " " + key] = entry.second.as<std::string>();
  }
}

Facts facts_of(const YAML::Node& map) {
  Facts facts;
  for (const auto& entry : map) {
    const auto key = entry.first.as<std::string>();
    if (entry.second.IsMap()) {
      add_entries(facts, key, entry.second);
    } else if (key == "resources") {
      facts[key] = listed(entry.second);
    } else {
      facts[key] = entry.second.as<std::string>();
    }
  }
  return facts;
}

AnswerFacts expected_of(const YAML::Node& expected) {
  AnswerFacts answer;
  for (const auto& entry : expected) {
    const auto key = entry.first.as<std::string>();
    if (key == "usages" || key == "products") {
      answer.lines.emplace();
      for (const auto& line : entry.second) answer.lines->push_back(facts_of(line));
    } else if (key == "charges") {
      for (const auto& line : entry.second) answer.charges[line.first.as<std::string>()] = facts_of(line.second);
    } else {
      answer.facts[key] = entry.second.IsSequence() ? joined(entry.second) : entry.second.as<std::string>();
    }
  }
  if (answer.facts.empty() && !answer.lines) refuse("expects nothing of an answer");
  return answer;
}

GoldenCase read(const YAML::Node& root) {
  allow_keys(root, {"name", "catalog", "clock", "events", "ingest", "questions"});
  GoldenCase made;
  made.name = required_text(root, "name");
  made.catalog = required_text(root, "catalog");
  made.clock = required_text(root, "clock");
  EventLines lines;
  made.events = lines.read(root["events"]);
  made.ingest.accepted = made.events.size();
  if (const YAML::Node& ingest = root["ingest"]) {
    allow_keys(ingest, {"accepted", "duplicates", "conflicts"});
    made.ingest = {ingest["accepted"].as<std::size_t>(), ingest["duplicates"].as<std::size_t>(),
                   ingest["conflicts"].as<std::size_t>()};
  }
  for (const auto& entry : root["questions"]) {
    allow_keys(entry, {"ask", "clock", "events", "expected"});
    const std::string clock = entry["clock"] ? entry["clock"].as<std::string>() : made.clock;
    made.questions.push_back(
        {required_text(entry, "ask"), clock, lines.read(entry["events"]), expected_of(entry["expected"])});
  }
  if (made.questions.empty()) refuse("asks nothing");
  return made;
}

}  // namespace

std::string length_text(core::milliseconds length) {
  const auto hours = std::chrono::floor<std::chrono::hours>(length);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(length - hours);
  const auto seconds = std::chrono::floor<std::chrono::seconds>(length - hours - minutes);
  const auto rest = std::to_string((length - hours - minutes - seconds).count());
  std::string text = "PT";
  if (hours.count() != 0) text += std::to_string(hours.count()) + "H";
  if (minutes.count() != 0) text += std::to_string(minutes.count()) + "M";
  if (rest != "0") {
    text += std::to_string(seconds.count()) + "." + std::string(3 - rest.size(), '0') + rest + "S";
  } else if (seconds.count() != 0 || text == "PT") {
    text += std::to_string(seconds.count()) + "S";
  }
  return text;
}

GoldenCase read_golden_case(const std::filesystem::path& file) {
  try {
    return read(YAML::LoadFile(file.string()));
  } catch (const std::exception& fault) {
    throw std::runtime_error(file.filename().string() + ": " + fault.what());
  }
}

}  // namespace tallystick::golden
