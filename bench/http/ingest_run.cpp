#include "http/ingest_run.hpp"

#include <sys/epoll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <memory>
#include <stdexcept>

#include "http/client_socket.hpp"
#include "http/request_text.hpp"
#include "http/response_reader.hpp"

namespace tallystick::bench {
namespace {

using Clock = std::chrono::steady_clock;

struct Connection {
  explicit Connection(std::uint16_t port) : socket(port, ClientSocket::Mode::non_blocking) {}

  ClientSocket socket;
  ResponseReader answer;
  std::string head;
  std::string_view body;
  std::size_t sent = 0;
  Clock::time_point first_sent;
  Clock::time_point again_at = Clock::time_point::max();  // after 503
  bool waits_for_room = false;

  [[nodiscard]] std::size_t size() const { return head.size() + body.size(); }
};

class Run {
 public:
  Run(const IngestPlan& plan, const BodyFile& bodies, const std::function<void(const IngestSegment&)>& on_segment)
      : plan_(plan),
        bodies_(bodies),
        on_segment_(on_segment),
        next_batch_(plan.first_batch),
        epoll_(::epoll_create1(EPOLL_CLOEXEC)) {
    if (epoll_ < 0) throw std::runtime_error("epoll_create1 failed");
    for (std::size_t i = 0; i < plan.connections; ++i) {
      connections_.push_back(std::make_unique<Connection>(plan.port));
      watch(EPOLL_CTL_ADD, *connections_.back(), EPOLLIN);
    }
  }
  ~Run() { ::close(epoll_); }
  Run(const Run&) = delete;
  Run& operator=(const Run&) = delete;

  IngestResult run() {
    begin_ = last_answer_ = segment_begin_ = Clock::now();
    for (const auto& connection : connections_) start_next(*connection);
    std::array<epoll_event, 64> events{};
    while (in_flight_ > 0) {
      const int ready = ::epoll_wait(epoll_, events.data(), static_cast<int>(events.size()), wait_ms());
      for (int i = 0; i < ready; ++i) {
        serve(*static_cast<Connection*>(events.at(static_cast<std::size_t>(i)).data.ptr));
      }
      if (waiting_again_ > 0) send_due();
    }
    end_segment();
    return std::move(result_);
  }

 private:
  void watch(int operation, Connection& connection, std::uint32_t what) const {
    epoll_event event{};
    event.events = what;
    event.data.ptr = &connection;
    if (::epoll_ctl(epoll_, operation, connection.socket.descriptor(), &event) != 0) {
      throw std::runtime_error("epoll_ctl failed");
    }
  }

  void start_next(Connection& connection) {
    if (next_batch_ == plan_.end_batch) return;
    connection.body = bodies_.body(next_batch_++);
    connection.head = batch_head(plan_.token, connection.body.size());
    connection.first_sent = Clock::now();
    ++in_flight_;
    send_whole(connection);
  }

  void send_whole(Connection& connection) {
    connection.sent = 0;
    send_more(connection);
  }

  void send_more(Connection& connection) {
    while (connection.sent < connection.size()) {
      const std::size_t sent = connection.socket.send(connection.head, connection.body, connection.sent);
      connection.sent += sent;
      if (sent == 0) break;
    }
    const bool must_wait = connection.sent < connection.size();
    if (must_wait == connection.waits_for_room) return;
    connection.waits_for_room = must_wait;
    watch(EPOLL_CTL_MOD, connection, must_wait ? EPOLLIN | EPOLLOUT : EPOLLIN);
  }

  void serve(Connection& connection) {
    if (connection.waits_for_room) send_more(connection);
    const std::string_view received = connection.socket.receive(space_);
    if (received.empty() || !connection.answer.add(received)) return;
    take_answer(connection);
  }

