import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { FrameError, FrameReader, FrameWriter, MAX_FRAME_BYTES } from './frames.ts'

function frame(body: string): Buffer {
  const header = Buffer.alloc(4)
  header.writeUInt32BE(Buffer.byteLength(body))
  return Buffer.concat([header, Buffer.from(body)])
}

describe('FrameWriter and FrameReader', () => {
  it('carry messages in order, those of one tick in one frame', async () => {
    const pipe = new PassThrough()
    const writer = new FrameWriter(pipe)
    writer.send({ a: 1 })
    writer.send('ä\n')
    writer.send(null)
    await new Promise((resolve) => setImmediate(resolve))
    const bytes: unknown = pipe.read()
    if (!Buffer.isBuffer(bytes)) throw new Error('nothing was written')
    expect(bytes.readUInt32BE()).toBe(bytes.length - 4)
    expect(new FrameReader().push(bytes)).toEqual([{ a: 1 }, 'ä\n', null])
  })

  it('tell when the other side is behind and when it has caught up', async () => {
    const pipe = new PassThrough({ highWaterMark: 10 })
    const told: boolean[] = []
    const writer = new FrameWriter(pipe, (congested) => told.push(congested))
    writer.send('x'.repeat(100))
    writer.flush()
    expect(told).toEqual([true])
    pipe.resume()
    await new Promise((resolve) => pipe.once('drain', resolve))
    expect(told.at(-1)).toBe(false)
  })

  it('read frames that come byte by byte or several at once', () => {
    const bytes = Buffer.concat([frame('[1,2]'), frame('[]'), frame('["three"]')])
    expect(new FrameReader().push(bytes)).toEqual([1, 2, 'three'])
    const reader = new FrameReader()
    expect([...bytes].flatMap((byte) => reader.push(Buffer.from([byte])))).toEqual([1, 2, 'three'])
  })

  it.each([
    ['no JSON', frame('[1,')],
    ['no list', frame('{"a":1}')],
    ['a length beyond the limit', Buffer.from([0xff, 0xff, 0xff, 0xff])],
  ])('refuse %s', (_what, bytes) => {
    expect(() => new FrameReader().push(bytes)).toThrow(FrameError)
  })

  it('refuse a message that no frame can carry, and name the limit', () => {
    const writer = new FrameWriter(new PassThrough())
    expect(() => writer.send('x'.repeat(MAX_FRAME_BYTES))).toThrow('MAX_FRAME_BYTES')
    expect(() => writer.send(undefined)).toThrow(FrameError)
  })
})
