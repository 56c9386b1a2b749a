import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { BESIDE_THE_SCREEN, COVERED, TOO_SMALL } from './layout.ts'
import { shoot } from './screenshots.ts'
import type { Theme, VisitOptions } from './visit.ts'
import type { World } from './world.ts'

export interface Screen {
  readonly name: string
  readonly session?: VisitOptions['session']
  readonly path: () => string
  readonly isThere: (page: Page) => Promise<void>
  /** Something is open that lies over the rest. */
  readonly isCovered?: boolean
}

export const NARROW = { width: 400, height: 800 } as const
export const THEMES: readonly Theme[] = ['light', 'dark']
const CONTRAST = ['color-contrast', 'link-in-text-block']
const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/** What every screen has to keep, in both themes, wide and narrow. It is opened once for each width: the theme changes in place. */
export function checkScreens(world: World, screens: readonly Screen[]): void {
  it.each(screens)('$name has nothing that WCAG 2.2 AA forbids, in both themes', async (screen) => {
    const page = await show(world, screen)
    for (const theme of THEMES) {
      await wear(page, theme)
      await shoot(page, `screen-${screen.name}-1280-${theme}`)
      expect(await covered(page, screen), `${theme}: controls and statuses under something else`).toEqual([])
      // There are no frames, for which alone it would open a page of its own each time.
      const axe = new AxeBuilder({ page }).setLegacyMode()
      // The parts are the same in both themes; their colours are not.
      const { violations } = await (theme === 'light' ? axe.withTags(WCAG) : axe.withRules(CONTRAST)).analyze()
      const found = violations.map(({ id, help, nodes }) => ({ id, help, at: nodes.map(({ html }) => html) }))
      expect(found, `${theme}: what WCAG forbids`).toEqual([])
    }
  })

  it.each(screens)('$name fits 400 px without scrolling sideways', async (screen) => {
    const page = await show(world, screen, NARROW)
    for (const theme of THEMES) {
      await wear(page, theme)
      await shoot(page, `screen-${screen.name}-400-${theme}`)
    }
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBeLessThanOrEqual(NARROW.width)
    expect(await page.evaluate<string[]>(BESIDE_THE_SCREEN), 'parts beside the screen').toEqual([])
    expect(await covered(page, screen), 'controls and statuses under something else').toEqual([])
    expect(await page.evaluate<string[]>(TOO_SMALL), 'buttons too small for a finger').toEqual([])
  })
}

/** Changes what the system prefers, and waits until colours that fade have done so. */
async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme })
  await page.evaluate(`Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null)))`)
}

export async function show(world: World, screen: Screen, options: VisitOptions = {}): Promise<Page> {
  const visitor = await world.visit({ ...options, ...(screen.session ? { session: screen.session } : {}) })
  await visitor.open(screen.path())
  await screen.isThere(visitor.page)
  // A connection that is just being made would look different from one picture to the next.
  if (screen.session === undefined)
    await visitor.page.locator('.live-dot[data-state="live"]').waitFor({ state: 'attached' })
  return visitor.page
}

async function covered(page: Page, { isCovered = false }: Screen): Promise<string[]> {
  return isCovered ? [] : page.evaluate<string[]>(COVERED)
}
