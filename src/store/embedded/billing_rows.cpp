#include "store/embedded/billing_rows.hpp"

#include <rocksdb/utilities/write_batch_with_index.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "store/embedded/billing_codec.hpp"
#include "store/embedded/byte_codec.hpp"

namespace tallystick::store::embedded {
namespace {

constexpr std::string_view signing_key_row = "signing_key";

// The first byte of a row's key.
enum class Kind : std::uint8_t {
  period = 0,
  period_place = 1,
  period_texts = 2,
  book = 3,
  invoice = 4,
  invoice_place = 5,
  invoice_text = 6,
  payment = 7,
  last_sequence = 8,
  organization = 9,
};
// The last byte of a key where one thing has two rows: what is written once, then what is replaced.
enum class Part : std::uint8_t { frozen = 0, current = 1 };

class Key {
 public:
  explicit Key(Kind kind) { writer().u8(static_cast<std::uint8_t>(kind)); }
  Key& uuid(const core::Uuid& id) {
    writer().uuid(id);
    return *this;
  }
  // In the order of time, also before 1970.
  Key& day(core::Day day) {
    constexpr std::uint32_t sign = 0x8000'0000;
    writer().u32_ordered(static_cast<std::uint32_t>(day.time_since_epoch().count()) ^ sign);
    return *this;
  }
  Key& raw(std::string_view rest) {
    writer().raw(rest);
    return *this;
  }
  Key& part(Part part) {
    writer().u8(static_cast<std::uint8_t>(part));
    return *this;
  }
  [[nodiscard]] const std::string& bytes() const { return bytes_; }
  // Behind the kind.
  [[nodiscard]] std::string_view rest() const { return std::string_view(bytes_).substr(1); }

