#include <libpq-fe.h>

#include <array>
#include <cstdio>
#include <stdexcept>

#include "contenders/contender.hpp"
#include "contenders/keyed_event.hpp"

namespace tallystick::bench {
namespace {

constexpr const char* schema = R"(
  create table event (organization int, key_high bigint, key_low bigint, product int, time bigint, resource int,
                      quantity bigint, source text, id text, primary key (organization, key_high, key_low));
  create table rollup (organization int, product int, day int, resource int, first bigint, last bigint, sum bigint,
                       max bigint, last_quantity bigint, count bigint,
                       primary key (organization, product, day, resource));
  create temporary table staging (like event) on commit delete rows)";

// One statement takes the group: events that are new, and from these alone the roll-ups.
constexpr const char* take_group = R"(
  with fresh as (
    insert into event select * from staging on conflict do nothing
    returning organization, product, (time / 86400000)::int as day, resource, time, quantity),
  rolled as (
    insert into rollup
    select organization, product, day, resource, min(time), max(time), sum(quantity), max(quantity),
           (max(array[time, quantity]))[2], count(*)
    from fresh group by 1, 2, 3, 4
    on conflict (organization, product, day, resource) do update set
      first = least(rollup.first, excluded.first),
      last_quantity = case when excluded.last >= rollup.last then excluded.last_quantity
                           else rollup.last_quantity end,
      last = greatest(rollup.last, excluded.last), sum = rollup.sum + excluded.sum,
      max = greatest(rollup.max, excluded.max), count = rollup.count + excluded.count)
  select count(*) from fresh)";

constexpr const char* select_report = R"(
  select product, resource, min(first), sum(sum)::bigint from rollup
  where organization = $1::int and day >= $2::int and day < $3::int group by product, resource)";

class CopyGroup final : public PreparedGroup {
 public:
  std::string rows;
  std::size_t events = 0;
};

class Answer {
 public:
  Answer(PGconn* connection, PGresult* result) : result_(result) {
    const ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_COPY_IN) return;
    const std::string message = PQerrorMessage(connection);
    PQclear(result_);
    throw std::runtime_error("PostgreSQL: " + message);
  }
  ~Answer() { PQclear(result_); }
  Answer(const Answer&) = delete;
  Answer& operator=(const Answer&) = delete;

  [[nodiscard]] int rows() const { return PQntuples(result_); }
  [[nodiscard]] std::int64_t number(int row, int column) const { return std::stoll(PQgetvalue(result_, row, column)); }

 private:
  PGresult* result_;
};

class Postgresql final : public Contender {
 public:
  explicit Postgresql(const std::string& connection) : connection_(PQconnectdb(connection.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) {
      throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_));
    }
    run(schema);
    Answer(connection_, PQprepare(connection_, "take_group", take_group, 0, nullptr));
  }
  ~Postgresql() override { PQfinish(connection_); }

  [[nodiscard]] std::unique_ptr<PreparedGroup> prepare(std::span<const LoadEvent> events) const override {
    auto group = std::make_unique<CopyGroup>();
    group->events = events.size();
    std::array<char, 256> row{};
    for (const KeyedEvent& one : keyed(events)) {
      const LoadEvent& event = one.event;
      const int length = std::snprintf(row.data(), row.size(), "%u\t%ld\t%ld\t%u\t%ld\t%u\t%ld\t%s\t%s\n",
                                       unsigned{event.organization}, static_cast<std::int64_t>(one.key_high),
                                       static_cast<std::int64_t>(one.key_low), unsigned{event.product}, event.time_ms,
                                       event.resource, quantity_units(event), one.source.c_str(), one.id.c_str());
      group->rows.append(row.data(), static_cast<std::size_t>(length));
    }
    return group;
  }

  [[nodiscard]] GroupOutcome commit(PreparedGroup& group) override {
    const auto& copied = static_cast<CopyGroup&>(group);
    run("begin");
    run("copy staging from stdin");
    if (PQputCopyData(connection_, copied.rows.data(), static_cast<int>(copied.rows.size())) != 1 ||
        PQputCopyEnd(connection_, nullptr) != 1) {
      throw std::runtime_error(std::string("PostgreSQL: ") + PQerrorMessage(connection_));
    }
    while (PGresult* const result = PQgetResult(connection_)) Answer(connection_, result);
    const Answer taken(connection_, PQexecPrepared(connection_, "take_group", 0, nullptr, nullptr, nullptr, 0));
    run("commit");
    const auto accepted = static_cast<std::uint64_t>(taken.number(0, 0));
    return {accepted, copied.events - accepted};
  }

  [[nodiscard]] UsageTotals report(const UsageQuestion& question) override {
    const std::array<std::string, 3> texts{std::to_string(question.organization),
                                           std::to_string(question.start_ms / day_ms),
                                           std::to_string(question.end_ms / day_ms)};
    const std::array<const char*, 3> values{texts[0].c_str(), texts[1].c_str(), texts[2].c_str()};
    const Answer rows(connection_,
                      PQexecParams(connection_, select_report, 3, nullptr, values.data(), nullptr, nullptr, 0));
    UsageTotals totals;
    for (int row = 0; row < rows.rows(); ++row) {
      ProductTotal& total = totals[static_cast<std::uint16_t>(rows.number(row, 0))];
      total.tenths += tenths_of_units(rows.number(row, 3));
      ++total.resources;
    }
    return totals;
  }

 private:
  void run(const char* statements) const { Answer(connection_, PQexec(connection_, statements)); }

  PGconn* connection_;
};

}  // namespace

std::unique_ptr<Contender> make_postgresql(const std::string& connection) {
  return std::make_unique<Postgresql>(connection);
}

}  // namespace tallystick::bench
