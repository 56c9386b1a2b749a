import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { frameOf, FrameTooLongError, readFrame } from './frame-reader.ts'

function streamOf(...chunks: readonly Buffer[]): PassThrough {
  const stream = new PassThrough()
  for (const chunk of chunks) stream.write(chunk)
  return stream
}

describe('readFrame', () => {
  const frame = frameOf({ a: 'ü' })

  it('reads a message that comes byte by byte', async () => {
    const stream = streamOf(...[...frame].map((byte) => Buffer.from([byte])))
    expect(JSON.parse(String(await readFrame(stream, 100)))).toEqual({ a: 'ü' })
  })

  it('ignores what comes after it', async () => {
    const answer = await readFrame(streamOf(Buffer.concat([frame, Buffer.from('more')])), 100)
    expect(answer?.toString()).toBe('{"a":"ü"}')
  })

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['half a length', frame.subarray(0, 2)],
    ['half a message', frame.subarray(0, 6)],
  ])('answers null for %s', async (_, bytes) => {
    const stream = streamOf(bytes)
    stream.end()
    expect(await readFrame(stream, 100)).toBeNull()
  })

  it('answers null when the stream fails', async () => {
    const stream = streamOf(frame.subarray(0, 6))
    const answer = readFrame(stream, 100)
    stream.destroy(new Error('broken pipe'))
    expect(await answer).toBeNull()
  })

  it('refuses a message beyond the limit before it has come', async () => {
    const stream = streamOf(frame.subarray(0, 5))
    await expect(readFrame(stream, 4)).rejects.toThrow(FrameTooLongError)
    expect(stream.destroyed).toBe(true)
  })
})
