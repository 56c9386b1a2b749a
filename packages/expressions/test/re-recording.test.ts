import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

const conformance = join(import.meta.dirname, '../conformance')
const python = requiredPython()

/** What the engines of Python answer today is what the corpora say they answer: an edit by hand does not last. */
describe('the corpora, recorded again from the Python engines', () => {
  it('are the same for the core of Jinja', async () => {
    expect(cases(await run('record.py', conformance))).toEqual(cases(await committed('jinja-core.json')))
  })

  it('are the same for the rest of Jinja', async () => {
    expect(cases(await run('record-jinja.py', conformance))).toEqual(cases(await committed('jinja-full.json')))
  })

  it('are the same for YAQL', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'st2-recording-'))
    try {
      await cp(conformance, folder, { recursive: true })
      await rm(join(folder, 'yaql.json'))
      await run('record-yaql.py', folder)
      expect(cases(await readFile(join(folder, 'yaql.json'), 'utf8'))).toEqual(cases(await committed('yaql.json')))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

function committed(file: string): Promise<string> {
  return readFile(join(conformance, file), 'utf8')
}

async function run(script: string, cwd: string): Promise<string> {
  const options = { cwd, maxBuffer: 64 * 1024 * 1024, env: { PYTHONIOENCODING: 'utf-8', PYTHONDONTWRITEBYTECODE: '1' } }
  const { stdout } = await promisify(execFile)(python, [join(cwd, script)], options)
  return stdout
}

/** All that was recorded but the version of Python that recorded it. */
function cases(text: string): unknown {
  return JSON.parse(text, (key, value: unknown) => (key === 'recorded_with' ? undefined : value))
}

function requiredPython(): string {
  const path = process.env['ST2_EXPRESSION_ENGINES']
  if (path === undefined) throw new Error('ST2_EXPRESSION_ENGINES names no Python with yaql and jinja2: run npm test')
  return path
}
