#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include "clients/bench_client.hpp"
#include "tallystick/client/organizations_api.hpp"

// bench_client_gets CALLERS SECONDS: organizations/me as often as it goes, each caller waiting for its answer, every
// answer compared. One line of JSON.
namespace {

using namespace tallystick;
using Clock = std::chrono::steady_clock;

class Gets {
 public:
  Gets() : api_(bench::told_configuration()), organization_(bench::told("BENCH_ORGANIZATION")) {}

  std::size_t run(int callers, std::chrono::duration<double> length) {
    const auto end = Clock::now() + std::chrono::duration_cast<Clock::duration>(length);
    std::atomic<std::size_t> answers{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < callers; ++i) {
      threads.emplace_back([&] {
        std::size_t own = 0;
        for (; Clock::now() < end; ++own) get();
        answers += own;
      });
    }
    for (std::thread& thread : threads) thread.join();
    return answers;
  }

 private:
  void get() const {
    const auto answer = api_.get_organizations_me().send();
    if (!answer) bench::give_up(answer.error().message);
    if (answer->id != organization_) bench::give_up("an answer is of another organization");
  }

  OrganizationsApi api_;
  std::string organization_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 3) bench::give_up("usage: bench_client_gets CALLERS SECONDS");
  const int callers = std::atoi(argv[1]);
  const double seconds = std::atof(argv[2]);
  Gets gets;
  gets.run(callers, std::chrono::duration<double>(seconds / 4));  // connections and caches
  const double cpu_before = bench::cpu_seconds();
  const auto begin = Clock::now();
  const std::size_t answers = gets.run(callers, std::chrono::duration<double>(seconds));
  const double took = std::chrono::duration<double>(Clock::now() - begin).count();
  std::cout << R"({"gets":)" << answers << R"(,"seconds":)" << took << R"(,"cpu_seconds":)"
            << bench::cpu_seconds() - cpu_before << "}\n";
  return 0;
}
