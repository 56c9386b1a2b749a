import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { freePort } from '@st2/test-servers'
import type { TestProject } from 'vitest/node'
import { ADMIN_PASSWORD } from './deployment.ts'
import { processesWith, reportLeft, signal } from './processes.ts'
import { REFERENCE_MARK } from './reference.ts'

const REFERENCE = fileURLToPath(new URL('../../scripts/reference.mjs', import.meta.url))

/** `npm run reference -- up` before the first file of the project, `down` after the last. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'st2-e2e-reference-'))
  // nginx reads as another user when it is started by root.
  chmodSync(folder, 0o755)
  const mark = randomUUID()
  const https = await freePort()
  const environment = {
    [REFERENCE_MARK]: mark,
    ST2_REFERENCE_FOLDER: folder,
    ST2_REFERENCE_HTTPS_PORT: String(https),
    ST2_REFERENCE_HTTP_PORT: String(await freePort()),
  }
  writeFileSync(join(folder, 'admin-password'), ADMIN_PASSWORD, { mode: 0o600 })
  const tearDown = async (): Promise<void> => {
    try {
      await reference('down', environment)
      const left = processesWith(REFERENCE_MARK, mark)
      for (const { pid } of left) signal(pid, 'SIGKILL')
      reportLeft(left)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  }
  try {
    await reference('up', environment)
  } catch (error) {
    const logs = tails(join(folder, 'log'))
    await tearDown()
    throw new Error(`the reference deployment did not start:\n${logs}`, { cause: error })
  }
  project.provide('reference', { url: `https://127.0.0.1:${https}`, folder, mark })
  return tearDown
}

function reference(command: string, environment: Readonly<Record<string, string>>): Promise<void> {
  return new Promise((resolve, reject) => {
    // What it starts goes on after it: its output must not be waited for.
    const child = spawn(process.execPath, [REFERENCE, command], {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production', ...environment },
    })
    child.once('error', reject)
    child.once('exit', (code) => {
      if (code === 0) resolve()
      else reject(new Error(`reference ${command} ended with code ${code}`))
    })
  })
}

function tails(folder: string): string {
  const names = readdirSync(folder, { withFileTypes: true })
  return names.map(({ name }) => `--- ${name}\n${readFileSync(join(folder, name), 'utf8').slice(-2000)}`).join('\n')
}
