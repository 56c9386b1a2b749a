import { closeBrackets, closeBracketsKeymap } from '@codemirror/autocomplete'
import { history, historyKeymap, standardKeymap } from '@codemirror/commands'
import { bracketMatching } from '@codemirror/language'
import { Compartment, EditorState, type Extension } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder } from '@codemirror/view'
import { diffTexts } from '@st2/designer'
import { assistedBy, type CodeAssistant } from './assisted-by.ts'
import { closingDelimiters } from './closing-delimiters.ts'
import { editorTheme } from './editor-theme.ts'
import { fieldTheme } from './field-theme.ts'
import { highlightCode } from './highlight-code.ts'
import { FROM_OUTSIDE, typedChanges } from './outside-changes.ts'
import { TextInEditor } from './text-in-editor.ts'
import { typedOverSelection } from './typed-over.ts'

export interface FieldOptions {
  readonly text: string
  readonly isMultiline: boolean
  readonly placeholder: string
  readonly assistant: CodeAssistant
}

/** What assistive technology tells of a field. */
export interface FieldDescription {
  readonly label: string
  readonly description: string
  readonly isInvalid: boolean
}

export interface FieldEvents {
  readonly changed: (text: string) => void
  readonly left: () => void
  readonly entered: () => void
}

/** A small editor that takes the place of a text input: no gutters, its own short history, and Tab goes on to the next field. */
export class FieldView {
  readonly #view: EditorView
  readonly #text: TextInEditor
  readonly #events: FieldEvents
  readonly #described = new Compartment()
  #description = ''

  constructor(host: HTMLElement, options: FieldOptions, events: FieldEvents) {
    this.#text = new TextInEditor(options.text)
    this.#events = events
    const root = host.shadowRoot ?? host.attachShadow({ mode: 'open', delegatesFocus: true })
    this.#view = new EditorView({
      root,
      parent: root,
      state: EditorState.create({ doc: this.#text.shown, extensions: this.#extensions(options) }),
    })
  }

  setText(text: string): void {
    if (!this.#text.isNews(text)) return
    const changes = diffTexts(this.#view.state.doc.toString(), this.#text.replaceBy(text))
    this.#view.dispatch({ changes, annotations: FROM_OUTSIDE.of(true) })
  }

  /** Asked after every render: most change nothing. */
  describe(field: FieldDescription): void {
    const key = JSON.stringify(field)
    if (key === this.#description) return
    this.#description = key
    const { label, description, isInvalid } = field
    const attributes: Record<string, string> = {
      'aria-label': label,
      tabindex: '0',
      ...(description === '' ? {} : { 'aria-description': description }),
      ...(isInvalid ? { 'aria-invalid': 'true' } : {}),
    }
    this.#view.dispatch({ effects: this.#described.reconfigure(EditorView.contentAttributes.of(attributes)) })
  }

  focus(): void {
    this.#view.focus()
  }

  destroy(): void {
    this.#view.destroy()
  }

  #extensions({ isMultiline, placeholder: shown, assistant }: FieldOptions): Extension[] {
    const enter = keymap.of([
      {
        key: 'Enter',
        run: () => {
          this.#events.entered()
          return true
        },
      },
    ])
    return [
      this.#described.of([]),
      history(),
      drawSelection(),
      bracketMatching(),
      closeBrackets(),
      closingDelimiters,
      typedOverSelection,
      assistedBy(assistant),
      highlightCode('expressions'),
      EditorView.lineWrapping,
      shown === '' ? [] : placeholder(shown),
      isMultiline ? [] : [enter, oneLine],
      keymap.of([...closeBracketsKeymap, ...historyKeymap, ...standardKeymap]),
      fieldTheme,
      editorTheme,
      EditorView.domEventHandlers({ blur: () => this.#events.left() }),
      EditorView.updateListener.of((update) => {
        const changes = typedChanges(update)
        if (changes === null) return
        this.#text.type(changes)
        this.#events.changed(this.#text.text)
      }),
    ]
  }
}

/** A pasted line end becomes a blank. */
const oneLine: Extension = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction
  const text = transaction.newDoc.toString().replaceAll('\n', ' ')
  return [
    {
      changes: { from: 0, to: transaction.startState.doc.length, insert: text },
      selection: { anchor: Math.min(transaction.newSelection.main.head, text.length) },
      userEvent: 'input',
    },
  ]
})
