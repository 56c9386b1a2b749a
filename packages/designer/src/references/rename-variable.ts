import { findInlineParameters } from '@st2/orquesta'
import type { YamlMapping, YamlNode, YamlScalar } from '@st2/yaml'
import { fieldOf, resolved } from '../model/node-values.ts'
import { tasksMapping } from '../model/tasks-mapping.ts'
import { EditRefusal, type TreeDraft } from '../yaml-edits/tree-draft.ts'
import { collectAssigned, collectTask, ScalarCollector, transitionsOf } from './evaluated-scalars.ts'
import { replaceInScalar, renamesIn, type TextSpan } from './rename-in-scalar.ts'

export interface VariableRename {
  from: string
  to: string
}

export interface RenamedVariable {
  /** Places where it gets its value. */
  declarations: number
  /** Places where expressions name it. */
  references: number
  unread: string[]
}

/** Renames a variable wherever it is given a value and wherever an expression names it; outcomes keep their names. */
export function renameVariable(draft: TreeDraft, root: YamlMapping, rename: VariableRename): RenamedVariable {
  const taskNodes = tasksMapping(root)?.pairs.map(({ value }) => value) ?? []
  const spans = new SpanCollector()
  const declarations = [
    ...declarationsIn(fieldOf(root, 'input')),
    ...declarationsIn(fieldOf(root, 'vars')),
    ...taskNodes.flatMap(publishedBy),
  ]
  const declared = spans.declare(new Set(declarations), rename)
  const collector = new ScalarCollector()
  collectAssigned(collector, fieldOf(root, 'input'))
  collectAssigned(collector, fieldOf(root, 'vars'))
  for (const task of taskNodes) collectTask(collector, task)
  collectOutput(collector, fieldOf(root, 'output'), rename)
  const found = spans.refer(collector.scalars, rename)
  for (const [scalar, own] of spans.all)
    replaceInScalar(
      draft,
      scalar,
      own.toSorted((a, b) => a.start - b.start),
    )
  return { declarations: declared, ...found }
}

/** Texts with what changes in them: one may hold declarations and references. */
class SpanCollector {
  readonly all = new Map<YamlScalar, TextSpan[]>()

  declare(scalars: ReadonlySet<Declaration>, { from, to }: VariableRename): number {
    let count = 0
    for (const { scalar, isInline } of scalars) {
      const spans = isInline ? inlineNames(scalar.text, from, to) : wholeName(scalar.text, from, to)
      // a text behind several aliases is written once
      if (spans.length === 0 || this.all.has(scalar)) continue
      this.all.set(scalar, spans)
      count += spans.length
    }
    return count
  }

  refer(scalars: readonly YamlScalar[], { from, to }: VariableRename): Omit<RenamedVariable, 'declarations'> {
    let references = 0
    const unread: string[] = []
    for (const scalar of scalars) {
      const found = renamesIn(scalar.text, 'variable', new Map([[from, to]]))
      unread.push(...found.unread)
      if (found.spans.length === 0) continue
      references += found.spans.length
      this.all.set(scalar, [...(this.all.get(scalar) ?? []), ...found.spans])
    }
    return { references, unread }
  }
}

interface Declaration {
  scalar: YamlScalar
  /** `name=value` in a text. */
  isInline: boolean
}

function declarationsIn(field: YamlNode | null): Declaration[] {
  const node = resolved(field)
  if (node?.kind === 'scalar') return [{ scalar: node, isInline: true }]
  if (node?.kind !== 'seq') return []
  return node.items.flatMap(({ value }): Declaration[] => {
    const item = resolved(value)
    const name = item?.kind === 'map' ? resolved(item.pairs[0]?.key) : item
    return name?.kind === 'scalar' ? [{ scalar: name, isInline: false }] : []
  })
}

function publishedBy(task: YamlNode): Declaration[] {
  return transitionsOf(task).flatMap((transition) => {
    const node = resolved(transition)
    return node?.kind === 'map' ? declarationsIn(fieldOf(node, 'publish')) : []
  })
}

function wholeName(text: string, from: string, to: string): TextSpan[] {
  return text === from ? [{ start: 0, end: text.length, insert: to }] : []
}

function inlineNames(text: string, from: string, to: string): TextSpan[] {
  return findInlineParameters(text)
    .filter(({ name }) => name === from)
    .map(({ start }) => ({ start, end: start + from.length, insert: to }))
}

/** Outcomes are variables for those after them: behind one of the old name that name means the outcome. */
function collectOutput(collector: ScalarCollector, field: YamlNode | null, { from, to }: VariableRename): void {
  const list = resolved(field)
  if (list?.kind !== 'seq') return
  let isTaken = false
  for (const item of list.items) {
    const mapping = resolved(item.value)
    if (mapping?.kind !== 'map') continue
    const own = new ScalarCollector()
    for (const { value } of mapping.pairs) own.add(value)
    if (
      isTaken &&
      own.scalars.some(({ text }) => renamesIn(text, 'variable', new Map([[from, to]])).spans.length > 0)
    ) {
      throw new EditRefusal(`There is an outcome "${to}", which later outcomes would mean then.`)
    }
    for (const { value } of mapping.pairs) collector.add(value)
    const names = mapping.pairs.map(({ name }) => name)
    if (names.includes(from)) return
    if (names.includes(to)) isTaken = true
  }
}
