import { printList, structuredFormat } from '../commands/print.ts'
import { moreResultsNote } from '../format/note-box.ts'
import { formatTimestamp } from '../format/timestamps.ts'
import type { Handler } from '../shell/command-spec.ts'
import { shownKey } from './shown-key.ts'

const LIST_ATTRIBUTES = ['name', 'value', 'secret', 'encrypted', 'scope', 'user', 'expire_timestamp']
const DEFAULT_LIMIT = 50

/** NOTE: JSON and YAML are in the reverse order of the table. @source cli.md 12 */
export const listKeys: Handler = async (context) => {
  const { input, io, session } = context
  const attributes = input.texts('attr') ?? LIST_ATTRIBUTES
  const limit = input.integer('last') ?? DEFAULT_LIMIT
  const { items, total } = await session.client.keys.list({
    prefix: input.text('prefix') || undefined,
    decrypt: input.has('decrypt'),
    scope: input.text('scope') ?? 'all',
    user: input.text('user') || undefined,
    limit,
  })
  const rows = items.map((item) => shownKey(item, attributes))
  const table = printList(context, structuredFormat(input) === null ? rows : rows.toReversed(), {
    attributes,
    transforms: { expire_timestamp: (value) => formatTimestamp(value, session.config.cli.timezone) },
    whenEmpty: 'say-so',
  })
  if (table !== null && limit > 0 && total !== null && total > limit) {
    io.err(moreResultsNote(limit, 'key value pair', 'key value pairs', table))
  }
}