 private:
  ByteWriter writer() { return ByteWriter(bytes_); }
  std::string bytes_;
};

std::string_view view_of_digest(const Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

Key period_key(const core::OrganizationId& organization, const core::Uuid& contract, core::Day start, Part part) {
  return Key(Kind::period).uuid(organization).day(start).uuid(contract).part(part);
}
Key place_key(const core::Uuid& contract, core::Day start) {
  return Key(Kind::period_place).uuid(contract).day(start);
}
Key texts_key(const core::Uuid& contract, core::Day start) {
  return Key(Kind::period_texts).uuid(contract).day(start);
}
Key book_key(const Digest& digest) {
  return Key(Kind::book).raw(view_of_digest(digest));
}
// `place`: what the invoice's place has. Without the part.
Key invoice_key(std::string_view place, const core::Uuid& id) {
  return Key(Kind::invoice).raw(place).uuid(id);
}
Key payment_key(const Payment& payment) {
  return Key(Kind::payment).uuid(payment.invoice).raw(payment.idempotency_key);
}

using Row = Stored<std::optional<std::string>>;

template <class Record>
Stored<std::optional<Record>> decoded(const Database& database, const Row& row, Record record = {}) {
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  if (!decode(**row, record)) return fail(database.corrupt("a row of billing of an unknown form"));
  return record;
}

Stored<std::uint64_t> sequence_in(const Database& database, const Row& row) {
  if (!row) return fail(row.error());
  if (!*row) return 0;
  ByteReader reader(**row);
  const std::uint64_t sequence = reader.number();
  if (!reader.is_done()) return fail(database.corrupt("a number of invoices of an unknown form"));
  return sequence;
}

// What one step writes: it sees it at once, everybody else when it is written, whole and synced.
class Step {
 public:
  explicit Step(Database& database) : database_(database) {}

  [[nodiscard]] Database& database() const { return database_; }
  [[nodiscard]] Row get(const Key& key) {
    std::string value;
    const rocksdb::Status status =
        batch_.GetFromBatchAndDB(&database_.rocks(), rocksdb::ReadOptions(), family(), key.bytes(), &value);
    if (status.IsNotFound()) return std::nullopt;
    if (!status.ok()) return fail(database_.error("read a row", status));
    return value;
  }
  // A batch in memory takes every row; a failure comes back from writing it.
  void put(const Key& key, std::string_view value) {
    static_cast<void>(batch_.Put(family(), key.bytes(), slice_of(value)));
  }
  [[nodiscard]] StoreStatus write() { return database_.write(*batch_.GetWriteBatch()); }

 private:
  [[nodiscard]] rocksdb::ColumnFamilyHandle* family() const { return database_.family(Family::billing); }

  Database& database_;
  rocksdb::WriteBatchWithIndex batch_;
};

StoreStatus keep_book(Step& step, const ProductBook& book) {
  const Key key = book_key(book.digest);
  const Row known = step.get(key);
  if (!known) return fail(known.error());
  if (!*known) step.put(key, encode(book));
  return {};
}

// False: it is closed already.
Stored<bool> close(Step& step, const Billing::Period& closed) {
  const ClosedPeriod& period = closed.period;
  const core::OrganizationId& organization = period.contract.organization;
  const Key place = place_key(period.contract.id, period.start);
  const Row known = step.get(place);
  if (!known) return fail(known.error());
  if (*known) return false;
  step.put(place, Key(Kind::organization).uuid(organization).rest());
  step.put(period_key(organization, period.contract.id, period.start, Part::frozen), encode(period));
  step.put(texts_key(period.contract.id, period.start), encode(closed.texts));
  step.put(Key(Kind::organization).uuid(organization), {});
  return true;
}

// False: the period is not closed.
Stored<bool> extend(Step& step, const ExtendedBook& extended) {
  const Row place = step.get(place_key(extended.contract, extended.start));
  if (!place) return fail(place.error());
  if (!*place) return false;
  const core::OrganizationId organization = ByteReader(**place).uuid();
  step.put(period_key(organization, extended.contract, extended.start, Part::current),
           view_of_digest(extended.products));
  return true;
}

// False: there is no such invoice.
Stored<bool> settle(Step& step, const core::Uuid& invoice, const Settlement& added) {
  const Row place = step.get(Key(Kind::invoice_place).uuid(invoice));
  if (!place) return fail(place.error());
  if (!*place) return false;
  const Key key = invoice_key(**place, invoice).part(Part::current);
  const auto known = decoded<Settlement>(step.database(), step.get(key));
  if (!known) return fail(known.error());
  const Settlement before = known->value_or(Settlement{});
  const auto paid = before.paid.plus(added.paid);
  const auto credited = before.credited.plus(added.credited);
  if (!paid || !credited) {
    return fail(step.database().corrupt("payments of invoice " + invoice.to_string() + " too large to be added up"));
  }
  step.put(key, encode(Settlement{*paid, *credited}));
  return true;
}

// False: it is there already, its number is not the next one, or the invoice that it credits is not there.
Stored<bool> issue(Step& step, const Invoice& invoice) {
  const InvoiceEntry& entry = invoice.entry;
  const Key place = Key(Kind::invoice_place).uuid(entry.id);
  const Row known = step.get(place);
  if (!known) return fail(known.error());
  const Key series = Key(Kind::last_sequence).raw(entry.seller);
  const auto last = sequence_in(step.database(), step.get(series));
  if (!last) return fail(last.error());
  if (*known || entry.sequence != *last + 1) return false;
  if (entry.kind == InvoiceKind::credit_note) {
    const auto credited = core::Decimal{}.minus(entry.amount);
    if (!entry.credits || !credited) return false;
    auto settled = settle(step, *entry.credits, {.paid = {}, .credited = *credited});
    if (!settled || !*settled) return settled;
  }
  const Key where = Key(Kind::invoice).uuid(entry.organization).day(entry.date);
  step.put(place, where.rest());
  step.put(invoice_key(where.rest(), entry.id).part(Part::frozen), encode(entry));
  step.put(Key(Kind::invoice_text).uuid(entry.id), encode(invoice.text));
  step.put(Key(Kind::organization).uuid(entry.organization), {});
  std::string sequence;
  ByteWriter(sequence).number(entry.sequence);
  step.put(series, sequence);
  return true;
}

// `use`: key and value of each row below the prefix, in the order of the keys; false where it makes no sense of them.
template <class Use>
StoreStatus scan(Database& database, const Key& prefix, Use use) {
  const std::unique_ptr<rocksdb::Iterator> row(
      database.rocks().NewIterator(rocksdb::ReadOptions(), database.family(Family::billing)));
  for (row->Seek(prefix.bytes()); row->Valid() && row->key().starts_with(prefix.bytes()); row->Next()) {
    if (!use(view_of(row->key()), view_of(row->value()))) {
      return fail(database.corrupt("a row of billing of an unknown form"));
    }
  }
  if (!row->status().ok()) return fail(database.error("read what was billed", row->status()));
  return {};
}

Part part_of(std::string_view key) {
  return static_cast<Part>(static_cast<std::uint8_t>(key.back()));
}

Stored<std::vector<SettledInvoice>> read_invoices(Database& database, const Key& prefix) {
  std::vector<SettledInvoice> invoices;
  auto read = scan(database, prefix, [&](std::string_view key, std::string_view value) {
    if (part_of(key) == Part::frozen) return decode(value, invoices.emplace_back().entry);
    return !invoices.empty() && decode(value, invoices.back().settlement);
  });
  if (!read) return fail(std::move(read.error()));
  return invoices;
}

}  // namespace

Stored<bool> BillingRows::save_billing(const Billing& billing) {
  const std::lock_guard lock(mutex_);
  Step step(*database_);
  for (const ProductBook& book : billing.books) {
    if (auto kept = keep_book(step, book); !kept) return fail(kept.error());
  }
  const auto all = [&step](const auto& records, auto add) -> Stored<bool> {
    for (const auto& record : records) {
      auto added = add(step, record);
      if (!added || !*added) return added;
    }
    return true;
  };
  if (auto closed = all(billing.periods, close); !closed || !*closed) return closed;
  if (auto extended = all(billing.extended_books, extend); !extended || !*extended) return extended;
  if (auto issued = all(billing.invoices, issue); !issued || !*issued) return issued;
  if (auto written = step.write(); !written) return fail(written.error());
  return true;
}

Stored<std::uint64_t> BillingRows::last_invoice_sequence(std::string_view seller) const {
  return sequence_in(*database_, database_->get(Family::billing, Key(Kind::last_sequence).raw(seller).bytes()));
}

Stored<std::vector<ClosedPeriod>> BillingRows::closed_periods(const core::OrganizationId& organization) const {
  std::vector<ClosedPeriod> periods;
  auto read = scan(*database_, Key(Kind::period).uuid(organization), [&](std::string_view key, std::string_view value) {
    if (part_of(key) == Part::frozen) return decode(value, periods.emplace_back());
    if (periods.empty() || value.size() != periods.back().products.size()) return false;
    std::copy(value.begin(), value.end(), periods.back().products.begin());
    return true;
  });
  if (!read) return fail(std::move(read.error()));
  return periods;
}

Stored<std::optional<ClosedPeriodTexts>> BillingRows::closed_period_texts(const core::Uuid& contract,
                                                                          core::Day start) const {
  return decoded<ClosedPeriodTexts>(*database_, database_->get(Family::billing, texts_key(contract, start).bytes()));
}

Stored<std::optional<ProductBook>> BillingRows::product_book(const Digest& digest) const {
  return decoded<ProductBook>(*database_, database_->get(Family::billing, book_key(digest).bytes()),
                              {.digest = digest, .products = {}});
}

Stored<std::vector<SettledInvoice>> BillingRows::invoices(const core::OrganizationId& organization) const {
  return read_invoices(*database_, Key(Kind::invoice).uuid(organization));
}

Stored<std::optional<SettledInvoice>> BillingRows::find_invoice(const core::Uuid& id) const {
  const Row place = database_->get(Family::billing, Key(Kind::invoice_place).uuid(id).bytes());
  if (!place) return fail(place.error());
  if (!*place) return std::nullopt;
  auto found = read_invoices(*database_, invoice_key(**place, id));
  if (!found) return fail(std::move(found.error()));
  if (found->size() != 1) return fail(database_->corrupt("a number of an invoice that is not there"));
  return std::move(found->front());
}

Stored<std::optional<FrozenText>> BillingRows::invoice_text(const core::Uuid& id) const {
  return decoded<FrozenText>(*database_, database_->get(Family::billing, Key(Kind::invoice_text).uuid(id).bytes()));
}

Stored<std::optional<Payment>> BillingRows::save_payment(const Payment& payment) {
  const std::lock_guard lock(mutex_);
  Step step(*database_);
  const Key key = payment_key(payment);
  auto known = decoded<Payment>(*database_, step.get(key));
  if (!known || *known) return known;
  const auto settled = settle(step, payment.invoice, {.paid = payment.amount, .credited = {}});
  if (!settled) return fail(settled.error());
  if (!*settled) return std::nullopt;
  step.put(key, encode(payment));
  if (auto written = step.write(); !written) return fail(written.error());
  return payment;
}

Stored<std::vector<Payment>> BillingRows::payments(const core::Uuid& invoice) const {
  std::vector<Payment> payments;
  auto read = scan(*database_, Key(Kind::payment).uuid(invoice), [&](std::string_view /*key*/, std::string_view value) {
    return decode(value, payments.emplace_back());
  });
  if (!read) return fail(std::move(read.error()));
  std::sort(payments.begin(), payments.end(), [](const Payment& a, const Payment& b) {
    return std::tie(a.recorded_at, a.idempotency_key) < std::tie(b.recorded_at, b.idempotency_key);
  });
  return payments;
}

Stored<std::vector<core::OrganizationId>> BillingRows::billed_organizations() const {
  std::vector<core::OrganizationId> organizations;
  auto read = scan(*database_, Key(Kind::organization), [&](std::string_view key, std::string_view /*value*/) {
    ByteReader reader(key.substr(1));
    organizations.push_back(reader.uuid());
    return reader.is_done();
  });
  if (!read) return fail(std::move(read.error()));
  return organizations;
}

Stored<std::optional<std::array<std::uint8_t, 32>>> BillingRows::load_signing_key() const {
  const Row row = database_->get(Family::meta, signing_key_row);
  if (!row) return fail(row.error());
  if (!*row) return std::nullopt;
  std::array<std::uint8_t, 32> key{};
  if ((*row)->size() != key.size()) return fail(database_->corrupt("a signing key of another length"));
  std::copy((*row)->begin(), (*row)->end(), key.begin());
  return key;
}

StoreStatus BillingRows::save_signing_key(const std::array<std::uint8_t, 32>& key) {
  rocksdb::WriteBatch batch;
  static_cast<void>(batch.Put(database_->family(Family::meta), slice_of(signing_key_row),
                              rocksdb::Slice(reinterpret_cast<const char*>(key.data()), key.size())));
  return database_->write(batch);
}

}  // namespace tallystick::store::embedded
