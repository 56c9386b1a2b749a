/** Jinja as the platform speaks it: pure, without I/O, in Node and in the browser. */
export {
  Environment,
  type EnvironmentOptions,
  platformEnvironment,
  platformEnvironmentWith,
} from './jinja/environment.ts'
export {
  FilterArgumentError,
  type Position,
  SecurityError,
  TemplateAssertionError,
  TemplateRuntimeError,
  TemplateSyntaxError,
  UndefinedError,
} from './jinja/errors.ts'
export { NONE_MAGIC_VALUE } from './jinja/filters/platform.ts'
export { type Call, KeyPathNode, LookupNode, PyFunction, valueOf } from './jinja/objects.ts'
export { type Filter, filter, type Test, test } from './jinja/registry.ts'
export type { Names, Scope } from './jinja/scope.ts'
export { bind, type Parameters } from './jinja/signature.ts'
export {
  CompiledExpression,
  evaluateExpression,
  type EvaluationOptions,
  isTemplate,
  parseTemplate,
  renderTemplate,
  Template,
  undeclaredNames,
} from './jinja/template.ts'
export { Undefined, type UndefinedMode } from './jinja/undefined.ts'
export { DEFAULT_LIMITS, ExpressionLimitError, type Limits } from './limits.ts'
export { MissingKeyError } from './missing-key.ts'
