import { contentOffset, stripDelimiters } from '../orquesta/delimiters.ts'
import type { ArgumentNode } from '../yaql/ast.ts'
import { parseYaql } from '../yaql/evaluate.ts'
import type { WorkflowReference } from './find-references.ts'
import { CONTAINER_CALLS, NAMING_CALLS, nameAt } from './naming-calls.ts'

type Kind = WorkflowReference['kind']

/** @param expression with its delimiters */
export function yaqlReferences(expression: string): (WorkflowReference | null)[] {
  const content = stripDelimiters('yaql', expression)
  const start = contentOffset('yaql', expression)
  const found: (WorkflowReference | null)[] = []
  const note = (kind: Kind, node: ArgumentNode | undefined): void => {
    if (node?.kind !== 'constant' || typeof node.value !== 'string' || node.value === '') return
    found.push(nameAt(expression, start + node.start, kind, node.value))
  }
  visit(parseYaql(content).tree, note)
  return found
}

const MEMBER = new Set(['#operator_.', '#operator_?.'])

function visit(node: ArgumentNode, note: (kind: Kind, node: ArgumentNode | undefined) => void): void {
  if (node.kind === 'group') return visit(node.inner, note)
  if (node.kind === 'rule') {
    visit(node.source, note)
    return visit(node.destination, note)
  }
  if (node.kind !== 'call') return
  const naming = node.isWritten ? NAMING_CALLS.get(node.name) : undefined
  if (naming !== undefined) note(naming.kind, namingArgument(node.args, naming.parameter))
  const container = containerKind(node.args[0])
  const [, second] = node.args
  if (container !== null && MEMBER.has(node.name)) {
    const isGet = second?.kind === 'call' && second.isWritten && second.name === 'get'
    note(container, isGet ? second.args[0] : second)
  }
  if (container !== null && node.name === '#indexer') note(container, second)
  for (const argument of node.args) visit(argument, note)
}

/** By its place, or by its name in camelCase. */
function namingArgument(args: readonly ArgumentNode[], parameter: string): ArgumentNode | undefined {
  const camelCase = parameter.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())
  const byName = args.find(
    (argument) =>
      argument.kind === 'rule' && argument.source.kind === 'constant' && argument.source.value === camelCase,
  )
  return byName?.kind === 'rule' ? byName.destination : args[0]
}

function containerKind(node: ArgumentNode | undefined): Kind | null {
  if (node?.kind === 'group') return containerKind(node.inner)
  if (node?.kind !== 'call' || !node.isWritten || node.args.length > 0) return null
  return CONTAINER_CALLS.get(node.name) ?? null
}
