import { hostname } from 'node:os'
import { LayerEvaluator } from '@st2/expressions'
import { runnerTypes as runnerTypeCollection } from '@st2/model'
import { ChainInbox } from './action-chains/chain-inbox.ts'
import { ApiKeyStore } from './access/api-key-store.ts'
import { LoginAttempts } from './access/login.ts'
import { TokenStore } from './access/token-store.ts'
import { UserStore } from './access/user-store.ts'
import { ActionAliasStore } from './aliases/action-alias-store.ts'
import { aliasRegistrar } from './aliases/alias-registrar.ts'
import type { ActionAliasDeps } from './aliases/edit-action-aliases.ts'
import { AliasMatcher } from './aliases/match-alias.ts'
import { expressionLimits, workflowExpressionLimits } from './config/expression-limits.ts'
import { openContentStores } from './content/content-stores.ts'
import { ContentLock } from './content/content-lock.ts'
import { OneAtATime } from './content/one-at-a-time.ts'
import { SharedVersion } from './content/shared-version.ts'
import { PackEditor } from './content/pack-editor.ts'
import { PackFiles } from './content/pack-files.ts'
import { registerContent, registerRunnerTypes } from './content/register-content.ts'
import type { RegisterPacksDeps } from './content/register-packs.ts'
import { Sealer } from './datastore/encryption-key.ts'
import { KeyValueStore } from './datastore/key-value-store.ts'
import { TemplateLookUps } from './datastore/template-look-ups.ts'
import { ValueCipher } from './datastore/value-cipher.ts'
import { YAML_CODEC } from './datastore/yaml-codec.ts'
import { type ActionTriggerSettings, executionEnds } from './executions/execution-ends.ts'
import { ExecutionEvents, WAKE_NOTIFIER, WAKE_SCHEDULER } from './executions/execution-events.ts'
import { ExecutionStore } from './executions/execution-store.ts'
import { Outcomes } from './executions/outcomes.ts'
import { OutputStore } from './executions/output-store.ts'
import type { PolicyDeps } from './executions/policies/create-policy.ts'
import { policyRegistrar } from './executions/policies/policy-registrar.ts'
import { EndedInbox } from './executions/notify/ended-inbox.ts'
import { PolicyStore } from './executions/policies/policy-store.ts'
import { PolicyTypeStore } from './executions/policies/policy-type-store.ts'
import { PolicySlotStore } from './executions/policies/slot-store.ts'
import { SHIPPED_POLICY_TYPES } from './executions/policies/shipped-policy-types.ts'
import { RenderContexts } from './executions/render-contexts.ts'
import type { RequestDeps } from './executions/request-execution.ts'
import { ResultStore } from './executions/result-store.ts'
import { SnapshotStore } from './executions/snapshot-store.ts'
import { parameterRules } from './executions/parameter-rules.ts'
import type { RuleDeps } from './rules/create-rule.ts'
import { EnforcementStore } from './rules/enforcement-store.ts'
import { RuleBook } from './rules/rule-book.ts'
import { ruleRegistrar } from './rules/rule-registrar.ts'
import { RuleStore } from './rules/rule-store.ts'
import { RuleTypeStore } from './rules/rule-type-store.ts'
import { ruleSeal } from './rules/seal-rule.ts'
import { inquiryMoved } from './services/inquiry-desk.ts'
import { COLLECT_GARBAGE } from './services/garbagecollector.ts'
import type { SchedulerWake } from './services/scheduler.ts'
import { correctReferences } from './triggers/correct-references.ts'
import { WAKE_RULESENGINE, type TriggerDeps } from './triggers/trigger-deps.ts'
import { ACTION_TRIGGER, internalTriggerTypes } from './triggers/internal-trigger-types.ts'
import { triggerRegistrar } from './triggers/trigger-registrar.ts'
import { openTriggerStores } from './triggers/trigger-stores.ts'
import { registerTriggerType } from './triggers/register-trigger-type.ts'
import { emitFilesWritten, emitKeyChange } from './triggers/platform-events.ts'
import { sensorRegistrar } from './triggers/sensors/sensor-registrar.ts'
import { Definitions } from './workflows/definitions.ts'
import type { WorkflowDeps } from './workflows/workflow-deps.ts'
import { WorkflowInbox } from './workflows/workflow-inbox.ts'
import { WorkflowStore } from './workflows/workflow-store.ts'
import type { Engine, EngineParts } from './engine-parts.ts'
import { startServices } from './start-services.ts'

export async function createEngine(parts: EngineParts): Promise<Engine> {
  // A rule made elsewhere a moment ago may not be known here: only who is alone knows that none listens.
  const { config, store, blobs, bus, clock, ids, isAlone = true } = parts
  const events = new ExecutionEvents(bus)
  const sealer = new Sealer(parts.encryptionKey, ids)
  const results = new ResultStore(blobs, config.actionrunner.result_inline_size, clock, sealer)
  const outputs = new OutputStore(store, events, clock, ids)
  const snapshots = new SnapshotStore(store)
  const outcomes = new Outcomes(snapshots, results, config.system.validate_output_schema)
  const tokens = new TokenStore(store, clock, ids)
  const users = new UserStore(store, ids)
  const content = await openContentStores({ store, ids, bus, sealer })
  const { actions, runnerTypes, packs, packConfigs } = content
  const packFiles = new PackFiles(parts.paths.packBasePaths, config.content.max_pack_files)
  const lock = isAlone ? null : new ContentLock({ coordinator: parts.coordinator, clock })
  const turns = new OneAtATime(config.content.max_waiting_edits, lock)
  const editor = new PackEditor({
    packFiles,
    stores: content,
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
  const shared = { executions, results, outcomes, snapshots, sealer, renderContexts, clock, ids, log: parts.log }
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
    outcomes,
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
    updateDeps: { executions, events, results, outcomes },
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
    purgeDeps: { store, results, slots, events },
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
