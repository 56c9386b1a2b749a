/** Calls by name with values, as functions of the library make them. */
import { QUICK_OPERATORS } from '../quick-operators.ts'
import type { Scope } from '../scope.ts'
import { Code } from './code.ts'
import { narrowed, onlyCandidate, overloadsOf, type Plan, planCall, type Request, runOnly, runPlan } from './choose.ts'
import { type FunctionLayer, MAX_COLLECTED } from './layer.ts'
import { NO_VALUE } from '../values/kinds.ts'
import { ANY_VALUE, type NamedArguments } from './mapping.ts'

const NO_NAMES: NamedArguments = new Map()

export function callFunction(scope: Scope, name: string, args: readonly unknown[], named = NO_NAMES): unknown {
  const quick = scope.layer.redefinesOperators ? undefined : QUICK_OPERATORS.get(name)
  if (quick !== undefined && args.length === 2) {
    scope.evaluation.budget.spend()
    const result = quick(args[0], args[1], scope.evaluation)
    if (result !== undefined) return result
  }
  return run(scope, { name, called: 'function', args, named })
}

/** @param args the receiver first */
export function callMethod(scope: Scope, name: string, args: readonly unknown[], named = NO_NAMES): unknown {
  return run(scope, { name, called: 'method', args, named })
}

function run(scope: Scope, request: Request): unknown {
  const { args, named } = request
  if (named.size > 0 || args.some((argument) => argument instanceof Code || argument === NO_VALUE)) {
    return runPlan(planCall(overloadsOf(scope, request), request), request, scope)
  }
  const plan = openPlan(scope, request)
  const only = onlyCandidate(plan, args, args.length)
  if (only !== null) return runOnly(only, request, request, scope)
  return runPlan(narrowed(plan, args, args.length), request, scope)
}

const openPlans = new WeakMap<FunctionLayer, Map<string, Plan>>()

/** Worked out once for each name and number of arguments. */
function openPlan(scope: Scope, request: Request): Plan {
  const plans = openPlans.get(scope.layer) ?? new Map<string, Plan>()
  openPlans.set(scope.layer, plans)
  const { name, called, args } = request
  const key = `${called} ${name} ${args.length}`
  const known = plans.get(key)
  if (known !== undefined) return known
  const plan = planCall(overloadsOf(scope, request), {
    ...request,
    args: args.map(() => ANY_VALUE),
  })
  if (plans.size < MAX_COLLECTED) plans.set(key, plan)
  return plan
}
