import { hostname } from 'node:os'
import { LayerEvaluator } from '@st2/expressions'
import { type RunnerManifest, runnerTypes as runnerTypeCollection } from '@st2/model'
import { ChainInbox } from './action-chains/chain-inbox.ts'
import { ChainJournal } from './action-chains/chain-journal.ts'
import { ApiKeyStore } from './access/api-key-store.ts'
import type { AuthenticateDeps } from './access/authenticate.ts'
import { LoginAttempts, type LoginDeps } from './access/login.ts'
import { TokenStore } from './access/token-store.ts'
import { UserStore } from './access/user-store.ts'
import { ActionAliasStore } from './aliases/action-alias-store.ts'
import { aliasRegistrar } from './aliases/alias-registrar.ts'
import type { ActionAliasDeps } from './aliases/edit-action-aliases.ts'
import { AliasMatcher } from './aliases/match-alias.ts'
import { systemTimeZone } from './adapters/system/time-zone.ts'
import { expressionLimits, workflowExpressionLimits } from './config/expression-limits.ts'
import type { Config } from './config/options.ts'
import type { Paths } from './config/paths.ts'
import { pythonSettings } from './config/python-settings.ts'
import type { ActionStore } from './content/action-store.ts'
import type { ContentEditDeps } from './content/content-edits.ts'
import { openContentStores } from './content/content-stores.ts'
import { OneAtATime } from './content/one-at-a-time.ts'
import type { PackConfigStore } from './content/pack-config-store.ts'
import { SharedVersion } from './content/shared-version.ts'
import { PackEditor } from './content/pack-editor.ts'
import { PackFiles } from './content/pack-files.ts'
import type { PackStore } from './content/pack-store.ts'
import { registerContent, registerRunnerTypes } from './content/register-content.ts'
import type { RegisterPacksDeps } from './content/register-packs.ts'
import type { RegistrationReport } from './content/registration-report.ts'
import type { RunnerTypeStore } from './content/runner-type-store.ts'
import type { EvaluateDeps } from './datastore/evaluate-expression.ts'
import { Sealer } from './datastore/encryption-key.ts'
import { KeyValueStore } from './datastore/key-value-store.ts'
import type { KeyValueDeps } from './datastore/key-values.ts'
import { TemplateLookUps } from './datastore/template-look-ups.ts'
import { ValueCipher } from './datastore/value-cipher.ts'
import { YAML_CODEC } from './datastore/yaml-codec.ts'
import type { EncryptionKey } from './datastore/encryption-key.ts'
import type { CancelDeps } from './executions/cancel-execution.ts'
import { type ActionTriggerSettings, executionEnds } from './executions/execution-ends.ts'
import { ExecutionEvents, WAKE_NOTIFIER, WAKE_SCHEDULER } from './executions/execution-events.ts'
import { ExecutionStore } from './executions/execution-store.ts'
import { OutputStore } from './executions/output-store.ts'
import type { PolicyDeps } from './executions/policies/create-policy.ts'
import { policyRegistrar } from './executions/policies/policy-registrar.ts'
import { EndedInbox } from './executions/notify/ended-inbox.ts'
import { LimitedScheduling } from './executions/policies/limited-scheduling.ts'
import { PolicyStore } from './executions/policies/policy-store.ts'
import { PolicyTypeStore } from './executions/policies/policy-type-store.ts'
import { QueueNaming } from './executions/policies/queue-naming.ts'
import { PolicySlotStore } from './executions/policies/slot-store.ts'
import { SHIPPED_POLICY_TYPES } from './executions/policies/shipped-policy-types.ts'
import type { PurgeExecutionsDeps } from './executions/purge-executions.ts'
import { RenderContexts } from './executions/render-contexts.ts'
import type { RequestDeps } from './executions/request-execution.ts'
import type { RunDeps } from './executions/run-execution.ts'
import { ResultStore } from './executions/result-store.ts'
import { SnapshotStore } from './executions/snapshot-store.ts'
import { parameterRules } from './executions/parameter-rules.ts'
import type { Blobs } from './ports/blobs.ts'
import type { Bus } from './ports/bus.ts'
import type { Clock } from './ports/clock.ts'
import type { Coordinator } from './ports/coordinator.ts'
import type { Ids } from './ports/ids.ts'
import type { Log } from './ports/log.ts'
import type { Runner, RunnerHost } from './ports/runner.ts'
import type { SensorHost } from './ports/sensor-host.ts'
import type { Store } from './ports/store.ts'
import { expireInquiries } from './inquiries/expire-inquiries.ts'
import type { RuleDeps } from './rules/create-rule.ts'
import { EnforcementStore } from './rules/enforcement-store.ts'
import { RuleBook } from './rules/rule-book.ts'
import { ruleRegistrar } from './rules/rule-registrar.ts'
import { RuleStore } from './rules/rule-store.ts'
import { RuleTypeStore } from './rules/rule-type-store.ts'
import { ruleSeal } from './rules/seal-rule.ts'
import type { RuleTestDeps } from './rules/test-rule.ts'
import { type Chainrunner, chainrunner } from './services/chainrunner.ts'
import { inquiryDesk, inquiryMoved } from './services/inquiry-desk.ts'
import { actionrunner } from './services/actionrunner.ts'
import { COLLECT_GARBAGE, garbagecollector } from './services/garbagecollector.ts'
import { IncarnationKeeper } from './services/incarnation-keeper.ts'
import { rulesengine } from './services/rulesengine.ts'
import { notifier } from './services/notifier.ts'
import { scheduler, type SchedulerWake } from './services/scheduler.ts'
import { sensorcontainer } from './services/sensorcontainer.ts'
import { watchForTakeOver } from './services/take-over-watch.ts'
import { timersengine } from './services/timersengine.ts'
import { workflowengine } from './services/workflowengine.ts'
import type { RunningService, Service } from './services/service.ts'

