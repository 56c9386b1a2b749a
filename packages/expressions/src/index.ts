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
export { NONE_MAGIC_VALUE } from './platform/json-functions.ts'
export type { YamlCodec } from './platform/function-table.ts'
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
export {
  Budget,
  DEFAULT_LIMITS,
  ExpressionLimitError,
  type LimitDescription,
  type Limits,
  LIMITS,
  WORKFLOW_LIMITS,
  YAQL_LIMITS,
} from './limits.ts'
export { MissingKeyError } from './missing-key.ts'
export { parseFreeDate } from './free-date.ts'
export { JsonPath } from './platform/compiled-path.ts'
/** YAQL as Orquesta speaks it: pure, without I/O, in Node and in the browser. */
export type { ArgumentNode as YaqlArgumentNode, Node as YaqlNode, Span as YaqlSpan } from './yaql/ast.ts'
export { DateTime as YaqlDateTime } from './yaql/dates/date-time.ts'
export { parseWrittenDate, type WrittenDate } from './yaql/dates/free-parser.ts'
export { TimeSpan as YaqlTimeSpan } from './yaql/dates/time-span.ts'
export {
  type SourcePosition,
  YaqlGrammarError,
  YaqlLexicalError,
  YaqlResolutionError,
  YaqlStopIteration,
} from './yaql/errors.ts'
export {
  evaluateYaql,
  parseYaql,
  type YaqlContext,
  YaqlExpression,
  type YaqlOptions,
} from './yaql/evaluate.ts'
export { type FunctionHelp, STANDARD_YAQL_FUNCTIONS, YaqlFunctions } from './yaql/functions.ts'
export {
  declare as declareYaql,
  type FunctionDeclaration as YaqlFunctionDeclaration,
  named as namedArguments,
  optional as optionalParameter,
  required as requiredParameter,
  rest as restParameter,
} from './yaql/resolution/declaration.ts'
export * as yaqlTypes from './yaql/resolution/types.ts'
export type { Scope as YaqlScope } from './yaql/scope.ts'
export { YaqlDict } from './yaql/values/dict.ts'
export { asMutable as asMutableYaql, asPython as yaqlToPython } from './yaql/values/exchange.ts'
export { typeNameOf as yaqlTypeName, walk as walkYaql } from './yaql/values/kinds.ts'
export { YaqlList } from './yaql/values/list.ts'
export { YaqlSet } from './yaql/values/set.ts'
export { textOf as yaqlText } from './yaql/values/text.ts'
export { ExpressionEvaluationError, WorkflowExpressionError, type WorkflowLanguage } from './orquesta/errors.ts'
export type { ExpressionMistake } from './orquesta/language.ts'
export { type LookUpAnswer, LookUpAnswers, type LookUpRequest, MissingAnswerError } from './orquesta/look-ups.ts'
export type { VariableReference } from './orquesta/variables.ts'
export type { FieldOptions } from './orquesta/field.ts'
export {
  WorkflowExpressions,
  type WorkflowExpressionOptions,
} from './orquesta/workflow-expressions.ts'
export { analyseExpression, type ExpressionAnalysis, type UsedName } from './analysis/analyse-expression.ts'
export { findReferences, type FoundReferences, type WorkflowReference } from './analysis/find-references.ts'
export {
  type Completion,
  type ExpressionPlace,
  jinjaCompletions,
  yaqlCompletions,
} from './analysis/completions.ts'
/** Trees as text, which is read into the same trees. */
export { printJinja, printJinjaExpression } from './print-jinja.ts'
export { printYaql } from './yaql/print.ts'
/** Requests from outside, in any layer, and their answers as JSON. */
export { expressionErrorText } from './layers/error-text.ts'
export {
  EXPRESSION_LANGUAGES,
  EXPRESSION_LAYERS,
  LayerEvaluator,
  type LayerRequest,
  parseLayerRequest,
  type Surroundings,
} from './layers/evaluate-in-layer.ts'
export { readJson } from './layers/read-json.ts'
export { resultText } from './layers/result-text.ts'
