import { syntaxTree } from '@codemirror/language'
import { type Extension, type Range, RangeSet } from '@codemirror/state'
import { Decoration, type DecorationSet, type EditorView, ViewPlugin, type ViewUpdate } from '@codemirror/view'
import { expressionSpans, expressionTokens } from '@st2/designer'
import type { WorkflowLanguage } from '@st2/expressions'

/** What the words of a text are painted as: those of YAML, or only the expressions in it. */
export type Painted = 'yaml' | 'expressions'

/** Classes for the words that are seen; the colours are in editor-theme.ts. */
export function highlightCode(painted: Painted): Extension {
  return ViewPlugin.fromClass(
    class {
      marks: DecorationSet
      constructor(view: EditorView) {
        this.marks = marksIn(view, painted)
      }
      update(update: ViewUpdate): void {
        const isParsedFurther = syntaxTree(update.startState) !== syntaxTree(update.state)
        if (update.docChanged || update.viewportChanged || isParsedFurther) this.marks = marksIn(update.view, painted)
      }
    },
    { decorations: (plugin) => plugin.marks },
  )
}

const CLASSES: Readonly<Record<string, string>> = {
  Comment: 'tok-comment',
  Anchor: 'tok-anchor',
  Alias: 'tok-anchor',
  Tag: 'tok-anchor',
  DirectiveEnd: 'tok-sign',
  DocEnd: 'tok-sign',
  BlockLiteralHeader: 'tok-sign',
  QuotedLiteral: 'tok-string',
  BlockLiteralContent: 'tok-string',
  '-': 'tok-sign',
  ':': 'tok-sign',
  ',': 'tok-sign',
  '[': 'tok-sign',
  ']': 'tok-sign',
  '{': 'tok-sign',
  '}': 'tok-sign',
}
const TEXTS = new Set(['Literal', 'QuotedLiteral', 'BlockLiteralContent'])
/** As YAML 1.1 reads them. */
const NUMBER = /^[-+]?(?:0x[\da-f]+|0o?[0-7]+|[\d_]*\.?\d+(?:e[-+]?\d+)?|\.inf|\.nan)$/i
const LITERAL = /^(?:true|false|yes|no|on|off|null|~)$/i

const marks = new Map<string, Decoration>()

function mark(name: string): Decoration {
  const known = marks.get(name)
  if (known !== undefined) return known
  const made = Decoration.mark({ class: name })
  marks.set(name, made)
  return made
}

function marksIn(view: EditorView, painted: Painted): DecorationSet {
  const found: Range<Decoration>[] = []
  for (const { from, to } of view.visibleRanges) {
    if (painted === 'yaml') markYaml(view, from, to, found)
    else markExpressions(view.state.sliceDoc(from, to), from, found)
  }
  return RangeSet.of(found, true)
}

function markYaml(view: EditorView, from: number, to: number, found: Range<Decoration>[]): void {
  syntaxTree(view.state).iterate({
    from,
    to,
    enter: (node) => {
      if (node.name === 'Key') {
        found.push(mark('tok-key').range(node.from, node.to))
        return false
      }
      const name = CLASSES[node.name]
      const [start, end] = [Math.max(node.from, from), Math.min(node.to, to)]
      if (start >= end) return
      if (name !== undefined) found.push(mark(name).range(start, end))
      if (!TEXTS.has(node.name)) return
      const text = view.state.sliceDoc(start, end)
      if (node.name === 'Literal') markLiteral(text, start, found)
      markExpressions(text, start, found)
    },
  })
}

function markLiteral(text: string, from: number, found: Range<Decoration>[]): void {
  if (NUMBER.test(text)) found.push(mark('tok-number').range(from, from + text.length))
  else if (LITERAL.test(text)) found.push(mark('tok-literal').range(from, from + text.length))
}

function markExpressions(text: string, offset: number, found: Range<Decoration>[]): void {
  for (const { from, to, contentFrom, contentTo, language, isClosed } of expressionSpans(text)) {
    found.push(
      mark('tok-expression').range(offset + from, offset + to),
      mark('tok-delimiter').range(offset + from, offset + contentFrom),
    )
    if (isClosed) found.push(mark('tok-delimiter').range(offset + contentTo, offset + to))
    markTokens(text.slice(contentFrom, contentTo), offset + contentFrom, language, found)
  }
}

function markTokens(text: string, offset: number, language: WorkflowLanguage, found: Range<Decoration>[]): void {
  for (const { kind, from, to } of expressionTokens(text, language)) {
    found.push(mark(`tok-${kind}`).range(offset + from, offset + to))
  }
}
