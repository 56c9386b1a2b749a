import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { api } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder } from './support/server.ts'

describe('broken content', () => {
  it('is told with file and line at the start, and the rest works', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    writePack(dataDir, 'mixed', {
      'actions/good.yaml':
        'name: good\nrunner_type: local-shell-cmd\nenabled: true\nparameters:\n  cmd: { default: echo good }\n',
      'actions/broken.yaml':
        'name: broken\nrunner_type: local-shell-cmd\nparameters:\n  cmd: [unclosed\nenabled: true\n',
      'actions/odd.yaml': 'name: odd\nrunner_type: noop\nenabled: 5\n',
      'actions/strange.yaml': 'name: strange\nrunner_type: no-such-runner\nenabled: true\n',
    })
    writePack(dataDir, 'headless', { 'pack.yaml': 'name: [oops\n', 'actions/x.yaml': 'name: x\nrunner_type: noop\n' })
    await using server = await startServer({ dataDir })
    const said = server.stdout + server.stderr
    expect(said).toMatch(/mixed\/actions\/broken\.yaml:\d+.*did not find expected/)
    expect(said).toMatch(/mixed\/actions\/odd\.yaml:3.*5 is not of type 'boolean'/)
    expect(said).toMatch(/mixed\/actions\/strange\.yaml:2.*no-such-runner/)
    expect(said).toMatch(/headless\/pack\.yaml:\d+/)
    const admin = await api(server)
    const refs = (await admin.get<{ ref: string }[]>('/actions?pack=mixed')).map(({ ref }) => ref)
    expect(refs).toEqual(['mixed.good'])
    const execution = await admin.finished((await admin.run('mixed.good')).id)
    expect(execution.result).toMatchObject({ stdout: 'good' })
    expect((await admin.get<{ ref: string }[]>('/packs')).map(({ ref }) => ref)).toContain('core')
  })

  it('is registered at the next start once it is mended', async () => {
    using folder = temporaryFolder()
    const dataDir = join(folder.path, 'data')
    writePack(dataDir, 'mended', { 'actions/a.yaml': 'name: [a\n' })
    {
      await using server = await startServer({ dataDir })
      expect(server.stdout + server.stderr).toContain('mended/actions/a.yaml')
    }
    writePack(dataDir, 'mended', { 'actions/a.yaml': 'name: a\nrunner_type: noop\nenabled: true\n' })
    await using server = await startServer({ dataDir })
    const admin = await api(server)
    expect((await admin.finished((await admin.run('mended.a')).id)).status).toBe('succeeded')
  })
})
