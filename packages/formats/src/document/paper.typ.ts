/**
 * The look of our papers, in Typst. The document comes in as data (`sys.inputs`), so that no text of a user is ever
 * read as markup. What only decorates is an artifact, outside of the reading order.
 */
export const PAPER_TEMPLATE = `
#let paper = json(bytes(sys.inputs.paper))
#let ink = rgb("#1d2b24")
#let quiet = rgb("#4d5b53")
#let leaf = rgb("#2f6b3f")
#let line-colour = rgb("#c9d1cb")
#set document(title: paper.title, date: none)
// What a usual paper measures, and what one that must hold on a page does.
#let sized(usual, compact) = if paper.compact { compact } else { usual }
#set text(lang: paper.language, font: ("Atkinson Hyperlegible Next", "Libertinus Serif"), size: sized(10.5pt, 9pt), fill: ink)
#set par(leading: sized(0.6em, 0.5em), spacing: sized(0.85em, 0.7em))
#set page(
  paper: "a4",
  margin: sized((x: 20mm, top: 18mm, bottom: 20mm), (x: 16mm, top: 13mm, bottom: 15mm)),
  footer: context text(size: 8.5pt, fill: quiet)[
    #paper.footer #h(1fr) #counter(page).display("1 / 1", both: true)
  ],
)
#show heading.where(level: 1): it => text(size: sized(18pt, 15pt), weight: "bold", block(below: 0.5em, it.body))
#show heading.where(level: 2): it => text(size: sized(13pt, 11pt), weight: "bold", fill: leaf, block(above: sized(1.3em, 1em), below: 0.6em, it.body))
#show heading.where(level: 3): it => text(size: 11pt, weight: "bold", block(above: 1em, below: 0.5em, it.body))
#set list(marker: [•], spacing: 0.6em)
#set enum(spacing: 0.6em)
#set table(stroke: (x: none, y: 0.5pt + line-colour), inset: sized((x: 4pt, y: 4.5pt), (x: 3pt, y: 2.4pt)))
#show figure.where(kind: table): set block(breakable: true)
#show figure.where(kind: table): set figure.caption(position: top)
#show figure.caption: it => align(left, text(weight: "bold", it.body))
#set figure(supplement: none, numbering: none)

#let lines-of(words) = words.split("\\n").join(linebreak())

#let table-of(block) = figure(
  kind: table,
  caption: block.caption,
  table(
    columns: block.columns.map(column => if column.numeric { auto } else { column.share * 1fr }),
    align: (x, _) => if block.columns.at(x).numeric { right } else { left },
    table.header(..block.columns.map(column => strong(column.label))),
    ..block.rows.flatten().map(lines-of),
    ..block.total.map(cell => table.cell(fill: rgb("#eef3ee"), strong(lines-of(cell)))),
  ),
)

#heading(level: 1, paper.title)
#if paper.subtitle != "" { text(fill: quiet, lines-of(paper.subtitle)) }

#let shown(block-data) = {
  let kind = block-data.kind
  if kind == "heading" { heading(level: block-data.level, block-data.text) }
  else if kind == "paragraph" { par(lines-of(block-data.text)) }
  else if kind == "list" {
    if block-data.ordered { enum(..block-data.items.map(lines-of)) } else { list(..block-data.items.map(lines-of)) }
  }
  else if kind == "facts" {
    for fact in block-data.facts {
      par(spacing: 0.6em, text(size: sized(1em, 8.5pt))[#strong(fact.label + paper.colon) #lines-of(fact.value)])
    }
  }
  else if kind == "table" { table-of(block-data) }
  else if kind == "beside" {
    grid(columns: (1fr, 1fr), column-gutter: 8mm, ..block-data.sides.map(side => { for one in side { shown(one) } }))
  }
  else if kind == "notice" {
    block(width: 100%, inset: (left: 8pt, y: 5pt), stroke: (left: 3pt + leaf), par(lines-of(block-data.text)))
  }
  else if kind == "lines" {
    for _ in range(block-data.count) { pdf.artifact(block(above: 8mm, line(length: 100%, stroke: 0.5pt + line-colour))) }
  }
  else if kind == "page-break" { pagebreak(weak: true) }
}

#for block-data in paper.blocks { shown(block-data) }
`;
