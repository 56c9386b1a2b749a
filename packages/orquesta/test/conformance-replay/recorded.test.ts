import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { agree, firstDifference } from '../../bin/agreement.ts'
import { conductAnswer } from '../../bin/answers.ts'
import { checkFile } from '../../bin/check-file.ts'
import { inspectWorkflow, withoutPlaces, WorkflowLoadError } from '../../src/index.ts'
import { CONFORMANCE, type InspectedEntry, type RecordedCase, readCases } from './recorded-cases.ts'
import { conductCalls } from './single-calls.ts'

describe('recorded runs', () => {
  it('go as upstream went, step by step', () => {
    const { differences } = checkFile(fileURLToPath(new URL('runs.jsonl', CONFORMANCE)), { conduct: conductAnswer })
    expect(differences).toEqual([])
  })
})

describe('recorded calls, one for each cell of the state tables', () => {
  it('are answered as upstream answered', () => {
    const differences = readCases('calls.jsonl').flatMap((given) => {
      const expected = [given.expect.conduct, ...(given.accept ?? [])]
      const actual = conductCalls(given)
      if (expected.some((answer) => agree(answer, actual))) return []
      return [`${given.id}: ${firstDifference(expected[0], actual)}`]
    })
    expect(differences).toEqual([])
  })
})

describe('recorded inspections', () => {
  const cases = readCases('inspections.jsonl')

  it('find what upstream found, entry by entry', () => {
    const differences = cases.flatMap((given) => {
      const { errors, refused } = given.expect.inspect ?? {}
      const found = inspect(given)
      if (refused !== undefined) return found === null ? [] : [`${given.id}: not refused`]
      const difference = firstDifference(anyOrderOfVariables(errors ?? {}), anyOrderOfVariables(found ?? {}))
      return difference === null ? [] : [`${given.id}: ${difference}`]
    })
    expect(differences).toEqual([])
  })

  it.each(['refused for a duplicate key', 'refused for being empty', 'refused for being words'])(
    'have upstream’s text when a definition is %s',
    (id) => {
      const given = cases.find((each) => each.id === id)
      expect(given).toBeDefined()
      expect(() => inspectWorkflow(given?.spec ?? 'x')).toThrow(given?.expect.inspect?.refused)
    },
  )
})

function inspect({ spec, context }: RecordedCase): Record<string, InspectedEntry[]> | null {
  try {
    const found: Record<string, InspectedEntry[]> = JSON.parse(
      JSON.stringify(withoutPlaces(inspectWorkflow(spec, { knownVariables: Object.keys(context ?? {}) }))),
    )
    return found
  } catch (error) {
    if (error instanceof WorkflowLoadError) return null
    throw error
  }
}

/** Two variables of one text stand in the order of Python's hashes. */
function anyOrderOfVariables(errors: Record<string, InspectedEntry[]>): Record<string, InspectedEntry[]> {
  const { context } = errors
  if (context === undefined) return errors
  const keyOf = (entry: InspectedEntry): string =>
    [entry.schema_path, entry.spec_path, entry.expression, entry.message].join('\n')
  return { ...errors, context: [...context].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1)) }
}
