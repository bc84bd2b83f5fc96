#include "cli/manual_page.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <span>

#include "cli/command_tree.hpp"
#include "cli/manual_words.hpp"
#include "tallystick/core/version.hpp"

namespace tallystick::cli {
namespace {

std::string upper(std::string text) {
  for (char& c : text) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return text;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff_text(text) + "\\fR";
}

std::string italic(std::string_view text) {
  return "\\fI" + roff_text(text) + "\\fR";
}

/// A page, section by section.
class Page {
 public:
  Page(const std::string& name, std::string_view date) {
    text_ = ".TH \"" + upper(roff_text(name)) + "\" \"1\" \"" + std::string(date) + "\" \"tallystick " +
            std::string(version) + "\" \"Tallystick\"\n";
  }

  void section(std::string_view title) { text_ += ".SH " + std::string(title) + "\n"; }
  void subsection(std::string_view title) { text_ += ".SS " + roff_text(title) + "\n"; }
  /// A line that is roff already.
  void line(const std::string& roff) { text_ += roff + "\n"; }
  void paragraph(std::string_view words) {
    if (!text_.ends_with("\n") || !is_after_heading()) text_ += ".PP\n";
    text_ += roff_text(words) + "\n";
  }
  void entry(const std::string& roff_name, std::string_view words) {
    text_ += ".TP\n" + roff_name + "\n" + roff_text(words) + "\n";
  }
  void entries(std::string_view title, std::span<const ManualEntry> all) {
    section(title);
    for (const ManualEntry& one : all) entry(bold(one.name), one.words);
  }
  template <class Lines>
  void examples(const Lines& lines) {
    if (lines.empty()) return;
    section("EXAMPLES");
    text_ += ".nf\n";
    for (const auto& example : lines) text_ += roff_text(example) + "\n";
    text_ += ".fi\n";
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  // A heading begins a paragraph by itself.
  [[nodiscard]] bool is_after_heading() const {
    const std::size_t last = text_.rfind('\n', text_.size() - 2);
    const std::string_view line = std::string_view(text_).substr(last == std::string::npos ? 0 : last + 1);
    return line.starts_with(".SH ") || line.starts_with(".SS ");
  }

  std::string text_;
};

std::string full_name(const CLI::App& app, const CLI::App& command) {
  return app.get_name() + "-" + command.get_name();
}

std::string reference(const std::string& name) {
  return bold(name) + "(1)";
}

// `--from TIME`, `-f, --file FILE`, with their kinds of letters.
std::string heading_of(const CLI::Option& option) {
  std::string heading;
  const auto add = [&](const std::string& name) { heading += (heading.empty() ? "" : ", ") + bold(name); };
  for (const std::string& name : option.get_snames()) add("-" + name);
  for (const std::string& name : option.get_lnames()) add("--" + name);
  if (takes_value(option)) heading += " " + italic(option.get_type_name());
  return heading;
}

std::string words_of(const CLI::Option& option) {
  std::string words = option.get_description();
  if (!words.empty() && !words.ends_with('.')) words += ".";
  if (option.get_required() && !option.get_positional()) words += " It must be given.";
  if (takes_value(option) && !option.get_default_str().empty()) words += " Default: " + option.get_default_str() + ".";
  return words;
}

void write_synopsis(Page& page, const CLI::App& app, const CLI::App& command) {
  page.section("SYNOPSIS");
  std::string line = bold(app.get_name() + " " + command.get_name());
  for (const CLI::Option* option : shown_options(command)) {
    if (option->get_required()) line += " " + heading_of(*option);
  }
  line += " [" + italic("OPTION") + " ...]";
  for (const CLI::Option* argument : shown_arguments(command)) {
    const std::string name = italic(argument->get_name(true)) + (takes_several(*argument) ? " ..." : "");
    line += argument->get_required() ? " " + name : " [" + name + "]";
  }
  page.line(line);
}

void write_options(Page& page, const CLI::App& command) {
  page.section("OPTIONS");
  for (const CLI::Option* argument : shown_arguments(command)) {
    page.entry(italic(argument->get_name(true)), words_of(*argument));
  }
  const auto options = shown_options(command);
  std::vector<std::string> groups;
  for (const CLI::Option* option : options) {
    if (std::ranges::count(groups, option->get_group()) == 0) groups.push_back(option->get_group());
  }
  // The command's own ones need no heading; they stand first.
  std::ranges::stable_partition(groups, [](const std::string& group) { return group == "Options"; });
  for (const std::string& group : groups) {
    if (group != "Options") page.subsection(group);
    for (const CLI::Option* option : options) {
      if (option->get_group() == group) page.entry(heading_of(*option), words_of(*option));
    }
  }
}

// The lines of a footer are broken for a terminal; paragraphs are set anew. One that ends within a sentence goes on.
void write_sentences(Page& page, const std::vector<std::string>& lines) {
  std::string words;
  for (const std::string& line : lines) words += (words.empty() ? "" : " ") + line;
  if (!words.empty()) page.paragraph(words);
}

bool asks_a_service(const CLI::App& command) {
  return command.get_option_no_throw("--base-url") != nullptr;
}

ManualPage page_of(const CLI::App& app, const CLI::App& command, std::string_view date) {
  const std::string name = full_name(app, command);
  const Footer footer = footer_of(command);
  Page page(name, date);
  page.section("NAME");
  page.line(roff_text(name) + " \\- " + roff_text(command.get_description()));
  write_synopsis(page, app, command);
  page.section("DESCRIPTION");
  page.paragraph(command.get_description() + ".");
  write_sentences(page, footer.sentences);
  write_options(page, command);
  if (asks_a_service(command)) {
    page.entries("EXIT STATUS", client_exit_codes());
    page.entries("ENVIRONMENT", client_environment());
    page.entries("FILES", client_files());
  }
  page.examples(footer.examples);
  page.section("SEE ALSO");
  page.line(reference(app.get_name()));
  return {name + ".1", page.text()};
}

ManualPage page_of_program(const CLI::App& app, std::string_view date) {
  Page page(app.get_name(), date);
  page.section("NAME");
  std::string description = app.get_description();
  if (description.ends_with('.')) description.pop_back();
  page.line(roff_text(app.get_name()) + " \\- " + roff_text(description));
  page.section("SYNOPSIS");
  page.line(bold(app.get_name()) + " " + italic("COMMAND") + " [" + italic("OPTION") + " ...]");
  page.section("DESCRIPTION");
  for (const std::string_view paragraph : program_paragraphs()) page.paragraph(paragraph);
  page.section("COMMANDS");
  for (const CLI::App* command : shown_commands(app)) {
    page.entry(reference(full_name(app, *command)), command->get_description() + ".");
  }
  write_options(page, app);
  page.entries("EXIT STATUS", client_exit_codes());
  page.entries("ENVIRONMENT", client_environment());
  page.entries("FILES", client_files());
  page.examples(program_examples());
  page.section("SEE ALSO");
  std::string references;
  for (const CLI::App* command : shown_commands(app)) {
    references += (references.empty() ? "" : ",\n") + reference(full_name(app, *command));
  }
  page.line(references);
  return {app.get_name() + ".1", page.text()};
}

}  // namespace

std::vector<ManualPage> manual_pages(const CLI::App& app, std::string_view date) {
  std::vector<ManualPage> pages{page_of_program(app, date)};
  for (const CLI::App* command : shown_commands(app)) pages.push_back(page_of(app, *command, date));
  return pages;
}

std::string roff_text(std::string_view text) {
  std::string roff;
  if (text.starts_with('.') || text.starts_with('\'')) roff += "\\&";
  for (const char c : text) {
    switch (c) {
      case '\\':
        roff += "\\e";
        break;
      case '-':
        roff += "\\-";
        break;
      case '\'':
        roff += "\\(aq";
        break;
      case '~':
        roff += "\\(ti";
        break;
      case '^':
        roff += "\\(ha";
        break;
      case '`':
        roff += "\\(ga";
        break;
      default:
        roff += c;
    }
  }
  return roff;
}

}  // namespace tallystick::cli
