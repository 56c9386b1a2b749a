import { closeBrackets } from '@codemirror/autocomplete'
import { bracketMatching, codeFolding, foldGutter, indentOnInput } from '@codemirror/language'
import { lintGutter, setDiagnostics } from '@codemirror/lint'
import { highlightSelectionMatches, openSearchPanel, search } from '@codemirror/search'
import { type ChangeDesc, ChangeSet, Compartment, EditorState, type Extension } from '@codemirror/state'
import {
  drawSelection,
  dropCursor,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  lineNumbers,
  rectangularSelection,
  type ViewUpdate,
} from '@codemirror/view'
import { diffTexts, type TextChange } from '@st2/designer'
import { assistedBy, type CodeAssistant } from './assisted-by.ts'
import { closingDelimiters } from './closing-delimiters.ts'
import { editorKeys, ownerKeys, tabIndents } from './editor-keys.ts'
import { type EditorProblem, type ProblemFix, toDiagnostic } from './editor-problem.ts'
import { editorTheme } from './editor-theme.ts'
import { editorWords } from './editor-words.ts'
import type { LineEnds } from './line-ends.ts'
import { FROM_OUTSIDE, typedChanges } from './outside-changes.ts'
import { problemKeys } from './problem-walk.ts'
import { TextInEditor } from './text-in-editor.ts'
import { typedOverSelection } from './typed-over.ts'
import { yamlText } from './yaml-text.ts'

export interface CodeViewEvents {
  readonly changed: (changes: TextChange[]) => void
  /** @param place line and column from 1 */
  readonly caretMoved: (offset: number, place: { line: number; column: number }) => void
  readonly left: () => void
  /** @returns false: there was nothing to undo */
  readonly undo: () => boolean
  readonly redo: () => boolean
  readonly save: () => boolean
}

/** A place to show. */
export interface Reveal {
  readonly from: number
  readonly to: number
  readonly focus?: boolean
}

/** One editor in a shadow root, where CodeMirror's styles are constructed sheets, which the content security policy allows. */
export class CodeView {
  readonly #view: EditorView
  readonly #text: TextInEditor
  readonly #events: CodeViewEvents
  readonly #settings = { access: new Compartment(), wrap: new Compartment(), assistant: new Compartment() }
  /** Whether the next change from outside is an undo or a redo that was asked for here: the caret goes there. */
  #follows = false
  #problems: readonly EditorProblem[] = []
  /** The text in which problems were found, and what happened to it since. */
  #marked: { ends: LineEnds; since: ChangeDesc }

