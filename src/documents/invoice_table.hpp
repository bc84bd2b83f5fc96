#pragma once
#include <functional>
#include <vector>

#include "documents/page_flow.hpp"
#include "documents/pdf_canvas.hpp"
#include "tallystick/core/result.hpp"
#include "tallystick/wire/invoice_document.hpp"

/// The body of an invoice: its lines, its sums, what is said below them.
namespace tallystick::documents {

/// A block, and how it is drawn once its place is known.
struct BodyBlock {
  FlowBlock flow;
  std::function<void(PdfCanvas& canvas, Points top)> draw;
};

struct InvoiceBody {
  /// Above the first row, and above the first row of every page that begins with one.
  BodyBlock header;
  std::vector<BodyBlock> blocks;
};

/// The blocks in their order. The failure is a sentence for the log: a sum that no decimal holds.
[[nodiscard]] Result<InvoiceBody, std::string> invoice_body(const PdfCanvas& canvas,
                                                            const wire::InvoiceDocument& invoice);

}  // namespace tallystick::documents
