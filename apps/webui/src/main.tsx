import './ui/tokens.css'
import './ui/base.css'
import './ui/controls.css'
import './ui/panes.css'
import './shell/shell.css'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { startLive } from './api/live.ts'
import { queryClient } from './api/query-client.ts'
import { watchSession } from './api/session.ts'
import { router } from './routes.tsx'
import { OutdatedPageError } from './ui/lazy-part.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('index.html has no #root')

watchSession()
startLive()

createRoot(root, {
  // What the page itself says about it is all there is to say.
  onCaughtError: (error) => {
    if (!(error instanceof OutdatedPageError)) reportError(error)
  },
}).render(
  <StrictMode>
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  </StrictMode>,
)