  constructor(host: HTMLElement, given: { text: string; label: string }, events: CodeViewEvents) {
    this.#text = new TextInEditor(given.text)
    this.#marked = { ends: this.#text.ends, since: ChangeSet.empty(this.#text.shown.length) }
    this.#events = events
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: this.#text.shown,
        extensions: [
          ownerKeys({
            undo: () => this.#follow(events.undo),
            redo: () => this.#follow(events.redo),
            save: events.save,
          }),
          this.#settings.access.of(accessOf(given.label, true)),
          this.#settings.wrap.of([]),
          this.#settings.assistant.of([]),
          ...PARTS,
          EditorView.updateListener.of((update) => this.#updated(update)),
          EditorView.domEventHandlers({ blur: () => events.left() }),
        ],
      }),
    })
  }

  setText(text: string): void {
    if (!this.#text.isNews(text)) return
    const changes = diffTexts(this.#view.state.doc.toString(), this.#text.replaceBy(text))
    const caret = this.#follows ? changes.map(({ from, insert }) => from + insert.length)[0] : undefined
    this.#follows = false
    this.#view.dispatch({
      changes,
      ...(caret === undefined ? {} : { selection: { anchor: caret }, scrollIntoView: true }),
      annotations: FROM_OUTSIDE.of(true),
    })
  }

  setAccess(label: string, isReadOnly: boolean): void {
    this.#configure('access', accessOf(label, isReadOnly))
  }

  setWrap(wraps: boolean): void {
    this.#configure('wrap', wraps ? EditorView.lineWrapping : [])
  }

  setAssistant(assistant: CodeAssistant | null): void {
    this.#configure('assistant', assistant === null ? [] : assistedBy(assistant))
  }

  /** The same ones again, whatever list they are in, stay where the text has carried them. */
  setProblems(problems: readonly EditorProblem[]): void {
    if (problems.length === this.#problems.length && problems.every((one, at) => one === this.#problems[at])) return
    this.#problems = problems
    const { doc } = this.#view.state
    this.#marked = { ends: this.#text.ends, since: ChangeSet.empty(doc.length) }
    const diagnostics = problems.map((problem) =>
      toDiagnostic(problem, this.#text.ends, (fix) => this.applyFix(problem, fix)),
    )
    this.#view.dispatch(setDiagnostics(this.#view.state, diagnostics))
  }

  /** Does nothing when the place was changed since: the problem is another one by now. */
  applyFix(problem: EditorProblem, fix: ProblemFix): void {
    const { ends, since } = this.#marked
    const [from, to] = [ends.toShown(problem.from), ends.toShown(problem.to)]
    if (since.touchesRange(from, to) !== false) return
    this.#view.dispatch({
      changes: fix.changes.map((change) => ({
        from: since.mapPos(ends.toShown(change.from)),
        to: since.mapPos(ends.toShown(change.to)),
        insert: change.insert,
      })),
      userEvent: 'input.fix',
    })
    this.#view.focus()
  }

  lineOf({ from }: EditorProblem): number {
    const { ends, since } = this.#marked
    return this.#view.state.doc.lineAt(since.mapPos(ends.toShown(from))).number
  }

  showProblem(problem: EditorProblem): void {
    const { ends, since } = this.#marked
    const [anchor, head] = [problem.to, problem.from].map((offset) => since.mapPos(ends.toShown(offset)))
    this.#select(anchor ?? 0, head ?? 0)
    this.#view.focus()
  }

  reveal({ from, to, focus = false }: Reveal): void {
    this.#select(this.#text.ends.toShown(to), this.#text.ends.toShown(from))
    if (focus) this.#view.focus()
  }

  focus(): void {
    this.#view.focus()
  }

  openSearch(): void {
    openSearchPanel(this.#view)
  }

  destroy(): void {
    this.#view.destroy()
  }

  #configure(setting: 'access' | 'wrap' | 'assistant', extension: Extension): void {
    this.#view.dispatch({ effects: this.#settings[setting].reconfigure(extension) })
  }

  #select(anchor: number, head: number): void {
    this.#view.dispatch({ selection: { anchor, head }, effects: EditorView.scrollIntoView(head, { y: 'center' }) })
  }

  #follow(run: () => boolean): void {
    this.#follows = true
    if (!run()) this.#follows = false
  }

  #updated(update: ViewUpdate): void {
    if (update.docChanged) this.#marked.since = this.#marked.since.composeDesc(update.changes)
    const typed = typedChanges(update)
    if (typed !== null) {
      this.#follows = false
      this.#events.changed(this.#text.type(typed))
    }
    if (update.docChanged || update.selectionSet) this.#tellCaret()
  }

  #tellCaret(): void {
    const { head } = this.#view.state.selection.main
    const line = this.#view.state.doc.lineAt(head)
    this.#events.caretMoved(this.#text.ends.toText(head), { line: line.number, column: head - line.from + 1 })
  }
}

/** In one order for all editors: their styles are shared, and the later ones win. */
const PARTS: readonly Extension[] = [
  editorWords,
  lineNumbers(),
  foldGutter({ openText: '▾', closedText: '▸' }),
  codeFolding(),
  lintGutter(),
  highlightSpecialChars(),
  drawSelection(),
  dropCursor(),
  rectangularSelection(),
  EditorState.allowMultipleSelections.of(true),
  indentOnInput(),
  bracketMatching(),
  closeBrackets(),
  closingDelimiters,
  typedOverSelection,
  highlightActiveLine(),
  highlightActiveLineGutter(),
  highlightSelectionMatches(),
  search({ top: true }),
  yamlText,
  editorTheme,
  problemKeys,
  editorKeys,
]

function accessOf(label: string, isReadOnly: boolean): Extension {
  return [
    EditorState.readOnly.of(isReadOnly),
    EditorView.contentAttributes.of({
      tabindex: '0',
      'aria-label': isReadOnly ? label : `${label}. Escape, then Tab leaves the editor.`,
      ...(isReadOnly ? { 'aria-readonly': 'true' } : {}),
    }),
    isReadOnly ? [] : tabIndents,
  ]
}
