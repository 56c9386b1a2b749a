import { describe, expect, it } from 'vitest'
import { saveBody } from './save-body.ts'

const workflow = 'version: 1.0\ntasks: {}\n'
const metadata = `name: deploy
pack: web
description: Deploys.
runner_type: orquesta
entry_point: workflows/deploy.yaml
parameters:
  host: {type: string}
uid: kept in the file
`

describe('what is sent to save a workflow', () => {
  it('is the metadata as it is written, and both files below the actions folder', () => {
    expect(saveBody({ workflow, metadata }, 'actions/deploy.yaml')).toEqual({
      kind: 'ready',
      ref: 'web.deploy',
      body: {
        name: 'deploy',
        pack: 'web',
        runner_type: 'orquesta',
        entry_point: 'workflows/deploy.yaml',
        metadata_file: 'actions/deploy.yaml',
        description: 'Deploys.',
        parameters: { host: { type: 'string' } },
        enabled: true,
        data_files: [
          { file_path: 'workflows/deploy.yaml', content: workflow },
          { file_path: 'deploy.yaml', content: metadata },
        ],
      },
    })
  })

  it('gives a new one a metadata file of its name', () => {
    expect(saveBody({ workflow, metadata }, null)).toMatchObject({
      body: { metadata_file: 'actions/deploy.meta.yaml' },
    })
  })

  it.each([
    ['name: deploy', "name: ''", 'name'],
    ['name: deploy', 'name: a/b', 'name'],
    ['pack: web', "pack: ''", 'pack'],
    ['runner_type: orquesta', 'runner_type: noop', 'runner_type'],
    ['workflows/deploy.yaml', 'deploy.py', 'entry_point'],
    ['name: deploy', 'name: [', 'text'],
  ])('is refused for %s as %s, by its field', (from, to, field) => {
    expect(saveBody({ workflow, metadata: metadata.replace(from, to) }, null)).toMatchObject({ kind: 'wrong', field })
  })
})
