import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { ADMIN, type BenchServer } from './server-process.ts'

const CHROMIUM = '/usr/bin/chromium'
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update']
/** ms a wait may take: the machine may be busy. */
const PATIENCE_MS = 60_000
/** ms in which a page loads ahead what it does without anybody asking. */
const REST_MS = 500

export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
}

/** A window of nobody, which has nothing of the WebUI yet. */
export async function openWindow(browser: Browser): Promise<BrowserContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    timezoneId: 'UTC',
    locale: 'en-US',
    reducedMotion: 'reduce',
  })
  context.setDefaultTimeout(PATIENCE_MS)
  return context
}

/** A window of somebody who is signed in already. */
export async function openSignedIn(browser: Browser, server: BenchServer): Promise<BrowserContext> {
  const context = await openWindow(browser)
  const address = { api: `${server.url}/api`, auth: `${server.url}/auth`, stream: `${server.url}/stream` }
  const stored = {
    st2Session: JSON.stringify({ server: address, token: await tokenOf(server) }),
    logged_in: JSON.stringify({ loggedIn: true }),
  }
  await context.addInitScript((entries) => {
    for (const [name, value] of Object.entries(entries)) localStorage.setItem(name, value)
  }, stored)
  return context
}

/** A page of the WebUI, at an address as it stands behind the `#`. */
export async function openPage(context: BrowserContext, server: BenchServer, path: string): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/#${path}`)
  return page
}

/** Follows the stream, and has nothing left to do. */
export async function settled(page: Page): Promise<void> {
  await page.locator('.live-dot[data-state="live"]').waitFor({ state: 'attached' })
  await page.evaluate(`new Promise((done) => requestIdleCallback(() => setTimeout(done, ${REST_MS})))`)
}

/** The stored form of the token that the server was asked for. */
async function tokenOf(server: BenchServer): Promise<unknown> {
  const response = await fetch(`${server.url}/auth/v1/tokens`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${ADMIN.name}:${ADMIN.password}`).toString('base64')}` },
  })
  if (!response.ok) throw new Error(`no token: ${response.status}`)
  return response.json()
}
