import { createContext, useContext } from 'react'

/** Where menus and hints are put: into the open modal dialog, above which nothing else can be shown, or into the page. */
const OverlayRoot = createContext<HTMLElement | null>(null)

export const OverlayRootProvider = OverlayRoot.Provider

export function useOverlayRoot(): HTMLElement | null {
  return useContext(OverlayRoot)
}
