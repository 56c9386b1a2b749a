/** Orquesta, the language of workflows: pure, without I/O, clock and randomness, in Node and in the browser. */
export { analyseWorkflow, type DeadReason, type DeadTask, type WorkflowAnalysis } from './analysis/analyse-workflow.ts'
export type { BlockedJoin, JoinObstacle } from './analysis/blocked-joins.ts'
export type { ReachingVariable, VariableOrigin } from './analysis/reaching-variables.ts'
export { type ActionParameters, inspectContents } from './inspection/contents.ts'
export { inspectWorkflow, type InspectionOptions } from './inspection/inspect-workflow.ts'
export type { ExpressionEntry, Inspection, InspectionEntry } from './inspection/inspection-entry.ts'
export { formatInspection, type PlatformEntry, withoutPlaces } from './inspection/platform-format.ts'
export { ITEMS_PATTERN, type ItemsPattern, splitItems } from './spec/items-pattern.ts'
export { findInlineParameters, type InlineParameter, parseInlineParameters } from './spec/inline-parameters.ts'
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
export { Conductor, type ConductorOptions } from './conductor/conductor.ts'
export { ALL_DEFECTS, type Defect, DEFECTS, type KeptDefects, NO_DEFECTS } from './conductor/defects.ts'
export {
  InvalidTaskRerunRequestError,
  InvalidWorkflowStatusTransitionError,
  NotRerunnableError,
} from './conductor/errors.ts'
export { CONDUCTOR_LIMITS, type ConductorLimits } from './conductor/limits.ts'
export type { RerunRequest } from './conductor/rerun.ts'
export { actionEvent, itemActionEvent, type TaskEvent } from './conductor/task-event.ts'
export type { ActionRequest, TaskRequest } from './conductor/task-request.ts'
export { composeGraph } from './graph/compose.ts'
export { SpecRelations } from './graph/spec-relations.ts'
export { type GraphEdge, type GraphNode, WorkflowGraph } from './graph/workflow-graph.ts'
export { COMPLETED, type Status, STATUSES } from './machines/statuses.ts'
export type { StartedAction, StartedTask } from './conductor/start-task.ts'
export type { Effect, JournalEntry, RecordedAnswer, RunEvent, RunOccurrence } from './journal/run-event.ts'
export { type ReplayOptions, type RunOptions, UnknownActionError, WorkflowRun } from './journal/workflow-run.ts'
export type { RunningAction } from './journal/running-actions.ts'
export { fromJsonText, toJsonText } from './serialization/json-text.ts'
export { restoreConductor, snapshotConductor } from './serialization/snapshot.ts'
export { exportConductor, importConductor, type ImportOptions } from './serialization/upstream-form.ts'
export type { LogEntry } from './state/workflow-log.ts'
export { entryKey, type TaskEntry } from './state/task-entry.ts'
export {
  MAX_SIMULATED_STEPS,
  type OutcomeOf,
  type SimulatedAction,
  type SimulatedOutcome,
  Simulation,
  SimulationLimitError,
  type SimulationOptions,
} from './simulation/simulation.ts'
export { MAX_REHEARSED_TASKS, rehearse, type RehearsalOptions } from './rehearsal/rehearse.ts'
export { type MockAction, parseRehearsal, type RehearsalCase } from './rehearsal/rehearsal-case.ts'
export { WorkflowRehearsalError } from './rehearsal/rehearsal-error.ts'
