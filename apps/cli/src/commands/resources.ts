import { PACK_FILTER, type ResourceSpec } from '../resource/resource-spec.ts'

/** Resources with generic commands. @source cli.md 7 */
export const ACTIONS: ResourceSpec = {
  group: 'action',
  summary: 'What can be run: commands, scripts, requests, workflows.',
  path: 'actions',
  displayName: 'Action',
  pluralName: 'Actions',
  key: 'ref_or_id',
  verbs: ['list', 'get', 'create', 'update', 'enable', 'disable'],
  listAttributes: ['ref', 'pack', 'description'],
  filters: [PACK_FILTER],
  getOrder: ['id', 'uid', 'ref', 'pack', 'name', 'description', 'enabled', 'entry_point', 'runner_type', 'parameters'],
}

export const RUNNERS: ResourceSpec = {
  group: 'runner',
  summary: 'How a kind of action is run.',
  path: 'runnertypes',
  displayName: 'Runner',
  pluralName: 'Runners',
  key: 'name_or_id',
  verbs: ['list', 'get', 'enable', 'disable'],
  listAttributes: ['id', 'name', 'description'],
}

export const PACKS: ResourceSpec = {
  group: 'pack',
  summary: 'Actions, rules, sensors and more that belong together.',
  path: 'packs',
  displayName: 'Pack',
  pluralName: 'Packs',
  key: 'ref',
  verbs: ['list', 'get'],
  listAttributes: ['ref', 'name', 'description', 'version', 'author'],
  getAttributes: ['name', 'version', 'author', 'email', 'keywords', 'description'],
  getOrder: ['name', 'version', 'author', 'email', 'keywords', 'description'],
}
