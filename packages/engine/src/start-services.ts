import { hostname } from 'node:os'
import type { ChainInbox } from './action-chains/chain-inbox.ts'
import { ChainJournal } from './action-chains/chain-journal.ts'
import { systemTimeZone } from './adapters/system/time-zone.ts'
import { pythonSettings } from './config/python-settings.ts'
import { LimitedScheduling } from './executions/policies/limited-scheduling.ts'
import { QueueNaming } from './executions/policies/queue-naming.ts'
import type { RunDeps } from './executions/run-execution.ts'
import { expireInquiries } from './inquiries/expire-inquiries.ts'
import { type Chainrunner, chainrunner } from './services/chainrunner.ts'
import { inquiryDesk } from './services/inquiry-desk.ts'
import { actionrunner } from './services/actionrunner.ts'
import { garbagecollector } from './services/garbagecollector.ts'
import { IncarnationKeeper } from './services/incarnation-keeper.ts'
import { rulesengine } from './services/rulesengine.ts'
import { notifier } from './services/notifier.ts'
import { scheduler } from './services/scheduler.ts'
import { sensorcontainer } from './services/sensorcontainer.ts'
import { watchForTakeOver } from './services/take-over-watch.ts'
import { timersengine } from './services/timersengine.ts'
import { workflowengine } from './services/workflowengine.ts'
import type { RunningService, Service } from './services/service.ts'
import { TimerStateStore } from './triggers/timers/timer-state-store.ts'
import type { WorkflowInbox } from './workflows/workflow-inbox.ts'
import type { Engine, EngineParts } from './engine-parts.ts'

type RunShared = Pick<
  Parameters<typeof actionrunner>[0],
  | 'executions'
  | 'results'
  | 'outcomes'
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

/** Takes over what dead servers left, then starts the named services. */
export async function startServices(
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
      coordinator: parts.coordinator,
      inbox: shared.workflowInbox,
      answers: engine.keyValueDeps,
      ids: parts.ids,
      wakeWorkflows: () => shared.workflowInbox.wake(),
      begin: {
        apiUrl: parts.apiUrl,
        systemUser: config.system_user.user,
        leaseMs: config.workflow_engine.lease_ms,
        limits: { task_runs: config.workflow_engine.max_task_runs, items: config.workflow_engine.max_items },
      },
      settings: {
        snapshotInterval: config.workflow_engine.snapshot_interval,
        batchSize: config.workflow_engine.batch_size,
        cancelGraceMs: config.workflow_engine.cancel_grace_ms,
        streamOutput: config.actionrunner.stream_output,
        maxResultSize: config.actionrunner.max_result_size,
      },
      limits: { maxLoaded: config.workflow_engine.max_loaded },
      engine: {
        sweepIntervalMs,
        batchSize: config.workflow_engine.batch_size,
        isAlone: parts.isAlone ?? true,
        maxIdleSeconds: config.workflow_engine.gc_max_idle_sec,
        registers: config.coordination.service_registry,
        memberId: `${hostname()}_${process.pid}`,
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
      maxTasks: config.workflow_engine.max_chain_tasks,
    },
    cancelGraceMs: config.workflow_engine.cancel_grace_ms,
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
