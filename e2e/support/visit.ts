import type { Browser, BrowserContext, Page, Response } from 'playwright-core'
import type { Deployment } from './deployment.ts'

export type Theme = 'light' | 'dark'

export interface VisitOptions {
  /** Default: light. */
  readonly theme?: Theme
  /** px; default 1280 × 800. */
  readonly width?: number
  readonly height?: number
  /** Default: signed in as the administrator, as if the password had been typed and remembered. */
  readonly session?: 'admin' | 'none' | { readonly token: string }
  /** Address of what stands before the server; by default the server's own. */
  readonly through?: string
}

/** ms a click or a wait may take: the machine may be busy. */
const PATIENCE_MS = 15_000

/** A browser window of one person, and what goes wrong in it behind the scenes. */
export class Visit {
  readonly page: Page
  readonly #url: string
  readonly #context: BrowserContext
  readonly #problems: string[] = []
  #isServerExpectedAway = false

  constructor(url: string, context: BrowserContext, page: Page) {
    this.#url = url
    this.#context = context
    this.page = page
    this.#collect(page)
  }

  /** Opens an address of the WebUI as it stands behind the `#`. */
  async open(path: string, page = this.page): Promise<void> {
    await page.goto(`${this.#url}/#${path}`)
  }

  /** Another tab of the same browser window: the same session, the same connections. */
  async openTab(): Promise<Page> {
    const page = await this.#context.newPage()
    this.#collect(page)
    return page
  }

  /** The part of the address behind the `#`. */
  get path(): string {
    return decodeURIComponent(new URL(this.page.url()).hash.slice(1))
  }

  /** From now on requests may fail because nobody answers. */
  expectServerAway(): void {
    this.#isServerExpectedAway = true
  }

  /** Uncaught errors, errors on the console (violations of the content security policy too), failed requests. */
  get problems(): readonly string[] {
    return this.#problems
  }

  /** @returns the problems until then */
  async close(): Promise<readonly string[]> {
    await this.#context.close()
    return this.#problems
  }

  #collect(page: Page): void {
    page.on('pageerror', (error) => this.#problems.push(`uncaught: ${error.stack ?? error.message}`))
    page.on('console', (message) => {
      // Failed requests are told by `response` and `requestfailed`, with more detail.
      const isRequest = message.text().startsWith('Failed to load resource')
      if (message.type() === 'error' && !isRequest) this.#problems.push(`console: ${message.text()}`)
    })
    page.on('response', (response) => {
      if (isFault(response))
        this.#problems.push(`${response.status()} ${response.request().method()} ${response.url()}`)
    })
    page.on('requestfailed', (request) => {
      const reason = request.failure()?.errorText ?? ''
      // Streams and answers nobody waits for any more are aborted by the page itself.
      if (reason === 'net::ERR_ABORTED' || this.#isServerExpectedAway) return
      this.#problems.push(`${reason} ${request.method()} ${request.url()}`)
    })
  }
}

/** 5xx from the services; from the WebUI's own files everything that is no success. */
function isFault(response: Response): boolean {
  const isService = /^\/(api|auth|stream)\//.test(new URL(response.url()).pathname)
  return response.status() >= (isService ? 500 : 400)
}

export async function visit(browser: Browser, server: Deployment, options: VisitOptions = {}): Promise<Visit> {
  const { theme = 'light', width = 1280, height = 800, session = 'admin', through = server.url } = options
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
    // The front's certificate is self-signed.
    ignoreHTTPSErrors: true,
    permissions: ['clipboard-read', 'clipboard-write'],
    storageState: { cookies: [], origins: await storedSession(server, session, through) },
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return new Visit(through, context, await context.newPage())
}

async function storedSession(server: Deployment, session: NonNullable<VisitOptions['session']>, url: string) {
  if (session === 'none') return []
  const token = session === 'admin' ? await server.login() : { ...(await server.login()), token: session.token }
  const address = { api: `${url}/api`, auth: `${url}/auth`, stream: `${url}/stream` }
  const localStorage = [
    { name: 'st2Session', value: JSON.stringify({ server: address, token }) },
    { name: 'logged_in', value: JSON.stringify({ loggedIn: true }) },
  ]
  return [{ origin: url, localStorage }]
}
