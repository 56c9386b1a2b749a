import { type AddressSearch, searchOf, textIn } from './address-search.ts'

/** What of a run is looked at, as the address says it, whichever of its parts is shown. */
export interface RunPlace {
  /** Name of the chosen task; empty: none. */
  readonly task: string
  /** `whole`: the run has the screen to itself, without the list. */
  readonly view: '' | 'whole'
  /** Line of the log that is linked to. */
  readonly line: string
  /** Row of the journal up to which a replay has come; empty: the run as it is. */
  readonly step: string
}

const NO_PLACE: RunPlace = { task: '', view: '', line: '', step: '' }

export function placeFromSearch(search: AddressSearch): RunPlace {
  const step = textIn(search, 'step')
  return {
    task: textIn(search, 'task'),
    view: textIn(search, 'view') === 'whole' ? 'whole' : '',
    line: textIn(search, 'line'),
    step: /^\d{1,6}$/.test(step) ? step : '',
  }
}

/** `?task=deploy&view=whole`; empty when nothing is chosen. */
export function placeToSearch(place: Partial<RunPlace>): string {
  return searchOf(Object.keys(NO_PLACE), { ...place })
}
