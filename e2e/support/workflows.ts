import type { PackFiles } from './deployment.ts'

/** Workflows that wait for files of a folder, so that a test decides how far they come. */
export const WORKFLOWS: PackFiles = {
  'runs/pack.yaml': `name: runs
ref: runs
description: Workflows to be looked at while they run.
version: 1.0.0
author: tests
email: tests@example.com
`,
  'runs/actions/release.yaml': `name: release
pack: runs
description: Releases a build to some hosts.
runner_type: orquesta
enabled: true
entry_point: workflows/release.yaml
parameters:
  folder: { type: string, required: true }
  hosts: { type: array, default: [web-1, web-2, web-3] }
  password: { type: string, secret: true }
`,
  'runs/actions/workflows/release.yaml': `version: 1.0
input: [folder, hosts, password]
vars:
  - deployed: []
tasks:
  checkout:
    action: core.local
    input: { cmd: "echo checking out build 214; until test -e <% ctx(folder) %>/go; do sleep 0.05; done" }
    next:
      - when: <% succeeded() %>
        publish: build=<% result().stdout %>
        do: compile, lint
  compile:
    action: core.local
    input: { cmd: "printf '\\\\033[32mcompiled\\\\033[0m all parts\\\\n'; echo deprecated call >&2" }
    next:
      - when: <% succeeded() %>
        do: package
  lint:
    action: core.local cmd="echo nothing found"
    next:
      - when: <% succeeded() %>
        do: package
  package:
    join: all
    action: core.echo message="packaged"
    next:
      - when: <% succeeded() %>
        do: deploy
  deploy:
    with: host in <% ctx(hosts) %>
    action: core.local
    input: { cmd: "echo deploying to <% item(host) %>; until test -e <% ctx(folder) %>/<% item(host) %>; do sleep 0.05; done" }
    next:
      - when: <% succeeded() %>
        publish: deployed=<% ctx(hosts) %>
        do: probe
  probe:
    action: core.local cmd="test -e <% ctx(folder) %>/healthy"
    retry: { count: 30, delay: 1 }
    next:
      - when: <% succeeded() %>
        do: verify
  verify:
    action: core.local
    input: { cmd: "echo verifying; test -e <% ctx(folder) %>/good || { echo the release is bad >&2; exit 3; }" }
    next:
      - when: <% succeeded() %>
        do: announce
      - when: <% failed() %>
        do: fail
  announce:
    action: core.echo message="released"
output:
  - deployed: <% ctx(deployed) %>
`,
  'runs/actions/ask.yaml': `name: ask
pack: runs
description: Asks, in a workflow of its own, and goes on.
runner_type: orquesta
enabled: true
entry_point: workflows/ask.yaml
parameters: {}
`,
  'runs/actions/workflows/ask.yaml': `version: 1.0
tasks:
  permission:
    action: runs.approve
    next:
      - when: <% succeeded() %>
        do: carry_on
  carry_on:
    action: core.echo message="going on"
`,
  'runs/actions/approve.yaml': `name: approve
pack: runs
runner_type: orquesta
enabled: true
entry_point: workflows/approve.yaml
parameters: {}
`,
  'runs/actions/workflows/approve.yaml': `version: 1.0
tasks:
  approve:
    action: core.ask
    input:
      schema:
        type: object
        properties:
          approved: { type: boolean, description: May it go on?, required: true }
    next:
      - when: <% succeeded() and result().response.approved %>
        do: note
      - when: <% not succeeded() or not result().response.approved %>
        do: fail
  note:
    action: core.local cmd="echo approved"
`,
  'runs/actions/wrong.yaml': `name: wrong
pack: runs
description: Cannot begin.
runner_type: orquesta
enabled: true
entry_point: workflows/wrong.yaml
parameters: {}
`,
  'runs/actions/workflows/wrong.yaml': `version: 1.0
tasks:
  begin:
    action: core.absent
    next: [{ do: nowhere }]
`,
  'runs/actions/many.yaml': `name: many
pack: runs
description: Three hundred tasks.
runner_type: orquesta
enabled: true
entry_point: workflows/many.yaml
parameters: {}
`,
  'runs/actions/workflows/many.yaml': manyTasks(10, 30),
}

/** So many ways side by side, of so many tasks each. */
function manyTasks(ways: number, length: number): string {
  const lines = Array.from({ length: ways }, (_, way) =>
    Array.from({ length }, (_task, at) => {
      const next = at + 1 < length ? `\n    next: [{ when: <% succeeded() %>, do: w${way}_${at + 1} }]` : ''
      return `  w${way}_${at}:\n    action: core.noop${next}`
    }).join('\n'),
  )
  return `version: 1.0\ntasks:\n${lines.join('\n')}\n`
}
