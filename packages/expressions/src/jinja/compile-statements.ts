import { isTruthy, PythonTypeError, PythonValueError, str, typeName } from '@st2/python-values'
import type { Statement, Target } from './ast.ts'
import { isIterable, iterate, toList } from './collections.ts'
import type { Environment } from './environment.ts'
import { TemplateRuntimeError } from './errors.ts'
import { type Evaluate, ExpressionCompiler } from './compile-expression.ts'
import { LoopVariable } from './loop.ts'
import { Namespace, valueOf } from './objects.ts'
import { Output } from './output.ts'
import type { Scope } from './scope.ts'

/** A statement as a function that writes text. */
export type Execute = (scope: Scope, output: Output) => void

/** Compiles the statements of a template. @throws TemplateAssertionError for an unknown filter or test */
export function compileStatements(body: Statement[], environment: Environment): Execute {
  return new StatementCompiler(environment).body(body)
}

class StatementCompiler {
  readonly #expressions: ExpressionCompiler

  constructor(environment: Environment) {
    this.#expressions = new ExpressionCompiler(environment)
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
      case 'if':
        return this.#expressions.within('branch', () => this.#if(statement))
      case 'for':
        return this.#expressions.within('scope', () => this.#for(statement))
      case 'set':
        return this.#set(statement)
      case 'set-block':
        return this.#expressions.within('scope', () => this.#setBlock(statement))
    }
  }

  #output({ expression }: Extract<Statement, { type: 'output' }>): Execute {
    const evaluate = this.#expressions.compile(expression)
    return (scope, output) => output.write(str(evaluate(scope)))
  }

  #if({ branches, otherwise }: Extract<Statement, { type: 'if' }>): Execute {
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

  #for(statement: Extract<Statement, { type: 'for' }>): Execute {
    const iterable = this.#expressions.compile(statement.iterable)
    const condition = statement.condition === null ? null : this.#expressions.compile(statement.condition)
    const run = this.body(statement.body)
    const otherwise = this.body(statement.otherwise)
    const assign = assigner(statement.target)
    return (scope, output) => {
      const items = selected(iterable(scope), condition, assign, scope)
      if (items.length === 0) return otherwise(scope.inner(), output)
      const loop = new LoopVariable(items, scope.undefinedMode)
      for (const item of items) {
        scope.budget.spend()
        const round = scope.inner()
        round.set('loop', loop)
        assign(round, item)
        run(round, output)
        loop.advance()
      }
    }
  }

  /** The rendered text of the block becomes the value. */
  #setBlock({ target, body }: Extract<Statement, { type: 'set-block' }>): Execute {
    const run = this.body(body)
    const assign = assigner(target)
    return (scope) => {
      const text = new Output(scope.budget)
      run(scope.inner(), text)
      assign(scope, text.text())
    }
  }

  #set({ target, value }: Extract<Statement, { type: 'set' }>): Execute {
    const evaluate = this.#expressions.compile(value)
    const assign = assigner(target)
    return (scope) => {
      scope.budget.spend()
      assign(scope, evaluate(scope))
    }
  }
}

type Assign = (scope: Scope, value: unknown) => void

function selected(iterable: unknown, condition: Evaluate | null, assign: Assign, scope: Scope): unknown[] {
  const items = toList(iterable, scope)
  if (condition === null) return items
  return items.filter((item) => {
    const trial = scope.inner()
    assign(trial, item)
    return isTruthy(valueOf(condition(trial)))
  })
}

function assigner(target: Target): Assign {
  if (target.type === 'name') return (scope, value) => scope.set(target.name, value)
  if (target.type === 'attribute') return (scope, value) => setOnNamespace(scope.get(target.object), target.name, value)
  const parts = target.items.map(assigner)
  return (scope, value) => {
    const items = unpack(value, parts.length)
    for (const [at, assign] of parts.entries()) assign(scope, items[at])
  }
}

function setOnNamespace(object: unknown, name: string, value: unknown): void {
  if (!(object instanceof Namespace)) {
    throw new TemplateRuntimeError('cannot assign attribute on non-namespace object')
  }
  object.values.set(name, value)
}

function unpack(value: unknown, count: number): unknown[] {
  if (!isIterable(value)) throw new PythonTypeError(`cannot unpack non-iterable ${typeName(value)} object`)
  const items: unknown[] = []
  for (const item of iterate(value)) {
    if (items.length === count) throw new PythonValueError(`too many values to unpack (expected ${count})`)
    items.push(item)
  }
  if (items.length < count)
    throw new PythonValueError(`not enough values to unpack (expected ${count}, got ${items.length})`)
  return items
}
