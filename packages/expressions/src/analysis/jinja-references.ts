import type { CallExpression, Expression } from '../jinja/ast.ts'
import type { Position } from '../jinja/errors.ts'
import { childrenOf, everyExpressionIn } from '../jinja/names.ts'
import { parseLoosely, parseStatements } from '../jinja/template-parser.ts'
import { DEFAULT_LIMITS } from '../limits.ts'
import { contentOffset, stripDelimiters } from '../orquesta/delimiters.ts'
import type { WorkflowReference } from './find-references.ts'
import { CONTAINER_CALLS, NAMING_CALLS, nameAt } from './naming-calls.ts'

type Kind = WorkflowReference['kind']

/** @param expression one `{{ }}` */
export function jinjaReferences(expression: string): (WorkflowReference | null)[] {
  const content = stripDelimiters('jinja', expression)
  const finder = new JinjaReferences(expression, contentOffset('jinja', expression))
  finder.visit(parseLoosely(content, DEFAULT_LIMITS.depth))
  return finder.found
}

/** @param template a whole text, with its statements */
export function jinjaTemplateReferences(template: string): (WorkflowReference | null)[] {
  const finder = new JinjaReferences(template, 0)
  for (const expression of everyExpressionIn(parseStatements(template, DEFAULT_LIMITS.depth))) finder.visit(expression)
  return finder.found
}

class JinjaReferences {
  readonly found: (WorkflowReference | null)[] = []
  readonly #source: string
  /** Offsets of lines, from where positions are counted. */
  readonly #lines: number[]

  constructor(source: string, start: number) {
    this.#source = source
    const breaks = Array.from(source.slice(start).matchAll(/\n/g), ({ index }) => start + index + 1)
    this.#lines = [start, ...breaks]
  }

  visit(node: Expression | null): void {
    if (node === null) return
    if (node.type === 'call') this.#call(node)
    else if (node.type === 'attribute') this.#attribute(node.object, node.name, node.position)
    else if (node.type === 'item') this.#name(containerKind(node.object), node.key)
    for (const child of childrenOf(node)) this.visit(child)
  }

  #call(node: CallExpression): void {
    const { callee } = node
    if (callee.type === 'name') {
      const naming = NAMING_CALLS.get(callee.name)
      if (naming === undefined) return
      const byName = node.arguments.kwargs.find(({ name }) => name === naming.parameter)
      this.#name(naming.kind, byName?.value ?? node.arguments.args[0])
    } else if (callee.type === 'attribute' && callee.name === 'get') {
      this.#name(containerKind(callee.object), node.arguments.args[0])
    }
  }

  /** A dot and its name; blanks may stand between. `.get` of the container is its method. */
  #attribute(object: Expression, name: string, position: Position): void {
    const kind = containerKind(object)
    if (kind === null || name === 'get') return
    const behind = this.#offset(position) + 1
    const blanks = /^\s*/.exec(this.#source.slice(behind))?.[0].length ?? 0
    this.found.push(nameAt(this.#source, behind + blanks, kind, name))
  }

  /** Inspection takes a bare word in `ctx(x)` for the variable's name. */
  #name(kind: Kind | null, node: Expression | undefined): void {
    if (kind === null || node === undefined) return
    if (node.type === 'name') this.found.push(nameAt(this.#source, this.#offset(node.position), kind, node.name))
    else if (node.type === 'literal' && typeof node.value === 'string') {
      this.found.push(nameAt(this.#source, this.#offset(node.position), kind, node.value))
    }
  }

  #offset({ line, column }: Position): number {
    return (this.#lines[line - 1] ?? 0) + column - 1
  }
}

function containerKind(node: Expression): Kind | null {
  if (node.type !== 'call' || node.callee.type !== 'name') return null
  const { args, kwargs, rest, options } = node.arguments
  const isBare = args.length === 0 && kwargs.length === 0 && rest === null && options === null
  return isBare ? (CONTAINER_CALLS.get(node.callee.name) ?? null) : null
}
