import { loadWorkflow } from '@st2/orquesta'
import { expect, it } from 'vitest'
import { SecretVariables } from './secret-variables.ts'

const SPEC = loadWorkflow(`version: 1.0
input: [pw, name, {again: "<% ctx(pw) %>"}]
vars:
  - upper: <% ctx(pw).toUpper() %>
  - jinja: "{{ ctx().upper | length }}"
  - inside: {list: ["<% ctx().get(jinja) %>"]}
  - everything: <% ctx().keys() %>
  - stored: <% st2kv('system.x', decrypt => true) %>
  - plain: <% ctx(name) %> <% st2kv('system.y') %>
  - constant: pw
tasks:
  make:
    action: core.noop
    next: [{publish: [{token: <% result().token %>}, {kept: <% ctx(late) %>}], do: use}]
  use:
    action: core.noop
    next: [{publish: [{late: <% ctx(token) %>}, {said: <% result() %>}, {told: <% task(make).result %>}]}]
`)

function namesOf(inputs: string[], tasks: string[], datastore = true): string[] {
  return [...new SecretVariables(SPEC, { inputs: new Set(inputs), tasks: new Set(tasks), datastore }).names].sort()
}

it('are those that expressions make of secrets, through other variables too', () => {
  expect(namesOf(['pw'], [], false)).toEqual(['again', 'everything', 'inside', 'jinja', 'pw', 'upper'])
  expect(namesOf([], ['make'], false)).toEqual(['everything', 'kept', 'late', 'token', 'told'])
  expect(namesOf([], [])).toEqual(['everything', 'stored'])
  expect(namesOf([], [], false)).toEqual([])
})

it('tells of any value whether a secret makes it', () => {
  const secret = new SecretVariables(SPEC, { inputs: new Set(['pw']), tasks: new Set(['make']), datastore: false })
  expect(secret.makes({ a: ['x <% ctx(upper) %>'] })).toBe(true)
  expect(secret.makes('<% result().x %>', 'make')).toBe(true)
  expect(secret.makes('<% result().x %>', 'use')).toBe(false)
  expect(secret.makes('ctx(upper)')).toBe(false)
})