import { correctReferences } from './triggers/correct-references.ts'
import { WAKE_RULESENGINE, type TriggerDeps } from './triggers/trigger-deps.ts'
import { ACTION_TRIGGER, internalTriggerTypes } from './triggers/internal-trigger-types.ts'
import { triggerRegistrar } from './triggers/trigger-registrar.ts'
import { openTriggerStores } from './triggers/trigger-stores.ts'
import { registerTriggerType } from './triggers/register-trigger-type.ts'
import { emitFilesWritten, emitKeyChange } from './triggers/platform-events.ts'
import { sensorRegistrar } from './triggers/sensors/sensor-registrar.ts'
import type { SensorTypeStore } from './triggers/sensors/sensor-type-store.ts'
import { TimerStateStore } from './triggers/timers/timer-state-store.ts'
import type { TriggerInstanceStore } from './triggers/trigger-instance-store.ts'
import type { TriggerStore } from './triggers/trigger-store.ts'
import type { TriggerTypeStore } from './triggers/trigger-type-store.ts'
import type { WebhookTable } from './triggers/webhooks/webhook-table.ts'
import { Definitions } from './workflows/definitions.ts'
import type { WorkflowDeps } from './workflows/workflow-deps.ts'
import { WorkflowInbox } from './workflows/workflow-inbox.ts'
import { WorkflowStore } from './workflows/workflow-store.ts'

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

