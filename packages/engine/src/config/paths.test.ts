import { expect, it } from 'vitest'
import { loadConfig } from './load-config.ts'
import { derivePaths } from './paths.ts'

const paths = (overrides: Record<string, string>) =>
  derivePaths(loadConfig({ files: [], env: {}, overrides }), { workingDir: '/w', shippedPacksDir: '/ship/packs' })

it('keeps everything under the data folder, installed packs before shipped ones', () => {
  expect(paths({})).toEqual({
    dataDir: '/w/.st2',
    packBasePaths: ['/w/.st2/packs', '/ship/packs'],
    writablePacksDir: '/w/.st2/packs',
    configsDir: '/w/.st2/configs',
    overridesDir: '/w/.st2/overrides',
    virtualenvsDir: '/w/.st2/virtualenvs',
    htpasswdFile: '/w/.st2/htpasswd',
    encryptionKeyFile: '/w/.st2/keys/datastore_key.json',
  })
})

it('searches extra folders last, each once, a trailing colon ignored', () => {
  expect(paths({ 'content.packs_base_paths': '/a:/b:/a:' }).packBasePaths.slice(2)).toEqual(['/a', '/b'])
})

it('uses upstream’s layout when its base path is set', () => {
  const { packBasePaths, configsDir, dataDir } = paths({ 'system.base_path': '/opt/stackstorm' })
  expect([packBasePaths[0], configsDir, dataDir]).toEqual([
    '/opt/stackstorm/packs',
    '/opt/stackstorm/configs',
    '/w/.st2',
  ])
})

it('takes the htpasswd file from the backend’s arguments, and refuses broken ones', () => {
  expect(paths({ 'auth.backend_kwargs': '{"file_path": "/etc/st2/htpasswd"}' }).htpasswdFile).toBe('/etc/st2/htpasswd')
  expect(() => paths({ 'auth.backend_kwargs': '{nope' })).toThrow('[auth] backend_kwargs: not a JSON object')
})
