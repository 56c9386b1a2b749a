import { createRootRoute, createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router'
import { actionList, actionOverview, runnerTypeList } from './api/actions.ts'
import { filtersFromSearch } from './api/execution-filters.ts'
import { executionDetails, executionList } from './api/executions.ts'
import { instanceFiltersFromSearch } from './api/instance-filters.ts'
import { queryClient } from './api/query-client.ts'
import { ruleFiltersFromSearch } from './api/rule-filters.ts'
import { ruleDetails, ruleList } from './api/rules.ts'
import { firstFilters, useSavedFilters } from './api/saved-filters.ts'
import { useSession } from './api/session.ts'
import {
  sensorTypeList,
  triggerInstanceDetails,
  triggerInstanceList,
  triggerList,
  triggerTypeList,
} from './api/triggers.ts'
import { NEW_RULE } from './paths.ts'
import { CrashPage, NotFoundPage } from './shell/ErrorPages.tsx'
import { createNumberedHistory } from './shell/numbered-history.ts'
import { RootLayout } from './shell/RootLayout.tsx'
import { loadPart } from './ui/lazy-part.ts'

/** The whole tree. Pages are chunks of their own; loaders only start requests early, pages show their state. */
const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage })

const indexRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: () =>
    redirect({
      to: '/history/{-$id}/{-$section}',
      search: firstFilters(useSavedFilters.getState()),
      replace: true,
      throw: true,
    }),
})

const historyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history/{-$id}/{-$section}',
  validateSearch: filtersFromSearch,
  // What else the address says is of no concern to the list.
  loaderDeps: ({ search }) => filtersFromSearch({ ...search }),
  loader: ({ deps, params }) => {
    if (!isSignedIn()) return
    void queryClient.prefetchQuery(executionList(deps))
    if (params.id !== undefined) void queryClient.prefetchQuery(executionDetails(params.id))
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/history/HistoryScreen.tsx')), 'HistoryScreen'),
})

const compareRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/history/$id/compare/{-$other}',
  component: lazyRouteComponent(
    () => loadPart(() => import('./features/history/compare/ComparePage.tsx')),
    'ComparePage',
  ),
})

const actionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/actions/{-$ref}/{-$section}',
  loader: ({ params }) => {
    if (!isSignedIn()) return
    void queryClient.prefetchQuery(actionList())
    void queryClient.prefetchQuery(runnerTypeList())
    if (params.ref !== undefined) void queryClient.prefetchQuery(actionOverview(params.ref))
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/actions/ActionsPage.tsx')), 'ActionsPage'),
})

const designerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/action/{-$ref}',
  loader: () => {
    if (isSignedIn()) void queryClient.prefetchQuery(actionList())
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/designer/DesignerPage.tsx')), 'DesignerPage'),
})

/** As links were written before there was one address for it. */
const importRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/import/$pack/$ref',
  beforeLoad: ({ params: { ref } }) => redirect({ to: '/action/{-$ref}', params: { ref }, replace: true, throw: true }),
})

const rulesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/rules/{-$ref}/{-$section}',
  validateSearch: ruleFiltersFromSearch,
  loader: ({ params }) => {
    if (!isSignedIn()) return
    void queryClient.prefetchQuery(ruleList())
    if (params.ref !== undefined && params.ref !== NEW_RULE) void queryClient.prefetchQuery(ruleDetails(params.ref))
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/rules/RulesPage.tsx')), 'RulesPage'),
})

const triggersRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/triggers/{-$ref}/{-$section}',
  validateSearch: (search: Record<string, unknown>) => ({ q: typeof search['q'] === 'string' ? search['q'] : '' }),
  loader: () => {
    if (!isSignedIn()) return
    void queryClient.prefetchQuery(triggerTypeList())
    void queryClient.prefetchQuery(triggerList())
    void queryClient.prefetchQuery(sensorTypeList())
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/triggers/TriggersPage.tsx')), 'TriggersPage'),
})

const instancesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/triggers/instances/{-$id}',
  validateSearch: instanceFiltersFromSearch,
  loaderDeps: ({ search }) => search,
  loader: ({ deps, params }) => {
    if (!isSignedIn()) return
    void queryClient.prefetchQuery(triggerInstanceList(deps))
    void queryClient.prefetchQuery(triggerList())
    if (params.id !== undefined) void queryClient.prefetchQuery(triggerInstanceDetails(params.id))
  },
  component: lazyRouteComponent(() => loadPart(() => import('./features/triggers/InstancesPage.tsx')), 'InstancesPage'),
})

const codeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/code/$type/$id',
  component: lazyRouteComponent(() => loadPart(() => import('./features/code/CodePage.tsx')), 'CodePage'),
})

export const router = createRouter({
  routeTree: rootRoute.addChildren([
    indexRoute,
    compareRoute,
    historyRoute,
    actionsRoute,
    designerRoute,
    importRoute,
    rulesRoute,
    instancesRoute,
    triggersRoute,
    codeRoute,
  ]),
  history: createNumberedHistory(),
  // Addresses are read by people and written by other programs: plain words, no JSON.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: plainSearch,
  defaultErrorComponent: CrashPage,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

function plainSearch(search: Record<string, unknown>): string {
  const text = new URLSearchParams(
    Object.entries(search).flatMap(([key, value]) => (isPlain(value) ? [[key, String(value)]] : [])),
  ).toString()
  return text === '' ? '' : `?${text.replaceAll('%2C', ',').replaceAll('%3A', ':')}`
}

/** Empty filters and the first page are not written. */
function isPlain(value: unknown): boolean {
  if (Array.isArray(value)) return value.length > 0
  return value !== '' && value !== 1 && value != null
}

function isSignedIn(): boolean {
  return useSession.getState().phase === 'in'
}