export async function createEngine(parts: EngineParts): Promise<Engine> {
  // A rule made elsewhere a moment ago may not be known here: only who is alone knows that none listens.
  const { config, store, blobs, bus, clock, ids, isAlone = true } = parts
  const events = new ExecutionEvents(bus)
  const results = new ResultStore(blobs, config.actionrunner.result_inline_size, clock)
  const outputs = new OutputStore(store, events, clock, ids)
  const snapshots = new SnapshotStore(store)
  const sealer = new Sealer(parts.encryptionKey, ids)
  const tokens = new TokenStore(store, clock, ids)
  const users = new UserStore(store, ids)
  const content = await openContentStores({ store, ids, bus, sealer })
  const { actions, runnerTypes, packs, packConfigs } = content
  const packFiles = new PackFiles(parts.paths.packBasePaths, config.content.max_pack_files)
  const turns = new OneAtATime(config.content.max_waiting_edits)
  const editor = new PackEditor({
    packFiles,
    packs,
    ids,
    writablePacksDir: parts.paths.writablePacksDir,
    maxFileSize: config.content.max_data_file_size,
    maxPackFiles: config.content.max_pack_files,
  })
  const cipher = new ValueCipher(parts.encryptionKey, ids)
  const keys = new KeyValueStore(store, clock)
  const lookUps = new TemplateLookUps(keys, cipher, expressionLimits(config))
  const renderContexts = new RenderContexts(packConfigs, lookUps)
  const policies = await PolicyStore.open(store, content.changes, parts.log)
  const slots = new PolicySlotStore(store)
  const policyTypes = new PolicyTypeStore(store, ids)
  const wakeScheduler = (wake: SchedulerWake): void => {
    // A hint: the scheduler's sweep finds what is due anyway.
    bus.send(WAKE_SCHEDULER, wake).catch((err: unknown) => parts.log.warn({ err }, 'scheduler could not be woken'))
  }
  const triggerStores = await openTriggerStores({ store, bus, clock })
  const findParameters = async (ref: string) => {
    const action = await actions.findByRef(ref)
    const runner = action === null ? null : await runnerTypes.findByName(action.runner_type)
    return action === null || runner === null ? null : parameterRules(action, runner).effective
  }
  const rules = new RuleStore(
    store,
    bus,
    isAlone ? null : new SharedVersion(store, ids, 'rule'),
    ruleSeal(sealer, findParameters),
  )
  const ruleTypes = new RuleTypeStore(store)
  const ruleBook = await RuleBook.open(rules, lookUps.environment, parts.log)
  const triggerDeps: TriggerDeps = {
    ...triggerStores,
    clock,
    ids,
    log: parts.log,
    settings: {
      validateTriggerParameters: config.system.validate_trigger_parameters,
      validateTriggerPayload: config.system.validate_trigger_payload,
    },
    mayMatch: ({ ref }) => !isAlone || ruleBook.listens(ref),
    wakeRulesengine() {
      // A hint: the rules engine's sweep finds what is due anyway.
      bus.send(WAKE_RULESENGINE, null).catch((err: unknown) => {
        parts.log.warn({ err }, 'rules engine could not be woken')
      })
    },
  }
  const policyDeps: PolicyDeps = {
    policies,
    policyTypes,
    ids,
    log: parts.log,
    wakeScheduler: () => wakeScheduler({ delay: 0 }),
  }
  const ruleDeps: RuleDeps = { ...triggerDeps, rules }
  const actionAliases = new ActionAliasStore(store, content.changes)
  const actionAliasDeps: ActionAliasDeps = { aliases: actionAliases, ids, log: parts.log }
  const registerPacksDeps: RegisterPacksDeps = {
    stores: content,
    ids,
    packFiles,
    configsDir: parts.paths.configsDir,
    overridesDir: parts.paths.overridesDir,
    maxMetadataSize: config.content.max_metadata_size,
    registrars: [
      triggerRegistrar(triggerDeps),
      sensorRegistrar(triggerDeps),
      ruleRegistrar(ruleDeps),
      aliasRegistrar(actionAliasDeps),
      policyRegistrar(policyDeps),
    ],
    turns,
    log: parts.log,
  }
  const endedInbox = new EndedInbox()
  const actionTrigger: ActionTriggerSettings = {
    isEnabled: config.action_sensor.enable,
    statuses: config.action_sensor.emit_when,
    mayMatch: () => !isAlone || ruleBook.listens(ACTION_TRIGGER),
  }
  const workflowInbox = new WorkflowInbox(bus)
  const chainInbox = new ChainInbox(bus)
  const ends = executionEnds({
    policies,
    slots,
    actionTrigger,
    wakeScheduler: (freed) => wakeScheduler({ delay: 0, freed }),
    inbox: endedInbox,
    wakeNotifier: () => bus.broadcast(WAKE_NOTIFIER, null),
    workflowInbox,
    moved(document) {
      chainInbox.put(document)
      inquiryMoved(bus, document)
    },
    log: parts.log,
  })
  const executions = new ExecutionStore(store, events, clock, ends)
  const workflows = new WorkflowStore(store)
  const shared = { executions, results, snapshots, sealer, renderContexts, clock, ids, log: parts.log }
  const requestDeps: RequestDeps = {
    ...shared,
    actions,
    runnerTypes,
    isLimited: (actionRef) => policies.book.isLimited(actionRef),
    wakeScheduler: ({ id, delay = 0 }) => wakeScheduler({ id, delay }),
  }
  const workflowDeps: WorkflowDeps = {
    executions,
    workflows,
    results,
    sealer,
    events,
    definitions: new Definitions({
      packFiles,
      actions,
      runnerTypes,
      maxDefinitionSize: config.workflow_engine.max_definition_size,
      expressionLimits: workflowExpressionLimits(config),
    }),
  }

  const engine: Engine = {
    clock,
    events,
    executions,
    results,
    outputs,
    snapshots,
    sealer,
    tokens,
    actions,
    runnerTypes,
    packs,
    packConfigs,
    packFiles,
    policyTypes,
    policies,
    policyDeps,
    ...triggerStores,
    triggerDeps,
    rules,
    ruleTypes,
    ruleBook,
    enforcements: new EnforcementStore(store),
    ruleDeps,
    ruleTestDeps: {
      ...triggerStores,
      book: ruleBook,
      rules,
      lookUps,
      clock,
      requestDeps,
      systemUser: config.system_user.user,
    },
    actionAliases,
    actionAliasDeps,
    aliasMatcher: new AliasMatcher(),
    contentEditDeps: {
      stores: content,
      packFiles,
      editor,
      turns,
      ids,
      log: parts.log,
      filesWritten: (ref, paths) => emitFilesWritten(triggerDeps, hostname(), ref, paths),
    },
    registerPacksDeps,
    authenticateDeps: { tokens, apiKeys: new ApiKeyStore(store), clock, admins: config.auth.admins },
    loginDeps: {
      tokens,
      users,
      clock,
      htpasswdPath: parts.paths.htpasswdFile,
      tokenTtl: config.auth.token_ttl,
      attempts: new LoginAttempts(config.auth.login_attempts_per_minute, clock),
    },
    requestDeps,
    cancelDeps: { executions, events, results },
    keyValueDeps: {
      keys,
      cipher,
      clock,
      ids,
      isEncryptionEnabled: config.keyvalue.enable_encryption,
      changed: (change) => emitKeyChange(triggerDeps, change),
    },
    evaluateDeps: {
      lookUps,
      clock,
      ids,
      evaluator: new LayerEvaluator(YAML_CODEC, expressionLimits(config), workflowExpressionLimits(config)),
    },
    workflowDeps,
    purgeDeps: { store, results, slots },
    collectGarbage: () => bus.broadcast(COLLECT_GARBAGE, null),
    async probe() {
      await store.find(runnerTypeCollection, { limit: 1 })
    },
    register: (onProgress) =>
      turns.run(async () => {
        await registerRunnerTypes({ stores: content }, parts.manifests)
        await policyTypes.register(SHIPPED_POLICY_TYPES)
        await ruleTypes.register()
        for (const type of internalTriggerTypes({ hasActionTrigger: config.action_sensor.enable })) {
          await registerTriggerType(triggerDeps, type)
        }
        await correctReferences(triggerDeps, () => rules.countReferences())
        return registerContent(registerPacksDeps, { read: 'changed', onProgress })
      }),
    start: (names) =>
      startServices(
        parts,
        engine,
        { ...shared, outputs, tokens, packFiles, inbox: endedInbox, workflowInbox, chainInbox, actionTrigger },
        names,
      ),
  }
  return engine
}

