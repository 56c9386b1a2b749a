import type { Page, Route } from 'playwright-core'

/** Requests that a page has sent and that wait on their way to the server, as where the network is slow. */
export class HeldRequests {
  readonly #waiting: Route[] = []
  #isOpen = false

  /** @param url which ones, as a pattern of Playwright's */
  static async of(page: Page, url: string): Promise<HeldRequests> {
    const held = new HeldRequests()
    await page.route(url, (route) => held.#arrive(route))
    return held
  }

  get count(): number {
    return this.#waiting.length
  }

  /** From now on nothing waits. */
  async release(): Promise<void> {
    this.#isOpen = true
    await Promise.all(this.#waiting.splice(0).map((route) => route.continue()))
  }

  async #arrive(route: Route): Promise<void> {
    if (this.#isOpen) await route.continue()
    else this.#waiting.push(route)
  }
}
