import { describe, expect, it } from 'vitest'
import { printsOutput, reportOf } from './reporter.ts'

describe('reportOf', () => {
  it('tells streams, exit code and error of a command apart', () => {
    const result = { stdout: 'a', stderr: 'b', return_code: 3, succeeded: false, failed: true }
    expect(reportOf('local-shell-cmd', result)).toMatchObject({
      kind: 'process',
      stdout: 'a',
      stderr: 'b',
      exitCode: 3,
    })
  })

  it('keeps output that was JSON as a value, zero and false included', () => {
    expect(reportOf('local-shell-cmd', { stdout: 0, stderr: '' })).toMatchObject({ stdout: 0 })
    expect(reportOf('local-shell-cmd', { stdout: false })).toMatchObject({ stdout: false })
  })

  it('shows what a Python action returned, and nothing for None', () => {
    expect(reportOf('python-script', { result: { a: 1 }, stdout: '', exit_code: 0 })).toMatchObject({
      returned: { a: 1 },
    })
    expect(reportOf('python-script', { result: 'None', stdout: '', exit_code: 1 })).toMatchObject({
      returned: undefined,
    })
  })

  it('shows a remote command host by host', () => {
    const result = { web1: { stdout: 'x', return_code: 0 }, web2: { error: 'no route' } }
    expect(reportOf('remote-shell-cmd', result)).toMatchObject({
      kind: 'hosts',
      hosts: [
        { host: 'web1', report: { stdout: 'x' } },
        { host: 'web2', report: { error: 'no route' } },
      ],
    })
    expect(reportOf('remote-shell-cmd', { error: 'no hosts', traceback: 't' })).toMatchObject({
      kind: 'process',
      error: 'no hosts',
    })
  })

  it('shows request and answer of an HTTP call', () => {
    const parameters = { url: 'http://x/', method: 'POST' }
    expect(reportOf('http-request', { status_code: 404, body: 'no' }, parameters)).toMatchObject({
      request: 'POST http://x/',
      statusCode: 404,
      body: 'no',
    })
  })

  it('shows anything else as JSON, and a broken start as an error', () => {
    expect(reportOf('orquesta', { output: null })).toEqual({ kind: 'json', value: { output: null } })
    expect(reportOf('orquesta', { error: 'bad', traceback: 'x' })).toMatchObject({ kind: 'process', error: 'bad' })
    expect(reportOf('noop', {})).toEqual({ kind: 'empty' })
  })

  it('shows the message of a canceled command', () => {
    const result = { message: 'Action canceled by user.', user: 'st2admin' }
    expect(reportOf('local-shell-cmd', result)).toEqual({ kind: 'json', value: result })
  })

  it('knows which runners print while they run', () => {
    expect(printsOutput('local-shell-script')).toBe(true)
    expect(printsOutput('orquesta')).toBe(false)
  })
})
