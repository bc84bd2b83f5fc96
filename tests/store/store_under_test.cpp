#include "store/store_under_test.hpp"

#include <cstdlib>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "store/memory/memory_store.hpp"

namespace tallystick::store::test {
namespace {

class MemoryUnderTest final : public StoreUnderTest {
 public:
  Store& store() override { return *store_; }
  bool is_durable() const override { return false; }
  void reopen() override {}

 private:
  std::unique_ptr<Store> store_ = make_memory_store();
};

class EmbeddedUnderTest final : public StoreUnderTest {
 public:
  explicit EmbeddedUnderTest(const EmbeddedSettings& settings)
      : settings_(settings), store_(open_or_throw(directory_.path(), settings)) {}
  Store& store() override { return *store_; }
  bool is_durable() const override { return true; }
  void reopen() override {
    store_.reset();
    store_ = open_or_throw(directory_.path(), settings_);
  }

 private:
  TemporaryDirectory directory_;
  EmbeddedSettings settings_;
  std::unique_ptr<Store> store_;
};

}  // namespace

TemporaryDirectory::TemporaryDirectory() {
  std::string path = (std::filesystem::temp_directory_path() / "tallystick-store-XXXXXX").string();
  if (::mkdtemp(path.data()) == nullptr) throw std::runtime_error("cannot make a temporary directory");
  path_ = path;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code left_behind;
  std::filesystem::remove_all(path_, left_behind);
}

std::unique_ptr<StoreUnderTest> make_memory() {
  return std::make_unique<MemoryUnderTest>();
}

std::unique_ptr<StoreUnderTest> make_embedded(const EmbeddedSettings& settings) {
  return std::make_unique<EmbeddedUnderTest>(settings);
}

EmbeddedSettings small_settings(std::uint64_t seal_after_events) {
  EmbeddedSettings settings;
  settings.seal_after_events = seal_after_events;
  settings.block_cache_bytes = 8ULL << 20U;
  settings.new_hash_key = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  return settings;
}

std::unique_ptr<Store> open_or_throw(const std::filesystem::path& path, const EmbeddedSettings& settings) {
  auto store = open_embedded_store(path, settings);
  if (!store) throw std::runtime_error(store.error().message);
  return std::move(*store);
}

}  // namespace tallystick::store::test
