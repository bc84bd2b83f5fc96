#include "cli/idempotency_key.hpp"

#include <sys/random.h>

#include <array>
#include <cstdint>

#include "tallystick/core/uuid.hpp"

namespace tallystick::cli {
namespace {

constexpr std::size_t key_bytes_max = 128;

}  // namespace

Result<std::string, Failure> choose_key(const std::optional<std::string>& written, Progress& progress) {
  if (written) {
    if (!written->empty() && written->size() <= key_bytes_max) return *written;
    return fail(Failure{ExitCode::bad_input, "--key: write 1 to " + std::to_string(key_bytes_max) + " bytes"});
  }
  std::array<std::uint8_t, 16> random{};
  if (::getrandom(random.data(), random.size(), 0) != static_cast<ssize_t>(random.size())) {
    return fail(Failure{ExitCode::failed, "the system gives no random key: name one with --key"});
  }
  std::string key = core::Uuid::from_random(random).to_string();
  progress.tell("to repeat this, add --key " + key);
  return key;
}

}  // namespace tallystick::cli
