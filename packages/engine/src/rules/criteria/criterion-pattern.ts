import { type Environment, KeyPathNode, parseTemplate, renderTemplate, type Template } from '@st2/expressions'
import { parseJson, PythonTypeError, PythonValueError } from '@st2/python-values'
import type { CriterionScope } from './criterion-key.ts'
import type { StepBudget } from './step-budget.ts'

/** What a criterion compares with. */
export interface CriterionPattern {
  /** Whether it is the same for every event. */
  readonly isConstant: boolean
  /** What it renders to may show a secret of the datastore. */
  readonly isSecret: boolean
  /**
   * @param st2kv what templates see of the datastore
   * @throws what rendering throws; MissingKeyError for an item that must be fetched first
   */
  render(scope: CriterionScope, st2kv: unknown, budget: StepBudget): unknown
}

/** Only texts are templates; everything else is what it is. */
export function compilePattern(pattern: unknown, environment: Environment): CriterionPattern {
  if (typeof pattern !== 'string') return constant(pattern ?? null)
  if (!/\{[{%#]/.test(pattern)) return constant(asRendered(pattern))
  return { isConstant: false, isSecret: pattern.includes('decrypt_kv'), render: patternRenderer(pattern, environment) }
}

function constant(value: unknown): CriterionPattern {
  return { isConstant: true, isSecret: false, render: () => value }
}

/** What a rendering makes of a text without templates: line ends become `\n`, and the last one is dropped. */
function asRendered(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(/\n$/, '')
}

/** Templates are parsed when they are first needed, so that a mistake in one is the mistake of its criterion. */
function patternRenderer(pattern: string, environment: Environment): CriterionPattern['render'] {
  const typed = lazily(() => keepingType(pattern)).value
  const plain = lazily(() => parseTemplate(pattern, environment))
  const complex = lazily(() => parseTemplate(typed(), environment))
  return (scope, st2kv, { expressions: budget }) => {
    const names = namesOf(scope, st2kv)
    const render = (template: Template) => renderTemplate(template, names, { undefined: 'strict', environment, budget })
    if (typed() === pattern) return render(plain.value())
    try {
      return parseJson(render(complex.value()))
    } catch (error) {
      // Text around the expression: then it is a text.
      if (isNoJson(error)) return render(plain.value())
      // An undefined name has no JSON either, and fails as what it is.
      if (error instanceof PythonTypeError) render(plain.value())
      throw error
    }
  }
}

/**
 * The pattern with `to_complex` at the end of its expressions: what stands between the first and the last braces of a line
 * counts as one. @source services.md 2.3
 */
function keepingType(pattern: string): string {
  let result = ''
  let from = 0
  for (;;) {
    const open = pattern.indexOf('{{', from)
    if (open < 0) return result + pattern.slice(from)
    const start = open + 2 + (/^\s*/.exec(pattern.slice(open + 2))?.[0].length ?? 0)
    const close = closingBraces(pattern, start)
    if (close < 0) {
      result += pattern.slice(from, open + 2)
      from = open + 2
    } else {
      result += `${pattern.slice(from, open)}{{${pattern.slice(start, close)} | to_complex}}`
      from = close + 2
    }
  }
}

/** The last closing braces of the line, or those that follow it after nothing but space. */
function closingBraces(pattern: string, start: number): number {
  const newline = pattern.indexOf('\n', start)
  const end = newline < 0 ? pattern.length : newline
  const last = pattern.slice(start, end).lastIndexOf('}}')
  if (last >= 0) return start + last
  const after = end + (/^\s*/.exec(pattern.slice(end))?.[0].length ?? 0)
  return pattern.startsWith('}}', after) ? after : -1
}

function isNoJson(error: unknown): boolean {
  return error instanceof PythonValueError && error.pythonType === 'JSONDecodeError'
}

function namesOf(scope: CriterionScope, st2kv: unknown): Record<string, unknown> {
  // `system` alone is the old name of the datastore.
  const system = st2kv instanceof KeyPathNode ? st2kv.attribute('system') : st2kv
  return { [scope.name]: scope.value, st2kv, system }
}

/** Made when it is first asked for. */
function lazily<T>(make: () => T): { value: () => T } {
  let made: { readonly it: T } | null = null
  return { value: () => (made ??= { it: make() }).it }
}
