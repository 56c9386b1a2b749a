import type { Row } from './RowList.tsx'

/** px, an estimate as those of the rows are. */
const HEAD_HEIGHT = 34

interface Headed<Item> {
  readonly group: (item: Item) => string
  readonly title: (item: Item) => string
  readonly row: (item: Item) => Row
}

/** Rows with a heading wherever another group begins; the items stand in the order of their groups. */
export function headedRows<Item>(items: readonly Item[], { group, title, row }: Headed<Item>): Row[] {
  let last: string | undefined
  return items.flatMap((item) => {
    const key = group(item)
    if (key === last) return [row(item)]
    last = key
    return [headRow(key, title(item)), row(item)]
  })
}

export function headRow(group: string, title: string): Row {
  return { key: `group ${group}`, height: HEAD_HEIGHT, content: <h2 className="rows-head">{title}</h2> }
}
