import {
  binary,
  dictFrom,
  entriesOf,
  equals,
  isDict,
  isTruthy,
  negate,
  positive,
  PythonError,
  PythonTypeError,
  PyTuple,
  str,
  typeName,
} from '@st2/python-values'
import { ExpressionLimitError } from '../limits.ts'
import { getAttribute, getItem, getSlice } from './access.ts'
import type { CallArguments, ComparisonOperator, Expression, FilterCall } from './ast.ts'
import { containsValue, toList } from './collections.ts'
import { isConstant, mayBeMissing } from './constants.ts'
import type { Environment } from './environment.ts'
import { TemplateAssertionError, TemplateRuntimeError } from './errors.ts'
import { escape, markupBinary } from './markup.ts'
import { CallableObject, LookupNode, Markup, PyFunction, PySlice, valueOf } from './objects.ts'
import type { Filter, Test } from './registry.ts'
import type { Scope } from './scope.ts'
import { isInOrder } from './sorting.ts'
import { requireDefined, Undefined } from './undefined.ts'
import { measure, weigh } from './weight.ts'

/** Text is not escaped unless the template asks for it. */
export const NEVER = (): boolean => false

/** An expression as a function of its names. */
export type Evaluate = (scope: Scope) => unknown

type Node<Type extends Expression['type']> = Extract<Expression, { type: Type }>

/**
 * Turns expressions into closures: no source text is made and nothing is evaluated by the host.
 * Filters and tests are looked up here, so that an unknown one is found before anything runs.
 */
export class ExpressionCompiler {
  readonly #environment: Environment
  /** Whether text is escaped where the compiler stands: what `{% autoescape %}` around it says. */
  escaping: (scope: Scope) => boolean = NEVER
  /** What must hold before anything runs: constants that are used exist. */
  readonly constantChecks: ((scope: Scope) => void)[] = []
  /** Inside a branch that may not run an unknown filter only fails when it is reached. @source jinja2: compiler.py soft_frame */
  #isSoft = false

  constructor(environment: Environment) {
    this.#environment = environment
  }

  /** Compiles what may not run, or, with a scope of its own, what counts as certain again. */
  within<T>(place: 'branch' | 'scope', compile: () => T): T {
    const outer = this.#isSoft
    this.#isSoft = place === 'branch'
    try {
      return compile()
    } finally {
      this.#isSoft = outer
    }
  }

  compile(node: Expression): Evaluate {
    switch (node.type) {
      case 'literal':
        return () => node.value
      case 'name':
        return this.#name(node)
      case 'tuple':
        return this.#tuple(node)
      case 'list':
        return this.#list(node)
      case 'dict':
        return this.#dict(node)
      case 'attribute':
        return this.#attribute(node)
      case 'item':
        return this.#item(node)
      case 'slice':
        return this.#slice(node)
      case 'call':
        return this.#call(node)
      case 'filter':
        return this.#filter(node)
      case 'test':
        return this.#test(node)
      case 'unary':
        return this.#unary(node)
      case 'binary':
        return this.#binary(node)
      case 'concat':
        return this.#concat(node)
      case 'logic':
        return this.#logic(node)
      case 'comparison':
        return this.#comparison(node)
      case 'conditional':
        return this.#conditional(node)
    }
  }

