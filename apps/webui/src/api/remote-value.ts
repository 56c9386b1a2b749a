import type { ResultLines } from '@st2/client'
import { LoadedPieces } from '../ui/lazy-list.ts'
import { pathSteps, ROOT_PATH } from '../ui/json/json-path.ts'
import { type Outline, OutlineTree } from '../ui/json/outline-tree.ts'
import { lineText } from '../ui/json/raw-lines.ts'
import type { Described, Matches, ValueStore } from '../ui/json/value-store.ts'
import { api } from './client.ts'

/** Rows of a table that are asked for together. */
const TABLE_PIECE = 100
/** Bytes of such rows that are parsed together, so that the page never stops. */
const MAX_TABLE_BYTES = 4_000_000
/** Lines of a text that are asked for together. */
const TEXT_PIECE = 1000
/** Bytes of one line of the raw text. */
const RAW_LINE = 200
/** Raw lines that are asked for together. */
const RAW_PIECE = 300
/** Characters of a text that a row of a tree shows as well as a view of its own. */
const SHORT_TEXT = 200
/** Bytes that are put on the clipboard; more is downloaded. */
const MAX_COPY = 10_000_000

/** A result that stays on the server, which tells what is looked at. */
export class RemoteResult implements ValueStore {
  readonly size: number
  private readonly id: string
  /** Trees keep what was opened while another view is looked at. */
  private readonly trees = new Map<string, OutlineTree>()
  private readonly described = new Map<string, Described & { readonly outline: Outline }>()

  constructor(executionId: string, size: number) {
    this.id = executionId
    this.size = size
  }

  readonly describe = (path: string): Described | Promise<Described> => {
    return this.described.get(path) ?? this.look(path)
  }

  readonly tree = (path: string): OutlineTree => {
    const known = this.trees.get(path)
    if (known !== undefined) return known
    const reader = {
      outline: (at: string, offset: number, limit: number) => this.outline(at, offset, limit),
      text: this.copy,
    }
    const outline = this.described.get(path)?.outline ?? { type: 'object', count: 0 }
    const made = new OutlineTree(reader, pathSteps(path), outline)
    this.trees.set(path, made)
    return made
  }

  readonly table = (path: string, count: number) =>
    new LoadedPieces<unknown>(TABLE_PIECE, count, async (offset, limit) => {
      const { children, count: total } = await this.outline(path, offset, limit)
      const [first, last] = [children[0], children.at(-1)]
      if (first === undefined || last === undefined) return { items: [], total: total ?? 0 }
      if (last.end - first.start > MAX_TABLE_BYTES)
        throw new Error('These rows are too large for a table. The tree shows them.')
      const rows: unknown = JSON.parse(`[${await this.json(first.start, last.end)}]`)
      return { items: Array.isArray(rows) ? rows : [], total: total ?? 0 }
    })

  readonly text = (path: string, known: number) =>
    new LoadedPieces<string>(TEXT_PIECE, known, async (from, limit) => {
      const piece = await api().executions.results.lines(this.id, { path, from, limit })
      return { items: withCuts(piece), total: piece.total }
    })

  readonly copy = async (path: string): Promise<string> => {
    const { type, start, end } = await this.outline(path, 0, 1)
    if (end - start > MAX_COPY) throw new Error('It is too large for the clipboard. Download the result instead.')
    const json = await this.json(start, end)
    return type === 'string' ? String(JSON.parse(json)) : json
  }

  readonly raw = () =>
    new LoadedPieces<string>(RAW_PIECE, Math.ceil(this.size / RAW_LINE), async (from, limit) => {
      const total = Math.ceil(this.size / RAW_LINE)
      const end = Math.min(this.size, (from + limit) * RAW_LINE)
      // A letter may begin before the piece and end after it.
      const start = from * RAW_LINE
      const bytes = await api().executions.results.bytes(this.id, start, Math.min(this.size, end + 3))
      const lines = Array.from({ length: Math.min(limit, total - from) }, (_, line) =>
        lineText(bytes, line * RAW_LINE, (line + 1) * RAW_LINE),
      )
      return { items: lines, total }
    })

  readonly search = async (query: string, from: number, signal: AbortSignal): Promise<Matches> => {
    const { matches, next } = await api().executions.results.search(this.id, { q: query, from }, { signal })
    return {
      next,
      matches: matches.map(({ path, kind, line, excerpt, excerpt_column }) => ({
        path,
        isKey: kind === 'key',
        line,
        excerpt,
        column: excerpt_column,
      })),
    }
  }

  private async look(path: string): Promise<Described> {
    const outline = await this.outline(path, 0, 1)
    const { type, count, children } = outline
    const described = {
      type,
      count: count ?? 0,
      isTable: type === 'array' && children[0]?.type === 'object',
      isText: type === 'string' && (count ?? 0) > SHORT_TEXT,
      outline,
    }
    this.described.set(path, described)
    return described
  }

  private outline(path: string, offset: number, limit: number) {
    return api().executions.results.outline(this.id, { path, offset, limit })
  }

  private async json(start: number, end: number): Promise<string> {
    return new TextDecoder().decode(await api().executions.results.bytes(this.id, start, end))
  }
}

/** What stands at the top of a result, without loading it. */
export function resultOutline(executionId: string) {
  return {
    queryKey: ['execution-result-outline', executionId],
    queryFn: ({ signal }: { readonly signal: AbortSignal }) =>
      api().executions.results.outline(executionId, { path: ROOT_PATH, limit: 100 }, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  }
}

function withCuts({ lines, cut = [] }: ResultLines): readonly string[] {
  if (cut.length === 0) return lines
  const isCut = new Set(cut)
  return lines.map((line, index) =>
    isCut.has(index) ? `${line} … cut after ${line.length.toLocaleString('en')} characters` : line,
  )
}
