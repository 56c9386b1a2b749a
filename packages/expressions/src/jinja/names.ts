import type { CallArguments, Expression, Statement, Target } from './ast.ts'

/**
 * The names that a template takes from its context, in the order in which they appear: those it does not set itself and that
 * the environment does not bring.
 *
 * @source jinja2: meta.py find_undeclared_variables
 */
export function freeNames(body: Statement[], globals: ReadonlyMap<string, unknown>): string[] {
  const found = new Set<string>()
  visitBody(body, new Set(['self']), found)
  return [...found].filter((name) => !globals.has(name))
}

/**
 * @param declared names set so far; grows while the statements are walked
 * @param all with those that statements of the same scope set later on: a scope inside of it may use them
 */
function visitBody(
  body: Statement[],
  declared: Set<string>,
  found: Set<string>,
  all: ReadonlySet<string> = new Set([...declared, ...body.flatMap(namesSetBy)]),
): void {
  for (const statement of body) VISITORS[statement.type](statement, { declared, all, found })
}

/** Names that a statement sets in the scope it stands in. */
function namesSetBy(statement: Statement): string[] {
  switch (statement.type) {
    case 'set':
    case 'set-block':
      return namesOf(statement.target)
    case 'macro':
      return [statement.name]
    case 'template-reference':
      return statement.names
    case 'if':
      return [...statement.branches.flatMap(({ body }) => body), ...statement.otherwise].flatMap(namesSetBy)
    default:
      return []
  }
}

function namesOf(target: Target): string[] {
  if (target.type === 'name') return [target.name]
  return target.type === 'tuple' ? target.items.flatMap(namesOf) : []
}

interface Place {
  declared: Set<string>
  all: ReadonlySet<string>
  found: Set<string>
}

type Visitor = (statement: Statement, place: Place) => void

/** A visitor for one type of statement, as one for all. */
function on<Type extends Statement['type']>(
  type: Type,
  visitOne: (statement: Extract<Statement, { type: Type }>, place: Place) => void,
): Visitor {
  const isOfType = (statement: Statement): statement is Extract<Statement, { type: Type }> => statement.type === type
  return (statement, place) => {
    if (isOfType(statement)) visitOne(statement, place)
  }
}

const VISITORS: Record<Statement['type'], Visitor> = {
  text: () => undefined,
  output: on('output', ({ expression }, { declared, found }) => visit(expression, declared, found)),
  print: on('print', ({ items }, { declared, found }) => items.forEach((item) => visit(item, declared, found))),
  if: on('if', visitIf),
  for: on('for', visitFor),
  set: on('set', ({ value, target }, { declared, found }) => {
    visit(value, declared, found)
    declare(target, declared, found)
  }),
  // the target counts as set before its body, as upstream's analysis has it
  'set-block': on('set-block', ({ target, filters, body }, place) => {
    declare(target, place.declared, place.found)
    visitFiltered(filters, body, place)
  }),
  'filter-block': on('filter-block', ({ filters, body }, place) => visitFiltered(filters, body, place)),
  macro: on('macro', ({ name, signature, body }, place) => {
    place.declared.add(name)
    visitMacro(signature, body, place)
  }),
  'call-block': on('call-block', ({ signature, call, body }, place) => {
    visitMacro(signature, body, place)
    visit(call, place.declared, place.found)
  }),
  with: on('with', ({ bindings, body }, { declared, all, found }) => {
    for (const { value } of bindings) visit(value, declared, found)
    const inner = new Set(all)
    for (const { target } of bindings) declare(target, inner, found)
    visitBody(body, inner, found)
  }),
  autoescape: on('autoescape', ({ value, body }, { all, found }) => {
    visit(value, new Set(all), found)
    visitBody(body, new Set(all), found)
  }),
  // a block is a function of the context: what the template sets around it is looked up there
  block: on('block', ({ body }, { found }) => visitBody(body, new Set(['self', 'super']), found)),
  'template-reference': on('template-reference', ({ template, names }, { declared, found }) => {
    visit(template, declared, found)
    for (const name of names) declared.add(name)
  }),
}

