import { repr } from '@st2/python-values'
import { BUILTIN_FILTERS } from '../jinja/filters/builtin.ts'
import { GLOBALS } from '../jinja/globals.ts'
import { FILTER_HELP, GLOBAL_HELP, type Help, TEST_HELP } from '../jinja/help.ts'
import type { Parameters } from '../jinja/signature.ts'
import { BUILTIN_TESTS } from '../jinja/tests.ts'
import { platformFunctionsOfWorkflows } from '../orquesta/platform-functions.ts'
import { WORKFLOW_FUNCTIONS, type WorkflowFunction } from '../orquesta/workflow-functions.ts'
import { workflowDeclarations } from '../orquesta/yaql-functions.ts'
import { PLATFORM_FUNCTIONS } from '../platform/function-table.ts'
import { STANDARD_YAQL_FUNCTIONS } from '../yaql/functions.ts'

/** Where expressions are written: what they may call depends on it. */
export type ExpressionPlace = 'workflow' | 'template'

export interface Completion {
  name: string
  kind: 'function' | 'method' | 'filter' | 'test'
  /** `replace(old, new, count=None)`: without what is piped in or tested. */
  signature: string
  help: string
}

/** What can be called in YAQL, which only workflows speak; overloads are entries of their own. */
export function yaqlCompletions(): Completion[] {
  return STANDARD_YAQL_FUNCTIONS.with(workflowDeclarations(undefined))
    .list()
    .flatMap(({ name, kind, signature, help }) =>
      kind === 'both'
        ? (['function', 'method'] as const).map((one) => ({ name, kind: one, signature, help }))
        : [{ name, kind, signature, help }],
    )
}

/** Filters, tests and functions of Jinja in a place, from the tables that the evaluation uses. */
export function jinjaCompletions(place: ExpressionPlace): Completion[] {
  return [
    ...Object.entries(BUILTIN_FILTERS).map(([name, { parameters }]) =>
      described('filter', name, withoutFirst(parameters), FILTER_HELP[name]),
    ),
    ...Object.entries(BUILTIN_TESTS).map(([name, { parameters }]) =>
      described('test', name, withoutFirst(parameters), TEST_HELP[name]),
    ),
    ...Object.keys(GLOBALS).map((name) => described('function', name, [], GLOBAL_HELP[name])),
    ...(place === 'workflow' ? workflowCompletions() : templateCompletions()),
  ]
}

function templateCompletions(): Completion[] {
  return [
    ...PLATFORM_FUNCTIONS.map(({ name, parameters, help }) =>
      described('filter', name, withoutFirst(parameters), { help }),
    ),
    described('filter', 'decrypt_kv', [], { help: 'The plain text of an encrypted value of the datastore.' }),
  ]
}

function workflowCompletions(): Completion[] {
  return [
    ...platformFunctionsOfWorkflows().flatMap(({ name, parameters, help }) => [
      described('function', name, parameters, { help }),
      described('filter', name, withoutFirst(parameters), { help }),
    ]),
    ...WORKFLOW_FUNCTIONS.map((declaration) =>
      described('function', declaration.name, declaration.parameters, {
        help: declaration.help,
        signature: signatureOf(declaration.name, declaration.parameters, extrasOf(declaration)),
      }),
    ),
  ]
}

function extrasOf({ takesRest, takesNamed }: WorkflowFunction): string[] {
  return [...(takesRest === true ? ['*args'] : []), ...(takesNamed === true ? ['**kwargs'] : [])]
}

function withoutFirst(parameters: Parameters | undefined): Parameters {
  return parameters?.slice(1) ?? []
}

function described(kind: Completion['kind'], name: string, parameters: Parameters, help: Help | undefined): Completion {
  return { name, kind, signature: help?.signature ?? signatureOf(name, parameters), help: help?.help ?? '' }
}

function signatureOf(name: string, parameters: Parameters, extras: string[] = []): string {
  const shown = parameters.map((parameter) =>
    typeof parameter === 'string' ? parameter : `${parameter[0]}=${repr(parameter[1])}`,
  )
  const all = [...shown, ...extras]
  return all.length === 0 ? name : `${name}(${all.join(', ')})`
}
