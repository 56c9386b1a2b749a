import type { Tally, TallyGroup } from '../../ports/store.ts'
import { sortedConditions, whereOf, whereSql } from './conditions.ts'
import type { Connection } from './connection.ts'
import { invalid } from './failure.ts'
import { chooseIndex } from './index-choice.ts'
import { BOUND, hintSql } from './select.ts'
import { quoted, type Table } from './table.ts'

/** Counts in groups, from the header columns alone: no document is read. */
export function tallyGroups(connection: Connection, table: Table, { filter, by, over, limit }: Tally): TallyGroup[] {
  const { header, scanned } = sortedConditions(table, filter)
  if (scanned.length > 0) throw invalid('what a condition on a free path leaves cannot be counted in groups')
  for (const field of [by, over.field])
    if (!table.columnNumbers.has(field)) throw invalid(`"${field}" is not a field of ${table.name} to count by`)
  const conditions = [...header, { field: over.field, op: 'ne', value: null } as const]
  const choice = chooseIndex(connection, table, conditions, [{ field: over.field, direction: 'desc' }])
  const hint = choice.kind === 'walk' ? hintSql(choice) : ''
  const where = whereOf(conditions)
  const [when, value] = [quoted(over.field), quoted(by)]
  const last = `select ${when} as span, ${value} as value from ${quoted(table.name)}${hint}${whereSql(where)} order by ${when} desc limit ${BOUND}`
  const sql = `select substr(span, 1, ?) as span, value, count(*) from (${last}) group by 1, 2 order by 1, 2`
  return connection
    .rows(sql, over.length, ...where.params, limit)
    .map(([span, found, count]) => ({ over: String(span), value: found ?? null, count: Number(count) }))
}
