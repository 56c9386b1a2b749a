import { useState } from 'react'

/**
 * What is shown of a list until somebody chooses: its first item. It stays when newer ones arrive, because what somebody
 * reads must not change under their eyes; another list begins anew.
 *
 * @param firstId undefined while the list is not here yet
 */
export function useFirst(list: string, firstId: string | undefined): string | undefined {
  const [shown, setShown] = useState({ list, id: firstId })
  if (shown.list !== list || (shown.id === undefined && firstId !== undefined)) setShown({ list, id: firstId })
  return shown.list === list ? shown.id : undefined
}