type RunShared = Pick<
  Parameters<typeof actionrunner>[0],
  | 'executions'
  | 'results'
  | 'snapshots'
  | 'sealer'
  | 'renderContexts'
  | 'clock'
  | 'log'
  | 'outputs'
  | 'tokens'
  | 'packFiles'
> &
  Pick<Parameters<typeof notifier>[0], 'inbox' | 'actionTrigger'> & {
    readonly workflowInbox: WorkflowInbox
    readonly chainInbox: ChainInbox
  }

/** Where a process is alone nobody declares anything. */
const NEVER = (): void => undefined

async function startServices(
  parts: EngineParts,
  engine: Engine,
  shared: RunShared,
  names: readonly string[],
): Promise<RunningService> {
  const { config, store, clock, host } = parts
  const { identity, isAlone = true } = parts
  const keeper = await IncarnationKeeper.begin(store, clock, identity, parts.onDeclaredDead ?? NEVER)
  const onCrash = config.actionrunner.on_crash
  const watch = await watchForTakeOver({ ...shared, store, host, onCrash, keeper, identity, isAlone })
  const known = services(parts, engine, shared, keeper.id)
  const running: RunningService[] = []
  for (const service of known) if (names.includes(service.name)) running.push(await service.start())
  return {
    async stop(deadlineMs) {
      // In reverse: what hands out work stops after what does it.
      for (const service of running.toReversed()) await service.stop(deadlineMs)
      await watch.stop(deadlineMs)
      await keeper.end()
    },
  }
}

