export type { ApiKey, StoredToken, Token, User } from './access.ts'
export { tokenRequestSchema, tokenSchema, userViewSchema } from './access.ts'
export type { Action, ActionClone, ActionCreate, ActionDelete, ActionMetadata, ActionUpdate } from './action.ts'
export {
  actionCloneSchema,
  actionCreateSchema,
  actionDeleteSchema,
  actionMetadataSchema,
  actionSchema,
  actionUpdateSchema,
} from './action.ts'
export type {
  ActionAlias,
  ActionAliasFormat,
  ActionAliasHelp,
  ActionAliasMatch,
  ActionAliasRequest,
} from './action-alias.ts'
export {
  actionAliases,
  actionAliasHelpSchema,
  actionAliasMatchRequestSchema,
  actionAliasMatchSchema,
  actionAliasRequestSchema,
  actionAliasSchema,
} from './action-alias.ts'
export type { AliasExecutionRequest, AliasMatchAndExecuteRequest } from './alias-execution.ts'
export { aliasExecutionRequestSchema, aliasExecutionSchema, aliasMatchAndExecuteSchema } from './alias-execution.ts'
export type {
  Collection,
  CountedFields,
  Document,
  HeaderField,
  HeaderType,
  IndexSpec,
  VersionedDocument,
} from './collection.ts'
export type { Incarnation, PackFingerprint, Snapshot } from './collections.ts'
export {
  actions,
  apiKeys,
  COLLECTIONS,
  documentVersions,
  executionOutputs,
  executions,
  incarnations,
  packConfigSchemas,
  packConfigs,
  packFingerprints,
  packs,
  runnerTypes,
  snapshots,
  tokens,
  users,
} from './collections.ts'
export type { ErrorKind } from './errors.ts'
export {
  AccessDeniedError,
  ConflictError,
  faultSchema,
  InvalidError,
  NotFoundError,
  RateLimitedError,
  RevisionConflictError,
  St2Error,
  TooLargeError,
  UnauthenticatedError,
  UnavailableError,
} from './errors.ts'
export {
  ANNOUNCEMENT_PREFIX,
  CREDENTIAL_PROTOCOLS,
  DEFAULT_STREAM_EVENTS,
  STREAM_EVENTS,
  STREAM_SOCKET_PROTOCOL,
} from './events.ts'
export type {
  Execution,
  ExecutionDocument,
  ExecutionOrigin,
  ExecutionOutput,
  ExecutionRequest,
  RerunRequest,
  StatusLogEntry,
} from './execution.ts'
export { executionRequestSchema, executionSchema, executionUpdateSchema, rerunRequestSchema } from './execution.ts'
export {
  INDEXED_PATHS,
  isExecutionPath,
  isSearchedPath,
  SEARCH_TEXT_LIMITS,
  searchWords,
} from './execution-search.ts'
export type { ExecutionStatistics, StatisticsBy, StatisticsInterval } from './execution-statistics.ts'
export { executionStatisticsSchema, STATISTICS_BY, STATISTICS_INTERVALS } from './execution-statistics.ts'
export type { FromSchema, JsonSchema, JsonType } from './from-schema.ts'
export type { Inquiry, InquiryResponse } from './inquiry.ts'
export { INQUIRER_RUNNER, inquiryResponseSchema, inquirySchema } from './inquiry.ts'
export { notifySchema } from './notify.ts'
export type { Pack, PackConfig, PackConfigSchema, PackRegisterRequest } from './pack.ts'
export { packRegisterSchema, packSchema } from './pack.ts'
export type { ParameterSchema, ParameterSchemas } from './parameter.ts'
export { MASK } from './parameter.ts'
export type { Permission } from './permissions.ts'
export { PERMISSIONS } from './permissions.ts'
export type { RunnerManifest, RunnerType } from './runner-type.ts'
export { runnerTypeSchema, runnerTypeUpdateSchema } from './runner-type.ts'
export type { CompletedStatus, ExecutionRequestVerb, ExecutionStatus } from './statuses.ts'
export {
  canMove,
  COMPLETED_STATUSES,
  EXECUTION_STATUSES,
  FAILED_STATUSES,
  isCancelable,
  isCompleted,
  isExecutionStatus,
  judgeRequest,
} from './statuses.ts'
export type { KeyScope, KeyValuePair, KeyValueSet } from './key-value-pair.ts'
export { KEY_SCOPES, keyValuePairSchema, keyValuePairs, keyValueSetSchema } from './key-value-pair.ts'
export {
  PURGE_KINDS,
  type PurgeAnswer,
  purgeAnswerSchema,
  type PurgeKind,
  type PurgeRequest,
  purgeRequestSchema,
} from './purge.ts'
export type { Policy, PolicyRequest, PolicySlot, PolicyType } from './policy.ts'
export {
  policies,
  policyRequestSchema,
  policySchema,
  policySlots,
  policyTypes,
  policyTypeSchema,
} from './policy.ts'
export type {
  CriteriaOperator,
  Criterion,
  Rule,
  RuleEnforcement,
  RuleEnforcementView,
  RuleRequest,
  RuleType,
  RuleView,
} from './rule.ts'
export {
  CRITERIA_OPERATORS,
  RULE_TYPES,
  ruleEnforcements,
  ruleEnforcementSchema,
  ruleEnforcementViewSchema,
  ruleRequestSchema,
  rules,
  ruleSchema,
  ruleTypes,
  ruleTypeSchema,
} from './rule.ts'
export type { RuleTest, RuleTestEvent, RuleTestRequest } from './rule-test.ts'
export { ruleTestEventSchema, ruleTestRequestSchema, ruleTestSchema } from './rule-test.ts'
export type {
  SensorType,
  TimerState,
  TraceContext,
  Trigger,
  TriggerInstance,
  TriggerInstanceStatus,
  TriggerInstanceView,
  TriggerRequest,
  TriggerType,
  TriggerTypeRequest,
  TriggerView,
} from './trigger.ts'
export {
  sensorTypes,
  sensorTypeSchema,
  sensorTypeUpdateSchema,
  timerStates,
  TRIGGER_INSTANCE_STATUSES,
  triggerInstances,
  triggerInstanceSchema,
  triggerRequestSchema,
  triggers,
  triggerSchema,
  triggerTypeRequestSchema,
  triggerTypes,
  triggerTypeSchema,
} from './trigger.ts'
export { type ExpressionRequest, expressionEvaluationSchema, expressionRequestSchema } from './expression.ts'
export type {
  TaskExecution,
  WorkflowBasis,
  WorkflowDefinition,
  WorkflowEffect,
  WorkflowEvent,
  WorkflowExecution,
  WorkflowLimits,
  WorkflowNotify,
  WorkflowOccurrence,
  WorkflowSnapshot,
} from './workflow.ts'
export {
  CHAIN_RUNNER,
  isOrquestaRunner,
  isWorkflowRunner,
  ORQUESTA_RUNNERS,
  WORKFLOW_RUNNERS,
} from './workflow-runners.ts'
export {
  workflowDefinitions,
  workflowEvents,
  workflowExecutions,
  workflowSnapshots,
} from './workflow.ts'
export type {
  WorkflowJournalView,
  WorkflowMistake,
  WorkflowRehearsal,
  WorkflowRehearsalRequest,
  WorkflowSimulationRequest,
  WorkflowSimulationView,
  WorkflowStep,
  WorkflowView,
} from './workflow-insight.ts'
export {
  workflowEvaluationRequestSchema,
  workflowJournalSchema,
  workflowMistakeSchema,
  workflowRehearsalRequestSchema,
  workflowRehearsalSchema,
  workflowSimulationRequestSchema,
  workflowSimulationSchema,
  workflowViewSchema,
} from './workflow-insight.ts'
