import type { Page } from 'playwright-core'
import { setTimeout as delay } from 'node:timers/promises'

const FRAME_MS = 1000 / 60
/** px of the wheel in a frame. */
const STEP_PX = 60
/** Steps in one direction: the list is as long. */
const STEPS = 40
/** ms between keys of somebody who types fast, and a pause of theirs after so many. */
const KEY_MS = 80
const PAUSE_MS = 600
const BEFORE_A_PAUSE = 15

/** Scrolls down and up again at a place, a step a frame. */
export async function scroll(page: Page, at: { x: number; y: number }, seconds: number): Promise<void> {
  await page.mouse.move(at.x, at.y)
  await everyFrame(seconds, (frame) => page.mouse.wheel(0, Math.floor(frame / STEPS) % 2 === 0 ? STEP_PX : -STEP_PX))
}

/** Takes hold at a place and goes round with it, a step a frame. */
export async function drag(page: Page, at: { x: number; y: number }, seconds: number): Promise<void> {
  await page.mouse.move(at.x, at.y)
  await page.mouse.down()
  await everyFrame(seconds, (frame) =>
    page.mouse.move(at.x + 80 * Math.sin(frame / 12), at.y + 60 * (1 - Math.cos(frame / 12))),
  )
  await page.mouse.up()
}

/** Types words into what has the focus. */
export async function type(page: Page, count: number): Promise<void> {
  const startedAt = performance.now()
  let rest = 0
  for (let key = 0; key < count; key++) {
    if (key > 0 && key % BEFORE_A_PAUSE === 0) rest += PAUSE_MS
    await delay(Math.max(0, startedAt + key * KEY_MS + rest - performance.now()))
    await page.keyboard.press('abcde '[key % 6] ?? 'a')
  }
  await delay(PAUSE_MS)
}

async function everyFrame(seconds: number, step: (frame: number) => Promise<void>): Promise<void> {
  const startedAt = performance.now()
  for (let frame = 0; performance.now() < startedAt + seconds * 1000; frame++) {
    await delay(Math.max(0, startedAt + frame * FRAME_MS - performance.now()))
    await step(frame)
  }
}
