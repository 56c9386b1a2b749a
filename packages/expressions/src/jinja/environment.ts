import { DEFAULT_LIMITS, type Limits } from '../limits.ts'
import { TemplateRuntimeError } from './errors.ts'
import { BUILTIN_FILTERS } from './filters/builtin.ts'
import { PLATFORM_FILTERS, PLATFORM_TESTS } from './filters/platform.ts'
import type { YamlCodec } from '../platform/function-table.ts'
import { GLOBALS } from './globals.ts'
import type { Filter, Test } from './registry.ts'
import { BUILTIN_TESTS } from './tests.ts'

export interface EnvironmentOptions {
  filters?: Record<string, Filter>
  tests?: Record<string, Test>
  globals?: Record<string, unknown>
  /** For `from_yaml_string` and `to_yaml_string`; without it they fail. */
  yaml?: YamlCodec
}

/** The filters, tests and global names that templates may use. */
export class Environment {
  readonly filters: ReadonlyMap<string, Filter>
  readonly tests: ReadonlyMap<string, Test>
  readonly globals: ReadonlyMap<string, unknown>
  readonly yaml: YamlCodec | undefined
  /** Limits where a caller gives none; also what parsing obeys. */
  readonly limits: Limits

  /** @param limits overrides of the defaults */
  constructor(options: EnvironmentOptions = {}, limits: Partial<Limits> = {}) {
    this.filters = new Map(Object.entries({ ...BUILTIN_FILTERS, ...options.filters }))
    this.tests = new Map(Object.entries({ ...BUILTIN_TESTS, ...options.tests }))
    this.globals = new Map(Object.entries({ ...GLOBALS, ...options.globals }))
    this.yaml = options.yaml
    this.limits = { ...DEFAULT_LIMITS, ...limits }
  }

  /** @throws TemplateRuntimeError `No filter named 'x'.`, for names that only turn up while rendering */
  filterNamed(name: string): Filter {
    const found = this.filters.get(name)
    if (found === undefined) throw new TemplateRuntimeError(`No filter named '${name}'.`)
    return found
  }

  testNamed(name: string): Test {
    const found = this.tests.get(name)
    if (found === undefined) throw new TemplateRuntimeError(`No test named '${name}'.`)
    return found
  }
}

/** The platform's environment with what needs the host: filters that need its key, and YAML. */
export function platformEnvironmentWith(
  filters: Record<string, Filter>,
  yaml?: YamlCodec,
  limits: Partial<Limits> = {},
): Environment {
  const options = { filters: { ...PLATFORM_FILTERS, ...filters }, tests: PLATFORM_TESTS }
  return new Environment(yaml === undefined ? options : { ...options, yaml }, limits)
}

/** What the platform's templates may use: Jinja's own filters and the platform's. @source st2: st2common/st2common/util/jinja.py */
export const platformEnvironment = new Environment({ filters: PLATFORM_FILTERS, tests: PLATFORM_TESTS })
