import { Outlet, useLocation } from '@tanstack/react-router'
import { Suspense, useEffect } from 'react'
import { useSession } from '../api/session.ts'
import { LoginPage } from '../features/login/LoginPage.tsx'
import { Spinner } from '../ui/Feedback.tsx'
import { dismissPast, Toasts } from '../ui/Toasts.tsx'
import { LiveBanner } from './LiveBanner.tsx'
import { Rail } from './Rail.tsx'
import { SessionDialog } from './SessionDialog.tsx'
import { TopBar } from './TopBar.tsx'
import { usePalette } from './palette-state.ts'
import { lazyPart } from '../ui/lazy-part.ts'

const CommandPalette = lazyPart(() => import('./CommandPalette.tsx'), 'CommandPalette')

/** Without a session the login stands in place of the page, whose address stays. */
export function RootLayout() {
  const phase = useSession((state) => state.phase)
  const isPaletteOpen = usePalette((state) => state.isOpen)
  const { pathname } = useLocation()
  useEffect(dismissPast, [pathname])
  if (phase === 'out') return <LoginPage />
  return (
    <>
      <div className="shell" data-covered={phase === 'locked' || undefined}>
        <a className="skip-link" href="#main" onClick={skipToMain}>
          Skip to content
        </a>
        <Rail />
        <TopBar />
        <main id="main" tabIndex={-1}>
          <LiveBanner />
          <div className="page">
            <Suspense fallback={<Spinner label="Loading" />}>
              <Outlet />
            </Suspense>
          </div>
        </main>
      </div>
      {isPaletteOpen && phase === 'in' && (
        <Suspense fallback={null}>
          <CommandPalette />
        </Suspense>
      )}
      {(phase === 'expired' || phase === 'locked') && <SessionDialog />}
      <Toasts />
    </>
  )
}

/** The hash belongs to the router, so the jump is made by hand. */
function skipToMain(event: { preventDefault: () => void }): void {
  event.preventDefault()
  document.getElementById('main')?.focus()
}
