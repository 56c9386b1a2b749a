import { defaultKeymap } from '@codemirror/commands'
import { Chunk, goToNextChunk, goToPreviousChunk, MergeView, unifiedMergeView } from '@codemirror/merge'
import { search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension, Text } from '@codemirror/state'
import { EditorView, highlightSpecialChars, keymap, lineNumbers } from '@codemirror/view'
import { diffSigns } from './diff-signs.ts'
import { diffTheme } from './diff-theme.ts'
import { editorTheme } from './editor-theme.ts'
import { editorWords } from './editor-words.ts'
import { yamlText } from './yaml-text.ts'

export interface DiffOptions {
  readonly before: string
  readonly after: string
  readonly beforeLabel: string
  readonly afterLabel: string
  readonly layout: 'beside' | 'unified'
  /** Else only what surrounds the differences. */
  readonly showsAll: boolean
  readonly wraps: boolean
}

/** Lines around a difference that stay, and fewest that are worth folding. */
const COLLAPSE = { margin: 3, minSize: 4 }
/** Characters that may differ in one place, and ms, before the comparison becomes a rough one. */
const EFFORT = { scanLimit: 2000, timeout: 300 }

/** Two texts compared, in a shadow root like every editor here. */
export class DiffView {
  /** The one that is walked through: of two the later text. */
  readonly #view: EditorView
  readonly #destroy: () => void

  constructor(host: HTMLElement, options: DiffOptions) {
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
    const collapse = options.showsAll ? {} : { collapseUnchanged: COLLAPSE }
    if (options.layout === 'beside') {
      const merge = new MergeView({
        root,
        parent: root,
        a: { doc: options.before, extensions: parts(options, options.beforeLabel) },
        b: { doc: options.after, extensions: parts(options, options.afterLabel) },
        gutter: false,
        diffConfig: EFFORT,
        ...collapse,
      })
      // The element is CodeMirror's; through its style object, as the content security policy asks for.
      Object.assign(merge.dom.style, { height: '100%', maxHeight: 'inherit', borderRadius: 'inherit' })
      this.#view = merge.b
      this.#destroy = () => merge.destroy()
    } else {
      const label = `${options.beforeLabel} and ${options.afterLabel} compared`
      const merge = unifiedMergeView({
        original: options.before,
        mergeControls: false,
        gutter: false,
        syntaxHighlightDeletions: false,
        diffConfig: EFFORT,
        ...collapse,
      })
      const extensions = [...parts(options, label), ...merge]
      this.#view = new EditorView({ root, parent: root, state: EditorState.create({ doc: options.after, extensions }) })
      this.#destroy = () => this.#view.destroy()
    }
  }

  go(direction: 'next' | 'previous'): void {
    const move = direction === 'next' ? goToNextChunk : goToPreviousChunk
    move(this.#view)
    const caret = this.#view.state.selection.main.head
    this.#view.dispatch({ effects: EditorView.scrollIntoView(caret, { y: 'center' }) })
  }

  destroy(): void {
    this.#destroy()
  }
}

/** Lines on each side that the other one does not have. */
export function countDifferences(before: string, after: string): { removed: number; added: number } {
  const [old, current] = [before, after].map((text) => Text.of(text.split(/\r\n|\r|\n/)))
  if (old === undefined || current === undefined) return { removed: 0, added: 0 }
  let [removed, added] = [0, 0]
  for (const { fromA, toA, endA, fromB, toB, endB } of Chunk.build(old, current, EFFORT)) {
    if (toA > fromA) removed += old.lineAt(endA).number - old.lineAt(fromA).number + 1
    if (toB > fromB) added += current.lineAt(endB).number - current.lineAt(fromB).number + 1
  }
  return { removed, added }
}

function parts(options: DiffOptions, label: string): Extension[] {
  return [
    editorWords,
    lineNumbers(),
    diffSigns,
    highlightSpecialChars(),
    EditorState.readOnly.of(true),
    EditorView.contentAttributes.of({ 'aria-label': label, 'aria-readonly': 'true', tabindex: '0' }),
    options.wraps ? EditorView.lineWrapping : [],
    search({ top: true }),
    yamlText,
    diffTheme,
    editorTheme,
    keymap.of([...searchKeymap, ...defaultKeymap]),
  ]
}
