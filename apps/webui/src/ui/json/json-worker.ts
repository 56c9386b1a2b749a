/** Fetches, parses and holds one large JSON value away from the page, which only ever receives the rows it shows. */
import type { JsonAsk, JsonTell } from './json-protocol.ts'
import { JsonTreeModel } from './json-rows.ts'

let model: JsonTreeModel | null = null
let version = 0

self.addEventListener('message', (event: MessageEvent<JsonAsk>) => {
  const ask = event.data
  if (ask.kind === 'load') void load(ask.url, ask.headers)
  else if (model !== null) answer(model, ask)
})

async function load(url: string, headers: Readonly<Record<string, string>>): Promise<void> {
  try {
    const response = await fetch(url, { headers })
    const body: unknown = await response.json()
    if (!response.ok) throw new Error(faultOf(body) ?? `HTTP ${response.status}`)
    model = new JsonTreeModel(body)
    tell({ kind: 'count', version: ++version, count: model.count })
  } catch (error) {
    tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) })
  }
}

function answer(tree: JsonTreeModel, ask: Exclude<JsonAsk, { kind: 'load' }>): void {
  if (ask.kind === 'rows') {
    if (ask.version === version)
      tell({ kind: 'rows', version, from: ask.from, rows: tree.rowsBetween(ask.from, ask.to) })
    return
  }
  if (ask.kind === 'copy') {
    const text = ask.what === 'path' ? tree.pathOf(ask.id) : textOf(tree.valueOf(ask.id))
    return tell({ kind: 'text', text, what: ask.what })
  }
  tree.toggle(ask.id)
  tell({ kind: 'count', version: ++version, count: tree.count })
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

function faultOf(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('faultstring' in body)) return null
  return String(body.faultstring)
}

function tell(message: JsonTell): void {
  self.postMessage(message)
}
