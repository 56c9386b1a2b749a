// Counts the tests of a suite from its machine-readable report. Whatever cannot be counted is a failure: nothing is ever lost.

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @returns {Count} each section of the linter is one test */
export function countLintReport(report) {
  const sections = report.sections
  const passed = sections.filter((section) => section.passed === true).length
  return { passed, failed: sections.length - passed, skipped: 0 }
}

/** @returns {Count} a test file that failed without a failed test (it did not load, a hook threw) is one failure */
export function countVitestReport(report) {
  const count = { passed: 0, failed: 0, skipped: 0 }
  for (const file of report.testResults) {
    const failedTests = file.assertionResults.filter((test) => test.status === 'failed').length
    const passedTests = file.assertionResults.filter((test) => test.status === 'passed').length
    count.passed += passedTests
    count.failed += file.status === 'failed' ? Math.max(failedTests, 1) : failedTests
    count.skipped += file.assertionResults.length - passedTests - failedTests
  }
  return count
}

/**
 * @param {string | null} text the report; null when the suite wrote none
 * @param {{ code: number | null, signal: string | null }} end how the suite ended
 * @returns {Count & { problem: string | null }} problem: why more counts as failed than the report says
 */
export function countSuite(counter, text, end) {
  const ending = end.signal === null ? `exit code ${end.code}` : `signal ${end.signal}`
  if (text === null) return { passed: 0, failed: 1, skipped: 0, problem: `ended with ${ending} and without a report` }
  const count = readCount(counter, text)
  if (count === null)
    return { passed: 0, failed: 1, skipped: 0, problem: `ended with ${ending} and an unreadable report` }
  if (end.code !== 0 && count.failed === 0) {
    return { ...count, failed: 1, problem: `ended with ${ending} although no test failed` }
  }
  if (count.passed + count.failed === 0) return { ...count, failed: 1, problem: 'ran no test' }
  return { ...count, problem: null }
}

function readCount(counter, text) {
  try {
    return counter(JSON.parse(text))
  } catch (error) {
    // A report cut short by a crash, or one of another shape: the caller counts it as a failure and says so.
    if (error instanceof SyntaxError || error instanceof TypeError) return null
    throw error
  }
}
