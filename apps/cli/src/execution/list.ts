import { printList, structuredFormat } from '../commands/print.ts'
import { colorizer } from '../format/colors.ts'
import { isAll } from '../format/fields.ts'
import { moreResultsNote } from '../format/note-box.ts'
import { elapsedStatus } from '../run/elapsed-status.ts'
import { executionTransforms } from '../run/execution-transforms.ts'
import { markWorkflows } from '../run/workflow-marks.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'

export const LIST_ATTRIBUTES = ['id', 'action.ref', 'context.user', 'status', 'start_timestamp', 'end_timestamp']
export const DEFAULT_LIMIT = 50

const SORT_QUERIES: Readonly<Record<string, { sort_asc?: string; sort_desc?: string }>> = {
  asc: { sort_asc: 'True' },
  ascending: { sort_asc: 'True' },
  desc: { sort_desc: 'True' },
  descending: { sort_desc: 'True' },
}

/** The newest executions, printed with the newest last. @source cli.md 7.2 */
export const listExecutions: Handler = async (context) => {
  const { input, io, session } = context
  const attributes = input.texts('attr') ?? LIST_ATTRIBUTES
  const limit = input.integer('last') ?? DEFAULT_LIMIT
  const { items, total } = await session.client.executions.list({
    limit,
    ...filtersOf(context),
    ...attributesOf(attributes),
  })
  const marks = markWorkflows(items)
  const isStructured = structuredFormat(input) !== null
  const rows = items.map((execution, index) => ({
    ...execution,
    id: (marks[index] ?? '') + execution.id,
    ...(isStructured || execution.status === undefined ? {} : { status: elapsedStatus(execution, io.now()) }),
  }))
  const table = printList(context, rows.reverse(), {
    attributes,
    transforms: executionTransforms(session.config.cli.timezone, colorizer(io)),
    whenEmpty: 'empty-table',
  })
  if (table !== null && limit > 0 && total !== null && total > limit) {
    io.err(moreResultsNote(limit, 'action execution', 'action executions', table))
  }
}

function filtersOf({ input }: CommandContext) {
  return {
    action: input.text('action'),
    status: input.text('status'),
    user: input.text('user'),
    trigger_instance: input.text('trigger_instance'),
    parent: input.has('showall') ? undefined : 'null',
    timestamp_gt: input.text('timestamp_gt'),
    timestamp_lt: input.text('timestamp_lt'),
    ...SORT_QUERIES[input.text('sort_order') ?? 'descending'],
  }
}

function attributesOf(attributes: readonly string[]) {
  return isAll(attributes) ? {} : { include_attributes: attributes }
}
