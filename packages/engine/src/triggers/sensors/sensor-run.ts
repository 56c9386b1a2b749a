import type { SensorType, Trigger, TriggerView } from '@st2/model'
import type { TokenStore } from '../../access/token-store.ts'
import type { PackFiles } from '../../content/pack-files.ts'
import type { SensorHost, SensorIo, SensorProcess, SensorSpec } from '../../ports/sensor-host.ts'
import type { DocumentEvent } from '../document-events.ts'
import { type DispatchDeps, dispatchTriggers } from '../dispatch-trigger.ts'
import { SENSOR_EXIT_TRIGGER, SENSOR_SPAWN_TRIGGER } from '../internal-trigger-types.ts'
import { dispatchSensorEvent } from './dispatch-sensor-event.ts'

/** ms between SIGTERM and SIGKILL. @source services.md 4 */
const STOP_GRACE_MS = 5000
/** Users in whose name a sensor calls the API and uses the datastore. @source services.md 4 */
const API_USER = 'sensors_container'
const DATASTORE_USER = 'sensor_service'
/** Characters of a failed sensor's last error output that are logged. */
const SHOWN_ERRORS = 4000

export interface SensorRunDeps extends DispatchDeps {
  readonly host: SensorHost
  readonly tokens: TokenStore
  readonly packFiles: PackFiles
  /** The pack's configuration as the system user sees it. @throws InvalidError */
  readonly packConfig: (pack: string) => Promise<Readonly<Record<string, unknown>>>
  readonly sensors: {
    /** Base URL of the API, without version. */
    readonly apiUrl: () => string
    /** `[auth] service_token_ttl`, seconds. */
    readonly serviceTokenTtl: number
  }
}

/**
 * Runs the process of a sensor once, from its spawn to its exit, and tells it of its triggers. Answers the exit code.
 *
 * @throws InvalidError when it could not be started
 */
export async function runSensor(deps: SensorRunDeps, sensor: SensorType, signal: AbortSignal): Promise<number> {
  return withTokens(deps, sensor, async (tokens) => {
    const errors = new LastOutput(SHOWN_ERRORS)
    const process = await deps.host.start(
      await specOf(deps, sensor, tokens),
      ioOf(deps, sensor, errors, signal),
      signal,
    )
    deps.log.info({ sensor: sensor.ref, pid: process.pid }, 'sensor started')
    await emit(deps, SENSOR_SPAWN_TRIGGER, sensor, { pid: process.pid, cmd: process.cmd })
    const following = await followTriggers(deps, sensor, process)
    const { code } = await process.exited
    await following.stop()
    logExit(deps, sensor, code, signal.aborted, errors.text)
    await emit(deps, SENSOR_EXIT_TRIGGER, sensor, { exit_code: code })
    return code
  })
}

interface SensorTokens {
  readonly api: string
  readonly datastore: string
}

/** Tokens that live as long as the process, however long that is. */
async function withTokens<T>(
  deps: SensorRunDeps,
  sensor: SensorType,
  use: (tokens: SensorTokens) => Promise<T>,
): Promise<T> {
  const ttlSeconds = deps.sensors.serviceTokenTtl
  const metadata = { service: 'sensors_container', sensor_path: sensor.artifact_uri ?? '', sensor_class: sensor.name }
  const [api, datastore] = await Promise.all([
    deps.tokens.issue({ user: API_USER, ttlSeconds, service: true, metadata }),
    deps.tokens.issue({ user: DATASTORE_USER, ttlSeconds, service: true, metadata }),
  ])
  const ids = [api.id, datastore.id]
  let prolonged: Promise<void> = Promise.resolve()
  const prolong = (): void => {
    prolonged = deps.tokens.prolong(ids, ttlSeconds).catch((err: unknown) => {
      deps.log.error({ err, sensor: sensor.ref }, 'the tokens of a sensor could not be prolonged')
    })
    timer = deps.clock.after((ttlSeconds * 1000) / 3, prolong)
  }
  let timer = deps.clock.after((ttlSeconds * 1000) / 3, prolong)
  try {
    return await use({ api: api.token, datastore: datastore.token })
  } finally {
    timer.cancel()
    await prolonged
    await Promise.all(ids.map((id) => deps.tokens.revoke(id)))
  }
}

