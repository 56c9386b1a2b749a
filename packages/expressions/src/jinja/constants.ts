/**
 * Upstream works out constant parts of expressions before anything runs. Where such a part uses what does not exist, the
 * template fails then, whether the place is ever reached or not.
 *
 * @source jinja2: optimizer.py, nodes.py as_const
 */
import type { CallArguments, Expression } from './ast.ts'

/** Filters that see the context: they are no constants. */
const SEES_CONTEXT = new Set(['map', 'select', 'reject', 'selectattr', 'rejectattr', 'random'])

export function isConstant(node: Expression): boolean {
  switch (node.type) {
    case 'literal':
      return true
    case 'tuple':
    case 'list':
      return node.items.every(isConstant)
    case 'dict':
      return node.entries.every(({ key, value }) => isConstant(key) && isConstant(value))
    case 'attribute':
      return isConstant(node.object)
    case 'item':
      return isConstant(node.object) && isConstant(node.key)
    case 'slice':
      return [node.start, node.stop, node.step].every((part) => part === null || isConstant(part))
    case 'filter':
      return (
        !SEES_CONTEXT.has(node.name) && node.value !== null && isConstant(node.value) && areConstant(node.arguments)
      )
    case 'test':
      return isConstant(node.value) && areConstant(node.arguments)
    case 'unary':
      return isConstant(node.operand)
    case 'binary':
      return isConstant(node.left) && isConstant(node.right)
    case 'concat':
      return node.parts.every(isConstant)
    case 'logic':
      return isConstant(node.left) && isConstant(node.right)
    case 'comparison':
      return isConstant(node.first) && node.rest.every(({ operand }) => isConstant(operand))
    case 'conditional':
      return (
        isConstant(node.condition) && isConstant(node.value) && (node.otherwise === null || isConstant(node.otherwise))
      )
    case 'name':
    case 'call':
      return false
  }
}

function areConstant({ args, kwargs, rest, options }: CallArguments): boolean {
  return rest === null && options === null && args.every(isConstant) && kwargs.every(({ value }) => isConstant(value))
}

/** A constant that may turn out not to exist. */
export function mayBeMissing(node: Expression): boolean {
  const leadsSomewhere = node.type === 'attribute' || node.type === 'item' || node.type === 'filter'
  return (leadsSomewhere || node.type === 'logic' || node.type === 'conditional') && isConstant(node)
}
