import { createHashHistory, type RouterHistory } from '@tanstack/react-router'

/** The name the router keeps the number of an entry under. */
const INDEX = '__TSR_index'

/**
 * The history in the hash of the address, in which every entry has its number: an entry that the browser made itself, for an
 * address that was typed or a plain link, has none, and the router could not go back from it by the right number of steps
 * when somebody chooses to stay. Such an entry comes after the one that was shown.
 */
export function createNumberedHistory(): RouterHistory {
  let shown = 0
  // It has to run before the listener of the router, so it is there first.
  addEventListener('popstate', () => {
    shown = indexOf(history.state) ?? shown + 1
    if (indexOf(history.state) !== null) return
    const key = crypto.randomUUID()
    const state: unknown = { key, __TSR_key: key, [INDEX]: shown }
    // Not the method of the object: the router has put one of its own there, which takes it for a navigation.
    History.prototype.replaceState.call(history, state, '')
  })
  const router = createHashHistory()
  shown = indexOf(router.location.state) ?? 0
  router.subscribe(({ action, location }) => {
    if (action.type === 'PUSH' || action.type === 'REPLACE') shown = indexOf(location.state) ?? shown
  })
  return router
}

function indexOf(state: unknown): number | null {
  if (typeof state !== 'object' || state === null || !(INDEX in state)) return null
  return typeof state[INDEX] === 'number' ? state[INDEX] : null
}
