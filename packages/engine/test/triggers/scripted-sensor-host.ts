import type { TriggerView } from '@st2/model'
import type {
  SensorExit,
  SensorHost,
  SensorIo,
  SensorProcess,
  SensorSpec,
  TriggerChangeKind,
} from '../../src/ports/sensor-host.ts'

export interface ScriptedRun {
  readonly spec: SensorSpec
  readonly io: SensorIo
  readonly signal: AbortSignal
  readonly told: (readonly [TriggerChangeKind, string])[]
  readonly triggers: TriggerView[]
  end(code: number): void
}

/** A double of the port: its processes are told by the test when to end; being stopped ends them, as SIGTERM would. */
export class ScriptedSensorHost implements SensorHost {
  readonly runs: ScriptedRun[] = []
  /** What the next start fails with. */
  refusal: Error | null = null

  async start(spec: SensorSpec, io: SensorIo, signal: AbortSignal): Promise<SensorProcess> {
    if (this.refusal !== null) throw this.refusal
    const { promise, resolve } = Promise.withResolvers<SensorExit>()
    const run: ScriptedRun = {
      spec,
      io,
      signal,
      told: [],
      triggers: [],
      end: (code) => resolve({ code }),
    }
    signal.addEventListener('abort', () => resolve({ code: -15 }))
    this.runs.push(run)
    return {
      pid: 1000 + this.runs.length,
      cmd: `python sensor ${spec.class_name}`,
      tell(kind, trigger) {
        run.told.push([kind, trigger.ref])
        run.triggers.push(trigger)
      },
      exited: promise,
    }
  }
}
