import { createHash } from 'node:crypto'
import type { ByteRange, Engine } from '@st2/engine'
import type { ExecutionDocument } from '@st2/model'
import type { ExecutionPresenter } from '../views/execution-presenter.ts'

/** The result of an execution as JSON text, without its secrets. */
export interface ResultText {
  /** Bytes. */
  readonly size: number
  /** Strong: of equal ones, every byte is equal. Quoted, as the header has it. */
  readonly etag: string
  read(range?: ByteRange): Promise<AsyncIterable<Uint8Array>>
}

/**
 * A result kept as a blob is never loaded whole: its secrets were taken out before it was stored. Only results that were stored before that
 * was so, of actions that have secrets, are masked here.
 */
export async function resultText(
  { results }: Pick<Engine, 'results'>,
  presenter: ExecutionPresenter,
  document: ExecutionDocument,
): Promise<ResultText> {
  const { result_blob: hash, result_size: size = 0 } = document
  if (hash !== undefined && (await presenter.canStreamResult(document)))
    return { size, etag: `"${hash}"`, read: async (range) => (await results.open(document, range)).chunks }
  const view = await presenter.one(document, { showSecrets: false, withResult: true, withChildren: false })
  const text = Buffer.from(JSON.stringify(view['result'] ?? {}))
  const etag = `"${createHash('sha256').update(text).digest('hex')}"`
  return {
    size: text.length,
    etag,
    read: async ({ start, end } = { start: 0, end: text.length }) => once(text.subarray(start, end)),
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
