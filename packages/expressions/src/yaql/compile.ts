/** Turns a syntax tree into closures. Common operators on common values have short cuts; all else goes through overload choice. */
import { isFloat, isInt } from '@st2/python-values'
import type { ArgumentNode, CallNode, Node } from './ast.ts'
import { QUICK_OPERATORS } from './quick-operators.ts'
import { Code, MappingRule } from './resolution/code.ts'
import {
  narrowed,
  onlyCandidate,
  overloadsOf,
  type Plan,
  planCall,
  type Request,
  runOnly,
  runPlan,
} from './resolution/choose.ts'
import { callFunction } from './resolution/invoke.ts'
import type { FunctionLayer } from './resolution/layer.ts'
import { ANY_VALUE, type Candidate, type NamedArguments } from './resolution/mapping.ts'
import type { Scope } from './scope.ts'
import { isMapping, NO_VALUE } from './values/kinds.ts'
import { valueAt } from './values/dict.ts'
import { truthy } from './values/equal.ts'

export type Evaluate = (scope: Scope) => unknown

export function compile(node: Node): Code {
  switch (node.kind) {
    case 'constant':
      return new Code(node, () => node.value)
    case 'variable':
      return new Code(node, (scope) => scope.get(node.name))
    case 'group':
      return new Code(node, compile(node.inner).run)
    case 'call':
      return compileCall(node)
  }
}

function compileArgument(node: ArgumentNode): unknown {
  if (node.kind === 'skipped') return NO_VALUE
  if (node.kind !== 'rule') return compile(node)
  const source = compile(node.source)
  const destination = compile(node.destination)
  return new Code(node, (scope) => new MappingRule(source.run(scope), destination.run(scope)), {
    rule: { source, destination },
  })
}

function compileCall(node: CallNode): Code {
  const args = node.args.map(compileArgument)
  const site = new CallSite(node.name, args)
  if (node.isWritten) {
    return new Code(node, (scope) => site.call(scope), {
      callOn: (receiver, scope) => site.callOn(receiver, scope),
    })
  }
  return new Code(node, shortCut(node.name, args, site) ?? ((scope) => site.call(scope)))
}

const NO_NAMES: NamedArguments = new Map()

/** A place in the source where a function is called. What does not depend on values is worked out once. */
class CallSite {
  readonly #name: string
  readonly #args: readonly unknown[]
  readonly #request: Request
  #layer: FunctionLayer | null = null
  #only: Candidate | null = null
  #plan: Plan | null = null
  #methodLayer: FunctionLayer | null = null
  #methodPlan: Plan | null = null

  constructor(name: string, args: readonly unknown[]) {
    this.#name = name
    this.#args = args
    this.#request = { name, called: 'function', args, named: NO_NAMES }
  }

  call(scope: Scope): unknown {
    const request = this.#request
    if (this.#plan === null || this.#layer !== scope.layer) {
      this.#plan = planCall(overloadsOf(scope, request), request)
      this.#layer = scope.layer
      this.#only = onlyCandidate(this.#plan, this.#args, 0)
    }
    if (this.#only !== null) return runOnly(this.#only, this.#plan, request, scope)
    return runPlan(this.#plan, request, scope)
  }

  callOn(receiver: unknown, scope: Scope): unknown {
    const given = [receiver, ...this.#args]
    const request: Request = {
      name: this.#name,
      called: 'method',
      args: given,
      named: NO_NAMES,
    }
    if (this.#methodPlan === null || this.#methodLayer !== scope.layer) {
      const open: Request = { ...request, args: [ANY_VALUE, ...this.#args] }
      this.#methodPlan = planCall(overloadsOf(scope, request), open)
      this.#methodLayer = scope.layer
    }
    const plan = this.#methodPlan
    const args = plan.args.length === given.length ? given : [receiver, ...plan.args.slice(1)]
    const only = onlyCandidate(plan, args, 1)
    if (only !== null) return runOnly(only, { args, named: plan.named }, request, scope)
    return runPlan(narrowed(plan, args, 1), request, scope)
  }
}

/** What an operator does where nobody has put another function over it; undefined where only overload choice will do. */
function shortCut(name: string, args: readonly unknown[], site: CallSite): Evaluate | undefined {
  const [left, right] = args
  if (!(left instanceof Code) || !args.every((argument) => argument instanceof Code && argument.rule === null)) {
    return undefined
  }
  const quick = quickly(name, args.length, left, right instanceof Code ? right : undefined)
  if (quick === undefined) return undefined
  return (scope) => (scope.layer.redefinesOperators ? site.call(scope) : quick(scope))
}

function quickly(name: string, count: number, left: Code, right: Code | undefined): Evaluate | undefined {
  if (name === '#unary_operator_not') return counted((scope) => !truthy(left.run(scope)))
  if (right === undefined || count !== 2) return undefined
  if (name === '#operator_and') {
    return counted((scope) => {
      const value = left.run(scope)
      return truthy(value) ? right.run(scope) : value
    })
  }
  if (name === '#operator_or') {
    return counted((scope) => {
      const value = left.run(scope)
      return truthy(value) ? value : right.run(scope)
    })
  }
  if (name === '#operator_.') return left.isConstant ? undefined : quickDot(left, right)
  if (name === '#operator_->') return undefined
  return quickOperator(name, left, right)
}

function counted(run: Evaluate): Evaluate {
  return (scope) => {
    scope.evaluation.budget.spend()
    return run(scope)
  }
}

function quickDot(left: Code, right: Code): Evaluate | undefined {
  const { callOn } = right
  if (callOn !== null) return counted((scope) => callOn(left.run(scope), scope))
  if (!right.isKeyword) return undefined
  const key = String(right.constant)
  return counted((scope) => {
    const owner = left.run(scope)
    const found = isMapping(owner) ? valueAt(owner, key) : undefined
    return found === undefined ? callFunction(scope, '#operator_.', [owner, right]) : found
  })
}

/** Operators on numbers and texts; other values, and constants that no overload takes, are left to overload choice. */
function quickOperator(name: string, left: Code, right: Code): Evaluate | undefined {
  const operate = QUICK_OPERATORS.get(name)
  if (operate === undefined || !mayBeQuick(name, left) || !mayBeQuick(name, right)) return undefined
  return (scope) => {
    const { evaluation } = scope
    evaluation.budget.spend()
    const first = left.run(scope)
    const second = right.run(scope)
    const result = operate(first, second, evaluation)
    return result === undefined ? callFunction(scope, name, [first, second]) : result
  }
}

/** A constant that no overload takes fails before the other side is evaluated. */
function mayBeQuick(name: string, code: Code): boolean {
  if (!code.isConstant || name.startsWith('*')) return true
  if (typeof code.constant === 'string') return !NUMBERS_ONLY.has(name)
  return isInt(code.constant) || isFloat(code.constant)
}

const NUMBERS_ONLY: ReadonlySet<string> = new Set(['#operator_-', '#operator_/', '#operator_mod'])
