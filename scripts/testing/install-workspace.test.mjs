import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isWorkspaceInstalled } from './install-workspace.mjs'

describe('isWorkspaceInstalled', () => {
  const cases = [
    ['nothing is installed', null, false],
    ['another lockfile was installed', 'lockfileVersion: 1\n', false],
    ['this lockfile was installed', 'lockfileVersion: 2\n', true],
  ]

  it.each(cases)('when %s', (_when, installed, expected) => {
    const root = mkdtempSync(join(tmpdir(), 'st2-needs-'))
    try {
      writeFileSync(join(root, 'pnpm-lock.yaml'), 'lockfileVersion: 2\n')
      mkdirSync(join(root, 'node_modules/.pnpm'), { recursive: true })
      if (installed !== null) writeFileSync(join(root, 'node_modules/.pnpm/lock.yaml'), installed)
      expect(isWorkspaceInstalled(root)).toBe(expected)
    } finally {
      rmSync(root, { recursive: true })
    }
  })
})
