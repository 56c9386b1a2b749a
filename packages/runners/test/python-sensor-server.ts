/** A server reduced to its sensor host with one sensor, for tests that kill it: prints what the sensor prints. */
import type { PythonSettings, SensorSpec } from '@st2/engine/runner'
import { startSensorHost } from '../src/sensors/sensor-host.ts'

const [dataDir = '', instance = '', text = ''] = process.argv.slice(2)
const { spec, python }: { spec: SensorSpec; python: PythonSettings } = JSON.parse(text)
const host = await startSensorHost({ dataDir, instance, epoch: 1, python, log: { warn: () => undefined } })
const io = {
  dispatch: async (): Promise<void> => undefined,
  output: (type: string, data: string): void => {
    if (type === 'stdout') process.stdout.write(data)
  },
}
const sensor = await host.start(spec, io, new AbortController().signal)
await sensor.exited
