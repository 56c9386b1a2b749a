export { InProcessBus } from './adapters/in-process/bus.ts'
export { InProcessCoordinator } from './adapters/in-process/coordinator.ts'
export { type MongoOptions, openMongoStore } from './adapters/mongodb/open-mongo-store.ts'
export { openRabbitBus, type RabbitBusOptions } from './adapters/rabbitmq/rabbit-bus.ts'
export { RedisCoordinator } from './adapters/redis/coordinator.ts'
export { openRedis } from './adapters/redis/open-redis.ts'
export { type DataFolder, openDataFolder, openProcessFolder } from './adapters/sqlite/data-folder.ts'
export { ConfigError } from './config/config-error.ts'
export { openSqliteStore } from './adapters/sqlite/sqlite-store.ts'
export { systemClock } from './adapters/system/clock.ts'
export { systemIds } from './adapters/system/ids.ts'
export { type Acknowledgement, acknowledge } from './aliases/acknowledge.ts'
export { aliasHelp } from './aliases/alias-help.ts'
export {
  type ActionAliasDeps,
  createActionAlias,
  removeActionAlias,
  updateActionAlias,
} from './aliases/edit-action-aliases.ts'
export {
  type AliasExecution,
  executeAlias,
  type ExecuteAliasDeps,
  matchAndExecute,
} from './aliases/execute-alias.ts'
export { findActionAlias } from './aliases/find-action-alias.ts'
export { defaultConfigFile, processEnvironment } from './config/environment.ts'
export { type LoadedConfig, loadConfig } from './config/load-config.ts'
export type { Config } from './config/options.ts'
export { derivePaths, type Paths } from './config/paths.ts'
export { pythonSettings } from './config/python-settings.ts'
export type { ActionFilter } from './content/action-store.ts'
export { actionRevision, type EditedAction, revisionText } from './content/action-revision.ts'
export { cloneAction } from './content/clone-action.ts'
export { createAction } from './content/create-action.ts'
export { effectiveParameters } from './content/effective-parameters.ts'
export { findAction } from './content/find-action.ts'
export { packTexts } from './content/pack-texts.ts'
export { registerPacks } from './content/register-packs.ts'
export { describeProblem, type RegistrationReport } from './content/registration-report.ts'
export { removeAction } from './content/remove-action.ts'
export { updateAction } from './content/update-action.ts'
export { type AuthenticateDeps, authenticate, type Credential } from './access/authenticate.ts'
export { ensureFirstAdmin, FIRST_ADMIN } from './access/first-admin.ts'
export { login } from './access/login.ts'
export type { Principal } from './access/principal.ts'
export {
  type EvaluateDeps,
  evaluateExpression,
  type Evaluation,
  type PastContext,
} from './datastore/evaluate-expression.ts'
export { loadOrCreateEncryptionKey } from './datastore/encryption-key.ts'
export { splitUserName } from './datastore/key-scopes.ts'
export { listKeys, readKey, removeKey, setKey, type ShownKey } from './datastore/key-values.ts'
export { createEngine } from './engine.ts'
export type { Engine, EngineParts } from './engine-parts.ts'
export { NotCancelableError, unknownExecution } from './executions/cancel-execution.ts'
export { cancelOnRequest } from './executions/cancel-on-request.ts'
export {
  countDescendants,
  findDescendants,
  livingDescendants,
} from './executions/execution-descendants.ts'
export type { Announcement, ExecutionEvent } from './executions/execution-events.ts'
export { createPolicy, type PolicyDeps } from './executions/policies/create-policy.ts'
export { findPolicy } from './executions/policies/find-policy.ts'
export { findPolicyType } from './executions/policies/policy-type-store.ts'
export { registerPolicy } from './executions/policies/register-policy.ts'
export { removePolicy } from './executions/policies/remove-policy.ts'
export { updatePolicy } from './executions/policies/update-policy.ts'
export { pauseExecution, resumeExecution } from './executions/pause-execution.ts'
export { maskResult } from './executions/mask-result.ts'
export { type ExecutionOrder, requestExecution } from './executions/request-execution.ts'
export { rerunExecution } from './executions/rerun-execution.ts'
export { openParameters } from './executions/seal-parameters.ts'
export { updateExecution } from './executions/update-execution.ts'
export { findInquiry, type InquiryDeps, listInquiries } from './inquiries/find-inquiry.ts'
export { respondToInquiry } from './inquiries/respond-to-inquiry.ts'
export { createRule, type RuleDeps } from './rules/create-rule.ts'
export type { EnforcementStore } from './rules/enforcement-store.ts'
export { findRule } from './rules/find-rule.ts'
export { matchRules } from './rules/match-rules.ts'
export { testRuleFiles } from './rules/offline-test.ts'
export { registerRule } from './rules/register-rule.ts'
export { removeRule } from './rules/remove-rule.ts'
export { RuleBook } from './rules/rule-book.ts'
export { type RuleFilter, RuleStore } from './rules/rule-store.ts'
export { type RuleView, viewRule } from './rules/rule-view.ts'
export { testRule, type RuleTestDeps, type RuleTestQuestion } from './rules/test-rule.ts'
export { updateRule } from './rules/update-rule.ts'
export type { BlobContent, Blobs, ByteRange } from './ports/blobs.ts'
export type { Bus, Subscription } from './ports/bus.ts'
export type { Clock } from './ports/clock.ts'
export type { Log } from './ports/log.ts'
export { timestampOf } from './ports/timestamp.ts'
export type { Condition, Filter, Order, Query, Store } from './ports/store.ts'
export { acquireTrigger, releaseTrigger } from './triggers/acquire-trigger.ts'
export { dispatchTrigger, dispatchTriggers, type TriggerEvent } from './triggers/dispatch-trigger.ts'
export { createTriggerType, removeTriggerType, updateTriggerType } from './triggers/edit-trigger-types.ts'
export { createTrigger, removeTrigger, updateTrigger } from './triggers/edit-triggers.ts'
export { findTrigger, findTriggerInstance, findTriggerType } from './triggers/find-trigger.ts'
export { TIMER_TYPES, WEBHOOK_TYPE } from './triggers/internal-trigger-types.ts'
export { reEmitTriggerInstance } from './triggers/re-emit-trigger-instance.ts'
export { registerTriggerType, type TriggerTypeDefinition } from './triggers/register-trigger-type.ts'
export { findSensorType, setSensorEnabled } from './triggers/sensors/set-sensor-enabled.ts'
export { WAKE_RULESENGINE, type TriggerDeps } from './triggers/trigger-deps.ts'
export { validateTriggerParameters } from './triggers/trigger-parameters.ts'
export { receiveWebhook, type WebhookRequest } from './triggers/webhooks/receive-webhook.ts'
export { type Purge, purgeOlder } from './services/purge-older.ts'
export type { PurgeProgress } from './executions/purge-executions.ts'
export type { RunningService } from './services/service.ts'
export { inspectDefinition } from './workflows/inspect-definition.ts'
export { type RerunTasks, rerunTasks } from './workflows/rerun-tasks.ts'
export {
  type JournalPage,
  type JournalRow,
  journalOf,
  type WorkflowInsight,
  workflowOf,
} from './workflows/view-workflow.ts'
export type { WorkflowDeps } from './workflows/workflow-deps.ts'
export { type EvaluationPlace, evaluateInWorkflow } from './workflow-insight/evaluate-in-workflow.ts'
export { showJournal, showWorkflow } from './workflow-insight/show-workflow.ts'
export { simulateWorkflow } from './workflow-insight/simulate-workflow.ts'
export { rehearseWorkflow } from './workflow-insight/rehearse-workflow.ts'
