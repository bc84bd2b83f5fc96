#pragma once
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "client/known_secrets.hpp"
#include "tallystick/client/log.hpp"

namespace tallystick::client {

/// Writes lines for Log::sink. Everything goes through KnownSecrets on its way out. Any thread.
class CallLog {
 public:
  using Clock = std::function<std::chrono::system_clock::time_point()>;
  CallLog(Log log, std::shared_ptr<const KnownSecrets> secrets, Clock clock);

  /// Whether a line of that level would be told: what makes one is spared otherwise.
  [[nodiscard]] bool tells(LogLevel level) const { return log_.sink && level <= log_.level; }

  struct Field {
    std::string_view name;
    std::variant<std::string, std::int64_t> value;
  };
  /// `message`: the line of the text form. `event` and `fields` are told in JSON alone, beside it, the level and the
  /// time.
  void tell(LogLevel level, std::string_view event, std::string message, std::vector<Field> fields = {}) const;

 private:
  const Log log_;
  const std::shared_ptr<const KnownSecrets> secrets_;
  const Clock clock_;
};

}  // namespace tallystick::client