  #optional(node: Expression | null): Evaluate {
    return node === null ? () => null : this.compile(node)
  }

  #all(nodes: Expression[]): (scope: Scope) => unknown[] {
    const items = nodes.map((node) => this.compile(node))
    return (scope) => {
      const values: unknown[] = []
      for (const item of items) values.push(item(scope))
      return values
    }
  }

  #name({ name }: Node<'name'>): Evaluate {
    return (scope) => {
      scope.budget.spend()
      return scope.get(name)
    }
  }

  #tuple({ items }: Node<'tuple'>): Evaluate {
    const all = this.#all(items)
    return (scope) => PyTuple.from(all(scope))
  }

  #list({ items }: Node<'list'>): Evaluate {
    const all = this.#all(items)
    return (scope) => {
      const list = all(scope)
      scope.own(list)
      return list
    }
  }

  #dict({ entries }: Node<'dict'>): Evaluate {
    const parts = entries.map(({ key, value }) => [this.compile(key), this.compile(value)] as const)
    return (scope) => {
      scope.budget.spend(parts.length)
      const dict = dictFrom(parts.map(([key, value]) => [key(scope), value(scope)]))
      if (scope.evaluation.ownsData) return new Map(entriesOf(dict))
      scope.own(dict)
      return dict
    }
  }

  #attribute({ object, name }: Node<'attribute'>): Evaluate {
    const owner = this.compile(object)
    return (scope) => {
      scope.budget.spend()
      return getAttribute(owner(scope), name, scope)
    }
  }

  #item({ object, key }: Node<'item'>): Evaluate {
    const owner = this.compile(object)
    if (key.type === 'slice') return this.#sliced(owner, key)
    const index = this.compile(key)
    return (scope) => {
      scope.budget.spend()
      return getItem(owner(scope), index(scope), scope)
    }
  }

  #sliced(owner: Evaluate, { start, stop, step }: Node<'slice'>): Evaluate {
    const [from, to, by] = [this.#optional(start), this.#optional(stop), this.#optional(step)]
    return (scope) => {
      scope.budget.spend()
      return getSlice(owner(scope), new PySlice(from(scope), to(scope), by(scope)))
    }
  }

  /** A slice among other keys, as in `a[1:2, 0]`: a value of its own. */
  #slice({ start, stop, step }: Node<'slice'>): Evaluate {
    const [from, to, by] = [this.#optional(start), this.#optional(stop), this.#optional(step)]
    return (scope) => new PySlice(from(scope), to(scope), by(scope))
  }

  #call({ callee, arguments: given }: Node<'call'>): Evaluate {
    const target = this.compile(callee)
    const bind = this.#arguments(given)
    return (scope) => {
      scope.budget.spend()
      return callValue(target(scope), bind(scope), scope)
    }
  }

  /** A call with one more argument, `caller`: what `{% call %}` stands for. */
  callWithCaller({ callee, arguments: given }: Node<'call'>): (scope: Scope, caller: unknown) => unknown {
    const target = this.compile(callee)
    const bind = this.#arguments(given)
    return (scope, caller) => {
      scope.budget.spend()
      const { args, kwargs } = bind(scope)
      return callValue(target(scope), { args, kwargs: { ...kwargs, caller } }, scope)
    }
  }

  /** Filters one after the other, for the text of a block. */
  filterChain(filters: FilterCall[]): (value: unknown, scope: Scope) => unknown {
    const chain = filters.map((node) => this.#filterCall(node))
    return (value, scope) => chain.reduce((piped, apply) => apply(piped, scope), value)
  }

  #arguments(given: CallArguments): (scope: Scope) => { args: unknown[]; kwargs: Record<string, unknown> } {
    const positional = this.#all(given.args)
    const named = given.kwargs.map(({ name, value }) => [name, this.compile(value)] as const)
    const rest = given.rest === null ? null : this.compile(given.rest)
    const options = given.options === null ? null : this.compile(given.options)
    if (rest === null && named.length === 0 && options === null) {
      return (scope) => ({ args: positional(scope), kwargs: {} })
    }
    return (scope) => {
      const args = positional(scope)
      if (rest !== null) args.push(...toList(rest(scope), scope))
      const kwargs = named.map(([name, value]): [string, unknown] => [name, value(scope)])
      if (options !== null) kwargs.push(...namedArguments(options(scope)))
      return { args, kwargs: Object.fromEntries(kwargs) }
    }
  }

  #filter(node: Node<'filter'>): Evaluate {
    // the name of a filter is looked at before what is piped into it
    this.#filterNamed(node)
    const value = this.#optional(node.value)
    const apply = this.#filterCall(node)
    return (scope) => apply(value(scope), scope)
  }

  #filterCall(node: FilterCall): (piped: unknown, scope: Scope) => unknown {
    const found = this.#filterNamed(node)
    const bind = this.#arguments(node.arguments)
    return (piped, scope) => {
      scope.budget.spend()
      const { args, kwargs } = bind(scope)
      return found()(piped, { args, kwargs, scope })
    }
  }

  #filterNamed({ name, position }: Node<'filter'>): () => Filter {
    const found = this.#environment.filters.get(name)
    if (found !== undefined) return () => found
    if (!this.#isSoft) throw new TemplateAssertionError(`No filter named '${name}'.`, position)
    return () => {
      throw new TemplateRuntimeError(`No filter named '${name}' found.`)
    }
  }

  #test(node: Node<'test'>): Evaluate {
    const found = this.#testNamed(node)
    const value = this.compile(node.value)
    const bind = this.#arguments(node.arguments)
    return (scope) => {
      scope.budget.spend()
      const tested = value(scope)
      const { args, kwargs } = bind(scope)
      return found()(tested, { args, kwargs, scope }) !== node.negated
    }
  }

  #testNamed({ name, position }: Node<'test'>): () => Test {
    const found = this.#environment.tests.get(name)
    if (found !== undefined) return () => found
    if (!this.#isSoft) throw new TemplateAssertionError(`No test named '${name}'.`, position)
    return () => {
      throw new TemplateRuntimeError(`No test named '${name}' found.`)
    }
  }

  #unary({ operator, operand }: Node<'unary'>): Evaluate {
    const value = this.compile(operand)
    if (operator === 'not') return (scope) => !isTruthy(valueOf(value(scope)))
    const apply = operator === '-' ? negate : positive
    return (scope) => {
      const operand = value(scope)
      return apply(operand instanceof Markup ? operand : operandOf(operand))
    }
  }

  #binary({ operator, left, right }: Node<'binary'>): Evaluate {
    const [first, second] = [this.compile(left), this.compile(right)]
    return (scope) => {
      scope.budget.spend()
      // both sides are evaluated before either is judged
      const a = first(scope)
      const b = second(scope)
      if (typeof a === 'number' && typeof b === 'number') {
        const result = binary(operator, a, b)
        if (typeof result === 'bigint') weigh(scope.budget, result)
        return result
      }
      if (operator === '%' && typeof a === 'string') return formatted(a, b, scope)
      if (a instanceof Markup || b instanceof Markup) {
        requireDefined(a)
        requireDefined(b)
        const markup = markupBinary(operator, a, b, scope)
        if (markup !== undefined) return markup
      }
      const result = binary(operator, operandOf(a), operandOf(b), scope.budget.limits.outputLength)
      weigh(scope.budget, result)
      return result
    }
  }

  /** @param use what happens to the value as soon as it is known */
  #checkConstant(node: Expression, value: Evaluate, use: (value: unknown) => void): void {
    if (!mayBeMissing(node)) return
    this.constantChecks.push((scope) => {
      const found = constantValue(value, scope)
      if (found !== undefined) use(found.value)
    })
  }

  #concat({ parts }: Node<'concat'>): Evaluate {
    const compiled = parts.map((part) => this.compile(part))
    for (const [at, part] of parts.entries()) {
      const value = compiled[at]
      if (value === undefined || !isConstant(part)) break
      this.#checkConstant(part, value, str)
    }
    const { escaping } = this
    return (scope) => {
      scope.budget.spend(parts.length)
      const values = compiled.map((part) => part(scope))
      for (const value of values) measure(scope.budget, value)
      if (escaping(scope) && values.some((value) => value instanceof Markup)) return joinMarkup(values, scope)
      const texts = values.map(str)
      scope.budget.requireLength(texts.reduce((sum, text) => sum + text.length, 0))
      weigh(scope.budget, ...texts)
      return texts.join('')
    }
  }

  /** Gives the operand that decided, not a boolean. */
  #logic({ operator, left, right }: Node<'logic'>): Evaluate {
    const first = this.compile(left)
    // a constant that decides is all that is left of it
    if (left.type === 'literal' && isTruthy(left.value) === (operator === 'or')) return first
    const second = this.compile(right)
    this.#checkConstant(left, first, isTruthy)
    const goesOn = operator === 'and'
    return (scope) => {
      const value = first(scope)
      return isTruthy(valueOf(value)) === goesOn ? second(scope) : value
    }
  }

  /** `1 < n < 10` compares pair by pair and stops at the first that fails. */
  #comparison({ first, rest }: Node<'comparison'>): Evaluate {
    const start = this.compile(first)
    const pairs = rest.map(({ operator, operand }) => [COMPARERS[operator], this.compile(operand)] as const)
    return (scope) => {
      let left = start(scope)
      for (const [compare, operand] of pairs) {
        scope.budget.spend()
        const right = operand(scope)
        weigh(scope.budget, left, right)
        if (typeof right === 'object') measure(scope.budget, left)
        if (!compare(left, right, scope)) return false
        left = right
      }
      return true
    }
  }

  /** Without `else` the result is an undefined that prints as nothing, even where undefined names fail. */
  #conditional({ condition, value, otherwise, position }: Node<'conditional'>): Evaluate {
    return this.within('branch', () => {
      const holds = this.compile(condition)
      this.#checkConstant(condition, holds, isTruthy)
      const result = this.compile(value)
      const fallback = otherwise === null ? () => withoutElse(position.line) : this.compile(otherwise)
      return (scope: Scope) => (isTruthy(valueOf(holds(scope))) ? result(scope) : fallback(scope))
    })
  }
}

