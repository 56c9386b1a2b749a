import type { DesignerTexts } from '@st2/designer'

/** Texts of a workflow that nobody has named yet. */
export const NEW_WORKFLOW: DesignerTexts = {
  workflow: 'version: 1.0\ntasks: {}\n',
  metadata: `name: ''
pack: default
description: ''
runner_type: orquesta
enabled: true
entry_point: ''
parameters: {}
`,
}
