#include "app/document_faults.hpp"

#include <algorithm>
#include <utility>

namespace tallystick::app {

DocumentPlace DocumentPlace::operator/(std::string_view key) const {
  DocumentPlace place = *this;
  place.pointer_ += '/';
  for (const char c : key) {
    if (c == '~') {
      place.pointer_ += "~0";
    } else if (c == '/') {
      place.pointer_ += "~1";
    } else {
      place.pointer_ += c;
    }
  }
  return place;
}

DocumentPlace DocumentPlace::operator/(std::size_t index) const {
  return *this / std::to_string(index);
}

void DocumentFaults::add(const DocumentPlace& place, std::string message) {
  if (faults_.size() < core::faults_reported_max) faults_.push_back({place.pointer(), std::move(message)});
}

void DocumentFaults::check_text(const DocumentPlace& place, std::string_view text, std::size_t bytes_max) {
  if (text.empty()) add(place, "must not be empty");
  if (text.size() > bytes_max) {
    add(place, "has " + std::to_string(text.size()) + " bytes, at most " + std::to_string(bytes_max) + " are allowed");
  }
}

bool is_plain_identifier(std::string_view text, std::size_t bytes_max, bool upper_case) {
  return !text.empty() && text.size() <= bytes_max && std::all_of(text.begin(), text.end(), [upper_case](char c) {
    return (c >= 'a' && c <= 'z') || (upper_case && c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
           c == '_' || c == '-';
  });
}

}  // namespace tallystick::app
