import { type ActionAlias, type ActionAliasHelp, InvalidError } from '@st2/model'
import { PythonRegexError, Regex } from '@st2/python-values'
import { displays } from './format-entries.ts'

export interface AliasHelpQuery {
  readonly pack?: string | undefined
  /** Regular expression on what is shown, in any case of letters. */
  readonly filter?: string | undefined
  /** 0: no limit. */
  readonly limit: number
  readonly offset: number
}

/** Steps of the filter, for all that is shown together. */
const MAX_FILTER_STEPS = 2_000_000
const STEPS_PER_CALL = 25

/**
 * What can be said, of the aliases that are enabled. `available` counts all that fit, whatever the page.
 *
 * @throws InvalidError the filter is no regular expression
 * @source rest-api.md 9.4
 */
export function aliasHelp(aliases: readonly ActionAlias[], query: AliasHelpQuery): ActionAliasHelp {
  const fits = filterOf(query.filter)
  const helpstrings = aliases
    .filter(({ enabled, pack }) => enabled && (query.pack === undefined || pack === query.pack))
    .flatMap((alias) => displays(alias).map((display) => ({ alias, display })))
    .filter(({ display }) => fits(display))
    .map(({ alias, display }) => ({ pack: alias.pack, display, description: alias.description ?? '' }))
  const end = query.limit === 0 ? undefined : query.offset + query.limit
  return { available: helpstrings.length, helpstrings: helpstrings.slice(query.offset, end) }
}

function filterOf(filter: string | undefined): (display: string) => boolean {
  if (filter === undefined || filter === '') return () => true
  let steps = MAX_FILTER_STEPS
  const onStep = () => {
    steps -= STEPS_PER_CALL
    if (steps < 0) throw new InvalidError(`filter: takes more than ${MAX_FILTER_STEPS} steps`)
  }
  try {
    const regex = new Regex(filter, { ignoreCase: true, onStep })
    return (display) => regex.search(display) !== null
  } catch (cause) {
    if (cause instanceof PythonRegexError) throw new InvalidError(`filter: ${cause.message}`, { cause })
    throw cause
  }
}
