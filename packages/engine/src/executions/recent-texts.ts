/** Characters kept in all. */
const MAX_LENGTH = 16 * 1024 * 1024
/** Longer texts are not kept: one of them would push out all others. */
const MAX_SINGLE_LENGTH = 4 * 1024 * 1024

/** Texts of blobs that were written lately, by their hashes: what goes on with a result mostly does so at once. The oldest go first. */
export class RecentTexts {
  readonly #texts = new Map<string, string>()
  #length = 0

  get(hash: string): string | undefined {
    return this.#texts.get(hash)
  }

  add(hash: string, text: string): void {
    if (text.length > MAX_SINGLE_LENGTH) return
    this.forget(hash)
    this.#texts.set(hash, text)
    this.#length += text.length
    for (const oldest of this.#texts.keys()) {
      if (this.#length <= MAX_LENGTH) return
      this.forget(oldest)
    }
  }

  forget(hash: string): void {
    this.#length -= this.#texts.get(hash)?.length ?? 0
    this.#texts.delete(hash)
  }
}
