#include "tallystick/client/list_call.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <ranges>

#include "client/api_bench.hpp"
#include "tallystick/client/billing_api.hpp"
#include "tallystick/client/organization_authorization_api.hpp"
#include "tallystick/client/tallystick_api.hpp"

namespace tallystick {
namespace {

using client_test::FakeTransport;
using client_test::loopback_configuration;
using client_test::origin;
using client_test::with_token;

using Pages = std::map<std::string, std::string>;
constexpr std::string_view contracts = "/api/v2/billing/contracts";

static_assert(std::ranges::input_range<PageRange<wire::BillingContractListing>>);
static_assert(std::ranges::input_range<ItemRange<wire::BillingContractListing>>);
static_assert(std::is_same_v<ItemRange<wire::InvoiceRecordListing>::value_type, ApiResult<wire::InvoiceRecord>>);

/// Answers an address that `pages` has, and 404 to the rest.
std::shared_ptr<FakeTransport> serving(Pages pages) {
  return with_token([pages = std::move(pages)](const HttpRequest& request) -> ApiResult<HttpResponse> {
    const auto page = pages.find(request.url.substr(origin.size()));
    if (page == pages.end()) return HttpResponse{.status = 404, .headers = {}, .body = {}};
    return HttpResponse{.status = 200, .headers = {}, .body = page->second};
  });
}

BillingApi billing(const std::shared_ptr<FakeTransport>& transport) {
  return BillingApi(Connection(loopback_configuration(), transport));
}

std::string page_of(const std::vector<std::string>& ids, const std::string& next_uri = {}) {
  std::string entities;
  for (const std::string& id : ids) entities += (entities.empty() ? "" : ",") + (R"({"id":")" + id + R"("})");
  return R"({"entities":[)" + entities + "]" + (next_uri.empty() ? "" : R"(,"nextUri":")" + next_uri + "\"") + "}";
}

/// The ids, in order; an error as its message in angle brackets.
template <class Listing>
std::vector<std::string> ids_of(const ListCall<Listing>& call) {
  std::vector<std::string> ids;
  for (const auto& item : call.items()) ids.push_back(item ? item->id.value_or("?") : "<" + item.error().message + ">");
  return ids;
}

std::size_t asked(const FakeTransport& transport) {
  return transport.requests(false).size();
}

using Ids = std::vector<std::string>;

TEST(ListCall, GoesThroughAllPagesInTheirOrder) {
  const std::string path(contracts);
  const auto transport = serving({{path, page_of({"a", "b"}, "/x?after=1")},
                                  {path + "?after=1", page_of({"c"}, "/x?pageSize=9&after=2%2F")},
                                  {path + "?after=2%2F", page_of({"d"})}});
  const auto call = billing(transport).get_billing_contracts();
  EXPECT_EQ(ids_of(call), (Ids{"a", "b", "c", "d"}));
  EXPECT_EQ(asked(*transport), 3U);
  EXPECT_EQ(ids_of(call), (Ids{"a", "b", "c", "d"}));  // A call can be walked again.

  std::vector<std::size_t> sizes;
  for (const auto& page : call.pages()) sizes.push_back(page.value().entities->size());
  EXPECT_EQ(sizes, (std::vector<std::size_t>{2, 1, 1}));
  EXPECT_EQ(call.send()->entities->size(), 2U);
}

TEST(ListCall, KeepsTheQueryAndItsSizeFromPageToPage) {
  const std::string filters = "&pageSize=2&dateStart=2026-03-01&status=Active&externalNumber=7";
  const auto transport = serving({{std::string(contracts) + "?before=z" + filters, page_of({"a"}, "/x?after=1")},
                                  {std::string(contracts) + "?after=1" + filters, page_of({"b"})}});
  BillingApi::ContractQuery query;
  query.page = {.before = "z", .after = {}, .size = 2};
  query.date_start = core::parse_date("2026-03-01").value();
  query.status = wire::ContractStatus::active;
  query.external_number = "7";
  EXPECT_EQ(ids_of(billing(transport).get_billing_contracts(query)), (Ids{"a", "b"}));
}

TEST(ListCall, FetchesAPageOnlyWhenItIsReached) {
  const std::string path(contracts);
  const auto transport =
      serving({{path, page_of({"a", "b"}, "/x?after=1")}, {path + "?after=1", page_of({"c"}, "/x?after=2")}});
  auto items = billing(transport).get_billing_contracts().items();
  EXPECT_EQ(asked(*transport), 0U);
  auto item = items.begin();
  EXPECT_EQ(asked(*transport), 1U);
  ++item;
  EXPECT_EQ((*item)->id, "b");
  EXPECT_EQ(asked(*transport), 1U);
  ++item;
  EXPECT_EQ((*item)->id, "c");
  EXPECT_EQ(asked(*transport), 2U);
}

TEST(ListCall, PassesOverPagesWithoutEntities) {
  const std::string path(contracts);
  const auto transport = serving({{path, page_of({}, "/x?after=1")},
                                  {path + "?after=1", R"({"nextUri":"/x?after=2"})"},
                                  {path + "?after=2", page_of({"a"}, "/x?after=3")},
                                  {path + "?after=3", page_of({})}});
  EXPECT_EQ(ids_of(billing(transport).get_billing_contracts()), Ids{"a"});
  EXPECT_EQ(asked(*transport), 4U);
  EXPECT_EQ(ids_of(billing(serving({{path, "{}"}})).get_billing_contracts()), Ids{});
}

TEST(ListCall, EndsWithTheFirstFailure) {
  const std::string path(contracts);
  const std::string refusal = "404 from http://127.0.0.1:8080" + path;
  EXPECT_EQ(ids_of(billing(serving({})).get_billing_contracts()), Ids{"<" + refusal + ", without a body>"});
  EXPECT_EQ(ids_of(billing(serving({{path, page_of({"a"}, "/x?after=1")}})).get_billing_contracts()),
            (Ids{"a", "<" + refusal + "?after=1, without a body>"}));

  const auto transport = serving({{path, page_of({"a"}, "/x?after=1")},
                                  {path + "?after=1", R"({"entities":"none","nextUri":"/x?after=2"})"},
                                  {path + "?after=2", page_of({"b"})}});
  std::vector<ApiResult<wire::BillingContractListing>> pages;
  for (auto& page : billing(transport).get_billing_contracts().pages()) pages.push_back(std::move(page));
  ASSERT_EQ(pages.size(), 2U);
  EXPECT_TRUE(pages[0]);
  ASSERT_FALSE(pages[1]);
  EXPECT_EQ(pages[1].error().kind, ApiError::Kind::answer);
  EXPECT_EQ(asked(*transport), 2U);
}

TEST(ListCall, ALinkThatLeadsNowhereOrBackIsAFailure) {
  struct Row {
    std::string_view name;
    Pages pages;
    Ids ids;
    std::size_t asked;
  };
  const std::string path(contracts);
  const auto lost = [&](const std::string& link) {
    return "<a page of " + path + " leads to no further page: " + link +
           "; what came before it is not the whole listing>";
  };
  const Row rows[] = {
      {"without a cursor", {{path, page_of({"a"}, "/x?before=1")}}, {"a", lost("/x?before=1")}, 1},
      {"to itself",
       {{path, page_of({"a"}, "/x?after=1")}, {path + "?after=1", page_of({"b"}, "/x?after=1")}},
       {"a", "b", lost("/x?after=1")},
       2},
      {"to the one before",
       {{path, page_of({"a"}, "/x?after=1")},
        {path + "?after=1", page_of({"b"}, "/x?after=2")},
        {path + "?after=2", page_of({"c"}, "/x?after=1")}},
       {"a", "b", "c", lost("/x?after=1")},
       3},
      {"after a page without entities", {{path, page_of({}, "/x?y=1")}}, {lost("/x?y=1")}, 1},
  };
  for (const Row& row : rows) {
    const auto transport = serving(row.pages);
    EXPECT_EQ(ids_of(billing(transport).get_billing_contracts()), row.ids) << row.name;
    EXPECT_EQ(asked(*transport), row.asked) << row.name;
  }
}

TEST(ListCall, StopsWhereItIsToldTo) {
  const std::string path(contracts);
  const auto transport = serving({{path, page_of({"a", "b"}, "/x?after=1")}, {path + "?after=1", page_of({"c"})}});
  std::stop_source stop;
  Ids ids;
  for (const auto& item : billing(transport).get_billing_contracts().items({.stop = stop.get_token()})) {
    stop.request_stop();
    ids.push_back(item ? *item->id : std::string("cancelled"));
    if (!item) {
      EXPECT_EQ(item.error().kind, ApiError::Kind::cancelled);
    }
  }
  EXPECT_EQ(ids, (Ids{"a", "b", "cancelled"}));  // What was fetched is still given.
  EXPECT_EQ(asked(*transport), 1U);
}

TEST(ListCall, JoinsTheRangesOfTheStandardLibrary) {
  const std::string path(contracts);
  const auto transport = serving({{path, page_of({"a", "b"}, "/x?after=1")}, {path + "?after=1", page_of({"c", "d"})}});
  Ids ids;
  for (const auto& item : billing(transport).get_billing_contracts().items() | std::views::filter([](const auto& each) {
                            return each && each->id != "b";
                          }) | std::views::take(2)) {
    ids.push_back(*item->id);
  }
  EXPECT_EQ(ids, (Ids{"a", "c"}));
}

TEST(ListCall, IsWhatEachListingByCursorsMakes) {
  const std::string invoices = "/api/v2/billing/contracts/invoices";
  const std::string own = "/tallystick/v1/invoices";
  const std::string whose = "organizationId=22222222-2222-4222-8222-222222222222";
  const auto id = core::Uuid::parse("22222222-2222-4222-8222-222222222222").value();
  const auto transport = serving({{invoices + "?paymentStatus=Paid", page_of({"a"}, "/x?after=1")},
                                  {invoices + "?after=1&paymentStatus=Paid", page_of({"b"})},
                                  {invoices + "/i/lines?pageSize=1", page_of({"a"}, "/x?after=1")},
                                  {invoices + "/i/lines?after=1&pageSize=1", page_of({"b"})},
                                  {own + "/i/lines?" + whose, page_of({"a"}, "/x?after=1")},
                                  {own + "/i/lines?" + whose + "&after=1", page_of({"b"})}});
  const Connection connection(loopback_configuration(), transport);
  const BillingApi api(connection);
  BillingApi::InvoiceQuery paid;
  paid.payment_status = wire::PaymentStatus::paid;
  EXPECT_EQ(ids_of(api.get_billing_contracts_invoices(paid)), (Ids{"a", "b"}));
  const PageQuery one{.before = {}, .after = {}, .size = 1};
  EXPECT_EQ(ids_of(api.get_billing_contracts_invoice_lines("i", one)), (Ids{"a", "b"}));
  EXPECT_EQ(ids_of(TallystickApi(connection).get_invoice_lines("i", {}, id)), (Ids{"a", "b"}));
}

TEST(ListCall, TrustorsGoByPageNumbers) {
  struct Row {
    std::string_view name;
    Pages pages;
    int first;
    Ids ids;
  };
  const auto address = [](int number) {
    return "/api/v2/orgauthorization/trustors?pageNumber=" + std::to_string(number) + "&pageSize=2";
  };
  const Row rows[] = {
      {"one page",
       {{address(1), R"({"entities":[{"id":"a","enabled":true}],"pageCount":1,"nextUri":"/more"})"}},
       1,
       {"a"}},
      {"three by their count",
       {{address(1), R"({"entities":[{"id":"a","enabled":true},{"id":"b","enabled":true}],"pageCount":3})"},
        {address(2), R"({"entities":[{"id":"c","enabled":true},{"id":"d","enabled":true}],"pageCount":3})"},
        {address(3), R"({"entities":[{"id":"e","enabled":true}],"pageCount":3})"}},
       1,
       {"a", "b", "c", "d", "e"}},
      {"from the second",
       {{address(2), R"({"entities":[{"id":"c","enabled":true}],"pageCount":3})"},
        {address(3), R"({"entities":[{"id":"e","enabled":true}],"pageCount":3})"}},
       2,
       {"c", "e"}},
      {"by links without a count",
       {{address(1), R"({"entities":[{"id":"a","enabled":true}],"nextUri":"/more"})"},
        {address(2), R"({"entities":[{"id":"b","enabled":true}]})"}},
       1,
       {"a", "b"}},
      {"a count that is too great",
       {{address(1), R"({"entities":[{"id":"a","enabled":true}],"pageCount":9})"},
        {address(2), R"({"entities":[],"pageCount":9})"}},
       1,
       {"a"}},
      {"page nought is the first",
       {{address(0), R"({"entities":[{"id":"a","enabled":true}],"pageNumber":1,"pageCount":2})"},
        {address(2), R"({"entities":[{"id":"b","enabled":true}],"pageNumber":2,"pageCount":2})"}},
       0,
       {"a", "b"}},
      {"the same page again and again",
       {{address(1), R"({"entities":[{"id":"a","enabled":true}],"pageNumber":1,"nextUri":"/more"})"},
        {address(2), R"({"entities":[{"id":"a","enabled":true}],"pageNumber":1,"nextUri":"/more"})"}},
       1,
       {"a", "a",
        "<a page of /api/v2/orgauthorization/trustors leads to no further page: /more; what came before it is not the "
        "whole listing>"}},
      {"nobody", {{address(1), R"({"entities":[],"pageCount":0})"}}, 1, {}},
  };
  for (const Row& row : rows) {
    const auto transport = serving(row.pages);
    const OrganizationAuthorizationApi api(Connection(loopback_configuration(), transport));
    EXPECT_EQ(ids_of(api.get_orgauthorization_trustors({.number = row.first, .size = 2})), row.ids) << row.name;
    EXPECT_EQ(asked(*transport), row.pages.size()) << row.name;
  }
}

RC_GTEST_PROP(ListCall, GivesEachEntityOnceHoweverPagesAreCut, ()) {
  const auto sizes = *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 4));
  RC_PRE(!sizes.empty());
  Pages pages;
  Ids all;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    Ids ids;
    for (int k = 0; k < sizes[i]; ++k) ids.push_back(std::to_string(i) + "-" + std::to_string(k));
    all.insert(all.end(), ids.begin(), ids.end());
    const std::string address = std::string(contracts) + (i == 0 ? "" : "?after=" + std::to_string(i));
    pages[address] = page_of(ids, i + 1 == sizes.size() ? "" : "/x?after=" + std::to_string(i + 1));
  }
  RC_ASSERT(ids_of(billing(serving(pages)).get_billing_contracts()) == all);
}

}  // namespace
}  // namespace tallystick
