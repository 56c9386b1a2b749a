import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parametersFromWords } from '../src/run/action-parameters.ts'
import { inheritedEnvironment } from '../src/run/inherited-environment.ts'
import type { Io } from '../src/shell/io.ts'

let folder = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'st2-parameters-'))
  await writeFile(join(folder, 'text.txt'), 'ä\n')
  await writeFile(join(folder, 'binary'), Buffer.from([0xff, 0xfe, 0x00]))
  await mkdir(join(folder, 'dir'))
})

afterAll(() => rm(folder, { recursive: true }))

function parse(words: readonly string[], options: { actionRef?: string; inheritEnv?: boolean } = {}) {
  const io: Pick<Io, 'cwd' | 'env'> = { cwd: folder, env: { A: '1', PATH: '/bin', path: 'x', HOME: '/root' } }
  return parametersFromWords(
    {
      actionRef: options.actionRef ?? 'examples.typed',
      signature: { runner: {}, action: { a: { type: 'array' }, o: { type: 'object' } } },
      words,
      autoDict: false,
      inheritEnv: options.inheritEnv ?? false,
    },
    io,
  )
}

describe('parametersFromWords', () => {
  it.each([
    [['x=1', 'y=a=b'], { x: '1', y: 'a=b' }],
    [['date', '-u'], { cmd: 'date -u' }],
    [['echo', 'a=b'], { cmd: 'echo a=b' }],
    [['a=b', 'echo'], { a: ['b'], cmd: 'echo' }],
    [['a=1', 'a=x,y'], { a: [1, 'x', 'y'] }],
    [['x=1', 'x=2'], { x: '2' }],
    [['o={"k":1}', 'o=l=m'], { o: { l: 'm' } }],
    [[], {}],
  ])('reads %j', async (words, parameters) => {
    expect(await parse(words)).toEqual(parameters)
  })

  it('sends the text of a file', async () => {
    expect(await parse(['@x=text.txt'])).toEqual({ x: 'ä\n' })
  })

  it('gives core.http the file as its body', async () => {
    const http = { actionRef: 'core.http' }
    expect(await parse(['@x=text.txt'], http)).toEqual({ file_content: 'ä\n', file_name: 'text.txt', method: 'POST' })
    expect(await parse(['@x=text.txt', 'method=PUT', 'file_name=f'], http)).toMatchObject({
      method: 'PUT',
      file_name: 'f',
    })
  })

  it('names a file that is missing, is a folder or is no text', async () => {
    await expect(parse(['@x=none'])).rejects.toThrow(`File "${join(folder, 'none')}" doesn't exist`)
    await expect(parse(['@x=dir'])).rejects.toThrow(`"${join(folder, 'dir')}" is not a file`)
    await expect(parse(['@x=binary'])).rejects.toThrow(`File "${join(folder, 'binary')}" is not UTF-8 text`)
  })

  it('refuses to add to an array what is no list', async () => {
    await expect(parse(['a=1', 'a={"k":1}'])).rejects.toThrow('Parameter "a" is given more than once')
  })

  it('passes the environment on, except what describes the session', async () => {
    expect(await parse([], { inheritEnv: true })).toEqual({ env: { A: '1' } })
    expect(await parse(['env=x'], { inheritEnv: true })).toEqual({ env: 'x' })
    expect(inheritedEnvironment({ LANG: 'C', lang: 'C', ls_colors: 'x', OWN: '' })).toEqual({ OWN: '' })
  })
})
