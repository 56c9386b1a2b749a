/** What a search for words (`q`) takes. */
export const SEARCH_TEXT_LIMITS = { characters: 200, words: 8 } as const

/** Paths of a free filter (`path:value`) that a header field of the execution answers. @source rest-api.md 7.4 */
export const INDEXED_PATHS: Readonly<Record<string, string>> = {
  id: 'id',
  status: 'status',
  parent: 'parent',
  start_timestamp: 'start_timestamp',
  'action.ref': 'action',
  'runner.name': 'runner',
  'context.user': 'user',
  'liveaction.id': 'liveaction',
  'rule.name': 'rule',
  'trigger.name': 'trigger',
  'trigger_type.name': 'trigger_type',
  'trigger_instance.id': 'trigger_instance',
  'context.trace_context.trace_tag': 'trace_tag',
}

/** First steps of the paths of the stored execution that a free filter may look below, besides. */
const SEARCHED_ROOTS: readonly string[] = [
  'parameters',
  'context',
  'result',
  'log',
  'rule',
  'trigger',
  'trigger_type',
  'trigger_instance',
  'callback',
  'notify',
]

/** The words of a search, each once; `"…"` keeps what stands between the quotes together. */
export function searchWords(text: string): readonly string[] {
  const words = [...text.matchAll(/"([^"]*)"?|[^\s"]+/g)].map(([word, quoted]) => quoted ?? word)
  return [...new Set(words.filter((word) => word.trim() !== ''))]
}

export function isSearchedPath(path: string): boolean {
  return Object.hasOwn(INDEXED_PATHS, path) || SEARCHED_ROOTS.includes(rootOf(path))
}

/** Whether the path names something of an execution, be it searched or not. */
export function isExecutionPath(path: string): boolean {
  return (
    path.includes('.') &&
    (isSearchedPath(path) || Object.keys(INDEXED_PATHS).some((known) => rootOf(known) === rootOf(path)))
  )
}

function rootOf(path: string): string {
  return path.split('.')[0] ?? ''
}