/** What fails now is left to fail where it is reached. */
function constantValue(evaluate: Evaluate, scope: Scope): { value: unknown } | undefined {
  try {
    return { value: evaluate(scope) }
  } catch (error) {
    if (!(error instanceof PythonError) || error instanceof ExpressionLimitError) throw error
    return undefined
  }
}

function callValue(
  called: unknown,
  { args, kwargs }: { args: unknown[]; kwargs: Record<string, unknown> },
  scope: Scope,
): unknown {
  if (called instanceof PyFunction || called instanceof CallableObject) return called.run({ args, kwargs, scope })
  requireDefined(called)
  throw new PythonTypeError(`'${typeName(called)}' object is not callable`)
}

/** `%` of a text, which takes whatever stands behind it. */
function formatted(template: string, given: unknown, scope: Scope): unknown {
  const values = given instanceof LookupNode ? given.value() : given
  measure(scope.budget, values)
  const result = binary('%', template, values, scope.budget.limits.outputLength)
  weigh(scope.budget, result)
  return result
}

function joinMarkup(values: unknown[], scope: Scope): Markup {
  const text = values.map((value) => escape(value).text).join('')
  scope.budget.requireLength(text.length)
  return new Markup(text)
}

function withoutElse(line: number): Undefined {
  const message = `the inline if-expression on line ${line} evaluated to false and no else section was defined.`
  return new Undefined('lenient', { message })
}

function operandOf(given: unknown): unknown {
  const value = valueOf(given)
  requireDefined(value)
  return value
}

function namedArguments(options: unknown): [string, unknown][] {
  if (!isDict(options)) throw new PythonTypeError(`argument after ** must be a mapping, not ${typeName(options)}`)
  return entriesOf(options).map(([name, value]): [string, unknown] => {
    if (typeof name !== 'string') throw new PythonTypeError('keywords must be strings')
    return [name, value]
  })
}

type Comparer = (left: unknown, right: unknown, scope: Scope) => boolean

function ordered(operator: '<' | '<=' | '>' | '>='): Comparer {
  return (left, right) => isInOrder(left, operator, right)
}

const COMPARERS: Record<ComparisonOperator, Comparer> = {
  '==': (left, right) => equals(left, right),
  '!=': (left, right) => !equals(left, right),
  '<': ordered('<'),
  '<=': ordered('<='),
  '>': ordered('>'),
  '>=': ordered('>='),
  in: (left, right, scope) => containsValue(right, left, scope),
  'not in': (left, right, scope) => !containsValue(right, left, scope),
}
