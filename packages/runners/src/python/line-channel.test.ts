import { Duplex } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { LineChannel, MAX_LINE_BYTES } from './line-channel.ts'

class Pipe extends Duplex {
  readonly written: string[] = []
  override _read(): void {
    // The test pushes.
  }
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.written.push(chunk.toString())
    done()
  }
}

interface Opened {
  readonly pipe: Pipe
  readonly channel: LineChannel
  readonly messages: Record<string, unknown>[]
  readonly broken: string[]
}

function open(): Opened {
  const pipe = new Pipe()
  const messages: Record<string, unknown>[] = []
  const broken: string[] = []
  const channel = new LineChannel(
    pipe,
    (message) => messages.push(message),
    (reason) => broken.push(reason),
  )
  return { pipe, channel, messages, broken }
}

async function receive({ pipe }: Opened, ...chunks: readonly (string | Buffer)[]): Promise<void> {
  for (const chunk of chunks) pipe.push(chunk)
  await new Promise((resolve) => setImmediate(resolve))
}

describe('LineChannel', () => {
  it('cuts what comes into messages, wherever it was cut before', async () => {
    const opened = open()
    const bytes = Buffer.from('{"a":"ü"}\n{"b":2}\n{"c"')
    await receive(opened, bytes.subarray(0, 7), bytes.subarray(7), ':3}\n')
    expect(opened.messages).toEqual([{ a: 'ü' }, { b: 2 }, { c: 3 }])
  })

  it('writes one line a message, and nothing to a pipe that is closed', async () => {
    const opened = open()
    opened.channel.send({ type: 'x', text: 'a\nb' })
    opened.pipe.destroy()
    opened.channel.send({ type: 'y' })
    expect(opened.pipe.written).toEqual(['{"type":"x","text":"a\\nb"}\n'])
  })

  it.each(['no JSON\n', '[1]\n', 'null\n', '\n'])('closes the pipe for the line %j', async (line) => {
    const opened = open()
    await receive(opened, line)
    expect(opened).toMatchObject({ messages: [], broken: ['a line that is no JSON object'] })
    expect(opened.pipe.destroyed).toBe(true)
  })

  it('closes the pipe for a line without an end', async () => {
    const opened = open()
    await receive(opened, Buffer.alloc(MAX_LINE_BYTES + 1, 'x'))
    expect(opened.broken).toEqual([`a line longer than MAX_LINE_BYTES of ${MAX_LINE_BYTES}`])
  })
})
