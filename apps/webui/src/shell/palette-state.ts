import { create } from 'zustand'

/** Whether the command palette is open. Ctrl K and Cmd K open it anywhere. */
export const usePalette = create<{ isOpen: boolean }>(() => ({ isOpen: false }))

export function openPalette(): void {
  usePalette.setState({ isOpen: true })
}

export function closePalette(): void {
  usePalette.setState({ isOpen: false })
}

addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey) return
  event.preventDefault()
  usePalette.setState(({ isOpen }) => ({ isOpen: !isOpen }))
})
