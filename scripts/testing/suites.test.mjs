import { describe, expect, it } from 'vitest'
import { chooseSuites, suites } from './suites.mjs'
import { orphans } from './test-files.mjs'

describe('chooseSuites', () => {
  it('gives all without a name', () => {
    expect(chooseSuites([])).toEqual(suites)
  })

  it('gives the named ones in the order of the table', () => {
    expect(chooseSuites(['browser', 'unit']).map((suite) => suite.name)).toEqual(['unit', 'browser'])
  })

  it('lists the suites when a name is none of them', () => {
    const message =
      'no suite units; there are: lint, unit, contract, integration, crash, distributed, client, browser, browser split'
    expect(() => chooseSuites(['unit', 'units'])).toThrow(message)
  })
})

describe('orphans', () => {
  it('names the test files that no project runs', () => {
    const byProject = new Map([['unit', ['packages/model/src/a.test.ts']]])
    const all = ['packages/model/src/a.test.ts', 'bench/forgotten.test.ts']
    expect(orphans(byProject, all)).toEqual(['bench/forgotten.test.ts'])
  })
})
