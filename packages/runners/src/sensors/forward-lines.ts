import type { Readable } from 'node:stream'
import { StringDecoder } from 'node:string_decoder'

/** Characters of a line that is handed on in pieces when it is longer. */
export const MAX_LINE_LENGTH = 64 * 1024

/** Hands on what a process prints as it comes, whole lines together; the rest when the stream ends. */
export function forwardLines(stream: Readable, emit: (text: string) => void): void {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    rest += decoder.write(chunk)
    const end = rest.length > MAX_LINE_LENGTH ? rest.length : rest.lastIndexOf('\n') + 1
    if (end === 0) return
    emit(rest.slice(0, end))
    rest = rest.slice(end)
  })
  const finish = (): void => {
    const text = rest + decoder.end()
    rest = ''
    if (text !== '') emit(text)
  }
  stream.once('end', finish)
  stream.once('close', finish)
  // A process that died may break its pipe; its exit tells more.
  stream.on('error', finish)
}
