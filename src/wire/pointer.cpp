#include "wire/pointer.hpp"

namespace tallystick::wire {

std::string Path::pointer() const {
  std::string text;
  append_to(text);
  return text;
}

void Path::append_to(std::string& text) const {
  if (parent_ == nullptr) return;
  parent_->append_to(text);
  text += '/';
  if (name_.data() == nullptr) {
    text += std::to_string(index_);
    return;
  }
  for (const char c : name_) {
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text += c;
    }
  }
}

void FaultList::add(const Path& path, std::string_view message) {
  ++found_;
  if (faults_.size() < core::faults_reported_max) faults_.push_back({path.pointer(), std::string(message)});
}

}  // namespace tallystick::wire
