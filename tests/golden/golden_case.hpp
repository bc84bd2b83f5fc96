#pragma once
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tallystick/core/event.hpp"
#include "tallystick/core/time.hpp"

namespace tallystick::golden {

/// Names and values as text, in any order.
using Facts = std::map<std::string, std::string>;

/// What an answer says, or what is expected of it: single facts, and lines in their order.
struct AnswerFacts {
  Facts facts;
  /// Absent: an error has none, and a question may be about other facts alone.
  std::optional<std::vector<Facts>> lines;
  /// By the name of a line: its overage quantity and charge, which overviews do not carry.
  std::map<std::string, Facts> charges;
};

/// A usage event or a void, whose organization is named as in the catalog.
struct NamedEvent {
  std::string organization;
  core::Event event;  ///< its organization is not filled in
};

struct Question {
  /// `overview <organization> <index>`, or `report` or `concurrent`, each `<organization> <from> <to>`
  std::string text;
  std::string clock;               ///< when it is asked
  std::vector<NamedEvent> events;  ///< sent before it is asked, after the questions before it; all are accepted
  AnswerFacts expected;
};

/// What ingesting answers, where a case is about that.
struct ExpectedIngest {
  std::size_t accepted = 0;
  std::size_t duplicates = 0;
  std::size_t conflicts = 0;
};

/// How cases write a length of time: ISO 8601 in hours, minutes and seconds, `PT8H`, `PT1H30M`, `PT29M59.999S`.
[[nodiscard]] std::string length_text(core::milliseconds length);

/// A case as its file tells it (README.md here has the form).
struct GoldenCase {
  std::string name;
  std::string catalog;  ///< YAML, as `tallystick apply` takes it
  std::string clock;
  std::vector<NamedEvent> events;
  ExpectedIngest ingest;
  std::vector<Question> questions;
};

/// Reads a case. Throws std::runtime_error with the file and what is wrong in it.
[[nodiscard]] GoldenCase read_golden_case(const std::filesystem::path& file);

}  // namespace tallystick::golden
