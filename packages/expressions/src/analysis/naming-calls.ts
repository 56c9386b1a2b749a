import type { WorkflowReference } from './find-references.ts'

/** Functions whose first argument is a name, and what that argument is called in each language. */
export const NAMING_CALLS: ReadonlyMap<string, { kind: WorkflowReference['kind']; parameter: string }> = new Map([
  ['ctx', { kind: 'variable', parameter: 'key' }],
  ['item', { kind: 'item', parameter: 'key' }],
  ['task', { kind: 'task', parameter: 'task_id' }],
  ['task_status', { kind: 'task', parameter: 'task_id' }],
])

/** Called without arguments they give what `.name`, `['name']` and `.get('name')` look into. */
export const CONTAINER_CALLS: ReadonlyMap<string, WorkflowReference['kind']> = new Map([
  ['ctx', 'variable'],
  ['item', 'item'],
])

/** A name as it stands at an offset: in quotes, or bare; null where it is written in another way, with escapes for example. */
export function nameAt(
  source: string,
  offset: number,
  kind: WorkflowReference['kind'],
  name: string,
): WorkflowReference | null {
  const quote = source[offset]
  const isQuoted = quote === "'" || quote === '"' || quote === '`'
  const start = isQuoted ? offset + 1 : offset
  const end = start + name.length
  if (!source.startsWith(name, start) || (isQuoted && source[end] !== quote)) return null
  return { kind, name, start, end, form: isQuoted ? 'quoted' : 'word' }
}