async function specOf(deps: SensorRunDeps, sensor: SensorType, tokens: SensorTokens): Promise<SensorSpec> {
  return {
    ref: sensor.ref,
    pack: sensor.pack,
    class_name: sensor.name,
    file_path: (sensor.artifact_uri ?? '').replace(/^file:\/\//, ''),
    pack_path: await deps.packFiles.packPath(sensor.pack),
    trigger_types: sensor.trigger_types,
    poll_interval: sensor.poll_interval ?? null,
    config: await deps.packConfig(sensor.pack),
    env: { ST2_API_URL: `${deps.sensors.apiUrl()}/v1`, ST2_AUTH_TOKEN: tokens.api },
    datastore_token: tokens.datastore,
    kill_grace_ms: STOP_GRACE_MS,
  }
}

function ioOf(deps: SensorRunDeps, sensor: SensorType, errors: LastOutput, signal: AbortSignal): SensorIo {
  return {
    dispatch: (event) => dispatchSensorEvent(deps, sensor, event, signal),
    output(type, data) {
      if (type === 'stderr') errors.add(data)
      deps.log.info({ sensor: sensor.ref, type, output: data.trimEnd() }, 'output of a sensor')
    },
  }
}

/** Tells the process of the triggers there are, then of each change. What is heard while they are read comes after. */
async function followTriggers(
  deps: SensorRunDeps,
  sensor: SensorType,
  process: SensorProcess,
): Promise<{ stop(): Promise<void> }> {
  const told = new Map<string, Trigger>()
  /** Null: nothing is being read. */
  let waiting: DocumentEvent<Trigger>[] | null = null
  const tell = ({ kind, document }: DocumentEvent<Trigger>): void => {
    const isKnown = told.has(document.id)
    if (kind === 'delete' ? !isKnown : kind === 'create' && isKnown) return
    if (kind === 'delete') told.delete(document.id)
    else told.set(document.id, document)
    process.tell(kind, viewOf(document))
  }
  const tellAll = async (): Promise<void> => {
    if (sensor.trigger_types.length === 0) return
    waiting ??= []
    const documents = await deps.triggers.ofTypes(sensor.trigger_types)
    const present = new Set(documents.map(({ id }) => id))
    for (const document of documents) tell({ kind: 'create', document })
    for (const document of told.values()) if (!present.has(document.id)) tell({ kind: 'delete', document })
    for (const event of waiting) tell(event)
    waiting = null
  }
  const subscription = await deps.triggers.onChange(
    (event) => {
      if (!sensor.trigger_types.includes(event.document.type)) return
      if (waiting === null) tell(event)
      else waiting.push(event)
    },
    () => {
      tellAll().catch((err: unknown) => {
        deps.log.error({ err, sensor: sensor.ref }, 'a sensor could not be told of its triggers')
      })
    },
  )
  await tellAll()
  return subscription
}

/** Without what only the store needs. */
function viewOf({ rev: _rev, ref_count: _count, identity: _identity, ...view }: Trigger): TriggerView {
  return view
}

async function emit(
  deps: SensorRunDeps,
  trigger: string,
  sensor: SensorType,
  more: Readonly<Record<string, unknown>>,
): Promise<void> {
  const payload = { id: sensor.name, timestamp: Math.floor(deps.clock.now() / 1000), ...more }
  try {
    await dispatchTriggers(deps, [{ trigger, payload }])
  } catch (err) {
    // The sensor matters more than the news of it.
    deps.log.error({ err, trigger, sensor: sensor.ref }, 'what became of a sensor could not be stored')
  }
}

function logExit(deps: SensorRunDeps, sensor: SensorType, code: number, wasStopped: boolean, output: string): void {
  const fields = { sensor: sensor.ref, exit_code: code }
  if (wasStopped || code === 0) deps.log.info(fields, 'sensor ended')
  else deps.log.error({ ...fields, output }, 'sensor failed')
}

class LastOutput {
  #text = ''
  readonly #limit: number

  constructor(limit: number) {
    this.#limit = limit
  }

  get text(): string {
    return this.#text
  }

  add(text: string): void {
    this.#text = (this.#text + text).slice(-this.#limit)
  }
}
