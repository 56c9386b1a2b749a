import { homedir } from 'node:os'
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
    askSecret,
  }
}

async function askSecret(prompt: string): Promise<string> {
  const { createInterface } = await import('node:readline/promises')
  const { Writable } = await import('node:stream')
  process.stderr.write(prompt)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const lines = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY })
  const line = new Promise<string>((resolve, reject) => {
    lines.once('line', resolve)
    lines.once('close', () => reject(new Error('no password was entered')))
  })
  try {
    return await line
  } finally {
    lines.close()
    process.stderr.write('\n')
  }
}
