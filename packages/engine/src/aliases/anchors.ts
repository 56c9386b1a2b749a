/**
 * Whether a regular expression says itself where it begins or ends: `^`, `$`, `\A` or `\Z` outside of character classes. Of
 * an alternation only the second branch counts, as upstream has it.
 *
 * @source services.md 6.2
 */
export function hasAnchor(pattern: string): boolean {
  return new Scanner(pattern).alternation()
}

class Scanner {
  readonly #pattern: string
  #at = 0

  constructor(pattern: string) {
    this.#pattern = pattern
  }

  /** Reads up to the closing parenthesis, or to the end. */
  alternation(): boolean {
    const branches = [this.#branch()]
    while (this.#pattern[this.#at] === '|') {
      this.#at++
      branches.push(this.#branch())
    }
    this.#at++
    return branches[1] ?? branches[0] ?? false
  }

  #branch(): boolean {
    let found = false
    while (this.#at < this.#pattern.length) {
      const char = this.#pattern[this.#at]
      if (char === '|' || char === ')') break
      this.#at++
      if (char === '^' || char === '$') found = true
      else if (char === '\\') found = this.#escaped() || found
      else if (char === '[') this.#skipClass()
      else if (char === '(') found = this.alternation() || found
    }
    return found
  }

  #escaped(): boolean {
    const char = this.#pattern[this.#at++]
    return char === 'A' || char === 'Z'
  }

  #skipClass(): void {
    if (this.#pattern[this.#at] === '^') this.#at++
    // A bracket that closes at once is a member.
    if (this.#pattern[this.#at] === ']') this.#at++
    while (this.#at < this.#pattern.length && this.#pattern[this.#at] !== ']') {
      this.#at += this.#pattern[this.#at] === '\\' ? 2 : 1
    }
    this.#at++
  }
}
