import { expect, it } from 'vitest'
import { askBySchema } from './ask-by-schema.ts'

/** Answers one question after the other, and keeps what was asked and said. */
function asking(...answers: string[]) {
  const said: string[] = []
  const next = (question: string): Promise<string> => {
    said.push(question)
    const answer = answers.shift()
    return answer === undefined ? Promise.reject(new Error('nobody answers')) : Promise.resolve(answer)
  }
  return {
    said,
    io: {
      ask: next,
      askSecret: (question: string) => next(`secret ${question}`),
      out: (text: string) => void said.push(text),
    },
  }
}

it('asks for each value in the order of the schema, and makes of the answers what their types want', async () => {
  const { said, io } = asking('Jill', '33', '1.5', 'y', 'a, b', '0,2', '1', '4711', 'inside', '')
  const answers = await askBySchema(io, {
    name: { type: 'string', description: 'What is your name?' },
    age: { type: 'integer' },
    size: { type: 'number' },
    ok: { type: 'boolean' },
    list: { type: 'array' },
    colours: { type: 'array', items: { type: 'string', enum: ['red', 'green', 'blue', 'pink'] } },
    one: { enum: ['x', 'y'] },
    pin: { type: 'string', secret: true },
    nested: { type: 'object', properties: { inner: { type: 'string' } } },
    left: { type: 'string' },
  })
  expect(answers).toEqual({
    name: 'Jill',
    age: 33,
    size: 1.5,
    ok: true,
    list: ['a', 'b'],
    colours: ['red', 'blue'],
    one: 'y',
    pin: '4711',
    nested: { inner: 'inside' },
    left: null,
  })
  expect(said).toEqual([
    'What is your name?\n',
    'name: ',
    'age (integer): ',
    'size (float): ',
    'ok (boolean): ',
    'list (comma-separated list): ',
    'colours: \n 0 - red\n 1 - green\n 2 - blue\n 3 - pink\nChoose from 0, 1, 2...: ',
    'one: \n 0 - x\n 1 - y\nChoose from 0, 1: ',
    'secret pin (secret): ',
    'nested.inner: ',
    'left: ',
  ])
})

it('takes the default for an empty answer, and asks again for one that does not fit', async () => {
  const { said, io } = asking('', 'maybe', 'no', 'x', '7', '', 'n', '9', '0')
  const answers = await askBySchema(io, {
    colour: { type: 'string', default: 'red' },
    sure: { type: 'boolean', default: true },
    count: { type: 'integer' },
    must: { type: 'boolean', required: true },
    one: { enum: ['x'], default: 'x' },
  })
  expect(answers).toEqual({ colour: 'red', sure: false, count: 7, must: false, one: 'x' })
  expect(said).toContain('colour [red]: ')
  expect(said).toContain('sure (boolean) [y]: ')
  expect(said).toContain('Does not look like boolean. Pick from [1, y, yes, true, 0, n, no, nope, nah, false]\n')
  expect(said).toContain("invalid literal for int() with base 10: 'x'\n")
  expect(said).toContain('An answer is required.\n')
  expect(said).toContain('Out of bounds\n')
})

it('asks for objects of a list until there are no more, and leaves out lists that it cannot ask for', async () => {
  const { said, io } = asking('a', 'y', 'b', 'n')
  const items = { type: 'object', properties: { x: { type: 'string' } } }
  const answers = await askBySchema(io, {
    many: { type: 'array', items },
    lists: { type: 'array', items: { type: 'array' } },
  })
  expect(answers).toEqual({ many: [{ x: 'a' }, { x: 'b' }] })
  expect(said.at(-1)).toBe('Interactive mode does not support arrays of array type yet. Skipping...\n')
})
