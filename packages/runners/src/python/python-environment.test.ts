import type { PythonSettings } from '@st2/engine/runner'
import { describe, expect, it } from 'vitest'
import { modulePaths, needsFreshInterpreter, pythonEnvironment } from './python-environment.ts'

const settings: PythonSettings = {
  binary: 'python3',
  virtualenvs: '/data/virtualenvs',
  process: 'fork',
  max_parents: 1,
  parent_idle_seconds: 1,
  max_result_size: 1,
  log_level: 'DEBUG',
  enable_common_libs: false,
  configs: '/data/configs',
  packs: ['/data/packs', '/more/packs'],
}
const inVirtualenv = { path: '/data/virtualenvs/p/bin/python', virtualenv: '/data/virtualenvs/p' }
const plain = { path: '/usr/bin/python3', virtualenv: null }

describe('pythonEnvironment', () => {
  it('puts the virtualenv first on the PATH, unless the action says otherwise', () => {
    expect(pythonEnvironment(inVirtualenv, settings)['PATH']).toBe(`/data/virtualenvs/p/bin/:${process.env['PATH']}`)
    expect(pythonEnvironment(inVirtualenv, settings, { PATH: '/bin' })['PATH']).toBe('/bin')
    expect(pythonEnvironment(plain, settings)['PATH']).toBe(process.env['PATH'])
  })

  it('lets later variables win, and leaves PYTHONPATH to the Python side', () => {
    const env = pythonEnvironment(plain, settings, { A: '1', B: '1', pythonpath: '/x' }, { B: '2' })
    expect(env).toMatchObject({ A: '1', B: '2', ST2_PACKS_BASE_PATHS: '/data/packs:/more/packs' })
    expect(Object.keys(env).filter((name) => /pythonpath/i.test(name))).toEqual([])
  })
})

describe('modulePaths', () => {
  it.each([
    ['action', inVirtualenv, false, null, '/data/virtualenvs/p', '/packs/p/actions/lib'],
    ['action', plain, true, '/packs/p/lib', null, '/packs/p/actions/lib'],
    ['sensor', inVirtualenv, true, '/packs/p/lib', null, null],
  ] as const)('of an %s in %j with common libs %s', (kind, interpreter, common, packLib, virtualenv, actionsLib) => {
    const given = { ...settings, enable_common_libs: common }
    expect(modulePaths('/packs/p', interpreter, given, kind)).toMatchObject({
      pack_lib: packLib,
      virtualenv,
      actions_lib: actionsLib,
    })
  })

  it('are few for a pack that is not on disk', () => {
    expect(modulePaths(null, plain, { ...settings, enable_common_libs: true }, 'action')).toMatchObject({
      pack_lib: null,
      actions_lib: null,
    })
  })
})

describe('needsFreshInterpreter', () => {
  it.each([
    ['PYTHONHASHSEED', true],
    ['PYTHONWARNINGS', true],
    ['LD_PRELOAD', true],
    ['LC_ALL', true],
    ['LANG', true],
    ['LANGUAGES_KNOWN', false],
    ['TZ', false],
    ['HTTPS_PROXY', false],
    ['MY_PYTHON', false],
  ])('for %s: %s', (name, needed) => {
    expect(needsFreshInterpreter({ [name]: 'x' })).toBe(needed)
  })
})