function services(parts: EngineParts, engine: Engine, shared: RunShared, owner: string): Service[] {
  const { config, bus } = parts
  const { events } = engine
  const sweepIntervalMs = config.scheduler.sweep_interval_ms
  const runDeps = runDepsOf(parts, engine, shared)
  const chains = chainsOf(parts, engine, shared, owner)
  return [
    garbagecollector({
      ...shared,
      ...engine.purgeDeps,
      actions: engine.actions,
      keys: engine.keyValueDeps.keys,
      bus,
      expireInquiries: (signal) => expireInquiries({ ...shared, systemUser: config.system_user.user }, signal),
      settings: config.garbagecollector,
    }),
    rulesengine({
      ...engine.ruleTestDeps,
      ...engine.triggerDeps,
      enforcements: engine.enforcements,
      bus,
      isAlone: parts.isAlone ?? true,
      settings: {
        batchSize: config.rulesengine.batch_size,
        leaseMs: config.rulesengine.lease_ms,
        sweepIntervalMs: config.rulesengine.sweep_interval_ms,
      },
    }),
    notifier({
      ...shared,
      bus,
      policies: engine.policies,
      lookUps: engine.evaluateDeps.lookUps,
      requestDeps: engine.requestDeps,
      triggerDeps: engine.triggerDeps,
      actionTrigger: shared.actionTrigger,
      maxResultSize: config.notifier.max_result_size,
      settings: { batchSize: config.notifier.batch_size, sweepIntervalMs },
    }),
    scheduler({
      ...shared,
      limited: new LimitedScheduling({
        ...shared,
        slots: engine.purgeDeps.slots,
        policies: engine.policies,
        queueNaming: new QueueNaming(parts.encryptionKey, shared.sealer),
        batchSize: config.scheduler.batch_size,
      }),
      events,
      bus,
      wakeWorkflows: () => shared.workflowInbox.wake(),
      settings: { batchSize: config.scheduler.batch_size, sweepIntervalMs },
    }),
    workflowengine({
      ...shared,
      ...engine.workflowDeps,
      requestDeps: engine.requestDeps,
      runDeps,
      bus,
      owner,
      inbox: shared.workflowInbox,
      answers: engine.keyValueDeps,
      ids: parts.ids,
      wakeWorkflows: () => shared.workflowInbox.wake(),
      begin: {
        apiUrl: parts.apiUrl,
        systemUser: config.system_user.user,
        leaseMs: config.workflow_engine.lease_ms,
      },
      settings: {
        snapshotInterval: config.workflow_engine.snapshot_interval,
        batchSize: config.workflow_engine.batch_size,
        streamOutput: config.actionrunner.stream_output,
        maxResultSize: config.actionrunner.max_result_size,
      },
      limits: { maxLoaded: config.workflow_engine.max_loaded },
      engine: {
        sweepIntervalMs,
        batchSize: config.workflow_engine.batch_size,
        isAlone: parts.isAlone ?? true,
        maxIdleSeconds: config.workflow_engine.gc_max_idle_sec,
      },
    }),
    actionrunner({
      ...runDeps,
      events,
      bus,
      owner,
      woken: () => chains.wake(),
      pool: { size: config.actionrunner.actions_pool_size, sweepIntervalMs },
    }),
    chains,
    inquiryDesk({ ...shared, triggerDeps: engine.triggerDeps, bus, sweepIntervalMs }),
    timersengine({
      ...engine.triggerDeps,
      coordinator: parts.coordinator,
      states: new TimerStateStore(parts.store),
      isEnabled: config.timersengine.enable,
      timers: {
        misfirePolicy: config.timersengine.misfire_policy,
        maxMissedFires: config.timersengine.max_missed_fires,
        localZone: systemTimeZone(),
      },
    }),
    ...sensorServices(parts, engine, shared),
  ]
}

