#pragma once
#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <string>
#include <string_view>

#include "tallystick/wire/catalog_document.hpp"

namespace tallystick::wire {

// A document in which some characters are gone and others came that YAML gives a meaning.
inline std::string damaged(std::string_view document) {
  std::string text(document);
  const int damages = *rc::gen::inRange(1, 6);
  for (int i = 0; i < damages; ++i) {
    const auto at = *rc::gen::inRange<std::size_t>(0, text.size());
    const std::string piece =
        *rc::gen::element<std::string>("", "\"", "'", "{", "}", "[", "]", ": ", "- ", "\n", "&a ", "*a", "!", "|\n",
                                       "#", "\t", "?", ",", "\xC3", "\r\n", "%");
    text.replace(at, *rc::gen::inRange<std::size_t>(0, 3), piece);
  }
  return text;
}

// However a document is damaged, it is answered: read, or refused with a reason and a place.
inline void expect_answer_to(std::string_view text, const SecretVariables& variables) {
  const auto read = read_catalog(text, DocumentFormat::yaml, variables);
  if (read) return;
  RC_ASSERT(read.error().malformed == read.error().faults.empty());
  RC_ASSERT(!read.error().message.empty());
  for (const auto& fault : read.error().faults) RC_ASSERT(fault.message.starts_with("line "));
}

}  // namespace tallystick::wire
