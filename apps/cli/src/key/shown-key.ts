import type { ShownKeyValuePair } from '@st2/client'
import { isAll } from '../format/fields.ts'

/** To the command line the id of an item is its name, and of no use beside it. */
export function shownKey(item: ShownKeyValuePair, attributes: readonly string[]): object {
  const { id: _, ...shown } = item
  return isAll(attributes) ? shown : { ...shown, id: item.name }
}
