import { describe, expect, it } from 'vitest'
import { countLintReport, countSuite, countVitestReport } from './count-report.mjs'

const test = (status) => ({ status })
const file = (status, ...statuses) => ({ status, assertionResults: statuses.map(test) })
const ended = { code: 0, signal: null }

describe('countVitestReport', () => {
  it('adds up the tests of all files', () => {
    const report = { testResults: [file('passed', 'passed', 'passed'), file('failed', 'passed', 'failed', 'failed')] }
    expect(countVitestReport(report)).toEqual({ passed: 3, failed: 2, skipped: 0 })
  })

  it('counts a file that did not load as one failure', () => {
    expect(countVitestReport({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it('counts a file whose hook threw after its tests passed as one failure', () => {
    expect(countVitestReport({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1, skipped: 0 })
  })

  it('counts skipped tests as neither passed nor failed', () => {
    const report = { testResults: [file('passed', 'passed', 'pending', 'skipped', 'todo')] }
    expect(countVitestReport(report)).toEqual({ passed: 1, failed: 0, skipped: 3 })
  })
})

describe('countLintReport', () => {
  it('counts each section as one test', () => {
    const report = { sections: [{ passed: true }, { passed: false }, { passed: true }] }
    expect(countLintReport(report)).toEqual({ passed: 2, failed: 1, skipped: 0 })
  })
})

describe('countSuite', () => {
  const passing = JSON.stringify({ testResults: [file('passed', 'passed')] })

  it('takes the numbers of the report', () => {
    const count = countSuite(countVitestReport, passing, ended)
    expect(count).toEqual({ passed: 1, failed: 0, skipped: 0, problem: null })
  })

  it.each([
    ['there is no report', null, { code: 134, signal: null }, 0, 'ended with exit code 134 and without a report'],
    ['there is no report after exit code 0', null, ended, 0, 'ended with exit code 0 and without a report'],
    ['a signal ended it', null, { code: null, signal: 'SIGKILL' }, 0, 'ended with signal SIGKILL and without a report'],
    ['the report is cut short', '{"testRes', ended, 0, 'ended with exit code 0 and an unreadable report'],
    ['the report has another shape', '{}', ended, 0, 'ended with exit code 0 and an unreadable report'],
    [
      'an error outside of the tests failed the run',
      passing,
      { code: 1, signal: null },
      1,
      'ended with exit code 1 although no test failed',
    ],
    ['no test ran', '{"testResults":[]}', ended, 0, 'ran no test'],
    ['all tests were skipped', JSON.stringify({ testResults: [file('passed', 'skipped')] }), ended, 0, 'ran no test'],
  ])('counts one failure when %s', (_when, text, end, passed, problem) => {
    expect(countSuite(countVitestReport, text, end)).toMatchObject({ passed, failed: 1, problem })
  })

  it('does not count the exit code in addition to the tests that failed', () => {
    const text = JSON.stringify({ testResults: [file('failed', 'failed', 'failed')] })
    expect(countSuite(countVitestReport, text, { code: 1, signal: null })).toMatchObject({ failed: 2, problem: null })
  })
})
