import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { WorkflowExpressions } from '@st2/expressions'
import { inspectWorkflow, loadWorkflow, parseRehearsal, rehearse } from '@st2/orquesta'
import { parseYaml } from '@st2/yaml'
import { describe, expect, it } from 'vitest'
import { YAML_CODEC } from '../../src/datastore/yaml-codec.ts'
import { SHIPPED_PACKS } from './content-kit.ts'

const PACK = join(SHIPPED_PACKS, 'examples')
const REHEARSALS = join(PACK, 'tests', 'rehearsals')
const expressions = new WorkflowExpressions({ yaml: YAML_CODEC })

/** Workflows that need the platform, by why: tests of the server run them. */
const WITHOUT_REHEARSAL: Readonly<Record<string, string>> = {
  'orquesta-st2-ctx': 'the context is the platform’s',
  'orquesta-st2kv': 'the datastore',
  'orquesta-st2kv-default': 'the datastore',
  'tests/orquesta-test-yaql-task-functions': 'records of tasks',
  'tests/orquesta-test-jinja-task-functions': 'records of tasks',
  'tests/orquesta-test-yaql-task-nonexistent': 'records of tasks',
  'tests/orquesta-test-jinja-task-nonexistent': 'records of tasks',
  'tests/orquesta-fail-inspection': 'it is never conducted',
  'tests/orquesta-fail-input-rendering': 'it fails before it begins',
  'tests/orquesta-fail-vars-rendering': 'it fails before it begins',
}

function yamlFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .sort()
}

const definitions = [
  ...yamlFiles(join(PACK, 'actions', 'workflows')),
  ...yamlFiles(join(PACK, 'actions', 'workflows', 'tests')).map((name) => `tests/${name}`),
].map((name) => name.replace(/\.yaml$/, ''))

describe('the workflows of examples', () => {
  it.each(yamlFiles(REHEARSALS))('do as they are expected to in %s', (file) => {
    const rehearsal = parseRehearsal(parseYaml(readFileSync(join(REHEARSALS, file), 'utf8')))
    const readDefinition = (path: string): string => readFileSync(join(PACK, path), 'utf8')
    const readResult = (path: string): unknown => parseYaml(readFileSync(join(PACK, path), 'utf8'))
    expect(rehearse(rehearsal, { readDefinition, readResult, expressions })).toEqual([])
  })

  it('have a rehearsal each, but for those that need the platform', () => {
    const rehearsed = new Set(
      yamlFiles(REHEARSALS).map((file) => {
        const written = parseYaml(readFileSync(join(REHEARSALS, file), 'utf8')) as { workflow: string }
        return written.workflow.replace(/^actions\/workflows\/(.*)\.yaml$/, '$1')
      }),
    )
    const without = definitions.filter((name) => !rehearsed.has(name))
    expect(without.sort()).toEqual(Object.keys(WITHOUT_REHEARSAL).sort())
  })

  it('are without mistakes, but for the one that is made of them', () => {
    const mistaken = definitions.filter((name) => {
      const spec = loadWorkflow(readFileSync(join(PACK, 'actions', 'workflows', `${name}.yaml`), 'utf8'))
      const found = inspectWorkflow(spec, { knownVariables: ['st2', 'parent'], expressions })
      return Object.keys(found).length > 0
    })
    expect(mistaken).toEqual(['tests/orquesta-fail-inspection'])
  })
})