function chainsOf(parts: EngineParts, engine: Engine, shared: RunShared, owner: string): Chainrunner {
  const { config } = parts
  const { lookUps } = engine.evaluateDeps
  const journal = new ChainJournal(parts.store, shared.sealer, shared.results)
  return chainrunner({
    ...shared,
    journal,
    owner,
    bus: parts.bus,
    events: engine.events,
    requestDeps: engine.requestDeps,
    inbox: shared.chainInbox,
    wakeWorkflows: () => shared.workflowInbox.wake(),
    decide: {
      ...shared,
      actions: engine.actions,
      lookUps,
      keepDefinition: (text) => journal.keepDefinition(text),
      packConfig: (pack, user) => engine.packConfigs.resolve(pack, user, lookUps),
      maxDefinitionSize: config.workflow_engine.max_definition_size,
    },
    sweepIntervalMs: config.scheduler.sweep_interval_ms,
  })
}

/** How actions are run in this process. */
function runDepsOf(parts: EngineParts, engine: Engine, shared: RunShared): RunDeps {
  const { config } = parts
  return {
    ...shared,
    events: engine.events,
    host: parts.host,
    runners: new Map(parts.runners.map((runner) => [runner.manifest.name, runner])),
    packConfig: async (pack, user) =>
      (await engine.packConfigs.resolve(pack, user, engine.evaluateDeps.lookUps)).values,
    settings: {
      apiUrl: parts.apiUrl,
      serviceTokenTtl: config.auth.service_token_ttl,
      streamOutput: config.actionrunner.stream_output,
      systemUser: parts.systemUser,
      limits: {
        max_output_size: config.actionrunner.max_output_size,
        kill_grace_ms: config.actionrunner.kill_grace_ms,
      },
      python: pythonSettings(config, parts.paths),
      version: parts.version,
    },
  }
}

function sensorServices(parts: EngineParts, engine: Engine, shared: RunShared): Service[] {
  const { config, coordinator, sensorHost } = parts
  if (sensorHost === undefined) return []
  const { sensorTypes, keyValueDeps } = engine
  return [
    sensorcontainer({
      ...engine.triggerDeps,
      sensorTypes,
      coordinator,
      host: sensorHost,
      tokens: shared.tokens,
      packFiles: shared.packFiles,
      packConfig: async (pack) => {
        const resolved = await engine.packConfigs.resolve(pack, config.system_user.user, engine.evaluateDeps.lookUps)
        return resolved.values
      },
      sensors: { apiUrl: parts.apiUrl, serviceTokenTtl: config.auth.service_token_ttl },
      partition: {
        provider: config.sensorcontainer.partition_provider,
        node: config.sensorcontainer.sensor_node_name,
        async readKey(name) {
          const item = await keyValueDeps.keys.find({ scope: 'st2kv.system', name })
          return item === null || !item.secret ? (item?.value ?? null) : keyValueDeps.cipher.decrypt(item.value)
        },
      },
      onlyRef: config.sensorcontainer.sensor_ref,
      isSingleMode: config.sensorcontainer.single_sensor_mode,
    }),
  ]
}
