import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { forwardLines, MAX_LINE_LENGTH } from './forward-lines.ts'

async function pieces(...chunks: readonly (string | Buffer)[]): Promise<string[]> {
  const stream = new PassThrough()
  const seen: string[] = []
  forwardLines(stream, (text) => seen.push(text))
  for (const chunk of chunks) stream.write(chunk)
  stream.end()
  await new Promise((resolve) => stream.once('close', resolve))
  return seen
}

describe('forwardLines', () => {
  it.each([
    [['a\nb\n'], ['a\nb\n']],
    [
      ['a', 'b\nc'],
      ['ab\n', 'c'],
    ],
    [[Buffer.from([0xc3]), Buffer.from([0xbc, 10])], ['ü\n']],
    [[], []],
  ])('hands %j on as %j', async (chunks, expected) => {
    expect(await pieces(...chunks)).toEqual(expected)
  })

  it('hands a line on in pieces that is longer than the limit', async () => {
    const line = 'x'.repeat(MAX_LINE_LENGTH + 1)
    const seen = await pieces(line, 'y\n')
    expect(seen).toEqual([line, 'y\n'])
  })
})
