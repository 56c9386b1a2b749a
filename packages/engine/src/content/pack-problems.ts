import { ConflictError, InvalidError } from '@st2/model'
import { MetadataError } from './metadata-file.ts'
import type { ContentKind, ContentProblem } from './registration-report.ts'

/** Collects what goes wrong with single files of a pack. */
export class PackProblems {
  readonly found: ContentProblem[] = []
  readonly #pack: string

  constructor(pack: string) {
    this.#pack = pack
  }

  /** Null when the file cannot be used, which is then reported; other errors are the caller's. */
  async attempt<T>(kind: ContentKind, file: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work()
    } catch (error) {
      if (error instanceof MetadataError) this.add(kind, error.file ?? file, error.message, error)
      else if (error instanceof InvalidError || error instanceof ConflictError) this.add(kind, file, error.message)
      else if (isFileError(error)) this.add(kind, file, error.message)
      else throw error
      return null
    }
  }

  add(
    kind: ContentKind,
    file: string,
    message: string,
    place: { line?: number | undefined; column?: number | undefined } = {},
  ): void {
    const { line, column } = place
    this.found.push({ kind, pack: this.#pack, file, line, column, message })
  }
}

export function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'syscall' in error && 'path' in error
}
