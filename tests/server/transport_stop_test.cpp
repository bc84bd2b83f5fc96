#include <chrono>
#include <future>
#include <thread>

#include "server/transport_fixture.hpp"

namespace tallystick::test {
namespace {

using namespace std::chrono_literals;
using server::Reply;
using server::Request;
using server::Response;

/// A handler that keeps its reply until the test answers.
class TransportStopTest : public TransportTest {
 protected:
  TransportStopTest() {
    handler = [this](const Request&, Reply reply) {
      kept_ = std::move(reply);
      asked_.set_value();
    };
  }
  void await_request() { asked_.get_future().wait(); }

  Reply kept_;

 private:
  std::promise<void> asked_;
};

TEST_F(TransportStopTest, RunningRequestIsFinished) {
  start();
  SocketClient idle(port);
  SocketClient client(port);
  client.send(get("/running") + get("/never-read"));
  await_request();

  auto stopped = std::async(std::launch::async, [this] { transport->stop(); });
  EXPECT_TRUE(idle.ends_here()) << "idle connections end at once: so the stop has begun";
  EXPECT_EQ(stopped.wait_for(0s), std::future_status::timeout);
  kept_(Response{});
  const WireAnswer answer = client.read_answer();
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.header("Connection"), "close");
  EXPECT_TRUE(client.ends_here()) << "no further request of the connection is taken";
  stopped.get();
  EXPECT_FALSE(SocketClient(port).is_connected());
}

TEST_F(TransportStopTest, RequestThatIsBeingSentIsFinished) {
  start();
  SocketClient idle(port);
  SocketClient client(port);
  client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n");
  EXPECT_EQ(client.read_head(), "HTTP/1.1 100 Continue\r\n\r\n");
  auto stopped = std::async(std::launch::async, [this] { transport->stop(); });
  EXPECT_TRUE(idle.ends_here());
  client.send("ab");
  await_request();
  kept_(Response{});
  EXPECT_EQ(client.read_answer().status, 200);
  stopped.get();
}

TEST_F(TransportStopTest, HandlerThatNeverAnswersIsGivenUpAndMayAnswerLater) {
  settings.limits.drain_timeout = 100ms;
  start();
  SocketClient client(port);
  client.send(get("/"));
  await_request();
  transport->stop();
  EXPECT_TRUE(client.ends_here());
  transport.reset();
  kept_(Response{});
  kept_ = nullptr;
}

TEST_F(TransportStopTest, WorkAfterTheStopIsDropped) {
  start();
  std::promise<void> ran;
  transport->post_to_worker(server::Lane::rest, [&] { ran.set_value(); });
  ran.get_future().wait();
  transport->stop();
  bool ran_again = false;
  transport->post_to_worker(server::Lane::rest, [&] { ran_again = true; });
  transport->stop();
  EXPECT_FALSE(ran_again);
}

TEST_F(TransportStopTest, WithoutAStartThereIsNothingToStop) {
  transport = server::make_transport(settings, callbacks());
  transport->stop();
  EXPECT_FALSE(transport->address());
}

}  // namespace
}  // namespace tallystick::test
