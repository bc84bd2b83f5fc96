#include <sqlite3.h>

#include <algorithm>
#include <map>
#include <stdexcept>
#include <tuple>

#include "contenders/contender.hpp"
#include "contenders/keyed_event.hpp"

namespace tallystick::bench {
namespace {

// synchronous=FULL makes each commit durable in WAL mode; the rest is what helped.
constexpr const char* settings = R"(
  pragma page_size = 8192;
  pragma journal_mode = wal;
  pragma synchronous = full;
  pragma cache_size = -4000000;
  pragma wal_autocheckpoint = 20000;
  pragma temp_store = memory;
  pragma locking_mode = exclusive;)";

constexpr const char* schema = R"(
  create table dedupe (organization int, key blob, primary key (organization, key)) without rowid;
  create table event (organization int, product int, time int, resource int, quantity int, source text, id text);
  create table rollup (organization int, product int, day int, resource int, first int, last int, sum int, max int,
                       last_quantity int, count int, primary key (organization, product, day, resource)) without rowid;)";

constexpr const char* insert_key = "insert or ignore into dedupe values (?, ?)";
constexpr const char* insert_event = "insert into event values (?, ?, ?, ?, ?, ?, ?)";
constexpr const char* upsert_rollup = R"(
  insert into rollup values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do update set
    first = min(first, excluded.first),
    last_quantity = case when excluded.last >= last then excluded.last_quantity else last_quantity end,
    last = max(last, excluded.last), sum = sum + excluded.sum, max = max(max, excluded.max),
    count = count + excluded.count)";
constexpr const char* select_report = R"(
  select product, resource, min(first), sum(sum) from rollup
  where organization = ? and day >= ? and day < ? group by product, resource)";

class Sqlite final : public Contender {
 public:
  explicit Sqlite(const std::string& directory) {
    check(sqlite3_open((directory + "/sqlite.db").c_str(), &database_));
    run(settings);
    run(schema);
    key_ = prepared(insert_key);
    event_ = prepared(insert_event);
    rollup_ = prepared(upsert_rollup);
    report_ = prepared(select_report);
  }
  ~Sqlite() override {
    for (sqlite3_stmt* statement : {key_, event_, rollup_, report_}) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }

  [[nodiscard]] std::unique_ptr<PreparedGroup> prepare(std::span<const LoadEvent> events) const override {
    auto group = std::make_unique<KeyedGroup>(events);
    // In the order of the table's key, which is the quickest for SQLite.
    std::ranges::sort(group->events, {}, [](const KeyedEvent& one) {
      return std::tuple(one.event.organization, __builtin_bswap64(one.key_high), __builtin_bswap64(one.key_low));
    });
    return group;
  }

  [[nodiscard]] GroupOutcome commit(PreparedGroup& group) override {
    run("begin immediate");
    GroupOutcome outcome;
    std::map<std::tuple<std::uint16_t, std::uint16_t, std::int64_t, std::uint32_t>, DayRollup> rollups;
    for (const KeyedEvent& one : static_cast<KeyedGroup&>(group).events) {
      if (!is_new(one)) {
        ++outcome.duplicates;
        continue;
      }
      ++outcome.accepted;
      insert(one);
      const LoadEvent& event = one.event;
      rollups[{event.organization, event.product, event.time_ms / day_ms, event.resource}].add(event);
    }
    for (const auto& [key, rollup] : rollups) {
      const auto& [organization, product, day, resource] = key;
      bind(rollup_, {organization, product, day, resource, rollup.first_ms, rollup.last_ms, rollup.sum_units,
                     rollup.max_units, rollup.last_units, rollup.count});
      step(rollup_);
    }
    run("commit");
    return outcome;
  }

  [[nodiscard]] UsageTotals report(const UsageQuestion& question) override {
    bind(report_, {question.organization, question.start_ms / day_ms, question.end_ms / day_ms});
    UsageTotals totals;
    int state = SQLITE_ROW;
    while ((state = sqlite3_step(report_)) == SQLITE_ROW) {
      ProductTotal& total = totals[static_cast<std::uint16_t>(sqlite3_column_int(report_, 0))];
      total.tenths += tenths_of_units(sqlite3_column_int64(report_, 3));
      ++total.resources;
    }
    if (state != SQLITE_DONE) check(state);
    check(sqlite3_reset(report_));
    return totals;
  }

 private:
  void check(int state) const {
    if (state != SQLITE_OK) throw std::runtime_error(std::string("SQLite: ") + sqlite3_errmsg(database_));
  }
  void run(const char* statements) const { check(sqlite3_exec(database_, statements, nullptr, nullptr, nullptr)); }
  [[nodiscard]] sqlite3_stmt* prepared(const char* statement) const {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(database_, statement, -1, &made, nullptr));
    return made;
  }
  void bind(sqlite3_stmt* statement, std::initializer_list<std::int64_t> values) const {
    int place = 0;
    for (const std::int64_t value : values) check(sqlite3_bind_int64(statement, ++place, value));
  }
  void step(sqlite3_stmt* statement) const {
    if (sqlite3_step(statement) != SQLITE_DONE) check(sqlite3_errcode(database_));
    check(sqlite3_reset(statement));
  }

  [[nodiscard]] bool is_new(const KeyedEvent& one) const {
    const std::uint64_t key[] = {one.key_high, one.key_low};
    check(sqlite3_bind_int64(key_, 1, one.event.organization));
    check(sqlite3_bind_blob(key_, 2, key, sizeof key, SQLITE_TRANSIENT));
    step(key_);
    return sqlite3_changes(database_) == 1;
  }
  void insert(const KeyedEvent& one) const {
    const LoadEvent& event = one.event;
    bind(event_, {event.organization, event.product, event.time_ms, event.resource, quantity_units(event)});
    check(sqlite3_bind_text(event_, 6, one.source.data(), static_cast<int>(one.source.size()), SQLITE_STATIC));
    check(sqlite3_bind_text(event_, 7, one.id.data(), static_cast<int>(one.id.size()), SQLITE_STATIC));
    step(event_);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* key_ = nullptr;
  sqlite3_stmt* event_ = nullptr;
  sqlite3_stmt* rollup_ = nullptr;
  sqlite3_stmt* report_ = nullptr;
};

}  // namespace

std::unique_ptr<Contender> make_sqlite(const std::string& directory) {
  return std::make_unique<Sqlite>(directory);
}

}  // namespace tallystick::bench
