import { describe, expect, it } from 'vitest'
import { builtNeeds, debianNeeds, missingPackages } from './needs.mjs'
import { suites } from './suites.mjs'

const machine = (commands, pythonModules = []) => ({
  hasCommand: (name) => commands.includes(name),
  hasPythonModule: (name) => pythonModules.includes(name),
})

describe('missingPackages', () => {
  it('names nothing on a machine that has everything', () => {
    const rows = Object.values(debianNeeds)
    const complete = machine(
      rows.flatMap(({ commands }) => commands),
      rows.flatMap(({ pythonModules }) => pythonModules),
    )
    expect(missingPackages(Object.keys(debianNeeds), complete)).toEqual([])
  })

  it('names the package of a missing command', () => {
    expect(missingPackages(['chromium', 'strace'], machine(['strace']))).toEqual(['chromium'])
  })

  it('names python3-venv when Python is there but cannot make a virtualenv', () => {
    expect(missingPackages(['python'], machine(['python3'], ['venv']))).toContain('python3-venv')
  })

  it('asks for nothing that no suite needs', () => {
    expect(missingPackages([], machine([]))).toEqual([])
  })

  it('names each package once', () => {
    expect(missingPackages(['strace', 'strace'], machine([]))).toEqual(['strace'])
  })
})

describe('the suites', () => {
  it('need only what can be provided', () => {
    const known = [...Object.keys(debianNeeds), ...Object.keys(builtNeeds)]
    expect(suites.flatMap((suite) => suite.needs).filter((need) => !known.includes(need))).toEqual([])
  })
})
