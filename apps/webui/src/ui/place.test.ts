import { describe, expect, it } from 'vitest'
import { placeBeside } from './place.ts'

const screen = { width: 1000, height: 600 }
const popup = { width: 200, height: 300 }

describe('placeBeside', () => {
  it('puts a popup below its anchor, ends aligned', () => {
    expect(placeBeside({ left: 700, top: 10, width: 100, height: 30 }, popup, screen, 'end')).toMatchObject({
      left: 600,
      top: 46,
    })
  })

  it('puts it above when only there is room', () => {
    expect(placeBeside({ left: 700, top: 550, width: 100, height: 30 }, popup, screen, 'end').top).toBe(244)
  })

  it('keeps it in the window and says how tall it may be', () => {
    const place = placeBeside({ left: 0, top: 200, width: 30, height: 30 }, { width: 400, height: 900 }, screen, 'end')
    expect(place).toMatchObject({ left: 8, top: 236, maxHeight: 356 })
  })
})
