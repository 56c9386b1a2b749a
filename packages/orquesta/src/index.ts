/** Orquesta, the language of workflows: pure, without I/O, clock and randomness, in Node and in the browser. */
export { ITEMS_PATTERN, type ItemsPattern, splitItems } from './spec/items-pattern.ts'
export { parseInlineParameters } from './spec/inline-parameters.ts'
export { WorkflowLoadError } from './spec/load-error.ts'
export { loadWorkflow } from './spec/load-workflow.ts'
export { parseSpecPath, type Place, type SpecPath, SpecPlaces } from './spec/places.ts'
export { MAX_DEFINITION_NODES } from './spec/read-definition.ts'
export {
  type Assignment,
  ENGINE_COMMANDS,
  type EngineCommand,
  type InputSpec,
  isEngineCommand,
  type ItemsSpec,
  type RetrySpec,
  type TaskSpec,
  type TransitionSpec,
  type WorkflowSpec,
} from './spec/workflow-spec.ts'