function visitFiltered(filters: Expression[], body: Statement[], { all, found }: Place): void {
  const inner = new Set(all)
  visitBody(body, inner, found)
  for (const filter of filters) visit(filter, inner, found)
}

function visitMacro(
  { parameters, defaults }: { parameters: string[]; defaults: Expression[] },
  body: Statement[],
  { all, found }: Place,
): void {
  const inner = new Set([...all, ...parameters, 'caller', 'kwargs', 'varargs'])
  for (const value of defaults) visit(value, inner, found)
  visitBody(body, inner, found)
}

/** Whether statements read a name: what decides if a macro takes a caller and further arguments. */
export function mentions(body: Statement[], name: string): boolean {
  return expressionsIn(body).some((expression) => reads(expression, name))
}

/** Upstream takes every name that a branch sets for one that may also come from the context, even when all branches set it. */
function visitIf({ branches, otherwise }: Extract<Statement, { type: 'if' }>, { declared, all, found }: Place): void {
  const set = new Set<string>()
  const visitBranch = (body: Statement[]): void => {
    const branch = new Set(declared)
    visitBody(body, branch, found, all)
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
  { declared, all, found }: Place,
): void {
  visit(iterable, declared, found)
  const inner = new Set(all)
  declare(target, inner, found)
  if (condition !== null) visit(condition, inner, found)
  visitBody(body, new Set([...inner, 'loop']), found)
  visitBody(otherwise, new Set(all), found)
}

function declare(target: Target, declared: Set<string>, found: Set<string>): void {
  if (target.type === 'name') declared.add(target.name)
  else if (target.type === 'tuple') for (const item of target.items) declare(item, declared, found)
  else if (!declared.has(target.object)) found.add(target.object)
}

/** Whether an expression pipes anything into one of the filters. */
export function usesFilter(node: Expression, names: ReadonlySet<string>): boolean {
  if (node.type === 'filter' && names.has(node.name)) return true
  return childrenOf(node).some((child) => child !== null && usesFilter(child, names))
}

function reads(node: Expression | null, name: string): boolean {
  if (node === null) return false
  return node.type === 'name' ? node.name === name : childrenOf(node).some((child) => reads(child, name))
}

/** All expressions of statements, those of blocks included. */
export function everyExpressionIn(body: Statement[]): (Expression | null)[] {
  return body.flatMap((statement) => [
    ...ownExpressions(statement),
    ...(statement.type === 'block' ? [statement.body] : innerBodies(statement)).flatMap(everyExpressionIn),
  ])
}

/** The expressions of statements and of those inside of them, without those of blocks, which are apart. */
function expressionsIn(body: Statement[]): (Expression | null)[] {
  return body.flatMap((statement) => [...ownExpressions(statement), ...innerBodies(statement).flatMap(expressionsIn)])
}

function ownExpressions(statement: Statement): (Expression | null)[] {
  switch (statement.type) {
    case 'text':
    case 'block':
      return []
    case 'output':
      return [statement.expression]
    case 'print':
      return statement.items
    case 'if':
      return statement.branches.map(({ condition }) => condition)
    case 'for':
      return [statement.iterable, statement.condition]
    case 'set':
    case 'autoescape':
      return [statement.value]
    case 'set-block':
    case 'filter-block':
      return statement.filters
    case 'macro':
      return statement.signature.defaults
    case 'call-block':
      return [statement.call, ...statement.signature.defaults]
    case 'with':
      return statement.bindings.map(({ value }) => value)
    case 'template-reference':
      return [statement.template]
  }
}

function innerBodies(statement: Statement): Statement[][] {
  if (statement.type === 'if') return [...statement.branches.map(({ body }) => body), statement.otherwise]
  if (statement.type === 'for') return [statement.body, statement.otherwise]
  return 'body' in statement && statement.type !== 'block' ? [statement.body] : []
}

function visit(node: Expression | null, declared: Set<string>, found: Set<string>): void {
  if (node === null) return
  if (node.type === 'name') {
    if (!declared.has(node.name)) found.add(node.name)
    return
  }
  for (const child of childrenOf(node)) visit(child, declared, found)
}

/** Expressions directly inside of one. */
export function childrenOf(node: Expression): (Expression | null)[] {
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
