#include "server/page_query.hpp"

#include <algorithm>

#include "server/whole_number.hpp"

namespace tallystick::server {
namespace {

Status<Refusal> read_into(std::uint64_t& field, const Query& query, std::string_view name, std::uint64_t greatest) {
  const auto text = query.get_filled(name);
  if (!text) return {};
  const auto value = read_whole_number(*text).value;
  if (!value || *value < 1 || *value > greatest) {
    return fail(refuse_query_value(*text, name, "1 to " + std::to_string(greatest)));
  }
  field = *value;
  return {};
}

}  // namespace

Result<Page, Refusal> read_page(const Query& query) {
  Page page;
  if (auto read = read_into(page.number, query, "pageNumber", Page::number_max); !read) return fail(read.error());
  if (auto read = read_into(page.size, query, "pageSize", Page::size_max); !read) return fail(read.error());
  return page;
}

PagePlan plan_page(Page page, std::size_t total, std::string_view address) {
  const auto uri = [&](std::uint64_t number) {
    return std::string(address) + "?pageSize=" + std::to_string(page.size) + "&pageNumber=" + std::to_string(number);
  };
  PagePlan plan;
  plan.count = (total + page.size - 1) / page.size;
  plan.begin = std::min<std::size_t>((page.number - 1) * page.size, total);
  plan.end = std::min<std::size_t>(plan.begin + page.size, total);
  plan.self = uri(page.number);
  if (plan.count == 0) return plan;
  plan.first = uri(1);
  plan.last = uri(plan.count);
  if (page.number < plan.count) plan.next = uri(page.number + 1);
  if (page.number > 1) plan.previous = uri(std::min(page.number - 1, plan.count));
  return plan;
}

}  // namespace tallystick::server
