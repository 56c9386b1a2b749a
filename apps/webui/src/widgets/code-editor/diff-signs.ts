import { type Chunk, getChunks, getOriginalDoc } from '@codemirror/merge'
import type { Extension } from '@codemirror/state'
import { type BlockInfo, type EditorView, gutter, GutterMarker, type WidgetType } from '@codemirror/view'

class Sign extends GutterMarker {
  readonly #sign: string
  readonly #name: string

  constructor(sign: string, name: string) {
    super()
    this.#sign = sign
    this.#name = name
  }

  override eq(other: Sign): boolean {
    return other.#sign === this.#sign && other.#name === this.#name
  }

  override toDOM(): HTMLElement {
    const element = document.createElement('span')
    element.className = this.#name
    element.textContent = this.#sign
    return element
  }
}

const ADDED = new Sign('+', 'added')
const REMOVED = new Sign('−', 'removed')

/** `−` and `+` beside lines that differ. */
export const diffSigns: Extension = gutter({
  class: 'cm-signs',
  lineMarker: (view, line) => signOf(view, line),
  widgetMarker: signOfRemoved,
  lineMarkerChange: (update) => update.transactions.length > 0,
})

function signOf(view: EditorView, { from }: BlockInfo): Sign | null {
  const found = getChunks(view.state)
  if (found === null) return null
  const isOld = found.side === 'a'
  const isIn = (chunk: Chunk) =>
    isOld ? from >= chunk.fromA && from < chunk.toA : from >= chunk.fromB && from < chunk.toB
  return found.chunks.some(isIn) ? (isOld ? REMOVED : ADDED) : null
}

/** In one column the removed lines are no lines of the text: they stand together before what took their place. */
function signOfRemoved(view: EditorView, widget: WidgetType, { from }: BlockInfo): Sign | null {
  const found = getChunks(view.state)
  // Those that stand for unchanged lines count them.
  if (found === null || found.side !== null || 'lines' in widget) return null
  const chunk = found.chunks.find(({ fromB, fromA, toA }) => fromB === from && toA > fromA)
  if (chunk === undefined) return null
  const old = getOriginalDoc(view.state)
  const count = old.lineAt(chunk.endA).number - old.lineAt(chunk.fromA).number + 1
  return new Sign(Array(count).fill('−').join('\n'), 'removed')
}
