import { printList, structuredFormat } from '../commands/print.ts'
import { isAll } from '../format/fields.ts'
import type { Transforms } from '../format/list-table.ts'
import { moreResultsNote } from '../format/note-box.ts'
import { formatTimestamp } from '../format/timestamps.ts'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { collectionOf } from './find.ts'
import type { RecentList, ResourceSpec } from './resource-spec.ts'

const DEFAULT_LIMIT = 50

export function listRecentResources(resource: ResourceSpec, recent: RecentList): Handler {
  return async (context) => {
    const filters = (resource.filters ?? []).map(({ name }) => [name, context.input.text(name) || undefined] as const)
    const attributes = context.input.texts('attr') ?? resource.listAttributes
    await listRecent(context, resource, recent, { attributes, filters: Object.fromEntries(filters) })
  }
}

export interface RecentQuery {
  readonly attributes: readonly string[]
  readonly filters: Readonly<Record<string, string | undefined>>
}

/** @source cli.md 4, 7.1 */
export async function listRecent(
  context: CommandContext,
  resource: ResourceSpec,
  recent: RecentList,
  { attributes, filters }: RecentQuery,
): Promise<void> {
  const { input, io, session } = context
  const limit = input.integer('last') ?? DEFAULT_LIMIT
  const { items, total } = await collectionOf(context, resource).list({
    include_attributes: recent.asksFor === 'everything' || isAll(attributes) ? undefined : attributes,
    limit,
    ...filters,
  })
  const isStructured = structuredFormat(input) !== null
  const isNewestLast = recent.newestLast === 'everywhere' || (recent.newestLast === 'structured' && isStructured)
  const table = printList(context, isNewestLast ? items.toReversed() : items, {
    attributes,
    transforms: timesIn(recent.times, session.config.cli.timezone),
    whenEmpty: isNewestLast ? 'empty-table' : 'say-so',
  })
  if (table !== null && limit > 0 && total !== null && total > limit) {
    io.err(moreResultsNote(limit, recent.singular, recent.plural, table))
  }
}

function timesIn(names: readonly string[], timezone: string): Transforms {
  return Object.fromEntries(names.map((name) => [name, (value: unknown) => formatTimestamp(value, timezone)]))
}
