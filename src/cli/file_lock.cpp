#include "cli/file_lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

namespace tallystick::cli {
namespace {

constexpr std::chrono::milliseconds look_every{20};
constexpr mode_t owner_alone = 0600;

/// An open file whose lock ends when it is closed.
class LockedFile {
 public:
  explicit LockedFile(int descriptor) : descriptor_(descriptor) {}
  ~LockedFile() { ::close(descriptor_); }
  LockedFile(const LockedFile&) = delete;
  LockedFile& operator=(const LockedFile&) = delete;

  [[nodiscard]] bool lock(std::chrono::milliseconds wait_max) const {
    const auto give_up_at = std::chrono::steady_clock::now() + wait_max;
    while (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
      if (errno != EWOULDBLOCK && errno != EINTR) return false;
      if (std::chrono::steady_clock::now() >= give_up_at) return false;
      std::this_thread::sleep_for(look_every);
    }
    return true;
  }

 private:
  int descriptor_;
};

}  // namespace

std::shared_ptr<void> lock_file(const std::filesystem::path& file, std::chrono::milliseconds wait_max) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, owner_alone);
  if (descriptor < 0) return nullptr;
  auto locked = std::make_shared<LockedFile>(descriptor);
  return locked->lock(wait_max) ? locked : nullptr;
}

}  // namespace tallystick::cli
