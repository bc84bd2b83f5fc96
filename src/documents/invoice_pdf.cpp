#include <algorithm>

#include "documents/invoice_files.hpp"
#include "documents/invoice_letter.hpp"
#include "documents/invoice_table.hpp"
#include "documents/invoice_words.hpp"
#include "documents/page_geometry.hpp"
#include "documents/pango_cairo.hpp"

namespace tallystick::documents {

Result<std::string, std::string> invoice_pdf(const wire::InvoiceDocument& invoice) {
  if (const auto fault = pango_cairo_fault()) return fail(*fault);
  PdfCanvas canvas({std::string(title_of(invoice)) + " " + invoice.number, invoice.seller.name, invoice.date_invoiced});
  const auto body = invoice_body(canvas, invoice);
  if (!body) return fail(body.error());

  const Points body_top = draw_letter(canvas, invoice);
  std::vector<FlowBlock> blocks;
  blocks.reserve(body->blocks.size());
  for (const BodyBlock& block : body->blocks) blocks.push_back(block.flow);
  const Points header_height = body->header.flow.height;
  const auto placements = flow(blocks, {body_top, page::later_body_top, page::body_bottom, header_height});

  const std::size_t pages = placements.back().page + 1;
  std::size_t page = 0;
  for (std::size_t i = 0; i < placements.size(); ++i) {
    for (; page < placements[i].page; ++page) {
      draw_footer(canvas, invoice, page + 1, pages);
      canvas.end_page();
      draw_later_head(canvas, invoice);
    }
    if (placements[i].below_repeated_header) body->header.draw(canvas, placements[i].top - header_height);
    body->blocks[i].draw(canvas, placements[i].top);
  }
  draw_footer(canvas, invoice, pages, pages);
  canvas.end_page();
  return canvas.finish();
}

}  // namespace tallystick::documents
