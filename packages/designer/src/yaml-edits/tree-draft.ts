import type { YamlLayout, YamlTree } from '@st2/yaml'
import { normalizeChanges, type TextChange } from '../text/text-change.ts'
import { TextLines } from '../text/text-lines.ts'
import { endsWithLines } from './block-lines.ts'
import { detectLayout } from './detect-layout.ts'

/** Why an edit is not made; `message` is for the user. */
export class EditRefusal extends Error {
  override readonly name = 'EditRefusal'
}

/** Edits of one text that are made together: all see the text as it was. */
export class TreeDraft {
  readonly tree: YamlTree
  readonly lines: TextLines
  readonly layout: YamlLayout
  readonly #changes: TextChange[] = []

  constructor(tree: YamlTree, lines = new TextLines(tree.text)) {
    this.tree = tree
    this.lines = lines
    this.layout = detectLayout(tree)
  }

  get text(): string {
    return this.tree.text
  }

  /** For what is put in behind an offset: an indented comment below would become part of a block scalar. */
  layoutBehind(offset: number): YamlLayout {
    let line = this.lines.lineAt(offset) + 1
    while (line < this.lines.count && this.lines.content(line).trim() === '') line++
    return { ...this.layout, hasBlockScalars: !/^[ \t]+#/.test(this.lines.content(line)) }
  }

  replace(from: number, to: number, insert: string): void {
    this.#changes.push({ from, to, insert })
  }

  insert(at: number, text: string): void {
    this.replace(at, at, text)
  }

  /** Puts in lines that end with a value. A block scalar at the very end of a text needs the line break that says where it ends. */
  insertLines(at: number, text: string, value: unknown): void {
    const needsBreak = at === this.text.length && endsWithLines(value)
    this.insert(at, needsBreak ? text + this.layout.lineBreak : text)
  }

  remove(from: number, to: number): void {
    this.replace(from, to, '')
  }

  changes(): TextChange[] {
    return normalizeChanges(this.#changes)
  }
}