  void take_answer(Connection& connection) {
    const auto now = Clock::now();
    longest_stop_ = std::max(longest_stop_, now - last_answer_);
    last_answer_ = now;
    const int status = connection.answer.status();
    if (status == 503) {
      ++result_.overloaded;
      const std::string after = connection.answer.field("retry-after");
      connection.again_at = now + std::chrono::seconds(after.empty() ? 1 : std::stoi(after));
      ++waiting_again_;
      connection.answer.clear();
      return;
    }
    if (status != 200) {
      throw std::runtime_error("a batch was refused: " + std::to_string(status) + " " +
                               std::string(connection.answer.body().substr(0, 600)));
    }
    count(connection, now);
    connection.answer.clear();
    --in_flight_;
    start_next(connection);
  }

  void count(const Connection& connection, Clock::time_point now) {
    const auto outcome = boost::json::parse(connection.answer.body());
    const auto accepted = outcome.at("accepted").to_number<std::uint64_t>();
    const auto duplicates = outcome.at("duplicates").to_number<std::uint64_t>();
    if (!outcome.at("conflicts").as_array().empty()) {
      throw std::runtime_error("conflicts, and the load has none: " + std::string(connection.answer.body()));
    }
    result_.accepted += accepted;
    result_.duplicates += duplicates;
    result_.events += accepted + duplicates;
    latency_.add(now - connection.first_sent);
    const auto second = static_cast<std::size_t>(std::chrono::floor<std::chrono::seconds>(now - begin_).count());
    if (result_.events_by_second.size() <= second) result_.events_by_second.resize(second + 1);
    result_.events_by_second[second] += accepted + duplicates;
    if (result_.events / plan_.events_per_segment != segment_from_ / plan_.events_per_segment) end_segment();
  }

  void end_segment() {
    const auto now = Clock::now();
    result_.seconds = std::chrono::duration<double>(now - begin_).count();
    if (result_.events == segment_from_) return;
    IngestSegment segment;
    segment.events = result_.events;
    segment.own_events = result_.events - segment_from_;
    segment.seconds = result_.seconds;
    segment.length_seconds = std::chrono::duration<double>(now - segment_begin_).count();
    segment.latency = latency_;
    segment.longest_stop = longest_stop_;
    on_segment_(segment);
    result_.latency.add(latency_);
    result_.longest_stop = std::max(result_.longest_stop, longest_stop_);
    latency_ = {};
    longest_stop_ = {};
    segment_begin_ = now;
    segment_from_ = result_.events;
  }

  [[nodiscard]] int wait_ms() const {
    if (waiting_again_ == 0) return -1;
    auto first = Clock::time_point::max();
    for (const auto& connection : connections_) first = std::min(first, connection->again_at);
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(first - Clock::now()).count();
    return static_cast<int>(std::max<std::int64_t>(left, 0));
  }

  void send_due() {
    const auto now = Clock::now();
    for (const auto& connection : connections_) {
      if (connection->again_at > now) continue;
      connection->again_at = Clock::time_point::max();
      --waiting_again_;
      send_whole(*connection);
    }
  }

  const IngestPlan& plan_;
  const BodyFile& bodies_;
  const std::function<void(const IngestSegment&)>& on_segment_;
  std::uint64_t next_batch_;
  int epoll_;
  std::vector<std::unique_ptr<Connection>> connections_;
  std::array<char, 65'536> space_{};
  std::size_t in_flight_ = 0;
  std::size_t waiting_again_ = 0;
  IngestResult result_;
  LatencyHistogram latency_;  // of the segment
  Clock::duration longest_stop_{0};
  Clock::time_point begin_;
  Clock::time_point last_answer_;
  Clock::time_point segment_begin_;
  std::uint64_t segment_from_ = 0;
};

}  // namespace

IngestResult run_ingest(const IngestPlan& plan, const BodyFile& bodies,
                        const std::function<void(const IngestSegment&)>& on_segment) {
  return Run(plan, bodies, on_segment).run();
}

}  // namespace tallystick::bench
