import { isTruthy, PythonError, PythonTypeError, repr, str } from '@st2/python-values'
import type { Signature, Statement } from './ast.ts'
import { assigner, selected } from './assignment.ts'
import { TemplateReference } from './blocks.ts'
import { iterate } from './collections.ts'
import { type Evaluate, ExpressionCompiler, NEVER } from './compile-expression.ts'
import type { Environment } from './environment.ts'
import { TemplateAssertionError, TemplateRuntimeError } from './errors.ts'
import { LoopVariable } from './loop.ts'
import { absentParameter, Macro } from './macro.ts'
import { escape } from './markup.ts'
import { mentions } from './names.ts'
import { Markup, valueOf } from './objects.ts'
import { Output } from './output.ts'
import type { Scope } from './scope.ts'
import { Undefined } from './undefined.ts'
import { measure } from './weight.ts'

/** A statement as a function that writes text. */
export type Execute = (scope: Scope, output: Output) => void

export interface CompiledStatements {
  execute: Execute
  blocks: ReadonlyMap<string, Execute>
  /** Run before anything else. */
  constantChecks: readonly ((scope: Scope) => void)[]
}

/** Compiles the statements of a template. @throws TemplateAssertionError for an unknown filter or test */
export function compileStatements(body: Statement[], environment: Environment): CompiledStatements {
  const compiler = new StatementCompiler(environment)
  const run = compiler.body(body)
  if (!mentions(body, 'self')) return { execute: run, blocks: compiler.blocks, constantChecks: compiler.constantChecks }
  const execute: Execute = (scope, output) => {
    scope.set('self', new TemplateReference(scope))
    run(scope, output)
  }
  return { execute, blocks: compiler.blocks, constantChecks: compiler.constantChecks }
}

type Of<Type extends Statement['type']> = Extract<Statement, { type: Type }>

class StatementCompiler {
  readonly blocks = new Map<string, Execute>()
  readonly #expressions: ExpressionCompiler
  /** Outside of every statement but `if`: where `extends` may stand. */
  #isTopLevel = true

  constructor(environment: Environment) {
    this.#expressions = new ExpressionCompiler(environment)
  }

  get constantChecks(): readonly ((scope: Scope) => void)[] {
    return this.#expressions.constantChecks
  }

  body(statements: Statement[]): Execute {
    const all = statements.map((statement) => this.#statement(statement))
    return (scope, output) => {
      for (const execute of all) execute(scope, output)
    }
  }

  #statement(statement: Statement): Execute {
    switch (statement.type) {
      case 'text':
        return (_scope, output) => output.write(statement.text)
      case 'output':
        return this.#output(statement)
      case 'print':
        return this.#print(statement)
      case 'if':
        return this.#expressions.within('branch', () => this.#if(statement))
      case 'for':
        return this.#inside(() => this.#for(statement))
      case 'set':
        return this.#set(statement)
      case 'set-block':
        return this.#inside(() => this.#setBlock(statement))
      case 'macro':
        return this.#inside(() => this.#macro(statement))
      case 'call-block':
        return this.#inside(() => this.#callBlock(statement))
      case 'filter-block':
        return this.#inside(() => this.#filterBlock(statement))
      case 'with':
        return this.#inside(() => this.#with(statement))
      case 'autoescape':
        return this.#inside(() => this.#autoescape(statement))
      case 'block':
        return this.#inside(() => this.#namedBlock(statement))
      case 'template-reference':
        return this.#templateReference(statement)
    }
  }

