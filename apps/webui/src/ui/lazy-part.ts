import { type FunctionComponent, lazy, type LazyExoticComponent } from 'react'

/** ms between tries to load a part of the page; doubles up to the longest. */
const FIRST_PAUSE_MS = 300
const LONGEST_PAUSE_MS = 4000

/** The server has other files than those this page was made of: only loading it anew helps. */
export class OutdatedPageError extends Error {
  override readonly name = 'OutdatedPageError'
  constructor() {
    super('The server has been updated since this page was loaded.')
  }
}

/** A component of a module that is loaded when it is first drawn. */
export function lazyPart<K extends string, P>(
  load: () => Promise<Readonly<Record<K, FunctionComponent<P>>>>,
  name: K,
): LazyExoticComponent<FunctionComponent<P>> {
  return lazy(async () => ({ default: (await loadPart(load))[name] }))
}

/**
 * Loads a module, for as long as it takes: a server that is away comes back, and what has failed once would stay so for React.
 *
 * @throws OutdatedPageError when the server has other files by now
 */
export async function loadPart<M>(load: () => Promise<M>): Promise<M> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await load()
    } catch {
      do {
        if (await isOutdated()) throw new OutdatedPageError()
        await new Promise((resolve) => setTimeout(resolve, pauseMs))
      } while (!(await haveStylesLoaded()))
    }
  }
}

/** Whether the server's page begins with another script than this one. Nobody knows while it does not answer. */
async function isOutdated(): Promise<boolean> {
  const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src')
  if (script === null || script === undefined) return false
  try {
    const answer = await fetch(new URL('.', document.baseURI), { cache: 'no-store' })
    return answer.ok && !(await answer.text()).includes(script)
  } catch {
    return false
  }
}

/** Style sheets that did not come. */
const failedStyles = new Set<HTMLLinkElement>()
addEventListener(
  'error',
  ({ target }) => {
    if (target instanceof HTMLLinkElement && target.rel === 'stylesheet') failedStyles.add(target)
  },
  true,
)

/** Asks for them again. NOTE: the loader asks for each once, whatever became of it. */
async function haveStylesLoaded(): Promise<boolean> {
  const failed = [...failedStyles]
  failedStyles.clear()
  return (await Promise.all(failed.map(hasLoadedAgain))).every(Boolean)
}

function hasLoadedAgain(failed: HTMLLinkElement): Promise<boolean> {
  const link = document.createElement('link')
  link.rel = 'stylesheet'
  link.href = failed.href
  return new Promise((resolve) => {
    link.addEventListener('load', () => resolve(true))
    link.addEventListener('error', () => resolve(false))
    failed.replaceWith(link)
  })
}
