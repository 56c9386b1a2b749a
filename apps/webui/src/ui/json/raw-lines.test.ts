import { expect, it } from 'vitest'
import { lineText } from './raw-lines.ts'

it('keeps every letter whole and in one line, wherever the text is cut', () => {
  const text = 'naïve ✓ 🚀 Grüße, 日本語'
  const bytes = new TextEncoder().encode(text)
  for (const size of [5, 6, 7, 8, 50]) {
    const lines = Array.from({ length: Math.ceil(bytes.length / size) }, (_, line) =>
      lineText(bytes, line * size, (line + 1) * size),
    )
    expect(lines.join('')).toBe(text)
  }
})
