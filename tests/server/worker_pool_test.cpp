#include "server/worker_pool.hpp"

#include <gtest/gtest.h>

#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace tallystick::server {
namespace {

// Lets tasks pile up behind the one that it keeps a thread with.
class Gate {
 public:
  void hold(WorkerPool& pool) {
    std::promise<void> begun;
    auto begins = begun.get_future();
    pool.post(Lane::rest, [&begun, open = open_.get_future().share()] {
      begun.set_value();
      open.wait();
    });
    begins.wait();
  }
  void open() { open_.set_value(); }

 private:
  std::promise<void> open_;
};

TEST(WorkerPool, LanesTakeTurns) {
  WorkerPool pool(1);
  Gate gate;
  gate.hold(pool);
  std::vector<std::string> order;
  for (const char* name : {"batch 1", "batch 2", "batch 3"}) {
    pool.post(Lane::rest, [&order, name] { order.emplace_back(name); });
  }
  for (const char* name : {"question 1", "question 2"}) {
    pool.post(Lane::questions, [&order, name] { order.emplace_back(name); });
  }
  std::promise<void> done;
  pool.post(Lane::rest, [&done] { done.set_value(); });
  gate.open();
  done.get_future().wait();
  EXPECT_EQ(order, (std::vector<std::string>{"question 1", "batch 1", "question 2", "batch 2", "batch 3"}));
}

TEST(WorkerPool, ATaskThatThrowsEndsNoThread) {
  WorkerPool pool(1);
  pool.post(Lane::questions, [] { throw std::runtime_error("a mistake"); });
  std::promise<void> done;
  pool.post(Lane::rest, [&done] { done.set_value(); });
  done.get_future().wait();
}

TEST(WorkerPool, WhatComesAfterItStoppedIsDropped) {
  WorkerPool pool(1);
  pool.stop();
  auto held = std::make_shared<int>(0);
  const std::weak_ptr<int> dropped = held;
  pool.post(Lane::questions, [held = std::move(held)] { ADD_FAILURE() << "ran"; });
  EXPECT_TRUE(dropped.expired());
}

}  // namespace
}  // namespace tallystick::server
