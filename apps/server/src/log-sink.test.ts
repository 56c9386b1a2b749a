import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { LogSink } from './log-sink.ts'

async function until(condition: () => boolean): Promise<void> {
  const end = performance.now() + 5000
  while (!condition()) {
    if (performance.now() > end) throw new Error('did not come true')
    await new Promise((resolve) => setImmediate(resolve))
  }
}

it('writes lines in order', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-'))
  const file = join(folder, 'log')
  const fd = openSync(file, 'w')
  const sink = new LogSink(fd)
  const lines = Array.from({ length: 1000 }, (_, number) => `line ${number}\n`)
  for (const line of lines) sink.write(line)
  await until(() => readFileSync(file, 'utf8').length === lines.join('').length)
  expect(readFileSync(file, 'utf8')).toBe(lines.join(''))
  closeSync(fd)
  rmSync(folder, { recursive: true })
})

it('neither throws nor stops when the log is full', async () => {
  const fd = openSync('/dev/full', 'w')
  const sink = new LogSink(fd)
  for (let number = 0; number < 100; number++) {
    sink.write(`line ${number}\n`)
    await new Promise((resolve) => setImmediate(resolve))
  }
  closeSync(fd)
  expect(() => sink.write('after the end\n')).not.toThrow()
})
