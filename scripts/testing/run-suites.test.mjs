import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { repository } from './repository.mjs'

/** A node command of a suite, as text: it finds its report file in `report`. */
const report = (value) => `require('node:fs').writeFileSync(report, ${JSON.stringify(JSON.stringify(value))});`
const passing = report({ sections: [{ passed: true }, { passed: true }] })

let folder
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'st2-run-suites-'))
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

describe('runSuites', () => {
  it('ends with the sum of all suites and exit code 0', async () => {
    const { code, lines } = await runSuitesOf([passing, passing])
    expect(lines.at(-1)).toBe('4 passed, 0 failed')
    expect(code).toBe(0)
  })

  it('counts a suite that crashes without a report, and runs the next', async () => {
    const { code, lines } = await runSuitesOf(["process.kill(process.pid, 'SIGKILL')", passing])
    expect(lines.at(-1)).toBe('2 passed, 1 failed')
    expect(code).toBe(1)
  })

  it('fails when nothing ran', async () => {
    const { code, lines } = await runSuitesOf([])
    expect(lines.at(-1)).toBe('0 passed, 0 failed')
    expect(code).toBe(1)
  })

  it('stops a suite at its limit', async () => {
    const { lines } = await runSuitesOf([`${passing} setInterval(() => {}, 1000)`], { limitMs: 500 })
    expect(lines.join('\n')).toContain('stopped after 0.5 s')
    expect(lines.at(-1)).toBe('2 passed, 1 failed')
  })

  it('stops a process that a suite left in a session of its own, and says so', async () => {
    const pidFile = join(folder, 'pid')
    const leave = `const child = require('node:child_process').spawn('sleep', ['600'], { detached: true, stdio: 'ignore' });
      child.unref(); require('node:fs').writeFileSync(${JSON.stringify(pidFile)}, String(child.pid));`
    const { lines } = await runSuitesOf([passing + leave])
    const pid = readFileSync(pidFile, 'utf8')
    expect(lines.join('\n')).toContain(`still running and now stopped: ${pid} sleep`)
    expect(isRunning(pid)).toBe(false)
  })

  it('removes the temporary folder of the suites', async () => {
    const place = `require('node:fs').writeFileSync(require('node:path').join(require('node:os').tmpdir(), 'left'), '');`
    await runSuitesOf([passing + place])
    expect(readdirSync(folder)).toEqual([])
  })

  it('stops at SIGTERM and still prints the count', async () => {
    const started = join(folder, 'started')
    const wait = `require('node:fs').writeFileSync(${JSON.stringify(started)}, ''); setInterval(() => {}, 1000)`
    const { lines, code } = await runSuitesOf([wait, passing], { interruptWhen: started })
    expect(lines.at(-1)).toBe('0 passed, 1 failed')
    expect(code).toBe(1)
  })
})

/** Runs suites of those commands in a process, because it prints and sets signal handlers. */
async function runSuitesOf(commands, { limitMs = 60_000, interruptWhen = null } = {}) {
  const script = `
    import { runSuites } from './scripts/testing/run-suites.mjs'
    import { countLintReport } from './scripts/testing/count-report.mjs'
    const suites = ${JSON.stringify(commands)}.map((text, index) => ({
      name: 'suite' + index,
      command: (report) => [process.execPath, '-e', 'const report = ' + JSON.stringify(report) + ';' + text],
      counter: countLintReport, project: null, needs: [], limitMs: ${limitMs},
    }))
    process.exitCode = await runSuites(suites)`
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    cwd: repository,
    env: { ...process.env, TMPDIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (text) => (output += text))
  const closed = new Promise((resolve) => child.once('close', resolve))
  if (interruptWhen !== null) {
    await vi.waitUntil(() => existsSync(interruptWhen), { timeout: 15_000 })
    child.kill('SIGTERM')
  }
  return { code: await closed, lines: output.trimEnd().split('\n') }
}

function isRunning(pid) {
  const status = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : ''
  return status !== '' && !status.includes(') Z ')
}
