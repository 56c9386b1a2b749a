import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { api, type ShownExecution, type TestApi } from './support/api.ts'
import { writePack } from './support/pack.ts'
import { startServer, temporaryFolder } from './support/server.ts'

const MESSAGE = 'Error validating output. See error output for more details.'
const COUNTS = 'output_schema: {type: object, properties: {count: {type: integer}}, additionalProperties: false}\n'
const SECRET = 'output_schema: {type: object, properties: {pin: {type: integer, secret: true}}}\n'

function python(name: string, returned: string, schema: string): Record<string, string> {
  return {
    [`actions/${name}.yaml`]: `name: ${name}\nrunner_type: python-script\nentry_point: ${name}.py\nenabled: true\n${schema}`,
    [`actions/${name}.py`]:
      'from st2common.runners.base_action import Action\n\n\nclass Made(Action):\n' +
      `    def run(self):\n        return ${returned}\n`,
  }
}

function workflow(name: string, text: string, schema: string): Record<string, string> {
  return {
    [`actions/${name}.yaml`]: `name: ${name}\nrunner_type: orquesta\nentry_point: workflows/${name}.yaml\nenabled: true\n${schema}`,
    [`actions/workflows/${name}.yaml`]: text,
  }
}

const stack = new AsyncDisposableStack()
let admin: TestApi

beforeAll(async () => {
  const folder = stack.use(temporaryFolder()).path
  const dataDir = join(folder, 'data')
  writePack(dataDir, 'promises', {
    ...python('kept', "{'count': 1}", COUNTS),
    ...python('broken', "{'count': 'one'}", COUNTS),
    ...python('broken_secret', "{'pin': 'swordfish'}", SECRET),
    ...workflow('flow', 'version: 1.0\ntasks: {one: {action: core.noop}}\noutput: [{count: x}]\n', COUNTS),
    ...workflow('above', 'version: 1.0\ntasks: {one: {action: promises.flow, next: [{when: <% failed() %>}]}}\n', ''),
    ...workflow('good', 'version: 1.0\ntasks: {one: {action: core.noop}}\noutput: [{count: 2}]\n', COUNTS),
  })
  writeFileSync(join(folder, 'st2.conf'), '[system]\nvalidate_output_schema = True\n')
  const server = stack.use(await startServer({ dataDir, args: ['--config-file', join(folder, 'st2.conf')] }))
  admin = await api(server)
})

afterAll(() => stack.disposeAsync())

async function run(name: string): Promise<ShownExecution> {
  return admin.finished((await admin.run(`promises.${name}`)).id)
}

describe('with validate_output_schema, an output', () => {
  it.each([
    ['kept', { result: { count: 1 } }],
    ['good', { output: { count: 2 } }],
  ])('that fits changes nothing: %s', async (name, result) => {
    expect(await run(name)).toMatchObject({ status: 'succeeded', result })
  })

  it.each(['broken', 'flow'])('that does not fit fails the execution, and says why: %s', async (name) => {
    const { status, result } = await run(name)
    expect(status).toBe('failed')
    expect(result).toEqual({ error: expect.stringMatching(/^'(one|x)' is not of type 'integer'\n/), message: MESSAGE })
  })

  it('fails the task of the workflow above', async () => {
    const { status, result } = await run('above')
    expect(status).toBe('failed')
    expect(result).toMatchObject({ errors: [{ task_id: 'one', result: { message: MESSAGE } }] })
  })

  it('that is a secret is not told', async () => {
    const { result } = await run('broken_secret')
    expect(result).toEqual({ error: 'The value of "pin" does not fit its schema (type).', message: MESSAGE })
  })
})
