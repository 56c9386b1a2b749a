import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { type Extension, StateEffect, StateField } from '@codemirror/state'
import { EditorView, hoverTooltip, keymap, logException, showTooltip, type Tooltip } from '@codemirror/view'
import type { Help, Suggestion, Suggestions } from '@st2/designer'

/** Knows the language of a text: what could be written at a place, and what stands there. Offsets are the shown text's. */
export interface CodeAssistant {
  /** @param isAsked the user asked for it, rather than typing */
  readonly complete: (
    text: string,
    offset: number,
    isAsked: boolean,
  ) => Suggestions | null | Promise<Suggestions | null>
  readonly help: (text: string, offset: number) => Help | null | Promise<Help | null>
}

/** Options that are rendered at once; the list says when there are more. */
const MAX_OPTIONS = 100
const HOVER_MS = 350

export function assistedBy(assistant: CodeAssistant): Extension {
  return [
    autocompletion({
      override: [(context) => completionsOf(assistant, context)],
      maxRenderedOptions: MAX_OPTIONS,
      icons: false,
    }),
    hoverTooltip((view, offset) => tooltipAt(assistant, view, offset), { hoverTime: HOVER_MS }),
    helpAtCaret,
    keymap.of([
      { key: 'Mod-i', run: (view) => askHelp(assistant, view), preventDefault: true },
      { key: 'Escape', run: closeHelp },
    ]),
  ]
}

async function completionsOf(assistant: CodeAssistant, context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos, explicit } = context
  const found = await assistant.complete(state.doc.toString(), pos, explicit)
  if (found === null || context.aborted || found.items.length === 0) return null
  return {
    from: found.from,
    to: found.to,
    options: found.items.map((item, order) => optionOf(item, order)),
    ...(found.isFiltered ? { filter: false } : { validFor: /^[\p{L}\p{N}_-]*$/u }),
  }
}

function optionOf(item: Suggestion, order: number): Completion {
  const { label, kind, detail, help, insert, caret } = item
  return {
    label,
    type: kind,
    detail,
    // Near the top of the list counts for a little; how well the word fits counts for more.
    boost: Math.max(-50, 40 - order),
    ...(help === '' ? {} : { info: () => helpElement({ title: detail === '' ? label : detail, text: help }) }),
    apply: (view, _completion, from, to) => {
      view.dispatch({
        changes: { from, to, insert },
        selection: { anchor: from + (caret ?? insert.length) },
        scrollIntoView: true,
        userEvent: 'input.complete',
      })
    },
  }
}

async function tooltipAt(assistant: CodeAssistant, view: EditorView, offset: number): Promise<Tooltip | null> {
  const help = await assistant.help(view.state.doc.toString(), offset)
  return help === null ? null : tooltipOf(help)
}

function tooltipOf(help: Help): Tooltip {
  return { pos: help.from, end: help.to, above: true, create: () => ({ dom: helpElement(help) }) }
}

const setHelp = StateEffect.define<Tooltip | null>()

/** Help that was asked for by key: it stays until the caret moves on. */
const helpAtCaret = StateField.define<Tooltip | null>({
  create: () => null,
  update: (shown, transaction) => {
    for (const effect of transaction.effects) if (effect.is(setHelp)) return effect.value
    return transaction.docChanged || transaction.selection !== undefined ? null : shown
  },
  provide: (field) => showTooltip.from(field),
})

function askHelp(assistant: CodeAssistant, view: EditorView): boolean {
  const { head } = view.state.selection.main
  const asked = view.state
  const show = (help: Help | null) => {
    if (view.state.doc !== asked.doc) return
    const spoken = help === null ? 'There is no help here.' : `${help.title}. ${help.text}`
    view.dispatch({
      effects: [setHelp.of(help === null ? null : tooltipOf(help)), EditorView.announce.of(spoken)],
    })
  }
  // As CodeMirror does with what fails when a completion or a tooltip is asked for.
  const failed = (error: unknown) => logException(view.state, error, 'help')
  void Promise.resolve(assistant.help(asked.doc.toString(), head)).then(show, failed)
  return true
}

function closeHelp(view: EditorView): boolean {
  if (view.state.field(helpAtCaret, false) == null) return false
  view.dispatch({ effects: setHelp.of(null) })
  return true
}

function helpElement({ title, text }: { title: string; text: string }): HTMLElement {
  const element = document.createElement('div')
  element.className = 'help'
  const name = document.createElement('code')
  name.textContent = title
  const body = document.createElement('p')
  body.textContent = text
  element.append(name, ...(text === '' ? [] : [body]))
  return element
}
