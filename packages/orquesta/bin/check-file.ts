import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { dumpsJson, isDict, parseJson } from '@st2/python-values'
import { agree, firstDifference, isRecord } from './agreement.ts'
import type { Answering } from './answers.ts'

export interface CheckReport {
  agreeing: number
  /** One line for each case that differs. */
  differences: string[]
}

/** What is answered for each key of a case's `expect`. */
export type Answers = Readonly<Record<string, Answering>>

/**
 * Runs a file of recorded cases, gzip or not: JSON lines with what the protocol reads and `expect`, upstream's answers by command.
 * `accept` holds answers that are as good, of an upstream with mended defects.
 */
export function checkFile(path: string, answers: Answers): CheckReport {
  const report: CheckReport = { agreeing: 0, differences: [] }
  for (const line of linesOf(path)) {
    const message = parseJson(line)
    if (!isDict(message)) throw new TypeError(`${path}: a line is no mapping`)
    const differences = differencesOf(message, line, answers)
    if (differences.length === 0) report.agreeing++
    report.differences.push(...differences)
  }
  return report
}

function linesOf(path: string): string[] {
  const bytes = readFileSync(path)
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b
  return (isGzip ? gunzipSync(bytes) : bytes)
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
}

function differencesOf(message: unknown, line: string, answers: Answers): string[] {
  const { id, expect, accept }: { id?: unknown; expect?: unknown; accept?: unknown } = JSON.parse(line)
  if (!isRecord(expect)) throw new TypeError(`${String(id)}: expect: a mapping was expected`)
  return Object.keys(answers).flatMap((command) => {
    const answering = answers[command]
    const expected = expect[command]
    if (expected === undefined || answering === undefined) return []
    const actual: unknown = JSON.parse(dumpsJson(answering(message)))
    const accepted = command === 'conduct' && Array.isArray(accept) ? accept : []
    const sorted = withSortedContext(actual)
    if ([expected, ...accepted].some((answer) => isAgreed(withSortedContext(answer), sorted))) return []
    return [`${String(id)} ${command}: ${firstDifference(expected, actual) ?? 'accepted by none'}`]
  })
}

/** Contexts may be left out. A definition that upstream refuses may be refused with another text, or have errors. */
function isAgreed(expected: unknown, actual: unknown): boolean {
  if (agree(expected, actual)) return true
  if (!isRecord(expected) || !isRecord(actual)) return false
  if (
    actual.contexts === undefined &&
    agree({ ...expected, contexts: undefined }, { ...actual, contexts: undefined })
  ) {
    return true
  }
  if (expected.refused === undefined) return false
  return actual.refused !== undefined || (isRecord(actual.errors) && Object.keys(actual.errors).length > 0)
}

/** Entries of one field about variables come in any order: upstream's is that of its hashes. */
function withSortedContext(answer: unknown): unknown {
  if (!isRecord(answer) || !isRecord(answer.errors) || !Array.isArray(answer.errors.context)) return answer
  const keyed = answer.errors.context.map((entry: unknown) => ({ entry, key: entryKey(entry) }))
  const context = keyed.sort((left, right) => (left.key < right.key ? -1 : 1)).map(({ entry }) => entry)
  return { ...answer, errors: { ...answer.errors, context } }
}

function entryKey(entry: unknown): string {
  return isRecord(entry) ? JSON.stringify([entry.schema_path, entry.spec_path, entry.expression, entry.message]) : ''
}
