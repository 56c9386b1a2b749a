import { printList } from '../commands/print.ts'
import { INQUIRIES } from '../commands/resources.ts'
import { moreResultsNote } from '../format/note-box.ts'
import type { Handler } from '../shell/command-spec.ts'

const DEFAULT_LIMIT = 50

/** NOTE: all attributes are asked for, whichever are shown. @source cli.md 7.2 */
export const listInquiries: Handler = async (context) => {
  const { input, io, session } = context
  const limit = input.integer('last') ?? DEFAULT_LIMIT
  const { items, total } = await session.client.inquiries.list({ limit })
  const table = printList(context, items.toReversed(), {
    attributes: input.texts('attr') ?? INQUIRIES.listAttributes,
    whenEmpty: 'empty-table',
  })
  if (table !== null && limit > 0 && total !== null && total > limit) {
    io.err(moreResultsNote(limit, 'inquiries', 'inquiries', table))
  }
}
