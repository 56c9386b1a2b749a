import { type ReactNode, useEffect } from 'react'
import { Canvas } from './canvas/Canvas.tsx'
import { Details } from './details/Details.tsx'
import { Palette } from './palette/Palette.tsx'
import { PlayBar } from './run/PlayBar.tsx'
import { pressOnScreen } from './screen-keys.ts'
import { useDesigner, useView } from './state/designer-context.ts'
import { FaultNotice } from './toolbar/FaultNotice.tsx'
import { Toolbar } from './toolbar/Toolbar.tsx'

/** The library, the canvas, the details; above them what can be done with all of it. */
export function DesignerPanes({ children }: { readonly children: ReactNode }) {
  const designer = useDesigner()
  const isPaletteOpen = useView((view) => view.isPaletteOpen)
  const isDetailsOpen = useView((view) => view.isDetailsOpen)
  const panel = useView((view) => view.panel)
  const said = useView((view) => view.said)
  useEffect(() => {
    // Wherever the focus is: after a part of the screen has gone it is nowhere.
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || document.querySelector('dialog[open]') !== null) return
      if (pressOnScreen(event, designer)) event.preventDefault()
    }
    addEventListener('keydown', pressed)
    return () => removeEventListener('keydown', pressed)
  }, [designer])
  return (
    <div
      className="designer"
      data-details={isDetailsOpen || undefined}
      data-palette={isPaletteOpen || undefined}
      data-panel={panel}
    >
      <Toolbar />
      {children}
      <FaultNotice />
      <div className="designer-body">
        {isPaletteOpen && <Palette />}
        <section aria-label="Workflow" className="designer-middle" data-pane="canvas">
          <Canvas />
          <PlayBar />
        </section>
        {isDetailsOpen && <Details />}
      </div>
      <p aria-live="polite" className="sr-only">
        {said}
      </p>
    </div>
  )
}
