import type { CallArguments, Expression, Statement, Target } from './ast.ts'

/**
 * The names that a template takes from its context, in the order in which they appear: those it does not set itself and that
 * the environment does not bring.
 *
 * @source jinja2: meta.py find_undeclared_variables
 */
export function freeNames(body: Statement[], globals: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>()
  visitBody(body, new Set(), found)
  return [...found].filter((name) => !globals.has(name))
}

/** @param declared names set so far; grows while the statements are walked */
function visitBody(body: Statement[], declared: Set<string>, found: Set<string>): void {
  for (const statement of body) {
    if (statement.type === 'output') visit(statement.expression, declared, found)
    if (statement.type === 'if') visitIf(statement, declared, found)
    if (statement.type === 'for') visitFor(statement, declared, found)
    if (statement.type === 'set-block') {
      // the target counts as set before its body, as upstream's analysis has it
      declare(statement.target, declared, found)
      visitBody(statement.body, new Set(declared), found)
    }
    if (statement.type === 'set') {
      visit(statement.value, declared, found)
      declare(statement.target, declared, found)
    }
  }
}

/** Upstream takes every name that a branch sets for one that may also come from the context, even when all branches set it. */
function visitIf(
  { branches, otherwise }: Extract<Statement, { type: 'if' }>,
  declared: Set<string>,
  found: Set<string>,
): void {
  const set = new Set<string>()
  const visitBranch = (body: Statement[]): void => {
    const branch = new Set(declared)
    visitBody(body, branch, found)
    for (const name of branch) if (!declared.has(name)) set.add(name)
  }
  for (const { condition, body } of branches) {
    visit(condition, declared, found)
    visitBranch(body)
  }
  visitBranch(otherwise)
  for (const name of set) {
    found.add(name)
    declared.add(name)
  }
}

function visitFor(
  { target, iterable, condition, body, otherwise }: Extract<Statement, { type: 'for' }>,
  declared: Set<string>,
  found: Set<string>,
): void {
  visit(iterable, declared, found)
  const inner = new Set(declared)
  declare(target, inner, found)
  if (condition !== null) visit(condition, inner, found)
  visitBody(body, new Set([...inner, 'loop']), found)
  visitBody(otherwise, new Set(declared), found)
}

function declare(target: Target, declared: Set<string>, found: Set<string>): void {
  if (target.type === 'name') declared.add(target.name)
  else if (target.type === 'tuple') for (const item of target.items) declare(item, declared, found)
  else if (!declared.has(target.object)) found.add(target.object)
}

function visit(node: Expression | null, declared: Set<string>, found: Set<string>): void {
  if (node === null) return
  if (node.type === 'name') {
    if (!declared.has(node.name)) found.add(node.name)
    return
  }
  for (const child of childrenOf(node)) visit(child, declared, found)
}

function childrenOf(node: Expression): (Expression | null)[] {
  switch (node.type) {
    case 'literal':
    case 'name':
      return []
    case 'tuple':
    case 'list':
      return node.items
    case 'dict':
      return node.entries.flatMap(({ key, value }) => [key, value])
    case 'attribute':
      return [node.object]
    case 'item':
      return [node.object, node.key]
    case 'slice':
      return [node.start, node.stop, node.step]
    case 'call':
      return [node.callee, ...argumentsOf(node.arguments)]
    case 'filter':
    case 'test':
      return [node.value, ...argumentsOf(node.arguments)]
    case 'unary':
      return [node.operand]
    case 'binary':
    case 'logic':
      return [node.left, node.right]
    case 'concat':
      return node.parts
    case 'comparison':
      return [node.first, ...node.rest.map(({ operand }) => operand)]
    case 'conditional':
      return [node.condition, node.value, node.otherwise]
  }
}

function argumentsOf(given: CallArguments): (Expression | null)[] {
  return [...given.args, ...given.kwargs.map(({ value }) => value), given.rest, given.options]
}
