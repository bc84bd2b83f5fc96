#include "tallystick/client/configuration_file.hpp"

#include <atomic>
#include <mutex>
#include <utility>

#include "client/watched_profile.hpp"

namespace tallystick {

class ConfigurationFile::Impl {
 public:
  Impl(client::WatchedProfile profile, Configuration configuration)
      : profile_(std::move(profile)),
        next_look_(profile_.next_look().time_since_epoch()),
        configuration_(std::move(configuration)) {}

  Configuration configuration() const {
    const std::lock_guard lock(mutex_);
    return configuration_;
  }

  std::optional<Result<Configuration, Fault>> changed() {
    const auto now = std::chrono::steady_clock::now();
    // Asked before each call: mostly there is nothing to do, and no thread waits for another.
    if (now.time_since_epoch() < next_look_.load(std::memory_order_relaxed)) return std::nullopt;
    const std::lock_guard lock(mutex_);
    auto reading = profile_.read_if_changed(now);
    next_look_.store(profile_.next_look().time_since_epoch(), std::memory_order_relaxed);
    if (!reading) return std::nullopt;
    if (!*reading) return Result<Configuration, Fault>(fail(Fault{std::move(reading->error().message)}));
    configuration_ = std::move((*reading)->configuration);
    return Result<Configuration, Fault>(configuration_);
  }

 private:
  mutable std::mutex mutex_;
  client::WatchedProfile profile_;
  std::atomic<std::chrono::steady_clock::duration> next_look_;
  Configuration configuration_;
};

Result<std::shared_ptr<ConfigurationFile>, ConfigurationFile::Fault> ConfigurationFile::open(std::filesystem::path file,
                                                                                             std::string profile,
                                                                                             Configuration base) {
  client::WatchedProfile watched(std::move(file), std::move(profile), std::move(base));
  auto reading = watched.read(std::chrono::steady_clock::now());
  if (!reading) return fail(Fault{std::move(reading.error().message)});
  auto impl = std::make_unique<Impl>(std::move(watched), std::move(reading->configuration));
  return std::shared_ptr<ConfigurationFile>(new ConfigurationFile(std::move(impl)));
}

ConfigurationFile::ConfigurationFile(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
ConfigurationFile::~ConfigurationFile() = default;

Configuration ConfigurationFile::configuration() const {
  return impl_->configuration();
}

std::optional<Result<Configuration, ConfigurationFile::Fault>> ConfigurationFile::changed() {
  return impl_->changed();
}

}  // namespace tallystick
