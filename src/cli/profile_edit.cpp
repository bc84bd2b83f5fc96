#include "cli/profile_edit.hpp"

#include <algorithm>
#include <vector>

namespace tallystick::cli {
namespace {

constexpr auto npos = std::string_view::npos;

bool is_bare(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// A table header or a key with its value, as places in the text; comments and empty lines lie between.
struct Statement {
  std::size_t begin = 0;  ///< of its first line
  std::size_t end = 0;    ///< after the end of its last line
  bool is_header = false;
  std::vector<std::string> key{};  ///< the parts of a dotted one; of `[[…]]` none
  std::size_t value_begin = 0;
  std::size_t value_end = 0;
};

/// Cuts a text that is TOML into statements.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::optional<std::vector<Statement>> statements() {
    std::vector<Statement> found;
    while (true) {
      const std::size_t line = at_;
      skip_blanks();
      if (at_ >= text_.size()) return found;
      if (text_[at_] == '#' || text_[at_] == '\n') {
        skip_line();
        continue;
      }
      Statement statement{.begin = line, .is_header = text_[at_] == '['};
      if (!(statement.is_header ? header(statement) : setting(statement))) return std::nullopt;
      skip_line();
      statement.end = at_;
      found.push_back(std::move(statement));
    }
  }

 private:
  [[nodiscard]] bool is_at(std::string_view what) const { return text_.substr(at_).starts_with(what); }
  void skip_blanks() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }
  void skip_line() {
    const auto line_end = text_.find('\n', at_);
    at_ = line_end == npos ? text_.size() : line_end + 1;
  }

  bool header(Statement& statement) {
    if (is_at("[[")) return true;
    ++at_;
    return key(statement.key) && is_at("]");
  }

  bool setting(Statement& statement) {
    if (!key(statement.key) || !is_at("=")) return false;
    ++at_;
    skip_blanks();
    statement.value_begin = at_;
    if (!value()) return false;
    statement.value_end = at_;
    while (statement.value_end > statement.value_begin &&
           std::string_view(" \t\r").find(text_[statement.value_end - 1]) != npos) {
      --statement.value_end;
    }
    return statement.value_end > statement.value_begin;
  }

  bool key(std::vector<std::string>& parts) {
    while (true) {
      skip_blanks();
      const std::size_t begin = at_;
      if (is_at("\"") || is_at("'")) {
        if (!quoted()) return false;
        // Escapes in names are left as they are: a name that has some is not found, and what comes out is checked.
        parts.emplace_back(text_.substr(begin + 1, at_ - begin - 2));
      } else {
        while (at_ < text_.size() && is_bare(text_[at_])) ++at_;
        if (at_ == begin) return false;
        parts.emplace_back(text_.substr(begin, at_ - begin));
      }
      skip_blanks();
      if (!is_at(".")) return true;
      ++at_;
    }
  }

  /// To the end of a value: before the comment or line end that follows it.
  bool value() {
    int depth = 0;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (depth == 0 && (c == '#' || c == '\n')) return true;
      if (c == '"' || c == '\'') {
        if (!quoted()) return false;
        continue;
      }
      if (c == '#') {
        skip_line();
        continue;
      }
      if (c == '[' || c == '{') ++depth;
      if (c == ']' || c == '}') --depth;
      ++at_;
    }
    return depth == 0;
  }

  /// A string in any of the four forms.
  bool quoted() {
    const char quote = text_[at_];
    const std::string long_quote(3, quote);
    const bool is_long = is_at(long_quote);
    at_ += is_long ? 3 : 1;
    while (at_ < text_.size()) {
      if (quote == '"' && text_[at_] == '\\') {
        at_ += 2;
        continue;
      }
      if (is_long ? is_at(long_quote) : text_[at_] == quote) {
        at_ += is_long ? 3 : 1;
        // A long string may end in one or two quotes of its own.
        for (int own = 0; is_long && own < 2 && at_ < text_.size() && text_[at_] == quote; ++own) ++at_;
        return true;
      }
      if (!is_long && text_[at_] == '\n') return false;
      ++at_;
    }
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

struct Change {
  std::size_t begin;
  std::size_t end;
  std::string text;
};

std::string line_of(const ProfileSetting& setting, std::string_view line_end) {
  return setting.key + " = " + toml_string(*setting.value) + std::string(line_end);
}

}  // namespace

std::string toml_string(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string quoted = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (byte < 0x20U || byte == 0x7FU) {
      quoted += "\\u00";
      quoted += digits[byte >> 4U];
      quoted += digits[byte & 0xFU];
    } else {
      quoted += c;
    }
  }
  return quoted + "\"";
}

std::string profile_header(std::string_view profile) {
  const bool bare = !profile.empty() && std::all_of(profile.begin(), profile.end(), is_bare);
  return "[profiles." + (bare ? std::string(profile) : toml_string(profile)) + "]";
}

std::optional<std::string> with_profile_settings(std::string_view text, std::string_view profile,
                                                 std::span<const ProfileSetting> settings) {
  const auto statements = Scanner(text).statements();
  if (!statements) return std::nullopt;
  const std::string line_end = text.find("\r\n") == npos ? "\n" : "\r\n";
  const std::vector<std::string> wanted{"profiles", std::string(profile)};
  const auto header = std::find_if(statements->begin(), statements->end(), [&](const Statement& statement) {
    return statement.is_header && statement.key == wanted;
  });
  const auto section_end = header == statements->end() ? header
                                                       : std::find_if(header + 1, statements->end(),
                                                                      [](const auto& one) { return one.is_header; });

  std::vector<Change> changes;
  std::string added;
  for (const ProfileSetting& setting : settings) {
    const std::vector<std::string> key{setting.key};
    const auto known =
        header == statements->end()
            ? section_end
            : std::find_if(header + 1, section_end, [&](const Statement& statement) { return statement.key == key; });
    if (known == section_end) {
      if (setting.value) added += line_of(setting, line_end);
    } else if (setting.value) {
      changes.push_back({known->value_begin, known->value_end, toml_string(*setting.value)});
    } else {
      changes.push_back({known->begin, known->end, ""});
    }
  }
  if (header == statements->end()) {
    const bool is_first = text.empty() || text.ends_with("\n\n") || text.ends_with("\n\r\n");
    added = (is_first ? "" : line_end) + profile_header(profile) + line_end + added;
    changes.push_back({text.size(), text.size(), added});
  } else if (!added.empty()) {
    const std::size_t place = (section_end - 1)->end;
    changes.push_back({place, place, added});
  }
  // A text that ends without a line end gets one before anything is put there.
  const bool lacks_line_end = !text.empty() && !text.ends_with('\n');
  for (Change& change : changes) {
    if (lacks_line_end && change.begin == text.size()) change.text = line_end + change.text;
  }

  std::stable_sort(changes.begin(), changes.end(),
                   [](const Change& one, const Change& other) { return one.begin < other.begin; });
  std::string edited;
  std::size_t copied = 0;
  for (const Change& change : changes) {
    edited += text.substr(copied, change.begin - copied);
    edited += change.text;
    copied = change.end;
  }
  return edited += text.substr(copied);
}

}  // namespace tallystick::cli
