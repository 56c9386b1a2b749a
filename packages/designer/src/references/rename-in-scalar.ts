import { findReferences, type WorkflowReference } from '@st2/expressions'
import { scalarOffsets, scalarSource, type YamlScalar } from '@st2/yaml'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'

/** New names by old ones. */
export type Renames = ReadonlyMap<string, string>

/** Another text in place of some of a scalar's text. */
export interface TextSpan {
  start: number
  end: number
  insert: string
}

export interface ScalarRenames {
  spans: TextSpan[]
  /** Expressions that could not be read and have one of the names somewhere. */
  unread: string[]
}

const MAY_HOLD_EXPRESSION = /<%|\{\{|\{%/

/** Where the expressions of a text name what is renamed. */
export function renamesIn(text: string, kind: WorkflowReference['kind'], renames: Renames): ScalarRenames {
  if (!MAY_HOLD_EXPRESSION.test(text) || ![...renames.keys()].some((name) => text.includes(name))) {
    return { spans: [], unread: [] }
  }
  const { references, unread } = findReferences(text)
  const spans = references.flatMap((reference): TextSpan[] => {
    const to = reference.kind === kind ? renames.get(reference.name) : undefined
    if (to === undefined) return []
    const { start, end } = reference
    return [{ start, end, insert: reference.form === 'quoted' ? to : bareName(text, reference, to) }]
  })
  const texts = unread.map(({ start, end }) => text.slice(start, end))
  return { spans, unread: texts.filter((part) => [...renames.keys()].some((name) => part.includes(name))) }
}

const IDENTIFIER = /^(?!__)[A-Za-z_]\w*$/
/** Words that mean something else in one of the languages. */
const RESERVED = new Set([
  'and',
  'or',
  'not',
  'in',
  'is',
  'mod',
  'if',
  'else',
  'true',
  'false',
  'null',
  'none',
  'True',
  'False',
  'None',
  'get',
])

/** A bare word in parentheses may get quotes; behind a dot it can not. */
function bareName(text: string, { start, name }: WorkflowReference, to: string): string {
  if (IDENTIFIER.test(to) && !RESERVED.has(to)) return to
  if (text.slice(0, start).trimEnd().endsWith('.')) {
    throw new EditRefusal(`"${to}" can not stand behind a dot, where an expression has ".${name}".`)
  }
  return `'${to}'`
}

/** Changes parts of a scalar's text where they stand in the source, so that everything around them stays as it is written. */
export function replaceInScalar(draft: TreeDraft, node: YamlScalar, spans: readonly TextSpan[]): void {
  if (spans.length === 0) return
  const offsets = scalarOffsets(draft.text, node)
  const isWhole = spans.some(({ start, end }) => start === 0 && end === node.text.length)
  const splices = offsets === null || isWhole ? null : spans.map((span) => spliceOf(draft, node, offsets, span))
  if (splices !== null && splices.every((splice) => splice !== null)) {
    for (const { from, to, insert } of splices) draft.replace(from, to, insert)
  } else draft.replace(node.contentStart, node.end, rewritten(node, spans))
}

/** null where the source does not have the text as it is. */
function spliceOf({ text }: TreeDraft, node: YamlScalar, offsets: readonly number[], { start, end, insert }: TextSpan) {
  const from = offsets[start] ?? 0
  const to = (offsets[end - 1] ?? 0) + 1
  if (text.slice(from, to) !== node.text.slice(start, end)) return null
  if (node.style === 'double-quoted' && /["\\]/.test(insert)) return null
  return { from, to, insert: node.style === 'single-quoted' ? insert.replaceAll("'", "''") : insert }
}

/** On one line, quoted so that it may stand anywhere. */
function rewritten({ text, style }: YamlScalar, spans: readonly TextSpan[]): string {
  let result = ''
  let at = 0
  for (const { start, end, insert } of spans) {
    result += text.slice(at, start) + insert
    at = end
  }
  const own = style === 'single-quoted' || style === 'double-quoted' ? style : 'plain'
  return scalarSource(result + text.slice(at), { isFlow: true, style: own })
}
