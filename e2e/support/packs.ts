import type { PackFiles } from './deployment.ts'

/** A pack with one action that has a parameter of every kind. */
export const EVERY_KIND: PackFiles = {
  'forms/pack.yaml': `name: forms
ref: forms
description: A form with a field of every kind.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'forms/actions/every_kind.yaml': `name: every_kind
pack: forms
description: Takes a parameter of every kind.
runner_type: local-shell-cmd
enabled: true
entry_point: ""
parameters:
  title:
    type: string
    description: A title.
    required: true
    minLength: 3
    position: 0
  colour:
    type: string
    enum: [red, green, blue]
    default: green
    position: 1
  careful:
    type: boolean
    default: false
    position: 2
  tries:
    type: integer
    minimum: 1
    maximum: 5
    position: 3
  options:
    type: object
    position: 4
  names:
    type: array
    items: { type: string }
    position: 5
  passphrase:
    type: string
    secret: true
    position: 6
  cmd:
    default: "echo {{ title }} {{ colour }} {{ careful }} {{ tries }}"
    immutable: true
  sudo:
    immutable: true
`,
}
