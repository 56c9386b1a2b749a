/** Calls by name with values, as functions of the library make them. */
import type { Scope } from '../scope.ts'
import { overloadsOf, planCall, type Request, runPlan } from './choose.ts'
import type { NamedArguments } from './mapping.ts'

const NO_NAMES: NamedArguments = new Map()

export function callFunction(scope: Scope, name: string, args: readonly unknown[], named = NO_NAMES): unknown {
  return run(scope, { name, called: 'function', args, named })
}

/** @param args the receiver first */
export function callMethod(scope: Scope, name: string, args: readonly unknown[], named = NO_NAMES): unknown {
  return run(scope, { name, called: 'method', args, named })
}

function run(scope: Scope, request: Request): unknown {
  return runPlan(planCall(overloadsOf(scope, request), request), request, scope)
}
