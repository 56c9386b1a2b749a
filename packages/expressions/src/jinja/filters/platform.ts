import { PLATFORM_FUNCTIONS, type PlatformFunction } from '../../platform/function-table.ts'
import { containsValue } from '../collections.ts'
import { type Filter, filter, type Test, test } from '../registry.ts'
import { Undefined } from '../undefined.ts'
import { measure } from '../weight.ts'
import { plainData } from './plain-data.ts'

/** Filters that the platform adds, from the one table of its functions. @source st2: st2common/st2common/util/jinja.py get_filters */
export const PLATFORM_FILTERS: Record<string, Filter> = Object.fromEntries(
  PLATFORM_FUNCTIONS.map((declaration) => [declaration.name, asFilter(declaration)]),
)

/** The platform has a test `in` of its own, which does what Jinja's does. */
export const PLATFORM_TESTS: Record<string, Test> = {
  in: test('get_jinja_environment.<locals>.<lambda>', ['item', 'list'], ([item, list], scope) =>
    containsValue(list, item, scope),
  ),
}

/** A function of the platform as a filter: what is piped in is its first argument. */
export function asFilter({ pythonName, parameters, run }: PlatformFunction): Filter {
  return filter(pythonName, parameters, (args, scope) => {
    const [value, ...others] = args
    if (value instanceof Undefined && pythonName === 'jsonpath_query') value.requireLenient()
    measure(scope.budget, value)
    return run([plainData(value), ...others], {
      budget: scope.budget,
      yaml: scope.environment.yaml,
      isFrozen: false,
    })
  })
}
