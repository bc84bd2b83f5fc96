#include "store/embedded/sealing.hpp"

#include <utility>

#include "store/embedded/byte_codec.hpp"
#include "store/embedded/commit_log.hpp"
#include "store/embedded/sealed_runs.hpp"
#include "turns/thread_turns.hpp"

namespace tallystick::store::embedded {

std::string encode_watermark(const Watermark& watermark) {
  std::string value;
  ByteWriter writer(value);
  writer.number(watermark.sequence);
  writer.number(watermark.seals);
  writer.number(watermark.events_stored);
  return value;
}

std::optional<Watermark> decode_watermark(std::string_view value) {
  ByteReader reader(value);
  Watermark watermark;
  watermark.sequence = reader.number();
  watermark.seals = reader.number();
  watermark.events_stored = reader.number();
  return reader.is_done() ? std::optional(watermark) : std::nullopt;
}

Sealing::Sealing(std::shared_ptr<Database> database, LiveTails& tails)
    : database_(std::move(database)), tails_(tails), thread_([this] { run(); }) {}

Sealing::~Sealing() {
  {
    const std::lock_guard lock(mutex_);
    is_stopping_ = true;
  }
  changed_.notify_all();
  thread_.join();
}

void Sealing::begin() {
  {
    const std::unique_lock lock(tails_.mutex);
    if (tails_.sealing || tails_.active->size() == 0) return;
    auto next = std::make_shared<Tail>(tails_.active->size());
    tails_.sealing = std::exchange(tails_.active, std::move(next));
  }
  {
    const std::lock_guard lock(mutex_);
    is_due_ = true;
  }
  changed_.notify_all();
}

std::optional<StoreError> Sealing::take_failure() {
  std::optional<StoreError> failure;
  {
    const std::lock_guard lock(mutex_);
    failure = std::exchange(failure_, std::nullopt);
    if (failure) is_due_ = true;
  }
  if (failure) changed_.notify_all();
  return failure;
}

void Sealing::run() {
  turns::take_rank(turns::Rank::storing);
  std::unique_lock lock(mutex_);
  while (true) {
    changed_.wait(lock, [this] { return is_due_ || is_stopping_; });
    if (!is_due_) return;
    is_due_ = false;
    lock.unlock();
    std::shared_ptr<const Tail> tail;
    {
      const std::shared_lock reading(tails_.mutex);
      tail = tails_.sealing;
    }
    StoreStatus sealed = tail ? seal(tail) : StoreStatus();
    lock.lock();
    if (!sealed) failure_ = std::move(sealed.error());
  }
}

StoreStatus Sealing::seal(const std::shared_ptr<const Tail>& tail) {
  // This thread alone moves the watermark.
  const Watermark before = tails_.watermark;
  const Watermark after{tail->last_sequence(), before.seals + 1, before.events_stored + tail->size()};
  const auto runs = SealedRuns::write(*database_, *tail, after);
  if (!runs) return fail(runs.error());
  {
    const std::unique_lock lock(tails_.mutex);
    tails_.before_sealed_runs = database_->snapshot();
  }
  StoreStatus ingested = runs->ingest(*database_);
  SharedSnapshot before_runs;  // goes after the lock
  {
    const std::unique_lock lock(tails_.mutex);
    before_runs = std::exchange(tails_.before_sealed_runs, nullptr);
    if (ingested) {
      tails_.watermark = after;
      tails_.sealing.reset();
    }
  }
  if (!ingested) return ingested;
  // Not synced: a log that is left over lies below the watermark and is skipped when it is replayed.
  const rocksdb::Status status = database_->rocks().DeleteRange(rocksdb::WriteOptions(), database_->family(Family::log),
                                                                log_key(before.sequence), log_key(after.sequence + 1));
  if (!status.ok()) return fail(database_->error("forget the sealed log", status));
  return {};
}

}  // namespace tallystick::store::embedded
