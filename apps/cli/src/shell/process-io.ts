import { homedir } from 'node:os'
import type { Interface } from 'node:readline/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Io } from './io.ts'

export function processIo(): Io {
  return {
    env: process.env,
    cwd: process.cwd(),
    home: homedir(),
    terminalColumns: process.stdout.columns ?? process.stderr.columns ?? null,
    out: (text) => process.stdout.write(text),
    err: (text) => process.stderr.write(text),
    now: () => Date.now(),
    sleep: (ms) => sleep(ms),
    lines,
    ask,
    askSecret,
  }
}

async function* lines(): AsyncIterable<string> {
  const { createInterface } = await import('node:readline/promises')
  yield* createInterface({ input: process.stdin })
}

async function ask(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  process.stdout.write(prompt)
  return firstLine(createInterface({ input: process.stdin }), 'EOF when reading a line')
}

async function askSecret(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const { Writable } = await import('node:stream')
  process.stderr.write(prompt)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  try {
    return await firstLine(lines, 'nothing was entered')
  } finally {
    process.stderr.write('\n')
  }
}

async function firstLine(lines: Interface, whenNone: string): Promise<string> {
  try {
    return await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve)
      lines.once('close', () => reject(new Error(whenNone)))
    })
  } finally {
    lines.close()
  }
}