  /** Compiles a statement with a scope of its own. */
  #inside(compile: () => Execute): Execute {
    const outer = this.#isTopLevel
    this.#isTopLevel = false
    try {
      return this.#expressions.within('scope', compile)
    } finally {
      this.#isTopLevel = outer
    }
  }

  #output({ expression }: Of<'output'>): Execute {
    const evaluate = this.#expressions.compile(expression)
    const { escaping } = this.#expressions
    return (scope, output) => {
      const value = evaluate(scope)
      measure(scope.budget, value)
      output.write(escaping(scope) ? escape(value, scope.budget).text : str(value))
    }
  }

  #print({ items, position }: Of<'print'>): Execute {
    const all = items.map((expression) => this.#output({ type: 'output', expression, position }))
    return (scope, output) => {
      for (const execute of all) execute(scope, output)
    }
  }

  #if({ branches, otherwise }: Of<'if'>): Execute {
    const compiled = branches.map(({ condition, body }) => ({
      holds: this.#expressions.compile(condition),
      run: this.body(body),
    }))
    const last = this.body(otherwise)
    return (scope, output) => {
      scope.budget.spend()
      const taken = compiled.find(({ holds }) => isTruthy(valueOf(holds(scope))))
      const run = taken === undefined ? last : taken.run
      run(scope, output)
    }
  }

  #for(statement: Of<'for'>): Execute {
    const iterable = this.#expressions.compile(statement.iterable)
    const condition = statement.condition === null ? null : this.#expressions.compile(statement.condition)
    const run = this.body(statement.body)
    const otherwise = this.body(statement.otherwise)
    const assign = assigner(statement.target)
    const wrap = this.#wrapper()
    const render = (scope: Scope, output: Output, given: unknown, depth: number): void => {
      const items = selected(given, condition, assign, scope)
      if (items.length === 0) return otherwise(scope.inner(), output)
      const recurse = (inner: unknown, innerDepth: number): unknown => {
        const text = new Output(scope.budget)
        scope.budget.nested(() => render(scope, text, inner, innerDepth))
        return wrap(text, scope)
      }
      const loop = new LoopVariable(items, scope.undefinedMode, depth, statement.isRecursive ? recurse : null)
      for (const item of items) {
        scope.budget.spend()
        const round = scope.inner()
        round.set('loop', loop)
        assign(round, item)
        run(round, output)
        loop.advance()
      }
    }
    return (scope, output) => render(scope, output, iterable(scope), 0)
  }

  /** What the collected text of a block is as a value: safe where text is escaped. */
  #wrapper(): (output: Output, scope: Scope) => string | Markup {
    const { escaping } = this.#expressions
    return (output, scope) => (escaping(scope) ? new Markup(output.text()) : output.text())
  }

  /** The rendered text of the block becomes the value. */
  #setBlock({ target, filters, body }: Of<'set-block'>): Execute {
    const render = this.#filtered(filters, body)
    const assign = assigner(target)
    return (scope) => assign(scope, render(scope))
  }

  #filterBlock({ filters, body }: Of<'filter-block'>): Execute {
    const render = this.#filtered(filters, body)
    return (scope, output) => output.writeResult(render(scope))
  }

  #filtered(filters: Of<'filter-block'>['filters'], body: Statement[]): Evaluate {
    const run = this.body(body)
    const apply = this.#expressions.filterChain(filters)
    const wrap = this.#wrapper()
    return (scope) => {
      const inner = scope.inner()
      const text = new Output(scope.budget)
      run(inner, text)
      return apply(wrap(text, inner), inner)
    }
  }

  #set({ target, value }: Of<'set'>): Execute {
    const evaluate = this.#expressions.compile(value)
    const assign = assigner(target)
    return (scope) => {
      scope.budget.spend()
      assign(scope, evaluate(scope))
    }
  }

  #macro({ name, signature, body, position }: Of<'macro'>): Execute {
    requireCallerDefault(signature, body, position)
    const make = this.#macroMaker(name, signature, body)
    return (scope) => {
      scope.budget.spend()
      scope.set(name, make(scope))
    }
  }

  #callBlock({ signature, call, body, position }: Of<'call-block'>): Execute {
    requireCallerDefault(signature, body, position)
    const make = this.#macroMaker(null, signature, body)
    const run = this.#expressions.callWithCaller(call)
    return (scope, output) => output.writeResult(run(scope, make(scope)))
  }

  #macroMaker(name: string | null, signature: Signature, body: Statement[]): (scope: Scope) => Macro {
    const { parameters } = signature
    const run = this.body(body)
    const defaults = signature.defaults.map((value) => this.#expressions.compile(value))
    const firstDefault = parameters.length - defaults.length
    const uses = {
      caller: mentions(body, 'caller'),
      kwargs: mentions(body, 'kwargs') && !parameters.includes('kwargs'),
      varargs: mentions(body, 'varargs') && !parameters.includes('varargs'),
    }
    return (scope) => {
      const render = (given: ReadonlyMap<string, unknown>): string => {
        const inner = scope.inner()
        for (const [key, value] of given) inner.set(key, value)
        for (const [at, parameter] of parameters.entries()) {
          if (given.has(parameter)) continue
          const fallback = defaults[at - firstDefault]
          inner.set(parameter, fallback === undefined ? absentParameter(parameter, scope) : fallback(inner))
        }
        const text = new Output(scope.budget)
        run(inner, text)
        return text.text()
      }
      return new Macro({ name, parameters, uses, render })
    }
  }

  #with({ bindings, body }: Of<'with'>): Execute {
    const compiled = bindings.map(({ target, value }) => ({
      assign: assigner(target),
      evaluate: this.#expressions.compile(value),
    }))
    const run = this.body(body)
    return (scope, output) => {
      const inner = scope.inner()
      for (const { assign, evaluate } of compiled) assign(inner, evaluate(scope))
      run(inner, output)
    }
  }

  #autoescape({ value, body }: Of<'autoescape'>): Execute {
    const evaluate = this.#expressions.compile(value)
    const outer = this.#expressions.escaping
    this.#expressions.escaping = escapingBy(value)
    const run = this.body(body)
    this.#expressions.escaping = outer
    return (scope, output) => {
      const { evaluation } = scope
      const before = evaluation.autoescape
      evaluation.autoescape = isTruthy(valueOf(evaluate(scope)))
      run(scope.inner(), output)
      evaluation.autoescape = before
    }
  }

  /** A block sees the names of the whole template, and those around it only when it is `scoped`. */
  #namedBlock({ name, isScoped, isRequired, body, position }: Of<'block'>): Execute {
    if (this.blocks.has(name)) throw new TemplateAssertionError(`block ${repr(name)} defined twice`, position)
    const render = this.#blockBody(name, body)
    return (scope, output) => {
      if (isRequired) throw new TemplateRuntimeError(`Required block ${repr(name)} not found`)
      render(isScoped ? scope : scope.root, output)
    }
  }

  #blockBody(name: string, body: Statement[]): Execute {
    this.blocks.set(name, () => undefined)
    const outer = this.#expressions.escaping
    this.#expressions.escaping = NEVER
    const run = this.body(body)
    this.#expressions.escaping = outer
    const render: Execute = (scope, output) =>
      scope.budget.nested(() => {
        const inner = scope.inner()
        inner.set('self', new TemplateReference(scope.root))
        const message = `there is no parent block called ${repr(name)}.`
        inner.set('super', new Undefined(scope.undefinedMode, { message }))
        run(inner, output)
      })
    this.blocks.set(name, render)
    return render
  }

  /** @source jinja2: environment.py _load_template, select_template */
  #templateReference({ tag, template, position }: Of<'template-reference'>): Execute {
    if (tag === 'extends' && !this.#isTopLevel) {
      throw new TemplateAssertionError('cannot use extend from a non top-level scope', position)
    }
    const evaluate = this.#expressions.compile(template)
    return (scope) => {
      const name = evaluate(scope)
      if (tag === 'include') requireTemplateNames(valueOf(name))
      throw new PythonTypeError('no loader for this environment specified')
    }
  }
}

function requireTemplateNames(names: unknown): void {
  if (typeof names === 'string' || names instanceof Undefined) return
  if (!isTruthy(names)) {
    throw new PythonError('TemplatesNotFound', 'Tried to select from an empty list of templates.')
  }
  iterate(names)
}

/** A constant decides at once, as for texts that are known beforehand; anything else when the template runs. */
function escapingBy(value: Of<'autoescape'>['value']): (scope: Scope) => boolean {
  if (value.type !== 'literal') return (scope) => scope.evaluation.autoescape
  const isOn = isTruthy(value.value)
  return isOn ? () => true : NEVER
}

/** @source jinja2: compiler.py macro_body */
function requireCallerDefault(signature: Signature, body: Statement[], position: Statement['position']): void {
  const at = signature.parameters.indexOf('caller')
  if (at === -1 || !mentions(body, 'caller')) return
  if (at >= signature.parameters.length - signature.defaults.length) return
  throw new TemplateAssertionError(
    'When defining macros or call blocks the special "caller" argument must be omitted or be given a default.',
    position,
  )
}
