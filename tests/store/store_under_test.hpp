#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "store/embedded/embedded_store.hpp"
#include "store/store.hpp"

namespace tallystick::store::test {

/// A directory of its own below the system's temporary directory, removed with all that is in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

/// A store of one adapter, which can be closed and opened again where it is durable.
class StoreUnderTest {
 public:
  virtual ~StoreUnderTest() = default;
  [[nodiscard]] virtual Store& store() = 0;
  [[nodiscard]] virtual bool is_durable() const = 0;
  /// Closes it and opens it anew. Nothing on an adapter that is not durable.
  virtual void reopen() = 0;
};

/// An adapter in one configuration: every one must pass the conformance suite.
struct Adapter {
  std::string name;
  std::function<std::unique_ptr<StoreUnderTest>()> make;
};

[[nodiscard]] std::unique_ptr<StoreUnderTest> make_memory();
/// In a directory of its own; throws where it cannot be opened.
[[nodiscard]] std::unique_ptr<StoreUnderTest> make_embedded(const EmbeddedSettings& settings);

/// Settings of a small store that seals after so many events.
[[nodiscard]] EmbeddedSettings small_settings(std::uint64_t seal_after_events);
/// Opens or throws.
[[nodiscard]] std::unique_ptr<Store> open_or_throw(const std::filesystem::path& path, const EmbeddedSettings& settings);

}  // namespace tallystick::store::test
