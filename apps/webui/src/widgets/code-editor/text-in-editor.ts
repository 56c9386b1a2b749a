import { applyChanges, type TextChange } from '@st2/designer'
import { LineEnds } from './line-ends.ts'

/** Texts that were told and did not come back yet. */
const MAX_UNANSWERED = 100

/**
 * The text that an editor and the owner of the text share. What is typed is told to the owner, who gives the text back, perhaps
 * later than the next key: such an answer is no news.
 */
export class TextInEditor {
  #text: string
  #ends: LineEnds
  #told: string[] = []

  constructor(text: string) {
    this.#text = text
    this.#ends = new LineEnds(text)
  }

  get ends(): LineEnds {
    return this.#ends
  }

  get text(): string {
    return this.#text
  }

  /** With the editor's line ends. */
  get shown(): string {
    return this.#ends.shown
  }

  /** Changes of the shown text as those of the text. */
  type(shownChanges: readonly TextChange[]): TextChange[] {
    const changes = this.#ends.changesToText(shownChanges)
    this.#set(applyChanges(this.#text, changes))
    this.#told.push(this.#text)
    if (this.#told.length > MAX_UNANSWERED) this.#told.shift()
    return changes
  }

  /** Whether the owner gives another text than the one that was typed here, or typed on the way to it. */
  isNews(text: string): boolean {
    if (text === this.#text) {
      this.#told = []
      return false
    }
    const answered = this.#told.indexOf(text)
    if (answered === -1) return true
    this.#told.splice(0, answered + 1)
    return false
  }

  /** @returns what is shown from now on */
  replaceBy(text: string): string {
    this.#told = []
    this.#set(text)
    return this.shown
  }

  #set(text: string): void {
    this.#text = text
    this.#ends = new LineEnds(text)
  }
}
