#include "tallystick/client/api_call.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <mutex>
#include <set>
#include <thread>

#include "client/api_bench.hpp"
#include "client/gate.hpp"
#include "tallystick/client/organizations_api.hpp"

namespace tallystick {
namespace {

using client_test::FakeTransport;
using client_test::Gate;
using client_test::loopback_configuration;
using client_test::with_token;

using OrganizationAnswer = ApiAnswer<wire::Organization>;

ApiResult<HttpResponse> organization(const std::string& id) {
  return HttpResponse{.status = 200, .headers = {{"X-Kept", "yes"}}, .body = R"({"id":")" + id + R"("})"};
}

/// Answers behind a gate, as a transport does: a stop that is requested ends it.
FakeTransport::Answer behind(Gate& gate) {
  return [&gate](const HttpRequest& request) -> ApiResult<HttpResponse> {
    if (gate.pass(request.stop)) return organization("o-1");
    return fail(ApiError{.kind = ApiError::Kind::cancelled, .message = "stopped"});
  };
}

ApiCall<wire::Organization> me(const Connection& connection) {
  return OrganizationsApi(connection).get_organizations_me();
}

Connection connected(FakeTransport::Answer answer, std::size_t started_calls_max = 16) {
  Configuration configuration = loopback_configuration();
  configuration.started_calls_max = started_calls_max;
  return Connection(configuration, with_token(std::move(answer)));
}

TEST(ApiCall, IsSentAsOftenAsItIsAskedFor) {
  int sent = 0;
  const auto call = me(connected([&](const HttpRequest&) { return organization("o-" + std::to_string(++sent)); }));
  EXPECT_EQ(sent, 0);
  EXPECT_EQ(call.send()->id, "o-1");
  const OrganizationAnswer answer = call.send_for_answer();
  EXPECT_EQ(answer.result->id, "o-2");
  EXPECT_EQ(call.start().get().result->id, "o-3");
}

TEST(ApiCall, StartsOnAnotherThread) {
  std::promise<std::thread::id> sending;
  std::promise<std::pair<std::thread::id, OrganizationAnswer>> told;
  const Connection connection = connected([&](const HttpRequest&) {
    sending.set_value(std::this_thread::get_id());
    return organization("o-1");
  });
  me(connection).start([&](OrganizationAnswer answer) {
    told.set_value({std::this_thread::get_id(), std::move(answer)});
  });
  const auto sender = sending.get_future().get();
  EXPECT_NE(sender, std::this_thread::get_id());
  const auto [thread, answer] = told.get_future().get();
  EXPECT_EQ(thread, sender);
  EXPECT_EQ(answer.result->id, "o-1");
}

TEST(ApiCall, TellsErrorsEachWay) {
  const Connection refused = connected([](const HttpRequest&) { return HttpResponse{.status = 403}; });
  EXPECT_EQ(me(refused).send().error().status, 403);
  EXPECT_EQ(me(refused).start().get().result.error().status, 403);
  const Connection broken = connected([](const HttpRequest&) { return HttpResponse{.status = 200, .body = "[]"}; });
  EXPECT_EQ(me(broken).send().error().kind, ApiError::Kind::answer);
  EXPECT_EQ(me(broken).start().get().result.error().kind, ApiError::Kind::answer);
}

TEST(ApiCall, AFutureThatNobodyWaitsForHoldsNobodyUp) {
  Gate gate;
  const Connection connection = connected(behind(gate));
  {
    const auto forgotten = me(connection).start();
    gate.await_inside(1);
  }  // It would wait here for ever.
  gate.open();
}

TEST(ApiCall, SixtyFourGoOutSixteenAtATime) {
  constexpr int calls = 64;
  constexpr int at_once = 16;
  Gate gate;
  std::atomic<int> under_way = 0;
  std::atomic<int> most = 0;
  std::mutex mutex;
  std::set<std::thread::id> threads;
  const Connection connection = connected(
      [&](const HttpRequest& request) {
        const int now = ++under_way;
        for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
        }
        {
          const std::lock_guard lock(mutex);
          threads.insert(std::this_thread::get_id());
        }
        EXPECT_TRUE(gate.pass(request.stop));
        --under_way;
        return organization("o-1");
      },
      at_once);
  std::vector<std::future<OrganizationAnswer>> answers;
  for (int i = 0; i < calls; ++i) answers.push_back(me(connection).start());
  gate.await_inside(at_once);
  gate.open();
  for (auto& answer : answers) EXPECT_TRUE(answer.get().result);
  EXPECT_EQ(most, at_once);
  EXPECT_EQ(threads.size(), static_cast<std::size_t>(at_once));
}

TEST(ApiCall, IsCancelledWhileItWaitsForAThread) {
  Gate gate;
  std::atomic<int> sent = 0;
  const auto answer = behind(gate);
  const Connection connection = connected(
      [&](const HttpRequest& request) {
        ++sent;
        return answer(request);
      },
      1);
  std::stop_source stop;
  auto first = me(connection).start();
  gate.await_inside(1);
  auto waiting = me(connection).start({.stop = stop.get_token()});
  stop.request_stop();
  EXPECT_EQ(waiting.get().result.error().kind, ApiError::Kind::cancelled);
  EXPECT_EQ(sent, 1);
  gate.open();
  EXPECT_TRUE(first.get().result);
}

TEST(ApiCall, IsCancelledUnderWay) {
  Gate gate;
  const Connection connection = connected(behind(gate));
  std::stop_source stop;
  auto started = me(connection).start({.stop = stop.get_token()});
  auto other = me(connection).start();
  gate.await_inside(2);
  stop.request_stop();
  EXPECT_EQ(started.get().result.error().kind, ApiError::Kind::cancelled);
  gate.open();
  EXPECT_TRUE(other.get().result);
}

TEST(ApiCall, ThatWaitsIsCancelledByAnotherThread) {
  Gate gate;
  const Connection connection = connected(behind(gate));
  std::stop_source stop;
  std::jthread canceller([&] {
    gate.await_inside(1);
    stop.request_stop();
  });
  EXPECT_EQ(me(connection).send({.stop = stop.get_token()}).error().kind, ApiError::Kind::cancelled);
}

// The pause would be a minute long: whoever does not listen to the stop comes back with an answer, late.
TEST(ApiCall, IsCancelledWhileItPauses) {
  for (const bool is_started : {true, false}) {
    std::atomic<int> sent = 0;
    std::promise<void> pausing;
    Configuration configuration = loopback_configuration();
    configuration.retry_budget = std::chrono::minutes(2);
    configuration.hooks.before_pause = [&](const Hooks::Pause&) { pausing.set_value(); };
    const auto transport = with_token([&](const HttpRequest&) -> ApiResult<HttpResponse> {
      if (++sent > 1) return organization("o-1");
      return HttpResponse{.status = 503, .headers = {{"Retry-After", "60"}}, .body = {}};
    });
    const Connection connection(configuration, transport);
    std::stop_source stop;
    const auto cancel = [&] {
      pausing.get_future().wait();
      stop.request_stop();
    };
    if (is_started) {
      auto answer = me(connection).start({.stop = stop.get_token()});
      cancel();
      EXPECT_EQ(answer.get().result.error().kind, ApiError::Kind::cancelled);
    } else {
      const std::jthread canceller(cancel);
      EXPECT_EQ(me(connection).send({.stop = stop.get_token()}).error().kind, ApiError::Kind::cancelled);
    }
    EXPECT_EQ(sent, 1);
  }
}

TEST(ApiCall, IsNotSentWhereItIsCancelledBefore) {
  std::atomic<int> sent = 0;
  const Connection connection = connected([&](const HttpRequest&) {
    ++sent;
    return organization("o-1");
  });
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(me(connection).send({.stop = stop.get_token()}).error().kind, ApiError::Kind::cancelled);
  EXPECT_EQ(me(connection).start({.stop = stop.get_token()}).get().result.error().kind, ApiError::Kind::cancelled);
  EXPECT_EQ(sent, 0);
}

TEST(ApiCall, IsCancelledByTheEndOfTheLastConnection) {
  Gate gate;
  std::vector<std::future<OrganizationAnswer>> answers;
  std::atomic<int> told = 0;
  {
    const Connection connection = connected(behind(gate), 2);
    {
      const Connection copy = connection;
      for (int i = 0; i < 10; ++i) answers.push_back(me(copy).start());
      me(copy).start([&](const OrganizationAnswer&) { ++told; });
      gate.await_inside(2);
    }
    EXPECT_EQ(told, 0);
  }
  EXPECT_EQ(told, 1);
  for (auto& answer : answers) EXPECT_EQ(answer.get().result.error().kind, ApiError::Kind::cancelled);
}

// The thread goes on after the test, so that what it touches is its own.
TEST(ApiCall, MayHoldTheLastConnectionInItsCallback) {
  struct Outcome {
    Gate gate;
    std::promise<ApiError::Kind> waiting;
    std::promise<void> ended;
  };
  const auto outcome = std::make_shared<Outcome>();
  std::shared_ptr<void> at_end(nullptr, [outcome](void*) { outcome->ended.set_value(); });
  auto connection = std::make_unique<Connection>(connected(
      [outcome](const HttpRequest& request) -> ApiResult<HttpResponse> {
        if (outcome->gate.pass(request.stop)) return organization("o-1");
        return fail(ApiError{.kind = ApiError::Kind::cancelled, .message = "stopped"});
      },
      1));
  me(*connection).start([at_end = std::move(at_end), last = *connection](const OrganizationAnswer& answer) {
    EXPECT_TRUE(answer.result);
  });
  outcome->gate.await_inside(1);
  me(*connection).start([outcome](const OrganizationAnswer& answer) {
    outcome->waiting.set_value(answer.result ? ApiError::Kind::answer : answer.result.error().kind);
  });
  connection.reset();
  outcome->gate.open();
  outcome->ended.get_future().get();
  // The one thread was busy until then, so that the other never had its turn.
  EXPECT_EQ(outcome->waiting.get_future().get(), ApiError::Kind::cancelled);
}

TEST(ApiCall, StartsFurtherCallsFromItsCallback) {
  std::promise<std::string> last;
  const Connection connection = connected([](const HttpRequest&) { return organization("o-1"); }, 1);
  me(connection).start([&](const OrganizationAnswer&) {
    me(connection).start([&](const OrganizationAnswer& answer) { last.set_value(*answer.result->id); });
  });
  EXPECT_EQ(last.get_future().get(), "o-1");
}

}  // namespace
}  // namespace tallystick
