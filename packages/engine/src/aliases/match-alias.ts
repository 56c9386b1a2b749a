import { type ActionAlias, type ActionAliasMatch, InvalidError } from '@st2/model'
import { PythonRegexError } from '@st2/python-values'
import { AliasFormat } from './alias-format.ts'
import { type CutCommand, cutKeyValues } from './key-value-tail.ts'
import { type FormatEntry, formatEntries } from './format-entries.ts'

/** Characters; nobody says more at once. */
export const MAX_COMMAND_LENGTH = 10_000
/** Steps of the regular expressions of all aliases together, for one command. */
const MAX_MATCH_STEPS = 2_000_000
/** Steps between two calls of `onStep`. */
const STEPS_PER_CALL = 25

/** Finds the alias that a command means. What was made of an alias's formats is kept for as long as the alias is. */
export class AliasMatcher {
  readonly #compiled = new WeakMap<ActionAlias, readonly CompiledEntry[]>()
  #stepsLeft = 0

  /**
   * Formats that match several times are tried only when no other does.
   *
   * @throws InvalidError none or more than one matches, with upstream's texts
   * @source services.md 6.3
   */
  match(aliases: readonly ActionAlias[], command: string): ActionAliasMatch {
    if (command.length > MAX_COMMAND_LENGTH) {
      throw new InvalidError(`The command is longer than ${MAX_COMMAND_LENGTH} characters.`)
    }
    this.#stepsLeft = MAX_MATCH_STEPS
    const cut = cutKeyValues(command)
    return this.#only(aliases, command, cut, false) ?? this.#only(aliases, command, cut, true) ?? noneMatches(command)
  }

  #only(
    aliases: readonly ActionAlias[],
    command: string,
    cut: CutCommand,
    isMultiple: boolean,
  ): ActionAliasMatch | null {
    const found = aliases.flatMap((alias) =>
      this.#entriesOf(alias)
        .filter((entry) => entry.isMultiple === isMultiple)
        .filter(({ format }) => format?.extractFrom(command, cut).kind === 'matched')
        .map(({ display, representation }) => ({ actionalias: alias, display, representation })),
    )
    if (found.length > 1) {
      throw new InvalidError(`Command '${command}' matched more than 1${isMultiple ? ' (multi)' : ''} pattern`)
    }
    return found[0] ?? null
  }

  #entriesOf(alias: ActionAlias): readonly CompiledEntry[] {
    const known = this.#compiled.get(alias)
    if (known !== undefined) return known
    const entries = formatEntries(alias).map((entry) => ({ ...entry, format: this.#compile(entry.representation) }))
    this.#compiled.set(alias, entries)
    return entries
  }

  /** Null: what is no regular expression matches nothing, and does not keep others from matching. */
  #compile(representation: string): AliasFormat | null {
    try {
      return new AliasFormat(representation, () => this.#spend())
    } catch (error) {
      if (error instanceof PythonRegexError) return null
      throw error
    }
  }

  #spend(): void {
    this.#stepsLeft -= STEPS_PER_CALL
    if (this.#stepsLeft < 0) throw new InvalidError(`The command takes more than ${MAX_MATCH_STEPS} steps to match.`)
  }
}

interface CompiledEntry extends FormatEntry {
  readonly format: AliasFormat | null
}

function noneMatches(command: string): never {
  throw new InvalidError(`Command '${command}' matched no patterns`)
}
