/** Rows as a spreadsheet puts them on the clipboard: tabs between cells, quotes around cells with breaks in them. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [[]]
  const cell = /(?:"((?:[^"]|"")*)"|([^\t\n]*))(\t|\n|$)/gy
  for (let found = cell.exec(text); found; found = cell.exec(text)) {
    const [, quoted, plain, end] = found
    rows.at(-1)?.push((quoted?.replaceAll('""', '"') ?? plain ?? '').trim())
    if (end === '\n') rows.push([])
    if (end === '') break
  }
  return rows
}

/** The Markdown of cells pasted from a spreadsheet; null for any other text. The first row becomes the head. */
export function pastedTable(text: string): string | null {
  const clean = text.replaceAll('\r\n', '\n').replace(/\n+$/, '')
  if (!clean.includes('\t')) return null
  const rows = rowsOf(clean)
  const [head, ...body] = rows
  const width = head?.length ?? 0
  if (!head || width < 2 || rows.some((row) => row.length !== width)) return null
  const line = (cells: string[]) =>
    `| ${cells.map((one) => one.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(width)}`, ...body.map(line)].join('\n')
}
