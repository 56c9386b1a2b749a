import type { RunnerManifest } from '@st2/model'
import type { AuthenticateDeps } from './access/authenticate.ts'
import type { LoginDeps } from './access/login.ts'
import type { TokenStore } from './access/token-store.ts'
import type { ActionAliasStore } from './aliases/action-alias-store.ts'
import type { ActionAliasDeps } from './aliases/edit-action-aliases.ts'
import type { AliasMatcher } from './aliases/match-alias.ts'
import type { Config } from './config/options.ts'
import type { Paths } from './config/paths.ts'
import type { ActionStore } from './content/action-store.ts'
import type { ContentEditDeps } from './content/content-edits.ts'
import type { PackConfigStore } from './content/pack-config-store.ts'
import type { PackFiles } from './content/pack-files.ts'
import type { PackStore } from './content/pack-store.ts'
import type { RegisterPacksDeps } from './content/register-packs.ts'
import type { RegistrationReport } from './content/registration-report.ts'
import type { RunnerTypeStore } from './content/runner-type-store.ts'
import type { EvaluateDeps } from './datastore/evaluate-expression.ts'
import type { Sealer } from './datastore/encryption-key.ts'
import type { KeyValueDeps } from './datastore/key-values.ts'
import type { EncryptionKey } from './datastore/encryption-key.ts'
import type { CancelDeps } from './executions/cancel-execution.ts'
import type { ExecutionEvents } from './executions/execution-events.ts'
import type { ExecutionStore } from './executions/execution-store.ts'
import type { Outcomes } from './executions/outcomes.ts'
import type { OutputStore } from './executions/output-store.ts'
import type { PolicyDeps } from './executions/policies/create-policy.ts'
import type { PolicyStore } from './executions/policies/policy-store.ts'
import type { PolicyTypeStore } from './executions/policies/policy-type-store.ts'
import type { PurgeExecutionsDeps } from './executions/purge-executions.ts'
import type { RequestDeps } from './executions/request-execution.ts'
import type { ResultStore } from './executions/result-store.ts'
import type { SnapshotStore } from './executions/snapshot-store.ts'
import type { UpdateDeps } from './executions/update-execution.ts'
import type { Blobs } from './ports/blobs.ts'
import type { Bus } from './ports/bus.ts'
import type { Clock } from './ports/clock.ts'
import type { Coordinator } from './ports/coordinator.ts'
import type { Ids } from './ports/ids.ts'
import type { Log } from './ports/log.ts'
import type { Runner, RunnerHost } from './ports/runner.ts'
import type { SensorHost } from './ports/sensor-host.ts'
import type { Store } from './ports/store.ts'
import type { RuleDeps } from './rules/create-rule.ts'
import type { EnforcementStore } from './rules/enforcement-store.ts'
import type { RuleBook } from './rules/rule-book.ts'
import type { RuleStore } from './rules/rule-store.ts'
import type { RuleTypeStore } from './rules/rule-type-store.ts'
import type { RuleTestDeps } from './rules/test-rule.ts'
import type { RunningService } from './services/service.ts'
import type { TriggerDeps } from './triggers/trigger-deps.ts'
import type { SensorTypeStore } from './triggers/sensors/sensor-type-store.ts'
import type { TriggerInstanceStore } from './triggers/trigger-instance-store.ts'
import type { TriggerStore } from './triggers/trigger-store.ts'
import type { TriggerTypeStore } from './triggers/trigger-type-store.ts'
import type { WebhookTable } from './triggers/webhooks/webhook-table.ts'
import type { WorkflowDeps } from './workflows/workflow-deps.ts'

/** Everything outside that the engine works with: the server makes it and hands it in. */
export interface EngineParts {
  readonly config: Config
  readonly paths: Paths
  readonly store: Store
  readonly blobs: Blobs
  readonly bus: Bus
  readonly coordinator: Coordinator
  readonly clock: Clock
  readonly ids: Ids
  readonly log: Log
  readonly encryptionKey: EncryptionKey
  readonly runners: readonly Runner[]
  readonly manifests: readonly RunnerManifest[]
  readonly host: RunnerHost
  /** What runs sensors; absent: this process has none, and its sensorcontainer runs nothing. */
  readonly sensorHost?: SensorHost
  /** Who this process is among those that share the store. */
  readonly identity: { readonly instance: string; readonly epoch: number }
  /** This process has the store to itself. @default true */
  readonly isAlone?: boolean
  /** Others took this process for dead and its work over: what it still does must end. @default it goes on */
  readonly onDeclaredDead?: () => void
  /** Base URL of the API as actions see it, without version; known once the server listens. */
  readonly apiUrl: () => string
  /** `[system_user] user` when it is set; null: commands run as the server's own user. */
  readonly systemUser: string | null
  readonly version: string
}

/** The features, wired: what routes and services are built on. */
export interface Engine {
  readonly clock: Clock
  readonly events: ExecutionEvents
  readonly executions: ExecutionStore
  readonly results: ResultStore
  readonly outcomes: Outcomes
  readonly outputs: OutputStore
  readonly snapshots: SnapshotStore
  readonly sealer: Sealer
  readonly tokens: TokenStore
  readonly actions: ActionStore
  readonly runnerTypes: RunnerTypeStore
  readonly packs: PackStore
  readonly packConfigs: PackConfigStore
  readonly packFiles: PackFiles
  readonly policyTypes: PolicyTypeStore
  readonly policies: PolicyStore
  readonly policyDeps: PolicyDeps
  readonly triggerTypes: TriggerTypeStore
  readonly triggers: TriggerStore
  readonly triggerInstances: TriggerInstanceStore
  readonly sensorTypes: SensorTypeStore
  readonly webhooks: WebhookTable
  readonly triggerDeps: TriggerDeps
  readonly rules: RuleStore
  readonly ruleTypes: RuleTypeStore
  /** Enabled rules, compiled. */
  readonly ruleBook: RuleBook
  readonly enforcements: EnforcementStore
  readonly ruleDeps: RuleDeps
  readonly ruleTestDeps: RuleTestDeps
  readonly actionAliases: ActionAliasStore
  readonly actionAliasDeps: ActionAliasDeps
  readonly aliasMatcher: AliasMatcher
  readonly contentEditDeps: ContentEditDeps
  readonly registerPacksDeps: RegisterPacksDeps
  readonly authenticateDeps: AuthenticateDeps
  readonly loginDeps: LoginDeps
  readonly requestDeps: RequestDeps
  readonly cancelDeps: CancelDeps
  readonly updateDeps: UpdateDeps
  readonly keyValueDeps: KeyValueDeps
  readonly evaluateDeps: EvaluateDeps
  readonly workflowDeps: WorkflowDeps
  readonly purgeDeps: PurgeExecutionsDeps
  /** Begins a round of the garbage collector now. */
  collectGarbage(): void
  /** Resolves when the store answers. */
  probe(): Promise<void>
  /** Registers runner types and the packs on disk. What is broken is reported and left out. */
  register(onProgress: (done: number, total: number, pack: string) => void): Promise<RegistrationReport>
  /** Takes over what dead servers left, then starts the named services. */
  start(services: readonly string[]): Promise<RunningService>
}
